package web_test

import (
	"bytes"
	"net/http"
	"net/url"
	"testing"

	"github.com/xuri/excelize/v2"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestEveryPostHasAHomePage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.office.Case(t, s.office.Person(t), application.Submitted)
		for _, role := range access.Roles {
			page := s.as(role).get(t, "/").want(t, http.StatusOK)
			want := map[access.Role]string{access.Township: "待受理", access.Village: "待补正", access.Discipline: "待受理（1 件）", access.City: "请选择县",
				access.Sysadmin: "首页", access.Doctor: "评残安排"}[role]
			page.want(t, http.StatusOK, want)
		}
	})
}

func TestTrayCountsLateAndSoonAndNarrowsByPlace(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a := s.office.Case(t, s.office.Person(t), application.Submitted)
		clerk := s.as(access.Clerk)
		clerk.get(t, "/").want(t, http.StatusOK, "1 件三天内到期", "今天到期", "风平镇").lacks(t, "其中 1 件已超期")
		s.office.Wait(1)
		clerk.get(t, "/").want(t, http.StatusOK, "其中 1 件已超期", "超期 1 天")
		clerk.get(t, "/?region=533103105").want(t, http.StatusOK, string(a.ID))
		clerk.get(t, "/?region=533103101").want(t, http.StatusOK, "没有符合条件的办件").lacks(t, string(a.ID))
		clerk.get(t, "/?region=533102").want(t, http.StatusNotFound)
	})
}

func TestDeadlineInAYearWithoutHolidaysIsPlainlyWarnedOf(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a := s.office.Case(t, s.office.Person(t), application.Submitted)
		s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
			a.Due = "2035-03-01"
			return tx.SaveApplication(access.ApplicationEdit, a.State, a, "")
		})
		clerk := s.as(access.Township)
		clerk.get(t, "/").want(t, http.StatusOK, "2035 年的放假安排还没有录入")
		clerk.get(t, "/applications/"+string(a.ID)).want(t, http.StatusOK, "2035 年的放假安排还没有录入")
	})
}

func TestCasesAreFoundNarrowedPagedAndTakenOut(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		clerk.get(t, "/applications").want(t, http.StatusOK, "没有符合条件的办件")
		one := s.office.Case(t, s.office.Person(t), application.Submitted)
		p := s.office.Person(t)
		two := s.office.Case(t, p, application.Review)
		s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
			two.No, two.Handler = "533103-2020-000007", testbed.As(access.Clerk).Account
			return tx.SaveApplication(access.ApplicationAccept, two.State, two, "")
		})
		for name, c := range map[string]struct {
			query    string
			one, two bool
		}{
			"everything":          {"", true, true},
			"a name's beginning":  {"q=" + url.QueryEscape(p.Name), false, true},
			"initials":            {"q=CSR", true, true},
			"a slip's number":     {"q=533103-2020-000007", false, true},
			"an identity number":  {"q=" + string(p.Number), false, true},
			"somebody unknown":    {"q=53319919800101123X", false, false},
			"a state":             {"state=submitted", true, false},
			"a matter":            {"matter=renew", false, false},
			"a category":          {"category=4", false, false},
			"the own hand":        {"mine=1", false, true},
			"a township":          {"region=533103105", true, true},
			"another township":    {"region=533103101", false, false},
			"a village":           {"region=533103105&village=533103105201", true, true},
			"late ones":           {"overdue=1", false, false},
			"the page after two":  {"after=" + string(two.ID), true, false},
			"after two by name":   {"q=" + url.QueryEscape(p.Name) + "&after=" + string(two.ID), false, false},
			"after one by letter": {"q=csr&after=" + string(one.ID), false, true},
		} {
			page := clerk.get(t, "/applications?"+c.query).want(t, http.StatusOK)
			for id, want := range map[application.ID]bool{one.ID: c.one, two.ID: c.two} {
				if got := bytes.Contains([]byte(page.body), []byte("/applications/"+string(id)+`"`)); got != want {
					t.Errorf("%s: %s is there: %v", name, id, got)
				}
			}
		}
		file := clerk.get(t, "/applications.xlsx?state=review").want(t, http.StatusOK)
		book, err := excelize.OpenReader(bytes.NewReader([]byte(file.body)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := book.GetRows(book.GetSheetName(0))
		if err != nil || len(got) != 2 || got[1][0] != two.No || got[1][1] != p.Name || got[1][2] != p.Number.Masked() || got[1][6] != "待审核" {
			t.Errorf("exported %q %v", got, err)
		}
		s.as(access.Village).get(t, "/applications.xlsx").want(t, http.StatusForbidden)
		s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
			lines, err := tx.Lines(store.AuditFilter{County: testbed.County, Act: access.ListExport, Limit: 9})
			if len(lines) != 1 {
				t.Errorf("%d exports on record", len(lines))
			}
			return err
		})
	})
}
