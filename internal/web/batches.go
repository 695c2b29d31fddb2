package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
	"hefa/internal/region"
)

// batches is the list of print batches, the latest first.
func (s *Server) batches(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := records.BatchFilter{Region: region.Code(q.Get("region")), After: card.BatchID(q.Get("after")), Limit: rows}
	all, err := s.records.Batches(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	v := batchesView{all, f, actor(r).Can(access.ApplicationPrint)}
	return show(w, r, http.StatusOK, batchesPage(s.page(w, r, lang.T("batches.title")), v))
}

// batchesView is the list as the page lays it out.
type batchesView struct {
	records.Bundles
	f     records.BatchFilter
	clerk bool
}

// township is the filter by township, for whoever answers for more than one.
func (v batchesView) township() look.Choice {
	c := look.Choice{Field: look.Field{Name: "region", Label: lang.T("batches.township")}, Value: string(v.f.Region), Empty: lang.T("batches.all")}
	for _, t := range v.Townships {
		c.Options = append(c.Options, look.Option{Value: string(t.Code), Text: t.Name})
	}
	return c
}

func (v batchesView) table() look.Table {
	t := look.Table{Caption: lang.T("batches.title"), Quiet: true, Empty: lang.T("batches.empty"), Columns: []look.Column{{Text: lang.T("batches.no"), Tight: true},
		{Text: lang.T("batches.township")}, {Text: lang.T("batches.made"), Tight: true}, {Text: lang.T("batches.cards"), Number: true},
		{Text: lang.T("cards.column.state"), Tight: true}, {Text: lang.T("batches.waiting"), Number: true}}}
	for _, b := range v.Rows {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: b.No, Href: batchHref(b.ID)}, {Text: b.Place}, {Text: string(b.Made)}, {Text: strconv.Itoa(b.Cards)},
			{Tag: bundleTag(b)}, {Text: strconv.Itoa(b.Live() - b.Tally[card.Delivered])}}})
	}
	return t
}

func (v batchesView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Rows), Total: -1}
	if v.f.After != "" {
		p.First = "/batches?" + url.Values{"region": {string(v.f.Region)}}.Encode()
	}
	if v.More {
		p.Next = "/batches?" + url.Values{"region": {string(v.f.Region)}, "after": {string(v.Rows[len(v.Rows)-1].ID)}}.Encode()
	}
	return p
}

// bundleTag is how far a batch is.
func bundleTag(b records.Bundle) look.Tag {
	switch {
	case b.Tally[card.Frozen] > 0:
		return look.Tag{Text: lang.T("batch.state.printing", b.Live()-b.Tally[card.Frozen], b.Live()), Colour: look.Yellow}
	case b.Tally[card.Good] > 0:
		return look.Tag{Text: lang.T("batch.state.good"), Colour: look.Blue}
	case b.Tally[card.Dispatched] > 0:
		return look.Tag{Text: lang.T("batch.state.dispatched"), Colour: look.Blue}
	case b.Cards == 0: // each was printed again in another batch
		return look.Tag{Text: lang.T("batch.state.moved"), Colour: look.Grey}
	case b.Live() == 0:
		return look.Tag{Text: word(card.Void), Colour: look.Grey}
	}
	return look.Tag{Text: lang.T("batch.state.delivered"), Colour: look.Green}
}

// batchNew is the choice of cases for a batch: a township first, then its approved cases.
func (s *Server) batchNew(w http.ResponseWriter, r *http.Request) error {
	return s.batchNewShow(w, r, http.StatusOK, nil)
}

func (s *Server) batchNewShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	all, loadErr := s.records.Printable(r.Context(), actor(r), region.Code(r.FormValue("region")))
	if loadErr != nil {
		return loadErr
	}
	p := s.page(w, r, lang.T("batch.new.title"))
	p.Crumbs, p.Problems = []look.Link{{Text: lang.T("batches.title"), Href: "/batches"}}, look.Find(err)
	return show(w, r, status, batchNewPage(p, batchNewView{all, s, chosen(r)}))
}

// chosen is the form that was sent in vain, nil before anything was sent.
func chosen(r *http.Request) url.Values {
	if r.Method != http.MethodPost {
		return nil
	}
	return r.PostForm
}

// batchNewView is the choice as the page lays it out; typed is what was chosen in vain.
type batchNewView struct {
	records.Printable
	s     *Server
	typed url.Values
}

func (v batchNewView) townships() look.Table {
	t := look.Table{Caption: lang.T("batch.new.townships"), Empty: lang.T("batch.new.none"), Columns: []look.Column{{Text: lang.T("batches.township")}, {Text: lang.T("batch.new.count"), Number: true}}}
	for _, w := range v.Townships {
		if w.Count > 0 {
			t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: w.Name, Href: "/batches/new?region=" + string(w.Code)}, {Text: strconv.Itoa(w.Count)}}})
		}
	}
	return t
}

func (v batchNewView) cases() look.Table {
	t := look.Table{Caption: lang.T("batch.new.cases", v.Place), Empty: lang.T("batch.new.empty"), Select: "id", Columns: []look.Column{{Text: lang.T("column.name")},
		{Text: lang.T("cards.column.village")}, {Text: lang.T("column.matter"), Tight: true}, {Text: lang.T("cards.grade"), Tight: true}, {Text: lang.T("cards.approved"), Tight: true}, {Text: lang.T("column.due"), Tight: true}}}
	picked := map[string]bool{}
	for _, id := range v.typed["id"] {
		picked[id] = true
	}
	for _, c := range v.Cases {
		a, grade := c.Application, ""
		if a.Category != "" {
			grade = word(a.Category) + word(a.Level)
		}
		t.Rows = append(t.Rows, look.Row{Value: string(a.ID), Label: c.Person.Name, Picked: v.typed == nil || picked[string(a.ID)], Cells: []look.Cell{
			{Text: c.Person.Name, Href: caseHref(a.ID), Note: c.Person.Number.Masked()}, {Text: v.Names[a.Region]}, {Text: word(a.Matter)}, {Text: grade},
			{Text: string(a.Approved)}, {Tag: v.s.dueTag(a)}}})
	}
	return t
}

// batchPrepare puts the chosen cases into a batch.
func (s *Server) batchPrepare(w http.ResponseWriter, r *http.Request) error {
	var ids []application.ID
	for _, id := range r.PostForm["id"] {
		ids = append(ids, application.ID(id))
	}
	b, err := s.records.PrepareBatch(r.Context(), actor(r), region.Code(r.PostFormValue("region")), ids)
	if again(err) {
		return s.batchNewShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, batchHref(b), "batch.new.done")
}

// file answers with a file that write makes, whole or not at all.
func file(w http.ResponseWriter, name, kind string, write func(*bytes.Buffer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	_, _ = b.WriteTo(w) // the reader has left; there is nobody to tell
	return nil
}

// The content types of files.
const (
	pdf  = "application/pdf"
	xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)
