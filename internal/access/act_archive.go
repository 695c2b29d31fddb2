package access

// The acts on the files of people.
const (
	ArchiveRead Act = "archive.read"
	ArchiveKeep Act = "archive.keep" // boxes, papers, counting
	LoanAsk     Act = "loan.ask"
	LoanDecide  Act = "loan.decide"
	LoanTake    Act = "loan.take" // out and back
)
