package policy

// The keys of what a card looks like (办法 art. 4; rules.md §2.3).
const (
	CardKind    Key = "card.kind"    // which certificate the county makes: the book of the second generation or the card of the third
	MultipleRed Key = "multiple.red" // whether a multiple disability that includes vision gets the red cover
)

func cardRules() []Rule {
	return []Rule{
		{CardKind, Choice, "book", "残疾人证管理办法第四条；第三代智能化残疾人证按当地换发安排启用，两代同时有效", []string{"book", "card"}},
		{MultipleRed, Switch, "yes", "残疾人证管理办法第四条（含视力的多重残疾可用红色封皮）", nil},
	}
}
