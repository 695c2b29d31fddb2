package access

// The acts on the hospitals' agreements and on the doctors who assess with their papers.
const (
	AgreementRead Act = "agreement.read"
	AgreementEdit Act = "agreement.edit"
	DoctorRead    Act = "doctor.read"
	DoctorEdit    Act = "doctor.edit"
)
