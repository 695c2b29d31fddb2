package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestChipDataThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		holder := o.Person(t)
		held, a := o.Certificate(t, holder, "2030-12-31"), o.Case(t, holder, application.Printing)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			if err := tx.AddBatch(card.Batch{ID: "cards", Region: testbed.Township, No: "533103-ZK-2020-0007", Cards: 1, Made: o.Today()}); err != nil {
				return err
			}
			face := card.Face{Name: "测试卡", Number: "53319919610504001X43", Level: certificate.Third, Layout: card.CardLayout}
			return tx.AddCard(card.Card{ID: "card", Region: a.Region, Batch: "cards", Application: string(a.ID), Certificate: held.ID, Face: face, State: card.Frozen})
		})
		if a := p.call(access.Clerk, "POST", "/api/v1/batches/cards/chips", `{"reason":""}`); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.text, "reason") {
			t.Errorf("no reason: %d %s", a.status, a.text)
		}
		asked := p.must(200, access.Clerk, "POST", "/api/v1/batches/cards/chips", `{"reason":"制卡机写入芯片"}`)
		at := "/api/v1/disclosures/" + asked.field("id")
		if asked.field("batch") != "cards" || asked.field("rows") != "1" {
			t.Errorf("asked %s", asked.text)
		}
		if a := p.call(access.Clerk, "POST", at+"/chips", ""); a.status != http.StatusConflict {
			t.Errorf("ungranted: %d %s", a.status, a.text)
		}
		p.must(200, access.Approver, "POST", at+"/judge", `{"grant":true}`)
		if a := p.call(access.Clerk, "POST", at+"/take?as=utf8", ""); a.status != http.StatusConflict {
			t.Errorf("taken as a list: %d %s", a.status, a.text)
		}
		if got := p.must(200, access.Clerk, "POST", at+"/chips", ""); strings.Count(got.text, "\n") != 3 || !strings.Contains(got.text, `"number":"53319919610504001X43"`) {
			t.Errorf("the file %s", got.text)
		}
	})
}
