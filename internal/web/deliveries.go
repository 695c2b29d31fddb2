package web

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/paper"
	"hefa/internal/records"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// deliveries is the cards that lie here and wait for their holders, the longest waiting first.
func (s *Server) deliveries(w http.ResponseWriter, r *http.Request) error {
	return s.deliveriesShow(w, r, nil)
}

func (s *Server) deliveriesShow(w http.ResponseWriter, r *http.Request, wrong error) error {
	f := handoutFilter(r)
	all, err := s.records.Handouts(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, lang.T("deliveries.title"))
	p.Problems = look.Find(wrong)
	return show(w, r, status, deliveriesPage(p, deliveriesView{all, f, actor(r).Can(access.ListExport), actor(r).Can(access.CardNotify) && f.Stage != card.Held && len(all.Rows) > 0, r.PostForm}))
}

// deliveriesNotify records that the ticked holders were told to fetch their cards, and tells them by a text message where that was asked for.
func (s *Server) deliveriesNotify(w http.ResponseWriter, r *http.Request) error {
	var ids []application.ID
	for _, id := range r.PostForm["ids"] {
		ids = append(ids, application.ID(id))
	}
	texted := -1
	var err error
	if r.PostFormValue("do") == "sms" {
		texted, err = s.outreach.TextHolders(r.Context(), actor(r), ids)
	} else {
		err = s.records.NotifyHolders(r.Context(), actor(r), ids, r.PostFormValue("how"))
	}
	if again(err) {
		return s.deliveriesShow(w, r, err)
	}
	if err != nil {
		return err
	}
	if texted >= 0 {
		return s.done(w, r, deliveriesHref(r), "card.notify.sms.done", strconv.Itoa(texted))
	}
	return s.done(w, r, deliveriesHref(r), "card.notify.done", strconv.Itoa(len(ids)))
}

// deliveriesHref is the list with the conditions under which it was shown.
func deliveriesHref(r *http.Request) string {
	return carrying("/deliveries", r.PostForm, []string{"region", "batch", "name", "late", "stage"})
}

func handoutFilter(r *http.Request) records.HandoutFilter {
	q := r.URL.Query()
	return records.HandoutFilter{Region: region.Code(q.Get("region")), Batch: card.BatchID(q.Get("batch")), Name: q.Get("name"), Late: q.Get("late") == "yes", Stage: card.Stage(q.Get("stage")), After: application.ID(q.Get("after")), Limit: rows}
}

// deliveriesExport is the same list as a spreadsheet.
func (s *Server) deliveriesExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("handout.title"), columns: records.CardColumns, write: func(to sheet.Out) error {
		return s.records.ExportHandouts(r.Context(), actor(r), handoutFilter(r), to)
	}})
}

// deliveriesLetters is a notice for everybody on the list in a reading, as PDF.
func (s *Server) deliveriesLetters(w http.ResponseWriter, r *http.Request) error {
	reading, err := readingOf(r)
	if err != nil {
		return err
	}
	return sendPDF(w, func(to io.Writer) error {
		return s.records.WriteFetchLetters(r.Context(), actor(r), handoutFilter(r), reading, to)
	})
}

// deliveriesView is the list as the page lays it out.
type deliveriesView struct {
	records.Handouts
	f      records.HandoutFilter
	export bool
	notify bool
	typed  url.Values
}

// late narrows the list to those whose days are over.
func (v deliveriesView) late() look.Choice {
	c := look.Choice{Field: look.Field{Name: "late", Label: lang.T("deliveries.late")}, Empty: lang.T("edit.all"), Options: []look.Option{{Value: "yes", Text: lang.T("deliveries.late.yes")}}}
	if v.f.Late {
		c.Value = "yes"
	}
	return c
}

// stage narrows the list to what is to be done.
func (v deliveriesView) stage() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "stage", Label: lang.T("handout.stage")}, Value: string(v.f.Stage), Empty: lang.T("handout.stage.all")}, card.Stages)
}

// hint says what the stage that is shown is about, "" for all.
func (v deliveriesView) hint() string {
	switch v.f.Stage {
	case card.Urge:
		return lang.T("handout.stage.urge.hint")
	case card.Visit:
		return lang.T("handout.stage.visit.hint")
	case card.Held:
		return lang.T("handout.stage.held.hint")
	}
	return ""
}

func (v deliveriesView) how() look.Input {
	return look.Input{Field: look.Field{Name: "how", Label: lang.T("card.notify.how"), Hint: lang.T("card.notify.how.hint")}, Value: v.typed.Get("how"), Complete: "off"}
}

// told is how often a holder was told to fetch the card, and when last; or why nobody is told.
func told(l records.Line) string {
	if l.Bar != "" {
		return word(l.Bar)
	}
	if l.Card.Notices == 0 {
		return ""
	}
	return lang.T("card.notified", l.Card.Notices, l.Card.Notified)
}

func (v deliveriesView) name() look.Input {
	return look.Input{Field: look.Field{Name: "name", Label: lang.T("deliveries.name")}, Value: v.f.Name, Width: look.W10, Complete: "off"}
}

// query is the conditions as an address has them.
func (v deliveriesView) query() url.Values {
	out := url.Values{}
	for key, value := range map[string]string{"region": string(v.f.Region), "batch": string(v.f.Batch), "name": v.f.Name, "late": map[bool]string{true: "yes"}[v.f.Late], "stage": string(v.f.Stage)} {
		if value != "" {
			out.Set(key, value)
		}
	}
	return out
}

