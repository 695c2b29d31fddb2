package casework_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// assessed is a case of p whose conclusion meets the standard in the categories, put there without its course.
func assessed(t *testing.T, o *testbed.Office, p person.Person, met ...certificate.Category) application.Application {
	t.Helper()
	a := o.Case(t, p, application.Scheduled)
	c := assessment.Conclusion{Doctor: "doctor", First: "甲", Second: "乙", On: o.Today()}
	for _, k := range met {
		c.Findings = append(c.Findings, assessment.Finding{Category: k, Meets: true, Level: certificate.Second, Findings: "测试"})
	}
	o.Update(t, access.Doctor, func(tx *store.Tx) error {
		a.State, a.Assessed = application.Assessed, o.Today()
		a.Category, a.Level, _ = c.Result()
		if err := tx.AddAssessment(a, id.New(), c); err != nil {
			return err
		}
		return tx.SaveApplication(access.ApplicationAssess, application.Scheduled, a, "")
	})
	return a
}

// state is where a case stands now.
func state(t *testing.T, o *testbed.Office, id application.ID) application.State {
	t.Helper()
	return read(t, o, id).State
}

func read(t *testing.T, o *testbed.Office, id application.ID) application.Application {
	t.Helper()
	var a application.Application
	o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
		a, err = tx.Application(id)
		return err
	})
	return a
}

// hung is a notice with one case in it.
func hung(t *testing.T, o *testbed.Office, desk *casework.Desk) (announcement.ID, application.Application, person.Person) {
	t.Helper()
	p := o.Person(t)
	a := assessed(t, o, p, certificate.Physical)
	n, err := desk.AnnounceApplications(t.Context(), testbed.As(access.Township), testbed.Township, []application.ID{a.ID})
	if err != nil {
		t.Fatal(err)
	}
	return n, a, p
}

// The period counts from the day after the notice was hung up and leaves out the holidays of 1–5 May 2020 (国办发明电〔2019〕16号; 26 April and
// 9 May are made up): 29 and 30 April, 6, 7 and 8 May.
func TestNoticeEndsOnTheFifthWorkingDay(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Clerk)
		o.Until("2020-04-28")
		id, a, _ := hung(t, o, desk)
		n, err := desk.Notice(t.Context(), clerk, id)
		if err != nil {
			t.Fatal(err)
		}
		if n.Starts != "2020-04-28" || n.Ends != "2020-05-08" || n.Days != 5 || n.No != "533103-2020-G0001" || n.Phone == "" || n.People != 1 {
			t.Errorf("hung up as %+v", n.Notice)
		}
		for _, d := range []day.Day{"2020-04-28", "2020-05-08"} {
			o.Until(d)
			if err := desk.CloseApplications(t.Context(), clerk, []application.ID{a.ID}); fault.Of(err) != fault.Refused {
				t.Errorf("closed on %s: %v", d, err)
			}
			if n, err := desk.CloseNotices(t.Context(), access.Program()); n != 0 || err != nil {
				t.Errorf("the round closed %d on %s: %v", n, d, err)
			}
			if _, err := desk.PublicNotice(t.Context(), access.Anybody(""), id); err != nil {
				t.Errorf("not public on %s: %v", d, err)
			}
		}
		o.Until("2020-05-09")
		if _, err := desk.PublicNotice(t.Context(), access.Anybody(""), id); fault.Of(err) != fault.Missing {
			t.Errorf("still public after its last day: %v", err)
		}
		if n, err := desk.Notice(t.Context(), clerk, id); err != nil || len(n.Closable) != 1 {
			t.Errorf("closable %v: %v", n.Closable, err)
		}
		if err := desk.CloseApplications(t.Context(), clerk, []application.ID{a.ID}); err != nil {
			t.Fatal(err)
		}
		if got := read(t, o, a.ID); got.State != application.Review || got.Due != "2020-05-22" { // ten working days after a made-up Saturday
			t.Errorf("closed into %s until %s", got.State, got.Due)
		}
	})
}

