package api

import (
	"bytes"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/application"
	"hefa/internal/paper"
)

// caseLetters puts the papers of a case for the person on the API.
func (s *Server) caseLetters(a huma.API) {
	op := func(id, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: http.MethodGet, Path: "/api/v1/applications/{id}" + path, Tags: []string{"applications"}, Summary: summary}
	}
	huma.Register(a, op("application-form", "/form", "Print the form to sign (PDF)"), func(ctx context.Context, in *struct {
		ID    string `path:"id" doc:"id of the case"`
		Whole bool   `query:"whole" doc:"whole numbers, which counts as looking at them"`
	}) (*letters, error) {
		var b bytes.Buffer
		if err := s.Casework.WriteForm(ctx, actor(ctx), application.ID(in.ID), in.Whole, &b); err != nil {
			return nil, failed(ctx, err)
		}
		return &letters{"application/pdf", b.Bytes()}, nil
	})
	huma.Register(a, op("application-letter", "/letters/{letter}", "Print a letter to the person (PDF)"), s.caseLetter)
}

// caseLetter is one letter in a reading.
func (s *Server) caseLetter(ctx context.Context, in *struct {
	ID      string `path:"id" doc:"id of the case"`
	Letter  string `path:"letter" doc:"slip (受理回执), summons (评定通知单), fetch (领取通知), or the id of a letter of decision"`
	Reading string `query:"reading" enum:"large,easy" doc:"empty for the letter itself"`
}) (*letters, error) {
	id := application.ID(in.ID)
	var l paper.Letter
	var err error
	switch in.Letter {
	case "summons":
		l, err = s.Assessing.Summons(ctx, actor(ctx), id)
	case "fetch":
		l, err = s.Records.FetchLetter(ctx, actor(ctx), id)
	default:
		l, err = s.Casework.Letter(ctx, actor(ctx), id, in.Letter)
	}
	var b bytes.Buffer
	if err == nil {
		err = paper.Write(&b, paper.Read(l, paper.Reading(in.Reading)))
	}
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &letters{"application/pdf", b.Bytes()}, nil
}
