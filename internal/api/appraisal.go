package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Appraisal is a list of files whose retention ran out.
type Appraisal struct {
	ID        string   `json:"id"`
	No        string   `json:"no"`
	Day       day.Day  `json:"day" doc:"drawn"`
	Head      string   `json:"head"`
	Members   []string `json:"members"`
	State     string   `json:"state" enum:"drawn,proposed,approved,done"`
	Decided   day.Day  `json:"decided"`
	Decider   string   `json:"decider"`
	Answer    string   `json:"answer"`
	Destroyed day.Day  `json:"destroyed" doc:"empty while nothing was"`
	Way       string   `json:"way"`
	First     string   `json:"first" doc:"a witness"`
	Second    string   `json:"second" doc:"the other"`
}

// AppraisedFile is one file of a list.
type AppraisedFile struct {
	Person  string  `json:"person"`
	No      string  `json:"no"`
	Name    string  `json:"name"`
	Pages   int     `json:"pages"`
	Closed  day.Day `json:"closed" doc:"day of the last paper"`
	Verdict string  `json:"verdict" enum:",keep,destroy"`
	Until   day.Day `json:"until" doc:"kept until then"`
	Reason  string  `json:"reason"`
}

// AppraisalWhole is a list with a page of its files.
type AppraisalWhole struct {
	Appraisal
	Files []AppraisedFile `json:"files"`
	Next  string          `json:"next" doc:"after for the next page of files; empty on the last"`
	Gone  int             `json:"gone" doc:"contents that were taken away"`
}

// AppraisalMade names a list that was drawn.
type AppraisalMade struct {
	ID string `json:"id"`
}

type appraisalQuery struct {
	Region string `query:"region" maxLength:"12"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"60"`
}

type appraisalFilesQuery struct {
	ID      string `path:"id" maxLength:"64"`
	Verdict string `query:"verdict" enum:"none,keep,destroy"`
	Limit   int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After   string `query:"after" maxLength:"60"`
}

type appraisalDrawing struct {
	Head    string   `json:"head" maxLength:"160"`
	Members []string `json:"members" maxItems:"20"`
}

type appraisalFinding struct {
	Files   []string `json:"files" maxItems:"500" doc:"people, as the list names them"`
	Verdict string   `json:"verdict" enum:"keep,destroy"`
	Years   int      `json:"years,omitempty" doc:"how long it is kept; for keep only"`
	Reason  string   `json:"reason,omitempty" maxLength:"4000"`
}

type appraisalDeciding struct {
	Grant  bool   `json:"grant"`
	Answer string `json:"answer,omitempty" maxLength:"4000"`
}

type appraisalDestroying struct {
	Day    string `json:"day" maxLength:"10"`
	Way    string `json:"way" maxLength:"240"`
	First  string `json:"first" maxLength:"160"`
	Second string `json:"second" maxLength:"160"`
}

func (s *Server) appraisals(a huma.API) {
	op := func(id, method, path, about string) huma.Operation {
		o := huma.Operation{OperationID: id, Method: method, Path: "/api/v1/appraisals" + path, Tags: []string{"archive"}, Summary: about}
		if method == http.MethodPost && path != "" {
			o.DefaultStatus = http.StatusNoContent
		}
		return o
	}
	huma.Register(a, op("appraisal-list", http.MethodGet, "", "List appraisals of files whose retention ran out, the newest first"), s.appraisalList)
	huma.Register(a, op("appraisal-draw", http.MethodPost, "", "Draw the list of files whose retention ran out"), s.appraisalDraw)
	huma.Register(a, op("appraisal-read", http.MethodGet, "/{id}", "Read a list with its files"), s.appraisalRead)
	huma.Register(a, op("appraisal-find", http.MethodPost, "/{id}/files", "Note what was found of files of a list"), s.appraisalFind)
	huma.Register(a, op("appraisal-propose", http.MethodPost, "/{id}/propose", "Hand a list to the leader"), s.appraisalPropose)
	huma.Register(a, op("appraisal-decide", http.MethodPost, "/{id}/decide", "Approve a list or send it back"), s.appraisalDecide)
	huma.Register(a, op("appraisal-destroy", http.MethodPost, "/{id}/destroy", "Record the destruction of an approved list before two witnesses"), s.appraisalDestroy)
}

