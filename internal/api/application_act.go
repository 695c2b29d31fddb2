package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/assessment"
	"hefa/internal/card"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/records"
	"hefa/internal/region"
	"hefa/internal/session"
)

// nothing is the body of an act that needs none.
type nothing struct{}

// reasoned is the body of an act that wants a reason.
type reasoned struct {
	Reason string `json:"reason" maxLength:"4000"`
}

// leaving is the body of a card's way to the township ahead of its batch.
type leaving struct {
	Left day.Day `json:"left,omitempty" doc:"day on which it left; empty for today"`
}

// voiding is the body of the end of a case before the hand-over.
type voiding struct {
	Cause   string `json:"cause" doc:"death, wish, mistake, twice"`
	Reason  string `json:"reason" maxLength:"4000"`
	Lost    bool   `json:"lost,omitempty" doc:"nobody finds the printed card"`
	Witness string `json:"witness,omitempty" maxLength:"20" doc:"who stands for that too"`
	Found   bool   `json:"found,omitempty" doc:"of a reissue: the card that was reported lost turned up and holds again"`
}

// remaking is the body of a reprint.
type remaking struct {
	Reason  string `json:"reason" maxLength:"4000"`
	Lost    bool   `json:"lost,omitempty" doc:"nobody finds the card before"`
	Witness string `json:"witness,omitempty" maxLength:"20" doc:"who stands for that too"`
}

// noted is the body of an act that may carry a note.
type noted struct {
	Note string `json:"note,omitempty" maxLength:"4000"`
}

type accepting struct {
	Distinct string `json:"distinct,omitempty" maxLength:"4000" doc:"how the applicant was told apart from people who look alike; needed when a refusal asks for it"`

	Aids    []string `json:"aids,omitempty" maxItems:"4" doc:"what the applicant needs on the day, when none was entered yet: wheelchair, stretcher, sign, accompanied"`
	Sighted []string `json:"sighted,omitempty" doc:"papers seen in the original: identity, household, photo, form, records, guardian, old, loss, changed, moved, request, death, conclusion"`
}

func (b accepting) acceptance() casework.Acceptance {
	out := casework.Acceptance{Sighted: b.Sighted, Distinct: b.Distinct}
	if b.Aids != nil {
		out.Aids = aiding{Aids: b.Aids}.aids()
	}
	return out
}

type aiding struct {
	Aids    []string `json:"aids" maxItems:"4" doc:"wheelchair, stretcher, sign, accompanied"`
	Version int      `json:"version,omitempty" doc:"of the aids, as read; 0 when none were entered yet"`
}

func (b aiding) aids() *application.Aids {
	out := application.Aids{Version: b.Version}
	for _, a := range b.Aids {
		out.All = append(out.All, application.Aid(a))
	}
	return &out
}

type filingMark struct {
	Paper  string `json:"paper" maxLength:"200" doc:"its name among the papers of the case: SHA-256 of a scan, else origin, kind, day, number and title, one space between those that there are"`
	Flaw   string `json:"flaw" enum:"unsigned,unreadable,wrong"`
	Reason string `json:"reason" maxLength:"4000"`
}

type declining struct {
	Reason string `json:"reason" maxLength:"4000"`
	Same   string `json:"same,omitempty" maxLength:"36" doc:"id of the person of the register who the applicant is, under another number; kept for both"`
}

type returning struct {
	Missing []string `json:"missing,omitempty" doc:"papers that are missing"`
	Note    string   `json:"note,omitempty" maxLength:"4000"`
}

type scheduling struct {
	Session string `json:"session" doc:"id of the session"`
}

type missing struct {
	Why  string `json:"why" enum:"ill,immobile,away,unreached,unwilling,other"`
	Note string `json:"note,omitempty" maxLength:"4000" doc:"needed for other"`
}

type finding struct {
	Category string `json:"category" enum:"1,2,3,4,5,6"`
	Meets    bool   `json:"meets" doc:"whether the standard is met"`
	Level    string `json:"level,omitempty" enum:"1,2,3,4" doc:"wanted when the standard is met"`
	Findings string `json:"findings,omitempty" doc:"what was seen, in words" maxLength:"8000"`
	Cause    string `json:"cause,omitempty" maxLength:"400"`

	Values map[string]string `json:"values,omitempty" doc:"what was measured, by the names of GET /api/v1/grading/fields"`
	Reason string            `json:"reason,omitempty" maxLength:"4000" doc:"wanted when the conclusion differs from what the standard suggests"`
}

