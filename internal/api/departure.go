package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/region"
	"hefa/internal/registry"
)

// Departure is what a list of deaths or moves says of a holder.
type Departure struct {
	ID          string  `json:"id"`
	Kind        string  `json:"kind" enum:"death,move"`
	Name        string  `json:"name" doc:"in the register"`
	Named       string  `json:"named" doc:"on the list"`
	Certificate string  `json:"certificate"`
	Region      string  `json:"region"`
	Happened    day.Day `json:"happened" doc:"day of the death or the move; empty when the list does not say"`
	Whither     string  `json:"whither"`
	State       string  `json:"state" enum:"proposed,frozen,cancelled,dismissed"`
	Due         string  `json:"due" enum:"wait,freeze,cancel" doc:"what can be done today"`
	Decided     day.Day `json:"decided"`
	Reason      string  `json:"reason"`
}

// DepartureDone is how one decision fared.
type DepartureDone struct {
	Name  string `json:"name"`
	Done  string `json:"done" enum:"freeze,cancel," doc:"empty when it was refused"`
	Error string `json:"error" doc:"why it was refused"`
}

type departureQuery struct {
	Region string `query:"region" maxLength:"12"`
	Kind   string `query:"kind" enum:"death,move"`
	State  string `query:"state" enum:"proposed,frozen,cancelled,dismissed"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"60"`
}

type departureIDs struct {
	IDs []string `json:"ids" maxItems:"200"`
}

func (s *Server) departures(a huma.API) {
	tags := []string{"departures"}
	huma.Register(a, huma.Operation{OperationID: "departure-list", Method: http.MethodGet, Path: "/api/v1/departures", Tags: tags,
		Summary: "List what lists of deaths and moves say of holders"}, s.departureList)
	huma.Register(a, huma.Operation{OperationID: "departure-apply", Method: http.MethodPost, Path: "/api/v1/departures/apply", Tags: tags,
		Summary: "Freeze or cancel what is due, each by itself"}, s.departureApply)
}

func (s *Server) departureList(ctx context.Context, in *departureQuery) (*body[list[Departure]], error) {
	l, err := s.Registry.Departures(ctx, actor(ctx), registry.DepartureFilter{Region: region.Code(in.Region), Kind: departure.Kind(in.Kind), State: departure.State(in.State),
		After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Departure]]{list[Departure]{Items: []Departure{}, Next: l.Next}}
	for _, x := range l.Departed {
		d := x.Departure
		out.Body.Items = append(out.Body.Items, Departure{ID: string(d.ID), Kind: string(d.Kind), Name: x.Person.Name, Named: d.Named, Certificate: string(d.Certificate),
			Region: string(d.Region), Happened: d.On, Whither: d.Whither, State: string(d.State), Due: string(d.Next(l.Limits, l.Today)), Decided: d.Decided, Reason: d.Reason})
	}
	return out, nil
}

func (s *Server) departureApply(ctx context.Context, in *struct{ Body departureIDs }) (*body[list[DepartureDone]], error) {
	var ids []departure.ID
	for _, id := range in.Body.IDs {
		ids = append(ids, departure.ID(id))
	}
	done, err := s.Registry.ApplyDepartures(ctx, actor(ctx), ids)
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[DepartureDone]]{list[DepartureDone]{Items: []DepartureDone{}}}
	for _, o := range done {
		d := DepartureDone{Name: o.Name}
		if o.Err != nil {
			d.Error = failed(ctx, o.Err).Error()
		} else {
			d.Done = string(o.Remedy)
		}
		out.Body.Items = append(out.Body.Items, d)
	}
	return out, nil
}
