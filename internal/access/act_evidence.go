package access

// The acts on the way to an assessment and on what a remote one rests on.
const (
	PathRead       Act = "path.read"
	PathList       Act = "path.list"
	PathChoose     Act = "path.choose"
	ConsentTake    Act = "consent.take" // or withdraw
	EvidenceAsk    Act = "evidence.ask" // for more; the case goes back to the township
	EvidenceAnswer Act = "evidence.answer"
	CallHold       Act = "call.hold" // join, speak, end
)
