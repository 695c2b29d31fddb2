package demo

import (
	"fmt"
	"slices"
	"time"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/store"
)

// open is how the waiting cases spread over the open states, in hundredths; drafts take what is left.
var open = []struct {
	state application.State
	share int
}{
	{application.Draft, 8}, {application.Submitted, 16}, {application.Returned, 5}, {application.Accepted, 14}, {application.Scheduled, 10},
	{application.Assessed, 8}, {application.Announced, 9}, {application.Disputed, 1}, {application.Review, 8}, {application.Reviewed, 5},
	{application.Approved, 4}, {application.Printing, 2}, {application.Printed, 3}, {application.Dispatched, 4}, {application.Delivered, 3},
}

// stop is one act of the course as the timeline of the bulk tells it, and the first state that lies behind it.
type stop struct {
	act     access.Act
	reached application.State
	role    access.Role
	after   int // days after the case was opened, at most
}

var stops = []stop{
	{access.ApplicationOpen, application.Draft, access.Township, 0}, {access.ApplicationSubmit, application.Submitted, access.Township, 1},
	{access.ApplicationAccept, application.Accepted, access.Clerk, 4}, {access.ApplicationAssess, application.Assessed, access.Doctor, 0},
	{access.ApplicationAnnounce, application.Announced, access.Township, 3}, {access.ApplicationReview, application.Reviewed, access.Reviewer, 14},
	{access.ApplicationApprove, application.Approved, access.Approver, 17}, {access.ApplicationDeliver, application.Delivered, access.Township, 30},
	{access.ApplicationFile, application.Closed, access.Clerk, 40},
}

// depth is how far along the course a state lies; the ends beside the course lie where they leave it.
func depth(s application.State) int {
	switch s {
	case application.Declined, application.Returned:
		s = application.Submitted
	case application.Withdrawn:
		s = application.Accepted
	case application.Refused:
		s = application.Assessed
	case application.Disputed:
		s = application.Announced
	}
	return slices.IndexFunc(application.Course, func(g application.Stage) bool { return g.State == s })
}

// one makes a case that has come to the state, examined at the session when it came so far.
func (c *crowd) one(where region.Code, state application.State, s session.Session) {
	villages := c.villages[where]
	p := somebody(c.r, c.used, villages[c.r.IntN(len(villages))])
	category, level := certificate.Categories[c.r.IntN(6)], certificate.Levels[weighted(c.r, []int{16, 25, 29, 30})]
	c.n++
	a := application.Application{ID: application.ID(id.New()), Region: p.Region, Person: p.ID, Matter: application.New, Origin: application.Counter,
		Wanted: []certificate.Category{category}, State: state}
	c.date(&a, s.Day)
	d := depth(state)
	if d >= depth(application.Accepted) {
		a.Accepted = a.Opened.Add(1 + c.r.IntN(4))
		a.No = fmt.Sprintf("%s-%d-%06d", County, a.Accepted.Year(), c.n)
	}
	if d >= depth(application.Scheduled) {
		a.Session = string(s.ID)
	}
	if d >= depth(application.Assessed) {
		a.Assessed, a.Category, a.Level = s.Day, category, level
		c.made.Assessments = append(c.made.Assessments, store.Examined{Application: a, Conclusion: c.conclusion(a, s, state != application.Refused),
			Graded: store.Graded{Assessment: id.New(), Hospital: s.Hospital,
				Spent: map[string]time.Duration{"demo-shi-guke": time.Duration(200+c.n*7919%1600) * time.Second}}})
	}
	if d >= depth(application.Reviewed) {
		a.Reviewer = "demo-chushen"
	}
	if d >= depth(application.Approved) {
		a.Approved = min(s.Day.Add(17), c.today)
		c.grant(&a, p)
	}
	if state == application.Closed {
		c.made.Casefiles = append(c.made.Casefiles, store.Shelved{Application: a, No: a.No, Place: fmt.Sprintf("%d 柜 %d 层", 1+c.n/2000, 1+c.n%2000/400)})
	}
	c.made.People = append(c.made.People, p)
	c.made.Applications = append(c.made.Applications, a)
	c.tell(a)
}

// date gives the case its days: one that is over ran around its session; one that waits came into its state within the last three weeks, so that
// about one in ten is late.
func (c *crowd) date(a *application.Application, examined day.Day) {
	a.Opened = examined.Add(-10 - c.r.IntN(20))
	if !a.State.Open() {
		a.Since = examined.Add(c.r.IntN(40))
		return
	}
	limit := 8
	if key := a.State.Stage().Limit; key != "" {
		limit = c.office.Policy.Count(key)
	}
	a.Since = c.today.Add(-c.r.IntN(limit*7/5 + 3))
	if depth(a.State) < depth(application.Assessed) {
		a.Opened = a.Since.Add(-c.r.IntN(12))
	}
	a.Due = c.office.Calendar.After(a.Since, limit)
	switch {
	case a.State == application.Scheduled:
		a.Due = examined
	case a.State.Stage().Limit == "" && a.State != application.Announced:
		a.Due = ""
	}
}

