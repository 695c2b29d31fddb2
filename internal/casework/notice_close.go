package casework

import (
	"context"
	"fmt"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/region"
	"hefa/internal/store"
)

// closeAtOnce is how many cases one transaction of the daily round moves, so that no clerk waits behind it.
const closeAtOnce = 200

// CloseApplications moves cases whose notice has run without an open objection into review.
func (d *Desk) CloseApplications(ctx context.Context, by access.Actor, ids []application.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, id := range ids {
			l, err := load(tx, access.ApplicationClose, id)
			if err != nil {
				return err
			}
			if err := l.close(tx); err != nil {
				return err
			}
		}
		if len(ids) == 0 {
			return fault.New(fault.Refused, "notice.close.none")
		}
		return nil
	})
}

// close ends the notice for the case; its deadline is the last day, which a dismissed objection may have moved.
func (l loaded) close(tx *store.Tx) error {
	if err := l.Close(l.Due, l.office); err != nil {
		return err
	}
	return l.save(tx, access.ApplicationClose, "")
}

// CloseNotices moves every case of the country whose notice is over into review and says how many: the daily round. What is due is read from
// the cases themselves, so that missed days are caught up and a second round finds nothing; disputed cases stay.
func (d *Desk) CloseNotices(ctx context.Context, by access.Actor) (int, error) {
	var counties []region.Code
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.ApplicationClose, ""); err != nil {
			return err
		}
		var err error
		counties, err = tx.Counties()
		return err
	})
	if err != nil {
		return 0, err
	}
	done := 0
	for _, c := range counties {
		for {
			n, err := d.closeSome(ctx, by, c)
			if err != nil {
				return done, fmt.Errorf("closing the notices of %s: %w", c, err)
			}
			done += n
			if n < closeAtOnce {
				break
			}
		}
	}
	return done, nil
}

// closeSome moves up to closeAtOnce cases of a county in one transaction.
func (d *Desk) closeSome(ctx context.Context, by access.Actor, county region.Code) (int, error) {
	n := 0
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		n = 0
		cases, err := tx.Queue(county, application.Announced, nil, closeAtOnce)
		if err != nil {
			return err
		}
		for _, c := range cases { // by deadline
			if c.Application.Due >= tx.Today() || c.Application.Due == "" {
				return nil
			}
			l, err := load(tx, access.ApplicationClose, c.Application.ID)
			if err != nil {
				return err
			}
			if err := l.close(tx); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}
