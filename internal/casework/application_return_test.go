package casework_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/paper"
	"hefa/internal/testbed"
)

// pdf is the words of a paper as another program reads them, without spaces.
func pdf(t *testing.T, write func(context.Context, io.Writer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-raw", name, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (apt-get install poppler-utils): %v", err)
	}
	return strings.Join(strings.Fields(string(out)), "")
}

// printed prints one letter of a case.
func printed(desk *casework.Desk, by access.Actor, id application.ID, which string) func(context.Context, io.Writer) error {
	return func(ctx context.Context, w io.Writer) error {
		l, err := desk.Letter(ctx, by, id, which)
		if err != nil {
			return err
		}
		return paper.Write(w, l)
	}
}

// letter asks for a letter that there should not be.
func letter(t *testing.T, desk *casework.Desk, by access.Actor, id application.ID, which string) error {
	t.Helper()
	_, err := desk.Letter(t.Context(), by, id, which)
	return err
}

func says(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%q does not stand in %s", w, text)
		}
	}
}

// file is the case as an officer sees it.
func file(t *testing.T, desk *casework.Desk, by access.Actor, id application.ID) casework.File {
	t.Helper()
	f, err := desk.Application(t.Context(), by, id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestReturnTellsAllThatIsMissingOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Township)
		a := o.Case(t, o.Person(t), application.Submitted)
		for name, c := range map[string]struct {
			missing []string
			note    string
			want    fault.Kind
		}{
			"nothing is said":           {nil, "  ", fault.Invalid},
			"a paper that nobody wants": {[]string{"old"}, "", fault.Invalid},
			"a note that fits nowhere":  {nil, strings.Repeat("长", application.TextMost+1), fault.Invalid},
		} {
			if err := desk.ReturnApplication(t.Context(), clerk, a.ID, c.missing, c.note); fault.Of(err) != c.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := desk.ReturnApplication(t.Context(), testbed.As(access.Reviewer), a.ID, everything, ""); fault.Of(err) != fault.Forbidden {
			t.Errorf("a reviewer returned: %v", err)
		}
		if err := desk.ReturnApplication(t.Context(), clerk, a.ID, []string{"photo", "records"}, "申请表上的监护人没有签字"); err != nil {
			t.Fatal(err)
		}
		f := file(t, desk, clerk, a.ID)
		if f.Case.Application.State != application.Returned || f.Case.Application.Due != "" {
			t.Errorf("returned as %s, due %q", f.Case.Application.State, f.Case.Application.Due)
		}
		if f.Sighted["photo"] || f.Sighted["records"] || !f.Sighted["identity"] || !f.Sighted["form"] {
			t.Errorf("sighted %v", f.Sighted)
		}
		if len(f.Letters) != 1 || f.Letters[0].No != "533103-2020-BZ000001" || f.Letters[0].Day != "2020-04-01" {
			t.Fatalf("letters %+v", f.Letters)
		}
		text := pdf(t, printed(desk, clerk, a.ID, f.Letters[0].ID))
		says(t, text, "补正告知书", "533103-2020-BZ000001", f.Person.Name, f.Person.Number.Masked(), "申请表上的监护人没有签字", "2020年4月1日", "残疾人联合会")
		if strings.Contains(text, string(f.Person.Number)) {
			t.Error("the letter shows the whole identity number")
		}
		if err := desk.ReturnApplication(t.Context(), clerk, a.ID, everything, ""); fault.Of(err) != fault.Refused {
			t.Errorf("returned twice: %v", err)
		}
	})
}

func TestDeclineKeepsADecisionWithItsReasons(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Township)
		a := o.Case(t, o.Person(t), application.Submitted)
		if err := desk.DeclineApplication(t.Context(), clerk, a.ID, casework.Declining{Reason: " "}); fault.Of(err) != fault.Invalid {
			t.Errorf("declined without a reason: %v", err)
		}
		if err := desk.DeclineApplication(t.Context(), clerk, a.ID, casework.Declining{Reason: "户籍不在本县\n已有有效残疾人证"}); err != nil {
			t.Fatal(err)
		}
		f := file(t, desk, clerk, a.ID)
		if f.Case.Application.State != application.Declined || len(f.Letters) != 1 || f.Letters[0].No != "533103-2020-BS000001" {
			t.Fatalf("%s %+v", f.Case.Application.State, f.Letters)
		}
		text := pdf(t, printed(desk, clerk, a.ID, f.Letters[0].ID))
		says(t, text, "不予受理决定书", "1．户籍不在本县", "2．已有有效残疾人证", "测试5331残疾人联合会")
		if err := letter(t, desk, clerk, a.ID, "x"); fault.Of(err) != fault.Missing {
			t.Errorf("a letter that nobody wrote: %v", err)
		}
		if err := letter(t, desk, clerk, a.ID, casework.SlipLetter); fault.Of(err) != fault.Refused {
			t.Errorf("a slip of a declined case: %v", err)
		}
	})
}

func TestSlipPromisesADayAndNamesTheClerk(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Township)
		a := o.Case(t, o.Person(t), application.Submitted)
		if err := desk.AcceptApplication(t.Context(), clerk, a.ID, casework.Acceptance{Sighted: everything}); err != nil {
			t.Fatal(err)
		}
		text := pdf(t, printed(desk, clerk, a.ID, casework.SlipLetter))
		// 20+3+5+10+5+5 = 48 working days after 1 April 2020, with 清明 and 劳动节 off and 26 April and 9 May made up
		says(t, text, "受理回执", "533103-2020-000001", clerk.Name, "2020年6月10日", "身份证")
	})
}
