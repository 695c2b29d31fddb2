package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/records"
	"hefa/internal/region"
)

// Recall is an old card that was handed in and is kept.
type Recall struct {
	Card      string  `json:"card" doc:"of the new card that was fetched then; of a cancelled certificate its id"`
	Name      string  `json:"name"`
	Old       string  `json:"old" doc:"number of the old card, masked"`
	Region    string  `json:"region"`
	Handed    day.Day `json:"handed"`
	Receiver  string  `json:"receiver"`
	Cancelled bool    `json:"cancelled" doc:"its certificate was cancelled, none followed"`
}

type recallQuery struct {
	Region string `query:"region" maxLength:"12"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"60"`
}

type destroying struct {
	Cards  []string `json:"cards" maxItems:"200" doc:"as the list names them"`
	Day    string   `json:"day" maxLength:"10"`
	Way    string   `json:"way" maxLength:"240"`
	First  string   `json:"first" maxLength:"160" doc:"a witness"`
	Second string   `json:"second" maxLength:"160" doc:"the other"`
}

// Destroyed names the record of a destruction.
type Destroyed struct {
	ID string `json:"id"`
}

func (s *Server) recalls(a huma.API) {
	tags := []string{"cards"}
	huma.Register(a, huma.Operation{OperationID: "recall-list", Method: http.MethodGet, Path: "/api/v1/recalls", Tags: tags,
		Summary: "List old cards that were handed in and are kept, the longest kept first"}, s.recallList)
	huma.Register(a, huma.Operation{OperationID: "recall-owed", Method: http.MethodGet, Path: "/api/v1/recalls/cancelled", Tags: tags,
		Summary: "List cancelled certificates whose cards were not given back, the latest first"}, s.recallOwed)
	huma.Register(a, huma.Operation{OperationID: "recall-take", Method: http.MethodPost, Path: "/api/v1/recalls/take", Tags: tags,
		Summary: "Record that cards of cancelled certificates were given back, or are not to be obtained; all or none"}, s.recallTake)
	huma.Register(a, huma.Operation{OperationID: "recall-retract", Method: http.MethodPost, Path: "/api/v1/recalls/retract", Tags: tags,
		Summary: "Take back what was recorded by mistake of cards of cancelled certificates, unless they were destroyed; all or none"}, s.recallRetract)
	huma.Register(a, huma.Operation{OperationID: "recall-destroy", Method: http.MethodPost, Path: "/api/v1/recalls/destroy", Tags: tags,
		Summary: "Record that old cards were destroyed before two witnesses; all or none"}, s.recallDestroy)
}

func (s *Server) recallList(ctx context.Context, in *recallQuery) (*body[list[Recall]], error) {
	r, err := s.Records.Recalls(ctx, actor(ctx), records.RecallFilter{Region: region.Code(in.Region), After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Recall]]{list[Recall]{Items: []Recall{}, Next: r.Next}}
	for _, c := range r.Cards {
		out.Body.Items = append(out.Body.Items, Recall{Card: string(c.ID), Name: c.Name, Old: c.Old.Masked(), Region: string(c.Region), Handed: c.Handed, Receiver: c.Receiver,
			Cancelled: c.Application == ""})
	}
	return out, nil
}

func (s *Server) recallDestroy(ctx context.Context, in *struct{ Body destroying }) (*body[Destroyed], error) {
	var ids []card.ID
	for _, id := range in.Body.Cards {
		ids = append(ids, card.ID(id))
	}
	on, _ := day.Parse(in.Body.Day) // a wrong one is missed by the desk
	made, err := s.Records.DestroyRecalled(ctx, actor(ctx), card.Destruction{Day: on, Way: in.Body.Way, First: in.Body.First, Second: in.Body.Second}, ids)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Destroyed]{Destroyed{made}}, nil
}
