package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/day"
	"hefa/internal/region"
	"hefa/internal/registry"
	"hefa/internal/transfer"
)

// Transfer is one county's record of a certificate on its way to another county; numbers are masked.
type Transfer struct {
	ID          string          `json:"id"`
	Way         string          `json:"way" enum:"in,out"`
	Region      string          `json:"region" doc:"out: the village that the holder leaves; in: the place that the case named"`
	Abroad      string          `json:"abroad" doc:"the place on the other side"`
	From        string          `json:"from" doc:"the sending federation"`
	Name        string          `json:"name"`
	Certificate string          `json:"certificate" doc:"number, masked"`
	Category    string          `json:"category"`
	Level       string          `json:"level"`
	Expires     day.Day         `json:"expires"`
	Papers      []TransferPaper `json:"papers"`
	Person      string          `json:"person" doc:"the record of this county; empty on the way in until it is taken"`
	Application string          `json:"application" doc:"the case of this county"`
	State       string          `json:"state" enum:"sent,taken,returned,recalled"`
	Sent        day.Day         `json:"sent"`
	Due         day.Day         `json:"due"`
	Decided     day.Day         `json:"decided"`
	Receipt     string          `json:"receipt"`
	Reason      string          `json:"reason"`
}

// TransferPaper is one paper of the file that goes along.
type TransferPaper struct {
	Kind   string  `json:"kind"`
	Title  string  `json:"title"`
	Day    day.Day `json:"day"`
	Pages  int     `json:"pages"`
	Origin string  `json:"origin" enum:"born,scan,paper"`
	Hash   string  `json:"hash" doc:"of what travels as a file: SHA-256; empty for a paper that is only named"`
	Digest string  `json:"digest" doc:"of what travels as a file, by suite, hexadecimal; empty when none was taken"`
	Suite  string  `json:"suite" enum:",sm,aes" doc:"sm: SM3; aes: SHA-256"`
}

type transferQuery struct {
	Region string `query:"region" maxLength:"12"`
	Way    string `query:"way" enum:"in,out"`
	State  string `query:"state" enum:"sent,taken,returned,recalled"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"60"`
}

type transferID struct {
	ID string `path:"id" maxLength:"36"`
}

type transferArrival struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Region  string `json:"region" maxLength:"12" doc:"the village where the holder is registered now"`
		Address string `json:"address,omitempty" maxLength:"400"`
		Seen    bool   `json:"seen" doc:"the household register was seen in the original"`
	}
}

type transferBack struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason" maxLength:"4000"`
	}
}

type transferReceipt struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Receipt string `json:"receipt" maxLength:"240" doc:"number of the paper receipt"`
	}
}

// TransferTaken is who was entered.
type TransferTaken struct {
	Person string `json:"person"`
}

func (s *Server) transfers(a huma.API) {
	tags := []string{"transfers"}
	huma.Register(a, huma.Operation{OperationID: "transfer-list", Method: http.MethodGet, Path: "/api/v1/transfers", Tags: tags,
		Summary: "List certificates on their way from county to county"}, s.transferList)
	huma.Register(a, huma.Operation{OperationID: "transfer-read", Method: http.MethodGet, Path: "/api/v1/transfers/{id}", Tags: tags,
		Summary: "Read one with the papers that go along"}, s.transferRead)
	huma.Register(a, huma.Operation{OperationID: "transfer-take", Method: http.MethodPost, Path: "/api/v1/transfers/{id}/take", Tags: tags,
		Summary: "Take the holder over with certificate and file"}, s.transferTake)
	huma.Register(a, huma.Operation{OperationID: "transfer-return", Method: http.MethodPost, Path: "/api/v1/transfers/{id}/return", Tags: tags,
		Summary: "Send the holder back"}, s.transferReturn)
	huma.Register(a, huma.Operation{OperationID: "transfer-recall", Method: http.MethodPost, Path: "/api/v1/transfers/{id}/recall", Tags: tags,
		Summary: "Take back what was sent"}, s.transferRecall)
	huma.Register(a, huma.Operation{OperationID: "transfer-confirm", Method: http.MethodPost, Path: "/api/v1/transfers/{id}/confirm", Tags: tags,
		Summary: "Enter the paper receipt of a county that does not work with this program"}, s.transferConfirm)
}

func transferOf(t transfer.Transfer) Transfer {
	p := t.Parcel
	out := Transfer{ID: string(t.ID), Way: string(t.Way), Region: string(t.Region), Abroad: string(t.Abroad), From: p.From, Name: p.Name, Certificate: p.Certificate.Masked(),
		Category: string(p.Category), Level: string(p.Level), Expires: p.Expires, Papers: []TransferPaper{}, Person: string(t.Person), Application: t.Application,
		State: string(t.State), Sent: t.Sent, Due: t.Due, Decided: t.Decided, Receipt: t.Receipt, Reason: t.Reason}
	for _, i := range p.Papers {
		out.Papers = append(out.Papers, TransferPaper{Kind: string(i.Kind), Title: i.Title, Day: i.Day, Pages: i.Pages, Origin: string(i.Origin), Hash: i.Hash, Digest: i.Digest, Suite: i.Suite})
	}
	return out
}

func (s *Server) transferList(ctx context.Context, in *transferQuery) (*body[list[Transfer]], error) {
	l, err := s.Registry.Transfers(ctx, actor(ctx), registry.TransferFilter{Region: region.Code(in.Region), Way: transfer.Way(in.Way), State: transfer.State(in.State),
		After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Transfer]]{list[Transfer]{Items: []Transfer{}, Next: l.Next}}
	for _, t := range l.Transfers {
		out.Body.Items = append(out.Body.Items, transferOf(t))
	}
	return out, nil
}

func (s *Server) transferRead(ctx context.Context, in *transferID) (*body[Transfer], error) {
	t, err := s.Registry.Transfer(ctx, actor(ctx), transfer.ID(in.ID))
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Transfer]{transferOf(t.Transfer)}, nil
}

func (s *Server) transferTake(ctx context.Context, in *transferArrival) (*body[TransferTaken], error) {
	p, err := s.Registry.TakeTransfer(ctx, actor(ctx), transfer.ID(in.ID), transfer.Arrival{Village: region.Code(in.Body.Region), Address: in.Body.Address, Seen: in.Body.Seen})
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[TransferTaken]{TransferTaken{string(p)}}, nil
}

func (s *Server) transferReturn(ctx context.Context, in *transferBack) (*struct{}, error) {
	return nil, failed(ctx, s.Registry.ReturnTransfer(ctx, actor(ctx), transfer.ID(in.ID), in.Body.Reason))
}

func (s *Server) transferRecall(ctx context.Context, in *transferBack) (*struct{}, error) {
	return nil, failed(ctx, s.Registry.RecallTransfer(ctx, actor(ctx), transfer.ID(in.ID), in.Body.Reason))
}

func (s *Server) transferConfirm(ctx context.Context, in *transferReceipt) (*struct{}, error) {
	return nil, failed(ctx, s.Registry.ConfirmTransfer(ctx, actor(ctx), transfer.ID(in.ID), in.Body.Receipt))
}
