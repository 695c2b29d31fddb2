package web

import (
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/pile"
	"hefa/internal/reminder"
)

// piece is one paper of a pile with its pages, where a person files it.
func (s *Server) piece(w http.ResponseWriter, r *http.Request) error {
	return s.pieceShow(w, r, http.StatusOK, nil)
}

func (s *Server) pieceShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	all, err := s.scanning.Pile(r.Context(), actor(r), pile.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := pieceView{pileView: pileView{all}, r: r, today: s.today()}
	found := false
	for i, k := range all.Pieces {
		if string(k.ID) == r.PathValue("piece") {
			v.k, found = k, true
			v.joins = i > 0 && all.Pieces[i-1].State == pile.Waiting
		}
	}
	if !found {
		return fault.New(fault.Missing, "record.missing")
	}
	v.may = v.k.State == pile.Waiting && !all.State.Working() && actor(r).Can(access.PileFile)
	p := s.page(w, r, v.pages(v.k))
	p.Caption, p.Problems = all.Name, look.Find(wrong)
	p.Crumbs = pileCrumbs(look.Link{Text: all.Name, Href: pileHref(all.ID)})
	return show(w, r, status, piecePage(p, v))
}

// tried does something to a paper and leads to where the next one waits.
func (s *Server) pieceDo(w http.ResponseWriter, r *http.Request, do func(of pile.ID, which pile.PieceID) error, done string) error {
	of, which := pile.ID(r.PathValue("id")), pile.PieceID(r.PathValue("piece"))
	err := do(of, which)
	if again(err) {
		return s.pieceShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, pileHref(of), done)
}

// pieceFile files a paper by hand.
func (s *Server) pieceFile(w http.ResponseWriter, r *http.Request) error {
	o := pile.Order{No: r.PostFormValue("no"), Paper: r.PostFormValue("paper"), Title: r.PostFormValue("title"),
		Receipt: reminder.Receipt{On: dayTyped(r.PostFormValue("received")), Promised: dayTyped(r.PostFormValue("promised")), Signer: reminder.Signer(r.PostFormValue("signer"))}}
	return s.pieceDo(w, r, func(of pile.ID, which pile.PieceID) error {
		return s.scanning.FilePiece(r.Context(), actor(r), of, which, o)
	}, "pile.filed.done")
}

// pieceDiscard takes a paper out of the tray.
func (s *Server) pieceDiscard(w http.ResponseWriter, r *http.Request) error {
	return s.pieceDo(w, r, func(of pile.ID, which pile.PieceID) error {
		return s.scanning.DiscardPiece(r.Context(), actor(r), of, which, r.PostFormValue("reason"))
	}, "pile.discarded.done")
}

// pieceBack takes a paper out of where it was filed wrongly; it waits again.
func (s *Server) pieceBack(w http.ResponseWriter, r *http.Request) error {
	return s.pieceDo(w, r, func(of pile.ID, which pile.PieceID) error {
		return s.scanning.TakeBackPiece(r.Context(), actor(r), of, which, r.PostFormValue("reason"))
	}, "pile.back.done")
}

// pieceArrange turns, moves, splits or joins, and stays at the paper; one that joined another leads to the pile.
func (s *Server) pieceArrange(w http.ResponseWriter, r *http.Request) error {
	of, which, move := pile.ID(r.PathValue("id")), pile.PieceID(r.PathValue("piece")), pile.Move(r.PostFormValue("move"))
	page, _ := strconv.Atoi(r.PostFormValue("page")) // nought is no page
	err := s.scanning.ArrangePiece(r.Context(), actor(r), of, which, pile.Step{Move: move, Page: page})
	switch {
	case again(err):
		return s.pieceShow(w, r, http.StatusUnprocessableEntity, err)
	case err != nil:
		return err
	case move == pile.Join:
		return s.done(w, r, pileHref(of), "pile.joined.done")
	}
	return redirect(w, r, pieceHref(of, which))
}

// pieceView is a paper as the page lays it out.
type pieceView struct {
	pileView
	k     pile.Piece
	r     *http.Request
	today day.Day
	may   bool
	joins bool // the paper before it waits too
}

func (v pieceView) leaves() []pile.Leaf { return v.Leaves[v.k.ID] }

func (v pieceView) href(act string) string { return pieceHref(v.ID, v.k.ID) + act }

func (v pieceView) picture(l pile.Leaf, size string) string {
	return pileHref(v.ID) + "/pages/" + strconv.Itoa(l.No) + "?turn=" + strconv.Itoa(l.Turn) + size
}