func appraisalOf(a archive.Appraisal) Appraisal {
	return Appraisal{ID: string(a.ID), No: a.No, Day: a.Day, Head: a.Head, Members: a.Members, State: string(a.State), Decided: a.Decided, Decider: a.Decider, Answer: a.Answer,
		Destroyed: a.Destroyed, Way: a.Way, First: a.First, Second: a.Second}
}

func (s *Server) appraisalList(ctx context.Context, in *appraisalQuery) (*body[list[Appraisal]], error) {
	all, err := s.Archiving.Appraisals(ctx, actor(ctx), region.Code(in.Region), archive.AppraisalID(in.After), in.Limit)
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Appraisal]]{list[Appraisal]{Items: []Appraisal{}}}
	for _, a := range all.Rows {
		out.Body.Items = append(out.Body.Items, appraisalOf(a))
	}
	if all.More {
		out.Body.Next = string(all.Rows[len(all.Rows)-1].ID)
	}
	return out, nil
}

func (s *Server) appraisalDraw(ctx context.Context, in *struct{ Body appraisalDrawing }) (*body[AppraisalMade], error) {
	made, err := s.Archiving.DrawAppraisal(ctx, actor(ctx), archive.Appraisal{Head: in.Body.Head, Members: in.Body.Members})
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[AppraisalMade]{AppraisalMade{string(made)}}, nil
}

func (s *Server) appraisalRead(ctx context.Context, in *appraisalFilesQuery) (*body[AppraisalWhole], error) {
	a, err := s.Archiving.Appraisal(ctx, actor(ctx), archive.AppraisalID(in.ID), archiving.AppraisalFilter{Verdict: in.Verdict, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[AppraisalWhole]{AppraisalWhole{Appraisal: appraisalOf(a.Appraisal), Files: []AppraisedFile{}, Gone: a.Contents.Gone}}
	for _, f := range a.Files {
		out.Body.Files = append(out.Body.Files, AppraisedFile{Person: string(f.Person), No: f.No, Name: f.Name, Pages: f.Pages, Closed: f.Closed, Verdict: string(f.Verdict), Until: f.Until, Reason: f.Reason})
	}
	if a.More {
		out.Body.Next = a.Files[len(a.Files)-1].No
	}
	return out, nil
}

func (s *Server) appraisalFind(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"64"`
	Body appraisalFinding
}) (*struct{}, error) {
	var files []person.ID
	for _, p := range in.Body.Files {
		files = append(files, person.ID(p))
	}
	f := archive.Finding{Verdict: archive.Verdict(in.Body.Verdict), Years: in.Body.Years, Reason: in.Body.Reason}
	return nil, failed(ctx, s.Archiving.AppraiseFiles(ctx, actor(ctx), archive.AppraisalID(in.ID), files, f))
}

func (s *Server) appraisalPropose(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"64"`
}) (*struct{}, error) {
	return nil, failed(ctx, s.Archiving.ProposeAppraisal(ctx, actor(ctx), archive.AppraisalID(in.ID)))
}

func (s *Server) appraisalDecide(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"64"`
	Body appraisalDeciding
}) (*struct{}, error) {
	return nil, failed(ctx, s.Archiving.DecideAppraisal(ctx, actor(ctx), archive.AppraisalID(in.ID), in.Body.Grant, in.Body.Answer))
}

func (s *Server) appraisalDestroy(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"64"`
	Body appraisalDestroying
}) (*struct{}, error) {
	if err := grave(ctx, access.ArchiveDestroy); err != nil {
		return nil, err
	}
	on, _ := day.Parse(in.Body.Day) // a wrong one is missed by the desk
	w := archive.Witnessed{Day: on, Way: in.Body.Way, First: in.Body.First, Second: in.Body.Second}
	return nil, failed(ctx, s.Archiving.DestroyFiles(ctx, actor(ctx), archive.AppraisalID(in.ID), w))
}
