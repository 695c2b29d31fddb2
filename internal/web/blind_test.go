package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/org"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// traces is what would tell a doctor of the first result.
var traces = []string{"首评所见", "旧件所见", "首评医生", "首评主任", "首评备注", "应为二级", "三级", "测试533103医院"}

var options = regexp.MustCompile(`(?s)<option[^>]*>[^<]*</option>`)

// TestNamedDoctorsSeeNothingOfTheFirstResult opens every page of the site as each of the two doctors, with the case, an older case of the same person at their
// own hospital, the certificate and the sessions in the gaps, before and after the first signature, and looks for traces in the bytes.
func TestNamedDoctorsSeeNothingOfTheFirstResult(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		o, two := s.office, s.office.OtherDoctors(t)
		p := o.Person(t)
		held := o.Certificate(t, p, "2030-01-01")
		old := s.office.Concluded(t, p, testbed.Other, application.Closed, "旧件所见")
		a := s.office.Concluded(t, p, org.ID(testbed.As(access.Doctor).Org), application.Reviewed, "首评所见")
		err := o.DB.Update(t.Context(), access.Program(), func(tx *store.Tx) error { // a doctor whose post covers the county of the case: the hardest reader to keep blind
			for i := range two {
				x, err := tx.Account(staff.ID(two[i].Account))
				if err != nil {
					return err
				}
				two[i].Region, x.Region = testbed.County, testbed.County
				if err := tx.SaveAccount(access.AccountManage, x, "edit"); err != nil {
					return err
				}
				if err := tx.SavePractice(testbed.Practice(x)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		first, second := s.actor(two[0]), s.actor(two[1])
		first.get(t, "/applications/"+string(old.ID)).want(t, http.StatusOK, "三级") // before the order the hospital knows its own case
		id := s.ordered(t, a, two)
		known := map[string]string{"person": string(p.ID), "held": string(held.ID), "reassessment": id}
		look := func(b *browser) {
			t.Helper()
			opened := 0
			for _, c := range []application.Application{old, a} {
				known["sent"], known["seated"], known["draft"], known["judged"], known["session"] = string(c.ID), string(c.ID), string(c.ID), string(c.ID), c.Session
				for _, route := range routesOf(t, http.MethodGet) {
					path, n := route, 0
					if strings.Contains(route, "/{$}") {
						path = "/"
					}
					path = gap.ReplaceAllStringFunc(path, func(string) string {
						n++
						if ids := scoped[route].ids; n <= len(ids) && known[ids[n-1]] != "" {
							return known[ids[n-1]]
						}
						return "nobody"
					})
					got := b.get(t, path)
					if got.status == http.StatusOK {
						opened++
					}
					blind(t, path, got)
				}
			}
			if opened < 20 {
				t.Errorf("only %d pages were opened", opened)
			}
			for _, q := range []string{"/people?q=" + url.QueryEscape(p.Name), "/people?q=" + string(p.Number), "/applications?name=" + url.QueryEscape(p.Name), "/applications?q=" + url.QueryEscape(p.Name)} {
				blind(t, q, b.get(t, q))
			}
		}
		look(first)
		at := "/reassessments/" + id
		form := url.Values{"do": {"weigh"}, "category-4": {"met"}, "level-4": {"2"}, "findings-4": {"复评所见"}, "on": {string(o.Today())}}
		for k, v := range testbed.Measured(certificate.Physical, certificate.Second) {
			form.Set("f4-"+k, v)
		}
		blind(t, "weighed", first.post(t, at, form).want(t, http.StatusOK, "二级"))
		form.Set("do", "sign")
		first.post(t, at, form).follow(t).want(t, http.StatusOK, "待第二位医师签名", "复评所见")
		look(second)
		second.post(t, at, url.Values{"do": {"return"}}).want(t, http.StatusUnprocessableEntity, "请填写理由")
		second.post(t, at, url.Values{"do": {"countersign"}}).follow(t).want(t, http.StatusOK, "两位医师都已签名")
		look(second)
		look(first)
		s.decided(t, a)
		first.get(t, "/applications/"+string(old.ID)).want(t, http.StatusOK, "三级") // afterwards the hospital's own case is back
	})
}

// blind fails when a page tells something of the first result.
func blind(t *testing.T, path string, got answer) {
	t.Helper()
	body := options.ReplaceAllString(got.body, "")
	for _, trace := range traces {
		if trace == "三级" && (strings.HasPrefix(path, "/policies") || strings.HasPrefix(path, "/house")) {
			continue // the words of the rules, which are everybody's
		}
		if i := strings.Index(body, trace); i >= 0 && got.status == http.StatusOK {
			t.Errorf("%s tells %s: …%s…", path, trace, body[max(0, i-60):min(len(body), i+60)])
		}
	}
}

// ordered is the id of a re-assessment that the city orders for an appeal.
func (s *site) ordered(t *testing.T, a application.Application, two [2]access.Actor) string {
	t.Helper()
	s.as(access.Township).post(t, "/applications/"+string(a.ID)+"/appeal", url.Values{"do": {"file"}, "reason": {"应为二级"}}).follow(t).want(t, http.StatusOK, "应为二级")
	city, at := s.as(access.City), "/applications/"+string(a.ID)+"/appeal/order"
	city.get(t, at).want(t, http.StatusOK, "测试另一医院")
	city.get(t, at+"?hospital=hospital-other").want(t, http.StatusOK, two[0].Name, "每个类别至少指定两位")
	city.get(t, at+"?hospital="+testbed.As(access.Doctor).Org).want(t, http.StatusOK, "参加过这一办件前面的评定，不能参加再次评定（残疾人证管理办法第二十五条）")
	form := url.Values{"hospital": {"hospital-other"}, "doctor": {two[0].Account}, "day": {"bad"}}
	city.post(t, at, form).want(t, http.StatusUnprocessableEntity, "至少要指定两位", "请填写今天或以后的评定日期", `value="bad"`)
	form["doctor"], form["day"] = []string{two[0].Account, two[1].Account}, []string{string(s.office.Today())}
	city.post(t, at, form).follow(t).want(t, http.StatusOK, "待评定", two[0].Name).lacks(t, "两次评定对照")
	page := s.actor(two[0]).get(t, "/reassessments").want(t, http.StatusOK, "待评定")
	return regexp.MustCompile(`/reassessments/([0-9a-f-]{36})`).FindStringSubmatch(page.body)[1]
}

// decided compares both results and lets the second take the place of the first.
func (s *site) decided(t *testing.T, a application.Application) {
	t.Helper()
	city, at := s.as(access.City), "/applications/"+string(a.ID)+"/appeal"
	page := city.get(t, at).want(t, http.StatusOK, "两次评定对照", "首评所见", "复评所见", "首评医生、首评主任", "测试复评甲、测试复评乙")
	id := regexp.MustCompile(`name="appeal" value="([^"]+)"`).FindStringSubmatch(page.body)[1]
	city.post(t, at, url.Values{"do": {"decide"}, "appeal": {id}, "opinion": {"复查"}}).want(t, http.StatusUnprocessableEntity, "请选择采用哪个结论", "复查")
	city.post(t, at, url.Values{"do": {"decide"}, "appeal": {id}, "adopt": {"yes"}, "opinion": {"复查"}}).follow(t).want(t, http.StatusOK, "改变原结论", "肢体二级", "两次评定对照", "首评所见")
	all, err := casework.New(s.office.DB, s.office.Files).Appeals(t.Context(), testbed.As(access.Township), a.ID)
	if err != nil || len(all.Runs) > 0 {
		t.Errorf("the township reads the findings: %+v %v", all.Runs, err)
	}
}
