package casework

import (
	"slices"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
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
	return out, err
}

// loose is the scans of a case that is not filed yet.
func loose(tx *store.Tx, a application.Application) ([]archive.Item, error) {
	all, err := tx.Attachments(a)
	var out []archive.Item
	for _, s := range all {
		if s.Destroyed != "" {
			continue
		}
		out = append(out, archive.Item{ID: string(s.ID), Application: string(a.ID), Kind: archive.Supplement, Title: lang.T("paper." + s.Paper), Number: a.No,
			Day: a.Opened, Pages: 1, Origin: archive.Scan, Hash: s.Hash})
	}
	return out, err
}
