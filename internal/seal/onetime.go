package seal

import (
	"crypto/rand"
	"encoding/base32"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/hotp"
)

// stepSeconds is how long one code holds (RFC 6238, 4.1); drift is how many codes before and after are taken for clocks that go wrong (5.2).
const (
	stepSeconds = 30
	drift       = 1
)

// CodeSecret is a new secret for one-time codes: 160 random bits (RFC 4226, R6) in base32.
func CodeSecret() string {
	raw := make([]byte, 20)
	_, _ = rand.Read(raw) // crypto/rand ends the program rather than fail
	return base32.StdEncoding.EncodeToString(raw)
}

// MatchCode says whether code belongs to secret at an instant (RFC 6238 with SHA-1, 30 seconds and six digits, as every authenticator app has it), and to
// which step of time. A step up to last, which was used before, does not match: each code is good once (5.2).
func MatchCode(secret, code string, at time.Time, last int64) (step int64, ok bool) {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	now := at.Unix() / stepSeconds
	for step := now - drift; step <= now+drift; step++ {
		if step <= last || step < 0 {
			continue
		}
		if hotp.Validate(code, uint64(step), secret) {
			return step, true
		}
	}
	return 0, false
}

// CodeAddress is what an authenticator app reads from a QR code to take secret in (the otpauth scheme).
func CodeAddress(issuer, login, secret string) string {
	q := url.Values{"secret": {secret}, "issuer": {issuer}}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+login) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}

// SpareCodes is n new recovery codes: 50 random bits each, in two groups of five.
func SpareCodes(n int) []string {
	var out []string
	for range n {
		raw := make([]byte, 7)
		_, _ = rand.Read(raw)
		s := strings.ToLower(base32.StdEncoding.EncodeToString(raw))
		out = append(out, s[:5]+"-"+s[5:10])
	}
	return out
}
