package portal_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/gate"
	"hefa/internal/person"
	"hefa/internal/portal"
	"hefa/internal/records"
	"hefa/internal/renewing"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/web"
)

// site is the public door of a furnished office.
type site struct {
	office  *testbed.Office
	desk    *casework.Desk
	handler http.Handler
}

func eachSite(t *testing.T, fn func(t *testing.T, s *site)) {
	t.Helper()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		g, err := gate.New(gate.Options{Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Page: web.Trouble, Now: o.Now})
		if err != nil {
			t.Fatal(err)
		}
		mux, desk := http.NewServeMux(), casework.New(o.DB, o.Files)
		portal.New(g, desk, renewing.New(o.DB, o.Files), records.New(o.DB, o.Files), portal.Options{Today: o.Today, Now: o.Now}).Register(mux)
		fn(t, &site{o, desk, g.Wrap(mux)})
	})
}

// hung is a notice with one person in it.
func (s *site) hung(t *testing.T) (announcement.ID, application.Application, person.Person) {
	t.Helper()
	p := s.office.Person(t)
	a := s.office.Case(t, p, application.Scheduled)
	s.office.Update(t, access.Doctor, func(tx *store.Tx) error {
		a.State, a.Category, a.Level, a.Assessed = application.Assessed, certificate.Physical, certificate.Second, s.office.Today()
		return tx.SaveApplication(access.ApplicationAssess, application.Scheduled, a, "")
	})
	id, err := s.desk.AnnounceApplications(t.Context(), testbed.As(access.Township), testbed.Township, []application.ID{a.ID})
	if err != nil {
		t.Fatal(err)
	}
	return id, a, p
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (s *site) get(t *testing.T, path string) answer {
	t.Helper()
	return s.send(t, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
}

func (s *site) post(t *testing.T, path string, form url.Values) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.send(t, r)
}

func (s *site) send(t *testing.T, r *http.Request) answer {
	t.Helper()
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	text, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{w.Code, w.Header(), string(text)}
}

// want fails unless the answer has the status and holds every one of the texts.
func (a answer) want(t *testing.T, status int, texts ...string) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %.3000s", a.status, status, a.body)
	}
	for _, s := range texts {
		if !strings.Contains(a.body, s) {
			t.Errorf("%q is not on the page:\n%.6000s", s, a.body)
		}
	}
	return a
}

var row = regexp.MustCompile(`object\?row=([a-z2-7]+)`)

func TestEverybodyReadsTheMaskedListWhileItRuns(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.get(t, "/public/notices").want(t, http.StatusOK, "请先选择县")
		id, a, p := s.hung(t)
		href := "/public/notices/" + string(id)
		s.get(t, "/public/notices").want(t, http.StatusOK, "风平镇", href)
		s.get(t, "/public/notices?region=533102").want(t, http.StatusOK, "现在没有正在公示的名单")
		for _, nowhere := range []string{"abcdef", "999999"} {
			s.get(t, "/public/notices?region="+nowhere).want(t, http.StatusNotFound)
		}
		var pages []string
		for _, path := range []string{href, "/public/notices", href + "/object"} {
			pages = append(pages, s.get(t, path).want(t, http.StatusOK).body)
		}
		s.get(t, href).want(t, http.StatusOK, person.MaskedName(p.Name), "肢体", "二级", "2020年4月9日", "0692-2100000")
		for _, secret := range []string{p.Name, string(p.Number), string(p.Number[:14]), p.Phone, p.Guardian.Name, p.Guardian.Phone, string(a.ID)} {
			if strings.Contains(strings.Join(pages, ""), secret) {
				t.Errorf("everybody reads %q", secret)
			}
		}
		s.office.Until("2020-04-10")
		for _, path := range []string{href, href + "/object"} {
			if gone := s.get(t, path).want(t, http.StatusNotFound, "公示期已满"); strings.Contains(gone.body, person.MaskedName(p.Name)) {
				t.Error("the list is shown after its last day")
			}
		}
		s.get(t, "/public/notices/none").want(t, http.StatusNotFound)
	})
}

func TestObjectionFromThePublicPage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		id, a, _ := s.hung(t)
		href := "/public/notices/" + string(id)
		key := row.FindStringSubmatch(s.get(t, href).body)[1]
		if form := s.get(t, href+"/object?row="+key); !strings.Contains(form.body, `value="`+key+`" selected`) {
			t.Errorf("the row is not chosen in the form: %.4000s", form.body)
		}
		s.post(t, href+"/objections", url.Values{"text": {"不对"}, "name": {"测试邻居"}, "phone": {"1"}}).
			want(t, http.StatusUnprocessableEntity, "请选择您要反映的是名单里的哪一位", "不少于 5 个字", "测试邻居", `href="#f-row"`, `href="#f-phone"`)
		sent := s.post(t, href+"/objections", url.Values{"row": {key}, "text": {"此人行走正常，请核实"}}).want(t, http.StatusSeeOther)
		s.get(t, sent.header.Get("Location")).want(t, http.StatusOK, "533103-2020-Y0001", "5 个工作日")
		f, err := s.desk.Application(t.Context(), testbed.As(access.Reviewer), a.ID)
		if err != nil || f.Case.Application.State != application.Disputed || len(f.Objections) != 1 || f.Objections[0].Text != "此人行走正常，请核实" || f.Objections[0].Name != "" {
			t.Errorf("%s with %+v: %v", f.Case.Application.State, f.Objections, err)
		}
		s.get(t, "/public/objections/%3Cb%3E").want(t, http.StatusNotFound)
	})
}

func TestFloodOfObjectionsIsSlowedAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		id, _, _ := s.hung(t)
		form := url.Values{"row": {"none"}, "text": {"此人行走正常，请核实"}}
		for range 10 {
			s.post(t, "/public/notices/"+string(id)+"/objections", form).want(t, http.StatusUnprocessableEntity)
		}
		s.post(t, "/public/notices/"+string(id)+"/objections", form).want(t, http.StatusTooManyRequests, "提交得太频繁", "此人行走正常，请核实")
	})
}

func TestGuideNamesPapersAndLimitsInForce(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.get(t, "/public").want(t, http.StatusOK, "居民身份证", "照片 3 张", "公示 5 个工作日", "未成年人不公示", "智力、精神")
		s.get(t, "/public?region=533103").want(t, http.StatusOK, "芒市", "测试533103残疾人联合会")
		s.get(t, "/public?region=9").want(t, http.StatusNotFound)
	})
}

func TestLargePrintIsKept(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.get(t, "/public").want(t, http.StatusOK, "大字版", `action="/print-size"`, "hf-public")
		a := s.post(t, "/print-size", url.Values{"size": {"large"}, "next": {"/public/notices?region=533103"}}).want(t, http.StatusSeeOther)
		if got := a.header.Get("Location"); got != "/public/notices?region=533103" {
			t.Errorf("back to %q", got)
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/public", nil)
		r.Header.Set("Cookie", strings.Split(a.header.Get("Set-Cookie"), ";")[0])
		s.send(t, r).want(t, http.StatusOK, "hf-large", "标准字版")
		if a := s.post(t, "/print-size", url.Values{"size": {"normal"}, "next": {"//example.com"}}); a.header.Get("Location") != "/public" {
			t.Errorf("led away to %q", a.header.Get("Location"))
		}
	})
}