type confirming struct {
	Category string `json:"category" enum:"1,2,3,4,5,6"`
}

type examining struct {
	Findings []finding `json:"findings"`
	First    string    `json:"first,omitempty" doc:"name of the examining doctor"`
	Second   string    `json:"second,omitempty" doc:"account or name of the second doctor, who signs there; a name of nobody who has an account at the hospital wants the scanned sheet"`
	On       day.Day   `json:"on,omitempty" doc:"day of the examination; empty for today"`
}

type objecting struct {
	Name  string `json:"name,omitempty"`
	Phone string `json:"phone,omitempty"`
	Text  string `json:"text"`
}

type resolving struct {
	Decision string `json:"decision" enum:"dismissed,reassess,upheld"`
	Reason   string `json:"reason"`
}

type printing struct {
	Serial string `json:"serial,omitempty" doc:"serial of the blank that came out good"`
}

// spoiling is the body of a spoiled blank.
type spoiling struct {
	Blank  string `json:"blank,omitempty" doc:"serial of the spoiled blank; needed where the county keeps the book of its blanks"`
	Reason string `json:"reason" maxLength:"4000"`
}

type delivering struct {
	Receiver string `json:"receiver"`
	Relation string `json:"relation,omitempty" doc:"relation to the holder when somebody else receives it"`
	Means    string `json:"means,omitempty" enum:"counter,home,post" doc:"fetched when empty"`
	Papers   string `json:"papers,omitempty" doc:"what somebody else showed; needed then"`
	Tracking string `json:"tracking,omitempty" doc:"number of the parcel; needed for post"`
	Recalled bool   `json:"recalled,omitempty" doc:"the old certificate was handed in"`
	Note     string `json:"note,omitempty" doc:"why it was not"`
	On       string `json:"on,omitempty" doc:"day of the signature, from the print to today; today when empty" maxLength:"20"`
}

type filing struct {
	Reason string `json:"reason,omitempty" doc:"why a paper is lacking; wanted only then" maxLength:"4000"`
}

// act is one operation on a case: its last path element and what it does.
func act[B any](s *Server, a huma.API, name, summary string, do func(ctx context.Context, by access.Actor, id application.ID, b B) error) {
	type input struct {
		ID   string `path:"id" doc:"id of the case"`
		Body B
	}
	huma.Register(a, huma.Operation{OperationID: "application-" + name, Method: http.MethodPost, Path: "/api/v1/applications/{id}/" + name,
		Tags: []string{"applications"}, Summary: summary}, func(ctx context.Context, in *input) (*body[Application], error) {
		id := application.ID(in.ID)
		if err := do(ctx, actor(ctx), id, in.Body); err != nil {
			return nil, failed(ctx, err)
		}
		return s.applicationRead(ctx, id)
	})
}

