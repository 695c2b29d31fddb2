package registry

import (
	"context"
	"io"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/transfer"
)

// WriteTransfer prints 残疾人证迁移单 with its list of papers. It goes from federation to federation with whole numbers, so only who may see those takes it
// out, and it counts as looking at them.
func (d *Desk) WriteTransfer(ctx context.Context, by access.Actor, of transfer.ID, w io.Writer) error {
	t, err := d.Transfer(ctx, by, of)
	if err != nil {
		return err
	}
	if err := by.May(access.PersonReveal, t.Region); err != nil {
		return err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		return tx.Note(access.PersonReveal, store.Subject{Kind: "transfer", ID: string(t.ID), Region: t.Region, Note: paper.Transfer{}.Title() + " " + t.Parcel.No})
	})
	if err != nil {
		return err
	}
	p := t.Parcel
	sheet := paper.Transfer{Number: p.No, Person: p.Name, Identity: string(p.Number), Certificate: string(p.Certificate), Grade: lang.T(p.Category.Word()) + lang.T(p.Level.Word()),
		Expires: p.Expires, From: p.From, Place: p.Place, To: t.There, File: p.File, Dated: t.Sent, Key: t.Signature[:min(len(t.Signature), 24)]}
	if t.Way == transfer.In {
		sheet.To = t.Here
	}
	for _, i := range p.Papers {
		sheet.Rows = append(sheet.Rows, paper.DossierRow{Author: i.Author, Number: i.Number, Title: i.Title, Day: i.Day, Pages: i.Pages, Origin: lang.T(i.Origin.Word()), Note: i.Note, Digest: i.Said()})
	}
	return paper.Write(w, sheet)
}

// TransferColumns is what can be taken out of a list of transfers.
var TransferColumns = []string{"transfer.holder", "transfer.certificate", "transfer.way", "transfer.from", "transfer.to", "transfer.sent", "transfer.due",
	"transfer.state", "transfer.decided", "transfer.reason"}

// ExportTransfers writes the transfers that fit as a list with masked numbers; it leaves a line in the audit.
func (d *Desk) ExportTransfers(ctx context.Context, by access.Actor, f TransferFilter, to sheet.Out) (err error) {
	if err := to.Check(TransferColumns); err != nil {
		return err
	}
	if f.Region, err = by.Scope(access.TransferRead, f.Region); err != nil {
		return err
	}
	if err := by.May(access.ListExport, f.Region); err != nil {
		return err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		return tx.Note(access.ListExport, store.Subject{Kind: "transfer", ID: string(f.Region), Region: f.Region, Note: "list"})
	})
	if err != nil {
		return err
	}
	f.Limit = exportAtOnce
	t := sheet.Table{Name: lang.T("transfer.title"), Title: lang.T("transfer.title"), Columns: sheet.Keyed(TransferColumns)}
	t.Rows = func(yield func([]string, error) bool) {
		for {
			l, err := d.Transfers(ctx, by, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, x := range l.Transfers {
				from, to := l.Places[x.Region.County()], l.Places[x.Abroad.County()]
				if x.Way == transfer.In {
					from, to = to, from
				}
				if !yield([]string{x.Parcel.Name, x.Parcel.Certificate.Masked(), lang.T(x.Way.Word()), from, to, string(x.Sent), string(x.Due), lang.T(x.State.Word()),
					string(x.Decided), x.Reason}, nil) {
					return
				}
			}
			if f.After = l.Next; l.Next == "" {
				return
			}
		}
	}
	return to.Write(t)
}
