package access

// The acts on the files of people.
const (
	ArchiveRead     Act = "archive.read"
	ArchiveKeep     Act = "archive.keep"     // boxes, papers, counting
	ArchiveAppraise Act = "archive.appraise" // lists of files whose retention ran out
	ArchiveSentence Act = "archive.sentence" // the leader's word on them
	ArchiveDestroy  Act = "archive.destroy"  // before two witnesses
	LoanAsk         Act = "loan.ask"
	LoanDecide      Act = "loan.decide"
	LoanTake        Act = "loan.take" // out and back
)
