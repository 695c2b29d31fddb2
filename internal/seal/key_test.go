package seal_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/seal"
)

var suites = []seal.Suite{seal.National, seal.International}

func key(t testing.TB, s seal.Suite, id string) *seal.Key {
	t.Helper()
	size := map[seal.Suite]int{seal.National: 16, seal.International: 32}[s]
	k, err := seal.NewKey(id, s, []byte(strings.Repeat("k", size)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestWhatIsSealedComesBackAndShowsNothing(t *testing.T) {
	t.Parallel()
	for _, s := range suites {
		k := key(t, s, "00000001")
		rapid.Check(t, func(t *rapid.T) {
			clear := rapid.String().Draw(t, "clear")
			kept := k.Seal(clear)
			if got, err := k.Open(kept); clear != "" && (err != nil || got != clear) {
				t.Fatalf("%q came back as %q, %v", clear, got, err)
			}
			if len(clear) > 3 && strings.Contains(kept, clear) || clear != "" && k.Seal(clear) == kept {
				t.Fatalf("%q is kept as %q", clear, kept)
			}
		})
	}
}

func TestASealedTextThatWasChangedIsRefused(t *testing.T) {
	t.Parallel()
	for _, s := range suites {
		k := key(t, s, "00000001")
		kept := k.Seal("533199196105040011")
		for i := range kept {
			changed := []byte(kept)
			changed[i] ^= 1
			if got, err := k.Open(string(changed)); err == nil {
				t.Errorf("%s: byte %d changed and it opened as %q", s, i, got)
			}
		}
		if _, err := key(t, s, "00000002").Open(kept); err == nil {
			t.Error("another key opened it")
		}
	}
}

func TestKeyOfKnowsClearTextsFromSealedOnes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "533199196105040011": "", `{"a":1}`: "", "# 3 号楼 # 1": "", "#2号楼": "", key(t, seal.National, "abcd1234").Seal("x"): "abcd1234",
	} {
		if got, ok := seal.KeyOf(text); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	}
}

func TestLookupIsTheSameForTheSameNumberOnly(t *testing.T) {
	t.Parallel()
	for _, s := range suites {
		x, other := seal.NewIndex(s, []byte("one")), seal.NewIndex(s, []byte("other"))
		a := x.Lookup("533199196105040011")
		if len(a) != 22 || a != x.Lookup("533199196105040011") {
			t.Errorf("%s: %q", s, a)
		}
		if a == x.Lookup("53319919610504001X") || a == other.Lookup("533199196105040011") {
			t.Errorf("%s: two numbers or two keys give one index", s)
		}
	}
}

// TestSM3IsTheStandards compares with the examples of GB/T 32905-2016, appendix A.
func TestSM3IsTheStandards(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"abc":                      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
		strings.Repeat("abcd", 16): "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
	} {
		if got := hex.EncodeToString(seal.National.Sum([]byte(text))); got != want {
			t.Errorf("SM3(%q) = %s", text, got)
		}
	}
}

func TestASignatureHoldsForItsMessageAndKeyOnly(t *testing.T) {
	t.Parallel()
	for _, s := range suites {
		a, err := seal.MakeSigner("sign0001", s)
		if err != nil {
			t.Fatal(err)
		}
		b, err := seal.MakeSigner("sign0002", s)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Public) != 65 || bytes.Equal(a.Public, b.Public) {
			t.Errorf("%s: public keys %x and %x", s, a.Public, b.Public)
		}
		signature, err := a.Sign([]byte("head"))
		if err != nil {
			t.Fatal(err)
		}
		if err := seal.VerifySignature(s, a.Public, []byte("head"), signature); err != nil {
			t.Errorf("%s: %v", s, err)
		}
		if seal.VerifySignature(s, a.Public, []byte("Head"), signature) == nil || seal.VerifySignature(s, b.Public, []byte("head"), signature) == nil {
			t.Errorf("%s: a signature holds for another message or key", s)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	for _, s := range suites {
		k, x := key(b, s, "00000001"), seal.NewIndex(s, []byte("index"))
		const number = "533199196105040011"
		kept := k.Seal(number)
		for name, do := range map[string]func(){
			"seal": func() { k.Seal(number) }, "open": func() { _, _ = k.Open(kept) }, "lookup": func() { x.Lookup(number) },
		} {
			b.Run(string(s)+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					do()
				}
			})
		}
	}
}
