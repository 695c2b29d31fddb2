package web_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hefa/internal/access"
	"hefa/internal/api"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/assessment"
	"hefa/internal/attachment"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/gate"
	"hefa/internal/grading"
	"hefa/internal/office"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// ward is a session of the day with one case that has a seat and one that waits for one; and the other door.
type ward struct {
	*site
	api             http.Handler
	tokens          map[access.Role]string
	day             string
	seated, waiting application.Application
	second          string // who signs beside the doctor
}

// block is one reason for which nobody may be scheduled or signed for: how it comes about, and the clause that the answer names.
type block struct {
	name, clause string
	spoil        func(t *testing.T, w *ward)
	seat         string // the words with which a seat is refused, "" when a seat is given all the same
	sign         string // and those with which a signature is
}

var blocks = []block{
	{"outside the doctor's categories", "N18", func(t *testing.T, w *ward) {
		w.papers(t, func(p *staff.Practice) { p.Categories = []certificate.Category{certificate.Vision} })
	}, "没有能评肢体残疾的医生", "不得跨类别评定"},
	{"outside the agreement's categories", "N17", func(t *testing.T, w *ward) { w.amend(t, "2099-12-31", certificate.Vision) }, "协议没有约定该类别", "不得跨类别评定"},
	{"no training certificate", "N19", func(t *testing.T, w *ward) { w.papers(t, func(p *staff.Practice) { p.Training, p.Until = "", "" }) }, "没有能评肢体残疾的医生", "没有登记培训资格证"},
	{"a training certificate that is over", "N19", func(t *testing.T, w *ward) { w.papers(t, func(p *staff.Practice) { p.Until = "2020-03-31" }) }, "没有能评肢体残疾的医生", "已经过期"},
	{"retired", "N20", func(t *testing.T, w *ward) { w.papers(t, func(p *staff.Practice) { p.Standing = staff.Retired }) }, "没有能评肢体残疾的医生", "已经离（退）休"},
	{"left", "N20", func(t *testing.T, w *ward) { w.papers(t, func(p *staff.Practice) { p.Standing = staff.Left }) }, "没有能评肢体残疾的医生", "已经调离"},
	{"no valid agreement", "N16", func(t *testing.T, w *ward) { w.amend(t, "2020-03-31", certificate.Physical) }, "没有与这家医院的有效评残协议书", "没有与这家医院的有效评残协议书"},
	{"a relative of the doctor", "N22", func(t *testing.T, w *ward) {
		for _, a := range []application.Application{w.seated, w.waiting} {
			w.office.Declare(t, testbed.As(access.Doctor), a.Person)
		}
	}, "申报其为亲属", "是您申报的亲属"},
	{"a relative of the doctor who signs second", "N22", func(t *testing.T, w *ward) {
		other := w.office.Employ(t, "second", "测试副主任", certificate.Physical)
		w.office.Declare(t, other, w.seated.Person)
		w.second = other.Name
	}, "", "测试副主任申报的亲属"},
	{"the doctor's own signature twice", "两名医师签字", func(_ *testing.T, w *ward) { w.second = testbed.As(access.Doctor).Name }, "", "不能是同一个人"},
}

