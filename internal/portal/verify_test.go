package portal_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/records"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// carded is the code of a card that was printed, and the certificate behind it.
func (s *site) carded(t *testing.T) (qr string, c certificate.Certificate) {
	t.Helper()
	p := s.office.Person(t)
	a := s.office.Case(t, p, application.Review)
	s.office.Update(t, access.Approver, func(tx *store.Tx) (err error) {
		if a, err = tx.Application(a.ID); err != nil {
			return err
		}
		from := a.State
		a.State, a.Approved, a.Category, a.Level = application.Approved, s.office.Today(), certificate.Physical, certificate.Third
		return tx.SaveApplication(access.ApplicationApprove, from, a, "")
	})
	if _, err := records.New(s.office.DB, s.office.Files).PrepareBatch(t.Context(), testbed.As(access.Clerk), testbed.Township, []application.ID{a.ID}); err != nil {
		t.Fatal(err)
	}
	s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
		a, err := tx.Application(a.ID)
		if err != nil {
			return err
		}
		k, err := tx.CardOf(a)
		if err != nil {
			return err
		}
		qr = k.Face.QR
		c, err = tx.Certificate(k.Certificate)
		return err
	})
	return qr, c
}

func (s *site) restate(t *testing.T, c certificate.Certificate, to certificate.State) {
	t.Helper()
	s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
		c, err := tx.Certificate(c.ID)
		if err != nil {
			return err
		}
		c.State = to
		return tx.SaveCertificate(access.RosterImport, c)
	})
}

func TestWhoeverHoldsACardLearnsWhetherItHolds(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		qr, c := s.carded(t)
		s.get(t, "/verify").want(t, http.StatusOK, "证件核验", "核验码")
		s.post(t, "/verify", url.Values{"code": {qr}}).want(t, http.StatusOK, "还没有发放", string(c.Number), "联系发证的县级残联")
		s.restate(t, c, certificate.Valid)
		s.post(t, "/verify", url.Values{"code": {qr}}).want(t, http.StatusOK, "有效", string(c.Number), "肢体", "三级", "逐项对照")
		s.restate(t, c, certificate.Cancelled)
		gone := s.post(t, "/verify", url.Values{"code": {qr}}).want(t, http.StatusOK, "无效", string(c.Number))
		s.restate(t, c, certificate.Lost)
		if lost := s.post(t, "/verify", url.Values{"code": {qr}}).want(t, http.StatusOK); lost.body != gone.body {
			t.Error("the page says why a card does not hold")
		}
		s.post(t, "/verify", nil).want(t, http.StatusUnprocessableEntity, "不是完整的核验码", `href="#f-code"`)
		forged := strings.Replace(qr, "HEFA1.", "HEFA1.A", 1)
		s.post(t, "/verify", url.Values{"code": {"  " + forged}}).want(t, http.StatusUnprocessableEntity, forged[:60])
	})
}

func TestCardsAreNotTriedWithoutEnd(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		for range 30 {
			s.post(t, "/verify", url.Values{"code": {"HEFA1.x.y"}}).want(t, http.StatusUnprocessableEntity)
		}
		s.post(t, "/verify", url.Values{"code": {"HEFA1.x.y"}}).want(t, http.StatusTooManyRequests, "太频繁", "HEFA1.x.y")
	})
}

func TestTheOfflinePageCarriesAllItNeeds(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		page := s.get(t, "/verify/offline.html").want(t, http.StatusOK, "残疾人证离线核验", "sha256-", `"suite":"sm"`, "签名正确")
		if strings.Contains(page.body, "src=") || strings.Contains(page.body, "href=") || strings.Contains(page.body, "⟦") {
			t.Error("the page loads something, or a word is missing")
		}
		list := s.get(t, "/verify/ended/533103.json").want(t, http.StatusOK, `"county":"533103"`, `"signature":"`, `"pending":[`)
		if got := list.header.Get("Content-Type"); got != "application/json" {
			t.Errorf("the list is %s", got)
		}
		for _, nowhere := range []string{"/verify/ended/533103", "/verify/ended/53.json", "/verify/ended/999999.json"} {
			s.get(t, nowhere).want(t, http.StatusNotFound)
		}
	})
}
