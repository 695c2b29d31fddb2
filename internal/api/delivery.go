package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/records"
	"hefa/internal/region"
)

// Waiting is a card that lies at its township.
type Waiting struct {
	Application string  `json:"application"`
	Batch       string  `json:"batch"`
	Region      string  `json:"region"`
	Name        string  `json:"name"`
	Number      string  `json:"number" doc:"masked"`
	Since       day.Day `json:"since" doc:"day of dispatch"`
	Due         day.Day `json:"due"`
	Days        int     `json:"days" doc:"calendar days since the print"`
	Late        bool    `json:"late" doc:"more working days since the print than policy leaves"`
	Notified    day.Day `json:"notified" doc:"day on which the holder was told last, empty for never"`
	Notices     int     `json:"notices"`
}

type waitingQuery struct {
	Region string `query:"region" maxLength:"12"`
	Batch  string `query:"batch" maxLength:"36"`
	Stage  string `query:"stage" enum:"urge,visit,held" doc:"those to be reminded, to be brought home, or that nobody is to be told of; else all that can be fetched"`
	Late   bool   `query:"late" doc:"only those whose days for delivery are over"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"36"`
}

// deliveries puts the list of cards that wait for their holders on the API.
func (s *Server) deliveries(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "delivery-list", Method: http.MethodGet, Path: "/api/v1/deliveries", Tags: []string{"cards"},
		Summary: "List the cards that lie at a township, the longest waiting first"}, func(ctx context.Context, in *waitingQuery) (*body[list[Waiting]], error) {
		all, err := s.Records.Handouts(ctx, actor(ctx), records.HandoutFilter{Region: region.Code(in.Region), Batch: card.BatchID(in.Batch), Stage: card.Stage(in.Stage),
			Late: in.Late, After: application.ID(in.After), Limit: in.Limit})
		if err != nil {
			return nil, failed(ctx, err)
		}
		out := &body[list[Waiting]]{list[Waiting]{Items: []Waiting{}}}
		for _, l := range all.Rows {
			k, c := l.Card, l.Case.Application
			out.Body.Items = append(out.Body.Items, Waiting{string(c.ID), string(k.Batch), string(k.Region), k.Face.Name, k.Face.Number.Masked(), c.Since, c.Due, l.Days, l.Late,
				k.Notified, k.Notices})
		}
		if all.More {
			out.Body.Next = string(all.Rows[len(all.Rows)-1].Case.Application.ID)
		}
		return out, nil
	})
}
