package access

// The acts on scanned piles of papers.
const (
	PileRead    Act = "pile.read"
	PileAdd     Act = "pile.add"
	PileFile    Act = "pile.file" // by its code or by hand; also how its pages lie
	PileDiscard Act = "pile.discard"
	PileBack    Act = "pile.back"
)
