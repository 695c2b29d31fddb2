package renewing_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// scan is a small picture of a slip.
func scan(t *testing.T) io.Reader {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return &b
}

func TestReviewRunsFifteenDaysFromTheReceipt(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk, worker := renewing.New(o.DB, o.Files), testbed.As(access.Township), testbed.As(access.Village)
		p := o.Person(t)
		if _, err := desk.MakeReminder(t.Context(), clerk, p.ID, reminder.Review); fault.Of(err) != fault.Refused {
			t.Errorf("a review of nothing: %v", err)
		}
		o.Certificate(t, p, "2025-01-01")
		if _, err := desk.MakeReminder(t.Context(), clerk, p.ID, reminder.Flow); fault.Of(err) != fault.Refused {
			t.Errorf("a holder is told how to apply: %v", err)
		}
		id, err := desk.MakeReminder(t.Context(), clerk, p.ID, reminder.Review)
		if err != nil {
			t.Fatal(err)
		}
		o.Wait(1)
		if _, err := desk.MakeReminder(t.Context(), clerk, p.ID, reminder.Review); fault.Of(err) != fault.Refused {
			t.Errorf("a second open call to the review: %v", err)
		}
		f, err := desk.Reminder(t.Context(), worker, id)
		if err != nil || f.Reminder.No != "533103-2020-T0000001" || f.Reminder.Due != "" {
			t.Fatalf("%+v %v", f.Reminder, err)
		}
		if got, err := desk.FindReminder(t.Context(), worker, " 533103-2020-t0000001 "); err != nil || got != id {
			t.Errorf("found %s, %v", got, err)
		}
		wrong := renewing.Slip{Receipt: reminder.Receipt{On: "2020-04-09", Signer: reminder.Refused}}
		if err := desk.ReceiveReminder(t.Context(), worker, id, wrong); len(fault.Fields(err)) != 2 {
			t.Errorf("a slip of next week without a witness: %v", err)
		}
		slip := renewing.Slip{Receipt: reminder.Receipt{On: "2020-04-02", Signer: reminder.Self}, File: scan(t)}
		if err := desk.ReceiveReminder(t.Context(), worker, id, slip); err != nil {
			t.Fatal(err)
		}
		f, err = desk.Reminder(t.Context(), worker, id)
		if err != nil || f.Reminder.Due != "2020-04-17" || f.Reminder.State != reminder.Received {
			t.Errorf("the period runs until %s (%s): %v", f.Reminder.Due, f.Reminder.State, err)
		}
		kind, r, err := desk.Proof(t.Context(), worker, id, "")
		if err != nil || kind != "image/png" {
			t.Fatalf("the proof is %s: %v", kind, err)
		}
		_ = r.Close()
		overdue := func() int {
			l, err := desk.Reminders(t.Context(), worker, renewing.Filter{Overdue: true, Limit: 9})
			if err != nil {
				t.Fatal(err)
			}
			return len(l.Reminders)
		}
		o.Until("2020-04-17")
		if overdue() != 0 {
			t.Error("overdue on the last day")
		}
		o.Until("2020-04-18")
		if overdue() != 1 {
			t.Error("not overdue on the day after")
		}
		v, err := desk.Villages(t.Context(), worker, "", "")
		if err != nil || len(v) != 1 || v[0].Overdue != 1 || v[0].Received != 1 || v[0].Village != testbed.Village {
			t.Errorf("the village stands at %+v, %v", v, err)
		}
	})
}

