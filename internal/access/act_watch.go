package access

// GradeWatch is the act of those who watch how grades fall out.
const GradeWatch Act = "grade.watch"
