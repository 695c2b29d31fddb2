package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/access"
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
	Certificate string  `json:"certificate" doc:"empty of somebody who died without one while a case was under way"`
	Region      string  `json:"region"`
	Happened    day.Day `json:"happened" doc:"day of the death or the move; empty when the list does not say"`
	Whither     string  `json:"whither"`
	State       string  `json:"state" enum:"proposed,frozen,cancelled,dismissed"`
	Due         string  `json:"due" enum:"wait,freeze,cancel,end" doc:"what can be done today"`
	Decided     day.Day `json:"decided"`
	Reason      string  `json:"reason"`
}

// DepartureDone is how one decision fared.
type DepartureDone struct {
	Name  string `json:"name"`
	Done  string `json:"done" enum:"freeze,cancel,end," doc:"empty when it was refused"`
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

type departureLines struct {
	Kind   string          `json:"kind" enum:"death,move"`
	Source string          `json:"source" maxLength:"240" doc:"who says so"`
	Lines  []departureLine `json:"lines" maxItems:"2000"`
}

type departureLine struct {
	Name     string `json:"name" maxLength:"160"`
	Number   string `json:"number" maxLength:"40" doc:"identity number"`
	Happened string `json:"happened,omitempty" maxLength:"20"`
	Whither  string `json:"whither,omitempty" maxLength:"400"`
}

// DepartureTaken is what came of the lines: each is rejected, unknown to the register, idle (nothing to do) or matched.
type DepartureTaken struct {
	Rows      int      `json:"rows"`
	Rejected  int      `json:"rejected"`
	Unknown   int      `json:"unknown"`
	Idle      int      `json:"idle"`
	Matched   int      `json:"matched"`
	Corrected []string `json:"corrected" doc:"lines with a number that was corrected: they are rejected, because the number may truly be somebody else's; each says what to do"`
	Cases     []string `json:"cases" doc:"applications of those who died, hold no certificate and have one that waits for somebody: they are matched, and no card is made for them until that is decided"`
}

type departureDismissal struct {
	IDs    []string `json:"ids" maxItems:"200"`
	Reason string   `json:"reason" maxLength:"4000"`
}

func (s *Server) departures(a huma.API) {
	tags := []string{"departures"}
	huma.Register(a, huma.Operation{OperationID: "departure-list", Method: http.MethodGet, Path: "/api/v1/departures", Tags: tags,
		Summary: "List what lists of deaths and moves say of holders"}, s.departureList)
	huma.Register(a, huma.Operation{OperationID: "departure-apply", Method: http.MethodPost, Path: "/api/v1/departures/apply", Tags: tags,
		Summary: "Freeze or cancel what is due, each by itself"}, s.departureApply)
	huma.Register(a, huma.Operation{OperationID: "departure-take", Method: http.MethodPost, Path: "/api/v1/departures", Tags: tags,
		Summary: "Hand a list of deaths or moves in"}, s.departureTake)
	huma.Register(a, huma.Operation{OperationID: "departure-dismiss", Method: http.MethodPost, Path: "/api/v1/departures/dismiss", Tags: tags,
		Summary: "Close several without a cancellation, all or none"}, s.departureDismiss)
}

// departureTake reads the lines as a list in a file would be read, so that both ways are judged alike.
func (s *Server) departureTake(ctx context.Context, in *struct{ Body departureLines }) (*body[DepartureTaken], error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"姓名", "身份证号", "死亡日期"}}
	if in.Body.Kind == string(departure.Move) {
		rows[0] = []string{"姓名", "身份证号", "迁出日期", "迁往地址"}
	}
	for _, l := range in.Body.Lines {
		rows = append(rows, []string{l.Name, l.Number, l.Happened, l.Whither}[:len(rows[0])])
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, failed(ctx, err)
	}
	r, err := s.Registry.TakeDepartures(ctx, actor(ctx), registry.DepartureFile{Region: actor(ctx).Region, Kind: departure.Kind(in.Body.Kind), Source: in.Body.Source, Name: "api.csv",
		File: bytes.NewReader(b.Bytes()), Size: int64(b.Len())})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := DepartureTaken{Rows: r.Rows, Rejected: r.Rejected, Unknown: r.Unknown, Idle: r.Idle, Matched: r.Matched, Corrected: []string{}, Cases: []string{}}
	for _, l := range r.Renumbered {
		out.Corrected = append(out.Corrected, l.Message)
	}
	for _, c := range r.Cases {
		out.Cases = append(out.Cases, string(c.Application.ID))
	}
	return &body[DepartureTaken]{out}, nil
}

func (s *Server) departureDismiss(ctx context.Context, in *struct{ Body departureDismissal }) (*struct{}, error) {
	if err := s.Registry.DismissDepartures(ctx, actor(ctx), departuresOf(in.Body.IDs), in.Body.Reason); err != nil {
		return nil, failed(ctx, err)
	}
	return nil, nil
}

func departuresOf(ids []string) []departure.ID {
	var out []departure.ID
	for _, id := range ids {
		out = append(out, departure.ID(id))
	}
	return out
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
	if err := grave(ctx, access.DepartureApply); err != nil {
		return nil, err
	}
	done, err := s.Registry.ApplyDepartures(ctx, actor(ctx), departuresOf(in.Body.IDs))
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