// applicationActs is one line an act, in the order of the course.
func (s *Server) applicationActs(a huma.API) {
	act(s, a, "submit", "Hand a complete draft in", func(ctx context.Context, by access.Actor, id application.ID, _ nothing) error {
		return s.Casework.SubmitApplication(ctx, by, id)
	})
	act(s, a, "accept", "Accept", func(ctx context.Context, by access.Actor, id application.ID, b accepting) error {
		return s.Casework.AcceptApplication(ctx, by, id, b.acceptance())
	})
	act(s, a, "aid", "Note what the applicant needs on the day of the session", func(ctx context.Context, by access.Actor, id application.ID, b aiding) error {
		return s.Casework.SetAids(ctx, by, id, *b.aids())
	})
	act(s, a, "return", "Return once, with all that is missing", func(ctx context.Context, by access.Actor, id application.ID, b returning) error {
		return s.Casework.ReturnApplication(ctx, by, id, b.Missing, b.Note)
	})
	act(s, a, "decline", "Do not accept", func(ctx context.Context, by access.Actor, id application.ID, b declining) error {
		return s.Casework.DeclineApplication(ctx, by, id, casework.Declining{Reason: b.Reason, Same: person.ID(b.Same)})
	})
	act(s, a, "schedule", "Put on a session", func(ctx context.Context, by access.Actor, id application.ID, b scheduling) error {
		_, err := s.Assessing.ScheduleApplications(ctx, by, session.ID(b.Session), []application.ID{id})
		return err
	})
	act(s, a, "miss", "Record that the applicant did not come to the session", func(ctx context.Context, by access.Actor, id application.ID, b missing) error {
		return s.Assessing.MissApplications(ctx, by, []application.ID{id}, application.Absence(b.Why), b.Note)
	})
	s.hospitalActs(a)
	act(s, a, "announce", "Publish", s.announce)
	act(s, a, "object", "Record an objection", func(ctx context.Context, by access.Actor, id application.ID, b objecting) error {
		return s.Casework.ObjectApplication(ctx, by, id, announcement.Objection{Name: b.Name, Phone: b.Phone, Text: b.Text})
	})
	act(s, a, "resolve", "Decide the objections", func(ctx context.Context, by access.Actor, id application.ID, b resolving) error {
		return s.Casework.ResolveObjection(ctx, by, id, application.Decision(b.Decision), b.Reason)
	})
	act(s, a, "close", "End the public notice after its last day", func(ctx context.Context, by access.Actor, id application.ID, _ nothing) error {
		return s.Casework.CloseApplications(ctx, by, []application.ID{id})
	})
	act(s, a, "review", "Review", func(ctx context.Context, by access.Actor, id application.ID, b noted) error {
		return s.Casework.ReviewApplication(ctx, by, id, b.Note)
	})
	act(s, a, "rereview", "Review again at the city, where policy wants it", func(ctx context.Context, by access.Actor, id application.ID, b noted) error {
		return s.Casework.RereviewApplication(ctx, by, id, b.Note)
	})
	act(s, a, "approve", "Approve", func(ctx context.Context, by access.Actor, id application.ID, _ nothing) error {
		return s.Casework.ApproveApplication(ctx, by, id)
	})
	act(s, a, "refuse", "Refuse", func(ctx context.Context, by access.Actor, id application.ID, b reasoned) error {
		return s.Casework.RefuseApplication(ctx, by, id, b.Reason)
	})
	s.cardActs(a)
}

// hospitalActs is what doctors do.
func (s *Server) hospitalActs(a huma.API) {
	act(s, a, "examine", "Note that the doctor begins; from then on the time of the assessment counts", func(ctx context.Context, by access.Actor, id application.ID, _ nothing) error {
		return s.Assessing.OpenExamination(ctx, by, id)
	})
	act(s, a, "keep", "Keep findings until the last doctor signs", func(ctx context.Context, by access.Actor, id application.ID, b examining) error {
		return s.Assessing.KeepFindings(ctx, by, id, b.conclusion())
	})
	act(s, a, "confirm", "Stand by a colleague's kept finding that differs from what the standard suggests", s.confirm)
	act(s, a, "assess", "Sign the conclusion; it stands when the second doctor has signed too", s.assess)
	act(s, a, "countersign", "Sign as the second doctor", func(ctx context.Context, by access.Actor, id application.ID, _ nothing) error {
		return s.Assessing.CountersignApplication(ctx, by, id)
	})
	act(s, a, "sendback", "Send a conclusion that waits for its second signature back", func(ctx context.Context, by access.Actor, id application.ID, b reasoned) error {
		return s.Assessing.ReturnSignature(ctx, by, id, b.Reason)
	})
}

