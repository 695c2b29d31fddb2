package referral

import (
	"strings"

	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/attachment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Parcel is what the county of registration is told: everything that its decision rests on, and nothing else of the register of the host.
type Parcel struct {
	From        string // the federation that took the case
	No          string // of its case
	Accepted    day.Day
	Registered  string // the address in the household register, in words
	Lives       string // where the person lives, in words
	Person      Applicant
	Matter      application.Matter
	Wanted      []certificate.Category
	Cause       certificate.Reason
	Stated      string
	Target      region.Code
	Category    certificate.Category
	Level       certificate.Level
	Assessed    day.Day
	Hospital    string
	Conclusions []assessment.Conclusion
	Notice      string // the number of the public notice at the host, "" when there was none
	Sighted     []string
	Papers      []Paper
}

// Applicant is the person as the host entered them.
type Applicant struct {
	Name     string
	Number   person.Number
	Nation   string
	Phone    string
	Guardian person.Guardian
}

// Paper is one scan that goes along.
type Paper struct {
	Paper string // a word of policy.Papers
	Name  string
	Type  string
	Size  int64
	Hash  string
	Pages int
}

// Papers is the scans of a case as a parcel lists them.
func Papers(all []attachment.Attachment) []Paper {
	var out []Paper
	for _, a := range all {
		out = append(out, Paper{a.Paper, a.Name, a.Type, a.Size, a.Hash, a.Pages})
	}
	return out
}

// Attachment is the scan as a file of the case at home.
func (p Paper) Attachment(id attachment.ID, where region.Code, of application.ID) attachment.Attachment {
	return attachment.Attachment{ID: id, Region: where, Application: string(of), Paper: p.Paper, Name: p.Name, Type: p.Type, Size: p.Size, Hash: p.Hash, Pages: p.Pages}
}

// Enrolled is the person as the county of registration enters them, in the village and with the address of its register.
func (p Parcel) Enrolled(village region.Code, address string) person.Person {
	a := p.Person
	out := person.Person{Region: village, Name: a.Name, Number: a.Number, Nation: a.Nation, Address: strings.TrimSpace(address), Phone: a.Phone, Guardian: a.Guardian}
	out.Fill()
	return out
}

// Request is what is asked for, as the case at home says it.
func (p Parcel) Request() application.Request {
	return application.Request{Matter: p.Matter, Wanted: p.Wanted, Origin: application.Guest, Cause: p.Cause, Stated: p.Stated, Target: p.Target}
}

// Registered checks what the household register says of where somebody is registered.
func Registered(address string) (string, error) {
	var p fault.Problems
	fill(&p, "registered", &address, AddressMost)
	return address, p.Fault()
}

// AddressMost is the letters that an address may have.
const AddressMost = 100
