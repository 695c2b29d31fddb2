package office

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// OrgFor is the organisation of a first account: the one of the name or id that serves the place, or without a name the place's federation. One
// that is not there yet is entered as a federation.
func (d *Desk) OrgFor(ctx context.Context, by access.Actor, where region.Code, name string) (org.ID, error) {
	var found org.ID
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.OrgManage, where); err != nil {
			return err
		}
		here, err := tx.Region(where)
		if err != nil && where != "" {
			return err
		}
		if name = strings.TrimSpace(name); name == "" {
			o, err := tx.OrgAt(where)
			if fault.Of(err) != fault.Missing {
				found = o.ID
				return err
			}
			name = lang.T("org.federation.of", here.Name)
		}
		all, err := tx.Orgs(where, "")
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.Name == name || string(o.ID) == name {
				found = o.ID
				return nil
			}
		}
		o := org.Org{ID: org.ID(id.New()), Region: where, Kind: org.Federation, Name: name}
		found = o.ID
		return tx.AddOrg(o)
	})
	return found, err
}

// AccountNamed is the id of the account that signs in under a login, inside the actor's area.
func (d *Desk) AccountNamed(ctx context.Context, by access.Actor, login string) (staff.ID, error) {
	var found staff.ID
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := tx.AccountByLogin(strings.ToLower(strings.TrimSpace(login)))
		if err != nil {
			return err
		}
		found = a.ID
		return by.May(access.AccountManage, a.Region)
	})
	return found, err
}
