package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestAnAppealThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		a := o.Case(t, o.Person(t), application.Review)
		at := "/api/v1/applications/" + string(a.ID) + "/appeals"
		if got := p.call(access.Township, "POST", at, `{"reason":"不服"}`); got.status != http.StatusConflict {
			t.Errorf("without a result: %d %s", got.status, got.text)
		}
		o.Update(t, access.Reviewer, func(tx *store.Tx) error {
			a, err := tx.Application(a.ID)
			if err != nil {
				return err
			}
			a.Category, a.Level, a.Assessed = certificate.Physical, certificate.Third, o.Today()
			return tx.SaveApplication(access.ApplicationAssess, a.State, a, "")
		})
		got := p.must(200, access.Township, "POST", at, `{"reason":"不服"}`)
		one := at + "/" + got.field("items.0.id")
		if got.field("items.0.level") != "city" || strings.Contains(got.text, "null") {
			t.Error(got.text)
		}
		if got := p.call(access.City, "POST", one+"/rule", `{}`); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text, "opinion") {
			t.Errorf("denied without a word: %d %s", got.status, got.text)
		}
		p.must(200, access.City, "POST", one+"/rule", `{"hospital":"市中心医院"}`)
		got = p.must(200, access.City, "POST", one+"/conclude", `{"category":"4","level":"2","on":"`+string(o.Today())+`","doctors":["甲","乙"],"opinion":"复查"}`)
		if got.field("items.0.state") != "changed" || got.field("items.0.result") != "2" {
			t.Error(got.text)
		}
		if got := p.must(200, access.Reviewer, "GET", at, ""); got.field("items.0.hospital") != "市中心医院" {
			t.Error(got.text)
		}
	})
}
