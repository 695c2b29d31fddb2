package web

import (
	"bytes"
	"cmp"
	"io"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"

	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/sheet"
)

// taking is a list that somebody takes out.
type taking struct {
	name    string   // of the file
	columns []string // that it has, by their keys in the catalogue; none when there is nothing to choose
	streams bool     // it goes to the reader while it is read
	write   func(sheet.Out) error
}

// take sends a list in the format and with the columns that are asked for; when the address says "choose" it asks for them first.
func (s *Server) take(w http.ResponseWriter, r *http.Request, t taking) error {
	q := r.URL.Query()
	if q.Has("choose") && len(t.columns) > 0 {
		return s.takeChoose(w, r, t, nil)
	}
	if q.Has("chosen") && len(q["columns"]) == 0 {
		var p fault.Problems
		p.Add("columns", "list.columns.none")
		return s.takeChoose(w, r, t, p.Fault())
	}
	out := sheet.Out{As: listFormat(r), Columns: q["columns"]}
	err := out.Check(t.columns)
	if err == nil {
		err = t.send(w, out)
	}
	if q.Has("chosen") && fault.Of(err) == fault.Invalid {
		return s.takeChoose(w, r, t, err)
	}
	return err
}

// send sends the list as out says.
func (t taking) send(w http.ResponseWriter, out sheet.Out) error {
	name := t.name + out.As.Extension()
	if t.streams {
		return t.write(out.Into(&workbook{w: w, name: name}))
	}
	kind := xlsx
	if out.As != sheet.XLSX {
		kind = "text/csv"
	}
	return file(w, name, kind, func(b *bytes.Buffer) error { return t.write(out.Into(io.Writer(b))) })
}

// takeChoose asks which columns the file is to have, and of which kind it is to be.
func (s *Server) takeChoose(w http.ResponseWriter, r *http.Request, t taking, wrong error) error {
	p := s.page(w, r, lang.T("list.export.choose"))
	p.Caption, p.Problems = t.name, look.Find(wrong)
	v := takingView{t, r.URL, r.URL.Query()}
	p.Crumbs = []look.Link{{Text: t.name, Href: v.back()}}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	return show(w, r, status, takingPage(p, v))
}

// takingView is the form of a list that is taken out.
type takingView struct {
	taking
	at *url.URL
	q  url.Values
}

// back is the page of the list, with its conditions.
func (v takingView) back() string {
	page := strings.TrimSuffix(v.at.Path, ".xlsx")
	if strings.Count(page, "/") > 1 {
		page = path.Dir(page)
	}
	return carrying(page, v.q, v.kept())
}

// kept is the names of the list's own conditions.
func (v takingView) kept() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(v.q)), func(k string) bool {
		return slices.Contains([]string{"choose", "chosen", "columns", "as", "after"}, k)
	})
}

// boxes is the columns, all of them chosen until somebody chooses.
func (v takingView) boxes() look.Choices {
	c := look.Choices{Field: look.Field{Name: "columns", Label: lang.T("list.columns"), Hint: lang.T("list.columns.hint")}, Values: v.columns}
	if v.q.Has("chosen") {
		c.Values = v.q["columns"]
	}
	for _, k := range v.columns {
		c.Options = append(c.Options, look.Option{Value: k, Text: lang.T(k)})
	}
	return c
}

func (v takingView) formats() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "as", Label: lang.T("disclosure.format")}, Value: cmp.Or(v.q.Get("as"), string(sheet.XLSX))}, sheet.Formats)
}