func TestMinorsAndExemptCategoriesAreNotPublished(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Township)
		o.Update(t, access.Sysadmin, func(tx *store.Tx) error {
			return tx.SavePolicy(policy.Value{Key: policy.AnnounceExempt, Region: testbed.County, Effective: "2020-01-01", Value: "6", Basis: "精神卫生法第四条"})
		})
		child := assessed(t, o, o.Born(t, "2002-04-02"), certificate.Physical) // 18 tomorrow
		mental := assessed(t, o, o.Person(t), certificate.Mental)
		both := assessed(t, o, o.Person(t), certificate.Physical, certificate.Mental)
		adult := assessed(t, o, o.Born(t, "2002-04-01"), certificate.Physical) // 18 today
		plan, err := desk.Proposal(t.Context(), clerk, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range plan.Candidates {
			if c.Exempt == (c.Application.ID == adult.ID) {
				t.Errorf("%s is exempt: %v", c.Person.Name, c.Exempt)
			}
		}
		id, err := desk.AnnounceApplications(t.Context(), clerk, testbed.Township, []application.ID{child.ID, mental.ID, both.ID, adult.ID, adult.ID})
		if err != nil {
			t.Fatal(err)
		}
		want := map[application.ID]application.State{child.ID: application.Review, mental.ID: application.Review, both.ID: application.Review, adult.ID: application.Announced}
		for k, s := range want {
			if got := state(t, o, k); got != s {
				t.Errorf("%s, not %s", got, s)
			}
		}
		n, err := desk.PublicNotice(t.Context(), access.Anybody(""), id)
		if err != nil || len(n.Rows) != 1 || n.People != 1 {
			t.Errorf("published %+v: %v", n, err)
		}
		last := assessed(t, o, o.Born(t, "2010-01-01"), certificate.Physical)
		if id, err := desk.AnnounceApplications(t.Context(), clerk, testbed.Township, []application.ID{last.ID}); id != "" || err != nil {
			t.Errorf("a notice of nobody: %q, %v", id, err)
		}
	})
}

// A policy that begins while the notice hangs takes people off the public page at once.
func TestPublicListFollowsThePolicyOfTheDay(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		id, _, _ := hung(t, o, desk)
		o.Update(t, access.Sysadmin, func(tx *store.Tx) error {
			return tx.SavePolicy(policy.Value{Key: policy.AnnounceExempt, Region: testbed.County, Effective: "2020-01-01", Value: "4", Basis: "测试"})
		})
		if n, err := desk.PublicNotice(t.Context(), access.Anybody(""), id); err != nil || len(n.Rows) != 0 {
			t.Errorf("%+v: %v", n.Rows, err)
		}
	})
}

func TestNoticeRefusesWhatDoesNotBelong(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Clerk)
		a := assessed(t, o, o.Person(t), certificate.Physical)
		early := o.Case(t, o.Person(t), application.Scheduled)
		for name, try := range map[string]struct {
			where string
			ids   []application.ID
			want  fault.Kind
		}{
			"of a whole county":        {"533103", []application.ID{a.ID}, fault.Invalid},
			"of nobody":                {"533103105", nil, fault.Invalid},
			"of another township":      {"533103100", []application.ID{a.ID}, fault.Refused},
			"before the conclusion":    {"533103105", []application.ID{a.ID, early.ID}, fault.Refused},
			"of a case that is not":    {"533103105", []application.ID{"none"}, fault.Missing},
			"outside the own county":   {"533102105", []application.ID{a.ID}, fault.Missing},
			"of a place without codes": {"53310310x", []application.ID{a.ID}, fault.Invalid},
		} {
			if _, err := desk.AnnounceApplications(t.Context(), clerk, region.Code(try.where), try.ids); fault.Of(err) != try.want {
				t.Errorf("notice %s: %v", name, err)
			}
		}
		if got := state(t, o, a.ID); got != application.Assessed {
			t.Errorf("a refused notice moved the case to %s", got)
		}
		if p, err := desk.Notices(t.Context(), clerk, casework.NoticeFilter{Limit: 50}); err != nil || len(p.Notices) != 0 {
			t.Errorf("a refused notice stands in the list: %+v, %v", p.Notices, err)
		}
	})
}

func TestMaskedListTellsNoNameAndNoNumber(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		id, a, p := hung(t, o, desk)
		public, err := desk.PublicNotice(t.Context(), access.Anybody(""), id)
		if err != nil {
			t.Fatal(err)
		}
		posting, err := desk.Notice(t.Context(), testbed.As(access.Clerk), id)
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprintf("%+v", public)
		for _, secret := range []string{p.Name, string(p.Number), p.Phone, p.Guardian.Name, string(a.ID), p.Guardian.Phone} {
			if strings.Contains(text, secret) {
				t.Errorf("the public notice tells %q", secret)
			}
		}
		if !strings.Contains(text, person.MaskedName(p.Name)) || strings.Contains(fmt.Sprintf("%+v", posting), p.Name) {
			t.Errorf("names are not masked: %s", text)
		}
		if _, err := desk.Notice(t.Context(), access.Anybody(""), id); fault.Of(err) != fault.Missing {
			t.Errorf("the public reads the officers' list: %v", err)
		}
	})
}

