package fieldwork_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/files"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// shared is one of the two lists of 风平镇 as LibreOffice wrote them, with the defects planted in it by row.
func shared(t *testing.T, kind roster.Kind) (file []byte, planted map[int]string) {
	t.Helper()
	file, err := os.ReadFile("../sheet/testdata/533103105-" + string(kind) + ".xlsx")
	if err != nil {
		t.Fatal(err)
	}
	truth, err := os.ReadFile("../sheet/testdata/533103105-" + string(kind) + ".truth.tsv")
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(truth))
	r.Comma = '\t'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	planted = map[int]string{}
	for i, l := range lines {
		if defect := l[len(l)-1]; defect != "" {
			planted[i+4] = defect
		}
	}
	return file, planted
}

func TestBothListsAreStoredAsTheirTruthSaysAndOnlyOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		for _, kind := range []roster.Kind{roster.Expired, roster.Suspected} {
			file, planted := shared(t, kind)
			desk, first := hand(t, o, kind, bytes.NewReader(file))
			report, late, err := desk.RosterReport(t.Context(), testbed.As(access.Township), first)
			if err != nil || len(late) > 0 {
				t.Fatal(err, late)
			}
			got := map[int]string{}
			for _, r := range report.Rejected {
				got[r.Row] = string(r.Reason)
			}
			for _, d := range report.Duplicates {
				got[d.Row] = "duplicate"
			}
			if diff := cmp.Diff(planted, got); diff != "" {
				t.Errorf("%s: defects (-planted +found)\n%s", kind, diff)
			}
			if n := len(people(t, desk, kind)); n != 0 {
				t.Errorf("%s: %d people listed before the clerk confirmed", kind, n)
			}
			enter(t, desk, first)
			all := people(t, desk, kind)
			h, _, err := desk.Roster(t.Context(), testbed.As(access.Township), first, 0, 1)
			if err != nil || h.State != roster.Stored || h.Added != report.Good || h.Done != report.Good || len(all) != report.Good {
				t.Errorf("%s: %d good, %d listed, %+v, %v", kind, report.Good, len(all), h, err)
			}
			for _, p := range all {
				if p.Region.Level() != region.Village || p.Village != "" {
					t.Errorf("row %d: village %q not found, region %s", p.Row, p.Village, p.Region)
				}
				if (kind == roster.Expired) != (p.Number.Check() == "") {
					t.Errorf("row %d: certificate %q", p.Row, p.Number)
				}
			}
			_, second := hand(t, o, kind, bytes.NewReader(file))
			enter(t, desk, second)
			h, _, err = desk.Roster(t.Context(), testbed.As(access.Township), second, 0, 1)
			if err != nil || h.Added+h.Changed+h.Declined != 0 || h.Known != report.Good || len(people(t, desk, kind)) != report.Good {
				t.Errorf("%s sent again: %+v, %v", kind, h, err)
			}
		}
	})
}

// people is everybody on the list of 风平镇, read page by page.
func people(t testing.TB, desk *fieldwork.Desk, kind roster.Kind) []fieldwork.Waiting {
	t.Helper()
	return peopleOf(t, desk, testbed.As(access.Township), kind)
}

func peopleOf(t testing.TB, desk *fieldwork.Desk, by access.Actor, kind roster.Kind) []fieldwork.Waiting {
	t.Helper()
	var out []fieldwork.Waiting
	f := fieldwork.ListedFilter{Kind: kind, Open: true, Limit: 97}
	if by.Account == "console" { // tens of thousands of people
		f.Limit = 5000
	}
	for {
		page, err := desk.Listed(t.Context(), by, f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, page.People...)
		if !page.More {
			return out
		}
		last := page.People[len(page.People)-1]
		f.After = string(last.Region) + " " + last.ID
	}
}

