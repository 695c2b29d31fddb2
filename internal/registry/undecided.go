package registry

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Undecided is what waits in an area of one county for the actor to decide, beside cases.
func (d *Desk) Undecided(ctx context.Context, by access.Actor, where region.Code) (w store.Undecided, err error) {
	if where, err = by.Scope(access.DisclosureRead, where); err != nil {
		return w, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		w, err = tx.Undecided(where)
		return err
	})
	if !by.Can(access.TransferTake) {
		w.Arrivals, w.Late, w.Returned = 0, 0, 0
	}
	if !by.Can(access.ReferralTake) {
		w.Referrals, w.LateCases = 0, 0
	}
	if !by.Can(access.ReferralReceive) {
		w.Posted = 0
	}
	if !by.Can(access.DepartureApply) {
		w.Departures = 0
	}
	if !by.Can(access.DifferenceDecide) {
		w.Differences = 0
	}
	if !by.Can(access.DisclosureJudge) {
		w.Disclosures = 0
	}
	if !by.Can(access.CorrectionJudge) {
		w.Corrections = 0
	}
	if !by.Can(access.LoanDecide) {
		w.Loans = 0
	}
	if !by.Can(access.LoanTake) {
		w.LateLoans = 0
	}
	return w, err
}
