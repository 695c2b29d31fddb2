package web

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// recallsAtOnce is how many old cards stand on a page: they are destroyed in bulk.
const recallsAtOnce = 200

// recalls is the old cards that were handed in and are kept, and the records of those that were destroyed.
func (s *Server) recalls(w http.ResponseWriter, r *http.Request) error {
	return s.recallsShow(w, r, r.URL.Query(), nil)
}

func (s *Server) recallsShow(w http.ResponseWriter, r *http.Request, q url.Values, wrong error) error {
	v := recallsView{q: q, by: actor(r)}
	f := recallFilter(q)
	f.After, f.Limit = q.Get("after"), recallsAtOnce
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	if fault.Of(wrong) == fault.Stale {
		status = http.StatusConflict
	}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.RecallRead, f.Region); err == nil && !v.whole {
		v.Recalls, err = s.records.Recalls(r.Context(), v.by, f)
	}
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("recall.title"))
	p.Problems = look.Find(wrong)
	return show(w, r, status, recallsPage(p, v))
}

func recallFilter(q url.Values) records.RecallFilter {
	return records.RecallFilter{Region: region.Code(q.Get("region"))}
}

// recallsRetract takes back that the ticked cards of cancelled holders came in.
func (s *Server) recallsRetract(w http.ResponseWriter, r *http.Request) error {
	err := s.records.RetractRecalled(r.Context(), actor(r), true, tickedCards(r))
	if fault.Of(err) == fault.Missing { // the old card of somebody who fetched a new one stands under the new one's id
		err = fault.At("ids", fault.New(fault.Refused, "recall.retract.other"))
	}
	if again(err) || fault.Of(err) == fault.Stale {
		return s.recallsShow(w, r, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/recalls/cancelled", "surrender.done.retract")
}

// recallsDestroy records that the ticked old cards were destroyed.
func (s *Server) recallsDestroy(w http.ResponseWriter, r *http.Request) error {
	if r.PostFormValue("do") == "retract" {
		return s.recallsRetract(w, r)
	}
	var ids []card.ID
	for _, id := range r.PostForm["ids"] {
		ids = append(ids, card.ID(id))
	}
	on, ok := look.ReadDay(r.PostFormValue("day"))
	if !ok {
		on = day.Day("")
	}
	_, err := s.records.DestroyRecalled(r.Context(), actor(r), card.Destruction{Day: on, Way: r.PostFormValue("way"), First: r.PostFormValue("first"),
		Second: r.PostFormValue("second")}, ids)
	if again(err) || fault.Of(err) == fault.Stale {
		return s.recallsShow(w, r, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/recalls", "recall.done")
}

// recallsExport is the register as a workbook.
func (s *Server) recallsExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("recall.title"), columns: records.RecallColumns, write: func(to sheet.Out) error {
		return s.records.ExportRecalls(r.Context(), actor(r), recallFilter(r.URL.Query()), to)
	}})
}

// recallRecord is the record of a destruction, to be signed.
func (s *Server) recallRecord(w http.ResponseWriter, r *http.Request) error {
	return sendPDF(w, func(to io.Writer) error {
		return s.records.WriteDestruction(r.Context(), actor(r), r.PathValue("id"), to)
	})
}

// recallsView is the old cards as the page lays them out; q is the conditions, and what was typed when the form failed.
type recallsView struct {
	records.Recalls
	q     url.Values
	by    access.Actor
	where look.Choice
	whole bool // no county is chosen yet
}

func (v recallsView) destroying() bool {
	return v.by.Can(access.RecallDestroy) && len(v.Cards) > 0
}

func (v recallsView) buttons() []look.Button {
	all := []look.Button{{Text: lang.T("recall.destroy"), Kind: look.Warning}}
	if v.by.Can(access.RecallTake) {
		all = append(all, look.Button{Text: lang.T("recall.retract"), Kind: look.Secondary, Name: "do", Value: "retract"})
	}
	return all
}

func (v recallsView) table() look.Table {
	t := look.Table{Caption: lang.T("recall.title"), Quiet: true, Empty: lang.T("recall.empty"), Columns: []look.Column{{Text: lang.T("cards.column.name")}, {Text: lang.T("recall.old")},
		{Text: lang.T("cards.column.village")}, {Text: lang.T("recall.handed"), Tight: true}, {Text: lang.T("cards.column.receiver")}}}
	if v.whole {
		t.Empty = lang.T("recall.choose")
	}
	if v.destroying() {
		t.Select = "ids"
	}
	for _, c := range v.Cards {
		href := caseHref(c.Application)
		if c.Application == "" {
			href = "/certificates/" + string(c.Certificate)
		}
		t.Rows = append(t.Rows, look.Row{Value: string(c.ID), Label: c.Name, Picked: slices.Contains(v.q["ids"], string(c.ID)), Cells: []look.Cell{
			{Text: c.Name, Href: href}, {Text: c.Old.Masked()}, {Text: v.Places[c.Region]}, {Text: string(c.Handed)}, {Text: records.RecalledFrom(c)}}})
	}
	return t
}

func (v recallsView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Cards), Total: -1}
	if v.q.Get("after") != "" {
		p.First = carrying("/recalls", v.q, []string{"region"})
	}
	if v.Next != "" {
		p.Next = carrying("/recalls", v.q, []string{"region"}, "after", v.Next)
	}
	return p
}

func (v recallsView) input(name, label, hint string) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: label, Hint: hint}, Value: v.q.Get(name), Width: look.W20, Complete: "off"}
}

// records is the destructions so far.
func (v recallsView) records() look.Table {
	t := look.Table{Caption: lang.T("recall.records"), Columns: []look.Column{{Text: lang.T("recall.no")}, {Text: lang.T("recall.day"), Tight: true}, {Text: lang.T("recall.cards"), Number: true},
		{Text: lang.T("recall.way")}, {Text: lang.T("recall.witnesses")}}}
	for _, d := range v.Destructions {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: d.No, Href: "/recalls/" + d.ID + "/record.pdf"}, {Text: string(d.Day), Note: d.Clerk}, {Text: strconv.Itoa(d.Cards)}, {Text: d.Way},
			{Text: d.First, Note: d.Second}}})
	}
	return t
}
