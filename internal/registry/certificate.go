package registry

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// CertificateFilter narrows the list of certificates.
type CertificateFilter = store.CertificateFilter

// Holder is a certificate with its holder.
type Holder = store.Holder

// CertificateList is one page of certificates by expiry, with the names of their places.
type CertificateList struct {
	Holders []Holder
	Places  map[region.Code]string
	Today   day.Day
	Next    string // what After is for the next page, "" on the last
}

// Certificates is the certificates of an area of one county by expiry.
func (d *Desk) Certificates(ctx context.Context, by access.Actor, f CertificateFilter) (CertificateList, error) {
	var l CertificateList
	var err error
	if f.Region, err = by.Scope(access.CertificateRead, f.Region); err != nil {
		return l, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		limit := f.Limit
		f.Limit++
		f.Poor = f.Poor || by.Role == access.Poverty
		all, err := tx.Certificates(f)
		if err != nil {
			return err
		}
		l.Holders, l.Today = all[:min(len(all), limit)], tx.Today()
		if len(all) > limit {
			last := l.Holders[limit-1].Certificate
			l.Next = string(last.Expires) + " " + string(last.ID)
		}
		var codes []region.Code
		for _, h := range l.Holders {
			codes = append(codes, h.Certificate.Region)
		}
		l.Places, err = names(tx, codes)
		return err
	})
	return l, err
}

// CertificateFile is one certificate with its holder and what came before and after it.
type CertificateFile struct {
	Holder
	Place  string
	Today  day.Day
	Others []certificate.Certificate // the holder's other certificates, the newest first
	Lines  []store.Line
}

// Holding is one certificate with its holder and nothing around them, and the office's day.
func (d *Desk) Holding(ctx context.Context, by access.Actor, id certificate.ID) (h Holder, today day.Day, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		var err error
		h, err = holding(tx, id)
		today = tx.Today()
		return err
	})
	return h, today, err
}

// holding is a certificate that the actor may read, with its holder.
func holding(tx *store.Tx, id certificate.ID) (h Holder, err error) {
	if h.Certificate, err = tx.Certificate(id); err != nil {
		return h, err
	}
	if err = tx.By().May(access.CertificateRead, h.Certificate.Region); err != nil {
		return h, err
	}
	h.Person, err = load(tx, access.PersonRead, h.Certificate.Person)
	return h, err
}

// Certificate is one certificate with its holder and what came before and after it.
func (d *Desk) Certificate(ctx context.Context, by access.Actor, id certificate.ID) (CertificateFile, error) {
	var f CertificateFile
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		var err error
		if f.Holder, err = holding(tx, id); err != nil {
			return err
		}
		c := f.Certificate
		f.Today = tx.Today()
		if f.Place, err = place(tx, c.Region); err != nil {
			return err
		}
		all, err := tx.CertificatesOf(c.County(), c.Person)
		for _, o := range all {
			if o.ID != c.ID {
				f.Others = append(f.Others, o)
			}
		}
		if err != nil {
			return err
		}
		f.Lines, err = tx.Timeline(c.County(), "certificate", string(c.ID))
		return err
	})
	return f, err
}

// exportAtOnce is how many rows one transaction of an export reads.
const exportAtOnce = 2000

// CertificateColumns is what can be taken out of a list of certificates.
var CertificateColumns = []string{"certificates.name", "certificates.number", "certificates.category", "certificates.level", "certificates.state", "certificates.expires",
	"certificates.township", "certificates.village", "certificates.phone"}

// ExportCertificates writes every certificate that fits as a workbook or a text, with masked numbers; it leaves a line in the audit.
func (d *Desk) ExportCertificates(ctx context.Context, by access.Actor, f CertificateFilter, to sheet.Out) error {
	err := to.Check(CertificateColumns)
	if err != nil {
		return err
	}
	if f.Region, err = by.Scope(access.ListExport, f.Region); err != nil {
		return err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		if _, err := tx.County(f.Region); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "certificate", ID: string(f.Region), Region: f.Region, Note: "list"})
	})
	if err != nil {
		return err
	}
	f.Limit = exportAtOnce
	t := sheet.Table{Name: lang.T("certificates.title"), Title: lang.T("certificates.title"), Columns: sheet.Keyed(CertificateColumns)}
	t.Rows = func(yield func([]string, error) bool) {
		for {
			l, err := d.Certificates(ctx, by, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, h := range l.Holders {
				if !yield(l.row(h, by.Can(access.PersonEdit)), nil) {
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

// row is one line of the workbook; only who may edit people sees telephone numbers in clear.
func (l CertificateList) row(h Holder, clear bool) []string {
	c, phone := h.Certificate, h.Person.Phone
	if !clear {
		phone = person.MaskedPhone(phone)
	}
	village := ""
	if c.Region.Level() == region.Village {
		village = l.Places[c.Region]
	}
	return []string{h.Person.Name, c.Number.Masked(), lang.T(c.Category.Word()), lang.T(c.Level.Word()), lang.T(c.Standing(l.Today).Word()), string(c.Expires),
		l.Places[c.Region.Township()], village, phone}
}
