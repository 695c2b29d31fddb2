package casework

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/region"
	"hefa/internal/store"
)

const (
	// lateMost is the most urgent cases of one state that a tray counts; more shows as "99+".
	lateMost = 100
	// soonDays is how many calendar days ahead a deadline is soon.
	soonDays = 3
)

// Stack is one state's cases in a tray.
type Stack struct {
	State   application.State
	Count   int
	Overdue int // up to 100
	Soon    int // due within three days, up to 100
}

// Tray is what waits for an officer, by state, with the most urgent cases of the state that is open.
type Tray struct {
	Stacks   []Stack
	Others   []Stack // where it is somebody else's turn
	Open     application.State
	Cases    []store.Case
	Handlers map[string]string // names of those who have cases in hand, by account
	More     bool
	Whole    region.Code     // the area of the tray before it is narrowed
	Places   []region.Region // the townships or villages of it
	Unknown  []int           // years of deadlines whose holidays nobody has entered
}

// TrayFilter is which stack of the tray is open and from where on.
type TrayFilter struct {
	Region region.Code
	State  application.State // "" for the first stack that is not empty
	Mine   bool              // leave out what is in other hands
	After  application.ID
	Limit  int
}

// Tray is the officer's work: the states in which it is their turn, with counts, and the cases of one by deadline. A hospital's staff have none:
// their work is the sessions of their hospital (assessing).
func (d *Desk) Tray(ctx context.Context, by access.Actor, f TrayFilter) (Tray, error) {
	var t Tray
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.ApplicationRead, f.Region)
		if err != nil || by.Role.Clinical() {
			return err
		}
		if err := t.count(tx, where); err != nil {
			return err
		}
		if t.Open = f.State; !slices.ContainsFunc(t.Stacks, func(s Stack) bool { return s.State == f.State }) {
			t.Open = fullest(t.Stacks)
		}
		if t.Whole = by.Region; t.Whole.Level() < region.County {
			t.Whole = where.County()
		}
		if t.Places, err = places(tx, t.Whole); err != nil || t.Open == "" {
			return err
		}
		return t.fill(tx, where, f)
	})
	return t, err
}

// count fills in the stacks.
func (t *Tray) count(tx *store.Tx, where region.Code) error {
	tally, err := tx.Tally(where)
	if err != nil {
		return err
	}
	mine := application.Waiting(tx.By().Role)
	var timed []application.State
	for _, s := range mine {
		if tally[s] > 0 {
			timed = append(timed, s)
		}
	}
	urgent, err := tx.Urgencies(where, timed, tx.Today().Add(soonDays), lateMost)
	for _, g := range application.Course {
		s := Stack{g.State, tally[g.State], urgent[g.State].Late, urgent[g.State].Soon}
		if slices.Contains(mine, g.State) {
			t.Stacks = append(t.Stacks, s)
		} else if g.State.Open() && s.Count > 0 {
			t.Others = append(t.Others, s)
		}
	}
	return err
}

// fill reads the cases of the open stack with the names of those who have them.
func (t *Tray) fill(tx *store.Tx, where region.Code, f TrayFilter) error {
	after, err := last(tx, f.After)
	if err != nil {
		return err
	}
	if t.Cases, err = tx.Stack(store.StackFilter{Region: where, State: t.Open, Handler: mine(tx, f.Mine), After: after, Limit: f.Limit + 1}); err != nil {
		return err
	}
	if t.More = len(t.Cases) > f.Limit; t.More {
		t.Cases = t.Cases[:f.Limit]
	}
	calendar, err := tx.Calendar()
	if err != nil {
		return err
	}
	for _, c := range t.Cases {
		if due := c.Application.Due; due != "" && !calendar.Known(due) && !slices.Contains(t.Unknown, due.Year()) {
			t.Unknown = append(t.Unknown, due.Year())
		}
	}
	t.Handlers, err = handlers(tx, t.Cases)
	return err
}

// mine is the account whose own work alone is asked for, "" for everybody's.
func mine(tx *store.Tx, only bool) string {
	if only {
		return tx.By().Account
	}
	return ""
}

// handlers is the names of those who have the cases in hand.
func handlers(tx *store.Tx, cases []store.Case) (map[string]string, error) {
	var ids []string
	for _, c := range cases {
		ids = append(ids, c.Application.Handler)
	}
	return tx.HandlerNames(ids...)
}

// last is the case after which a page begins, nil for the first page.
func last(tx *store.Tx, id application.ID) (*application.Application, error) {
	if id == "" {
		return nil, nil
	}
	a, err := tx.Application(id)
	return &a, err
}

// fullest is the first stack with cases, else the first.
func fullest(stacks []Stack) application.State {
	for _, s := range stacks {
		if s.Count > 0 {
			return s.State
		}
	}
	if len(stacks) > 0 {
		return stacks[0].State
	}
	return ""
}

// places is the townships of a county or the villages of a township, and for a village its neighbours none.
func places(tx *store.Tx, where region.Code) ([]region.Region, error) {
	if l := where.Level(); l != region.County && l != region.Township {
		return nil, nil
	}
	return tx.Regions(where)
}

// NextApplication is the case that the actor should take up after the one with the id: the most urgent one where they have just worked, that nobody
// else has in hand; else of any state that waits for them; "" when nothing does.
func (d *Desk) NextApplication(ctx context.Context, by access.Actor, id application.ID) (application.ID, error) {
	var next application.ID
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationRead, id)
		if err != nil {
			return err
		}
		if by.Role.Clinical() {
			return fault.New(fault.Forbidden, "act.forbidden", access.ApplicationRead)
		}
		lines, err := tx.Timeline(a.County(), "application", string(a.ID))
		if err != nil {
			return err
		}
		where := by.Region
		if where.Level() < region.County {
			where = a.County()
		}
		for _, s := range order(by, a.State, lines) {
			if next, err = most(tx, where, s, a.Application); err != nil || next != "" {
				return err
			}
		}
		return nil
	})
	return next, err
}

// order is the states that wait for the actor, that of their last step on the case first.
func order(by access.Actor, now application.State, lines []store.Line) []application.State {
	waiting := application.Waiting(by.Role)
	first := now
	for _, l := range lines {
		if l.Account != by.Account {
			continue
		}
		for _, g := range application.Course {
			if slices.Contains(g.State.Steps(), l.Act) && slices.Contains(waiting, g.State) {
				first = g.State
				break
			}
		}
	}
	i := slices.Index(waiting, first)
	if i < 0 {
		return waiting
	}
	return append([]application.State{first}, slices.Delete(waiting, i, i+1)...)
}

// most is the most urgent case of a state after a, else the first one, but never a itself.
func most(tx *store.Tx, where region.Code, s application.State, a application.Application) (application.ID, error) {
	f := store.StackFilter{Region: where, State: s, Handler: tx.By().Account, Limit: 2}
	if a.State == s {
		f.After = &a
	}
	for range 2 {
		cases, err := tx.Stack(f)
		if err != nil {
			return "", err
		}
		for _, c := range cases {
			if c.Application.ID != a.ID {
				return c.Application.ID, nil
			}
		}
		f.After = nil
	}
	return "", nil
}
