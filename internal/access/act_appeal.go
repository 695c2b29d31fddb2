package access

// The acts on appeals against the result of an assessment (art. 25).
const (
	AppealRead     Act = "appeal.read"
	AppealFile     Act = "appeal.file"
	AppealAdmit    Act = "appeal.admit" // or deny
	AppealConclude Act = "appeal.conclude"
)
