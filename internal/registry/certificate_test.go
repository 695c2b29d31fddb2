package registry_test

import (
	"bytes"
	"fmt"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/registry"
	"hefa/internal/sheet"
	"hefa/internal/testbed"
)

func TestCertificatesAreListedByExpiry(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := registry.New(o.DB, o.Files), testbed.As(access.Clerk)
		for i, expires := range []day.Day{"2020-12-31", "2020-06-30", "2019-12-31", "2020-06-30", "2025-01-01"} {
			c := o.Certificate(t, o.Person(t), expires)
			if f, err := desk.Certificate(t.Context(), clerk, c.ID); err != nil || f.Certificate.Expires != expires || f.Person.ID != c.Person {
				t.Errorf("%d: %+v %v", i, f, err)
			}
		}
		for what, x := range map[string]struct {
			f    registry.CertificateFilter
			want int
		}{
			"all": {registry.CertificateFilter{}, 5}, "this year": {registry.CertificateFilter{From: "2020-01-01", To: "2020-12-31"}, 3},
			"a day": {registry.CertificateFilter{From: "2020-06-30", To: "2020-06-30"}, 2}, "township": {registry.CertificateFilter{Region: testbed.Township}, 5},
			"category": {registry.CertificateFilter{Category: certificate.Vision}, 0}, "level": {registry.CertificateFilter{Level: certificate.Third}, 5},
			"state": {registry.CertificateFilter{State: certificate.Replaced}, 0}, "poor": {registry.CertificateFilter{Poor: true}, 0},
			"another township": {registry.CertificateFilter{Region: "533103104"}, 0},
		} {
			x.f.Limit = 9
			if l, err := desk.Certificates(t.Context(), clerk, x.f); err != nil || len(l.Holders) != x.want || l.Next != "" {
				t.Errorf("%s: %d, want %d: %v", what, len(l.Holders), x.want, err)
			}
		}
		var got []string
		f := registry.CertificateFilter{Limit: 2}
		for {
			l, err := desk.Certificates(t.Context(), clerk, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range l.Holders {
				got = append(got, string(h.Certificate.Expires))
			}
			if f.After = l.Next; f.After == "" {
				break
			}
		}
		if fmt.Sprint(got) != "[2019-12-31 2020-06-30 2020-06-30 2020-12-31 2025-01-01]" {
			t.Errorf("page by page: %v", got)
		}
		if _, err := desk.Certificates(t.Context(), testbed.As(access.City), registry.CertificateFilter{Limit: 1}); fault.Of(err) != fault.Refused {
			t.Errorf("the city must choose a county first: %v", err)
		}
	})
}

func TestTheExportHidesNumbersAndIsNoted(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := registry.New(o.DB, o.Files)
		p := o.Person(t)
		c := o.Certificate(t, p, "2020-12-31")
		var b bytes.Buffer
		if err := desk.ExportCertificates(t.Context(), testbed.As(access.City), registry.CertificateFilter{}, sheet.Out{To: &b, As: sheet.XLSX}); fault.Of(err) != fault.Refused || b.Len() > 0 {
			t.Errorf("the city must choose a county first: %v", err)
		}
		for role, phone := range map[access.Role]string{access.Clerk: p.Phone, access.Reviewer: "139****0000", access.City: "139****0000", access.Discipline: "139****0000"} {
			b.Reset()
			if err := desk.ExportCertificates(t.Context(), testbed.As(role), registry.CertificateFilter{Region: "533103"}, sheet.Out{To: &b, As: sheet.XLSX}); err != nil {
				t.Fatalf("%s: %v", role, err)
			}
			book, err := sheet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for row, err := range book.Sheets[0].Rows() {
				if err != nil {
					t.Fatal(err)
				}
				n++
				if got := row.Cells; got[0].Text == p.Name && (got[1].Text != c.Number.Masked() || got[5].Text != "2020-12-31" || got[8].Text != phone) {
					t.Errorf("%s: row %v", role, got)
				}
			}
			if n != 3 {
				t.Errorf("%s: %d rows, want title, header and one", role, n)
			}
		}
	})
}
