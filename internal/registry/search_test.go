package registry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/registry"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// found is the names of everybody whom a search finds, page by page of one.
func found(t *testing.T, o *testbed.Office, f registry.PeopleFilter) []string {
	t.Helper()
	var out []string
	for f.Limit = 1; ; {
		got, err := registry.New(o.DB, o.Files).SearchPeople(t.Context(), testbed.As(access.Township), f)
		if err != nil {
			t.Fatalf("%+v: %v", f, err)
		}
		for _, p := range got.People {
			out = append(out, p.Name)
		}
		if f.After = got.Next; f.After == "" || len(out) > 20 {
			slices.Sort(out)
			return out
		}
	}
}

func TestOneBoxFindsPeopleByWhateverIsKnown(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		shan := named(t, o, "单小花", 1)
		named(t, o, "傅小花小花", 2)
		yan := named(t, o, "岩罕·保明", 3)
		held := o.Certificate(t, shan, "2030-01-01")
		kase := o.Case(t, yan, application.Submitted)
		kase.No = "533103-2020-7"
		o.Update(t, access.Township, func(tx *store.Tx) error { return tx.SaveApplication(access.ApplicationAccept, kase.State, kase, "") })
		yan.Phone, yan.Guardian.Phone, yan.Version = "0692-2123456", "13900007777", 1
		o.Update(t, access.Township, func(tx *store.Tx) error { return tx.SavePerson(access.PersonEdit, yan, yan) })
		village := placeName(t, o)
		for q, want := range map[string][]string{
			"单小": {"单小花"}, "shanxiao": {"单小花"}, "Shan Xiaohua": {"单小花"}, "danxiao": nil, "sxh": {"单小花"}, "xiaohua": {"傅小花小花", "单小花"},
			"小花": {"傅小花小花", "单小花"}, "花小": {"傅小花小花"}, "付小": {"傅小花小花"}, "傅小": {"傅小花小花"}, "罕保": {"岩罕·保明"}, "罕·保": {"岩罕·保明"},
			"保明": {"岩罕·保明"}, "06922123456": {"岩罕·保明"}, "0692-2123456": {"岩罕·保明"}, "13900007777": {"岩罕·保明"}, "13900007778": nil,
			string(held.Number): {"单小花"}, string(shan.Number): {"单小花"}, "533103-2020-7": {"岩罕·保明"}, "533103-2020-8": nil,
			village: {"傅小花小花", "单小花", "岩罕·保明"}, "·": nil, "": nil, "%": nil,
		} {
			if got := found(t, o, registry.PeopleFilter{Q: q}); !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q", q, got, want)
			}
		}
		yan.Phone, yan.Name, yan.Version = "", "岩新·保明", 2
		o.Update(t, access.Township, func(tx *store.Tx) error { return tx.SavePerson(access.PersonEdit, yan, yan) })
		for q, n := range map[string]int{"06922123456": 0, "罕保": 0, "新保": 1, "13900007777": 1} {
			if got := found(t, o, registry.PeopleFilter{Q: q}); len(got) != n {
				t.Errorf("after the change %q finds %q", q, got)
			}
		}
	})
}

// placeName is the name of the test village.
func placeName(t *testing.T, o *testbed.Office) (name string) {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) error {
		r, err := tx.Region(testbed.Village)
		name = r.Name
		return err
	})
	return name
}

func TestPeopleAreNarrowedByTheirCertificateAndAge(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := o.Born(t, "1961-05-04")
		o.Certificate(t, p, "2030-01-01")
		named(t, o, "单小花", 1) // born in 1970, without a certificate
		age := p.Birth.Age(o.Today())
		for i, c := range []struct {
			f    registry.PeopleFilter
			want int
		}{
			{registry.PeopleFilter{State: certificate.Valid}, 1}, {registry.PeopleFilter{State: certificate.Lost}, 0},
			{registry.PeopleFilter{Category: certificate.Physical, Level: certificate.Third}, 1}, {registry.PeopleFilter{Category: certificate.Physical, Level: certificate.First}, 0},
			{registry.PeopleFilter{From: "2030-01-01", To: "2030-01-01"}, 1}, {registry.PeopleFilter{From: "2030-01-02"}, 0}, {registry.PeopleFilter{To: "2029-12-31"}, 0},
			{registry.PeopleFilter{AgeMin: age}, 1}, {registry.PeopleFilter{AgeMin: age + 1}, 0}, {registry.PeopleFilter{AgeMin: age, AgeMax: age}, 1},
			{registry.PeopleFilter{AgeMax: age - 1}, 1}, {registry.PeopleFilter{AgeMin: 1}, 2}, {registry.PeopleFilter{Poor: true}, 0},
			{registry.PeopleFilter{Q: "单", AgeMin: age}, 0}, {registry.PeopleFilter{Region: testbed.Village}, 0},
		} {
			if got := found(t, o, c.f); len(got) != c.want {
				t.Errorf("%d: %+v finds %q", i, c.f, got)
			}
		}
		for _, f := range []registry.PeopleFilter{{AgeMin: -1}, {AgeMin: 151}, {AgeMin: 20, AgeMax: 10}, {From: "2030-01-02", To: "2030-01-01"}} {
			if _, err := registry.New(o.DB, o.Files).SearchPeople(t.Context(), testbed.As(access.Township), f); fault.Of(err) != fault.Invalid {
				t.Errorf("%+v is taken: %v", f, err)
			}
		}
	})
}

