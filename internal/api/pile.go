package api

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/pile"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/scanning"
)

const (
	pilesPath = "/api/v1/piles"
	pileLimit = 220 << 20 // bytes of one request; policy sets what a pile may have, below this
)

// Pile is a scanned pile of papers as programs see it.
type Pile struct {
	ID        string    `json:"id"`
	Region    string    `json:"region"`
	Name      string    `json:"name"`
	State     string    `json:"state" enum:"reading,filing,open,done,failed"`
	StateName string    `json:"state_name"`
	Trouble   string    `json:"trouble" doc:"why it could not be read"`
	Pages     int       `json:"pages"`
	Read      int       `json:"read" doc:"pages that were looked at"`
	Filed     int       `json:"filed" doc:"papers"`
	Waiting   int       `json:"waiting" doc:"papers for a person to file"`
	Discarded int       `json:"discarded" doc:"papers"`
	Author    string    `json:"author"`
	At        time.Time `json:"at"`
	Pieces    []Piece   `json:"pieces,omitempty" doc:"papers, when one pile is read"`
}

// Piece is one paper of a pile.
type Piece struct {
	ID     string `json:"id"`
	Pages  []int  `json:"pages" doc:"by their numbers in the pile"`
	State  string `json:"state" enum:"waiting,filed,discarded"`
	Kind   string `json:"kind" enum:",slip,case,dossier,statement,register"`
	To     string `json:"to" doc:"id of the letter, of the case, of the signed paper, of the batch or of the file's person"`
	No     string `json:"no" doc:"number of what it was filed to"`
	Paper  string `json:"paper" doc:"of a case: which paper; of a sheet on which people signed for their cards: which page"`
	Why    string `json:"why" doc:"why it was not filed by its code"`
	Reason string `json:"reason" doc:"why it was discarded"`
	By     string `json:"by"`
}

func pileOf(p pile.Pile) Pile {
	return Pile{ID: string(p.ID), Region: string(p.Region), Name: p.Name, State: string(p.State), StateName: lang.T(p.State.Word()), Trouble: p.Trouble, Pages: p.Pages,
		Read: p.Read, Filed: p.Filed, Waiting: p.Waiting, Discarded: p.Dropped, Author: p.Author, At: p.At}
}

// pileTaking is a scanned file as it is sent: the body is the PDF, JPEG or PNG itself.
type pileTaking struct {
	Name     string  `query:"name" maxLength:"200" doc:"the file's name"`
	Received day.Day `query:"received" doc:"day on which slips among the papers came back; empty for today"`
	Signer   string  `query:"signer" enum:"self,guardian" default:"self" doc:"who signed the slips among the papers"`
	RawBody  []byte  `contentType:"application/octet-stream"`
}

type pileTaken struct {
	Status int
	Body   Pile
}

type pileQuery struct {
	Region string `query:"region" maxLength:"12"`
	State  string `query:"state" enum:"reading,filing,open,done,failed"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"100"`
}

// PiecePath is where an operation on one paper is.
type PiecePath struct {
	ID    string `path:"id" doc:"id of the pile"`
	Piece string `path:"piece" doc:"id of the paper"`
}

type pieceFiling struct {
	PiecePath
	Body struct {
		No       string  `json:"no" maxLength:"80" doc:"number of the letter, the case or the person's file"`
		Paper    string  `json:"paper,omitempty" doc:"of a case: which paper"`
		Title    string  `json:"title,omitempty" maxLength:"80" doc:"in a person's file: what the paper is"`
		Received day.Day `json:"received,omitempty" doc:"of a slip: the day on it"`
		Promised day.Day `json:"promised,omitempty"`
		Signer   string  `json:"signer,omitempty" enum:",self,guardian"`
	}
}

type pieceArranging struct {
	PiecePath
	Body struct {
		Move string `json:"move" enum:"rotate,forward,split,join"`
		Page int    `json:"page" doc:"by its number in the pile"`
	}
}

type pieceDiscarding struct {
	PiecePath
	Body struct {
		Reason string `json:"reason" maxLength:"400"`
	}
}

