package renewing_test

import (
	"bytes"
	"context"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/paper"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// due gives n people of the village a letter of the first step.
func due(t *testing.T, o *testbed.Office, desk *renewing.Desk, n int) {
	t.Helper()
	y := &year{o: o, desk: desk, gone: nil}
	y.furnishAll(t, n, func(int) day.Day { return o.Today().AddMonths(5) })
	if _, err := desk.RemindAll(t.Context(), access.Program(), ""); err != nil {
		t.Fatal(err)
	}
}

// text is what a PDF says.
func text(t *testing.T, pdf []byte) string {
	t.Helper()
	c := exec.Command("pdftotext", "-raw", "-", "-")
	c.Stdin = bytes.NewReader(pdf)
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestABundleThatIsKilledGoesOnWithoutPrintingTwice breaks the printing off at many moments, and each letter is then in exactly one part.
func TestABundleThatIsKilledGoesOnWithoutPrintingTwice(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, program, clerk := renewing.New(o.DB, o.Files), access.Program(), testbed.As(access.Township)
		const n = 2*reminder.BundlePart + 7
		due(t, o, desk, n)
		id, err := desk.BeginBundle(t.Context(), clerk, renewing.Filter{Kind: reminder.Renew}, paper.Ordinary)
		if err != nil {
			t.Fatal(err)
		}
		l, err := desk.Reminders(t.Context(), clerk, renewing.Filter{Kind: reminder.Renew, Limit: n})
		if err != nil || len(l.Reminders) != n {
			t.Fatal(len(l.Reminders), err)
		}
		came := l.Reminders[n-1] // of the last part; by the time it is printed nothing is awaited any more
		if err := desk.EndReminders(t.Context(), program, testbed.County, came.Person.ID); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			r := came.Reminder
			r.State = reminder.Stopped
			return tx.SaveReminder(access.ReminderEnd, r)
		})
		broken, last := 0, -1
		for try := int64(1); ; try += 3 {
			inner, kill := context.WithCancel(t.Context())
			d := &dying{Context: inner, kill: kill}
			d.left.Store(try)
			err := desk.PrintBundle(d, program, id)
			kill()
			b, parts, readErr := desk.Bundle(t.Context(), clerk, id)
			if readErr != nil || b.Done < last || b.Done != min(len(parts)*reminder.BundlePart, n) {
				t.Fatal(b, len(parts), readErr)
			}
			last = b.Done
			if err == nil {
				break
			}
			broken++
		}
		if broken < 3 {
			t.Errorf("broken off %d times only", broken)
		}
		b, parts, err := desk.Bundle(t.Context(), clerk, id)
		if err != nil || b.State != reminder.BundleDone || b.Ended != 1 || len(parts) != 3 {
			t.Fatal(b, len(parts), err)
		}
		seen, order := map[string]int{}, []string(nil)
		for _, p := range parts {
			f, err := desk.OpenBundlePart(t.Context(), clerk, id, p.No)
			if err != nil {
				t.Fatal(err)
			}
			pdf, err := io.ReadAll(f)
			if err != nil || f.Close() != nil {
				t.Fatal(err)
			}
			said := text(t, pdf)
			if !strings.HasPrefix(said, "风平镇") {
				t.Errorf("part %d does not begin with its list: %.60q", p.No, said)
			}
			for _, m := range regexp.MustCompile(`编号：(\S+)`).FindAllStringSubmatch(said, -1) {
				order = append(order, m[1])
			}
			for _, r := range l.Reminders {
				if strings.Contains(said, r.Reminder.No) {
					seen[r.Reminder.No]++
				}
			}
		}
		var byVillage []string
		for _, r := range l.Reminders {
			want := 1
			if r.Reminder.ID == came.Reminder.ID {
				want = 0
			} else {
				byVillage = append(byVillage, r.Reminder.No)
			}
			if seen[r.Reminder.No] != want {
				t.Errorf("%s is in %d parts, want %d", r.Reminder.No, seen[r.Reminder.No], want)
			}
		}
		if !slices.Equal(order, byVillage) || l.Reminders[0].Reminder.Region == came.Reminder.Region {
			t.Errorf("the letters of the parts do not come by village: %.200q", order)
		}
		if err := desk.PrintBundle(t.Context(), program, id); err != nil { // a job that is done twice
			t.Error(err)
		}
		removed(t, o, desk, id)
	})
}

// removed lets the days of a bundle pass and looks that nothing of it is left.
func removed(t *testing.T, o *testbed.Office, desk *renewing.Desk, id reminder.BundleID) {
	t.Helper()
	clerk := testbed.As(access.Township)
	files := func() int {
		n := 0
		if err := o.Files.Each(t.Context(), func(string) error { n++; return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if err := desk.RemoveBundles(t.Context(), access.Program()); err != nil || files() != 3 {
		t.Errorf("removed early: %v, %d files", err, files())
	}
	o.Wait(8)
	for range 2 {
		if err := desk.RemoveBundles(t.Context(), access.Program()); err != nil {
			t.Fatal(err)
		}
	}
	b, parts, err := desk.Bundle(t.Context(), clerk, id)
	if err != nil || b.State != reminder.BundleGone || len(parts) != 0 || files() != 0 {
		t.Error(b, len(parts), err, files())
	}
	if _, err := desk.OpenBundlePart(t.Context(), clerk, id, 1); fault.Of(err) != fault.Missing {
		t.Errorf("a part that is gone: %v", err)
	}
}

func TestABundleThatCannotBePrintedSaysWhy(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := renewing.New(o.DB, o.Files), testbed.As(access.Township)
		if _, err := desk.BeginBundle(t.Context(), clerk, renewing.Filter{}, paper.Ordinary); fault.Of(err) != fault.Refused {
			t.Errorf("nothing to print: %v", err)
		}
		due(t, o, desk, 2)
		if _, err := desk.BeginBundle(t.Context(), clerk, renewing.Filter{}, "loud"); fault.Of(err) != fault.Missing {
			t.Errorf("a reading that there is none of: %v", err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			all, err := tx.Reminders(store.ReminderFilter{Limit: 1})
			if err != nil {
				return err
			}
			was, err := tx.Person(all[0].Person.ID)
			now := was
			now.Name = "测试\U000E0001"
			if err != nil {
				return err
			}
			return tx.SavePerson(access.PersonEdit, was, now)
		})
		id, err := desk.BeginBundle(t.Context(), clerk, renewing.Filter{}, paper.Ordinary)
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.PrintBundle(t.Context(), access.Program(), id); err != nil {
			t.Fatal(err)
		}
		if b, _, err := desk.Bundle(t.Context(), clerk, id); err != nil || b.State != reminder.BundleFailed || b.Fault == "" {
			t.Error(b, err)
		}
	})
}
