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
	Signature []byte      `json:"signature"` // of those that ended, ASN.1

	Pending          []string `json:"pending"` // in the same way those that were not handed over
	PendingSignature []byte   `json:"pending_signature"`
}

// The first lines of what is signed. The two lists are signed apart, because pages that were saved before there was the second one know the first.
const (
	endedForm   = "hefa-ended-1"
	pendingForm = "hefa-pending-1"
)

// Message is what the key signs of the cards that ended.
func (e Ended) Message() []byte { return e.message(endedForm, e.Hashes) }

// PendingMessage is what the key signs of the cards that were not handed over.
func (e Ended) PendingMessage() []byte { return e.message(pendingForm, e.Pending) }

func (e Ended) message(form string, hashes []string) []byte {
	lines := []string{form, string(e.County), e.At.UTC().Format(time.RFC3339), e.Next.UTC().Format(time.RFC3339), e.Suite, e.Key}
	return []byte(strings.Join(append(lines, hashes...), "\n"))
}

// Lists says whether the card whose seed has this hash is on the list.
func (e Ended) Lists(hash string) bool {
	_, found := slices.BinarySearch(e.Hashes, hash)
	return found
}
