package fieldwork_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/person"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// holders is a register of a county as another system writes it.
func holders(t *testing.T, lines ...[]string) *bytes.Reader {
	t.Helper()
	var file bytes.Buffer
	columns := sheet.Columns("姓名", "残疾人证号", "身份证号", "所属乡镇", "行政村", "民族", "发证日期", "有效期至", "证件状态")
	if err := sheet.WriteXLSX(&file, sheet.Table{Name: "名册", Columns: columns, Rows: sheet.Rows(lines)}); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(file.Bytes())
}

// takeRegister hands a register of the county in and has it entered.
func takeRegister(t *testing.T, o *testbed.Office, lines ...[]string) (*fieldwork.Desk, fieldwork.Handed, map[int]fieldwork.Rejected) {
	t.Helper()
	desk, clerk := fieldwork.New(o.DB, o.Files), testbed.As(access.Clerk)
	id, err := desk.UploadRoster(t.Context(), clerk, fieldwork.Paper{Kind: roster.Register, Region: testbed.County, Name: "名册.xlsx", File: holders(t, lines...)})
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.CheckRoster(t.Context(), access.Program(), id); err != nil {
		t.Fatal(err)
	}
	if err := desk.ConfirmRoster(t.Context(), clerk, id); err != nil {
		t.Fatal(err)
	}
	if err := desk.StoreRoster(t.Context(), access.Program(), id); err != nil {
		t.Fatal(err)
	}
	h, all, err := desk.Roster(t.Context(), clerk, id, 0, 100)
	if err != nil || h.State != roster.Stored {
		t.Fatal(h.State, h.Fault, err)
	}
	out := map[int]fieldwork.Rejected{}
	for _, l := range all {
		out[l.Row] = l
	}
	return desk, h, out
}

func TestTwoRegistersAreComparedAndNeitherIsOverwritten(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		var people []person.Person
		var cards []certificate.Certificate
		for range 7 {
			p := o.Person(t)
			people = append(people, p)
			cards = append(cards, o.Certificate(t, p, "2030-01-01"))
		}
		o.Update(t, access.Approver, func(tx *store.Tx) error {
			return cards[5].End(certificate.Wish, tx.Today())
		})
		o.Update(t, access.Approver, func(tx *store.Tx) error { return tx.SaveCertificate(access.DepartureApply, cards[5]) })
		fresh := person.MakeNumber("533199", "1970-02-03", 5)
		row := func(i int, more ...string) []string {
			return append([]string{people[i].Name, string(cards[i].Number), string(people[i].Number), "风平镇", "风平村", "傣族"}, more...)
		}
		lost := string(certificate.MakeNumber(people[3].Number, certificate.Vision, certificate.First))
		desk, h, late := takeRegister(t, o,
			row(0, "2020-01-02", "2030-01-01", "有效"), // 2: the day of issue is learned
			row(1, "", "2031-01-01", "有效"),           // 3: another last day
			row(2, "", "2030-01-01", "冻结"),           // 4: another state
			append([]string{people[3].Name, lost, string(people[3].Number), "风平镇", "", ""}, "", "2030-01-01", ""), // 5: another number
			row(4, "", "2030-01-01", "已注销"), // 6: ended there
			row(5, "", "2030-01-01", "正常"),  // 7: ended here
			[]string{"新来的", string(certificate.MakeNumber(fresh, certificate.Physical, certificate.Second)), "", "勐戛镇", "", "汉族", "2015-06-01", "2025-05-31", "到期失效"}, // 8
			[]string{"没有乡", string(certificate.MakeNumber(person.MakeNumber("533199", "1970-02-03", 7), certificate.Physical, certificate.Second)), "", "天上镇", "", "", "", "2029-01-01", ""},
			[]string{"日期反", string(certificate.MakeNumber(person.MakeNumber("533199", "1970-02-03", 9), certificate.Physical, certificate.Second)), "", "风平镇", "", "", "2030-01-01", "2029-01-01", ""})
		got := map[int]string{}
		for n, l := range late {
			got[n] = string(l.Reason) + " " + l.Column
		}
		want := map[int]string{3: "differs 有效期", 4: "differs 证件状态", 5: "card 残疾人证号", 6: "differs 证件状态", 7: "ended 残疾人证号", 9: "unplaced 乡镇", 10: "date 发证日期"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if h.Added != 1 || h.Changed != 1 || h.Declined != 6 || h.Absent != 2 { // the one of row 5 and the seventh, which stands nowhere
			t.Errorf("%+v", h)
		}
		if m := late[3].Message; m != "有效期不一致：名册上是“2031-01-01”，在册是“2030-01-01”，没有改动。请核对后更正写错的一方。" {
			t.Error(m)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			c, err := tx.Certificate(cards[0].ID)
			if err != nil || c.Issued != "2020-01-02" || c.Expires != "2030-01-01" {
				t.Errorf("completed to %+v, %v", c, err)
			}
			p, err := tx.Person(people[0].ID)
			if err != nil || p.Nation != "傣族" {
				t.Errorf("%+v, %v", p, err)
			}
			county, id, err := tx.Identity(fresh)
			if err != nil || county != testbed.County {
				t.Fatal(county, err)
			}
			held, err := tx.CertificatesOf(county, id)
			if err != nil || len(held) != 1 || held[0].Issued != "2015-06-01" || held[0].State != certificate.Valid || held[0].Region != "533103103" {
				t.Errorf("taken in as %+v, %v", held, err)
			}
			absent, err := tx.Certificates(store.CertificateFilter{Region: testbed.County, Absent: h.ID, Limit: 9})
			if len(absent) != 2 || absent[0].Certificate.ID != cards[3].ID && absent[1].Certificate.ID != cards[3].ID {
				t.Errorf("%d are absent", len(absent))
			}
			return err
		})
		if waiting := peopleOf(t, desk, testbed.As(access.Township), roster.Expired); len(waiting) != 0 {
			t.Errorf("%d wait for an application", len(waiting))
		}
	})
}

