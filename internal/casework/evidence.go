package casework

import (
	"bufio"
	"context"
	"io"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/call"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/pathway"
	"hefa/internal/policy"
	"hefa/internal/store"
)

// Piece is a piece of evidence on its way to a case.
type Piece struct {
	evidence.Item
	Name    string // of the file, as the sender calls it
	Content io.Reader
}

// AddEvidence keeps a picture, a video or a written proof with a case on the remote way; nothing is taken before somebody consented. A video runs through
// to the disk, its parts are looked at on the way; what breaks leaves nothing.
func (d *Desk) AddEvidence(ctx context.Context, by access.Actor, of application.ID, e Piece) (attachment.ID, error) {
	made := attachment.Attachment{ID: attachment.ID(id.New()), Application: string(of), Paper: attachment.Evidence, Name: attachment.Title(e.Name)}
	item := e.Clean()
	item.Attachment, item.Application, item.By = made.ID, string(of), by.Name
	var rules policy.Set
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if item.Call != "" {
			item.Taken = tx.Now() // of a call that runs
		}
		a, err := load(tx, access.AttachmentAdd, of)
		if err != nil {
			return err
		}
		made.Region, rules = a.Region, a.office.Policy
		return showing(tx, a, item)
	})
	if err != nil {
		return "", err
	}
	content := bufio.NewReader(e.Content)
	start, _ := content.Peek(12) // what breaks here breaks again where it is kept
	if made.Type = attachment.Kind(start); made.Type != "" {
		if err := item.Check(made.Type, d.db.Now(), rules.Count(policy.EvidenceMonths)); err != nil {
			return "", err
		}
	}
	if attachment.Moving(made.Type) {
		err = d.keepVideo(&made, content, rules)
	} else {
		err = d.keep(ctx, &made, content, rules)
	}
	if err != nil {
		return "", err
	}
	return made.ID, d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.AttachmentAdd, of)
		if err != nil {
			return err
		}
		if err := showing(tx, a, item); err != nil {
			return err
		}
		if err := tx.AddAttachment(made); err != nil {
			return err
		}
		return tx.AddEvidence(made.County(), item)
	})
}

// keepVideo puts a video into the files while its parts are looked at.
func (d *Desk) keepVideo(a *attachment.Attachment, from io.Reader, rules policy.Set) error {
	kept, err := d.files.Put(attachment.Watch(a.Type, from), a.Limit(rules))
	if err != nil {
		return err
	}
	a.Hash, a.Size = kept.Hash, kept.Size
	return a.Check(rules)
}

// showing refuses evidence for a case that is decided, is on another way, or to which nobody consented, and a snapshot of a call in which the actor is not.
func showing(tx *store.Tx, a loaded, i evidence.Item) error {
	if !a.State.Collecting() {
		return fault.New(fault.Refused, "application.step.wrong", access.AttachmentAdd, a.State)
	}
	w, err := tx.Way(a.Application)
	switch {
	case err != nil:
		return err
	case w.Path != pathway.Remote:
		return fault.New(fault.Refused, "evidence.path")
	case !w.Consent.Holds():
		return fault.New(fault.Refused, "evidence.consent.none")
	case i.Call == "":
		return nil
	}
	calls, err := tx.Calls(a.Application)
	if err != nil {
		return err
	}
	n := slices.IndexFunc(calls, func(c call.Call) bool { return string(c.ID) == i.Call })
	if n < 0 || !calls[n].Open(tx.Now()) || !calls[n].Has(tx.By().Account) {
		return fault.New(fault.Refused, "call.apart")
	}
	return nil
}
