package assessing

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/call"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/pathway"
	"hefa/internal/session"
	"hefa/internal/store"
)

// CallRoom is what the page of a call needs to know.
type CallRoom struct {
	Remote
	Side    call.Side
	Running *call.Call // nil for none
	Refused error      // why the actor cannot join now
}

// CallRoom is the live video about a case, for whoever may join it.
func (d *Desk) CallRoom(ctx context.Context, by access.Actor, of application.ID) (CallRoom, error) {
	r, err := d.Remote(ctx, by, of)
	out := CallRoom{Remote: r, Side: call.SideOf(by.Role)}
	if err != nil {
		return out, err
	}
	if err := by.May(access.CallHold, r.Case.Application.Region); err != nil {
		return out, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if _, out.Refused = callable(tx, of); out.Refused != nil && fault.Of(out.Refused) != fault.Refused {
			return out.Refused
		}
		if n := len(r.Calls); n > 0 && r.Calls[n-1].Open(tx.Now()) {
			out.Running = &r.Calls[n-1]
		}
		return nil
	})
	return out, err
}

// callable refuses a call about a case that is not seated in a remote session whose day has come, or to which nobody consented; a doctor passes every block of
// an assessment first.
func callable(tx *store.Tx, of application.ID) (loaded, error) {
	a, err := loadCalled(tx, access.CallHold, of)
	if err != nil {
		return a, err
	}
	w, err := tx.Way(a.Application)
	switch {
	case err != nil:
		return a, err
	case w.Path != pathway.Remote:
		return a, fault.New(fault.Refused, "evidence.path")
	case !w.Consent.Holds() || !w.Consent.Video:
		return a, fault.New(fault.Refused, "call.consent")
	case a.State != application.Scheduled:
		return a, fault.New(fault.Refused, "application.step.wrong", access.CallHold, a.State)
	}
	s, err := tx.Session(session.ID(a.Session))
	if err != nil {
		return a, err
	}
	if err := s.Reached(tx.Today()); err != nil {
		return a, err
	}
	if tx.By().Role.Clinical() {
		_, err = examine(tx, of)
	}
	return a, err
}

// JoinCall lets the actor join the call about a case, which begins when there is none; the audit says who did.
func (d *Desk) JoinCall(ctx context.Context, by access.Actor, of application.ID) (call.Call, error) {
	var c call.Call
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := callable(tx, of)
		if err != nil {
			return err
		}
		all, err := tx.Calls(a.Application)
		if err != nil {
			return err
		}
		note := lang.T("call.joined")
		if n := len(all); n > 0 && all[n-1].Open(tx.Now()) {
			c = all[n-1]
			c.Join(call.SideOf(by.Role), by)
			err = tx.SaveCall(c, note)
			c.Version++
			return err
		}
		c = call.Call{ID: call.ID(id.New()), Application: string(of), Region: a.Region, Opened: tx.Now(), Version: 1}
		c.Join(call.SideOf(by.Role), by)
		return tx.AddCall(c, note)
	})
	return c, err
}

// running is the call about a case that runs and in which the actor is.
func running(tx *store.Tx, of application.ID, which call.ID) (call.Call, error) {
	a, err := loadCalled(tx, access.CallHold, of)
	if err != nil {
		return call.Call{}, err
	}
	all, err := tx.Calls(a.Application)
	if err != nil {
		return call.Call{}, err
	}
	for _, c := range all {
		if c.ID == which && c.Has(tx.By().Account) {
			return c, nil
		}
	}
	return call.Call{}, fault.New(fault.Missing, "record.missing")
}

// HearCall is the call as it stands, for whoever joined it.
func (d *Desk) HearCall(ctx context.Context, by access.Actor, of application.ID, which call.ID) (call.Call, error) {
	var c call.Call
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		if c, err = running(tx, of, which); err == nil && c.Ended.IsZero() && !c.Open(tx.Now()) {
			c.Ended = tx.Now() // its life is over
		}
		return err
	})
	return c, err
}

// CallAt is a round of a call about a case.
type CallAt struct {
	Application application.ID
	Call        call.ID
	Round       int
}

// SayCall keeps what the actor's browser says of itself to the other side.
func (d *Desk) SayCall(ctx context.Context, by access.Actor, at CallAt, sdp string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		c, err := running(tx, at.Application, at.Call)
		if err != nil {
			return err
		}
		if !c.Open(tx.Now()) {
			return fault.New(fault.Refused, "call.over")
		}
		if err := c.Say(by, at.Round, sdp); err != nil {
			return err
		}
		return tx.SaveCall(c, "")
	})
}

// EndCall ends a call: held to its end, or given up because the line was too weak.
func (d *Desk) EndCall(ctx context.Context, by access.Actor, of application.ID, which call.ID, o call.Outcome) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		c, err := running(tx, of, which)
		if err != nil {
			return err
		}
		if !c.Ended.IsZero() {
			return nil // the other side was faster
		}
		if err := c.End(o, tx.Now()); err != nil {
			return err
		}
		return tx.SaveCall(c, lang.T(o.Word()))
	})
}
