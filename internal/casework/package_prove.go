package casework

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"hefa/internal/archive"
	"hefa/internal/ledger"
	"hefa/internal/seal"
)

// proved says how many lines of a package's course stand in the log of its county, and how many were too fresh for it: each line of the course is one or the other, says
// what the log says, and nothing else is shown. The head's key is the package's own, or one that the package vouches for.
func proved(p archive.Package, course, proofs []byte) (standing, waiting int, err error) {
	var c packed
	if err := json.Unmarshal(course, &c); err != nil {
		return 0, 0, err
	}
	var s ledger.Shown
	if err := json.Unmarshal(proofs, &s); err != nil {
		return 0, 0, err
	}
	said := map[string]string{}
	for _, l := range s.Lines {
		parts, err := ledger.Decode(l.Line)
		if err != nil || len(parts) != lineParts {
			return 0, 0, fmt.Errorf("line %d is none: %w", l.Leaf, err)
		}
		said[parts[1]] = saying(parts)
	}
	fresh := map[string]bool{}
	for _, id := range s.Waiting {
		fresh[id] = true
	}
	for _, l := range c.Course {
		at, err := time.Parse(time.RFC3339Nano, l.At)
		if err != nil {
			return 0, 0, err
		}
		text, ok := said[l.ID]
		switch {
		case ok && text == saying([]string{p.County, l.ID, strconv.FormatInt(at.UnixMicro(), 10), l.Account, l.Name, l.Role, l.Act, "application", p.Application, "", l.Addr, l.Note}):
			standing++
		case !ok && fresh[l.ID] && p.At.Sub(at) < mostFresh:
			waiting++
		default:
			return 0, 0, fmt.Errorf("line %s is not what the log says", l.ID)
		}
	}
	if standing != len(s.Lines) || waiting != len(s.Waiting) {
		return 0, 0, fmt.Errorf("%d lines are shown, the course has %d", len(s.Lines)+len(s.Waiting), len(c.Course))
	}
	if standing == 0 {
		return 0, waiting, nil
	}
	return standing, waiting, headed(p, s)
}

// headed checks the paths, and that the head is the county's and signed.
func headed(p archive.Package, s ledger.Shown) error {
	suite := seal.Suite(s.Head.Suite)
	if s.Head.County != p.County || !suite.Valid() {
		return fmt.Errorf("a head of %q by %q", s.Head.County, s.Head.Suite)
	}
	if s.Head.Key == p.Key && s.Public != p.Public {
		return fmt.Errorf("key %s has two points", p.Key)
	}
	point, err := base64.RawStdEncoding.DecodeString(s.Public)
	if err == nil {
		err = seal.VerifySignature(suite, point, s.Head.Message(), s.Head.Signature)
	}
	if err != nil {
		return fmt.Errorf("the head: %w", err)
	}
	return s.Check(suite.Sum)
}

// mostFresh is how old a line may be that does not stand in the log yet: the sealer comes every second, and an older one would be hidden from it.
const mostFresh = 10 * time.Minute

// lineParts is how many parts a line of the log has: county, id, instant, account, name, role, act, kind, subject, region, address, note.
const lineParts = 12

// saying is what a line says without its region, which a course does not tell.
func saying(parts []string) string {
	return string(ledger.Encode(append(append([]string{}, parts[:9]...), parts[10:]...)...))
}
