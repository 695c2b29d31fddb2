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

// TestAReprintWipesOutNoDelay counts the way of a card from the day on which it first came out good.
func TestAReprintWipesOutNoDelay(t *testing.T) {
	c := card.Card{State: card.Frozen}
	if err := c.Good("YN1", "2020-01-06"); err != nil {
		t.Fatal(err)
	}
	if err := c.Reprint("路上丢失"); err != nil {
		t.Fatal(err)
	}
	if err := c.Good("YN2", "2020-03-06"); err != nil || c.Printed != "2020-01-06" {
		t.Errorf("on its way since %s: %v", c.Printed, err)
	}
}
