package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/day"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Household is how a person lives, with whom, with which supports and helpers.
type Household struct {
	Marital   string    `json:"marital" enum:",unmarried,married,widowed,divorced"`
	Education string    `json:"education" enum:",none,primary,junior,senior,college,university"`
	Lives     string    `json:"lives" doc:"code of the place where the person lives, empty when it is that of registration or outside the county"`
	LivesAt   string    `json:"lives_at"`
	Guardian  string    `json:"guardian_number" doc:"masked"`
	Version   int       `json:"version" doc:"0 while nothing is kept"`
	Supports  []Support `json:"supports" doc:"the newest first"`
	Members   []Person  `json:"members"`
	Helpers   []Helper  `json:"helpers" doc:"the newest first"`
}

// Support is a support that a household has or had.
type Support struct {
	ID   string  `json:"id"`
	Kind string  `json:"kind" enum:"registered,lifted,watched,allowance"`
	From day.Day `json:"from"`
	To   day.Day `json:"to" doc:"the last day, empty while it holds"`
}

// Helper is somebody who helps or helped a household.
type Helper struct {
	ID   string  `json:"id"`
	Role string  `json:"role" enum:"team,contact,neighbour"`
	Name string  `json:"name"`
	Unit string  `json:"unit"`
	From day.Day `json:"from"`
	To   day.Day `json:"to" doc:"the last day, empty while they help"`
}

type lifeInput struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Marital   string `json:"marital,omitempty" maxLength:"20"`
		Education string `json:"education,omitempty" maxLength:"20"`
		Lives     string `json:"lives,omitempty" maxLength:"12"`
		LivesAt   string `json:"lives_at,omitempty" maxLength:"400"`
		Guardian  string `json:"guardian_number,omitempty" maxLength:"40" doc:"what is kept stays when it is empty"`
		Version   int    `json:"version" doc:"as it was read"`
	}
}

type supportInput struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Kind string  `json:"kind" maxLength:"20"`
		From day.Day `json:"from"`
	}
}

type helperInput struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Role  string  `json:"role" maxLength:"20"`
		Name  string  `json:"name" maxLength:"200"`
		Unit  string  `json:"unit,omitempty" maxLength:"240"`
		Phone string  `json:"phone,omitempty" maxLength:"40"`
		From  day.Day `json:"from"`
	}
}

type memberInput struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Number string `json:"number,omitempty" maxLength:"40" doc:"identity number of somebody of the household; empty to leave the own one"`
	}
}

type endInput struct {
	ID   string `path:"id" maxLength:"36"`
	Item string `path:"item" maxLength:"36"`
	Body struct {
		On day.Day `json:"on" doc:"the last day"`
	}
}

// households puts the operations on households on the API.
func (s *Server) households(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1/people/{id}/" + path, Tags: []string{"people"}, Summary: summary}
	}
	huma.Register(a, op("household-read", http.MethodGet, "household", "Read how a person lives, with whom, with which supports and helpers"), s.householdRead)
	huma.Register(a, op("person-changes", http.MethodGet, "changes", "List the latest changes of a person with the value before and after"), s.personChanges)
	huma.Register(a, op("life-save", http.MethodPut, "life", "Keep how a person lives"), func(ctx context.Context, in *lifeInput) (*body[Household], error) {
		b := in.Body
		return s.householdAfter(ctx, in.ID, s.Registry.EditLife(ctx, actor(ctx), household.Life{Person: person.ID(in.ID), Marital: household.Marital(b.Marital),
			Education: household.Education(b.Education), Lives: region.Code(b.Lives), LivesAt: b.LivesAt, Guardian: person.Number(b.Guardian), Version: b.Version}))
	})
	huma.Register(a, op("household-join", http.MethodPost, "household", "Put a person into somebody's household, or out of the own one"), func(ctx context.Context, in *memberInput) (*body[Household], error) {
		if in.Body.Number == "" {
			return s.householdAfter(ctx, in.ID, s.Registry.LeaveHousehold(ctx, actor(ctx), person.ID(in.ID)))
		}
		return s.householdAfter(ctx, in.ID, s.Registry.JoinHousehold(ctx, actor(ctx), person.ID(in.ID), person.Number(in.Body.Number)))
	})
	huma.Register(a, op("support-add", http.MethodPost, "supports", "Note a support that the household has from a day on"), func(ctx context.Context, in *supportInput) (*body[Household], error) {
		return s.householdAfter(ctx, in.ID, s.Registry.AddSupport(ctx, actor(ctx), person.ID(in.ID), household.Kind(in.Body.Kind), in.Body.From))
	})
	huma.Register(a, op("support-end", http.MethodPost, "supports/{item}/end", "Note the last day of a support"), func(ctx context.Context, in *endInput) (*body[Household], error) {
		return s.householdAfter(ctx, in.ID, s.Registry.EndSupport(ctx, actor(ctx), person.ID(in.ID), in.Item, in.Body.On))
	})
	huma.Register(a, op("helper-add", http.MethodPost, "helpers", "Note who helps the household from a day on"), func(ctx context.Context, in *helperInput) (*body[Household], error) {
		b := in.Body
		return s.householdAfter(ctx, in.ID, s.Registry.AddHelper(ctx, actor(ctx), person.ID(in.ID), household.Helper{Role: household.Role(b.Role), Name: b.Name, Unit: b.Unit,
			Phone: b.Phone, Span: household.Span{From: b.From}}))
	})
	huma.Register(a, op("helper-end", http.MethodPost, "helpers/{item}/end", "Note the last day of somebody's help"), func(ctx context.Context, in *endInput) (*body[Household], error) {
		return s.householdAfter(ctx, in.ID, s.Registry.EndHelper(ctx, actor(ctx), person.ID(in.ID), in.Item, in.Body.On))
	})
}

// householdAfter is the household after an act on it that gave err.
func (s *Server) householdAfter(ctx context.Context, id string, err error) (*body[Household], error) {
	if err != nil {
		return nil, failed(ctx, err)
	}
	return s.householdRead(ctx, &applicationPath{ID: id})
}

func (s *Server) householdRead(ctx context.Context, in *applicationPath) (*body[Household], error) {
	h, err := s.Registry.Household(ctx, actor(ctx), person.ID(in.ID))
	if err != nil {
		return nil, failed(ctx, err)
	}
	l := h.Life
	out := Household{Marital: string(l.Marital), Education: string(l.Education), Lives: string(l.Lives), LivesAt: l.LivesAt, Guardian: l.Guardian.Masked(), Version: l.Version,
		Supports: []Support{}, Members: []Person{}, Helpers: []Helper{}}
	for _, x := range h.Supports {
		out.Supports = append(out.Supports, Support{x.ID, string(x.Kind), x.From, x.To})
	}
	for _, m := range h.Members {
		out.Members = append(out.Members, personOf(m))
	}
	for _, x := range h.Helpers {
		out.Helpers = append(out.Helpers, Helper{x.ID, string(x.Role), x.Name, x.Unit, x.From, x.To})
	}
	return &body[Household]{out}, nil
}
