package api

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/day"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
)

const slipsPath = "/api/v1/reminders/scans"

// slipTaking is the scan of one slip as it is sent: the body is the JPEG, PNG or PDF itself.
type slipTaking struct {
	Name     string  `query:"name" maxLength:"200" doc:"the file's name"`
	Received day.Day `query:"received" required:"true" doc:"day on the slip"`
	Signer   string  `query:"signer" enum:"self,guardian" default:"self"`
	RawBody  []byte  `contentType:"application/octet-stream"`
}

// slips puts the taking in of slips by their codes on the API.
func (s *Server) slips(a huma.API) {
	op := huma.Operation{OperationID: "reminder-scan", Method: http.MethodPost, Path: slipsPath, Tags: []string{"reminders"},
		Summary: "Take a slip in by the code on its scan; it answers the letter", MaxBodyBytes: pileLimit, BodyReadTimeout: 15 * time.Minute}
	huma.Register(a, op, func(ctx context.Context, in *slipTaking) (*body[Reminder], error) {
		filed, err := s.Renewing.FileScans(ctx, actor(ctx), []renewing.Scanned{{Name: in.Name, File: bytes.NewReader(in.RawBody)}},
			reminder.Receipt{On: in.Received, Signer: reminder.Signer(in.Signer)})
		if err == nil {
			err = filed[0].Err
		}
		if err != nil {
			return nil, failed(ctx, err)
		}
		return s.reminderRead(ctx, filed[0].Reminder)
	})
}
