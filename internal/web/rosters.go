package web

import (
	"errors"
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/roster"
)

// rosters is the lists that townships handed in.
func (s *Server) rosters(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v, where := rostersView{r: r, may: actor(r).Can(access.RosterImport)}, region.Code(q.Get("region"))
	var err error
	var more bool
	if v.where, v.whole, err = s.ofCounty(r, access.RosterRead, where); err == nil && !v.whole {
		v.lists, more, err = s.fieldwork.Rosters(r.Context(), actor(r), where, fieldwork.Page{After: q.Get("after"), Limit: rows})
	}
	if err != nil {
		return err
	}
	if more {
		v.next = string(v.lists[len(v.lists)-1].ID)
	}
	return show(w, r, http.StatusOK, rostersPage(s.page(w, r, lang.T("rosters.title")), v))
}

// rostersView is the lists as the page lays them out.
type rostersView struct {
	r     *http.Request
	lists []fieldwork.Handed
	may   bool
	where look.Choice
	whole bool   // no county is chosen yet
	next  string // what after is for the next page, "" on the last
}

// empty says why the list has no rows.
func (v rostersView) empty() string {
	switch {
	case v.whole:
		return lang.T("disclosure.choose")
	case v.may:
		return lang.T("rosters.empty")
	}
	return lang.T("rosters.none")
}

func (v rostersView) table() look.Table {
	t := look.Table{Caption: lang.T("rosters.list"), Quiet: true, Empty: v.empty(), Columns: []look.Column{
		{Text: lang.T("rosters.column.name")}, {Text: lang.T("rosters.column.place")}, {Text: lang.T("rosters.column.state"), Tight: true},
		{Text: lang.T("rosters.column.good"), Number: true}, {Text: lang.T("rosters.column.bad"), Number: true},
		{Text: lang.T("rosters.column.author")}, {Text: lang.T("rosters.column.at"), Tight: true}}}
	for _, u := range v.lists {
		bad := ""
		if u.State != roster.Checking && u.State != roster.Unreadable {
			bad = strconv.Itoa(u.Rows - u.Good + u.Declined)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: word(u.Kind), Href: rosterHref(u.ID), Note: u.Name}, {Text: u.Township},
			{Tag: rosterTag(u.State)}, {Text: strconv.Itoa(u.Good)}, {Text: bad}, {Text: u.Author}, {Text: look.Moment(u.At.In(day.Beijing))}}})
	}
	return t
}

func rosterHref(id roster.ID) string { return "/rosters/" + string(id) }

func rosterTag(s roster.State) look.Tag {
	colours := map[roster.State]look.Colour{roster.Checking: look.Blue, roster.Ready: look.Yellow, roster.Storing: look.Blue, roster.Stored: look.Green,
		roster.Unreadable: look.Red, roster.Dropped: look.Grey}
	return look.Tag{Text: word(s), Colour: colours[s]}
}

// rosterNew shows the form to hand a list in.
func (s *Server) rosterNew(w http.ResponseWriter, r *http.Request) error {
	return s.rosterForm(w, r, http.StatusOK, rosterForm{Region: r.URL.Query().Get("region"), Kind: r.URL.Query().Get("kind")}, nil)
}

// rosterForm is what was chosen, without the file, which a browser does not show again.
type rosterForm struct {
	Kind, Region string
	places       []region.Region
}

func (s *Server) rosterForm(w http.ResponseWriter, r *http.Request, status int, f rosterForm, err error) error {
	var loadErr error
	if f.places, loadErr = s.fieldwork.RosterPlaces(r.Context(), actor(r)); loadErr != nil {
		return loadErr
	}
	if len(f.places) == 1 {
		f.Region = string(f.places[0].Code)
	}
	p := s.page(w, r, lang.T("roster.new.title"))
	p.Problems = look.Find(err)
	p.Crumbs = []look.Link{{Text: lang.T("rosters.title"), Href: "/rosters"}}
	return show(w, r, status, rosterNewPage(p, f))
}

func (f rosterForm) kinds() look.Choice {
	c := look.Choice{Field: look.Field{Name: "kind", Label: lang.T("roster.new.kind")}, Value: f.Kind}
	for _, k := range roster.Kinds {
		c.Options = append(c.Options, look.Option{Value: string(k), Text: word(k), Hint: lang.T("roster.new.hint." + string(k))})
	}
	return c
}

func (f rosterForm) townships() look.Choice {
	c := look.Choice{Field: look.Field{Name: "region", Label: lang.T("roster.new.region")}, Value: f.Region}
	if len(f.places) > 1 {
		c.Empty = lang.T("roster.new.choose")
	}
	for _, p := range f.places {
		name := p.Name
		if p.Code.Level() == region.County {
			name = lang.T("roster.new.county", name)
		}
		c.Options = append(c.Options, look.Option{Value: string(p.Code), Text: name})
	}
	return c
}

func (f rosterForm) file() look.File {
	return look.File{Field: look.Field{Name: "file", Label: lang.T("roster.new.file"), Hint: lang.T("roster.new.file.hint")}, Accept: ".xlsx,.csv",
		Max: fieldwork.FileLimit}
}

// rosterAdd takes a list in and shows how its checking goes.
func (s *Server) rosterAdd(w http.ResponseWriter, r *http.Request) error {
	f := rosterForm{Kind: r.PostFormValue("kind"), Region: r.PostFormValue("region")}
	paper := fieldwork.Paper{Kind: roster.Kind(f.Kind), Region: region.Code(f.Region)}
	file, head, err := r.FormFile("file")
	if err == nil {
		defer file.Close() // the request's own copy
		paper.Name, paper.File = head.Filename, file
	} else if !errors.Is(err, http.ErrMissingFile) {
		return fault.New(fault.Invalid, "roster.file.missing").Because(err)
	}
	id, err := s.fieldwork.UploadRoster(r.Context(), actor(r), paper)
	if again(err) {
		return s.rosterForm(w, r, wrongStatus(r, err), f, err)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, rosterHref(id))
}