func (v deliveriesView) exportHref() string { return "/deliveries.xlsx?" + v.query().Encode() }

// letters are the notices of the list in each reading.
func (v deliveriesView) letters() []look.Link {
	var out []look.Link
	for _, reading := range paper.Readings {
		q := v.query()
		if reading != paper.Ordinary {
			q.Set("reading", string(reading))
		}
		out = append(out, look.Link{Text: lang.T("fetch.all", lang.T("reminder.reading."+readingName(reading))), Href: "/deliveries/letters.pdf?" + q.Encode()})
	}
	return out
}

func (v deliveriesView) table() look.Table {
	t := look.Table{Caption: lang.T("deliveries.title"), Quiet: true, Empty: lang.T("deliveries.empty"), Columns: []look.Column{{Text: lang.T("cards.column.name")},
		{Text: lang.T("cards.column.village")}, {Text: lang.T("column.matter"), Tight: true}, {Text: lang.T("column.due"), Tight: true}, {Text: lang.T("cards.days"), Tight: true}, {Text: lang.T("card.notify.column")}, {Text: lang.T("cards.batch.column"), Tight: true}}}
	if v.f.Name != "" || v.f.Late || v.f.Stage != "" {
		t.Empty = lang.T("deliveries.filtered")
	}
	if v.notify {
		t.Select = "ids"
	}
	for _, l := range v.Rows {
		a := l.Case.Application
		matter := look.Cell{Text: word(a.Matter)}
		if l.Exchange() {
			matter.Note = lang.T("deliveries.old")
		}
		t.Rows = append(t.Rows, look.Row{Value: string(a.ID), Label: l.Card.Face.Name, Picked: slices.Contains(v.typed["ids"], string(a.ID)), Cells: []look.Cell{{Text: l.Card.Face.Name, Href: "/deliveries/" + string(a.ID), Note: l.Card.Face.Number.Masked()}, {Text: l.Place, Note: v.address(l)}, matter,
			{Text: string(a.Due)}, daysCell(l), {Text: told(l)}, {Text: lang.T("cards.batch"), Href: batchHref(l.Card.Batch)}}})
	}
	return t
}

// address is where a card is brought, where the list is about that.
func (v deliveriesView) address(l records.Line) string {
	if v.f.Stage != card.Visit {
		return ""
	}
	return l.Case.Person.Address
}

func (v deliveriesView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Rows), Total: -1}
	q := v.query()
	if v.f.After != "" {
		p.First = "/deliveries?" + q.Encode()
	}
	if v.More {
		q.Set("after", string(v.Rows[len(v.Rows)-1].Case.Application.ID))
		p.Next = "/deliveries?" + q.Encode()
	}
	return p
}

// delivery is the form with which one card is handed out.
func (s *Server) delivery(w http.ResponseWriter, r *http.Request) error {
	return s.deliveryShow(w, r, http.StatusOK, nil)
}

func (s *Server) deliveryShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	l, loadErr := s.records.Handout(r.Context(), actor(r), application.ID(r.PathValue("id")))
	if loadErr != nil {
		return loadErr
	}
	f := deliveryForm{card.Delivery{Receiver: l.Card.Face.Name}, l.Exchange()}
	if r.Method == http.MethodPost {
		f.Delivery = delivery(r)
	}
	p := s.page(w, r, lang.T("delivery.title", l.Card.Face.Name))
	p.Crumbs, p.Problems = []look.Link{{Text: lang.T("deliveries.title"), Href: "/deliveries"}}, look.Find(err)
	return show(w, r, status, deliveryPage(p, deliveryView{l, f}))
}

// deliveryTake records that the card came into the hand, and goes back to the list for the next one.
func (s *Server) deliveryTake(w http.ResponseWriter, r *http.Request) error {
	err := s.records.DeliverApplication(r.Context(), actor(r), application.ID(r.PathValue("id")), delivery(r))
	if again(err) {
		return s.deliveryShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/deliveries", "deliver.done")
}

// deliveryView is the form as the page lays it out.
type deliveryView struct {
	records.Line
	form deliveryForm
}

func (v deliveryView) waiting() bool { return v.Card.State == card.Dispatched }

func (v deliveryView) details() []look.Detail {
	k, a := v.Card, v.Case.Application
	out := []look.Detail{{Key: lang.T("cards.column.number"), Value: k.Face.Number.Masked()}, {Key: lang.T("cards.column.village"), Value: v.Place},
		{Key: lang.T("column.matter"), Value: word(a.Matter)}, {Key: lang.T("cards.grade"), Value: k.Face.Category + word(k.Face.Level)},
		{Key: lang.T("cards.valid"), Value: lang.T("cards.valid.text", k.Face.Issued, k.Face.Expires)}}
	if k.Serial != "" {
		out = append(out, look.Detail{Key: lang.T("cards.column.serial"), Value: k.Serial})
	}
	if k.Face.Guardian != "" {
		out = append(out, look.Detail{Key: lang.T("cards.guardian"), Value: k.Face.Guardian})
	}
	out = append(out, look.Detail{Key: lang.T("cards.column.state"), Body: look.State(cardTag(k.State))})
	if v.Bar != "" {
		out = append(out, look.Detail{Key: lang.T("handout.stage.held"), Value: word(v.Bar)})
	}
	return out
}

func (v deliveryView) href() string { return "/deliveries/" + string(v.Case.Application.ID) }
