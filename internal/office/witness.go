package office

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/job"
	"hefa/internal/ledger"
	"hefa/internal/store"
)

// HeadReceipt is what a witness answered when it took a head.
type HeadReceipt = store.HeadReceipt

// Hour is the hour of the office's clock, UTC, by which the worker knows a new one.
func (d *Desk) Hour() string { return d.db.Now().UTC().Format("2006-01-02T15") }

// AskWitness leaves the work of handing the newest heads to the witness, once however often it is asked in an hour.
func (d *Desk) AskWitness(ctx context.Context, by access.Actor) error {
	if err := itself(by); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error { return tx.Enqueue(job.HandHeads{Hour: d.Hour()}) })
}

// HandHeads hands the newest head of each county that the witness has not taken yet to it, and keeps its receipt. A witness that does not take them fails the job,
// which is tried again.
func (d *Desk) HandHeads(ctx context.Context, by access.Actor, hand func(context.Context, []ledger.Head) (string, error)) error {
	if err := itself(by); err != nil {
		return err
	}
	var fresh []ledger.Head
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		heads, err := tx.LastHeads()
		if err != nil {
			return err
		}
		had, err := tx.HeadReceipts()
		if err != nil {
			return err
		}
		taken := map[string]int64{}
		for _, r := range had {
			taken[r.County] = r.Size
		}
		fresh = nil
		for _, h := range heads {
			if h.Size > taken[h.County] {
				fresh = append(fresh, h)
			}
		}
		return nil
	})
	if err != nil || len(fresh) == 0 {
		return err
	}
	receipt, err := hand(ctx, fresh)
	if err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, h := range fresh {
			if err := tx.AddHeadReceipt(h, receipt); err != nil {
				return err
			}
		}
		return nil
	})
}

// WitnessedHead is the newest head of a county with what the witness last answered.
type WitnessedHead struct {
	ledger.Head
	Receipt HeadReceipt // of size 0 when the witness took none
}

// WitnessedHeads is the newest head of each of the actor's counties, to be printed and kept elsewhere.
func (d *Desk) WitnessedHeads(ctx context.Context, by access.Actor) ([]WitnessedHead, error) {
	if err := by.May(access.AuditRead, by.Region); err != nil {
		return nil, err
	}
	var out []WitnessedHead
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		heads, err := tx.LastHeads()
		if err != nil {
			return err
		}
		had, err := tx.HeadReceipts()
		if err != nil {
			return err
		}
		out = nil
		for _, h := range heads {
			w := WitnessedHead{Head: h}
			for _, r := range had {
				if r.County == h.County {
					w.Receipt = r
				}
			}
			out = append(out, w)
		}
		return nil
	})
	return out, err
}