// facts is what became of a paper that is over, or why it waits.
func (v pieceView) facts() []look.Detail {
	out := []look.Detail{{Key: lang.T("piles.column.state"), Value: word(v.k.State)}}
	switch v.k.State {
	case pile.Filed:
		out = append(out, look.Detail{Key: lang.T("pile.column.to"), Value: v.k.No, Actions: []look.Link{{Text: lang.T("pile.open"), Href: targetHref(v.k)}}},
			look.Detail{Key: lang.T("pile.column.paper"), Value: paperOf(v.k)}, look.Detail{Key: lang.T("pile.column.by"), Value: v.k.By})
	case pile.Discarded:
		out = append(out, look.Detail{Key: lang.T("pile.column.reason"), Value: v.k.Reason}, look.Detail{Key: lang.T("pile.column.by"), Value: v.k.By})
	default:
		out = append(out, look.Detail{Key: lang.T("pile.column.why"), Value: v.k.Why})
	}
	return out
}

// typed is what was sent in a field when the form is shown again, else begin.
func (v pieceView) typed(name, begin string) string {
	if v.r.Method == http.MethodPost && v.r.PostForm.Has(name) {
		return v.r.PostFormValue(name)
	}
	return begin
}

func (v pieceView) no() look.Input {
	return look.Input{Field: look.Field{Name: "no", Label: lang.T("pile.no"), Hint: lang.T("pile.no.hint")}, Value: v.typed("no", ""), Width: look.W30, Complete: "off"}
}

func (v pieceView) paper() look.Choice {
	c := look.Choice{Field: look.Field{Name: "paper", Label: lang.T("pile.paper"), Hint: lang.T("pile.paper.hint"), Optional: true}, Value: v.typed("paper", ""), Empty: lang.T("intake.choose")}
	for _, p := range pile.Papers() {
		c.Options = append(c.Options, look.Option{Value: p, Text: paperWord(p)})
	}
	return c
}

func (v pieceView) title() look.Input {
	return look.Input{Field: look.Field{Name: "title", Label: lang.T("pile.title"), Hint: lang.T("pile.title.hint"), Optional: true}, Value: v.typed("title", ""), Width: look.W30, Complete: "off"}
}

func (v pieceView) received() look.Date {
	return look.Date{Field: look.Field{Name: "received", Label: lang.T("reminder.column.received")}, Typed: v.typed("received", string(v.Received))}
}

func (v pieceView) promised() look.Date {
	return look.Date{Field: look.Field{Name: "promised", Label: lang.T("pile.promised"), Hint: lang.T("pile.promised.hint"), Optional: true}, Typed: v.typed("promised", "")}
}

func (v pieceView) signer() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "signer", Label: lang.T("reminder.signer")}, Value: v.typed("signer", string(v.Signer))},
		[]reminder.Signer{reminder.Self, reminder.Guardian})
}

func (v pieceView) reason() look.Input {
	return look.Input{Field: look.Field{Name: "reason", Label: lang.T("pile.reason"), Hint: lang.T("pile.reason.hint")}, Value: v.typed("reason", ""), Width: look.W30, Complete: "off"}
}

// takesBack says whether the reader may take the paper out of where it was filed.
func (v pieceView) takesBack() bool {
	return v.k.State != pile.Waiting && !v.State.Working() && actor(v.r).Can(access.PileBack)
}

// back is why it is taken back.
func (v pieceView) back() look.Input {
	return look.Input{Field: look.Field{Name: "reason", Label: lang.T("pile.back.reason"), Hint: lang.T("pile.back.hint")}, Value: v.typed("reason", ""), Width: look.W30, Complete: "off"}
}

// backs is where the paper was before.
func (v pieceView) backs() look.Table {
	t := look.Table{Caption: lang.T("pile.back.list"), Quiet: true, Columns: []look.Column{{Text: lang.T("pile.back.day"), Tight: true}, {Text: lang.T("pile.column.to")}, {Text: lang.T("pile.back.reason")}, {Text: lang.T("pile.column.by")}}}
	for _, b := range v.Backs {
		if b.Piece == v.k.ID {
			t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: string(b.Day)}, {Text: b.No, Note: word(b.Kind)}, {Text: b.Reason}, {Text: b.By}}})
		}
	}
	return t
}

// discards says whether the form for discarding was sent and is shown again.
func (v pieceView) discards() bool {
	return v.r.Method == http.MethodPost && v.r.PostForm.Has("reason")
}
