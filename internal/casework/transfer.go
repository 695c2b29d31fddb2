package casework

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/attachment"
	"hefa/internal/certificate"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/policy"
	"hefa/internal/store"
	"hefa/internal/transfer"
)

// send puts a certificate on its way to the county that the case names, with the signed list of the papers in its holder's file. Each county has its own
// record from now on.
func (l loaded) send(tx *store.Tx, c certificate.Certificate) error {
	parcel, err := l.parcel(tx, c)
	if err != nil {
		return err
	}
	out := transfer.Transfer{ID: transfer.ID(id.New()), Way: transfer.Out, Region: l.Region, Abroad: l.Target, Twin: transfer.ID(id.New()), Person: l.Person,
		Certificate: c.ID, Application: string(l.ID), Parcel: parcel, State: transfer.Sent, Sent: l.office.Today,
		Due: l.office.Calendar.After(l.office.Today, l.office.Policy.Count(policy.TransferDays))}
	if err := tx.SignTransfer(&out); err != nil {
		return err
	}
	in := out
	in.ID, in.Way, in.Region, in.Abroad, in.Twin, in.Person, in.Certificate, in.Application = out.Twin, transfer.In, out.Abroad, out.Region, out.ID, "", "", ""
	if err := tx.AddTransfer(access.ApplicationApprove, out); err != nil {
		return err
	}
	return tx.AddTransfer(access.ApplicationApprove, in)
}

// parcel is what the county of arrival is told.
func (l loaded) parcel(tx *store.Tx, c certificate.Certificate) (transfer.Parcel, error) {
	p, err := tx.Person(l.Person)
	if err != nil {
		return transfer.Parcel{}, err
	}
	out := transfer.Parcel{Name: p.Name, Number: p.Number, Category: c.Category, Level: c.Level, Certificate: c.Number, Issued: c.Issued, Expires: c.Expires, No: l.No}
	from, err := officeAt(tx, l.County())
	if err != nil {
		return out, err
	}
	out.From = from.Name
	if out.Place, err = place(tx, p.Region); err != nil {
		return out, err
	}
	f, ok, err := tx.Dossier(l.County(), l.Person)
	if err != nil {
		return out, err
	}
	if ok {
		out.File = f.No
		papers, err := tx.Items(f)
		if err != nil {
			return out, err
		}
		out.Papers = slices.DeleteFunc(papers, func(i archive.Item) bool { return i.Destroyed != "" })
	}
	cases, err := tx.CasesOf(l.County(), l.Person)
	for _, a := range cases {
		if err != nil || a.State == application.Closed {
			continue
		}
		var more []archive.Item
		more, err = loose(tx, a)
		out.Papers = append(out.Papers, more...)
	}
	if err != nil {
		return out, err
	}
	return out, tx.FillDigests(out.Papers)
}

// keepFile keeps, before somebody's move is approved, what the program wrote in all of their cases, so that it travels with the signed list.
func (d *Desk) keepFile(ctx context.Context, by access.Actor, of application.ID) error {
	var all []application.Application
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationApprove, of)
		if err != nil || a.Matter.Rule().Aim != application.Goes {
			return err
		}
		all, err = tx.CasesOf(a.County(), a.Person)
		return err
	})
	for _, a := range all {
		if err == nil {
			err = d.KeepPapers(ctx, access.Program(), a.County(), a.ID)
		}
	}
	return err
}

// loose is what hangs on a case that is not filed yet: scans, and what the program itself wrote.
func loose(tx *store.Tx, a application.Application) ([]archive.Item, error) {
	all, err := tx.Attachments(a)
	if err != nil {
		return nil, err
	}
	l, err := loading(tx, a)
	if err != nil {
		return nil, err
	}
	made, err := l.born(tx)
	if err != nil {
		return nil, err
	}
	var out []archive.Item
	for _, b := range made {
		b.ID, b.Application, b.Pages = id.New(), string(a.ID), 1
		for _, s := range all {
			if s.Source == b.source {
				b.Hash, b.Pages = s.Hash, max(1, s.Pages)
			}
		}
		out = append(out, b.Item)
	}
	for _, s := range all {
		if s.Destroyed != "" || s.Paper == attachment.Made {
			continue
		}
		i := archive.Item{ID: string(s.ID), Application: string(a.ID), Kind: archive.Supplement, Title: lang.T("paper." + s.Paper), Number: a.No,
			Day: a.Opened, Pages: 1, Origin: archive.Scan, Hash: s.Hash}
		if s.Paper == attachment.Carried { // it is called as the list called it with which it came
			i.Title, i.Pages = s.Name, max(1, s.Pages)
		}
		out = append(out, i)
	}
	return out, err
}
