package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/appeal"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/day"
)

// Appeal is a re-assessment that somebody asked for.
type Appeal struct {
	ID       string   `json:"id"`
	No       string   `json:"no"`
	Origin   string   `json:"origin" enum:"person,office" doc:"who disputes the result, or the federation that checks it"`
	Level    string   `json:"level" enum:"city,province"`
	State    string   `json:"state" enum:"filed,admitted,denied,upheld,changed"`
	Filed    day.Day  `json:"filed"`
	Reason   string   `json:"reason"`
	Hospital string   `json:"hospital" doc:"that the federation named"`
	Doctors  []string `json:"doctors"`
	Category string   `json:"category"`
	Result   string   `json:"result" doc:"the level, empty when the standard is not met or nothing is concluded"`
	Decided  day.Day  `json:"decided"`
	Opinion  string   `json:"opinion"`
}

type appealInput struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason" maxLength:"2000"`
	}
}

type appealRuling struct {
	ID     string `path:"id" maxLength:"36"`
	Appeal string `path:"appeal" maxLength:"36"`
	Body   struct {
		Hospital string `json:"hospital,omitempty" maxLength:"240" doc:"empty denies the appeal"`
		Opinion  string `json:"opinion,omitempty" maxLength:"2000" doc:"needed for a denial"`
	}
}

type appealConclusion struct {
	ID     string `path:"id" maxLength:"36"`
	Appeal string `path:"appeal" maxLength:"36"`
	Body   struct {
		Category string    `json:"category,omitempty" maxLength:"1"`
		Level    string    `json:"level,omitempty" maxLength:"1" doc:"empty when the standard is not met"`
		On       day.Day   `json:"on"`
		Doctors  [2]string `json:"doctors"`
		Opinion  string    `json:"opinion" maxLength:"2000"`
	}
}

// appeals puts the operations on appeals on the API.
func (s *Server) appeals(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1/applications/{id}/appeals" + path, Tags: []string{"applications"}, Summary: summary}
	}
	huma.Register(a, op("appeal-list", http.MethodGet, "", "List the appeals about a case, the oldest first"), s.appealList)
	huma.Register(a, op("appeal-file", http.MethodPost, "", "File an appeal: to the city, and after its conclusion to the province"), func(ctx context.Context, in *appealInput) (*body[list[Appeal]], error) {
		_, err := s.Casework.FileAppeal(ctx, actor(ctx), application.ID(in.ID), in.Body.Reason)
		return s.appealsAfter(ctx, in.ID, err)
	})
	huma.Register(a, op("appeal-rule", http.MethodPost, "/{appeal}/rule", "Consent to an appeal and name its hospital, or deny it"), func(ctx context.Context, in *appealRuling) (*body[list[Appeal]], error) {
		if in.Body.Hospital == "" {
			return s.appealsAfter(ctx, in.ID, s.Casework.DenyAppeal(ctx, actor(ctx), appeal.ID(in.Appeal), in.Body.Opinion))
		}
		return s.appealsAfter(ctx, in.ID, s.Casework.AdmitAppeal(ctx, actor(ctx), appeal.ID(in.Appeal), in.Body.Hospital))
	})
	huma.Register(a, op("appeal-conclude", http.MethodPost, "/{appeal}/conclude", "Take the conclusion of the hospital that was named"), func(ctx context.Context, in *appealConclusion) (*body[list[Appeal]], error) {
		b := in.Body
		return s.appealsAfter(ctx, in.ID, s.Casework.ConcludeAppeal(ctx, actor(ctx), appeal.ID(in.Appeal), appeal.Conclusion{Doctors: b.Doctors, On: b.On, Opinion: b.Opinion,
			Result: appeal.Result{Category: certificate.Category(b.Category), Level: certificate.Level(b.Level)}}))
	})
}

// appealsAfter is the appeals about a case after an act that gave err.
func (s *Server) appealsAfter(ctx context.Context, id string, err error) (*body[list[Appeal]], error) {
	if err != nil {
		return nil, failed(ctx, err)
	}
	return s.appealList(ctx, &applicationPath{ID: id})
}

func (s *Server) appealList(ctx context.Context, in *applicationPath) (*body[list[Appeal]], error) {
	all, err := s.Casework.Appeals(ctx, actor(ctx), application.ID(in.ID))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Appeal]]{list[Appeal]{Items: []Appeal{}}}
	for _, a := range all.Before.Earlier {
		if a.Doctors == nil {
			a.Doctors = []string{}
		}
		out.Body.Items = append(out.Body.Items, Appeal{string(a.ID), a.No, string(a.Origin), string(a.Level), string(a.State), a.Filed, a.Reason, a.Hospital, a.Doctors, string(a.Result.Category),
			string(a.Result.Level), a.Decided, a.Opinion})
	}
	return out, nil
}
