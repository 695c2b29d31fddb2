package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/registry"
)

// household is how a person lives, with whom, with which supports and helpers.
func (s *Server) household(w http.ResponseWriter, r *http.Request) error {
	return s.householdShow(w, r, http.StatusOK, nil)
}

func (s *Server) householdShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	h, err := s.registry.Household(r.Context(), actor(r), person.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := householdView{Household: h, q: r.PostForm, do: r.PostFormValue("do")}
	if h.CanEdit {
		lives := h.Life.Lives
		if v.do == "life" {
			lives = region.Code(v.q.Get("lives"))
		}
		if v.lives, err = s.placeField(r, look.Field{Name: "lives", Label: lang.T("household.lives"), Optional: true}, lives); err != nil {
			return err
		}
		v.lives.Empty = lang.T("household.lives.none")
	}
	p := s.personFrame(w, r, lang.T("household.title"), look.Link{Text: h.Person.Name, Href: personHref(h.Person.ID)})
	p.Caption, p.Problems = h.Person.Name, look.Find(wrong)
	return show(w, r, status, householdPage(p, v))
}

// householdSave does what one of the forms of the page asks for.
func (s *Server) householdSave(w http.ResponseWriter, r *http.Request) error {
	id := person.ID(r.PathValue("id"))
	err := s.householdDo(r, id)
	switch {
	case err == nil:
		return s.done(w, r, personHref(id)+"/household", "person.edit.done")
	case fault.Of(err) == fault.Stale:
		return s.householdShow(w, r, http.StatusConflict, err)
	case again(err):
		return s.householdShow(w, r, http.StatusUnprocessableEntity, err)
	}
	return err
}

func (s *Server) householdDo(r *http.Request, id person.ID) error {
	ctx, by, value := r.Context(), actor(r), r.PostFormValue
	date := func(name, key string) (day.Day, error) {
		d, ok := look.ReadDay(value(name))
		if ok {
			return d, nil
		}
		var p fault.Problems
		p.Add(name, key)
		return "", p.Fault()
	}
	switch value("do") {
	case "life":
		version, _ := strconv.Atoi(value("version"))
		return s.registry.EditLife(ctx, by, household.Life{Person: id, Marital: household.Marital(value("marital")), Education: household.Education(value("education")),
			Lives: region.Code(value("lives")), LivesAt: value("lives_at"), Guardian: person.Number(look.Narrow(value("guardian_number"))), Version: version})
	case "join":
		return s.registry.JoinHousehold(ctx, by, id, person.Number(look.Narrow(value("member"))))
	case "leave":
		return s.registry.LeaveHousehold(ctx, by, id)
	case "support":
		from, err := date("since", "household.from.wrong")
		if err != nil {
			return err
		}
		return s.registry.AddSupport(ctx, by, id, household.Kind(value("support")), from)
	case "helper":
		from, err := date("from", "household.from.wrong")
		if err != nil {
			return err
		}
		return s.registry.AddHelper(ctx, by, id, household.Helper{Role: household.Role(value("role")), Name: value("helper"), Unit: value("unit"),
			Phone: look.Narrow(value("phone")), Span: household.Span{From: from}})
	case "end":
		on, err := date("to", "audit.day.wrong")
		if err != nil {
			return err
		}
		if support := value("support"); support != "" {
			return s.registry.EndSupport(ctx, by, id, support, on)
		}
		return s.registry.EndHelper(ctx, by, id, value("helper"), on)
	}
	return fault.New(fault.Invalid, "form.choice.wrong")
}

// householdView is the page, with what was typed into the form that failed.
type householdView struct {
	registry.Household
	q     url.Values
	do    string
	lives look.Choice
}

// typed is what stands in a field of a form: what was typed when that form failed, else what is kept.
func (v householdView) typed(form, name, kept string) string {
	if v.do == form {
		return v.q.Get(name)
	}
	return kept
}

// wrong is the problems of a form; those of the other forms of the page are not its own.
func (v householdView) wrong(form string, p look.Problems) look.Problems {
	if v.do == form {
		return p
	}
	return nil
}

func (v householdView) action() string { return personHref(v.Person.ID) + "/household" }

func (v householdView) details() []look.Detail {
	l := v.Life
	choice := func(n lang.Namer, empty bool) string {
		if empty {
			return lang.T("household.unasked")
		}
		return word(n)
	}
	lives := lang.T("household.lives.none")
	if l.Lives != "" {
		lives = v.Places[l.Lives.Township()] + villageName(l.Lives, v.Places)
	}
	return []look.Detail{{Key: lang.T("household.marital"), Value: choice(l.Marital, l.Marital == "")}, {Key: lang.T("household.education"), Value: choice(l.Education, l.Education == "")},
		{Key: lang.T("household.lives"), Value: lives}, {Key: lang.T("household.lives_at"), Value: l.LivesAt},
		{Key: lang.T("household.guardian"), Value: strings.TrimSpace(v.Person.Guardian.Name + " " + l.Guardian.Masked())}}
}

func (v householdView) maritals() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "marital", Label: lang.T("household.marital"), Optional: true}, Value: v.typed("life", "marital", string(v.Life.Marital)), Empty: lang.T("household.unasked")}, household.Maritals)
}

func (v householdView) educations() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "education", Label: lang.T("household.education"), Optional: true}, Value: v.typed("life", "education", string(v.Life.Education)), Empty: lang.T("household.unasked")}, household.Educations)
}

