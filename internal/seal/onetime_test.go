package seal

import (
	"encoding/base32"
	"net/url"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// rfcSecret is the key of the test vectors of RFC 6238, appendix B.
var rfcSecret = base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))

func TestCodesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at   int64
		code string
	}{ // RFC 6238, appendix B, SHA-1; the last six of its eight digits
		{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
	} {
		at := time.Unix(c.at, 0)
		step, ok := MatchCode(rfcSecret, c.code, at, 0)
		if !ok || step != c.at/30 {
			t.Errorf("%s at %d: %v, step %d", c.code, c.at, ok, step)
		}
		if _, ok := MatchCode(rfcSecret, c.code, at, step); ok {
			t.Errorf("%s was taken twice", c.code)
		}
		for shift, want := range map[int64]bool{-60: false, -30: true, 30: true, 60: false, 90: false} {
			if _, ok := MatchCode(rfcSecret, c.code, time.Unix(c.at/30*30+shift, 0), 0); ok != want && c.at > 100 {
				t.Errorf("%s %d seconds off: %v, want %v", c.code, shift, ok, want)
			}
		}
	}
}

func TestWhatIsNoCodeDoesNotMatch(t *testing.T) {
	t.Parallel()
	secret := CodeSecret()
	if len(secret) != 32 || secret == CodeSecret() {
		t.Fatalf("the secret is %q", secret)
	}
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching(`[0-9]{0,5}|[0-9]{7,9}|[a-z０-９]{6}`).Draw(t, "code")
		if _, ok := MatchCode(secret, code, time.Unix(1_700_000_000, 0), 0); ok {
			t.Fatalf("%q matched", code)
		}
	})
	if _, ok := MatchCode(rfcSecret, " 005 924 ", time.Unix(1234567890, 0), 0); !ok {
		t.Error("a code with the gap that apps show was refused")
	}
}

func TestAnAppReadsTheAddress(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(CodeAddress("核发 Hefa", "li.na", "ABC"))
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/核发 Hefa:li.na" || u.Query().Get("secret") != "ABC" || u.Query().Get("issuer") != "核发 Hefa" {
		t.Errorf("%v: %v", u, err)
	}
}

func TestSpareCodesDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range SpareCodes(1000) {
		if len(c) != 11 || seen[c] {
			t.Fatalf("the code %q", c)
		}
		seen[c] = true
	}
}
