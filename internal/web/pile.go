package web

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/pile"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/scanning"
)

// pileLimit is the largest request with a scanned pile; policy sets what a pile may have, below this.
const pileLimit = 220 << 20

func pileHref(id pile.ID) string { return "/piles/" + string(id) }

func pieceHref(id pile.ID, which pile.PieceID) string {
	return pileHref(id) + "/pieces/" + string(which)
}

func pileCrumbs(more ...look.Link) []look.Link {
	return append([]look.Link{{Text: lang.T("piles.title"), Href: "/piles"}}, more...)
}

var pileColour = map[pile.State]look.Colour{pile.Reading: look.Blue, pile.Filing: look.Blue, pile.Open: look.Yellow, pile.Done: look.Green, pile.Failed: look.Red}

// piles is the scanned piles of the area.
func (s *Server) piles(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := scanning.Filter{Region: region.Code(q.Get("region")), State: pile.State(q.Get("state")), After: pile.ID(q.Get("after")), Limit: rows}
	all, more, err := s.scanning.Piles(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	next := ""
	if more {
		next = string(all[len(all)-1].ID)
	}
	return show(w, r, http.StatusOK, pilesPage(s.page(w, r, lang.T("piles.title")), pilesView{f, all, r, turner(r, len(all), next)}))
}

// pilesView is the list as the page lays it out.
type pilesView struct {
	f     scanning.Filter
	all   []pile.Pile
	r     *http.Request
	pager look.Pager
}

func (v pilesView) state() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("piles.column.state")}, Value: string(v.f.State), Empty: lang.T("blanks.list.all")},
		[]pile.State{pile.Reading, pile.Filing, pile.Open, pile.Done, pile.Failed})
}

func (v pilesView) table() look.Table {
	t := look.Table{Caption: lang.T("piles.title"), Quiet: true, Empty: lang.T("piles.empty"), Columns: []look.Column{{Text: lang.T("piles.column.name")},
		{Text: lang.T("piles.column.state"), Tight: true}, {Text: lang.T("piles.column.pages"), Number: true}, {Text: lang.T("pile.piece.filed"), Number: true},
		{Text: lang.T("pile.piece.waiting"), Number: true}, {Text: lang.T("pile.piece.discarded"), Number: true}, {Text: lang.T("rosters.column.author")},
		{Text: lang.T("rosters.column.at"), Tight: true}}}
	for _, p := range v.all {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: p.Name, Href: pileHref(p.ID)}, {Tag: look.Tag{Text: word(p.State), Colour: pileColour[p.State]}},
			{Text: strconv.Itoa(p.Pages)}, {Text: strconv.Itoa(p.Filed)}, {Text: strconv.Itoa(p.Waiting)}, {Text: strconv.Itoa(p.Dropped)}, {Text: p.Author},
			{Text: look.Moment(p.At.In(day.Beijing))}}})
	}
	return t
}

// pileNew is the form for a scanned pile.
func (s *Server) pileNew(w http.ResponseWriter, r *http.Request) error {
	if err := actor(r).May(access.PileAdd, actor(r).Region); err != nil {
		return err
	}
	return s.pileForm(w, r, http.StatusOK, nil)
}

func (s *Server) pileForm(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	p := s.page(w, r, lang.T("pile.new.title"))
	p.Problems, p.Crumbs = look.Find(wrong), pileCrumbs()
	return show(w, r, status, pileNewPage(p, scansView{s.today(), r}))
}

// piled is the field of the files of a pile.
func (v scansView) piled() look.File {
	return look.File{Field: look.Field{Name: "scans", Label: lang.T("pile.new.files"), Hint: lang.T("pile.new.files.hint")}, Accept: "application/pdf,image/jpeg,image/png", Many: true,
		Max: pileLimit}
}

// pileTake keeps a scanned pile and shows how its pages are read.
func (s *Server) pileTake(w http.ResponseWriter, r *http.Request) error {
	var all []scanning.File
	if r.MultipartForm != nil {
		for _, head := range r.MultipartForm.File["scans"] {
			file, err := head.Open()
			if err != nil {
				return err
			}
			defer file.Close() // the request's own copy
			all = append(all, scanning.File{Name: head.Filename, Content: file})
		}
	}
	on, _ := look.ReadDay(r.PostFormValue("received"))
	id, twice, err := s.scanning.TakePile(r.Context(), actor(r), all, reminder.Receipt{On: on, Signer: reminder.Signer(r.PostFormValue("signer"))})
	switch {
	case again(err):
		return s.pileForm(w, r, wrongStatus(r, err), err)
	case err != nil:
		return err
	case twice:
		return s.done(w, r, pileHref(id), "pile.again")
	}
	return redirect(w, r, pileHref(id))
}

