package web

import (
	"net/http"
	"net/url"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/pathway"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/sheet"
)

func pathwayHref(id application.ID) string { return caseHref(id) + "/pathway" }

// pathway is the way on which somebody comes before the hospital: what the rules propose, what was chosen, what is still to be done.
func (s *Server) pathway(w http.ResponseWriter, r *http.Request) error {
	return s.pathwayShow(w, r, http.StatusOK, nil)
}

func (s *Server) pathwayShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	all, err := s.assessing.Pathway(r.Context(), actor(r), application.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := pathwayView{Pathway: all, q: r.PostForm, posted: r.Method == http.MethodPost}
	if v.posted {
		if v.Proposed, err = s.assessing.ProposePathway(r.Context(), actor(r), all.Case.Application.ID, readPathway(r).Facts); err != nil {
			return err
		}
	}
	p := s.page(w, r, lang.T("path.title"))
	p.Caption, p.Problems = all.Person.Name, look.Find(wrong)
	p.Crumbs = []look.Link{{Text: all.Person.Name, Href: caseHref(all.Case.Application.ID)}}
	return show(w, r, status, pathwayPage(p, v))
}

// pathwayChoose keeps the way, or shows what the rules propose for the facts.
func (s *Server) pathwayChoose(w http.ResponseWriter, r *http.Request) error {
	if r.PostFormValue("do") == "propose" {
		return s.pathwayShow(w, r, http.StatusOK, nil)
	}
	id := application.ID(r.PathValue("id"))
	c := readPathway(r)
	err := s.assessing.ChoosePathway(r.Context(), actor(r), id, c)
	if again(err) {
		return s.pathwayShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if fault.Of(err) == fault.Stale {
		return s.pathwayShow(w, r, http.StatusConflict, err)
	}
	if err != nil {
		return err
	}
	if c.Path == pathway.Remote {
		return s.done(w, r, remoteHref(id), "path.done")
	}
	return s.done(w, r, pathwayHref(id), "path.done")
}

// readPathway reads a choice as it was typed.
func readPathway(r *http.Request) pathway.Choice {
	value := r.PostFormValue
	c := pathway.Choice{Path: pathway.Path(value("path"))}
	c.Version, _ = strconv.Atoi(value("version"))
	c.Facts = pathway.Facts{Inpatient: value("inpatient") == yes, Immobile: value("immobile") == yes, Ground: pathway.Ground(value("ground"))}
	c.Reason, c.Organiser, c.Secretary, c.Original = value("reason"), value("organiser"), value("secretary"), value("original") == yes
	c.Guardian = pathway.Party{Name: value("guardian"), Relation: value("relation"), Phone: look.Narrow(value("phone"))}
	return c
}

// yes is what a box or a button that means yes sends.
const yes = "yes"

// pathwayView is the page, with what was typed into a form that failed.
type pathwayView struct {
	assessing.Pathway
	q      url.Values
	posted bool
}

func (v pathwayView) action() string { return pathwayHref(v.Case.Application.ID) }

// said is a field as it was typed, else as it was kept.
func (v pathwayView) said(name, kept string) string {
	if v.posted {
		return v.q.Get(name)
	}
	return kept
}

func (v pathwayView) text(name, kept string) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: lang.T("path." + name), Hint: lang.T("path." + name + ".hint"), Optional: true}, Value: v.said(name, kept), Width: look.W20, Complete: "off"}
}

func (v pathwayView) fact(name string, kept bool) look.Choice {
	value := map[bool]string{true: yes, false: "no"}[kept]
	return look.Choice{Field: look.Field{Name: name, Label: lang.T("path." + name)}, Value: v.said(name, value), Inline: true,
		Options: []look.Option{{Value: yes, Text: lang.T("path.yes")}, {Value: "no", Text: lang.T("path.no")}}}
}

func (v pathwayView) grounds() look.Choice {
	c := look.Choice{Field: look.Field{Name: "ground", Label: lang.T("path.ground"), Hint: lang.T("path.ground.hint", v.Policy.Find(policy.RemoteGrounds).Basis), Optional: true},
		Value: v.said("ground", string(v.Way.Facts.Ground)), Empty: lang.T("path.ground.none")}
	for _, g := range pathway.Grounds() {
		if v.Policy.Has(policy.RemoteGrounds, string(g)) {
			c.Options = append(c.Options, look.Option{Value: string(g), Text: word(g)})
		}
	}
	return c
}

// paths is the choice of the way; the proposed one is ticked until somebody chooses.
func (v pathwayView) paths() look.Choice {
	c := look.Choice{Field: look.Field{Name: "path", Label: lang.T("path.column")}, Value: string(v.Way.Path)}
	switch {
	case v.q.Get("do") == "propose":
		c.Value = string(v.Proposed.Path)
	case v.posted:
		c.Value = v.q.Get("path")
	case c.Value == "":
		c.Value = string(v.Proposed.Path)
	}
	for _, p := range pathway.Paths {
		if p != pathway.Central && !v.Policy.Has(policy.PathsOpen, string(p)) {
			continue
		}
		o := look.Option{Value: string(p), Text: word(p), Hint: lang.T(p.Told())}
		if p == v.Proposed.Path {
			o.Text = lang.T("path.proposed.mark", p)
		}
		c.Options = append(c.Options, o)
	}
	return c
}

func (v pathwayView) reason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("path.reason"), Hint: lang.T("path.reason.hint"), Optional: true}, Value: v.said("reason", v.Way.Reason), Rows: 3,
		Max: pathway.TextMost}
}

