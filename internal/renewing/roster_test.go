package renewing_test

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// lettered is people with a letter each, by what became of it: renewals that are awaited, stopped and kept, a review and a flow that are awaited.
func lettered(t *testing.T, o *testbed.Office, desk *renewing.Desk) map[string]person.Person {
	t.Helper()
	people := map[string]person.Person{}
	for _, name := range []string{"renew", "stopped", "kept", "review", "flow"} {
		p := o.Person(t)
		people[name] = p
		switch kind := reminder.Kind(name); kind {
		case reminder.Review, reminder.Flow:
			if kind == reminder.Review {
				o.Certificate(t, p, "2025-01-01")
			}
			if _, err := desk.MakeReminder(t.Context(), testbed.As(access.Township), p.ID, kind); err != nil {
				t.Fatal(err)
			}
		default:
			o.Certificate(t, p, "2020-09-01")
		}
	}
	round(t, desk)
	for _, r := range all(t, desk) {
		for name, p := range people {
			if s := reminder.State(name); p.ID == r.Person.ID && (s == reminder.Stopped || s == reminder.Kept) {
				n := r.Reminder
				n.State = s
				o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.SaveReminder(access.ReminderEnd, n) })
			}
		}
	}
	return people
}

// Each list says by its title whom it names, and who came or is not asked any more is neither on it nor among the letters unless that state was chosen.
func TestRosterAndLettersNameWhoIsAwaited(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := renewing.New(o.DB, o.Files), testbed.As(access.Township)
		people := lettered(t, o, desk)
		looks := func(f renewing.Filter, title, names string) {
			t.Helper()
			want := strings.Fields(names)
			var roster, letters, files bytes.Buffer
			if err := desk.WriteRoster(t.Context(), clerk, f, &roster); err != nil {
				t.Fatal(err)
			}
			n, err := desk.WriteReminders(t.Context(), clerk, f, paper.Ordinary, &letters)
			if err != nil || n != len(want) {
				t.Errorf("%+v: %d letters, want %d: %v", f, n, len(want), err)
			}
			if n, err := desk.WriteReminderFiles(t.Context(), clerk, f, paper.Ordinary, &files); err != nil || n != len(want) {
				t.Errorf("%+v: %d files, want %d: %v", f, n, len(want), err)
			}
			list, print := text(t, roster.Bytes()), text(t, letters.Bytes())
			if first, _, _ := strings.Cut(list, "\n"); first != "芒市风平镇"+title {
				t.Errorf("%+v: the list is titled %q, want %s", f, first, title)
			}
			for _, name := range slices.Sorted(maps.Keys(people)) {
				p := people[name]
				on, among := strings.Contains(list, p.Name), strings.Contains(print, p.Name)
				if on != slices.Contains(want, name) || among != on {
					t.Errorf("%+v: %s is on the list: %v, among the letters: %v", f, name, on, among)
				}
				if on && !strings.Contains(list, p.Number.Masked()) || strings.Contains(list, string(p.Number)) {
					t.Errorf("%+v: the number of %s: %s", f, name, list)
				}
			}
		}
		looks(renewing.Filter{}, "残疾人证告知名单", "renew review flow")
		looks(renewing.Filter{Kind: reminder.Renew}, "残疾人证到期换证名单", "renew")
		looks(renewing.Filter{Step: "6"}, "残疾人证到期前6个月名单", "renew")
		looks(renewing.Filter{Kind: reminder.Review}, "残疾人证复核名单", "review")
		looks(renewing.Filter{Kind: reminder.Flow}, "疑似残疾人名单", "flow")
		looks(renewing.Filter{Kind: reminder.Renew, State: reminder.Stopped}, "残疾人证到期换证名单（已终止）", "stopped")
		looks(renewing.Filter{Step: "6", State: reminder.Kept}, "残疾人证到期前6个月名单（已来办理）", "kept")
		looks(renewing.Filter{Overdue: true}, "残疾人证告知名单（已逾期）", "")
		looks(renewing.Filter{Step: "6", Kind: reminder.Flow, Reason: reminder.Bedridden}, "疑似残疾人名单（卧床或行动不便）", "")
		for _, step := range []struct {
			on     day.Day
			months string
		}{{"2020-06-01", "3"}, {"2020-08-01", "1"}} { // whoever still holds the certificate is due anew
			o.Until(step.on)
			round(t, desk)
			looks(renewing.Filter{Step: step.months}, "残疾人证到期前"+step.months+"个月名单", "renew stopped kept")
		}
		o.Until("2020-09-02")
		looks(renewing.Filter{Kind: reminder.Renew, Overdue: true}, "过期失效持证残疾人名单", "renew stopped kept")
		looks(renewing.Filter{Step: "1", Overdue: true}, "残疾人证到期前1个月名单（已逾期）", "renew stopped kept")
	})
}
