package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Dossier is the one file of a person.
type Dossier struct {
	Person string  `json:"person"`
	No     string  `json:"no"`
	Name   string  `json:"name"`
	Term   string  `json:"term" enum:"Y,D30,D10"`
	Box    string  `json:"box" doc:"number of the box; empty for none"`
	Order  int     `json:"order" doc:"place in the box"`
	Place  string  `json:"place"`
	Opened day.Day `json:"opened"`
	Closed day.Day `json:"closed" doc:"day of the last paper"`
	State  string  `json:"state" enum:"shelved,out,destroyed"`
}

// DossierItem is one paper of a file.
type DossierItem struct {
	ID          string  `json:"id"`
	Application string  `json:"application" doc:"the case that it belongs to; empty for one put in by hand"`
	Kind        string  `json:"kind" enum:"form,assessment,transfer,change,supplement,decision,notice,receipt"`
	Title       string  `json:"title"`
	Author      string  `json:"author"`
	Number      string  `json:"number"`
	Day         day.Day `json:"day"`
	Pages       int     `json:"pages"`
	Origin      string  `json:"origin" enum:"born,scan,paper"`
	Hash        string  `json:"hash" doc:"of what is kept as a file, SHA-256"`
	Digest      string  `json:"digest" doc:"of what is kept as a file, by suite, hexadecimal; empty until it was taken"`
	Suite       string  `json:"suite" enum:",sm,aes" doc:"sm: SM3; aes: SHA-256"`
	Note        string  `json:"note"`
	Paper       string  `json:"paper" doc:"its name among the papers of its case, for a mark"`
	Flaw        string  `json:"flaw" enum:",unsigned,unreadable,wrong" doc:"why it does not count; empty when it does"`
}

// PaperMark says what is wrong with a paper; the file lacks it until the mark is lifted.
type PaperMark struct {
	ID          string   `json:"id"`
	Person      string   `json:"person"`
	Application string   `json:"application" doc:"the case of the paper; empty for one put in by hand"`
	Kind        string   `json:"kind"`
	Title       string   `json:"title"`
	Flaw        string   `json:"flaw" enum:",unsigned,unreadable,wrong" doc:"empty for what is late, or was filed and lacks papers, and has no mark"`
	Reason      string   `json:"reason"`
	Day         day.Day  `json:"day"`
	Late        bool     `json:"late" doc:"the case should have been filed by now"`
	Filed       day.Day  `json:"filed" doc:"the day on which it was filed though papers were lacking; empty otherwise"`
	Why         string   `json:"why" doc:"why it was filed then"`
	Wanting     []string `json:"wanting" doc:"kinds of paper that were lacking then and did not come since"`
}

type paperMarking struct {
	Application string `json:"application,omitempty" maxLength:"64" doc:"the case of the paper"`
	Paper       string `json:"paper" maxLength:"200" doc:"its name among the papers of its case"`
	Flaw        string `json:"flaw" enum:"unsigned,unreadable,wrong"`
	Reason      string `json:"reason" maxLength:"4000"`
}

type lackQuery struct {
	Region string `query:"region" maxLength:"12"`
	Flaw   string `query:"flaw" enum:"unsigned,unreadable,wrong"`
	Late   bool   `query:"late" doc:"only what should have been filed by now"`
	Filed  bool   `query:"filed" doc:"only what was filed though papers were lacking"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"64"`
}

// DossierWhole is a file with its papers.
type DossierWhole struct {
	Dossier
	Items []DossierItem `json:"items"`
	Marks []PaperMark   `json:"marks" doc:"what is wrong with its papers"`
}

type dossierQuery struct {
	Region string `query:"region" maxLength:"12"`
	No     string `query:"no" doc:"beginning of the number" maxLength:"60"`
	State  string `query:"state" enum:"shelved,out,destroyed"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"60"`
}

type loanAsking struct {
	Borrower string `json:"borrower" maxLength:"200"`
	Unit     string `json:"unit" maxLength:"200"`
	Reason   string `json:"reason" maxLength:"4000"`
}

