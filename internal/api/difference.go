package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fieldwork"
	"hefa/internal/region"
	"hefa/internal/roster"
)

// Difference is one field of a holder that this register and another one tell differently.
type Difference struct {
	ID          string  `json:"id"`
	Person      string  `json:"person"`
	Name        string  `json:"name"`
	Certificate string  `json:"certificate" doc:"id, empty for none"`
	Region      string  `json:"region"`
	Roster      string  `json:"roster" doc:"the newest list that tells so"`
	Row         int     `json:"row"`
	Field       string  `json:"field"`
	Ours        string  `json:"ours" doc:"in words, numbers masked"`
	Theirs      string  `json:"theirs"`
	Takeable    bool    `json:"takeable" doc:"whether the other value can be taken over without a case"`
	State       string  `json:"state"`
	Reason      string  `json:"reason"`
	Clerk       string  `json:"clerk"`
	Decided     day.Day `json:"decided"`
	Version     int     `json:"version"`
}

type differenceQuery struct {
	Region string `query:"region" maxLength:"12"`
	Roster string `query:"roster" maxLength:"40"`
	Field  string `query:"field" enum:"name,number,place,nation,address,phone,guardian,issued,expires,standing"`
	State  string `query:"state" enum:"open,theirs,ours,send,settled"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"60"`
}

type differenceSeen struct {
	ID      string `json:"id"`
	Version int    `json:"version" doc:"as read; another one is refused as stale"`
}

type differenceChoice struct {
	Differences []differenceSeen `json:"differences" maxItems:"200"`
	Do          string           `json:"do" enum:"theirs,ours,send"`
	Reason      string           `json:"reason,omitempty" maxLength:"4000" doc:"must be given for ours"`
}

func (s *Server) differences(a huma.API) {
	tags := []string{"differences"}
	huma.Register(a, huma.Operation{OperationID: "difference-list", Method: http.MethodGet, Path: "/api/v1/differences", Tags: tags,
		Summary: "List what this register and another one tell differently"}, s.differenceList)
	huma.Register(a, huma.Operation{OperationID: "difference-decide", Method: http.MethodPost, Path: "/api/v1/differences/decide", Tags: tags,
		Summary: "Decide several differences, all or none"}, s.differenceDecide)
}

func (s *Server) differenceList(ctx context.Context, in *differenceQuery) (*body[list[Difference]], error) {
	l, err := s.Fieldwork.Differences(ctx, actor(ctx), fieldwork.DifferenceFilter{Region: region.Code(in.Region), Roster: roster.ID(in.Roster), Field: roster.Field(in.Field),
		State: roster.Choice(in.State), After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Difference]]{list[Difference]{Items: []Difference{}, Next: l.Next}}
	whole := actor(ctx).Can(access.PersonEdit)
	for _, x := range l.Differing {
		d := x.Difference
		out.Body.Items = append(out.Body.Items, Difference{ID: string(d.ID), Person: string(d.Person), Name: x.Person.Name, Certificate: string(d.Certificate), Region: string(d.Region),
			Roster: string(d.Roster), Row: d.Row, Field: string(d.Field), Ours: l.Value(d.Field, d.Ours, whole), Theirs: l.Value(d.Field, d.Theirs, whole), Takeable: d.Takeable(),
			State: string(d.State), Reason: d.Reason, Clerk: d.Clerk, Decided: d.Decided, Version: d.Version})
	}
	return out, nil
}

func (s *Server) differenceDecide(ctx context.Context, in *struct{ Body differenceChoice }) (*struct{}, error) {
	var all []roster.Seen
	for _, one := range in.Body.Differences {
		all = append(all, roster.Seen{ID: roster.DifferenceID(one.ID), Version: one.Version})
	}
	if err := s.Fieldwork.DecideDifferences(ctx, actor(ctx), all, roster.Choice(in.Body.Do), in.Body.Reason); err != nil {
		return nil, failed(ctx, err)
	}
	return nil, nil
}
