package office

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/ledger"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Verdict is what a look at a county's whole log found.
type Verdict = store.Verdict

// Evidence is a proof of one line with what it takes to check it without the database.
type Evidence = store.Evidence

// SealAudit takes the audit lines that wait into their counties' logs and shows each new head, for a witness outside. It is the program's own work,
// so that nobody can stop it alone.
func (d *Desk) SealAudit(ctx context.Context, by access.Actor, seen func(ledger.Head) error) error {
	if err := itself(by); err != nil {
		return err
	}
	return d.db.SealAll(ctx, seen)
}

// VerifyAudit goes through the logs of the actor's counties; each verdict names the first thing that is not as it was sealed. witnessed are heads that
// somebody outside has kept.
func (d *Desk) VerifyAudit(ctx context.Context, by access.Actor, witnessed []ledger.Head) ([]Verdict, error) {
	if err := by.May(access.AuditRead, by.Region); err != nil {
		return nil, err
	}
	var out []Verdict
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		counties, err := tx.LoggedCounties()
		if err != nil {
			return err
		}
		for _, h := range witnessed { // a county of which everything is gone
			if c := region.Code(h.County); by.Region.Contains(c) && !slices.Contains(counties, c) {
				counties = append(counties, c)
			}
		}
		for _, c := range counties {
			v, err := tx.VerifyAudit(c, witnessed)
			if err != nil {
				return err
			}
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

// MendTiles forgets the nodes of a county's tree that do not fit its lines; the sealer makes them again. It is the program's own work: nothing that
// anybody wrote is touched.
func (d *Desk) MendTiles(ctx context.Context, by access.Actor, county region.Code) error {
	if err := itself(by); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error { return tx.DropTiles(county, lang.T("audit.tile.mended")) })
}

// AuditHeads is the newest signed head of each of the actor's counties, for a witness.
func (d *Desk) AuditHeads(ctx context.Context, by access.Actor) (heads []ledger.Head, err error) {
	if err := by.May(access.AuditRead, by.Region); err != nil {
		return nil, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		heads, err = tx.LastHeads()
		return err
	})
	return heads, err
}

// ProveLine shows that an audit line stands in its county's log, without showing the others; county is the actor's own when empty.
func (d *Desk) ProveLine(ctx context.Context, by access.Actor, county region.Code, line string) (e Evidence, err error) {
	if county == "" {
		county = by.Region.County()
	}
	if err := by.May(access.AuditRead, county); err != nil {
		return e, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		e, err = tx.ProveLine(county, line)
		return err
	})
	return e, err
}
