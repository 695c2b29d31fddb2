package region_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/region"
)

func villages(t testing.TB, within region.Code) []region.Region {
	t.Helper()
	var out []region.Region
	for r, err := range region.Within(within) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Code.Level() == region.Village {
			out = append(out, r)
		}
	}
	return out
}

// 风平镇 of 芒市 has 风平村, 帕底村, … and one community, 兴侨社区.
func TestMatchFindsWhatClerksWrite(t *testing.T) {
	t.Parallel()
	township := villages(t, "533103105")
	for text, want := range map[string]region.Code{
		"风平村民委员会":    "533103105201",
		"风平村":        "533103105201",
		"风平村委会":      "533103105201",
		"风平村委":       "533103105201",
		"风平":         "533103105201",
		"风平社区":       "533103105201", // became a community
		"风平镇风平村":     "533103105201",
		"风平镇风平":      "533103105201",
		"风平风平村":      "533103105201",
		"芒市风平镇风平村委会": "533103105201",
		"云南省德宏州芒市风平镇风平村民委员会": "533103105201",
		"芒市风平村":          "533103105201",
		"风 平　村":          "533103105201",
		"帕底村3组":          "533103105203",
		"帕底村３组":          "533103105203",
		"帕底村（3组）":        "533103105203",
		"帕底村第三村民小组":      "533103105203",
		"帕底三组":           "533103105203",
		"帕底村3组12号":       "533103105203",
		"帕底村委会芒蚌小组":      "533103105203",
		"风平镇帕底村民委员会 下帕底": "533103105203",
		"风平村委会帕底寨":       "533103105201", // a hamlet of 风平, whatever it is called
		"兴侨社区":           "533103105001",
		"兴侨":             "533103105001",
		"兴侨居委会":          "533103105001",
		"兴侨社区居委会":        "533103105001",
		"兴侨村":            "533103105001",
		"风平镇人民政府兴侨社区":    "533103105001",
		"":               "",
		"村":              "",
		"3组":             "",
		"风平镇":            "",
		"风平镇3组":          "",
		"帕":              "",
		"底村":             "",
		"遮放镇风平村":         "", // another township
		"遮放村":            "",
		"芒市":             "",
		"无":              "",
		"帕底组":            "", // perhaps a hamlet
		"533103105201":   "",
	} {
		got, ok := region.NewMatcher(township).Match(text)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", text, got, ok, want)
		}
	}
}

func TestMatchInACountyHoldsToTheTownship(t *testing.T) {
	t.Parallel()
	m := region.NewMatcher(villages(t, "533103"))
	for text, want := range map[string]region.Code{
		"帕底村":     "533103105203",
		"风平镇帕底村":  "533103105203",
		"遮放镇帕底村":  "",
		"帕底村委会3组": "533103105203",
	} {
		if got, ok := m.Match(text); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", text, got, ok, want)
		}
	}
}