// pile is one pile: how far it is, and its papers.
func (s *Server) pile(w http.ResponseWriter, r *http.Request) error {
	v, err := s.scanning.Pile(r.Context(), actor(r), pile.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	p := s.page(w, r, v.Name)
	p.Crumbs = pileCrumbs()
	return show(w, r, http.StatusOK, pilePage(p, pileView{v}))
}

// pileProgress is the bar alone, which the page asks for again and again; when the work is over it leads to the page.
func (s *Server) pileProgress(w http.ResponseWriter, r *http.Request) error {
	v, err := s.scanning.Pile(r.Context(), actor(r), pile.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, pileBar(pileView{v}))
}

// pilePage is the picture of a page: a small one for lists, or one that can be read.
func (s *Server) pilePage(w http.ResponseWriter, r *http.Request) error {
	no, _ := strconv.Atoi(r.PathValue("page")) // nought is no page
	side := smallSide
	if r.URL.Query().Get("size") == "full" {
		side = fullSide
	}
	id := pile.ID(r.PathValue("id"))
	picture, err := s.scanning.Page(r.Context(), actor(r), id, scanning.View{No: no, Side: side, Reason: r.PostFormValue("reason")})
	return s.archived(w, r, kept{lang.T("pile.page", no), "image/jpeg", inMemory{bytes.NewReader(picture)}, look.Link{Text: lang.T("pile.page.back"), Href: pileHref(id)}}, err)
}

// inMemory is a content in memory.
type inMemory struct{ *bytes.Reader }

// Close frees nothing.
func (inMemory) Close() error { return nil }

// The longer sides of pictures of pages, in pixels.
const (
	smallSide = scanning.Thumbnail
	fullSide  = 1170
)

// pileView is a pile as the page lays it out.
type pileView struct{ scanning.Pile }

// bar is how far the program is.
func (v pileView) bar() look.Progress {
	p := look.Progress{ID: "pile-progress", Poll: pileHref(v.ID) + "/progress", Label: word(v.State), Done: v.Read, Total: v.Pile.Pages}
	if v.State == pile.Filing {
		p.Done, p.Total = 0, len(v.Pieces)
		for _, k := range v.Pieces {
			if k.State != pile.Waiting || k.Why != "" {
				p.Done++
			}
		}
	}
	return p
}

func (v pileView) details() []look.Detail {
	out := []look.Detail{{Key: lang.T("piles.column.state"), Body: look.State(look.Tag{Text: word(v.State), Colour: pileColour[v.State]})},
		{Key: lang.T("roster.detail.handed"), Value: v.Author + " " + look.Moment(v.At.In(day.Beijing))},
		{Key: lang.T("piles.column.pages"), Value: strconv.Itoa(v.Pile.Pages)}}
	if v.State == pile.Failed {
		return append(out, look.Detail{Key: lang.T("pile.trouble"), Value: v.Trouble})
	}
	return append(out, look.Detail{Key: lang.T("pile.received"), Value: lang.T("pile.received.text", v.Received, v.Signer)})
}

// table is the papers in one state.
func (v pileView) table(state pile.PieceState) look.Table {
	t := look.Table{Caption: word(state), Empty: lang.T("pile.none." + string(state)), Columns: []look.Column{{Text: lang.T("pile.column.pages")},
		{Text: lang.T("pile.column.count"), Number: true}}}
	switch state {
	case pile.Filed:
		t.Columns = append(t.Columns, look.Column{Text: lang.T("pile.column.to")}, look.Column{Text: lang.T("pile.column.paper")}, look.Column{Text: lang.T("pile.column.by")})
	case pile.Discarded:
		t.Columns = append(t.Columns, look.Column{Text: lang.T("pile.column.reason")}, look.Column{Text: lang.T("pile.column.by")})
	default:
		t.Columns = append(t.Columns, look.Column{Text: lang.T("pile.column.why")})
	}
	for _, k := range v.Pieces {
		if k.State != state {
			continue
		}
		cells := []look.Cell{{Text: v.pages(k), Href: pieceHref(v.ID, k.ID)}, {Text: strconv.Itoa(k.Pages)}}
		switch state {
		case pile.Filed:
			cells = append(cells, look.Cell{Text: k.No, Href: targetHref(k)}, look.Cell{Text: paperOf(k)}, look.Cell{Text: k.By})
		case pile.Discarded:
			cells = append(cells, look.Cell{Text: k.Reason}, look.Cell{Text: k.By})
		default:
			cells = append(cells, look.Cell{Text: k.Why})
		}
		t.Rows = append(t.Rows, look.Row{Cells: cells})
	}
	return t
}

// pages is the pages of a paper in words: 3–5、7.
func (v pileView) pages(k pile.Piece) string {
	var runs []string
	leaves := v.Leaves[k.ID]
	for i := 0; i < len(leaves); {
		j := i
		for j+1 < len(leaves) && leaves[j+1].No == leaves[j].No+1 {
			j++
		}
		run := strconv.Itoa(leaves[i].No)
		if j > i {
			run += "–" + strconv.Itoa(leaves[j].No)
		}
		runs, i = append(runs, run), j+1
	}
	return lang.T("pile.pages", strings.Join(runs, lang.T("pile.pages.and")))
}

// targetHref leads to what a paper was filed to.
func targetHref(k pile.Piece) string {
	switch k.Kind {
	case pile.Slip:
		return "/reminders/" + k.Subject
	case pile.Case:
		return "/applications/" + k.Subject
	case pile.Statement:
		return "/statements/" + k.Subject
	case pile.Register:
		return "/batches/" + k.Subject
	case pile.Dossier:
		return "/archive/files/" + k.Subject
	}
	return ""
}

func paperOf(k pile.Piece) string {
	switch k.Kind {
	case pile.Case:
		return paperWord(k.Paper)
	case pile.Register:
		return word(k.Kind) + " " + lang.T("pile.page", k.Paper)
	}
	return word(k.Kind)
}
