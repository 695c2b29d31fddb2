package demo

import (
	"context"
	"fmt"
	"math/rand/v2"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/store"
)

// The shape of the bulk: of every hundred cases, how many are over, and how many people one hospital day calls.
const (
	overShare = 85
	dayCalls  = 300
)

// years is over how many days the cases of the bulk were opened.
const years = 3 * 365

// crowd makes the cases of the bulk.
type crowd struct {
	r        *rand.Rand
	used     map[person.Number]bool
	today    day.Day
	office   application.Office
	villages map[region.Code][]region.Code // by township
	n        int                           // cases made so far
	made     made
}

// made is what one round of cases hangs on, entered before them.
type made struct {
	sessions []session.Session
	notices  []announcement.Notice
	batches  []card.Batch
	cards    []card.Card
	store.Crowd
}

// Bulk puts n more cases into a county that Fill filled, each with its own person: for benches, not for eyes. They stand as they would after their
// course over three years; 85 of 100 are over, the others wait in every open state, some of them late. The same seed gives the same cases, but
// for their ids.
func Bulk(ctx context.Context, db *store.DB, n int) error {
	c := &crowd{r: rand.New(rand.NewPCG(seed, 2)), used: map[person.Number]bool{}, today: day.Of(db.Now(), day.Beijing), villages: map[region.Code][]region.Code{}}
	err := db.View(ctx, filer(), func(tx *store.Tx) error {
		villages, err := villagesOf(tx)
		if err != nil {
			return err
		}
		for _, v := range villages {
			c.villages[v.Township()] = append(c.villages[v.Township()], v)
		}
		for _, h := range holders(seed, villages, shift(c.today.Sub(Plan))) {
			c.used[h.Person.Number] = true
		}
		c.office, err = tx.Office(County)
		return err
	})
	if err != nil {
		return fmt.Errorf("reading the county: %w", err)
	}
	over := n * overShare / 100
	rounds := (over + len(towns)*dayCalls - 1) / (len(towns) * dayCalls)
	for round := range rounds {
		on := c.today.Add(-years + round*(years-90)/rounds)
		err := c.round(ctx, db, share(over, rounds, round), func(where region.Code, k int) { c.finished(where, k, on) })
		if err != nil {
			return fmt.Errorf("entering the cases that are over: %w", err)
		}
	}
	if err := c.round(ctx, db, n-over, c.waiting); err != nil {
		return fmt.Errorf("entering the cases that wait: %w", err)
	}
	return db.Update(ctx, filer(), c.forgotten)
}

// forgotten is a file whose retention ran out long ago, of somebody who holds nothing any more.
func (c *crowd) forgotten(tx *store.Tx) error {
	p := somebody(c.r, c.used, c.villages[towns[0].code][0])
	if err := tx.AddPerson(access.ApplicationOpen, p); err != nil {
		return err
	}
	return tx.AddDossier(access.ApplicationFile, archive.Dossier{Person: p.ID, Region: p.Region, No: "533103-CJ·1985-D30-0001", Year: 1985, Term: archive.Thirty,
		Opened: "1985-05-06", Closed: "1988-07-08", State: archive.Shelved})
}

// share is the i-th of parts nearly equal parts of n.
func share(n, parts, i int) int { return n*(i+1)/parts - n*i/parts }

// round makes n cases, an equal part in each township, and enters them with what they hang on.
func (c *crowd) round(ctx context.Context, db *store.DB, n int, some func(where region.Code, k int)) error {
	c.made = made{}
	for i, t := range towns {
		some(t.code, share(n, len(towns), i))
	}
	return db.Update(ctx, filer(), c.enter)
}

// enter puts the round into the store.
func (c *crowd) enter(tx *store.Tx) error {
	for _, s := range c.made.sessions {
		if err := tx.AddSession(s); err != nil {
			return err
		}
	}
	for _, n := range c.made.notices {
		if err := tx.AddNotice(n); err != nil {
			return err
		}
	}
	for _, b := range c.made.batches {
		if err := tx.AddBatch(b); err != nil {
			return err
		}
	}
	if err := tx.AddCrowd(c.made.Crowd); err != nil {
		return err
	}
	for _, one := range c.made.cards {
		if err := tx.AddCard(one); err != nil {
			return err
		}
	}
	return nil
}

// call is a hospital's day for a township at which n people have a place.
func (c *crowd) call(where region.Code, on day.Day, n int) session.Session {
	for !c.office.Calendar.Working(on) {
		on = on.Add(1)
	}
	h := hospitals[c.r.IntN(len(hospitals))]
	s := session.Session{ID: session.ID(id.New()), Region: where, Hospital: org.ID(h.id), Kind: session.Central,
		Day: on, Place: h.name + "评残中心", Capacity: max(n, dayCalls), Taken: n}
	c.made.sessions = append(c.made.sessions, s)
	return s
}

// finished makes n cases that came to their end after a session on a day.
func (c *crowd) finished(where region.Code, n int, on day.Day) {
	s := c.call(where, on, n)
	ends := []application.State{application.Closed, application.Declined, application.Refused, application.Withdrawn}
	for range n {
		c.one(where, ends[weighted(c.r, []int{92, 2, 4, 2})], s)
	}
}

// waiting makes n cases that wait for somebody, over all open states.
func (c *crowd) waiting(where region.Code, n int) {
	past, next := c.call(where, c.today.Add(-21), n), c.call(where, c.today.Add(3+c.r.IntN(10)), n)
	for _, st := range open {
		k := n * st.share / 100
		if st.state == application.Draft {
			k = n
			for _, other := range open[1:] {
				k -= n * other.share / 100
			}
		}
		s := past
		if st.state == application.Scheduled {
			s = next
		}
		for range k {
			c.one(where, st.state, s)
		}
	}
	c.publish(where)
	c.print(where)
}