// A PDF carries a table of the characters that it shows; a character of the middle of a name must not be in it.
func TestPrintedListHoldsNoCharacterThatIsMasked(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, p := casework.New(o.DB, o.Files), o.Person(t)
		p.Name, p.Version = "欧骉强", 1
		o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.SavePerson(access.PersonEdit, p, p) })
		a := assessed(t, o, p, certificate.Physical)
		id, err := desk.AnnounceApplications(t.Context(), testbed.As(access.Township), testbed.Township, []application.ID{a.ID})
		if err != nil {
			t.Fatal(err)
		}
		var pdf bytes.Buffer
		if err := desk.WriteNotice(t.Context(), testbed.As(access.Village), id, &pdf); err != nil {
			t.Fatal(err)
		}
		text := strings.ToUpper(inflated(t, pdf.Bytes()))
		for r, want := range map[rune]bool{'欧': true, '强': true, '骉': false, '户': false} {
			if got := strings.Contains(text, fmt.Sprintf("<%04X>", r)); got != want {
				t.Errorf("%c stands in the list: %v", r, got)
			}
		}
	})
}

// inflated is every compressed stream of a PDF in one text.
func inflated(t *testing.T, pdf []byte) string {
	t.Helper()
	var out strings.Builder
	for _, part := range bytes.Split(pdf, []byte("stream\n")) {
		z, err := zlib.NewReader(bytes.NewReader(part))
		if err != nil {
			continue // not a compressed stream
		}
		text, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(text)
	}
	return out.String()
}

func TestNoticesAreFilteredAndPaged(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Clerk)
		old, _, _ := hung(t, o, desk) // until 2020-04-09: 6 April is the holiday of 清明
		o.Until("2020-04-20")
		fresh, _, _ := hung(t, o, desk) // until 2020-04-26, a made-up Sunday
		for name, try := range map[string]struct {
			f    casework.NoticeFilter
			want []announcement.ID
		}{
			"all":         {casework.NoticeFilter{Limit: 9}, []announcement.ID{fresh, old}},
			"first page":  {casework.NoticeFilter{Limit: 1}, []announcement.ID{fresh}},
			"second page": {casework.NoticeFilter{Limit: 1, After: fresh}, []announcement.ID{old}},
			"running":     {casework.NoticeFilter{State: casework.Running, Limit: 9}, []announcement.ID{fresh}},
			"ended":       {casework.NoticeFilter{State: casework.Ended, Limit: 9}, []announcement.ID{old}},
			"by last day": {casework.NoticeFilter{EndsFrom: "2020-04-09", EndsTo: "2020-04-09", Limit: 9}, []announcement.ID{old}},
			"elsewhere":   {casework.NoticeFilter{Region: "533103100", Limit: 9}, nil},
		} {
			p, err := desk.Notices(t.Context(), clerk, try.f)
			var got []announcement.ID
			for _, n := range p.Notices {
				got = append(got, n.ID)
			}
			if err != nil || fmt.Sprint(got) != fmt.Sprint(try.want) {
				t.Errorf("%s: %v, not %v: %v", name, got, try.want, err)
			}
			if p.More != (name == "first page") {
				t.Errorf("%s: more is %v", name, p.More)
			}
		}
		var book bytes.Buffer
		if err := desk.ExportNotices(t.Context(), clerk, casework.NoticeFilter{State: casework.Running}, sheet.Out{To: &book, As: sheet.XLSX}); err != nil || !bytes.HasPrefix(book.Bytes(), []byte("PK")) {
			t.Errorf("exported %d bytes: %v", book.Len(), err)
		}
		o.Update(t, access.Auditor, func(tx *store.Tx) error {
			said, err := tx.Lines(store.AuditFilter{County: testbed.County, Act: access.ListExport, Limit: 9})
			if len(said) != 1 || said[0].Note != "公示列表 1 条" {
				t.Errorf("the audit says %+v", said)
			}
			return err
		})
		if err := desk.ExportNotices(t.Context(), testbed.As(access.Village), casework.NoticeFilter{}, sheet.Out{To: &book, As: sheet.XLSX}); fault.Of(err) != fault.Forbidden {
			t.Errorf("the village exported: %v", err)
		}
		if p, err := desk.Notices(t.Context(), testbed.As(access.Village), casework.NoticeFilter{Limit: 9}); err != nil || len(p.Notices) != 2 {
			t.Errorf("the village sees %d notices of its township: %v", len(p.Notices), err)
		}
		if p, err := desk.Notices(t.Context(), testbed.As(access.City), casework.NoticeFilter{Limit: 9}); err != nil || p.Region != "" || len(p.Places) == 0 {
			t.Errorf("the city chooses a county first: %+v, %v", p, err)
		}
	})
}
