package renewing

import (
	"bytes"
	"context"
	"io"
	"strings"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/attachment"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/reminder"
	"hefa/internal/store"
)

// SendReminders notes by which way letters went out and when.
func (d *Desk) SendReminders(ctx context.Context, by access.Actor, ids []reminder.ID, channel reminder.Channel, on day.Day) error {
	if len(ids) == 0 {
		var p fault.Problems
		p.Add("ids", "reminder.ids.missing")
		return p.Fault()
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, id := range ids {
			r, err := load(tx, access.ReminderSend, id)
			if err != nil {
				return err
			}
			if err := r.Send(channel, on, tx.Today()); err != nil {
				return err
			}
			if err := tx.SaveReminder(access.ReminderSend, r.Reminder); err != nil {
				return err
			}
		}
		return nil
	})
}

// Slip is what a slip that came back says, with its scan or photo; File may be nil.
type Slip struct {
	reminder.Receipt
	File io.Reader
}

// ReceiveReminder takes a slip in: from its day the period of a review runs, and its promise becomes a day that is watched (N80, N84). A scan is checked
// and kept before the row points at it.
func (d *Desk) ReceiveReminder(ctx context.Context, by access.Actor, id reminder.ID, s Slip) error {
	var rules policy.Set
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		r, err := load(tx, access.ReminderReceive, id)
		if err != nil {
			return err
		}
		rules = r.office.Policy
		return r.Receive(s.Receipt, tx.Today(), rules.Count(policy.ReviewWithin))
	})
	if err != nil {
		return err
	}
	if s.File != nil {
		if s.Proof, s.ProofType, err = d.keep(s.File, rules); err != nil {
			return err
		}
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		r, err := load(tx, access.ReminderReceive, id)
		if err != nil {
			return err
		}
		if err := r.Receive(s.Receipt, tx.Today(), r.office.Policy.Count(policy.ReviewWithin)); err != nil {
			return err
		}
		return tx.SaveReminder(access.ReminderReceive, r.Reminder)
	})
}

// keep checks a scan and puts it into the files.
func (d *Desk) keep(from io.Reader, rules policy.Set) (hash, kind string, err error) {
	kind, content, err := attachment.Read(from, "receipt", rules)
	if err != nil && len(content) == 0 && fault.Of(err) == fault.Invalid {
		return "", "", nil // nothing was sent
	}
	if err != nil {
		return "", "", err
	}
	d.decoding.Lock()
	err = attachment.Whole(kind, content)
	d.decoding.Unlock()
	if err != nil {
		return "", "", err
	}
	kept, err := d.files.Put(bytes.NewReader(content), int64(len(content)))
	return kept.Hash, kind, err
}

// Proof opens the scan of a slip, which is an audited act; it is Missing when there is none, and wants a reason once the letter is over or lies in the person's file. The reader is to be closed.
func (d *Desk) Proof(ctx context.Context, by access.Actor, id reminder.ID, reason string) (string, io.ReadSeekCloser, error) {
	reason = strings.Join(strings.Fields(reason), " ")
	var r loaded
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		var err error
		if r, err = load(tx, access.ReminderRead, id); err != nil {
			return err
		}
		if r.Proof == "" {
			return fault.New(fault.Missing, "record.missing")
		}
		filed, err := tx.Filed(r.County(), archive.LetterEnd, string(id))
		if err != nil {
			return err
		}
		if filed || !r.State.Open() { // it lies in the archive
			if err := person.CheckReason(reason); err != nil {
				return err
			}
			reason = " " + reason
		} else {
			reason = ""
		}
		return tx.Note(access.ReminderRead, store.Subject{Kind: "reminder", ID: string(id), Region: r.Region, Note: r.No + reason})
	})
	if err != nil {
		return "", nil, err
	}
	f, err := d.files.Open(r.Proof)
	return r.ProofType, f, err
}

// AnswerReminder notes why the person does not come (M9); the reason says what the office can offer.
func (d *Desk) AnswerReminder(ctx context.Context, by access.Actor, id reminder.ID, why reminder.Reason, remark string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		r, err := load(tx, access.ReminderAnswer, id)
		if err != nil {
			return err
		}
		if err := r.Answer(why, remark); err != nil {
			return err
		}
		return tx.SaveReminder(access.ReminderAnswer, r.Reminder)
	})
}