// Of a pair of characters that are often confused either finds the other, at the beginning of a name and within it, page by page of one.
func TestEitherOfTwoConfusedCharactersFindsTheOther(t *testing.T) {
	t.Parallel()
	pairs := []string{"傅付", "阎闫", "萧肖", "戴代", "邱丘", "蓝兰", "锺钟", "鍾钟", "候侯", "於于", "裴斐", "佘余", "甯宁", "寗宁", "喆哲", "堃坤", "珮佩", "暐炜", "昇升", "陞升",
		"峯峰", "喦岩"}
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		for i, pair := range pairs {
			two := []rune(pair)
			rare, common, rest := string(two[0]), string(two[1]), string(rune('一'+i*7))+"丽"
			first, second := named(t, o, rare+rest, 2*i+1).Name, named(t, o, common+rest, 2*i+2).Name
			want := []string{first, second}
			slices.Sort(want)
			for _, q := range []string{rare + rest, common + rest, rare + rest[:3]} {
				if got := found(t, o, registry.PeopleFilter{Q: q}); !slices.Equal(got, want) {
					t.Errorf("%q finds %q, want %q", q, got, want)
				}
			}
		}
		named(t, o, "王肖春", 901)
		named(t, o, "王萧春", 902)
		for _, q := range []string{"王肖", "王萧", "萧春", "肖春", "王·萧"} {
			if got := found(t, o, registry.PeopleFilter{Q: q}); !slices.Equal(got, []string{"王肖春", "王萧春"}) {
				t.Errorf("%q finds %q", q, got)
			}
		}
	})
}

func TestPagesOfASearchJoinWithoutGapOrRepeat(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		for n := range 12 {
			named(t, o, []string{"花小花", "王花花花", "花", "李花小"}[n%4], n+1)
		}
		for q, want := range map[string]int{"花": 12, "花小": 6, "hua": 12, "h": 12, "花花": 3} {
			seen := map[person.ID]bool{}
			for f := (registry.PeopleFilter{Q: q, Limit: 5}); ; {
				got, err := registry.New(o.DB, o.Files).SearchPeople(t.Context(), testbed.As(access.Clerk), f)
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range got.People {
					if seen[p.ID] {
						t.Errorf("%q shows %s twice", q, p.Name)
					}
					seen[p.ID] = true
				}
				if f.After = got.Next; f.After == "" {
					break
				}
			}
			if len(seen) != want {
				t.Errorf("%s", fmt.Sprintf("%q finds %d, want %d", q, len(seen), want))
			}
		}
	})
}

func TestASearchLeavesALineWithoutNumbers(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := registry.New(o.DB, o.Files)
		p := named(t, o, "测试甲", 1)
		held := o.Certificate(t, p, "2030-01-01")
		named(t, o, "测试乙", 2)
		search := func(f registry.PeopleFilter) registry.People {
			t.Helper()
			f.Limit = 1
			got, err := desk.SearchPeople(t.Context(), testbed.As(access.Clerk), f)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		for _, q := range []string{string(p.Number), string(held.Number), "13812345678", string(p.Number[:14]), "测试"} {
			if next := search(registry.PeopleFilter{Q: q}).Next; next != "" {
				search(registry.PeopleFilter{Q: q, After: next}) // the next page is the same search
			}
		}
		search(registry.PeopleFilter{AgeMin: 40})
		search(registry.PeopleFilter{})
		var notes []string
		err := o.DB.View(t.Context(), access.Actor{Account: "a", Name: "a", Role: access.Auditor, Region: testbed.County}, func(tx *store.Tx) error {
			lines, err := tx.Lines(store.AuditFilter{County: testbed.County, Act: access.PersonSearch, Limit: 99})
			for _, l := range lines {
				notes = append(notes, l.Note)
				if l.Account == "" || l.Region != testbed.County {
					t.Errorf("%+v", l)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		all := strings.Join(notes, "\n")
		if len(notes) != 6 || strings.Contains(all, string(p.Birth.Time().Format("20060102"))) || strings.Contains(all, "12345") || !strings.Contains(all, "查找“测试”，这一页 1 人") {
			t.Errorf("%d lines:\n%s", len(notes), all)
		}
	})
}