// Issue 4 §2: every block is tried at scheduling, at moving the day and at signing, through page and API: it is refused with its clause, and nothing is written.
func TestEveryBlockIsRefusedThroughPageAndAPI(t *testing.T) {
	t.Parallel()
	for _, b := range blocks {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			eachSite(t, func(t *testing.T, s *site) {
				w := openWard(t, s)
				b.spoil(t, w)
				if b.seat != "" {
					at := "/applications/" + string(w.waiting.ID) + "/schedule"
					w.refused(t, w.waiting, b.clause, b.seat, map[string]func() (int, string){
						"seat on the page of the day":  w.form(t, access.Township, w.day+"/schedule", form("application", string(w.waiting.ID))),
						"seat on the page of the case": w.form(t, access.Township, at, form("session", w.waitingDay())),
						"seat through the API":         w.call(t, access.Township, at, map[string]any{"session": w.waitingDay()}),
						"seats through the API":        w.call(t, access.Township, w.day+"/seats", map[string]any{"applications": []string{string(w.waiting.ID)}}),
					})
				}
				if b.seat != "" {
					w.refused(t, w.seated, b.clause, b.seat, map[string]func() (int, string){
						"another day on the page":     w.form(t, access.Clerk, w.day+"/change", form("day", "2020-04-02", "capacity", "9", "version", w.version(t))),
						"another day through the API": w.send(t, http.MethodPut, access.Clerk, w.day, map[string]any{"day": "2020-04-02", "capacity": 9, "version": w.kept(t, w.seated).Session.Version}),
					})
					w.as(access.Township).get(t, w.day).want(t, http.StatusOK, "有 1 人现在没有医生可以评定", b.seat)
					w.as(access.Clerk).get(t, "/sessions?from=2020-04-01").want(t, http.StatusOK, "1 人不能评定")
				}
				at := "/applications/" + string(w.seated.ID)
				typed := w.conclusion()
				w.refused(t, w.seated, b.clause, b.sign, map[string]func() (int, string){
					"signature on the page":     w.form(t, access.Doctor, at+"/assess", typed),
					"signature through the API": w.call(t, access.Doctor, at+"/assess", w.signed()),
				})
			})
		})
	}
}

// The reviewer's relatives (N22) are the last block: at review, through page and API.
func TestAReviewersRelativeIsRefusedThroughPageAndAPI(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		w := openWard(t, s)
		reviewed := s.office.Case(t, s.office.Person(t), application.Review)
		s.office.Declare(t, testbed.As(access.Reviewer), reviewed.Person)
		at := "/applications/" + string(reviewed.ID) + "/review"
		w.refused(t, reviewed, "N22", "是您申报的亲属", map[string]func() (int, string){
			"review on the page": w.form(t, access.Reviewer, at, nil), "review through the API": w.call(t, access.Reviewer, at, map[string]any{})})
	})
}

