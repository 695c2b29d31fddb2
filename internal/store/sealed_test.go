package store_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/person"
	"hefa/internal/roster"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// sealedColumns is every column that holds personal texts (PIPL Art. 28 and 51; architecture: sealed in the row).
var sealedColumns = map[string][]string{
	"person":      {"number", "address", "phone", "guardian_phone"},
	"certificate": {"number"},
	"finding":     {"finding"},
	"assessment":  {"findings"},
	"card":        {"face"},
	"objection":   {"name", "phone", "text"},
	"rejected":    {"value", "message", "cells"},
	"listed":      {"condition"},
	"answered":    {"body"},
}

// seal marks what was shut, so that opening something that never was shut ends the test.
func seal(t *testing.T) (shut, open func(string) string) {
	return func(s string) string { return "sealed:" + base64.StdEncoding.EncodeToString([]byte(s)) }, func(s string) string {
		text, ok := strings.CutPrefix(s, "sealed:")
		clear, err := base64.StdEncoding.DecodeString(text)
		if !ok || err != nil {
			t.Errorf("opening %q: it was never sealed", s)
		}
		return string(clear)
	}
}

func TestPersonalTextsAreSealedInTheirRowsAndComeBackWhole(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		o.DB.SealWith(seal(t))
		p := o.Person(t)
		held := o.Certificate(t, p, "2020-12-31")
		a := o.Case(t, p, application.Scheduled)
		want := keepAll(t, o, p, held, a)
		if got := readAll(t, o, p, a); cmp.Diff(want, got) != "" {
			t.Errorf("what came back:\n%s", cmp.Diff(want, got))
		}
		for table, columns := range sealedColumns {
			for _, column := range columns {
				rows, err := o.DB.Raw(t.Context(), table, column)
				if err != nil || len(rows) == 0 {
					t.Errorf("%s.%s: %d rows, %v", table, column, len(rows), err)
				}
				for _, s := range rows {
					if !strings.HasPrefix(s, "sealed:") {
						t.Errorf("%s.%s holds %q", table, column, s)
					}
				}
			}
		}
	})
}

// kept is one of everything personal.
type kept struct {
	Person   person.Person
	Held     certificate.Number
	Findings []assessment.Finding
	Signed   []assessment.Finding
	Face     card.Face
	Objector string
	Returned []store.Rejected
	Sickness string
	Answer   string
}

func keepAll(t *testing.T, o *testbed.Office, p person.Person, held certificate.Certificate, a application.Application) kept {
	k := kept{
		Findings: []assessment.Finding{{Category: certificate.Physical, Level: certificate.Third, Meets: true, Findings: "右下肢短缩", Cause: "外伤"}},
		Face:     card.Face{Name: p.Name, Number: held.Number, Phone: p.Phone},
		Objector: "王某 13900000002 不属实",
		Returned: []store.Rejected{{Rejection: roster.Rejection{Row: 4, Value: "53319919610504", Message: "少几位"}, Cells: []string{"1", p.Name}}},
		Sickness: "精神分裂症",
		Answer:   `{"phone":"13900000000"}`,
	}
	k.Signed = k.Findings
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		u := roster.Upload{ID: "list", Region: testbed.Township, Kind: roster.Suspected, Name: "名单", State: roster.Checking, At: tx.Now()}
		text := strings.Fields(k.Objector)
		for _, do := range []func() error{
			func() error { return tx.KeepFindings(a, k.Findings) },
			func() error {
				return tx.AddAssessment(a, "signed", assessment.Conclusion{Findings: k.Signed, On: tx.Today()})
			},
			func() error { return tx.AddBatch(card.Batch{ID: "batch", Region: a.Region, No: "1", Made: tx.Today()}) },
			func() error {
				return tx.AddCard(card.Card{ID: "card", Region: a.Region, Batch: "batch", Application: string(a.ID), Certificate: held.ID, Face: k.Face, State: card.Frozen})
			},
			func() error {
				return tx.AddObjection(announcement.Objection{ID: "objection", Region: a.Region, No: "1", Application: string(a.ID), Name: text[0], Phone: text[1], Text: text[2]})
			},
			func() error { return tx.AddRoster(u) },
			func() error { return tx.AddRejected(u, k.Returned) },
			func() error {
				return tx.TakeIn(u, []store.Intake{{Person: p, Listed: &store.Listed{ID: "row", Region: p.Region, Kind: u.Kind, Roster: u.ID, Person: p.ID, Condition: k.Sickness}}})
			},
			func() error { return tx.BeginAnswer("key", "digest") },
			func() error { return tx.KeepAnswer("key", 200, k.Answer) },
		} {
			if err := do(); err != nil {
				return err
			}
		}
		return nil
	})
	k.Person, k.Held = p, held.Number
	k.Person.Version = 1
	return k
}

func readAll(t *testing.T, o *testbed.Office, p person.Person, a application.Application) kept {
	var k kept
	o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
		ok := func(e error) {
			if e != nil && err == nil {
				err = e
			}
		}
		k.Person, err = tx.Person(p.ID)
		cards, e := tx.CertificatesOf(p.County(), p.ID)
		ok(e)
		k.Held = cards[0].Number
		k.Findings, e = tx.Findings(a)
		ok(e)
		signed, e := tx.Assessments(a)
		ok(e)
		k.Signed = signed[0].Findings
		c, e := tx.CardOf(a)
		ok(e)
		k.Face = c.Face
		said, e := tx.Objections(a)
		ok(e)
		k.Objector = said[0].Name + " " + said[0].Phone + " " + said[0].Text
		u, e := tx.Roster("list")
		ok(e)
		k.Returned, e = tx.RejectedLines(u, 0, 10)
		ok(e)
		listed, e := tx.ListedPeople(store.ListedFilter{Kind: roster.Suspected, Limit: 10})
		ok(e)
		k.Sickness = listed[0].Condition
		answer, e := tx.Answered("key")
		ok(e)
		k.Answer = answer.Body
		return err
	})
	return k
}