func TestPromiseOnTheSlipIsWatched(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := renewing.New(o.DB, o.Files), testbed.As(access.Township)
		id, err := desk.MakeReminder(t.Context(), clerk, o.Person(t).ID, reminder.Flow)
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.SendReminders(t.Context(), clerk, []reminder.ID{id}, reminder.Read, o.Today()); err != nil {
			t.Fatal(err)
		}
		slip := renewing.Slip{Receipt: reminder.Receipt{On: o.Today(), Signer: reminder.Guardian}}
		if err := desk.ReceiveReminder(t.Context(), clerk, id, slip); len(fault.Fields(err)) != 1 {
			t.Errorf("a slip without its promise: %v", err)
		}
		slip.Promised = "2020-04-20"
		if err := desk.ReceiveReminder(t.Context(), clerk, id, slip); err != nil {
			t.Fatal(err)
		}
		o.Until("2020-04-21")
		l, err := desk.Reminders(t.Context(), clerk, renewing.Filter{Overdue: true, Limit: 9})
		if err != nil || len(l.Reminders) != 1 || l.Reminders[0].Reminder.Promised != "2020-04-20" {
			t.Errorf("%+v %v", l.Reminders, err)
		}
		if err := desk.AnswerReminder(t.Context(), clerk, id, reminder.Bedridden, ""); err != nil {
			t.Error(err)
		}
		if f, err := desk.Reminder(t.Context(), clerk, id); err != nil || f.Reminder.Reason.Offer() != reminder.Home {
			t.Errorf("%+v %v", f.Reminder, err)
		}
	})
}

// settled is a person who lives in another village than others of the tests.
func settled(t *testing.T, o *testbed.Office, in region.Code) person.Person {
	t.Helper()
	was := o.Person(t)
	o.Update(t, access.Township, func(tx *store.Tx) (err error) {
		if was, err = tx.Person(was.ID); err != nil {
			return err
		}
		now := was
		now.Region = in
		return tx.SavePerson(access.PersonEdit, was, now)
	})
	was.Region = in
	return was
}

// villages is two villages of the township, in the order of their codes, with their names.
func villages(t *testing.T) (codes [2]region.Code, names [2]string) {
	t.Helper()
	n := 0
	for r, err := range region.Within(testbed.Township) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Code.Level() == region.Village && n < 2 {
			codes[n], names[n] = r.Code, r.Name
			n++
		}
	}
	if codes[1] != testbed.Village || codes[0] >= codes[1] {
		t.Fatalf("the villages are %v", codes)
	}
	return codes, names
}

func TestLettersOfATownshipComeByVillageBehindTheirList(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := renewing.New(o.DB, o.Files), testbed.As(access.Township)
		codes, names := villages(t)
		far, near, farToo := o.Person(t), settled(t, o, codes[0]), o.Person(t) // the first to come lives in the last village
		for _, p := range []person.Person{far, near, farToo} {
			o.Certificate(t, p, "2020-09-01")
		}
		round(t, desk)
		var b bytes.Buffer
		n, err := desk.WriteReminders(t.Context(), clerk, renewing.Filter{Step: "6"}, paper.Ordinary, &b)
		if err != nil || n != 3 || !bytes.HasPrefix(b.Bytes(), []byte("%PDF")) {
			t.Fatalf("%d letters, %d bytes: %v", n, b.Len(), err)
		}
		letters := all(t, desk)
		if letters[0].Person.ID != near.ID {
			t.Errorf("the first letter is to %s", letters[0].Person.Name)
		}
		byVillage(t, b.Bytes(), letters, map[region.Code]string{codes[0]: names[0], codes[1]: names[1]})
		p, err := desk.Letter(t.Context(), clerk, all(t, desk)[0].Reminder.ID, paper.Easy)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(p.Words().Paragraphs, "\n")
		if !strings.Contains(text, "2020年9月1日") || !strings.Contains(text, "0692-2100000") {
			t.Errorf("in plain words: %s", text)
		}
		b.Reset()
		if err := desk.WriteRoster(t.Context(), clerk, renewing.Filter{Step: "6"}, &b); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("%PDF")) {
			t.Errorf("the roster: %v", err)
		}
		b.Reset()
		if err := desk.ExportReminders(t.Context(), clerk, renewing.Filter{Step: "6"}, sheet.Out{To: &b, As: sheet.XLSX}); err != nil {
			t.Fatal(err)
		}
		book, err := sheet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		for _, err := range book.Sheets[0].Rows() {
			if err != nil {
				t.Fatal(err)
			}
			rows++
		}
		if rows != 5 {
			t.Errorf("%d rows, want title, head and three", rows)
		}
		for _, form := range renewing.Blanks {
			b.Reset()
			if err := desk.WriteBlank(t.Context(), clerk, "", renewing.Wanted{Form: form}, &b); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("%PDF")) {
				t.Errorf("%s: %v", form, err)
			}
		}
		var short, long bytes.Buffer
		for rows, out := range map[int]*bytes.Buffer{0: &short, 120: &long} {
			if err := desk.WriteBlank(t.Context(), clerk, "", renewing.Wanted{Form: renewing.BlankSurvey, Rows: rows}, out); err != nil {
				t.Fatal(err)
			}
		}
		if long.Len() < 2*short.Len() {
			t.Errorf("120 rows take %d bytes, one page %d", long.Len(), short.Len())
		}
		if err := desk.WriteBlank(t.Context(), clerk, "", renewing.Wanted{Form: "other"}, &b); fault.Of(err) != fault.Missing {
			t.Errorf("a form that is not there: %v", err)
		}
	})
}