func (s *Server) archive(a huma.API) {
	tags := []string{"archive"}
	huma.Register(a, huma.Operation{OperationID: "dossier-list", Method: http.MethodGet, Path: "/api/v1/dossiers", Tags: tags, Summary: "List files of people by number"}, s.dossierList)
	huma.Register(a, huma.Operation{OperationID: "dossier-read", Method: http.MethodGet, Path: "/api/v1/dossiers/{person}", Tags: tags, Summary: "Read a person's file"}, s.dossierRead)
	huma.Register(a, huma.Operation{OperationID: "dossier-paper", Method: http.MethodGet, Path: "/api/v1/dossiers/{person}/papers/{paper}", Tags: tags, Summary: "Read a paper of a file that is kept as a content"}, s.dossierPaper)
	huma.Register(a, huma.Operation{OperationID: "dossier-loan", Method: http.MethodPost, Path: "/api/v1/dossiers/{person}/loans", Tags: tags, Summary: "Ask for the paper file",
		DefaultStatus: http.StatusNoContent}, s.dossierLoan)
	huma.Register(a, huma.Operation{OperationID: "dossier-mark", Method: http.MethodPost, Path: "/api/v1/dossiers/{person}/marks", Tags: tags, Summary: "Say what is wrong with a paper of a file",
		DefaultStatus: http.StatusNoContent}, s.dossierMark)
	huma.Register(a, huma.Operation{OperationID: "dossier-lift", Method: http.MethodPost, Path: "/api/v1/dossiers/{person}/marks/{mark}/lift", Tags: tags, Summary: "Lift what is wrong with a paper",
		DefaultStatus: http.StatusNoContent}, s.dossierLift)
	huma.Register(a, huma.Operation{OperationID: "dossier-lacks", Method: http.MethodGet, Path: "/api/v1/dossiers/lacks", Tags: tags, Summary: "List papers with marks, what should have been filed, and what was filed though papers were lacking"}, s.dossierLacks)
	huma.Register(a, huma.Operation{OperationID: "dossier-ends", Method: http.MethodGet, Path: "/api/v1/dossiers/ends", Tags: tags, Summary: "List what came to an end and is not filed"}, s.endList)
	huma.Register(a, huma.Operation{OperationID: "dossier-file", Method: http.MethodPost, Path: "/api/v1/dossiers/ends", Tags: tags, Summary: "Put papers of what came to an end into the files of their people",
		DefaultStatus: http.StatusNoContent}, s.endFile)
}

// Unfiled is something that came to an end and whose papers are not in its person's file.
type Unfiled struct {
	Kind   string  `json:"kind" enum:"case,lapse,departure,letter"`
	ID     string  `json:"id"`
	Person string  `json:"person"`
	Name   string  `json:"name"`
	No     string  `json:"no" doc:"of the case, the published list or the letter"`
	What   string  `json:"what" doc:"the matter, the cause or the kind of letter"`
	State  string  `json:"state"`
	On     day.Day `json:"on" doc:"the day on which it ended"`
	Due    day.Day `json:"due" doc:"the last day for filing it"`
	Late   bool    `json:"late"`
}

type endQuery struct {
	Region string `query:"region" maxLength:"12"`
	Kind   string `query:"kind" enum:"case,lapse,departure,letter"`
	Late   bool   `query:"late" doc:"only what should have been filed by now"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"80"`
}

type endFiling struct {
	Ends   []endNamed `json:"ends" minItems:"1" maxItems:"100"`
	Reason string     `json:"reason,omitempty" maxLength:"4000" doc:"wanted when papers are lacking"`
}

type endNamed struct {
	Kind string `json:"kind" enum:"case,lapse,departure,letter"`
	ID   string `json:"id" maxLength:"64"`
}

func (s *Server) endList(ctx context.Context, in *endQuery) (*body[list[Unfiled]], error) {
	all, next, err := s.Archiving.Ends(ctx, actor(ctx), archiving.EndFilter{Region: region.Code(in.Region), Kind: archive.EndKind(in.Kind), Late: in.Late, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Unfiled]]{list[Unfiled]{Items: []Unfiled{}, Next: next}}
	for _, u := range all {
		out.Body.Items = append(out.Body.Items, Unfiled{Kind: string(u.Kind), ID: u.ID, Person: string(u.Person), Name: u.Holder.Name, No: u.No, What: u.What, State: u.State, On: u.On, Due: u.Due, Late: u.Late})
	}
	return out, nil
}

func (s *Server) endFile(ctx context.Context, in *struct{ Body endFiling }) (*struct{}, error) {
	var ends []archive.End
	for _, e := range in.Body.Ends {
		ends = append(ends, archive.End{Kind: archive.EndKind(e.Kind), ID: e.ID})
	}
	return nil, failed(ctx, s.Archiving.FileEnds(ctx, actor(ctx), ends, archive.Filing{Reason: in.Body.Reason}))
}

func dossierOf(k archiving.Kept) Dossier {
	return Dossier{Person: string(k.Person), No: k.No, Name: k.Holder.Name, Term: string(k.Term), Box: k.InBox, Order: k.Order, Place: k.Stands, Opened: k.Opened, Closed: k.Closed, State: string(k.State)}
}

