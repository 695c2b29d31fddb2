package records

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Waits is what waits too long of the cards that lie with an office.
type Waits struct {
	Urge   int // holders to be reminded
	Visit  int // cards to be brought home
	Guests int // cards that other counties made for people who live here, which came in as long ago as a holder is reminded after
	Late   int // cards with more working days behind them since the print than policy leaves
}

// Waits counts the cards of an area that wait too long, for the first page of whoever hands them out.
func (d *Desk) Waits(ctx context.Context, by access.Actor, where region.Code) (Waits, error) {
	var out Waits
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		area, err := by.Scope(access.ApplicationDeliver, where)
		if err != nil {
			return err
		}
		office, err := tx.Office(area)
		if err != nil {
			return err
		}
		on := card.WaitsOn(office.Today, office.Calendar, office.Policy)
		stages, err := tx.HandoutStages(area, on)
		if err != nil {
			return err
		}
		guests, err := tx.GuestsWaiting(area, on.Urge)
		if err != nil {
			return err
		}
		p, err := paces(tx, access.ApplicationDeliver, area, office.Today)
		out = Waits{stages[card.Urge], stages[card.Visit], guests, p.Sum.WaitingLate}
		return err
	})
	return out, err
}

// Alarms is, for each county of an area, how many cards have been on their way from the print for more working days than policy leaves; a county
// without one is left out.
func (d *Desk) Alarms(ctx context.Context, by access.Actor, where region.Code) (map[region.Code]int, error) {
	out := map[region.Code]int{}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		area, err := by.Scope(access.CertificateRead, where)
		if err != nil {
			return err
		}
		ways, err := tx.CardsUnderWay(area)
		if err != nil {
			return err
		}
		by := map[region.Code][]card.Walked{}
		for _, w := range ways {
			by[w.Township] = append(by[w.Township], w.Walked)
		}
		for county, all := range by {
			office, err := tx.Office(county)
			if err != nil {
				return err
			}
			if n := card.PaceOf(all, office.Today, office.Calendar, office.Policy).WaitingLate; n > 0 {
				out[county] = n
			}
		}
		return nil
	})
	return out, err
}