// conclusion is what the hospital signed.
func (c *crowd) conclusion(a application.Application, s session.Session, meets bool) assessment.Conclusion {
	f := assessment.Finding{Category: a.Category, Level: a.Level, Meets: meets, Findings: pick(c.r, conditions), Cause: "其他", Doctor: "demo-shi-guke", Name: "演示医生乙", On: s.Day,
		Confirmer: "demo-shi-zhuren", Confirmed: "演示医生丁"}
	return assessment.Conclusion{Findings: []assessment.Finding{f}, Doctor: f.Doctor, First: f.Name, Second: f.Confirmed, Seconder: f.Confirmer, On: s.Day, Session: string(s.ID)}
}

// grant gives the person the certificate: pending until it is in the hand.
func (c *crowd) grant(a *application.Application, p person.Person) {
	if depth(a.State) < depth(application.Printing) {
		return
	}
	g := certificate.Grade{Category: a.Category, Level: a.Level}
	v := certificate.Certificate{ID: certificate.ID(id.New()), Region: p.Region, Person: p.ID, Number: certificate.MakeNumber(p.Number, g.Category, g.Level),
		Category: g.Category, Level: g.Level, Grades: []certificate.Grade{g}, State: certificate.Pending, Issued: a.Approved,
		Expires: a.Approved.AddYears(10).Add(-1), Issuer: "芒市残疾人联合会", Application: string(a.ID)}
	if depth(a.State) >= depth(application.Delivered) {
		v.State = certificate.Valid
	}
	c.made.Certificates = append(c.made.Certificates, v)
}

// tell writes the timeline of the case, in the name of whoever's turn each act is.
func (c *crowd) tell(a application.Application) {
	for _, s := range stops {
		if depth(s.reached) > depth(a.State) {
			break
		}
		on := a.Opened.Add(s.after)
		if a.Assessed != "" && depth(s.reached) >= depth(application.Assessed) {
			on = a.Assessed.Add(s.after)
		}
		c.made.Lines = append(c.made.Lines, store.Line{At: min(on, c.today).Time(), Account: "demo-" + string(s.role), Name: "演示" + string(s.role), Role: s.role,
			Act: s.act, Kind: "application", Subject: string(a.ID), Region: a.Region})
	}
}

// publish hangs up one notice for the township's published cases.
func (c *crowd) publish(where region.Code) {
	n := announcement.Notice{ID: announcement.ID(id.New()), Region: where, No: "bulk", Starts: c.today.Add(-3), Ends: c.office.Calendar.After(c.today, 3)}
	for i := range c.made.Applications {
		a := &c.made.Applications[i]
		if a.Region.Township() == where && (a.State == application.Announced || a.State == application.Disputed) {
			a.Notice, n.People = string(n.ID), n.People+1
			a.Since, a.Due = n.Starts, n.Ends
		}
	}
	c.made.notices = append(c.made.notices, n)
}

// print puts the township's cards that are being printed or are on their way into a batch for each state.
func (c *crowd) print(where region.Code) {
	states := map[application.State]card.State{application.Printing: card.Frozen, application.Printed: card.Good, application.Dispatched: card.Dispatched,
		application.Delivered: card.Delivered}
	batches := map[application.State]*card.Batch{}
	names, granted := map[string]person.Person{}, map[string]certificate.Certificate{}
	for _, p := range c.made.People {
		names[string(p.ID)] = p
	}
	for _, v := range c.made.Certificates {
		granted[v.Application] = v
	}
	for i := range c.made.Applications {
		a := &c.made.Applications[i]
		state, ok := states[a.State]
		if !ok || a.Region.Township() != where {
			continue
		}
		b := batches[a.State]
		if b == nil {
			b = &card.Batch{ID: card.BatchID(id.New()), Region: where, No: fmt.Sprintf("bulk-%s-%s", where, a.State), Made: a.Approved}
			batches[a.State] = b
		}
		b.Cards++
		a.Batch = string(b.ID)
		p, v := names[string(a.Person)], granted[string(a.ID)]
		c.made.cards = append(c.made.cards, card.Card{ID: card.ID(id.New()), Region: a.Region, Batch: b.ID, Application: string(a.ID), Certificate: v.ID, State: state,
			Face: card.Face{Name: p.Name, Sex: string(p.Sex), Nation: p.Nation, Birth: p.Birth, Number: v.Number, Category: string(v.Category), Level: v.Level,
				Grades: v.Grades, Address: p.Address, Issuer: v.Issuer, Issued: v.Issued, Expires: v.Expires, Layout: "booklet"}})
	}
	for _, b := range batches {
		c.made.batches = append(c.made.batches, *b)
	}
}