// small is a spreadsheet of a few lines: name, number, village, phone.
func small(t testing.TB, number string, lines ...[]string) *bytes.Reader {
	t.Helper()
	var file bytes.Buffer
	columns := sheet.Columns("姓名", number, "有效期止", "村（社区）", "联系电话")
	if err := sheet.WriteXLSX(&file, sheet.Table{Name: "名单", Columns: columns, Rows: sheet.Rows(lines)}); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(file.Bytes())
}

// card is the number of a certificate for physical disability of the third level.
func card(p person.Person) string {
	return string(certificate.MakeNumber(p.Number, certificate.Physical, certificate.Third))
}

func TestTheRegisterIsCompletedAndNeverOverwritten(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		bare, other, renewed, moved, away := o.Person(t), o.Person(t), o.Person(t), o.Person(t), person.Person{}
		o.Certificate(t, renewed, "2030-01-01")
		o.Update(t, access.Township, func(tx *store.Tx) error {
			p, err := tx.Person(bare.ID)
			p.Phone, p.Region = "", testbed.Township
			bare = p
			return errors.Join(err, tx.SavePerson(access.PersonEdit, p, p))
		})
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			p, err := tx.Person(moved.ID)
			p.Region = "533103101"
			return errors.Join(err, tx.SavePerson(access.PersonEdit, p, p))
		})
		away = person.Person{ID: person.ID(id.New()), Region: testbed.Elsewhere + "101", Name: "外县人", Number: person.MakeNumber("533199", "1950-01-01", 777)}
		away.Fill()
		if err := o.DB.Update(t.Context(), testbed.Stranger(access.Clerk), func(tx *store.Tx) error { return tx.AddPerson(access.ApplicationOpen, away) }); err != nil {
			t.Fatal(err)
		}
		desk, list := hand(t, o, roster.Expired, small(t, "残疾人证号",
			[]string{bare.Name, card(bare), "2020-09-17", "风平村", "13811112222"},
			[]string{"别人", card(other), "2020-09-17", "风平村", ""},
			[]string{renewed.Name, card(renewed), "2020-09-17", "风平村", ""},
			[]string{moved.Name, card(moved), "2020-09-17", "风平村", ""},
			[]string{away.Name, card(away), "2020-09-17", "没有这个村", ""}))
		enter(t, desk, list)
		_, late, err := desk.RosterReport(t.Context(), testbed.As(access.Township), list)
		if err != nil {
			t.Fatal(err)
		}
		got := map[int]roster.Defect{}
		for _, l := range late {
			got[l.Row] = l.Reason
		}
		if diff := cmp.Diff(map[int]roster.Defect{3: roster.OtherName, 4: roster.Renewed, 5: roster.Elsewhere, 6: roster.Elsewhere}, got); diff != "" {
			t.Errorf("contradictions (-want +got)\n%s", diff)
		}
		h, _, err := desk.Roster(t.Context(), testbed.As(access.Township), list, 0, 1)
		if err != nil || h.Changed != 1 || h.Declined != 4 || h.Added+h.Known != 0 {
			t.Errorf("%+v, %v", h, err)
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			p, err := tx.Person(bare.ID)
			if p.Phone != "13811112222" || p.Region.Level() != region.Village {
				t.Errorf("completed to phone %s, region %s", p.Phone, p.Region)
			}
			same, otherErr := tx.Person(other.ID)
			if same.Name != other.Name || same.Version != other.Version+1 {
				t.Errorf("the other person became %+v", same)
			}
			return errors.Join(err, otherErr)
		})
	})
}

func TestAHolderIsNotSuspected(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		holder, fresh := o.Person(t), o.Person(t)
		o.Certificate(t, holder, "2030-01-01")
		desk, list := hand(t, o, roster.Suspected, small(t, "身份证号",
			[]string{holder.Name, string(holder.Number), "", "风平村", ""},
			[]string{fresh.Name, string(fresh.Number), "", "哪个村也不是", ""}))
		enter(t, desk, list)
		_, late, err := desk.RosterReport(t.Context(), testbed.As(access.Township), list)
		if err != nil || len(late) != 1 || late[0].Reason != roster.Holder {
			t.Errorf("%+v, %v", late, err)
		}
		all := people(t, desk, roster.Suspected)
		if len(all) != 1 || all[0].Village != "哪个村也不是" {
			t.Errorf("%+v", all)
		}
	})
}

