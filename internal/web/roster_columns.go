package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hefa/internal/fieldwork"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/roster"
)

// rosterColumns asks what the columns of a list hold; row and last choose other rows as the header.
func (s *Server) rosterColumns(w http.ResponseWriter, r *http.Request) error {
	return s.rosterColumnsShow(w, r, headerRows(r.URL.Query()), nil, nil)
}

// headerRows is the rows of the header that a form names; what is no number is no row of the sheet.
func headerRows(from url.Values) roster.Span {
	row, _ := strconv.Atoi(from.Get("row"))
	last, err := strconv.Atoi(from.Get("last"))
	if err != nil {
		last = row
	}
	return roster.Span{Row: row, Last: last}
}

func (s *Server) rosterColumnsShow(w http.ResponseWriter, r *http.Request, at roster.Span, typed url.Values, wrong error) error {
	c, err := s.fieldwork.RosterColumns(r.Context(), actor(r), roster.ID(r.PathValue("id")), at)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, lang.T("roster.columns.title"))
	p.Caption, p.Problems = c.Township+" "+c.Name, look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("rosters.title"), Href: "/rosters"}, {Text: word(c.Kind), Href: rosterHref(c.ID)}}
	return show(w, r, status, rosterColumnsPage(p, columnsView{c, typed}))
}

// rosterColumnsTell keeps what the columns hold and has the list judged anew.
func (s *Server) rosterColumnsTell(w http.ResponseWriter, r *http.Request) error {
	id := roster.ID(r.PathValue("id"))
	at := headerRows(r.PostForm)
	var means []string
	for i := 0; r.PostForm.Has(roster.ColumnField(i)); i++ {
		means = append(means, r.PostFormValue(roster.ColumnField(i)))
	}
	err := s.fieldwork.TellColumns(r.Context(), actor(r), id, at, means)
	if again(err) {
		return s.rosterColumnsShow(w, r, at, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, rosterHref(id))
}

// columnsView is the columns with what was typed into the form that failed.
type columnsView struct {
	fieldwork.Columns
	typed url.Values
}

func (v columnsView) action() string { return rosterHref(v.ID) + "/columns" }

// choices is a choice for each column of what it holds.
func (v columnsView) choices() []look.Choice {
	var out []look.Choice
	for i, title := range v.Titles {
		name := roster.ColumnField(i)
		label := title
		if label == "" {
			label = lang.T("roster.columns.bare")
		}
		c := look.Choice{Field: look.Field{Name: name, Label: lang.T("roster.columns.label", i+1, label), Hint: v.example(i)}, Value: v.Means[i], Empty: lang.T("roster.columns.none")}
		if v.typed != nil {
			c.Value = v.typed.Get(name)
		}
		for _, m := range roster.Told {
			c.Options = append(c.Options, look.Option{Value: m, Text: lang.T(roster.MeaningWord(m))})
		}
		out = append(out, c)
	}
	return out
}

// example is what stands in the column in the first rows, whole numbers shaded.
func (v columnsView) example(i int) string {
	var some []string
	for _, row := range v.Examples {
		if i < len(row) && strings.TrimSpace(row[i]) != "" {
			some = append(some, shade(row[i]))
		}
	}
	if len(some) == 0 {
		return ""
	}
	return lang.T("roster.columns.example", strings.Join(some, "、"))
}

// header says which rows are taken for the header.
func (v columnsView) header() string {
	if v.At.Last > v.At.Row {
		return lang.T("roster.columns.text.two", v.At.Row, v.At.Last)
	}
	return lang.T("roster.columns.text", v.At.Row)
}

// rows is the rows that can be the header.
func (v columnsView) rows() []look.Link {
	var out []look.Link
	if v.Two && v.At.Last == v.At.Row {
		out = append(out, look.Link{Text: lang.T("roster.columns.two", v.At.Row, v.At.Row+1), Href: fmt.Sprintf("%s?row=%d&last=%d", v.action(), v.At.Row, v.At.Row+1)})
	}
	for _, l := range v.Rows {
		if l.Row == v.At.Row && v.At.Last == l.Row {
			continue
		}
		var some []string
		for _, t := range l.Text {
			some = append(some, shade(t))
		}
		out = append(out, look.Link{Text: lang.T("roster.columns.row", l.Row, strings.Join(some, " ")), Href: v.action() + "?row=" + strconv.Itoa(l.Row)})
	}
	return out
}