// piles puts the operations on scanned piles on the API.
func (s *Server) piles(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: pilesPath + path, Tags: []string{"piles"}, Summary: summary}
	}
	taking := op("pile-take", http.MethodPost, "", "Hand a scanned pile in; the same file again answers the pile that it made (200)")
	taking.MaxBodyBytes, taking.BodyReadTimeout, taking.DefaultStatus = pileLimit, 15*time.Minute, http.StatusCreated
	huma.Register(a, taking, s.pileTake)
	huma.Register(a, op("pile-list", http.MethodGet, "", "List scanned piles, the newest first"), s.pileList)
	huma.Register(a, op("pile-read", http.MethodGet, "/{id}", "Read a scanned pile with its papers"), func(ctx context.Context, in *struct {
		ID string `path:"id"`
	}) (*body[Pile], error) {
		return s.pileRead(ctx, pile.ID(in.ID))
	})
	huma.Register(a, op("piece-file", http.MethodPost, "/{id}/pieces/{piece}/file", "File a paper by hand"), func(ctx context.Context, in *pieceFiling) (*body[Pile], error) {
		b := in.Body
		err := s.Scanning.FilePiece(ctx, actor(ctx), pile.ID(in.ID), pile.PieceID(in.Piece), pile.Order{No: b.No, Paper: b.Paper, Title: b.Title,
			Receipt: reminder.Receipt{On: b.Received, Promised: b.Promised, Signer: reminder.Signer(b.Signer)}})
		return s.pileAfter(ctx, in.PiecePath, err)
	})
	huma.Register(a, op("piece-arrange", http.MethodPost, "/{id}/pieces/{piece}/arrange", "Turn or move a page, split a paper or join it to the one before"), func(ctx context.Context, in *pieceArranging) (*body[Pile], error) {
		return s.pileAfter(ctx, in.PiecePath, s.Scanning.ArrangePiece(ctx, actor(ctx), pile.ID(in.ID), pile.PieceID(in.Piece), pile.Step{Move: pile.Move(in.Body.Move), Page: in.Body.Page}))
	})
	huma.Register(a, op("piece-discard", http.MethodPost, "/{id}/pieces/{piece}/discard", "Take a paper out of the tray"), func(ctx context.Context, in *pieceDiscarding) (*body[Pile], error) {
		return s.pileAfter(ctx, in.PiecePath, s.Scanning.DiscardPiece(ctx, actor(ctx), pile.ID(in.ID), pile.PieceID(in.Piece), in.Body.Reason))
	})
	huma.Register(a, op("piece-back", http.MethodPost, "/{id}/pieces/{piece}/back", "Take a paper that was filed wrongly back into the tray"), s.pieceBack)
}

func (s *Server) pieceBack(ctx context.Context, in *pieceDiscarding) (*body[Pile], error) {
	return s.pileAfter(ctx, in.PiecePath, s.Scanning.TakeBackPiece(ctx, actor(ctx), pile.ID(in.ID), pile.PieceID(in.Piece), in.Body.Reason))
}

func (s *Server) pileTake(ctx context.Context, in *pileTaking) (*pileTaken, error) {
	r := reminder.Receipt{On: in.Received, Signer: reminder.Signer(in.Signer)}
	if r.On == "" {
		r.On = s.Scanning.Today()
	}
	id, again, err := s.Scanning.TakePile(ctx, actor(ctx), []scanning.File{{Name: in.Name, Content: bytes.NewReader(in.RawBody)}}, r)
	if err != nil {
		return nil, failed(ctx, err)
	}
	made, err := s.pileRead(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &pileTaken{Status: http.StatusCreated, Body: made.Body}
	if again {
		out.Status = http.StatusOK
	}
	return out, nil
}

func (s *Server) pileAfter(ctx context.Context, at PiecePath, err error) (*body[Pile], error) {
	if err != nil {
		return nil, failed(ctx, err)
	}
	return s.pileRead(ctx, pile.ID(at.ID))
}

func (s *Server) pileRead(ctx context.Context, id pile.ID) (*body[Pile], error) {
	p, err := s.Scanning.Pile(ctx, actor(ctx), id)
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := pileOf(p.Pile)
	for _, k := range p.Pieces {
		piece := Piece{ID: string(k.ID), Pages: []int{}, State: string(k.State), Kind: string(k.Kind), To: k.Subject, No: k.No, Paper: k.Paper, Why: k.Why, Reason: k.Reason, By: k.By}
		for _, l := range p.Leaves[k.ID] {
			piece.Pages = append(piece.Pages, l.No)
		}
		out.Pieces = append(out.Pieces, piece)
	}
	return &body[Pile]{out}, nil
}

func (s *Server) pileList(ctx context.Context, in *pileQuery) (*body[list[Pile]], error) {
	all, more, err := s.Scanning.Piles(ctx, actor(ctx), scanning.Filter{Region: region.Code(in.Region), State: pile.State(in.State), After: pile.ID(in.After), Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Pile]]{list[Pile]{Items: []Pile{}}}
	for _, p := range all {
		out.Body.Items = append(out.Body.Items, pileOf(p))
	}
	if more {
		out.Body.Next = string(all[len(all)-1].ID)
	}
	return out, nil
}
