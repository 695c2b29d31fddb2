package region_test

import (
	"slices"
	"strings"
	"testing"

	"hefa/internal/region"
)

func names(t testing.TB, prefix region.Code, level region.Level) []string {
	t.Helper()
	var out []string
	for r, err := range region.Within(prefix) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Code.Level() == level {
			out = append(out, string(r.Code)+r.Name)
		}
	}
	return out
}

// The counts are those of china-division 2.7.0 (state of 2023-06-30) and the two local units.
func TestEveryPlaceIsThereOnceAfterItsParent(t *testing.T) {
	t.Parallel()
	edition, err := region.Bound()
	if err != nil {
		t.Fatal(err)
	}
	if want := [...]int{0, 31, 342, 2978 + 2, 41352, 620573}; edition.Counts != want {
		t.Errorf("the head counts %v, want %v", edition.Counts, want)
	}
	var counts [region.Village + 1]int
	var last region.Code
	parents := map[region.Code]bool{"": true}
	for r, err := range region.All() {
		if err != nil {
			t.Fatal(err)
		}
		level := r.Code.Level()
		if r.Code <= last || !r.Code.Valid() || !parents[r.Code.Parent()] {
			t.Fatalf("%v after %s", r, last)
		}
		if r.Name == "" || strings.TrimSpace(r.Name) != r.Name {
			t.Errorf("%s has the name %q", r.Code, r.Name)
		}
		if level < region.Village {
			parents[r.Code] = true
		}
		counts[level]++
		last = r.Code
	}
	if counts != edition.Counts {
		t.Errorf("All yields %v, the head says %v", counts, edition.Counts)
	}
}

func TestBoundNamesItsSource(t *testing.T) {
	t.Parallel()
	edition, err := region.Bound()
	if err != nil {
		t.Fatal(err)
	}
	const want = "china-division 2.7.0 sha256:210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85 2023-06-30"
	if edition.Source != want {
		t.Errorf("source %q", edition.Source)
	}
}

// rules.md §2.4; the statistical office writes the city before the names of the street and the farm.
func TestMangshiHasItsThirteenTownships(t *testing.T) {
	t.Parallel()
	want := []string{
		"533103001芒市勐焕街道", "533103101芒市镇", "533103102遮放镇", "533103103勐戛镇", "533103104芒海镇", "533103105风平镇", "533103201轩岗乡",
		"533103202江东乡", "533103203西山乡", "533103204中山乡", "533103205三台山德昂族乡", "533103206五岔路乡", "533103400芒市遮放农场",
	}
	if got := names(t, "533103", region.Township); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestNanyangHasItsCountiesZonesAndLocalUnits(t *testing.T) {
	t.Parallel()
	want := []string{
		"411302宛城区", "411303卧龙区", "411321南召县", "411322方城县", "411323西峡县", "411324镇平县", "411325内乡县", "411326淅川县", "411327社旗县",
		"411328唐河县", "411329新野县", "411330桐柏县", "411371南阳高新技术产业开发区", "411372南阳市城乡一体化示范区", "411381邓州市",
		"411398官庄工区", "411399鸭河工区",
	}
	if got := names(t, "4113", region.County); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if got := len(names(t, "4113", region.Township)); got != 256 {
		t.Errorf("%d townships, want 256", got)
	}
	for r, err := range region.Within("4113") {
		if local := r.Code == "411398" || r.Code == "411399"; err != nil || r.Local != local {
			t.Errorf("%v, %v", r, err)
		}
	}
}

func TestCitiesWithoutCountiesHaveAnEntryBetween(t *testing.T) {
	t.Parallel()
	for prefix, want := range map[region.Code]string{
		"1101": "1101市辖区", "4419": "441900东莞市", "4420": "442000中山市", "4604": "460400儋州市", "6202": "620201嘉峪关市", "429004": "429004仙桃市", "4290": "4290省直辖县级行政区划",
	} {
		found := false
		for r, err := range region.Within(prefix) {
			found = found || err == nil && string(r.Code)+r.Name == want
		}
		if !found {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestWithinIsThePartOfAllThatBeginsWithThePrefix(t *testing.T) {
	t.Parallel()
	all := map[region.Code][]region.Region{}
	prefixes := []region.Code{"53", "11", "5331", "1101", "4113", "533103", "533103105", "533103105203", "411398", "5331031", "99", "533199"}
	for r, err := range region.All() {
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range prefixes {
			if p.Contains(r.Code) {
				all[p] = append(all[p], r)
			}
		}
	}
	for _, p := range prefixes {
		var got []region.Region
		for r, err := range region.Within(p) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, r)
		}
		if !slices.Equal(got, all[p]) {
			t.Errorf("%q: %d places, want %d", p, len(got), len(all[p]))
		}
	}
}

func TestAReaderMayStopEarly(t *testing.T) {
	t.Parallel()
	n := 0
	for range region.All() {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("%d places", n)
	}
}

// Two names hold a character of the private use area, as the source has them; papers cannot print those. A third must be looked at.
func TestNamesCanBePrinted(t *testing.T) {
	t.Parallel()
	known := map[region.Code]bool{"420684103229": true, "450681101201": true}
	for r, err := range region.All() {
		if err != nil {
			t.Fatal(err)
		}
		private := strings.ContainsFunc(r.Name, func(c rune) bool { return c < ' ' || c >= 0xe000 && c <= 0xf8ff || c == '\ufffd' })
		if private != known[r.Code] {
			t.Errorf("%s %q", r.Code, r.Name)
		}
	}
}

func BenchmarkAll(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range region.All() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkWithinACounty(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range region.Within("533103") {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
