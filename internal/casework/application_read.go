package casework

import (
	"context"
	"slices"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/attachment"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/referral"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/store"
)

// Absence is that an applicant did not come to a session.
type Absence = store.Absence

// File is everything that the page of a case shows.
type File struct {
	store.Case
	TargetPlace  string   // where a certificate that moves goes to, with all above it
	Place        string   // the village with all above it
	Checklist    []string // words of policy.Papers
	Sighted      map[string]bool
	Attachments  []attachment.Attachment
	Letters      []store.Letter
	Assessments  []assessment.Conclusion
	Objections   []announcement.Objection
	Previous     *certificate.Certificate
	Upgrade      bool                // the conclusion is more severe than the certificate in hand
	Outcome      application.Outcome // what an approval comes to
	Session      *session.Session
	Hospital     org.Org
	Next         []Seat // coming sessions that call the person, for whoever may give a seat now
	Timeline     []store.Line
	Card         *card.Card       // nil before the case is printed
	Signed       []card.Signature // where it can be seen that the card was signed for
	Casefile     store.Casefile
	Steps        []access.Act // what this actor may do now
	KnownDue     bool         // the holidays of the deadline's year are known
	MustGuardian bool
	Alike        []person.Person    // who may be the applicant under another number, for whoever may accept the case
	Way          store.Way          // on which the applicant comes before the hospital
	Aids         application.Aids   // what the applicant needs on the day
	Absences     []Absence          // sessions that the applicant did not come to
	Apart        []string           // how such people were told apart
	HandlerName  string             // who has the case in hand
	Colleagues   []Colleague        // into whose hand this actor may put it
	Referral     *referral.Referral // nil for a case of one county alone, and before it was sent
	Proposed     []person.Change    // what of the person the case asks to change
	Asked        []person.Change    // the same for readers: villages with all above them
	Overtaken    []Overtaken        // what of it was corrected otherwise since, while nobody decided
	HomePlace    string             // the county of registration, when that one decides
}

// Application is one case with all that belongs to it, for whoever may read it.
func (d *Desk) Application(ctx context.Context, by access.Actor, id application.ID) (File, error) {
	var f File
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationRead, id)
		if err != nil {
			return err
		}
		if f.Person, err = tx.Person(a.Person); err != nil {
			return err
		}
		f.Case.Application = a.Application
		if err := f.ask(tx); err != nil {
			return err
		}
		f.Checklist = a.Checklist(f.Person.Birth, a.office)
		f.MustGuardian = a.NeedsGuardian(f.Person.Birth, a.office)
		if by.Can(access.ApplicationAccept) {
			if f.Alike, err = a.alike(tx); err != nil {
				return err
			}
		}
		f.KnownDue = a.Due == "" || a.office.Calendar.Known(a.Due)
		f.Steps = possible(by, a.State)
		if len(f.Overtaken) > 0 && !a.State.Editable() && by.Can(access.ApplicationEdit) && by.Can(access.PersonEdit) {
			f.Steps = append(f.Steps, access.ApplicationEdit)
		}
		held, err := a.held(tx)
		if err != nil {
			return err
		}
		f.Case.Application.Found = a.Found
		f.Previous, f.Upgrade, f.Outcome = held, a.Upgrade(held), a.Outcome(held)
		if a.Reread || !a.Rereads(held, a.office) {
			f.Steps = slices.DeleteFunc(f.Steps, func(act access.Act) bool { return act == access.ApplicationRereview })
		}
		if f.Place, err = place(tx, f.Person.Region); err != nil {
			return err
		}
		if f.TargetPlace, err = place(tx, a.Target); err != nil {
			return err
		}
		if err := f.refer(tx); err != nil {
			return err
		}
		if err := f.hands(tx); err != nil {
			return err
		}
		if err := f.seats(tx); err != nil {
			return err
		}
		return f.papers(tx)
	})
	return f, err
}

