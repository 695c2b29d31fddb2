package web

import (
	"net/http"
	"net/url"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/staff"
)

// relatives is whom the signed-in officer or doctor declared as related, with the form to declare somebody.
func (s *Server) relatives(w http.ResponseWriter, r *http.Request) error {
	return s.relativesShow(w, r, nil)
}

func (s *Server) relativesShow(w http.ResponseWriter, r *http.Request, wrong error) error {
	all, err := s.office.Relatives(r.Context(), actor(r))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, lang.T("relative.title"))
	p.Problems = look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("own.title"), Href: "/account"}}
	return show(w, r, status, relativesPage(p, relativesView{all, r.PostForm}))
}

// relativeDeclare keeps a declaration.
func (s *Server) relativeDeclare(w http.ResponseWriter, r *http.Request) error {
	err := s.office.DeclareRelative(r.Context(), actor(r), staff.Relative{Name: r.PostFormValue("name"), Number: person.Number(look.Narrow(r.PostFormValue("number"))),
		Relation: staff.Relation(r.PostFormValue("relation"))})
	if again(err) {
		return s.relativesShow(w, r, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/account/relatives", "relative.done")
}

// relativeWithdraw ends a declaration that was wrong.
func (s *Server) relativeWithdraw(w http.ResponseWriter, r *http.Request) error {
	if err := s.office.WithdrawRelative(r.Context(), actor(r), r.PathValue("id")); err != nil {
		return err
	}
	return s.done(w, r, "/account/relatives", "relative.withdrawn.done")
}

// relativesView is the declarations, and what was typed when the form failed.
type relativesView struct {
	all []staff.Relative
	q   url.Values
}

func (v relativesView) name() look.Input {
	return look.Input{Field: look.Field{Name: "name", Label: lang.T("detail.name")}, Value: v.q.Get("name"), Width: look.W20, Complete: "off"}
}

func (v relativesView) number() look.Input {
	return look.Input{Field: look.Field{Name: "number", Label: lang.T("detail.number")}, Value: v.q.Get("number"), Width: look.W20, Complete: "off"}
}

func (v relativesView) relations() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "relation", Label: lang.T("relative.relation")}, Value: v.q.Get("relation")}, staff.Relations)
}

// kindred is the declared relatives who stand in the register.
func (s *Server) kindred(w http.ResponseWriter, r *http.Request) error {
	asked := region.Code(r.URL.Query().Get("region"))
	from, _ := strconv.Atoi(r.URL.Query().Get("after")) // anything else is the beginning
	v := kindredView{r: r}
	var err error
	var more bool
	if v.where, v.whole, err = s.ofCounty(r, access.RelativeScreen, asked); err == nil && !v.whole {
		v.all, more, err = s.office.Kindred(r.Context(), actor(r), asked, from, rows)
	}
	if err != nil {
		return err
	}
	if more {
		v.next = strconv.Itoa(max(from, 0) + rows)
	}
	return show(w, r, http.StatusOK, kindredPage(s.page(w, r, lang.T("kindred.title")), v))
}

type kindredView struct {
	all   []office.Kin
	next  string
	r     *http.Request
	where look.Choice
	whole bool // no county is chosen yet
}

func (v kindredView) table() look.Table {
	t := look.Table{Caption: lang.T("kindred.title"), Quiet: true, Empty: lang.T("kindred.empty"), Columns: []look.Column{{Text: lang.T("kindred.officer")}, {Text: lang.T("relative.relation")},
		{Text: lang.T("kindred.person")}, {Text: lang.T("kindred.holds"), Tight: true}, {Text: lang.T("kindred.declared"), Tight: true}}}
	if v.whole {
		t.Empty = lang.T("disclosure.choose")
	}
	for _, k := range v.all {
		holds := look.Cell{Text: lang.T("policy.no")}
		if k.Holds {
			holds = look.Cell{Tag: look.Tag{Text: lang.T("policy.yes"), Colour: look.Orange}}
		}
		declared := look.Cell{Text: string(k.Declared)}
		if k.Withdrawn {
			declared.Note = lang.T("kindred.withdrawn", k.Ended)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: k.Officer, Note: word(k.Role)}, {Text: word(k.Relation)},
			{Text: k.Person.Name, Href: personHref(k.Person.ID), Note: k.Person.Number.Masked()}, holds, declared}})
	}
	return t
}
