package access

// The acts on numbered papers that are signed outside of a case.
const (
	StatementRead    Act = "statement.read"
	StatementIssue   Act = "statement.issue"   // print
	StatementReceive Act = "statement.receive" // take the signed one in, say who is on it
	StatementEnd     Act = "statement.end"     // spoiled, lost, revoked
)
