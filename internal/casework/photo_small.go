package casework

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/scan"
	"hefa/internal/store"
)

// lookedFor is for how long one line of the audit stands for every look that the same officer takes at a small photo: the page of a case shows it each time.
const lookedFor = 24 * time.Hour

// SmallPhoto is the small picture of a photo of an open case, for the case's page. Who sees it is written down once a day. A photo of before there were small pictures
// gets its own now; the photo itself stays as it is. The reader is to be closed.
func (d *Desk) SmallPhoto(ctx context.Context, by access.Actor, of application.ID, which attachment.ID) (io.ReadSeekCloser, error) {
	var a attachment.Attachment
	known := false
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		if a, err = photoOf(tx, of, which); err != nil {
			return err
		}
		known, err = looked(tx, a)
		return err
	})
	if err != nil {
		return nil, err
	}
	made := a.Small == ""
	if made {
		if a.Small, err = d.smallOf(a); err != nil {
			return nil, err
		}
	}
	if made || !known {
		err = d.db.Update(ctx, by, func(tx *store.Tx) error {
			if _, err := photoOf(tx, of, which); err != nil {
				return err
			}
			if made {
				if err := tx.KeepSmall(a); err != nil {
					return err
				}
			}
			if known, err := looked(tx, a); err != nil || known {
				return err
			}
			return tx.Note(access.AttachmentRead, store.Subject{Kind: "attachment", ID: string(which), Region: a.Region, Note: lang.T("attachment.small", a.Name)})
		})
		if err != nil {
			return nil, err
		}
	}
	return d.files.Open(a.Small)
}

// photoOf is a photo of an open case that the actor may look at; one of a case that is over lies in the archive and is read for a reason only.
func photoOf(tx *store.Tx, of application.ID, which attachment.ID) (attachment.Attachment, error) {
	c, err := load(tx, access.AttachmentRead, of)
	if err != nil {
		return attachment.Attachment{}, err
	}
	a, err := tx.Attachment(c.Application, which)
	if err == nil && (a.Paper != "photo" || a.Destroyed != "" || !c.State.Open()) {
		err = fault.New(fault.Missing, "record.missing")
	}
	return a, err
}

// looked says whether the actor's looks at the photo have their line.
func looked(tx *store.Tx, a attachment.Attachment) (bool, error) {
	lines, err := tx.Timeline(a.County(), "attachment", string(a.ID))
	return slices.ContainsFunc(lines, func(l store.Line) bool {
		return l.Act == access.AttachmentRead && l.Account == tx.By().Account && tx.Now().Sub(l.At) < lookedFor
	}), err
}

// smallOf makes the small picture of a kept photo.
func (d *Desk) smallOf(a attachment.Attachment) (hash string, err error) {
	f, err := d.files.Open(a.Hash)
	if err != nil {
		return "", err
	}
	content, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return "", err
	}
	d.decoding.Lock()
	defer d.decoding.Unlock()
	return d.shrink(content)
}

// shrink makes a small picture and keeps it, sealed like the photo.
func (d *Desk) shrink(photo []byte) (hash string, err error) {
	m, err := scan.Decode(photo)
	if err != nil {
		return "", err
	}
	small, err := scan.Small(m, attachment.SmallSide)
	if err != nil {
		return "", err
	}
	kept, err := d.files.PutMade(bytes.NewReader(small), int64(len(small)))
	return kept.Hash, err
}