// cardActs is the acts from the printer to the shelf, and those that fit every state.
func (s *Server) cardActs(a huma.API) {
	act(s, a, "print", "Freeze the face when it is not, and record a good print", func(ctx context.Context, by access.Actor, id application.ID, b printing) error {
		return s.Records.PrintApplication(ctx, by, id, b.Serial)
	})
	act(s, a, "spoil", "Record a spoiled blank", func(ctx context.Context, by access.Actor, id application.ID, b spoiling) error {
		return s.Records.SpoilApplication(ctx, by, id, b.Blank, b.Reason)
	})
	act(s, a, "reprint", "Print the same face again on another blank", func(ctx context.Context, by access.Actor, id application.ID, b remaking) error {
		return s.Records.ReprintApplication(ctx, by, id, records.Remake{Reason: b.Reason, Lost: b.Lost, Witness: b.Witness})
	})
	act(s, a, "unbatch", "Take a case whose card is not printed out of its batch", func(ctx context.Context, by access.Actor, id application.ID, b reasoned) error {
		return s.Records.UnbatchApplication(ctx, by, id, b.Reason)
	})
	act(s, a, "void", "End the case between its approval and the hand-over: nobody gets the card", func(ctx context.Context, by access.Actor, id application.ID, b voiding) error {
		return s.Records.VoidApplication(ctx, by, id, application.Void{Cause: application.VoidCause(b.Cause), Reason: b.Reason, Lost: b.Lost, Witness: b.Witness, Found: b.Found})
	})
	act(s, a, "dispatch", "Send to the township", func(ctx context.Context, by access.Actor, id application.ID, b leaving) error {
		return s.Records.DispatchApplication(ctx, by, id, b.Left)
	})
	act(s, a, "deliver", "Hand over against a signature", func(ctx context.Context, by access.Actor, id application.ID, b delivering) error {
		return s.Records.DeliverApplication(ctx, by, id, card.Delivery{Means: card.Means(b.Means), Receiver: b.Receiver, Relation: b.Relation, Papers: b.Papers,
			Tracking: b.Tracking, Recalled: b.Recalled, Note: b.Note, On: day.Day(b.On)})
	})
	act(s, a, "file", "Put the file on the shelf", func(ctx context.Context, by access.Actor, id application.ID, b filing) error {
		return s.Archiving.FileApplication(ctx, by, id, archive.Filing{Reason: b.Reason})
	})
	act(s, a, "mark-paper", "Say what is wrong with a paper of a case that waits to be filed", func(ctx context.Context, by access.Actor, id application.ID, b filingMark) error {
		return s.Archiving.MarkFiling(ctx, by, id, archive.Mark{Application: string(id), Paper: b.Paper, Flaw: archive.Flaw(b.Flaw), Reason: b.Reason})
	})
	act(s, a, "withdraw", "Withdraw at the applicant's wish", func(ctx context.Context, by access.Actor, id application.ID, b reasoned) error {
		return s.Casework.WithdrawApplication(ctx, by, id, b.Reason)
	})
	act(s, a, "urge", "Urge whoever's turn it is", func(ctx context.Context, by access.Actor, id application.ID, b noted) error {
		return s.Casework.UrgeApplication(ctx, by, id, b.Note)
	})
}

// conclusion is what was sent; the desk fills in what the account and the case tell.
func (b examining) conclusion() assessment.Conclusion {
	c := assessment.Conclusion{First: b.First, Second: b.Second, On: b.On}
	for _, f := range b.Findings {
		c.Findings = append(c.Findings, assessment.Finding{Category: certificate.Category(f.Category), Meets: f.Meets, Level: certificate.Level(f.Level),
			Findings: f.Findings, Cause: f.Cause, Values: f.Values, Reason: f.Reason})
	}
	return c
}

// assess enters the signed conclusion.
func (s *Server) assess(ctx context.Context, by access.Actor, id application.ID, b examining) error {
	return s.Assessing.AssessApplication(ctx, by, id, b.conclusion())
}

// confirm is the second doctor's word.
func (s *Server) confirm(ctx context.Context, by access.Actor, id application.ID, b confirming) error {
	return s.Assessing.ConfirmFinding(ctx, by, id, certificate.Category(b.Category))
}

// announce publishes one case in a notice of its township.
func (s *Server) announce(ctx context.Context, by access.Actor, id application.ID, _ nothing) error {
	f, err := s.Casework.Application(ctx, by, id)
	if err != nil {
		return err
	}
	_, err = s.Casework.AnnounceApplications(ctx, by, region.Code(f.Case.Application.Region.Township()), []application.ID{id})
	return err
}