// An exchange keeps the number, so the certificate before it bears the same: what it became does not stand against the one in the hand.
func TestTheNumberOfAnExchangeIsNotEnded(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := o.Person(t)
		old := o.Certificate(t, p, "2020-03-01")
		if err := old.Take(certificate.Replace, o.Today()); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.SaveCertificate(access.ApplicationDeliver, old) })
		o.Certificate(t, p, "2030-03-01")
		row := []string{p.Name, string(old.Number), "", "风平镇", "风平村", "", "", "2030-03-01", "有效"}
		ended := []string{p.Name, string(old.Number), "", "风平镇", "风平村", "", "", "2020-03-01", "已注销"}
		if _, h, late := takeRegister(t, o, ended, row); h.Known != 2 || len(late) != 0 || h.Absent != 0 {
			t.Errorf("%+v, %v", h, late)
		}
		desk, list := hand(t, o, roster.Expired, small(t, "残疾人证号", []string{p.Name, string(old.Number), "2020-03-01", "风平村", ""}))
		enter(t, desk, list)
		_, late, err := desk.RosterReport(t.Context(), testbed.As(access.Township), list)
		if err != nil || len(late) != 1 || late[0].Reason != roster.Renewed {
			t.Errorf("on the list of the expired: %v, %v", late, err)
		}
	})
}

func TestOnlyARegisterIsOfACounty(t *testing.T) {
	t.Parallel()
	o := testbed.Open(t, "sqlite")
	desk, clerk := fieldwork.New(o.DB, o.Files), testbed.As(access.Clerk)
	for _, k := range roster.Kinds {
		_, err := desk.UploadRoster(t.Context(), clerk, fieldwork.Paper{Kind: k, Region: testbed.County, Name: "a", File: holders(t)})
		if (fault.Of(err) == fault.Invalid) == (k == roster.Register) {
			t.Errorf("%s of a county: %v", k, err)
		}
	}
	places, err := desk.RosterPlaces(t.Context(), clerk)
	if err != nil || len(places) < 2 || places[0].Code != testbed.County {
		t.Errorf("%v %v", places, err)
	}
}

// A list may be older than a cancellation: whatever number it has for somebody whose certificate was cancelled, it brings nobody back.
func TestAListBringsNoCancelledHolderBack(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		var people []person.Person
		for i, why := range []certificate.Reason{certificate.Wish, certificate.Recovered, certificate.Death, certificate.Death, certificate.Fraud} {
			p := o.Person(t)
			people = append(people, p)
			card := o.Certificate(t, p, "2030-01-01")
			o.Update(t, access.Approver, func(tx *store.Tx) error {
				if err := card.End(why, tx.Today()); err != nil {
					return err
				}
				return tx.SaveCertificate(access.DepartureApply, card)
			})
			if i == 4 { // who came back by an application holds another one since
				o.Certificate(t, p, "2031-01-01")
			}
		}
		people = append(people, o.Person(t)) // never held any
		number := func(i int, l certificate.Level, suffix string) string {
			return string(certificate.MakeNumber(people[i].Number, certificate.Physical, l)) + suffix
		}
		row := func(i int, number, state string) []string {
			return []string{people[i].Name, number, string(people[i].Number), "风平镇", "风平村", "", "", "2031-01-01", state}
		}
		_, h, late := takeRegister(t, o,
			row(0, number(0, certificate.Third, "B1"), "有效"), // 2
			row(1, number(1, certificate.Second, ""), "有效"),  // 3
			row(2, number(2, certificate.Third, "B2"), ""),   // 4
			row(3, number(3, certificate.Second, ""), "已注销"), // 5: both say that it is over
			row(4, number(4, certificate.Third, ""), "有效"),   // 6
			row(5, number(5, certificate.Third, "B1"), "有效")) // 7
		got := map[int]string{}
		for n, l := range late {
			got[n] = string(l.Reason)
		}
		if diff := cmp.Diff(map[int]string{2: "ended", 3: "ended", 4: "ended"}, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if h.Changed != 1 || h.Known != 2 || h.Added != 0 {
			t.Errorf("%+v", h)
		}
		for _, words := range []string{"有效", "B2", "持证人死亡", string(o.Today())} {
			if !strings.Contains(late[4].Message, words) {
				t.Errorf("%q does not tell %s", late[4].Message, words)
			}
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			for i, want := range []int{1, 1, 1, 1, 2, 1} {
				if held, err := tx.CertificatesOf(testbed.County, people[i].ID); err != nil || len(held) != want {
					t.Errorf("%d has %d, %v", i, len(held), err)
				}
			}
			return nil
		})
		desk, list := hand(t, o, roster.Suspected, small(t, "身份证号",
			[]string{people[1].Name, string(people[1].Number), "", "风平村", ""}, []string{people[2].Name, string(people[2].Number), "", "风平村", ""}))
		enter(t, desk, list)
		if all := peopleOf(t, desk, testbed.As(access.Township), roster.Suspected); len(all) != 1 || all[0].Person != people[1].ID {
			t.Errorf("to be visited are %+v", all)
		}
	})
}
