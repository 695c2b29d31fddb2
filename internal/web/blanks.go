package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// blanks is the book of blanks: what was received and where it is, each desk, the last deliveries and closed days.
func (s *Server) blanks(w http.ResponseWriter, r *http.Request) error {
	b, err := s.records.Book(r.Context(), actor(r), region.Code(r.URL.Query().Get("region")))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, blanksPage(s.page(w, r, lang.T("blanks.title")), blanksView{b, actor(r)}))
}

// blanksView is the book as the page lays it out.
type blanksView struct {
	records.Book
	by access.Actor
}

func (v blanksView) clerk() bool { return v.by.Can(access.BlankMove) }

// doors is what can be done with blanks.
func (v blanksView) doors() []look.Button {
	all := []look.Button{{Text: lang.T("blanks.receive"), Href: "/blanks/receive"}}
	if v.Kept {
		all = append(all, look.Button{Text: lang.T("blanks.issue"), Kind: look.Secondary, Href: "/blanks/issue"},
			look.Button{Text: lang.T("blanks.return"), Kind: look.Secondary, Href: "/blanks/return"}, look.Button{Text: lang.T("blanks.lose"), Kind: look.Secondary, Href: "/blanks/lose"})
	}
	return all
}

// tally is a line a kind: what was received is at all times the sum of what stands behind it.
func (v blanksView) tally() look.Table {
	t := look.Table{Caption: lang.T("blanks.tally"), Empty: lang.T("blanks.empty"), Columns: []look.Column{{Text: lang.T("blanks.kind")}, {Text: lang.T("blanks.received"), Number: true}}}
	for _, s := range card.BlankStates {
		t.Columns = append(t.Columns, look.Column{Text: word(s), Number: true})
	}
	for _, k := range card.Kinds {
		if v.Received[k] == 0 {
			continue
		}
		row := look.Row{Cells: []look.Cell{{Text: word(k), Href: "/blanks/list?kind=" + string(k)}, {Text: strconv.Itoa(v.Received[k])}}}
		for _, s := range card.BlankStates {
			c := look.Cell{Text: strconv.Itoa(v.Tally[k][s])}
			if v.Tally[k][s] > 0 {
				c.Href = "/blanks/list?" + url.Values{"kind": {string(k)}, "state": {string(s)}}.Encode()
			}
			row.Cells = append(row.Cells, c)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v blanksView) desks() look.Table {
	t := look.Table{Caption: lang.T("blanks.desks"), Empty: lang.T("blanks.desks.empty"), Columns: []look.Column{{Text: lang.T("blanks.desk")}, {Text: lang.T("blanks.held")},
		{Text: lang.T("blanks.day"), Tight: true}, {Text: word(card.Used), Number: true}, {Text: word(card.Spoiled), Number: true}, {Text: word(card.Lost), Number: true}, {Text: lang.T("cards.column.state"), Tight: true}}}
	for _, d := range v.Desks {
		name, state := look.Cell{Text: d.Desk}, look.Tag{Text: lang.T("blanks.day.done"), Colour: look.Green}
		if !d.Done {
			state = look.Tag{Text: lang.T("blanks.day.open"), Colour: look.Yellow}
			if v.by.Can(access.BlankClose) {
				name.Href = "/blanks/close?" + url.Values{"desk": {d.Desk}}.Encode()
			}
		}
		t.Rows = append(t.Rows, look.Row{Cells: append([]look.Cell{name, {Text: held(d.Held)}}, append(dayCells(d), look.Cell{Tag: state})...)})
	}
	return t
}

// dayCells is what a desk did on its day.
func dayCells(d card.DeskDay) []look.Cell {
	return []look.Cell{{Text: string(d.Day)}, {Text: strconv.Itoa(d.Used)}, {Text: strconv.Itoa(d.Spoiled)}, {Text: strconv.Itoa(d.Gone)}}
}

// held is what lies at a desk, in words.
func held(c card.Count) string {
	var out []string
	for _, k := range card.Kinds {
		if c[k] > 0 {
			out = append(out, lang.T("blanks.held.kind", k, c[k]))
		}
	}
	if len(out) == 0 {
		return lang.T("blanks.held.none")
	}
	return strings.Join(out, "，")
}

func (v blanksView) closed() look.Table {
	t := look.Table{Caption: lang.T("blanks.closed"), Empty: lang.T("blanks.closed.empty"), Columns: []look.Column{{Text: lang.T("blanks.desk")}, {Text: lang.T("blanks.counted")},
		{Text: lang.T("blanks.day"), Tight: true}, {Text: word(card.Used), Number: true}, {Text: word(card.Spoiled), Number: true}, {Text: word(card.Lost), Number: true}, {Text: lang.T("blanks.clerk")}}}
	for _, d := range v.Closed {
		t.Rows = append(t.Rows, look.Row{Cells: append([]look.Cell{{Text: d.Desk}, {Text: held(d.Held)}}, append(dayCells(d), look.Cell{Text: d.Clerk})...)})
	}
	return t
}

func (v blanksView) receipts() look.Table {
	t := look.Table{Caption: lang.T("blanks.receipts"), Columns: []look.Column{{Text: lang.T("blanks.receipts.day"), Tight: true}, {Text: lang.T("blanks.kind")},
		{Text: lang.T("blanks.run")}, {Text: lang.T("blanks.count"), Number: true}, {Text: lang.T("blanks.supplier")}, {Text: lang.T("blanks.clerk")}}}
	for _, r := range v.Receipts {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: string(r.Day)}, {Text: word(r.Run.Kind)}, {Text: lang.T("blanks.run.text", r.Run.First, r.Last)},
			{Text: strconv.Itoa(r.Run.Count)}, {Text: r.Supplier}, {Text: r.Clerk}}})
	}
	return t
}

