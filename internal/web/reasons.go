package web

import (
	"fmt"
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/sheet"
)

// reasons is why people who were told do not come, in figures; each leads to the people behind it.
func (s *Server) reasons(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := reasonsView{r: r, export: actor(r).Can(access.ListExport)}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.ReminderRead, region.Code(q.Get("region"))); err != nil {
		return err
	}
	if !v.whole {
		if v.Reasons, err = s.renewing.Reasons(r.Context(), actor(r), region.Code(q.Get("region")), reminder.Kind(q.Get("kind"))); err != nil {
			return err
		}
	}
	p := s.page(w, r, lang.T("reasons.title"))
	p.Crumbs = []look.Link{{Text: lang.T("reminder.list.title"), Href: "/reminders"}}
	return show(w, r, http.StatusOK, reasonsPage(p, v))
}

// reasonsExport is the same as a list.
func (s *Server) reasonsExport(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return s.take(w, r, taking{name: lang.T("reasons.title"), columns: renewing.ReasonColumns, write: func(to sheet.Out) error {
		return s.renewing.ExportReasons(r.Context(), actor(r), region.Code(q.Get("region")), reminder.Kind(q.Get("kind")), to)
	}})
}

// reasonsView is the figures as the page lays them out.
type reasonsView struct {
	renewing.Reasons
	r             *http.Request
	where         look.Choice
	whole, export bool // no county is chosen yet; the list may be taken out
}

func (v reasonsView) kinds() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "kind", Label: lang.T("reminder.column.kind")}, Value: string(v.Kind)}, reminder.Kinds)
}

// list is the address of the people behind a figure; "" for those of a township whose village nobody knows, because no list has them alone.
func (v reasonsView) list(place region.Code, why reminder.Reason) string {
	if place != v.Region && v.Region.Level() >= region.Township && place.Level() < region.Village {
		return ""
	}
	return remindersHref("/reminders", nil, "region", string(place), "kind", string(v.Kind), "state", awaitedOnly, "reason", string(why))
}

func (v reasonsView) table() look.Table {
	t := look.Table{Caption: lang.T("reasons.title"), Quiet: true, Empty: lang.T("reasons.none"), Columns: []look.Column{{Text: lang.T("reasons.place")}}}
	if v.whole {
		t.Empty = lang.T("reminder.list.choose")
	}
	for _, why := range renewing.Told() {
		t.Columns = append(t.Columns, look.Column{Text: word(why), Number: true})
	}
	t.Columns = append(t.Columns, look.Column{Text: lang.T("reasons.total"), Number: true})
	if len(v.Places) == 0 {
		return t
	}
	for _, l := range append(v.Places, v.Sum) {
		t.Rows = append(t.Rows, v.row(l))
	}
	share := []look.Cell{{Text: lang.T("reasons.share")}}
	for _, why := range renewing.Told() {
		share = append(share, look.Cell{Text: fmt.Sprintf("%.1f%%", 100*float64(v.Sum.Counts[why])/float64(v.Sum.Total))})
	}
	t.Rows = append(t.Rows, look.Row{Cells: append(share, look.Cell{Text: "100%"})})
	return t
}

// row is one place; a township leads to its villages.
func (v reasonsView) row(l renewing.ReasonLine) look.Row {
	name := look.Cell{Text: l.Name}
	if l.Code != v.Region && l.Code.Level() == region.Township && v.Region.Level() < region.Township {
		name.Href = carrying("/reminders/reasons", v.r.URL.Query(), []string{"kind"}, "region", string(l.Code))
	}
	cells := []look.Cell{name}
	figure := func(n int, why reminder.Reason) {
		c := look.Cell{Text: strconv.Itoa(n)}
		if n > 0 {
			c.Href = v.list(l.Code, why)
		}
		cells = append(cells, c)
	}
	for _, why := range renewing.Told() {
		figure(l.Counts[why], why)
	}
	figure(l.Total, "")
	return look.Row{Cells: cells}
}
