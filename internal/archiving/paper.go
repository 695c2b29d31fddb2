package archiving

import (
	"context"
	"io"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/store"
)

// Paper opens a paper of a file that is kept as a content, with its content type, for a reason that is written down with who read it. The content is to be closed.
func (d *Desk) Paper(ctx context.Context, by access.Actor, of person.ID, item, reason string) (kind string, content io.ReadSeekCloser, err error) {
	reason = strings.Join(strings.Fields(reason), " ")
	var i archive.Item
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		f, err := load(tx, access.ArchiveRead, of)
		if err != nil {
			return err
		}
		if err := by.May(access.AttachmentRead, f.Region); err != nil {
			return err
		}
		all, err := tx.Items(f.Dossier)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(k archive.Item) bool { return k.ID == item })
		if at < 0 || all[at].Hash == "" {
			return fault.New(fault.Missing, "record.missing")
		}
		if i = all[at]; i.Destroyed != "" {
			return fault.New(fault.Missing, "attachment.destroyed", i.Destroyed)
		}
		if err := person.CheckReason(reason); err != nil {
			return err
		}
		return tx.Note(access.AttachmentRead, store.Subject{Kind: "dossier", ID: string(of), Region: f.Region, Note: f.No + " " + i.Title + " " + reason})
	})
	if err != nil {
		return "", nil, err
	}
	return d.files.Show(i.Hash)
}
