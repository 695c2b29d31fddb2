package api

import (
	"context"

	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/records"
	"hefa/internal/region"
)

// Owed is a cancelled certificate whose card was not given back.
type Owed struct {
	Certificate string  `json:"certificate"`
	Name        string  `json:"name"`
	Old         string  `json:"old" doc:"its number, masked"`
	Region      string  `json:"region"`
	Cancelled   day.Day `json:"cancelled"`
	Reason      string  `json:"reason,omitempty" doc:"why the card is not to be obtained"`
}

type owedQuery struct {
	Region string `query:"region" maxLength:"12"`
	Given  bool   `query:"given" doc:"only those that were found not to be obtained"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"60"`
}

type surrendering struct {
	Certificates []string `json:"certificates" maxItems:"200" doc:"as the list names them"`
	Day          string   `json:"day" maxLength:"10"`
	Obtained     bool     `json:"obtained"`
	Reason       string   `json:"reason,omitempty" maxLength:"800" doc:"why it is not to be obtained; none for one that was given back"`
}

type retracting struct {
	Certificates []string `json:"certificates" maxItems:"200" doc:"as the lists name them"`
	Obtained     bool     `json:"obtained" doc:"what is recorded of them: they were given back, or are not to be obtained"`
}

func (s *Server) recallOwed(ctx context.Context, in *owedQuery) (*body[list[Owed]], error) {
	o, err := s.Records.Owings(ctx, actor(ctx), records.OwedFilter{Region: region.Code(in.Region), Given: in.Given, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Owed]]{list[Owed]{Items: []Owed{}, Next: o.Next}}
	for _, r := range o.Rows {
		c := r.Certificate
		out.Body.Items = append(out.Body.Items, Owed{Certificate: string(c.ID), Name: r.Person.Name, Old: c.Number.Masked(), Region: string(c.Region), Cancelled: c.Since, Reason: r.Surrender.Reason})
	}
	return out, nil
}

func (s *Server) recallTake(ctx context.Context, in *struct{ Body surrendering }) (*struct{}, error) {
	on, _ := day.Parse(in.Body.Day) // a wrong one is missed by the desk
	return nil, failed(ctx, s.Records.TakeRecalled(ctx, actor(ctx), card.Surrender{Day: on, Obtained: in.Body.Obtained, Reason: in.Body.Reason}, certificates(in.Body.Certificates)))
}

func (s *Server) recallRetract(ctx context.Context, in *struct{ Body retracting }) (*struct{}, error) {
	return nil, failed(ctx, s.Records.RetractRecalled(ctx, actor(ctx), in.Body.Obtained, certificates(in.Body.Certificates)))
}

func certificates(ids []string) (all []certificate.ID) {
	for _, id := range ids {
		all = append(all, certificate.ID(id))
	}
	return all
}
