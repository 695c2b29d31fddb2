package certificate

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/person"
)

func TestCertificateNumbersAreJudgedByAllTheirPositions(t *testing.T) {
	t.Parallel()
	const id = "11010519491231002X" // example of GB 11643-1999
	tests := []struct {
		number Number
		want   person.Flaw
	}{
		{id + "43", ""},
		{id + "11", ""},
		{id + "74", ""},
		{id + "43B1", ""},
		{id + "43B12", ""},
		{"12345619701111001343", person.Checksum}, // as 办法 art. 5 prints it (rules.md §2.1, trap)
		{"", person.Length},
		{id, person.Length},
		{id + "4", person.Length},
		{"1101051949023100" + "2X" + "43", person.Born},
		{"1101051949123100O" + "X" + "43", person.Digits},
		{id + "03", WrongCategory},
		{id + "83", WrongCategory},
		{id + "93", WrongCategory},
		{id + "X3", WrongCategory},
		{id + "40", WrongLevel},
		{id + "45", WrongLevel},
		{id + "4X", WrongLevel},
		{id + "95", WrongCategory}, // the category comes first
		{id + "43B", WrongSuffix},
		{id + "43B0", WrongSuffix},
		{id + "43B01", WrongSuffix},
		{id + "43b1", WrongSuffix},
		{id + "431", WrongSuffix},
		{id + "43B1\n", WrongSuffix},
		{id + "43B1B2", WrongSuffix},
	}
	for _, tt := range tests {
		if got := tt.number.Check(); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.number, got, tt.want)
		}
	}
}

func TestCertificateNumberIsMadeOfItsParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := person.MakeNumber("533199", day.New(1920, 1, 1).Add(rapid.IntRange(0, 36_000).Draw(t, "birth")), rapid.IntRange(0, 999).Draw(t, "sequence"))
		c := rapid.SampledFrom(Categories).Draw(t, "category")
		l := rapid.SampledFrom(Levels).Draw(t, "level")
		tail := rapid.SampledFrom([]Number{"", "B1", "B23"}).Draw(t, "reissue")
		n := MakeNumber(p, c, l) + tail
		if n.Check() != "" || n.Person() != p || n.Category() != c || n.Level() != l {
			t.Fatalf("%s: %q, %s %s %s", n, n.Check(), n.Person(), n.Category(), n.Level())
		}
		if m := n.Masked(); strings.Contains(m, string(p[6:16])) || !strings.HasSuffix(m, string(n[16:])) || len(m) != len(n) {
			t.Fatalf("%s is shown as %s", n, m)
		}
	})
}

func TestShortNumbersTellNothing(t *testing.T) {
	t.Parallel()
	for _, n := range []Number{"", "1", "11010519491231002", "1101051949123100220"} {
		if len(n) < 18 && n.Person() != "" || n.Category() != "" || n.Level() != "" || strings.Trim(n.Masked(), "*") != "" {
			t.Errorf("%q: %q %q %q %q", n, n.Person(), n.Category(), n.Level(), n.Masked())
		}
	}
}

func TestCategoriesAndLevelsHaveTheirWords(t *testing.T) {
	t.Parallel()
	want := "视力 听力 言语 肢体 智力 精神 多重 一级 二级 三级 四级"
	var got []string
	for _, c := range Categories {
		if !c.Valid() {
			t.Errorf("category %q is not valid", c)
		}
		got = append(got, lang.T(c.Word()))
	}
	for _, l := range Levels {
		if !l.Valid() {
			t.Errorf("level %q is not valid", l)
		}
		got = append(got, lang.T(l.Word()))
	}
	if s := strings.Join(got, " "); s != want {
		t.Errorf("%s, want %s (rules.md §2.1)", s, want)
	}
	for _, s := range []string{"", "0", "8", "11", "a"} {
		if Category(s).Valid() || Level(s).Valid() {
			t.Errorf("%q is valid", s)
		}
	}
	if Level("5").Valid() {
		t.Error("level 5 is valid")
	}
}

// FuzzCertificateNumber shows that no text breaks a number, and that what passes holds a sound identity number.
func FuzzCertificateNumber(f *testing.F) {
	for _, s := range []string{"11010519491231002X43B1", "", "5.3320e+19", "1101051949123100２X43"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Number(s)
		if len(n.Masked()) != len(s) {
			t.Errorf("%q is masked as %q", s, n.Masked())
		}
		if n.Check() == "" && (n.Person().Check() != "" || !n.Category().Valid() || !n.Level().Valid() || !strings.HasPrefix(s, string(MakeNumber(n.Person(), n.Category(), n.Level())))) {
			t.Errorf("%q passes", s)
		}
	})
}

// The count of reissues goes on beyond nine as a number, not as a figure.
func TestReissuesAreCountedBeyondNine(t *testing.T) {
	t.Parallel()
	first := MakeNumber(person.MakeNumber("533199", "1961-05-04", 1), Physical, Third)
	n := first
	for i := 1; i <= 112; i++ {
		n = n.Reissue()
		if want := Number(fmt.Sprintf("%sB%d", first, i)); n != want || n.Check() != "" || !n.Reissued() || n.Exchange(n.Person(), Physical, Third) != n {
			t.Fatalf("the %d-th is %s (%s)", i, n, n.Check())
		}
	}
}
