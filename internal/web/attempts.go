package web

import (
	"net/http"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/attempt"
	"hefa/internal/fieldwork"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
)

// partyRows is how many people who went can be typed; partyShown of them stand open.
const (
	partyRows  = 4
	partyShown = 2
)

func attemptsHref(id person.ID) string { return personHref(id) + "/attempts" }

// attempts is every time that somebody tried to win a person over, with the form to add one.
func (s *Server) attempts(w http.ResponseWriter, r *http.Request) error {
	return s.attemptsShow(w, r, person.ID(r.PathValue("id")), nil)
}

// attemptsShow is the page with what was typed; wrong may be what kept a statement of giving up from being printed.
func (s *Server) attemptsShow(w http.ResponseWriter, r *http.Request, id person.ID, wrong error) error {
	m, err := s.fieldwork.Attempts(r.Context(), actor(r), id)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.personFrame(w, r, lang.T("attempt.title"), look.Link{Text: m.Person.Name, Href: personHref(id)})
	p.Caption, p.Problems = m.Person.Name, look.Find(wrong)
	return show(w, r, status, attemptsPage(p, attemptsView{m, r}))
}

// attemptAdd keeps an attempt.
func (s *Server) attemptAdd(w http.ResponseWriter, r *http.Request) error {
	id := person.ID(r.PathValue("id"))
	on, _ := look.ReadDay(r.PostFormValue("day")) // what is no day is refused as a missing one
	a := attempt.Attempt{Person: id, Day: on, Way: attempt.Way(r.PostFormValue("way")), Result: attempt.Result(r.PostFormValue("result")), Note: r.PostFormValue("note")}
	for i := range partyRows {
		n := strconv.Itoa(i + 1)
		a.Party = append(a.Party, attempt.Goer{Name: r.PostFormValue("name" + n), Post: attempt.Post(r.PostFormValue("post" + n))})
	}
	for _, h := range r.PostForm["helper"] {
		post, name, _ := strings.Cut(h, " ")
		a.Party = append(a.Party, attempt.Goer{Name: name, Post: attempt.Post(post)})
	}
	err := s.fieldwork.RecordAttempt(r.Context(), actor(r), a)
	if again(err) {
		return s.attemptsShow(w, r, id, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, attemptsHref(id), "attempt.saved")
}

// attemptsView is the page as it is laid out.
type attemptsView struct {
	fieldwork.Mobilising
	r *http.Request
}

// sent says whether the form of this page was just sent in vain.
func (v attemptsView) sent() bool { return v.r.PostForm.Has("day") }

// typed is what stands in a field: what was typed, else what is proposed.
func (v attemptsView) typed(name, proposed string) string {
	if v.sent() {
		return v.r.PostFormValue(name)
	}
	return proposed
}

// waiver says how far the person is from a statement of giving up.
func (v attemptsView) waiver() string {
	if v.Visits < v.Wanted {
		return lang.T("attempt.waiver.few", v.Wanted, v.Visits)
	}
	return lang.T("attempt.waiver.enough", v.Visits)
}

func (v attemptsView) day() look.Date {
	return look.Date{Field: look.Field{Name: "day", Label: lang.T("attempt.day")}, Typed: v.typed("day", string(v.Today))}
}

func (v attemptsView) ways() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "way", Label: lang.T("attempt.way")}, Value: v.typed("way", string(attempt.Visit))}, attempt.Ways)
}

func (v attemptsView) results() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "result", Label: lang.T("attempt.result")}, Value: v.typed("result", ""), Empty: lang.T("edit.pick")}, attempt.Results())
}

func (v attemptsView) note() look.Area {
	return look.Area{Field: look.Field{Name: "note", Label: lang.T("attempt.note"), Optional: true}, Value: v.typed("note", ""), Rows: 2, Max: 200}
}

// goers is the rows of who went from one to before another; the first row proposes whoever is signed in.
func (v attemptsView) goers(from, before int) (out []goerFields) {
	for i := from; i < before; i++ {
		n, name, post := strconv.Itoa(i+1), "", attempt.Post("")
		if by := actor(v.r); i == 0 {
			if post = attempt.PostOf(by.Role); post != "" {
				name = by.Name
			}
		}
		optional := i > 0
		out = append(out, goerFields{
			look.Input{Field: look.Field{Name: "name" + n, Label: lang.T("attempt.name", i+1), Optional: optional}, Value: v.typed("name"+n, name), Width: look.W10, Complete: "off"},
			picks(look.Choice{Field: look.Field{Name: "post" + n, Label: lang.T("attempt.post", i+1), Optional: optional}, Value: v.typed("post"+n, string(post)), Empty: lang.T("edit.pick")}, attempt.Posts)})
	}
	return out
}

type goerFields struct {
	name look.Input
	post look.Choice
}

// more says whether one of the rows that stand folded holds something.
func (v attemptsView) more() bool {
	for _, g := range v.goers(partyShown, partyRows) {
		if g.name.Value != "" || g.post.Value != "" {
			return true
		}
	}
	return false
}

// helpers is who helps the household, to be ticked instead of typed.
func (v attemptsView) helpers() look.Choices {
	c := look.Choices{Field: look.Field{Name: "helper", Label: lang.T("attempt.helpers"), Optional: true}, Values: v.r.PostForm["helper"]}
	for _, h := range v.Helpers {
		c.Options = append(c.Options, look.Option{Value: string(h.Role) + " " + h.Name, Text: lang.T("attempt.goer", h.Name, h.Role)})
	}
	return c
}

// table is the attempts; the page's title is theirs.
func (v attemptsView) table() look.Table {
	t := attemptTable(v.Attempts)
	t.Quiet = true
	return t
}

// attemptTable is attempts in rows, the latest first.
func attemptTable(all []attempt.Attempt) look.Table {
	t := look.Table{Caption: lang.T("attempt.title"), Empty: lang.T("attempt.none"), Columns: []look.Column{{Text: lang.T("attempt.day"), Tight: true}, {Text: lang.T("attempt.way"), Tight: true},
		{Text: lang.T("attempt.party")}, {Text: lang.T("attempt.result")}, {Text: lang.T("attempt.author"), Tight: true}}}
	for i := len(all) - 1; i >= 0; i-- {
		a := all[i]
		var who []string
		for _, g := range a.Party {
			who = append(who, lang.T("attempt.goer", g.Name, g.Post))
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: string(a.Day)}, {Text: word(a.Way)}, {Text: strings.Join(who, "、")}, {Text: word(a.Result), Note: a.Note}, {Text: a.Author}}})
	}
	return t
}

// attemptsOf is what was tried with a person, for a page that shows it beside other things; none for who may not read it.
func (s *Server) attemptsOf(r *http.Request, id person.ID) ([]attempt.Attempt, error) {
	if !actor(r).Can(access.ReminderRead) {
		return nil, nil
	}
	m, err := s.fieldwork.Attempts(r.Context(), actor(r), id)
	return m.Attempts, err
}