// openWard furnishes an office on the day of a session, with both doors.
func openWard(t *testing.T, s *site) *ward {
	t.Helper()
	w := &ward{site: s, tokens: map[access.Role]string{}, second: "测试主任", day: s.planSession(t, "2020-04-01", "9")}
	w.seated, w.waiting = s.accepted(t, certificate.Physical), s.accepted(t, certificate.Physical)
	s.office.Update(t, access.Clerk, func(tx *store.Tx) error { // so that a name on paper may sign second
		return tx.AddAttachment(attachment.Attachment{ID: "sheet", Region: w.seated.Region, Application: string(w.seated.ID), Paper: "assessment", Name: "评定表.pdf", Type: "application/pdf"})
	})
	s.as(access.Township).post(t, w.day+"/schedule", form("application", string(w.seated.ID))).want(t, http.StatusSeeOther)
	g, err := gate.New(gate.Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Page: api.ProblemPage, Now: s.office.Now, AddressBurst: 1 << 20, AccountBurst: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	api.New(g, api.Desks{Office: office.New(s.office.DB), Casework: casework.New(s.office.DB, s.office.Files), Assessing: assessing.New(s.office.DB, s.office.Files)}).Register(mux)
	w.api = g.Wrap(mux)
	return w
}

func (w *ward) waitingDay() string { return strings.TrimPrefix(w.day, "/sessions/") }

// papers changes the papers of the hospital's doctor.
func (w *ward) papers(t *testing.T, change func(*staff.Practice)) {
	t.Helper()
	desk, by := assessing.New(w.office.DB, w.office.Files), testbed.As(access.Health)
	d, err := desk.Doctor(t.Context(), by, staff.ID(testbed.As(access.Doctor).Account))
	if err != nil {
		t.Fatal(err)
	}
	change(&d.Practice)
	if err := desk.EditDoctor(t.Context(), by, d.Practice); err != nil {
		t.Fatal(err)
	}
}

// amend changes the county's agreement with the hospital.
func (w *ward) amend(t *testing.T, to day.Day, named ...certificate.Category) {
	t.Helper()
	desk, by := assessing.New(w.office.DB, w.office.Files), testbed.As(access.Clerk)
	a, err := desk.Agreement(t.Context(), by, "agreement-hospital-533103")
	if err != nil {
		t.Fatal(err)
	}
	a.From, a.To, a.Categories = "2020-01-01", to, named
	if err := desk.EditAgreement(t.Context(), by, a); err != nil {
		t.Fatal(err)
	}
}

// form sends a form as a post.
func (w *ward) form(t *testing.T, role access.Role, path string, typed url.Values) func() (int, string) {
	return func() (int, string) {
		a := w.as(role).post(t, path, typed)
		return a.status, a.body
	}
}

// version is that of the session as the page shows it.
func (w *ward) version(t *testing.T) string {
	return strconv.Itoa(w.kept(t, w.seated).Session.Version)
}

// call calls the API as a post.
func (w *ward) call(t *testing.T, role access.Role, path string, body any) func() (int, string) {
	return w.send(t, http.MethodPost, role, path, body)
}

// send calls the API.
func (w *ward) send(t *testing.T, method string, role access.Role, path string, body any) func() (int, string) {
	return func() (int, string) {
		t.Helper()
		if w.tokens[role] == "" {
			var err error
			w.tokens[role], err = office.New(w.office.DB).CreateToken(t.Context(), access.Program(), office.TokenOrder{Login: testbed.As(role).Account, Name: "test", Days: 90})
			if err != nil {
				t.Fatal(err)
			}
		}
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(t.Context(), method, "/api/v1"+path, strings.NewReader(string(text)))
		r.Header.Set("Authorization", "Bearer "+w.tokens[role])
		r.Header.Set("Content-Type", "application/json")
		out := httptest.NewRecorder()
		w.api.ServeHTTP(out, r)
		return out.Code, out.Body.String()
	}
}

// conclusion is a sound conclusion as a doctor types it; signed is the same for a program.
func (w *ward) conclusion() url.Values {
	typed := form("category-4", "met", "level-4", "3", "findings-4", "左下肢肌力三级", "on", "2020-04-01", "first", "测试doctor", "second", w.second)
	for name, value := range testbed.Measured(certificate.Physical, "3") {
		typed.Set(grading.Input(certificate.Physical, name), value)
	}
	return typed
}

func (w *ward) signed() map[string]any {
	return map[string]any{"second": w.second, "findings": []map[string]any{{"category": "4", "level": "3", "meets": true, "findings": "左下肢肌力三级", "cause": "外伤",
		"values": testbed.Measured(certificate.Physical, "3")}}}
}

// kept is all that a refused act could have left behind.
type kept struct {
	Case     application.Application
	Session  session.Session
	Findings []assessment.Finding
	Signed   []assessment.Conclusion
	Lines    []store.Line
}

func (w *ward) kept(t *testing.T, a application.Application) (k kept) {
	t.Helper()
	w.office.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
		if k.Case, err = tx.Application(a.ID); err != nil {
			return err
		}
		if k.Session, err = tx.Session(session.ID(w.waitingDay())); err != nil {
			return err
		}
		if k.Findings, err = tx.Findings(a); err != nil {
			return err
		}
		if k.Signed, err = tx.Assessments(a); err != nil {
			return err
		}
		k.Lines, err = tx.Timeline(testbed.County, "application", string(a.ID))
		return err
	})
	return k
}

// refused tries an act at each door: the answer has the words and names the clause, and nothing was written.
func (w *ward) refused(t *testing.T, a application.Application, clause, words string, tries map[string]func() (int, string)) {
	t.Helper()
	before := w.kept(t, a)
	for _, name := range slices.Sorted(maps.Keys(tries)) {
		status, text := tries[name]()
		if status < 400 || status >= 500 || !strings.Contains(text, words) || !named(text, clause) {
			t.Errorf("%s: %d without %q and %s: %.900s", name, status, words, clause, text)
		}
		if diff := cmp.Diff(before, w.kept(t, a)); diff != "" {
			t.Errorf("%s wrote something: %s", name, diff)
		}
	}
}

// named says whether a text names a clause, alone or in the run N17–N20.
func named(text, clause string) bool {
	run := slices.Contains([]string{"N17", "N18", "N19", "N20"}, clause) && strings.Contains(text, "N17–N20")
	return run || strings.Contains(text, clause)
}
