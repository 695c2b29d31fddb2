package person

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/day"
)

func TestNumbersAreJudgedAsTheStandardSays(t *testing.T) {
	t.Parallel()
	tests := []struct {
		number Number
		want   Flaw
	}{
		{"11010519491231002X", ""},       // example of GB 11643-1999
		{"440524188001010014", ""},       // example of GB 11643-1999
		{"123456197011110017", ""},       // the sequence of 办法 art. 5 with the right check character
		{"123456197011110013", Checksum}, // as 办法 art. 5 prints it (rules.md §2.1, trap)
		{"110105194912310029", Checksum},
		{"", Length},
		{"11010519491231002", Length},
		{"11010519491231002X1", Length},
		{"１10105194912310", Length}, // 17 bytes
		{"11010519491231002x", Digits},
		{"1101051949123100X2", Digits},
		{"O1010519491231002X", Digits},
		{"11010519491231002\xe9", Digits}, // half a character
		{"110105194902290029", Born},      // 1949 is no leap year
		{"110105194913310029", Born},
		{"110105194900100029", Born},
		{"110105187912310025", Born}, // before 1880
		{"110105210101010025", Born}, // after 2100
		{"110105000001010025", Born},
	}
	for _, tt := range tests {
		if got := tt.number.Check(); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.number, got, tt.want)
		}
	}
}

func TestNumberTellsBirthAndSex(t *testing.T) {
	t.Parallel()
	tests := []struct {
		number Number
		birth  day.Day
		sex    Sex
	}{
		{"11010519491231002X", "1949-12-31", Female},
		{"440524188001010014", "1880-01-01", Male},
		{"11010519490231002X", "", Female},
		{"1101051949123", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		if tt.number.Birth() != tt.birth || tt.number.Sex() != tt.sex {
			t.Errorf("%q: born %q, %q", tt.number, tt.number.Birth(), tt.number.Sex())
		}
	}
}

func TestMaskHidesBirthAndSequence(t *testing.T) {
	t.Parallel()
	for n, want := range map[Number]string{"11010519491231002X": "110105**********2X", "12345678": "********", "123456789": "123456*89", "": ""} {
		if got := n.Masked(); got != want {
			t.Errorf("%q is shown as %q, want %q", n, got, want)
		}
	}
}

// number draws a sound number.
func number(t *rapid.T) Number {
	birth := day.New(1880, 1, 1).Add(rapid.IntRange(0, 80_000).Draw(t, "birth"))
	return MakeNumber("533199", birth, rapid.IntRange(0, 999).Draw(t, "sequence"))
}

func TestMadeNumbersAreSoundAndTellWhatTheyAreMadeOf(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		birth := day.New(1880, 1, 1).Add(rapid.IntRange(0, 80_000).Draw(t, "birth"))
		sequence := rapid.IntRange(0, 999).Draw(t, "sequence")
		n := MakeNumber("533199", birth, sequence)
		want := Female
		if sequence%2 == 1 {
			want = Male
		}
		if n.Check() != "" || n.Birth() != birth || n.Sex() != want || !strings.HasPrefix(string(n), "533199") {
			t.Fatalf("%s: %q, born %s, %s", n, n.Check(), n.Birth(), n.Sex())
		}
	})
}

func TestOneWrongPositionIsFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := number(t)
		b := []byte(n)
		i := rapid.IntRange(0, 17).Draw(t, "position")
		b[i] = rapid.SampledFrom([]byte("0123456789Xx ")).Draw(t, "typed")
		if got := Number(b); got != n && got.Check() == "" {
			t.Fatalf("%s passes for %s", got, n)
		}
	})
}

func TestTwoNeighboursExchangedAreFound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := number(t)
		b := []byte(n)
		i := rapid.IntRange(0, 16).Draw(t, "position")
		b[i], b[i+1] = b[i+1], b[i]
		if got := Number(b); got != n && got.Check() == "" {
			t.Fatalf("%s passes for %s", got, n)
		}
	})
}

// FuzzNumber shows that no text breaks a number, and that what passes can be made again of its parts.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"11010519491231002X", "440524188001010014", "", "11010519490229002X", "１１０105", "5.3320e+19"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := Number(s)
		if len(n.Masked()) != len(s) {
			t.Errorf("%q is masked as %q", s, n.Masked())
		}
		_ = n.Sex()
		if n.Check() != "" {
			return
		}
		sequence := int(s[14]-'0')*100 + int(s[15]-'0')*10 + int(s[16]-'0')
		if again := MakeNumber(s[:6], n.Birth(), sequence); again != n {
			t.Errorf("%s made again is %s", n, again)
		}
	})
}
