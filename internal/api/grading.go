package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/assessing"
	"hefa/internal/certificate"
	"hefa/internal/grading"
	"hefa/internal/lang"
)

// measured is one category's findings of nobody.
type measured struct {
	Category string            `json:"category" enum:"1,2,3,4,5,6"`
	Values   map[string]string `json:"values" doc:"finding → value in the unit that GET /api/v1/grading/fields names"`
}

type trying struct {
	Age      int        `json:"age" minimum:"0" maximum:"130" doc:"full years on the day of the examination"`
	Findings []measured `json:"findings" minItems:"1" maxItems:"6" doc:"one entry a category; several are joined to a multiple disability"`
}

// Suggestion is what the standard says about findings; sentences are Chinese, as pages show them.
type Suggestion struct {
	Category    string   `json:"category"`
	Outcome     string   `json:"outcome" enum:"met,unmet,waiting,open" doc:"open: what is missing could change the answer; waiting: a precondition is not fulfilled"`
	Level       string   `json:"level" doc:"1 the most severe to 4; empty unless a level is reached"`
	Clause      string   `json:"clause" doc:"the clause of GB/T 26341-2010 that decides"`
	Computed    []string `json:"computed"`
	Missing     []string `json:"missing"`
	Contradicts []string `json:"contradicts"`
	Flags       []string `json:"flags" doc:"where the rule or a value is unsure"`
}

func suggestionOf(s grading.Suggestion) Suggestion {
	out := Suggestion{Category: string(s.Category), Outcome: string(s.Outcome), Level: string(s.Level), Computed: sentences(s.Computed), Missing: sentences(s.Missing),
		Contradicts: sentences(s.Contradicts), Flags: sentences(s.Flags)}
	if s.Clause.Key != "" {
		out.Clause = lang.T(s.Clause.Key, s.Clause.Args...)
	}
	return out
}

func sentences(all []grading.Note) []string {
	out := []string{}
	for _, n := range all {
		out = append(out, lang.T(n.Key, n.Args...))
	}
	return out
}

// FindingField is one thing that can be found.
type FindingField struct {
	Category string   `json:"category"`
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	Kind     string   `json:"kind" enum:"number,acuity,decibel,choice,check,text"`
	Unit     string   `json:"unit,omitempty"`
	Min      float64  `json:"min"`
	Max      float64  `json:"max"`
	Options  []string `json:"options,omitempty"`
}

// grading is the standard for other programs.
func (s *Server) grading(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "grading-try", Method: http.MethodPost, Path: "/api/v1/grading", Tags: []string{"grading"},
		Summary: "What GB/T 26341-2010 suggests for findings; nothing is kept"}, func(ctx context.Context, in *struct{ Body trying }) (*body[Suggestion], error) {
		var all []assessing.Trial
		for _, m := range in.Body.Findings {
			all = append(all, assessing.Trial{Category: certificate.Category(m.Category), Age: in.Body.Age, Values: m.Values})
		}
		got, err := s.tried(ctx, all)
		if err != nil {
			return nil, failed(ctx, err)
		}
		return &body[Suggestion]{Body: suggestionOf(got)}, nil
	})
	huma.Register(a, huma.Operation{OperationID: "grading-fields", Method: http.MethodGet, Path: "/api/v1/grading/fields", Tags: []string{"grading"},
		Summary: "The findings of each category with their units"}, func(context.Context, *struct{}) (*body[[]FindingField], error) {
		var out []FindingField
		for _, c := range certificate.Categories[:6] {
			for _, f := range grading.Fields(c) {
				out = append(out, FindingField{string(c), f.Name, lang.T(f.Word()), string(f.Kind), f.Unit, f.Min, f.Max, f.Options})
			}
		}
		return &body[[]FindingField]{Body: out}, nil
	})
}

func (s *Server) tried(ctx context.Context, all []assessing.Trial) (grading.Suggestion, error) {
	if len(all) == 1 {
		return s.Assessing.TryGrading(ctx, actor(ctx), all[0])
	}
	return s.Assessing.TryMultiple(ctx, actor(ctx), all)
}
