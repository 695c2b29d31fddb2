package card

import (
	"slices"
	"strings"
	"time"

	"hefa/internal/region"
)

// Ended is a county's signed list of cards that do not hold any more although their day has not come: cancelled, replaced, lost or frozen;
// and of those that are made and in nobody's hand yet. A line is the hash of a seed, so that only who has the code of a card finds it there.
type Ended struct {
	County    region.Code `json:"county"`
	At        time.Time   `json:"at"`
	Next      time.Time   `json:"next"` // until then the list counts as fresh
	Suite     string      `json:"suite"`
	Key       string      `json:"key"`
	Hashes    []string    `json:"hashes"`    // the first 16 bytes of each in base64url, sorted
	Pending   []string    `json:"pending"`   // in the same way those that were not handed over
	Signature []byte      `json:"signature"` // ASN.1
}

// endedForm is the first line of what is signed.
const endedForm = "hefa-ended-2"

// pendingForm stands between the two lists; no hash is so short.
const pendingForm = "pending"

// Message is what the key signs.
func (e Ended) Message() []byte {
	lines := []string{endedForm, string(e.County), e.At.UTC().Format(time.RFC3339), e.Next.UTC().Format(time.RFC3339), e.Suite, e.Key}
	lines = append(append(lines, e.Hashes...), pendingForm)
	return []byte(strings.Join(append(lines, e.Pending...), "\n"))
}

// Lists says whether the card whose seed has this hash is on the list.
func (e Ended) Lists(hash string) bool {
	_, found := slices.BinarySearch(e.Hashes, hash)
	return found
}
