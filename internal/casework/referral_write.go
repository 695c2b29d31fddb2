package casework

import (
	"archive/zip"
	"bytes"
	"context"
	"io"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/attachment"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/referral"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// revealReferral reads a referral for a paper with whole numbers: only who may see those takes it out, and it counts as looking at them.
func (d *Desk) revealReferral(ctx context.Context, by access.Actor, of referral.ID) (Referral, error) {
	r, err := d.Referral(ctx, by, of)
	if err != nil {
		return r, err
	}
	if err := by.May(access.PersonReveal, r.Region); err != nil {
		return r, err
	}
	return r, d.db.Update(ctx, by, func(tx *store.Tx) error {
		return tx.Note(access.PersonReveal, store.Subject{Kind: "referral", ID: string(r.ID), Region: r.Region, Note: paper.Referral{}.Title() + " " + r.Parcel.No})
	})
}

// WriteReferral prints 残疾人证异地代收转办单 with its list of papers, for both counties to sign.
func (d *Desk) WriteReferral(ctx context.Context, by access.Actor, of referral.ID, w io.Writer) error {
	r, err := d.revealReferral(ctx, by, of)
	if err != nil {
		return err
	}
	return paper.Write(w, r.paper())
}

// paper is the hand-over list.
func (r Referral) paper() paper.Referral {
	p := r.Parcel
	out := paper.Referral{Number: p.No, Person: p.Person.Name, Identity: string(p.Person.Number), Phone: p.Person.Phone, Guardian: p.Person.Guardian.Name, Matter: lang.T(p.Matter.Word()),
		Stated: p.Stated, From: p.From, Lives: p.Lives, Registered: p.Registered, To: r.There, Accepted: p.Accepted, Hospital: p.Hospital, Assessed: p.Assessed, Notice: p.Notice,
		Sent: r.Sent, Due: r.Due, Key: r.Signature[:min(len(r.Signature), 24)]}
	if r.Side == referral.Home {
		out.To = r.Here
	}
	if p.Category != "" {
		out.Grade = lang.T(p.Category.Word()) + lang.T(p.Level.Word())
	}
	for _, c := range p.Conclusions {
		out.Signed = append(out.Signed, c.First, c.Second)
	}
	for _, s := range p.Papers {
		out.Rows = append(out.Rows, paper.ReferralRow{Title: lang.T("paper." + s.Paper), Origin: lang.T(archive.Scan.Word()), Pages: max(s.Pages, 1)})
	}
	for _, s := range p.Sighted {
		out.Rows = append(out.Rows, paper.ReferralRow{Title: lang.T("paper." + s), Origin: lang.T("referral.sighted")})
	}
	return out
}

// ExportReferral writes the signed parcel with its scans as one ZIP for a county that does not work with this program; `hefa package verify` checks it
// without the database.
func (d *Desk) ExportReferral(ctx context.Context, by access.Actor, of referral.ID, w io.Writer) error {
	r, err := d.revealReferral(ctx, by, of)
	if err != nil {
		return err
	}
	if err := by.May(access.ReferralSend, r.Region); err != nil {
		return err
	}
	p := packing{zip: zip.NewWriter(w)}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		p.list = archive.Package{Format: archive.PackageFormat, Application: r.Application, No: r.Parcel.No, County: string(r.County()), At: tx.Now(), By: by.Name,
			Reason: lang.T("referral.package.reason", r.There)}
		p.hash = tx.Sum
		return nil
	})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := paper.Write(&b, r.paper()); err != nil {
		return err
	}
	if err := p.add("referral.pdf", b.Bytes()); err != nil {
		return err
	}
	if err := p.add("referral.json", r.Parcel.Message()); err != nil {
		return err
	}
	for _, s := range r.Parcel.Papers {
		if err := d.pack(&p, s.Attachment(attachment.ID(""), r.Region, "")); err != nil {
			return err
		}
	}
	return d.seal(ctx, by, p)
}

// exportAtOnce is how many rows of a list are read at a time on their way out.
const exportAtOnce = 500

// ReferralColumns is what can be taken out of a list of referrals.
var ReferralColumns = []string{"referral.person", "referral.number", "detail.matter", "referral.side", "referral.host", "referral.home", "referral.sent", "referral.due",
	"referral.state", "referral.decided", "referral.reason"}

// ExportReferrals writes the referrals that fit as a list with masked numbers; it leaves a line in the audit.
func (d *Desk) ExportReferrals(ctx context.Context, by access.Actor, f ReferralFilter, to sheet.Out) (err error) {
	if err := to.Check(ReferralColumns); err != nil {
		return err
	}
	if f.Region, err = by.Scope(access.ReferralRead, f.Region); err != nil {
		return err
	}
	if err := by.May(access.ListExport, f.Region); err != nil {
		return err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		return tx.Note(access.ListExport, store.Subject{Kind: "referral", ID: string(f.Region), Region: f.Region, Note: "list"})
	})
	if err != nil {
		return err
	}
	f.Limit = exportAtOnce
	t := sheet.Table{Name: lang.T("referral.title"), Title: lang.T("referral.title"), Columns: sheet.Keyed(ReferralColumns)}
	t.Rows = func(yield func([]string, error) bool) {
		for {
			l, err := d.Referrals(ctx, by, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, r := range l.Referrals {
				if !yield(l.cells(r), nil) {
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

// cells is a row of the list.
func (l ReferralList) cells(r referral.Referral) []string {
	host, home := l.Places[r.Region.County()], l.Places[r.Abroad.County()]
	if r.Side == referral.Home {
		host, home = home, host
	}
	p := r.Parcel
	return []string{p.Person.Name, p.Person.Number.Masked(), lang.T(p.Matter.Word()), lang.T(r.Side.Word()), host, home, string(r.Sent), string(r.Due), lang.T(r.State.Word()),
		string(r.Decided), r.Reason}
}