func TestAFileThatIsNoListSaysWhy(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, list := hand(t, o, roster.Expired, strings.NewReader("PK\x03\x04 broken"))
		h, _, err := desk.Roster(t.Context(), testbed.As(access.Township), list, 0, 1)
		if err != nil || h.State != roster.Unreadable || !strings.Contains(h.Fault, "文件已损坏") {
			t.Errorf("%s %q, %v", h.State, h.Fault, err)
		}
		if err := desk.ConfirmRoster(t.Context(), testbed.As(access.Township), list); fault.Of(err) != fault.Refused {
			t.Errorf("confirmed an unreadable list: %v", err)
		}
		if err := desk.DropRoster(t.Context(), testbed.As(access.Township), list); err != nil {
			t.Error(err)
		}
	})
}

func TestADroppedListStoresNothing(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		file, _ := shared(t, roster.Suspected)
		desk, list := hand(t, o, roster.Suspected, bytes.NewReader(file))
		if err := desk.DropRoster(t.Context(), testbed.As(access.Township), list); err != nil {
			t.Fatal(err)
		}
		if err := desk.ConfirmRoster(t.Context(), testbed.As(access.Township), list); fault.Of(err) != fault.Refused {
			t.Errorf("confirmed a dropped list: %v", err)
		}
		if err := desk.StoreRoster(t.Context(), access.Program(), list); err != nil {
			t.Error(err)
		}
		if n := len(people(t, desk, roster.Suspected)); n != 0 {
			t.Errorf("%d people listed", n)
		}
	})
}

func TestRejectedLinesComeBackCorrected(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		file, planted := shared(t, roster.Expired)
		desk, list := hand(t, o, roster.Expired, bytes.NewReader(file))
		var back bytes.Buffer
		if err := desk.WriteRejected(t.Context(), testbed.As(access.Township), list, &back); err != nil {
			t.Fatal(err)
		}
		_, again := hand(t, o, roster.Expired, bytes.NewReader(back.Bytes()))
		report, _, err := desk.RosterReport(t.Context(), testbed.As(access.Township), again)
		duplicates := 0
		for _, d := range planted {
			if d == "duplicate" {
				duplicates++
			}
		}
		if err != nil || report.Good != 0 || len(report.Rejected) != len(planted)-duplicates {
			t.Errorf("sent back uncorrected: %d good, %d rejected of %d, %v", report.Good, len(report.Rejected), len(planted), err)
		}
		var out bytes.Buffer
		if err := desk.ExportListed(t.Context(), testbed.As(access.Township), fieldwork.ListedFilter{Kind: roster.Expired}, sheet.Out{To: &out, As: sheet.XLSX}); err != nil || out.Len() == 0 {
			t.Errorf("exported %s bytes: %v", strconv.Itoa(out.Len()), err)
		}
	})
}

// breaking gives some bytes and then fails, as a line that goes dead.
type breaking struct{ left int }

func (b *breaking) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, errors.New("the line went dead")
	}
	n := min(b.left, len(p))
	b.left -= n
	return n, nil
}

