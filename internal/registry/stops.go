package registry

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// StopColumns is what can be taken out of the list of whose subsidies are to stop.
var StopColumns = []string{"certificates.township", "certificates.village", "certificates.name", "lapse.column.identity", "certificates.number", "lapse.column.grade", "lapse.column.cause",
	"lapse.column.decided"}

// StopFilter is whose certificates ended when; empty fields do not narrow it.
type StopFilter struct {
	Region   region.Code
	From, To day.Day
}

// ExportStops writes everybody whose certificate was cancelled in those days, for whatever reason, and who holds none again, with masked numbers; whole ones
// go out as a disclosure. It leaves a line in the audit.
func (d *Desk) ExportStops(ctx context.Context, by access.Actor, f StopFilter, to sheet.Out) (err error) {
	if err := to.Check(StopColumns); err != nil {
		return err
	}
	if f.Region, err = by.Scope(access.LapseExport, f.Region); err != nil {
		return err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		if _, err := tx.County(f.Region); err != nil {
			return err
		}
		return tx.Note(access.LapseExport, store.Subject{Kind: "certificate", ID: string(f.Region), Region: f.Region, Note: string(f.From) + " " + string(f.To)})
	})
	if err != nil {
		return err
	}
	ended := CertificateFilter{Region: f.Region, State: certificate.Cancelled, Ended: f.From, EndedTo: f.To, Newest: true, Limit: exportAtOnce}
	t := sheet.Table{Name: lang.T("lapse.stops.sheet"), Title: lang.T("lapse.stops.sheet"), Columns: sheet.Keyed(StopColumns)}
	t.Rows = func(yield func([]string, error) bool) {
		for {
			l, err := d.Certificates(ctx, by, ended)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, h := range l.Holders {
				if !yield(l.stop(h), nil) {
					return
				}
			}
			if ended.After = l.Next; l.Next == "" {
				return
			}
		}
	}
	return to.Write(t)
}

// stop is one line of the list.
func (l CertificateList) stop(h Holder) []string {
	c, village := h.Certificate, ""
	if c.Region.Level() == region.Village {
		village = l.Places[c.Region]
	}
	return []string{l.Places[c.Region.Township()], village, h.Person.Name, h.Person.Number.Masked(), c.Number.Masked(), lang.T("lapse.grade", c.Category, c.Level), cause(c), string(c.Since)}
}

// cause is why a certificate was cancelled, in words.
func cause(c certificate.Certificate) string {
	if c.Reason == "" {
		return ""
	}
	return lang.T(c.Reason.Word())
}
