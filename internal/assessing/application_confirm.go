package assessing

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/store"
)

// measure is what a person's findings of a day are weighed by.
func (e examined) measure(on day.Day, p person.Person) assessment.Measure {
	return assessment.Measure{Age: p.Birth.Age(on), Policy: e.office.Policy}
}

// ConfirmFinding lets a second doctor of the hospital, licensed for the category, stand by a kept finding that differs from what the standard
// suggests; without that it cannot be signed.
func (d *Desk) ConfirmFinding(ctx context.Context, by access.Actor, id application.ID, c certificate.Category) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		e, err := examine(tx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(e.kept, func(f assessment.Finding) bool { return f.Category == c })
		switch {
		case i < 0:
			return fault.New(fault.Refused, "assessment.confirm.none", c)
		case !slices.Contains(e.licensed, c):
			return fault.New(fault.Refused, "assessment.confirm.unlicensed", c)
		}
		if err := e.kept[i].Confirm(by.Account, by.Name); err != nil {
			return err
		}
		if err := e.save(tx, access.ApplicationAssess, lang.T("assessment.confirm.note", c)); err != nil {
			return err
		}
		return tx.KeepFindings(e.Application, e.kept)
	})
}
