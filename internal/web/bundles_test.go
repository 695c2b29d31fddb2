package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/roster"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// due gives n people of the village a letter, all entered at once.
func (s *site) due(t *testing.T, n int) {
	t.Helper()
	u := roster.Upload{ID: "list", Region: testbed.Township, Kind: roster.Expired, Name: "名单", State: roster.Checking, At: s.office.Now()}
	var rows []store.Intake
	for i := range n {
		p := person.Person{ID: person.ID(id.New()), Region: testbed.Village, Name: fmt.Sprintf("测试%d", i), Number: person.MakeNumber("533199", "1950-01-01", i)}
		p.Fill()
		rows = append(rows, store.Intake{Person: p, New: true, Certificate: &certificate.Certificate{ID: certificate.ID(id.New()), Region: p.Region, Person: p.ID, State: certificate.Valid,
			Expires: s.office.Today().AddMonths(5), Number: certificate.MakeNumber(p.Number, certificate.Physical, certificate.Third), Category: certificate.Physical,
			Level: certificate.Third, Grades: []certificate.Grade{{Category: certificate.Physical, Level: certificate.Third}}}})
	}
	s.office.Update(t, access.Township, func(tx *store.Tx) error {
		if err := tx.AddRoster(u); err != nil {
			return err
		}
		return tx.TakeIn(u, rows)
	})
	s.round(t)
}

// takenPDF takes a file and looks that it is one.
func takenPDF(t *testing.T, by *browser, at string) {
	t.Helper()
	if a := by.get(t, at).want(t, http.StatusOK); a.header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(a.body, "%PDF") {
		t.Errorf("%s is %s", at, a.header.Get("Content-Type"))
	}
}

// A township has its letters printed in the background, looks how far they are, and takes the parts when they are ready.
func TestLettersArePrintedInTheBackgroundAndTakenPartByPart(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		desk, town := renewing.New(s.office.DB, s.office.Files), s.as(access.Township)
		town.post(t, "/bundles", url.Values{"kind": {"renew"}}).want(t, http.StatusUnprocessableEntity, "没有需要打印的信件")
		const n = reminder.BundlePart + 7
		s.due(t, n)
		page := town.post(t, "/bundles", url.Values{"kind": {"renew"}}).follow(t).want(t, http.StatusOK, "正在打印", fmt.Sprintf("已生成 0 封，共 %d 封", n), "还没有生成文件")
		all, _, err := desk.Bundles(t.Context(), testbed.As(access.Township), "", renewing.BundlePage{Limit: 9})
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		at, of := "/bundles/"+string(all[0].ID), all[0].ID
		if !strings.Contains(page.body, at+"/progress") {
			t.Error("the page does not ask how far it is")
		}
		town.get(t, at+"/progress").want(t, http.StatusOK, "正在生成信件", fmt.Sprint(n)).lacks(t, "已完成，查看文件")
		town.get(t, at+"/parts/1").want(t, http.StatusNotFound)

		if err := desk.PrintBundle(t.Context(), access.Program(), of); err != nil {
			t.Fatal(err)
		}
		town.get(t, at+"/progress").want(t, http.StatusOK, "已完成，查看文件", `data-then="`+at+`"`).lacks(t, "正在生成信件")
		town.get(t, at).want(t, http.StatusOK, "已完成", fmt.Sprintf("已生成 %d 封，共 %d 封", n, n), at+"/parts/1", at+"/parts/2").lacks(t, at+"/progress")
		for _, part := range []string{"1", "2"} {
			takenPDF(t, town, at+"/parts/"+part)
		}
		town.get(t, at+"/parts/3").want(t, http.StatusNotFound)
		s.as(access.Village).get(t, at+"/parts/1").want(t, http.StatusNotFound)
	})
}