// text is a field of one line.
func (v householdView) text(form, name, kept string, optional bool) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: lang.T("household." + name), Optional: optional}, Value: v.typed(form, name, kept), Width: look.W30, Complete: "off"}
}

func (v householdView) from(form, name string) look.Date {
	return look.Date{Field: look.Field{Name: name, Label: lang.T("household.from")}, Typed: v.typed(form, name, string(v.Today))}
}

// guardian takes the number of the guardian; one that is kept is shown masked and stays when nothing is typed.
func (v householdView) guardian() look.Input {
	i := v.text("life", "guardian_number", "", true)
	if v.Life.Guardian != "" {
		i.Field.Hint = lang.T("household.guardian.kept", v.Life.Guardian.Masked())
	}
	return i
}

func (v householdView) until() look.Date {
	return look.Date{Field: look.Field{Name: "to", Label: lang.T("household.to")}, Typed: v.typed("end", "to", string(v.Today))}
}

func (v householdView) supports() look.Table {
	t := look.Table{Caption: lang.T("household.supports"), Empty: lang.T("household.supports.none"), Columns: []look.Column{{Text: lang.T("household.support")},
		{Text: lang.T("household.from"), Tight: true}, {Text: lang.T("household.to"), Tight: true}}}
	for _, x := range v.Supports {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: word(x.Kind)}, {Text: string(x.From)}, {Text: string(x.To)}}})
	}
	return t
}

func (v householdView) kinds() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "support", Label: lang.T("household.support")}, Value: v.typed("support", "support", "")}, household.Kinds)
}

func (v householdView) members() look.Table {
	t := look.Table{Caption: lang.T("household.members"), Empty: lang.T("household.members.none"), Columns: []look.Column{{Text: lang.T("detail.name")},
		{Text: lang.T("detail.number"), Tight: true}, {Text: lang.T("person.born"), Tight: true}, {Text: lang.T("detail.place")}}}
	for _, m := range v.Members {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: m.Name, Href: personHref(m.ID)}, {Text: m.Number.Masked()},
			{Text: string(m.Birth)}, {Text: v.Places[m.Region.Township()] + villageName(m.Region, v.Places)}}})
	}
	return t
}

func (v householdView) helpers() look.Table {
	t := look.Table{Caption: lang.T("household.helpers"), Empty: lang.T("household.helpers.none"), Columns: []look.Column{{Text: lang.T("household.role")},
		{Text: lang.T("household.helper")}, {Text: lang.T("household.phone"), Tight: true}, {Text: lang.T("household.from"), Tight: true}, {Text: lang.T("household.to"), Tight: true}}}
	for _, h := range v.Helpers {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: word(h.Role)}, {Text: h.Name, Note: h.Unit}, {Text: h.Phone}, {Text: string(h.From)}, {Text: string(h.To)}}})
	}
	return t
}

func (v householdView) roles() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "role", Label: lang.T("household.role")}, Value: v.typed("helper", "role", "")}, household.Roles)
}

// ending is one thing that can be ended: the field that names it, its id, and what the button says.
type ending struct{ field, id, text string }

// open is what of the page still holds.
func (v householdView) open() []ending {
	var out []ending
	for _, x := range v.Supports {
		if x.Open() {
			out = append(out, ending{"support", x.ID, lang.T("household.end", word(x.Kind))})
		}
	}
	for _, h := range v.Helpers {
		if h.Open() {
			out = append(out, ending{"helper", h.ID, lang.T("household.end", h.Name)})
		}
	}
	return out
}

// helpers is who helps the households of an area.
func (s *Server) helpers(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := helpersView{r: r, role: household.Role(q.Get("role"))}
	f := registry.HelperFilter{Region: region.Code(q.Get("region")), Role: v.role, After: q.Get("after"), Limit: rows}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.HouseholdRead, f.Region); err == nil && !v.whole {
		v.HelperList, err = s.registry.Helpers(r.Context(), actor(r), f)
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, helpersPage(s.page(w, r, lang.T("helpers.title")), v))
}

type helpersView struct {
	registry.HelperList
	r     *http.Request
	role  household.Role
	where look.Choice
	whole bool // no county is chosen yet
}

func (v helpersView) roles() look.Choice {
	c := householdView{}.roles()
	c.Value, c.Empty = string(v.role), lang.T("reminder.filter.all")
	return c
}

func (v helpersView) table() look.Table {
	t := look.Table{Caption: lang.T("helpers.title"), Quiet: true, Empty: lang.T("helpers.none"), Columns: []look.Column{{Text: lang.T("household.helper")}, {Text: lang.T("household.role")},
		{Text: lang.T("household.phone"), Tight: true}, {Text: lang.T("helpers.household")}, {Text: lang.T("detail.place")}, {Text: lang.T("household.from"), Tight: true}}}
	if v.whole {
		t.Empty = lang.T("disclosure.choose")
	}
	for _, h := range v.Helpers {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: h.Name, Note: h.Unit}, {Text: word(h.Role)}, {Text: h.Phone},
			{Text: h.First.Name, Href: personHref(h.First.ID) + "/household", Note: lang.T("helpers.members", h.Members)},
			{Text: v.Places[h.Region.Township()] + villageName(h.Region, v.Places)}, {Text: string(h.From)}}})
	}
	return t
}
