package api

import (
	"bytes"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/application"
)

type packageOrder struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason" maxLength:"800" doc:"stands in the audit"`
	}
}

func (s *Server) packages(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "application-package", Method: http.MethodPost, Path: "/api/v1/applications/{id}/package", Tags: []string{"applications"},
		Summary: "Take a case out as a signed ZIP for inspectors"}, s.applicationPackage)
}

func (s *Server) applicationPackage(ctx context.Context, in *packageOrder) (*letters, error) {
	var b bytes.Buffer
	if err := s.Casework.WritePackage(ctx, actor(ctx), application.ID(in.ID), in.Body.Reason, &b); err != nil {
		return nil, failed(ctx, err)
	}
	return &letters{"application/zip", b.Bytes()}, nil
}
