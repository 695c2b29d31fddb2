package card_test

import (
	"strings"
	"testing"

	"hefa/internal/card"
)

// TestWhereASignatureIsSeen: each sheet that may bear it is named, and the note is known again, whatever was added to it is not.
func TestWhereASignatureIsSeen(t *testing.T) {
	t.Parallel()
	all := []card.Signature{{No: "533103-QS-2020-0002", Page: 1, Line: 2}, {No: "533103-QS-2020-0001", Page: 2, Line: 14}, {No: "533103-QS-2020-0003", Page: 1, Line: 1}}
	for n := range len(all) + 1 {
		said := card.Seen(all[:n])
		for _, s := range all[:n] {
			if !strings.Contains(said, s.No) {
				t.Errorf("%q does not name %s", said, s.No)
			}
		}
		if !card.Own(said) {
			t.Errorf("%q is nobody's", said)
		}
		if other := said + "，另见附页"; card.Own(other) {
			t.Errorf("%q is taken for the program's", other)
		}
	}
}
