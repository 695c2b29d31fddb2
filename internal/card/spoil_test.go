package card_test

import (
	"testing"

	"hefa/internal/card"
	"hefa/internal/fault"
)

// A blank that two people entered as lost cannot be spoiled by a slip of the hand; it is found first.
func TestALostBlankIsFoundBeforeItIsSpoiled(t *testing.T) {
	t.Parallel()
	c := card.Card{ID: "a"}
	b := card.Blank{Serial: "00017", State: card.Issued, Desk: "一号", Kind: c.Face.Kind()}
	if err := b.Lose("清点不见", "第二人", "2020-04-01"); err != nil {
		t.Fatal(err)
	}
	was := b
	if err := b.Spoil(c, "印坏", "2020-04-02"); fault.Of(err) != fault.Refused || b != was {
		t.Errorf("%+v: %v", b, err)
	}
}