func (s *Server) dossierList(ctx context.Context, in *dossierQuery) (*body[list[Dossier]], error) {
	all, more, err := s.Archiving.Dossiers(ctx, actor(ctx), archiving.DossierFilter{Region: region.Code(in.Region), No: in.No, State: archive.State(in.State), After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Dossier]]{list[Dossier]{Items: []Dossier{}}}
	for _, k := range all {
		out.Body.Items = append(out.Body.Items, dossierOf(k))
	}
	if more {
		out.Body.Next = all[len(all)-1].No
	}
	return out, nil
}

func (s *Server) dossierRead(ctx context.Context, in *struct {
	Person string `path:"person" maxLength:"64"`
}) (*body[DossierWhole], error) {
	f, err := s.Archiving.Dossier(ctx, actor(ctx), person.ID(in.Person))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[DossierWhole]{DossierWhole{Dossier: dossierOf(f.Kept), Items: []DossierItem{}, Marks: []PaperMark{}}}
	for _, m := range f.Marks {
		out.Body.Marks = append(out.Body.Marks, paperMarkOf(m))
	}
	names := archive.Names(f.Items)
	for n, i := range f.Items {
		out.Body.Items = append(out.Body.Items, DossierItem{ID: i.ID, Application: i.Application, Kind: string(i.Kind), Title: i.Title, Author: i.Author, Number: i.Number, Day: i.Day, Pages: i.Pages,
			Origin: string(i.Origin), Hash: i.Hash, Digest: i.Digest, Suite: i.Suite, Note: i.Note, Paper: names[n], Flaw: string(i.Flaw)})
	}
	return out, nil
}

func (s *Server) dossierPaper(ctx context.Context, in *struct {
	Person string `path:"person" maxLength:"64"`
	Paper  string `path:"paper" maxLength:"64" doc:"its id"`
	Reason string `query:"reason" maxLength:"800" doc:"why it is read; stands in the audit"`
}) (*letters, error) {
	kind, content, err := s.Archiving.Paper(ctx, actor(ctx), person.ID(in.Person), in.Paper, in.Reason)
	if err != nil {
		return nil, failed(ctx, err)
	}
	defer content.Close() // it was only read
	all, err := io.ReadAll(content)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &letters{kind, all}, nil
}

func (s *Server) dossierLoan(ctx context.Context, in *struct {
	Person string `path:"person" maxLength:"64"`
	Body   loanAsking
}) (*struct{}, error) {
	return nil, failed(ctx, s.Archiving.AskLoan(ctx, actor(ctx), person.ID(in.Person), archive.Loan{Borrower: in.Body.Borrower, Unit: in.Body.Unit, Reason: in.Body.Reason}))
}

func paperMarkOf(m archive.Mark) PaperMark {
	return PaperMark{ID: m.ID, Person: string(m.Person), Application: m.Application, Kind: string(m.Kind), Title: m.Title, Flaw: string(m.Flaw), Reason: m.Reason, Day: m.Day, Wanting: []string{}}
}

func (s *Server) dossierMark(ctx context.Context, in *struct {
	Person string `path:"person" maxLength:"64"`
	Body   paperMarking
}) (*struct{}, error) {
	b := in.Body
	return nil, failed(ctx, s.Archiving.MarkPaper(ctx, actor(ctx), person.ID(in.Person), archive.Mark{Application: b.Application, Paper: b.Paper, Flaw: archive.Flaw(b.Flaw), Reason: b.Reason}))
}

func (s *Server) dossierLift(ctx context.Context, in *struct {
	Person string `path:"person" maxLength:"64"`
	Mark   string `path:"mark" maxLength:"64"`
	Body   struct {
		Answer string `json:"answer" maxLength:"4000" doc:"why it is lifted"`
	}
}) (*struct{}, error) {
	return nil, failed(ctx, s.Archiving.LiftMark(ctx, actor(ctx), person.ID(in.Person), in.Mark, in.Body.Answer))
}

func (s *Server) dossierLacks(ctx context.Context, in *lackQuery) (*body[list[PaperMark]], error) {
	all, next, err := s.Archiving.Lackers(ctx, actor(ctx), archiving.LackFilter{Region: region.Code(in.Region), Flaw: archive.Flaw(in.Flaw), Late: in.Late, Filed: in.Filed, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[PaperMark]]{list[PaperMark]{Items: []PaperMark{}, Next: next}}
	for _, l := range all {
		m := paperMarkOf(l.Mark)
		m.Late, m.Filed, m.Why = l.Late, l.Filed, l.Why
		for _, w := range l.Wanting {
			m.Wanting = append(m.Wanting, string(w))
		}
		out.Body.Items = append(out.Body.Items, m)
	}
	return out, nil
}
