package api

import (
	"bytes"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/region"
	"hefa/internal/renewing"
)

// forms puts the blank forms of a federation on the API.
func (s *Server) forms(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "form-blank", Method: http.MethodGet, Path: "/api/v1/forms/{form}", Tags: []string{"reminders"},
		Summary: "Print a form to be filled in by hand (PDF)"}, s.formBlank)
}

func (s *Server) formBlank(ctx context.Context, in *struct {
	Form   string `path:"form" maxLength:"20" doc:"pledge, survey, flow, waiver, renew, review: the plan's attachments in its order; form and change, with which somebody applies"`
	Region string `query:"region" maxLength:"12" doc:"whose federation it names; empty for the account's own area"`
	Rows   int    `query:"rows" doc:"rows of the survey, 1 to 500; empty for one sheet"`
}) (*letters, error) {
	var file bytes.Buffer
	if err := s.Renewing.WriteBlank(ctx, actor(ctx), region.Code(in.Region), renewing.Wanted{Form: renewing.Blank(in.Form), Rows: in.Rows}, &file); err != nil {
		return nil, failed(ctx, err)
	}
	return &letters{"application/pdf", file.Bytes()}, nil
}
