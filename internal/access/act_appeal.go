package access

// The acts on appeals against the result of an assessment (art. 25).
const (
	AppealRead     Act = "appeal.read"
	AppealFile     Act = "appeal.file"
	AppealAdmit    Act = "appeal.admit" // or deny
	AppealConclude Act = "appeal.conclude"
)

// The acts on re-assessments within the program.
const (
	ReassessmentRead  Act = "reassessment.read"  // by the doctors who are named
	ReassessmentOrder Act = "reassessment.order" // or drop, by the city or the province
	ReassessmentKeep  Act = "reassessment.keep"
	ReassessmentSign  Act = "reassessment.sign" // also the second time, or send back
)

// ApplicationCountersign is the second doctor's signature under an assessment, or to send it back.
const ApplicationCountersign Act = "application.countersign"
