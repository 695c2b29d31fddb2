package card

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
)

// aCode is a code as a card may bear it.
func aCode(t *rapid.T) Code {
	word := rapid.StringMatching(`[\p{Han}·A-Za-z0-9 ]{0,20}`)
	return Code{"533103", certificate.Number(rapid.StringMatching(`[0-9X]{20}(B[0-9])?`).Draw(t, "number")), word.Draw(t, "name"), word.Draw(t, "sex"), day.Day("1961-05-04"),
		word.Draw(t, "category"), certificate.Level(rapid.StringMatching(`[1-4]`).Draw(t, "level")), "2026-11-27", "2036-11-26", word.Draw(t, "issuer"),
		rapid.StringMatching(`[A-Za-z0-9_-]{22}`).Draw(t, "seed")}
}

func TestACodeReadsBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, signature := aCode(t), rapid.SliceOfN(rapid.Byte(), 1, 80).Draw(t, "signature")
		text := Signed{Message: c.Message("k1"), Signature: signature}.Text()
		for _, read := range []string{text, "https://card.example/verify#" + text, text[:40] + "\n " + text[40:]} {
			got, err := ReadCode(read)
			if err != nil || got.Code != c || got.Key != "k1" || !bytes.Equal(got.Signature, signature) || !bytes.Equal(got.Message, c.Message(got.Key)) {
				t.Fatalf("%q reads as %+v, %v", read, got, err)
			}
		}
	})
}

func TestALineInAFieldMovesNoOther(t *testing.T) {
	t.Parallel()
	c := Code{Name: "甲\n乙", Issuer: "丙\n"}
	got, err := ReadCode(Signed{Message: c.Message("k")}.Text())
	if err != nil || got.Code.Name != "甲 乙" || got.Code.Issuer != "丙 " {
		t.Errorf("%+v, %v", got, err)
	}
}

func FuzzReadCode(f *testing.F) {
	good := Signed{Message: Code{Number: "53319919610504001X44", Name: "测试甲", Seed: "s"}.Message("k"), Signature: []byte{1}}.Text()
	for _, s := range []string{good, "", "HEFA1.", "HEFA1..", "HEFA1.a.b", "https://x/verify#" + good, strings.Repeat("HEFA1.", 500)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ReadCode(text)
		if err != nil {
			if fault.Of(err) != fault.Invalid {
				t.Fatalf("%v", err)
			}
			return
		}
		again, err := ReadCode(s.Text())
		if err != nil || again.Code != s.Code || !bytes.Equal(again.Message, s.Message) {
			t.Fatalf("%+v became %+v, %v", s, again, err)
		}
	})
}