func TestAnUploadThatBreaksLeavesNothing(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		dir, clerk := t.TempDir(), testbed.As(access.Township)
		folder, err := files.Open(dir, o.Keys)
		if err != nil {
			t.Fatal(err)
		}
		desk := fieldwork.New(o.DB, folder)
		paper := fieldwork.Paper{Kind: roster.Expired, Region: testbed.Township, Name: "名单.xlsx", File: &breaking{100_000}}
		if _, err := desk.UploadRoster(t.Context(), clerk, paper); err == nil {
			t.Error("half a file was taken")
		}
		for _, p := range []fieldwork.Paper{
			{Kind: "other", Region: testbed.Township, Name: "a", File: strings.NewReader("a")},
			{Kind: roster.Expired, Region: testbed.Village, Name: "a", File: strings.NewReader("a")},
			{Kind: roster.Expired, Region: testbed.Township, Name: "a"},
		} {
			if _, err := desk.UploadRoster(t.Context(), clerk, p); fault.Of(err) != fault.Invalid {
				t.Errorf("%+v: %v", p, err)
			}
		}
		lists, _, err := desk.Rosters(t.Context(), clerk, "", fieldwork.Page{Limit: 10})
		if err != nil || len(lists) != 0 {
			t.Errorf("%d lists, %v", len(lists), err)
		}
		if left, err := filepath.Glob(filepath.Join(dir, "*", "*")); err != nil || len(left) != 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}

// No list tells of which day it is: who is marked as poor no more, because a support ended or somebody took the mark off, is not marked again by any.
func TestAListMarksNobodyPoorAgain(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		lifted, never := o.Person(t), o.Person(t)
		for i, poor := range []bool{true, false} {
			o.Update(t, access.Clerk, func(tx *store.Tx) error {
				was, err := tx.Person(lifted.ID)
				if err != nil {
					return err
				}
				now := was
				now.Poor = poor
				return tx.SavePerson([]access.Act{access.PersonEdit, access.HouseholdEdit}[i], was, now)
			})
		}
		var file bytes.Buffer
		err := sheet.WriteXLSX(&file, sheet.Table{Name: "名单", Columns: sheet.Columns("姓名", "残疾人证号", "有效期止", "村（社区）", "是否建档立卡"), Rows: sheet.Rows([][]string{
			{lifted.Name, card(lifted), "2019-09-17", "风平村", "是"}, {never.Name, card(never), "2019-09-17", "风平村", "是"}})})
		if err != nil {
			t.Fatal(err)
		}
		desk, list := hand(t, o, roster.Expired, &file)
		enter(t, desk, list)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			for _, p := range []person.Person{lifted, never} {
				if got, err := tx.Person(p.ID); err != nil || got.Poor != (p.ID == never.ID) {
					t.Errorf("%s is poor: %v, %v", p.Name, got.Poor, err)
				}
			}
			return nil
		})
	})
}

// TestTheNumberBeforeACorrectionEntersNobodyTwice hands lists in with the number that somebody had before, as the same and as another, until the other is found.
func TestTheNumberBeforeACorrectionEntersNobodyTwice(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := o.Person(t)
		now := o.Renumber(t, p, person.MakeNumber("533199", "1961-05-04", 906))
		desk, list := hand(t, o, roster.Suspected, small(t, "身份证号", []string{p.Name, string(p.Number), "", "风平村", "13811112222"}))
		enter(t, desk, list)
		_, late, err := desk.RosterReport(t.Context(), testbed.As(access.Township), list)
		if err != nil || len(late) != 1 || late[0].Reason != roster.Corrected || !strings.Contains(late[0].Message, now.Number.Masked()) || strings.Contains(late[0].Message, string(now.Number)) {
			t.Fatalf("%+v %v", late, err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			if _, who, err := tx.Identity(p.Number); err != nil || who != "" {
				t.Errorf("the number before was entered for %q: %v", who, err)
			}
			before, err := tx.FormersOf(now)
			if err != nil {
				return err
			}
			before[0].Apart, before[0].Reason = true, "两人户口簿已核对"
			return tx.SaveFormer(now, before[0])
		})
		desk, list = hand(t, o, roster.Suspected, small(t, "身份证号", []string{"真正的人", string(p.Number), "", "风平村", "13811112223"}))
		enter(t, desk, list)
		if h, _, err := desk.Roster(t.Context(), testbed.As(access.Township), list, 0, 1); err != nil || h.Added != 1 {
			t.Errorf("the true holder: %+v %v", h, err)
		}
	})
}
