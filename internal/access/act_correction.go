package access

// The acts on identity numbers of the register that are wrong (ADR 0120).
const (
	CorrectionRead  Act = "correction.read"
	CorrectionAsk   Act = "correction.ask"
	CorrectionJudge Act = "correction.judge"
	CorrectionApart Act = "correction.apart"
)