// Made-up places in a made-up county, so that the names come from the list alone.
func TestMatchPrefersTheStricterReading(t *testing.T) {
	t.Parallel()
	places := []region.Region{
		{Code: "533199", Name: "和县"}, {Code: "533199001", Name: "和县东湖街道"}, {Code: "533199101", Name: "山后德昂族傣族乡"}, {Code: "533199400", Name: "红旗农场"},
		{Code: "533199001001", Name: "和平社区居民委员会"}, {Code: "533199001201", Name: "和平村民委员会"}, {Code: "533199001202", Name: "东村民委员会"},
		{Code: "533199001203", Name: "东村村民委员会"}, {Code: "533199001204", Name: "新村村委会"}, {Code: "533199001205", Name: "湖畔社区居委会"},
		{Code: "533199001206", Name: "湖畔居委会"}, {Code: "533199001207", Name: "花园Ａ区社区"}, {Code: "533199101201", Name: "和平村委会"},
		{Code: "533199101202", Name: "光明嘎查"}, {Code: "533199400498", Name: "一连生活区"}, {Code: "533199400001", Name: "社区"},
	}
	for text, want := range map[string]region.Code{
		"和平社区":          "533199001001",
		"和平村":           "", // in two townships
		"和平":            "",
		"东湖街道和平村":       "533199001201",
		"东湖街道办事处和平村":    "533199001201",
		"东湖办事处和平村":      "533199001201",
		"和县东湖街道和平社区居委会": "533199001001",
		"东湖街道和平":        "", // village or community
		"山后德昂族傣族乡和平村":   "533199101201",
		"山后乡和平村":        "533199101201",
		"山后德昂族乡和平村":     "533199101201",
		"山后和平村":         "533199101201",
		"山后乡和平社区":       "533199101201",
		"东村民委员会":        "533199001202",
		"东村村民委员会":       "533199001203",
		"东村村委会":         "533199001203",
		"东村委会":          "533199001202",
		"东村":            "", // 东 + 村 or 东村
		"新村":            "533199001204",
		"新村3组":          "533199001204",
		"新":             "",
		"湖畔社区":          "", // two of the kind
		"湖畔居委会":         "533199001206",
		"花园a区":          "533199001207",
		"花园A区社区":        "533199001207",
		"光明村":           "533199101202",
		"光明嘎查":          "533199101202",
		"山后乡光明嘎查村委会":    "533199101202",
		"一连生活区":         "533199400498",
		"红旗农场管委会一连生活区":  "533199400498",
		"红旗农场一连生活区5号":   "533199400498",
		"红旗农场社区":        "533199400001",
		"红旗农场和平村":       "",
	} {
		if got, ok := region.NewMatcher(places).Match(text); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", text, got, ok, want)
		}
	}
}

func TestMatchAmongNothingFindsNothing(t *testing.T) {
	t.Parallel()
	if got, ok := region.NewMatcher(nil).Match("风平村"); ok {
		t.Errorf("found %s", got)
	}
}

// Each official name finds its own village in its own township, and no ornament leads to another.
func TestMatchNeverTakesAnotherVillage(t *testing.T) {
	t.Parallel()
	places := map[region.Code][]region.Region{}
	for _, v := range slices.Concat(villages(t, "5331"), villages(t, "4113")) {
		places[v.Code.Township()] = append(places[v.Code.Township()], v)
	}
	for _, township := range places {
		m := region.NewMatcher(township)
		for _, v := range township {
			if got, ok := m.Match(v.Name); !ok || got != v.Code {
				t.Errorf("%s %s: %q, %v", v.Code, v.Name, got, ok)
			}
		}
	}
	mangshi := villages(t, "533103105")
	m := region.NewMatcher(mangshi)
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom(mangshi).Draw(t, "village")
		before := rapid.SampledFrom([]string{"", " ", "风平镇", "芒市风平镇", "云南省芒市 风平镇", "风平"}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", "　", "3组", "第十二村民小组", "（二组）", "5社8号"}).Draw(t, "after")
		stem := strings.TrimSuffix(strings.TrimSuffix(v.Name, "民委员会"), "居")
		name := rapid.SampledFrom([]string{v.Name, stem, strings.TrimSuffix(v.Name, "民委员会") + "委会"}).Draw(t, "name")
		if got, ok := m.Match(before + name + after); !ok || got != v.Code {
			t.Fatalf("%q: %q, %v; want %s %s", before+name+after, got, ok, v.Code, v.Name)
		}
	})
}

func FuzzMatch(f *testing.F) {
	f.Add("风平镇帕底村３组")
	f.Add("村社区居委会")
	m := region.NewMatcher(villages(f, "533103"))
	f.Fuzz(func(t *testing.T, text string) {
		if code, ok := m.Match(text); ok != (code != "") || ok && !region.Code("533103").Contains(code) {
			t.Errorf("%q: %q, %v", text, code, ok)
		}
	})
}

func BenchmarkMatchInACounty(b *testing.B) {
	m := region.NewMatcher(villages(b, "533103"))
	b.ReportAllocs()
	for b.Loop() {
		if _, ok := m.Match("风平镇帕底村3组"); !ok {
			b.Fatal("not found")
		}
	}
}
