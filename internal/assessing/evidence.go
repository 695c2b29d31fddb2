package assessing

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/call"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/pathway"
	"hefa/internal/session"
	"hefa/internal/store"
)

// Remote is everything that a remote assessment rests on.
type Remote struct {
	Pathway
	Items    []Piece
	Requests []evidence.Request
	Calls    []call.Call
	CanAdd   bool // evidence
	CanAsk   bool // for more: a doctor, on the day or after
	Open     *evidence.Request
}

// Piece is a piece of evidence with its file.
type Piece struct {
	evidence.Item
	File attachment.Attachment
}

// Remote is what the remote assessment of a case rests on, for whoever may read it; the files themselves are opened one by one, each opening is audited.
func (d *Desk) Remote(ctx context.Context, by access.Actor, of application.ID) (Remote, error) {
	var out Remote
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := loadCalled(tx, access.PathRead, of)
		if err != nil {
			return err
		}
		if out.Pathway, err = pathwayOf(tx, a); err != nil {
			return err
		}
		out.CanAdd = by.Can(access.AttachmentAdd) && a.State.Collecting() && out.Way.Path == pathway.Remote && out.Way.Consent.Holds()
		if err := out.pieces(tx, a); err != nil {
			return err
		}
		if a.State == application.Scheduled && by.Can(access.EvidenceAsk) {
			s, err := tx.Session(session.ID(a.Session))
			if err != nil {
				return err
			}
			out.CanAsk = s.Reached(tx.Today()) == nil && s.Kind == session.Remote
		}
		return nil
	})
	return out, err
}

// pieces fills in the evidence with its files, and what was asked for beyond it.
func (r *Remote) pieces(tx *store.Tx, a loaded) error {
	items, err := tx.Evidence(a.Application)
	if err != nil {
		return err
	}
	files, err := tx.Attachments(a.Application)
	if err != nil {
		return err
	}
	for _, i := range items {
		n := slices.IndexFunc(files, func(f attachment.Attachment) bool { return f.ID == i.Attachment })
		r.Items = append(r.Items, Piece{i, files[n]})
	}
	if r.Requests, err = tx.Requests(a.Application); err != nil {
		return err
	}
	if r.Calls, err = tx.Calls(a.Application); err != nil {
		return err
	}
	if i := slices.IndexFunc(r.Requests, evidence.Request.Open); i >= 0 {
		r.Open = &r.Requests[i]
	}
	return nil
}

// remote runs fn for a case on the remote way whose papers are still collected.
func (d *Desk) remote(ctx context.Context, by access.Actor, act access.Act, of application.ID, fn func(*store.Tx, loaded, store.Way) error) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, act, of)
		if err != nil {
			return err
		}
		if !a.State.Collecting() {
			return fault.New(fault.Refused, "application.step.wrong", act, a.State)
		}
		w, err := tx.Way(a.Application)
		if err != nil {
			return err
		}
		if w.Path != pathway.Remote {
			return fault.New(fault.Refused, "evidence.path")
		}
		return fn(tx, a, w)
	})
}

// TakeConsent records that the person, the guardian or an agent consents to evidence, and maybe to live video; a new one takes the place of the one before.
func (d *Desk) TakeConsent(ctx context.Context, by access.Actor, of application.ID, c evidence.Consent) error {
	return d.remote(ctx, by, access.ConsentTake, of, func(tx *store.Tx, a loaded, w store.Way) error {
		p, err := tx.Person(a.Person)
		if err != nil {
			return err
		}
		c.Name, c.On, c.By, c.Withdrawn = strings.TrimSpace(c.Name), tx.Today(), by.Name, ""
		if err := c.Check(a.NeedsGuardian(p.Birth, a.office)); err != nil {
			return err
		}
		w.Consent = &c
		return tx.SaveWay(access.ConsentTake, w, c.Name)
	})
}

// WithdrawConsent records that the consent is taken back: no evidence, no seat and no signature until there is another.
func (d *Desk) WithdrawConsent(ctx context.Context, by access.Actor, of application.ID) error {
	return d.remote(ctx, by, access.ConsentTake, of, func(tx *store.Tx, _ loaded, w store.Way) error {
		if !w.Consent.Holds() {
			return fault.New(fault.Refused, "evidence.consent.none")
		}
		w.Consent.Withdrawn = tx.Today()
		return tx.SaveWay(access.ConsentTake, w, string(w.Consent.Withdrawn))
	})
}

// AskEvidence sends a case back to the township because the evidence does not suffice, with what is missing; its seat is given back, what the doctor
// found so far is kept.
func (d *Desk) AskEvidence(ctx context.Context, by access.Actor, of application.ID, reason string) error {
	reason = strings.Join(strings.Fields(reason), " ")
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		e, err := examine(tx, of)
		if err != nil {
			return err
		}
		if err := by.May(access.EvidenceAsk, e.Region); err != nil {
			return err
		}
		if e.session.Kind != session.Remote {
			return fault.New(fault.Refused, "evidence.path")
		}
		if err := evidence.CheckReason(reason); err != nil {
			return err
		}
		was := e.Application
		if err := e.SendBack(e.office); err != nil {
			return err
		}
		if err := tx.Unseat(was); err != nil {
			return err
		}
		r := evidence.Request{ID: id.New(), Application: string(of), Doctor: by.Name, Hospital: e.hospital.Name, Reason: reason}
		if err := tx.AddRequest(e.County(), r); err != nil {
			return err
		}
		return e.save(tx, access.EvidenceAsk, reason)
	})
}

// AnswerEvidence answers what a doctor asked for: with evidence that was sent since, or with words on why there is none.
func (d *Desk) AnswerEvidence(ctx context.Context, by access.Actor, of application.ID, reply string) error {
	reply = strings.Join(strings.Fields(reply), " ")
	return d.remote(ctx, by, access.EvidenceAnswer, of, func(tx *store.Tx, a loaded, _ store.Way) error {
		all, err := tx.Requests(a.Application)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, evidence.Request.Open)
		if i < 0 {
			return fault.New(fault.Refused, "evidence.answered")
		}
		items, err := tx.Evidence(a.Application)
		if err != nil {
			return err
		}
		if err := all[i].Answer(items, reply, tx.Now()); err != nil {
			return err
		}
		return tx.AnswerRequest(a.Application, all[i])
	})
}
