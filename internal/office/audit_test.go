package office_test

import (
	"bytes"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/office"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestTheAuditFindsWhoDidWhatAndThatItWasSearched(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, auditor := office.New(o.DB), testbed.As(access.Auditor)
		a := o.Case(t, o.Person(t), application.Submitted)
		search := func(s office.AuditSearch) []office.Line {
			t.Helper()
			if s.Limit == 0 {
				s.Limit = 100
			}
			page, err := desk.Audit(t.Context(), auditor, s)
			if err != nil {
				t.Fatal(err)
			}
			return page.Lines
		}
		for what, x := range map[string]struct {
			s    office.AuditSearch
			want int
		}{
			"act":     {office.AuditSearch{Act: access.ApplicationOpen}, 2}, // the person and the case
			"subject": {office.AuditSearch{Subject: string(a.ID)}, 1},
			"login":   {office.AuditSearch{Who: "township-533103105", Act: access.ApplicationOpen}, 2},
			"name":    {office.AuditSearch{Who: "测试township", Act: access.ApplicationOpen}, 2},
			"nobody":  {office.AuditSearch{Who: "没有此人"}, 0},
			"today":   {office.AuditSearch{From: o.Today(), To: o.Today(), Act: access.ApplicationOpen}, 2},
			"later":   {office.AuditSearch{From: o.Today().Add(1), Act: access.ApplicationOpen}, 0},
			"limit":   {office.AuditSearch{Limit: 1}, 1},
		} {
			if got := search(x.s); len(got) != x.want {
				t.Errorf("%s: %d lines, want %d: %+v", what, len(got), x.want, got)
			}
		}
		if got := search(office.AuditSearch{Act: access.AuditRead, Who: auditor.Account}); len(got) < 8 || got[0].Addr != "127.0.0.1" {
			t.Errorf("the auditor's own searches: %+v", got)
		}
		if _, err := desk.Audit(t.Context(), auditor, office.AuditSearch{County: testbed.Elsewhere, Limit: 1}); fault.Of(err) != fault.Missing {
			t.Errorf("the neighbour's lines: %v", err)
		}
		for _, role := range []access.Role{access.Sysadmin, access.Secadmin, access.Approver} {
			if _, err := desk.Audit(t.Context(), testbed.As(role), office.AuditSearch{Limit: 1}); fault.Of(err) != fault.Forbidden {
				t.Errorf("%s reads the audit: %v", role, err)
			}
		}
	})
}

func TestTheAuditIsReadPageByPageAndExported(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, auditor := office.New(o.DB), testbed.As(access.Auditor)
		for range 5 {
			o.Person(t)
		}
		seen, after := map[string]bool{}, ""
		for more := true; more; {
			page, err := desk.Audit(t.Context(), auditor, office.AuditSearch{Act: access.ApplicationOpen, After: after, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range page.Lines {
				seen[l.ID], after = true, l.ID
			}
			more = page.More
		}
		if len(seen) != 5 {
			t.Errorf("%d lines on all pages", len(seen))
		}
		var b bytes.Buffer
		if err := desk.ExportAudit(t.Context(), auditor, office.AuditSearch{Act: access.ApplicationOpen}, sheet.Out{To: &b, As: sheet.XLSX}); err != nil {
			t.Fatal(err)
		}
		rows := readAll(t, b.Bytes())
		if len(rows) != 7 || rows[1][0] != lang.T("audit.at") || rows[2][3] != "登记申请" {
			t.Errorf("workbook: %q", rows)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.Note(access.PersonReveal, store.Subject{Kind: "person", ID: "x", Region: testbed.Village, Note: "核对"})
		})
		got, err := desk.Reveals(t.Context(), auditor, "", o.Today())
		if err != nil || len(got) != 1 || got[0].Count != 1 || got[0].Today != 1 || got[0].Unusual || got[0].Role != access.Clerk {
			t.Errorf("reveals: %+v %v", got, err)
		}
	})
}

func TestALineIsToldInWords(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		l    office.Line
		want string
	}{
		{office.Line{Kind: "account", Note: "li.na wrong"}, "账号 li.na 登录失败：密码错误"},
		{office.Line{Kind: "person", Note: "核对 身份"}, "人员 核对 身份"},
		{office.Line{Kind: "else", Note: ""}, ""},
	} {
		if got := office.Told(x.l); got != x.want {
			t.Errorf("%+v: %q", x.l, got)
		}
	}
}

// readAll is the cells of a workbook.
func readAll(t *testing.T, file []byte) [][]string {
	t.Helper()
	var out [][]string
	book, err := sheet.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range book.Sheets[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, c.Text)
		}
		out = append(out, cells)
	}
	return out
}
