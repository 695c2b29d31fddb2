package access

// The acts on the doctors who assess and their papers.
const (
	DoctorRead Act = "doctor.read"
	DoctorEdit Act = "doctor.edit"
)