// blankList is the blanks by serial.
func (s *Server) blankList(w http.ResponseWriter, r *http.Request) error {
	f := blankFilter(r)
	all, more, err := s.records.Blanks(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("blanks.list.title"))
	p.Crumbs = blankCrumbs()
	v := blankListView{f: f, all: all, clear: narrowed(r)}
	next := ""
	if more {
		next = all[len(all)-1].Serial
	}
	v.pager = turner(r, len(all), next)
	if actor(r).Can(access.ListExport) {
		v.export = beside(r, "export")
	}
	return show(w, r, http.StatusOK, blankListPage(p, v))
}

// blankListExport is the same list as a spreadsheet.
func (s *Server) blankListExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("blanks.title"), columns: records.BlankColumns, write: func(to sheet.Out) error {
		return s.records.ExportBlanks(r.Context(), actor(r), blankFilter(r), to)
	}})
}

func blankFilter(r *http.Request) records.BlankFilter {
	q := r.URL.Query()
	return records.BlankFilter{County: region.Code(q.Get("region")), State: card.BlankState(q.Get("state")), Kind: card.Kind(q.Get("kind")), Desk: strings.TrimSpace(q.Get("desk")),
		From: q.Get("serial"), After: q.Get("after"), Limit: rows}
}

func blankCrumbs() []look.Link { return []look.Link{{Text: lang.T("blanks.title"), Href: "/blanks"}} }

// blankListView is the list as the page lays it out.
type blankListView struct {
	f             records.BlankFilter
	all           []card.Blank
	pager         look.Pager
	clear, export string
}

func (v blankListView) serial() look.Input {
	return look.Input{Field: look.Field{Name: "serial", Label: lang.T("blanks.list.serial")}, Value: v.f.From, Width: look.W10, Complete: "off"}
}

func (v blankListView) desk() look.Input {
	return look.Input{Field: look.Field{Name: "desk", Label: lang.T("blanks.desk")}, Value: v.f.Desk, Width: look.W10, Complete: "off"}
}

func (v blankListView) state() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("cards.column.state")}, Value: string(v.f.State), Empty: lang.T("blanks.list.all")}, card.BlankStates)
}

func (v blankListView) kind() look.Choice {
	c := kindChoice(string(v.f.Kind))
	c.Empty = lang.T("blanks.list.all")
	return c
}

func kindChoice(value string) look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "kind", Label: lang.T("blanks.kind")}, Value: value}, card.Kinds)
}

func (v blankListView) table() look.Table {
	t := look.Table{Caption: lang.T("blanks.list.title"), Quiet: true, Empty: lang.T("blanks.list.empty"), Columns: []look.Column{{Text: lang.T("cards.column.serial"), Tight: true}, {Text: lang.T("blanks.kind")},
		{Text: lang.T("cards.column.state"), Tight: true}, {Text: lang.T("blanks.desk")}, {Text: lang.T("blanks.moved"), Tight: true}, {Text: lang.T("blanks.reason")}}}
	for _, b := range v.all {
		why := look.Cell{Text: b.Reason}
		if b.Witness != "" {
			why.Note = lang.T("blanks.witnessed", b.Witness)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: b.Serial}, {Text: word(b.Kind)}, {Tag: blankTag(b.State)}, {Text: b.Desk}, {Text: string(b.Moved)}, why}})
	}
	return t
}

// blankTag is a blank's state with its colour.
func blankTag(s card.BlankState) look.Tag {
	colour := map[card.BlankState]look.Colour{card.Stock: look.Blue, card.Issued: look.Yellow, card.Used: look.Green, card.Spoiled: look.Orange, card.Lost: look.Red, card.Returned: look.Grey}[s]
	return look.Tag{Text: word(s), Colour: colour}
}