func (v pathwayView) original() look.Choices {
	c := look.Choices{Field: look.Field{Name: "original", Label: lang.T("path.original"), Optional: true}, Options: []look.Option{{Value: yes, Text: lang.T("path.original.yes")}}}
	if v.said("original", map[bool]string{true: yes}[v.Way.Original]) == yes {
		c.Values = []string{yes}
	}
	return c
}

// chosen is the way as it stands.
func (v pathwayView) chosen() []look.Detail {
	w := v.Way
	out := []look.Detail{{Key: lang.T("path.column"), Value: word(w.Path)}, {Key: lang.T("path.next"), Value: lang.T(w.Path.Told())}, {Key: lang.T("path.on"), Value: w.On.Chinese() + " " + w.By}}
	if w.Facts.Ground != "" {
		out = append(out, look.Detail{Key: lang.T("path.ground"), Value: word(w.Facts.Ground)})
	}
	for _, part := range []struct{ key, value string }{{"path.reason", w.Reason}, {"path.organiser", w.Organiser}, {"path.guardian", w.Guardian.Name}, {"path.relation", w.Guardian.Relation},
		{"path.secretary", w.Secretary}, {"path.seen", w.Seen}} {
		if part.value != "" {
			out = append(out, look.Detail{Key: lang.T(part.key), Value: part.value})
		}
	}
	return out
}

// tasks is what the way needs, with where it is done.
func pathwayTasks(id application.ID, needs []pathway.Need) []look.Task {
	var out []look.Task
	for _, n := range needs {
		t := look.Task{Text: assessing.NeedText(n), State: look.Tag{Text: lang.T("path.need.done"), Colour: look.Green}}
		if !n.Done {
			t.State = look.Tag{Text: lang.T("path.need.todo"), Colour: look.Yellow}
			t.Href = map[string]string{"path.need.paper": caseHref(id) + "#papers", "path.need.original": pathwayHref(id)}[n.Key]
			if t.Href == "" {
				t.Href = remoteHref(id)
			}
		}
		out = append(out, t)
	}
	return out
}

// pathways is who is on which way in an area.
func (s *Server) pathways(w http.ResponseWriter, r *http.Request) error {
	v := pathwaysView{r: r}
	f := pathwaysFilter(r)
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.PathList, f.Region); err == nil && !v.whole {
		v.PathwayList, err = s.assessing.Pathways(r.Context(), actor(r), f)
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, pathwaysPage(s.page(w, r, lang.T("path.list.title")), v))
}

func pathwaysFilter(r *http.Request) assessing.PathwayFilter {
	q := r.URL.Query()
	return assessing.PathwayFilter{Region: region.Code(q.Get("region")), Path: pathway.Path(q.Get("path")), Open: q.Get("open") != "no", After: application.ID(q.Get("after")), Limit: rows}
}

// pathwaysExport is the list as a file.
func (s *Server) pathwaysExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("path.list.title"), columns: assessing.PathwayColumns, write: func(to sheet.Out) error {
		return s.assessing.ExportPathways(r.Context(), actor(r), pathwaysFilter(r), to)
	}})
}

type pathwaysView struct {
	assessing.PathwayList
	r     *http.Request
	where look.Choice
	whole bool // no county is chosen yet
}

// bedridden is the list of those who are marked so and have not applied.
func (v pathwaysView) bedridden() string {
	return remindersHref("/reminders", nil, "region", v.r.URL.Query().Get("region"), "state", awaitedOnly, "reason", string(reminder.Bedridden))
}

func (v pathwaysView) paths() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "path", Label: lang.T("path.column")}, Value: v.r.URL.Query().Get("path"), Empty: lang.T("reminder.filter.all")}, pathway.Paths)
}

func (v pathwaysView) open() look.Choice {
	return look.Choice{Field: look.Field{Name: "open", Label: lang.T("path.open")}, Value: v.r.URL.Query().Get("open"), Empty: lang.T("path.open.yes"),
		Options: []look.Option{{Value: "no", Text: lang.T("path.open.no")}}}
}

func (v pathwaysView) table() look.Table {
	t := look.Table{Caption: lang.T("path.list.title"), Quiet: true, Empty: lang.T("path.list.none"), Columns: []look.Column{{Text: lang.T("column.name"), Tight: true}, {Text: lang.T("session.column.wanted")},
		{Text: lang.T("path.column"), Tight: true}, {Text: lang.T("path.who")}, {Text: lang.T("detail.place")}, {Text: lang.T("detail.state"), Tight: true}}}
	switch {
	case v.whole:
		t.Empty = lang.T("disclosure.choose")
	case narrowed(v.r) != "":
		t.Empty = lang.T("appeal.filtered")
	}
	for _, x := range v.Lines {
		a := x.Case.Application
		state := look.Cell{Tag: stateTag(a.State)}
		if x.Asked {
			state = look.Cell{Tag: look.Tag{Text: lang.T("evidence.asked"), Colour: look.Orange}}
		}
		who := x.Organiser
		if who == "" {
			who = x.Guardian.Name
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: x.Person.Name, Href: pathwayHref(a.ID), Note: x.Person.Number.Masked()}, {Text: categoryWords(a.Wanted)}, {Text: word(x.Path)},
			{Text: who, Note: x.Secretary}, {Text: v.Places[x.Person.Region.Township()] + villageName(x.Person.Region, v.Places)}, state}})
	}
	return t
}
