package web

import (
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archiving"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
)

// caseView is a case as the page lays it out; typed is what was sent with the act tried that failed.
type caseView struct {
	casework.File
	s     *Server
	typed map[string][]string
	tried string

	me      string // the reader's account
	working bool   // a tray of cases waits for the reader
	clear   bool   // the reader sees telephone numbers in full
	reveals bool   // the reader may see identity numbers in full
	reads   bool   // the reader may open files of the archive
	batches bool   // the reader may open the batch of the card
	appeals bool   // the reader sees appeals
	ways    bool   // the reader may see the way to the assessment, and the case wants one
	Filing  archiving.Filing
}

func (v caseView) a() application.Application { return v.Case.Application }

// can says whether the reader may do act to the case as it stands now.
func (v caseView) can(act access.Act) bool { return slices.Contains(v.Steps, act) }

// acting says whether any act waits for the reader.
func (v caseView) acting() bool {
	return slices.ContainsFunc(v.Steps, func(act access.Act) bool {
		return strings.HasPrefix(string(act), "application.") || act == access.ReferralSend
	})
}

// open says whether the panel of act stands open: the act just tried, else the first that is possible.
func (v caseView) open(act access.Act) bool {
	if i := slices.IndexFunc(v.Steps, func(a access.Act) bool { return tail(a) == v.tried }); i >= 0 {
		return v.Steps[i] == act
	}
	return v.Steps[0] == act
}

// another says whether the reader has just opened the case and so may open the next one.
func (v caseView) another() bool {
	return v.a().Opened == v.s.today() && (v.a().State == application.Draft || v.a().State == application.Submitted) && v.can(access.ApplicationWithdraw)
}

// tail is the last word of an act, which its route ends with.
func tail(act access.Act) string { return string(act[strings.LastIndexByte(string(act), '.')+1:]) }

func (v caseView) actHref(act access.Act) string { return caseHref(v.a().ID) + "/" + tail(act) }

// turn is whose turn it is, as roles.
func (v caseView) turn() string {
	if v.a().State == application.Forwarded {
		return lang.T("referral.home")
	}
	var out []string
	for _, r := range v.a().State.Stage().Turn {
		out = append(out, word(r))
	}
	return strings.Join(out, "、")
}

// stateTag is a state with its colour.
func stateTag(s application.State) look.Tag {
	t := look.Tag{Text: word(s), Colour: look.Blue}
	switch s {
	case application.Draft, application.Closed:
		t.Colour = look.Grey
	case application.Returned, application.Disputed:
		t.Colour = look.Orange
	case application.Refused, application.Declined, application.Withdrawn:
		t.Colour = look.Red
	case application.Approved, application.Delivered:
		t.Colour = look.Green
	}
	return t
}

// standing is where the case stands: state, deadline, whose turn it is and what they do.
func (v caseView) standing() []look.Detail {
	a := v.a()
	out := []look.Detail{{Key: lang.T("detail.state"), Body: look.State(stateTag(a.State))}}
	if a.State.Open() {
		out = append(out, look.Detail{Key: lang.T("detail.due"), Body: look.State(v.s.dueTag(a))},
			look.Detail{Key: lang.T("detail.turn"), Value: v.turn()}, look.Detail{Key: lang.T("detail.next"), Value: lang.T("next." + string(a.State))})
	}
	out = append(out, v.attended()...)
	out = append(out, v.asked()...)
	if !v.KnownDue {
		out = append(out, look.Detail{Key: lang.T("detail.calendar"), Value: lang.T("case.calendar.unknown", a.Due.Year())})
	}
	if a.No != "" {
		out = append(out, look.Detail{Key: lang.T("column.no"), Value: a.No})
	}
	if a.Category != "" {
		out = append(out, look.Detail{Key: lang.T("detail.grade"), Value: word(a.Category) + " " + word(a.Level)})
	}
	return out
}

