package staff

import "strings"

// Linked is whom a province's single sign-on knows an account as.
type Linked struct {
	Account ID
	Subject string // the issuer and the person's name there, joined by a space
	Since   int64  // instant of the link, microseconds
	Used    int64  // instant of the last sign-in through it, 0 for never
	Version int
}

// SubjectOf joins an issuer and a person's name there.
func SubjectOf(issuer, name string) string { return issuer + " " + name }

// Named is the person's name at the issuer.
func (l Linked) Named() string {
	_, name, _ := strings.Cut(l.Subject, " ")
	return name
}
