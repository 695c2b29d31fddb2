package records

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/store"
)

// WriteBatch prints every certificate of the batch that is not good yet, from the frozen faces only, for a printer of the county, "" for the standard one;
// that somebody took them is written down.
func (d *Desk) WriteBatch(ctx context.Context, by access.Actor, id card.BatchID, on card.PrinterID, w io.Writer) error {
	var faces []card.Face
	var b card.Batch
	var p card.Printer
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if b, err = batch(tx, access.ApplicationPrint, id); err != nil {
			return err
		}
		var made certificate.Kind
		if faces, made, err = frozen(tx, b); err != nil {
			return err
		}
		if p, err = chosen(tx, b.County(), made, on); err != nil {
			return err
		}
		return tx.Note(access.ApplicationPrint, store.Subject{Kind: "batch", ID: string(b.ID), Region: b.Region, Note: lang.T("batch.taken", len(faces), p.Name)})
	})
	if err != nil {
		return err
	}
	var people []paper.Booklet
	for _, f := range faces {
		one, err := d.booklet(f)
		if err != nil {
			return err
		}
		people = append(people, one)
	}
	return pages(b.No, p, people, w)
}

// frozen is the faces of the batch that are not printed good, and what they are made as; a batch is of one kind.
func frozen(tx *store.Tx, b card.Batch) (faces []card.Face, made certificate.Kind, err error) {
	cards, err := tx.BatchCards(b)
	if err != nil {
		return nil, "", err
	}
	for _, c := range cards {
		if c.Card.State != card.Frozen {
			continue
		}
		l, err := c.Card.Face.Drawn()
		if err != nil {
			return nil, "", err
		}
		if made != "" && made != l.Make {
			return nil, "", fmt.Errorf("batch %s holds books and cards", b.ID)
		}
		made, faces = l.Make, append(faces, c.Card.Face)
	}
	if len(faces) == 0 {
		return nil, "", fault.New(fault.Refused, "batch.printed")
	}
	return faces, made, nil
}

// booklet is the pages of a frozen face, with the photo from the store of files.
func (d *Desk) booklet(f card.Face) (paper.Booklet, error) {
	level, err := strconv.Atoi(string(f.Level))
	if err != nil {
		return paper.Booklet{}, fmt.Errorf("reading a frozen level: %w", err)
	}
	b := paper.Booklet{Name: f.Name, Sex: f.Sex, Nation: f.Nation, Number: string(f.Number), Issued: f.Issued, Expires: f.Expires, Born: f.Birth, Category: f.Category,
		Level: level, Address: f.Address, Phone: f.Phone, Guardian: f.Guardian, GuardianPhone: f.GuardianPhone, Approver: f.Issuer, Code: f.QR}
	if f.Remarks != "" {
		b.Remarks = strings.Split(f.Remarks, "\n")
	}
	if f.Photo == "" {
		return b, nil
	}
	file, err := d.files.Open(f.Photo)
	if err != nil {
		return b, err
	}
	b.Photo, err = io.ReadAll(file)
	return b, errors.Join(err, file.Close())
}

// WriteDispatchList prints the list with which the batch goes to its township, signed by both; it leaves a line in the audit, as every list of names does.
func (d *Desk) WriteDispatchList(ctx context.Context, by access.Actor, id card.BatchID, w io.Writer) error {
	var list paper.Dispatch
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := batch(tx, access.CertificateRead, id)
		if err != nil {
			return err
		}
		s, err := sheaf(tx, b)
		if err != nil {
			return err
		}
		from, err := tx.OrgAt(b.County())
		if err != nil {
			return err
		}
		list = paper.Dispatch{Batch: b.No, From: from.Name, To: s.Place, Dated: b.Dispatched}
		if list.Dated == "" {
			list.Dated = tx.Today()
		}
		for _, l := range s.live() {
			if l.Card.Ahead {
				list.Ahead++
				continue
			}
			row := paper.DispatchRow{Serial: l.Card.Serial, Name: l.Card.Face.Name, Number: l.Card.Face.Number.Masked(), Village: l.Place}
			if l.Exchange() {
				row.Note = lang.T(application.Renew.Word())
			}
			list.Rows = append(list.Rows, row)
		}
		return noteList(tx, b, list.Title())
	})
	if err != nil {
		return err
	}
	return paper.Write(w, list)
}

// noteList writes down that a list of the people of a batch was taken.
func noteList(tx *store.Tx, b card.Batch, title string) error {
	return tx.Note(access.ListExport, store.Subject{Kind: "batch", ID: string(b.ID), Region: b.Region, Note: b.No + " " + title})
}