// phone is a telephone number as the reader may see it.
func (v caseView) phone(s string) string {
	if v.clear {
		return s
	}
	return person.MaskedPhone(s)
}

// proposed is a value that the case asks to change, or to change to, as the reader may see it.
func (v caseView) proposed(field, value string) string {
	switch {
	case value == "":
		return lang.T("change.nothing")
	case field == "phone" || field == "guardian_phone":
		return v.phone(value)
	}
	return value
}

// personal is whose case it is and what is asked for.
func (v caseView) personal() []look.Detail {
	p, a := v.Person, v.a()
	out := []look.Detail{
		{Key: lang.T("detail.matter"), Value: lang.T("detail.matter.from", a.Matter, a.Origin)},
		{Key: lang.T("detail.wanted"), Value: categoryWords(a.Wanted)},
		{Key: lang.T("detail.name"), Value: p.Name},
		{Key: lang.T("detail.number"), Value: p.Number.Masked()},
		{Key: lang.T("detail.sex"), Value: lang.T("detail.sex.age", p.Sex, p.Birth.Chinese(), p.Birth.Age(v.s.today()))},
		{Key: lang.T("detail.nation"), Value: p.Nation},
		{Key: lang.T("detail.place"), Value: v.Place + p.Address},
		{Key: lang.T("detail.phone"), Value: v.phone(p.Phone)},
	}
	for _, c := range v.Asked {
		out = append(out, look.Detail{Key: lang.T("proposal.title", c), Value: lang.T("proposal.text", v.proposed(c.Field, c.Before), v.proposed(c.Field, c.After))})
	}
	if v.MustGuardian || p.Guardian.Name != "" {
		out = append(out, look.Detail{Key: lang.T("detail.guardian"), Value: strings.Join([]string{p.Guardian.Name, p.Guardian.Relation, v.phone(p.Guardian.Phone)}, " ")})
	}
	if p.Poor {
		out = append(out, look.Detail{Key: lang.T("detail.poor"), Value: lang.T("detail.poor.yes")})
	}
	if len(v.Aids.All) > 0 {
		out = append(out, look.Detail{Key: lang.T("aid.title"), Value: joinWords(v.Aids.All)})
	}
	for _, m := range v.Absences {
		out = append(out, look.Detail{Key: lang.T("absence.title"), Value: absenceText(m)})
	}
	if len(v.Apart) > 0 {
		out = append(out, look.Detail{Key: lang.T("application.alike.apart"), Value: strings.Join(v.Apart, "；")})
	}
	if c := v.Previous; c != nil {
		out = append(out, look.Detail{Key: lang.T("detail.previous"),
			Value: lang.T("detail.previous.text", c.Number.Masked(), c.Category, c.Level, c.Expires.Chinese())})
	}
	return out
}

// absenceText is when and why somebody did not come.
func absenceText(m casework.Absence) string {
	return lang.T("absence.line", m.Day.Chinese(), m.Why, m.Note)
}

func categoryWords(all []certificate.Category) string {
	var out []string
	for _, c := range all {
		out = append(out, word(c))
	}
	return strings.Join(out, "、")
}

func (v caseView) sighted() look.Choices {
	c := look.Choices{Field: look.Field{Name: "sighted", Label: lang.T("application.sighted.label"), Hint: lang.T("application.sighted.hint")}, Values: v.typed["sighted"]}
	for _, p := range v.Checklist {
		c.Options = append(c.Options, look.Option{Value: p, Text: paperWord(p)})
		if v.Sighted[p] {
			c.Values = append(c.Values, p)
		}
	}
	return c
}

func paperWord(p string) string { return lang.T("paper." + p) }

func (v caseView) events() []look.Event {
	var out []look.Event
	for _, l := range v.Timeline {
		out = append(out, look.Event{Title: word(l.Act), By: l.Name, At: l.At.In(day.Beijing), Text: l.Note})
	}
	return out
}
