package casework

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/scan"
	"hefa/internal/store"
)

// Upload is a file on its way to a case.
type Upload struct {
	Paper   string // a word of policy.Papers
	Name    string // as the sender calls it
	Content io.Reader
}

// AddAttachment keeps a scan or the photo with a case. Its real type and its wholeness are checked first; a photo is cut for the card and judged, the
// one that was sent is kept too. What breaks on the way leaves nothing.
func (d *Desk) AddAttachment(ctx context.Context, by access.Actor, of application.ID, u Upload) (attachment.ID, error) {
	made := attachment.Attachment{ID: attachment.ID(id.New()), Application: string(of), Paper: u.Paper, Name: attachment.Title(u.Name)}
	var rules policy.Set
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.AttachmentAdd, of)
		if err != nil {
			return err
		}
		made.Region, rules = a.Region, a.office.Policy
		return collecting(a, u.Paper)
	})
	if err != nil {
		return "", err
	}
	if err := d.keep(ctx, &made, u.Content, rules); err != nil {
		return "", err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.AttachmentAdd, of)
		if err != nil {
			return err
		}
		if err := collecting(a, u.Paper); err != nil {
			return err
		}
		return tx.AddAttachment(made)
	})
	return made.ID, err
}

// collecting refuses papers that nobody asks for and cases that are decided.
func collecting(a loaded, paper string) error {
	if !slices.Contains(policy.Papers, paper) {
		var p fault.Problems
		p.Add("paper", "attachment.paper")
		return p.Fault()
	}
	if !a.State.Collecting() {
		return fault.New(fault.Refused, "application.step.wrong", access.AttachmentAdd, a.State)
	}
	return nil
}

// keep checks a content, counts its pages and puts it into the files.
func (d *Desk) keep(ctx context.Context, a *attachment.Attachment, from io.Reader, rules policy.Set) error {
	kind, content, err := attachment.Read(from, a.Paper, rules)
	if err != nil {
		return err
	}
	a.Size, a.Type = int64(len(content)), kind
	d.decoding.Lock()
	err = attachment.Whole(a.Type, content)
	var photo attachment.Photo
	if err == nil && a.Paper == "photo" {
		photo, err = attachment.MakePhoto(content)
	}
	if err == nil {
		a.Pages = scan.PagesOf(ctx, a.Type, content)
	}
	d.decoding.Unlock()
	if err != nil {
		return err
	}
	kept, err := d.files.Put(bytes.NewReader(content), a.Size)
	if err != nil {
		return err
	}
	a.Hash = kept.Hash
	if photo.JPEG == nil {
		return nil
	}
	ready, err := d.files.PutMade(bytes.NewReader(photo.JPEG), int64(len(photo.JPEG)))
	if err != nil {
		return fault.At("file", err)
	}
	a.Original, a.Hash, a.Size, a.Type, a.Flaws = kept.Hash, ready.Hash, ready.Size, ready.Type, photo.Flaws
	a.Small, err = d.shrink(photo.JPEG)
	return err
}

// Attachment opens one file of a case, which is an audited act; one of a case that is over, and so lies in the archive, only for a reason. The reader is to
// be closed.
func (d *Desk) Attachment(ctx context.Context, by access.Actor, of application.ID, which attachment.ID, reason string) (attachment.Attachment, io.ReadSeekCloser, error) {
	var a attachment.Attachment
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		c, err := load(tx, access.AttachmentRead, of)
		if err != nil {
			return err
		}
		if a, err = tx.Attachment(c.Application, which); err != nil {
			return err
		}
		if a.Destroyed != "" {
			return fault.New(fault.Missing, "attachment.destroyed", a.Destroyed)
		}
		note := a.Name
		if !c.State.Open() { // it lies in the archive
			reason = strings.Join(strings.Fields(reason), " ")
			if err := person.CheckReason(reason); err != nil {
				return err
			}
			note += " " + reason
		}
		return tx.Note(access.AttachmentRead, store.Subject{Kind: "attachment", ID: string(which), Region: c.Region, Note: note})
	})
	if err != nil {
		return a, nil, err
	}
	f, err := d.files.Open(a.Hash)
	if err != nil {
		return a, nil, err
	}
	return a, f, nil
}

// RemoveAttachment takes a file off a case that nobody has accepted yet.
func (d *Desk) RemoveAttachment(ctx context.Context, by access.Actor, of application.ID, which attachment.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		c, err := load(tx, access.AttachmentRemove, of)
		if err != nil {
			return err
		}
		if !c.State.Undecided() {
			return fault.New(fault.Refused, "application.step.wrong", access.AttachmentRemove, c.State)
		}
		a, err := tx.Attachment(c.Application, which)
		if err != nil {
			return err
		}
		if a.Fixed() {
			return fault.New(fault.Refused, "application.step.wrong", access.AttachmentRemove, c.State)
		}
		return tx.DropAttachment(a)
	})
}