// ask fills in what the case asks to change, and what of it the register passed by while the officers look at it.
func (f *File) ask(tx *store.Tx) (err error) {
	a := f.Case.Application
	if f.Proposed, err = tx.Proposal(a); err != nil {
		return err
	}
	if f.Asked, err = readable(tx, f.Proposed); err != nil {
		return err
	}
	if a.State.Editable() || a.State == application.Review || a.State == application.Reviewed {
		f.Overtaken, err = overtaken(tx, f.Person, f.Proposed)
	}
	return err
}

// apart is the steps that pages of their own take.
var apart = append([]access.Act{access.AppealConclude, access.EvidenceAsk},
	slices.DeleteFunc(slices.Clone(access.ReferralActs), func(act access.Act) bool { return act == access.ReferralSend })...)

// possible is what the actor may do to a case in the state: first the steps of its course, then what can be done beside them.
func possible(by access.Actor, s application.State) []access.Act {
	acts := slices.DeleteFunc(s.Steps(), func(act access.Act) bool {
		return act == access.ApplicationVoid || act == access.ApplicationEdit || slices.Contains(apart, act)
	}) // which have pages of their own
	if s.Open() {
		acts = append(acts, access.ApplicationUrge)
	}
	if slices.Contains(s.Stage().Turn, by.Role) {
		acts = append(acts, access.ApplicationHandover)
	}
	if s.Voidable() {
		acts = append(acts, access.ApplicationVoid) // what ends a case is not the first thing to do
	}
	if s.Attending() == nil {
		acts = append(acts, access.ApplicationAid)
	}
	if s.Editable() {
		acts = append(acts, access.ApplicationEdit)
	}
	if s.Collecting() {
		acts = append(acts, access.AttachmentAdd)
	}
	if s.Undecided() {
		acts = append(acts, access.AttachmentRemove)
	}
	acts = append(acts, access.AttachmentRead, access.PackageTake)
	return slices.DeleteFunc(acts, func(act access.Act) bool { return !by.Can(act) })
}

// carded is the card of the case, once there is one, and where it can be seen that it was signed for.
func (f *File) carded(tx *store.Tx) error {
	if f.Case.Application.Batch == "" {
		return nil
	}
	k, err := tx.CardOf(f.Case.Application)
	if err != nil {
		return err
	}
	f.Card = &k
	f.Signed, err = tx.SignedFor(k)
	return err
}

// papers fills in what hangs on the case.
func (f *File) papers(tx *store.Tx) error {
	a := f.Case.Application
	var err error
	if f.Sighted, err = tx.Sighted(a); err != nil {
		return err
	}
	if f.Attachments, err = tx.Attachments(a); err != nil {
		return err
	}
	if f.Letters, err = tx.Letters(a); err != nil {
		return err
	}
	if f.Absences, err = tx.AbsencesOf(a); err != nil {
		return err
	}
	aids, err := tx.AidsOf(a)
	if err != nil {
		return err
	}
	f.Aids = aids[a.ID]
	if f.Way, err = tx.Way(a); err != nil {
		return err
	}
	if f.Apart, err = tx.LikenessesOf(a); err != nil {
		return err
	}
	if f.Assessments, err = tx.Assessments(a); err != nil {
		return err
	}
	if f.Objections, err = tx.Objections(a); err != nil {
		return err
	}
	f.Objections = veiled(tx.By(), f.Objections)
	if f.Timeline, err = tx.Timeline(a.County(), "application", string(a.ID)); err != nil {
		return err
	}
	if err := f.carded(tx); err != nil {
		return err
	}
	if f.Casefile, err = tx.Casefile(a); err != nil {
		return err
	}
	if f.Casefile.Holds(a) {
		f.Steps = slices.DeleteFunc(f.Steps, func(act access.Act) bool { return act == access.ApplicationFile })
	}
	if a.Session == "" {
		return nil
	}
	s, err := tx.Session(session.ID(a.Session))
	if err != nil {
		return err
	}
	f.Session = &s
	f.Hospital, err = tx.Org(s.Hospital)
	return err
}

// place is a region's name with those above it, from the province down.
func place(tx *store.Tx, code region.Code) (string, error) {
	names, err := tx.RegionNames(code)
	if err != nil {
		return "", err
	}
	s := ""
	for c := code; c != ""; c = c.Parent() {
		s = names[c] + s
	}
	return s, nil
}