// byVillage looks that a print begins with its list, whose rows are the letters with their villages, and that the letters follow in the same order.
func byVillage(t *testing.T, pdf []byte, letters []renewing.Reminded, places map[region.Code]string) {
	t.Helper()
	bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
	pages := strings.Split(strings.TrimSuffix(text(t, pdf), "\f"), "\f")
	if len(pages) != len(letters)+1 || !strings.HasPrefix(pages[0], "风平镇告知单、提醒单清单") {
		t.Fatalf("%d pages, the first begins %.60q", len(pages), pages[0])
	}
	rest := bare(pages[0])
	for i, r := range letters {
		row := strconv.Itoa(i+1) + places[r.Reminder.Region] + r.Person.Name + r.Reminder.No
		_, behind, found := strings.Cut(rest, row)
		if !found {
			t.Fatalf("row %d is not %q in its place:\n%s", i+1, row, pages[0])
		}
		rest = behind
		if page := bare(pages[i+1]); !strings.Contains(page, r.Person.Name+"同志") || !strings.Contains(page, "编号："+r.Reminder.No) {
			t.Errorf("page %d is not the letter %s to %s:\n%s", i+2, r.Reminder.No, r.Person.Name, pages[i+1])
		}
	}
}

// The rule that letters name is policy of the province: Henan's stands there from the beginning, 芒市 prints the national one until it sets its own.
func TestLettersNameTheRuleOfTheirProvince(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := renewing.New(o.DB, o.Files), testbed.As(access.Township)
		o.Certificate(t, o.Person(t), "2020-09-01")
		round(t, desk)
		id := all(t, desk)[0].Reminder.ID
		says := func() string {
			p, err := desk.Letter(t.Context(), clerk, id, paper.Ordinary)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Join(p.Words().Paragraphs, "") + p.Words().Issuer
		}
		if got := says(); !strings.Contains(got, "依据《中华人民共和国残疾人证管理办法》的规定，残疾人证到期应当换领新证。") || !strings.HasSuffix(got, "测试533103残疾人联合会") {
			t.Error(got)
		}
		o.Policy(t, "local.rule", "《云南省实施细则》")
		o.Policy(t, "renew.quote", "到期的应当重新评定")
		o.Policy(t, "letter.issuer", "芒市残疾人联合会")
		if got := says(); !strings.Contains(got, "依据《云南省实施细则》的规定：“到期的应当重新评定”。请在") || !strings.HasSuffix(got, "芒市残疾人联合会") {
			t.Error(got)
		}
		err := o.DB.View(t.Context(), access.Program(), func(tx *store.Tx) error {
			there, err := tx.Office("411302") // 南阳市宛城区
			for key, want := range map[policy.Key]string{policy.LocalRule: "《河南省实施〈中华人民共和国残疾人证管理办法〉细则》",
				policy.RenewQuote: "残疾人证十年到期的，必须经过重新残疾评定才能换发新的残疾人证"} {
				if got := there.Policy.Find(key).Value; got != want {
					t.Errorf("in Henan %s is %q", key, got)
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestScansFileThemselvesByTheirCodes(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, town, worker := renewing.New(o.DB, o.Files), testbed.As(access.Township), testbed.As(access.Village)
		make := func(kind reminder.Kind) renewing.Reminded {
			p := o.Person(t)
			if kind != reminder.Flow {
				o.Certificate(t, p, "2025-01-01")
			}
			id, err := desk.MakeReminder(t.Context(), town, p.ID, kind)
			if err != nil {
				t.Fatal(err)
			}
			f, err := desk.Reminder(t.Context(), town, id)
			if err != nil {
				t.Fatal(err)
			}
			return renewing.Reminded{Reminder: f.Reminder}
		}
		one, two, promise := make(reminder.Review), make(reminder.Review), make(reminder.Flow)
		good := reminder.Receipt{On: o.Today(), Signer: reminder.Self}
		sent := func(contents ...[]byte) (all []renewing.Scanned) {
			for i, c := range contents {
				all = append(all, renewing.Scanned{Name: fmt.Sprintf("../%d.png", i), File: bytes.NewReader(c)})
			}
			return all
		}
		empty, err := io.ReadAll(scan(t))
		if err != nil {
			t.Fatal(err)
		}
		filed, err := desk.FileScans(t.Context(), worker, sent(slipOf(one.Reminder.No), []byte("%PDF-1.7 %%EOF"), empty, slipOf("533103-2020-T0009999"), slipOf("https://example.com"),
			slipOf(promise.Reminder.No), slipOf(two.Reminder.No), slipOf(one.Reminder.No), slipOf(one.Reminder.No)[:60]), good)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range filed {
			said := "filed"
			if f.Err != nil {
				said, _, _ = strings.Cut(f.Err.Error(), ": xref")
			}
			got = append(got, said)
		}
		want := []string{"filed", "refused: scan.pdf.broken", "refused: reminder.scan.none", "refused: reminder.scan.unknown", "refused: reminder.scan.unknown",
			"refused: reminder.scan.promise", "filed", "refused: reminder.step.wrong", "refused: reminder.scan.broken"}
		if !slices.Equal(got, want) || filed[0].Name != "0.png" || filed[4].No != "" {
			t.Errorf("%q\n%+v", got, filed)
		}
		f, err := desk.Reminder(t.Context(), worker, one.Reminder.ID)
		if err != nil || f.Reminder.State != reminder.Received || f.Reminder.Proof == "" || f.Reminder.Due != o.Today().Add(15) {
			t.Errorf("%+v, %v", f.Reminder, err)
		}
		for name, try := range map[string]func() error{
			"no scan": func() error { _, err := desk.FileScans(t.Context(), worker, nil, good); return err },
			"too many": func() error {
				_, err := desk.FileScans(t.Context(), worker, slices.Repeat(sent(empty), renewing.ScanMost+1), good)
				return err
			},
			"tomorrow": func() error {
				_, err := desk.FileScans(t.Context(), worker, sent(empty), reminder.Receipt{On: o.Today().Add(1), Signer: reminder.Self})
				return err
			},
			"a refusal": func() error {
				_, err := desk.FileScans(t.Context(), worker, sent(empty), reminder.Receipt{On: o.Today(), Signer: reminder.Refused, Witness: "某"})
				return err
			},
		} {
			if err := try(); fault.Of(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := desk.FileScans(t.Context(), testbed.As(access.Auditor), sent(empty), good); fault.Of(err) != fault.Forbidden {
			t.Errorf("an auditor filed: %v", err)
		}
	})
}
