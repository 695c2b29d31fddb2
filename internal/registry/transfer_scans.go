package registry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/attachment"
	"hefa/internal/fault"
	"hefa/internal/seal"
	"hefa/internal/store"
	"hefa/internal/transfer"
)

// sound refuses a transfer with a paper whose content is not the one that the sending county signed for. It gives the scans on its list as files of a case.
func (d *Desk) sound(ctx context.Context, by access.Actor, of transfer.ID) (scans []attachment.Attachment, err error) {
	var t transfer.Transfer
	err = d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		if t, err = transferred(tx, access.TransferTake, of); err == nil && t.Way == transfer.In && t.State == transfer.Sent {
			err = tx.FitsTransfer(t)
		}
		return err
	})
	if err != nil || t.Way != transfer.In || t.State != transfer.Sent {
		return nil, err
	}
	for _, i := range t.Parcel.Papers {
		if i.Hash == "" {
			continue
		}
		sum := sha256.New()
		if i.Suite != "" {
			sum = seal.Suite(i.Suite).Hash()
		}
		err := d.files.Check(i.Hash, sum)
		if fault.Of(err) == fault.Away {
			return nil, err
		}
		if err != nil || i.Suite != "" && hex.EncodeToString(sum.Sum(nil)) != i.Digest {
			return nil, fault.New(fault.Refused, "transfer.paper.changed", i.Title, i.Day).Because(err)
		}
		if i.Origin != archive.Scan {
			continue
		}
		kind, content, err := d.files.Show(i.Hash)
		if err != nil {
			return nil, err
		}
		size, err := content.Seek(0, io.SeekEnd)
		if err = errors.Join(err, content.Close()); err != nil {
			return nil, err
		}
		scans = append(scans, attachment.Attachment{Paper: attachment.Carried, Name: i.Title, Type: kind, Size: size, Hash: i.Hash, Pages: i.Pages})
	}
	return scans, nil
}

// travelling is the files that go with somebody: those of their cases that are not destroyed, and the scans on the signed list that hang on no case, such as slips and
// signed papers.
func travelling(own, scans []attachment.Attachment) []attachment.Attachment {
	out := slices.DeleteFunc(slices.Clone(own), func(a attachment.Attachment) bool { return a.Destroyed != "" })
	for _, s := range scans {
		if !slices.ContainsFunc(out, func(a attachment.Attachment) bool { return a.Hash == s.Hash }) {
			out = append(out, s)
		}
	}
	return out
}
