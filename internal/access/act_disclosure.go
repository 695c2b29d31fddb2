package access

// The acts on lists with whole numbers that leave the register (N55).
const (
	DisclosureRead  Act = "disclosure.read"
	DisclosureAsk   Act = "disclosure.ask"
	DisclosureJudge Act = "disclosure.judge"
	DisclosureTake  Act = "disclosure.take"
)
