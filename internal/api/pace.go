package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/region"
)

// Paces is how soon the cards of a county reach their holders.
type Paces struct {
	Region string     `json:"region"`
	Since  day.Day    `json:"since" doc:"cards that were handed over before are not counted"`
	Most   int        `json:"most" doc:"working days that policy leaves from the good print to the hand"`
	Sum    Pace       `json:"sum"`
	Towns  []TownPace `json:"townships"`
}

// Pace is one line of them, in calendar days.
type Pace struct {
	Delivered   int `json:"delivered"`
	Late        int `json:"late" doc:"of these: took more working days than policy leaves"`
	Median      int `json:"median" doc:"days; of two in the middle the longer"`
	Longest     int `json:"longest" doc:"days"`
	Waiting     int `json:"waiting" doc:"printed, not in the hand yet"`
	WaitingLate int `json:"waiting_late"`
	WaitingMost int `json:"waiting_most" doc:"days"`
}

// TownPace is the line of a township.
type TownPace struct {
	Region string `json:"region"`
	Name   string `json:"name"`
	Pace   Pace   `json:"pace"`
}

func paceOf(p card.Pace) Pace {
	return Pace{p.Delivered, p.Late, p.Median, p.Longest, p.Waiting, p.WaitingLate, p.WaitingMost}
}

// paces puts how soon cards reach their holders on the API.
func (s *Server) paces(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "card-pace", Method: http.MethodGet, Path: "/api/v1/cards/pace", Tags: []string{"cards"},
		Summary: "Count how many days cards take from the good print to the hand, by township"}, s.cardPace)
}

func (s *Server) cardPace(ctx context.Context, in *struct {
	Region string  `query:"region" maxLength:"12" doc:"code of a county, township or village; empty for the account's own area"`
	Since  day.Day `query:"since" doc:"YYYY-MM-DD; empty for the last twelve months"`
}) (*body[Paces], error) {
	p, err := s.Records.Paces(ctx, actor(ctx), region.Code(in.Region), in.Since)
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[Paces]{Paces{Region: string(p.County.Code), Since: p.Since, Most: p.Most, Sum: paceOf(p.Sum), Towns: []TownPace{}}}
	for _, t := range p.Towns {
		out.Body.Towns = append(out.Body.Towns, TownPace{string(t.Place.Code), t.Place.Name, paceOf(t.Pace)})
	}
	return out, nil
}
