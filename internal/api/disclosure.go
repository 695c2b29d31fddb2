package api

import (
	"bytes"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/disclosure"
	"hefa/internal/region"
	"hefa/internal/registry"
	"hefa/internal/sheet"
)

// Disclosure is a list with whole numbers that somebody asked for.
type Disclosure struct {
	ID       string  `json:"id"`
	No       string  `json:"no"`
	Region   string  `json:"region"`
	Rows     int     `json:"rows" doc:"when it was asked for"`
	Reason   string  `json:"reason"`
	Receiver string  `json:"receiver"`
	Author   string  `json:"author"`
	Asked    day.Day `json:"asked"`
	State    string  `json:"state" enum:"asked,granted,denied"`
	Judge    string  `json:"judge,omitempty"`
	Judged   day.Day `json:"judged,omitempty"`
	Opinion  string  `json:"opinion,omitempty"`
	Until    day.Day `json:"until,omitempty" doc:"last day on which it can be taken"`
	Left     int     `json:"left" doc:"how often it can still be taken"`
	Batch    string  `json:"batch,omitempty" doc:"the print batch whose chip data this is"`
}

func disclosureOf(d disclosure.Disclosure) Disclosure {
	return Disclosure{ID: string(d.ID), No: d.No, Region: string(d.Region), Rows: d.Rows, Reason: d.Reason, Receiver: d.Receiver, Author: d.AuthorName, Asked: d.On,
		State: string(d.State), Judge: d.JudgeName, Judged: d.Judged, Opinion: d.Opinion, Until: d.Until, Left: d.Left, Batch: d.Filter.Batch}
}

type disclosureQuery struct {
	Region string `query:"region" maxLength:"12"`
	State  string `query:"state" enum:"asked,granted,denied"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"36"`
}

type disclosureOrder struct {
	Region   string   `json:"region,omitempty" maxLength:"12" doc:"of the actor's area, all of it when empty"`
	State    string   `json:"state,omitempty" maxLength:"20" doc:"of the certificate; when empty each person stands on the list once, with the certificate in hand or else the one that ended last"`
	Category string   `json:"category,omitempty" maxLength:"20"`
	Level    string   `json:"level,omitempty" maxLength:"20"`
	From     day.Day  `json:"from,omitempty" doc:"first day of expiry"`
	To       day.Day  `json:"to,omitempty" doc:"last day of expiry"`
	Since    day.Day  `json:"since,omitempty" doc:"only holders whose data or whose certificate changed on that day or after"`
	Ended    day.Day  `json:"ended,omitempty" doc:"first day of the cancellation"`
	EndedTo  day.Day  `json:"ended_to,omitempty" doc:"last day of the cancellation"`
	Poor     bool     `json:"poor,omitempty"`
	Columns  []string `json:"columns" maxItems:"30" doc:"name, number, phone … as the list of columns of the page"`
	Reason   string   `json:"reason" maxLength:"800"`
	Receiver string   `json:"receiver" maxLength:"240"`
}

type disclosureVerdict struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Grant   bool   `json:"grant"`
		Opinion string `json:"opinion,omitempty" maxLength:"800" doc:"needed for a denial"`
	}
}

type disclosureTaking struct {
	ID string `path:"id" maxLength:"36"`
	As string `query:"as" default:"xlsx" enum:"xlsx,gb18030,utf8"`
}

func (s *Server) disclosures(a huma.API) {
	tags := []string{"disclosures"}
	huma.Register(a, huma.Operation{OperationID: "disclosure-list", Method: http.MethodGet, Path: "/api/v1/disclosures", Tags: tags,
		Summary: "List the lists with whole numbers that were asked for, the newest first"}, s.disclosureList)
	huma.Register(a, huma.Operation{OperationID: "disclosure-ask", Method: http.MethodPost, Path: "/api/v1/disclosures", Tags: tags,
		Summary: "Ask for a list with whole numbers"}, s.disclosureAsk)
	huma.Register(a, huma.Operation{OperationID: "disclosure-judge", Method: http.MethodPost, Path: "/api/v1/disclosures/{id}/judge", Tags: tags,
		Summary: "Grant or deny a list that somebody else asked for"}, s.disclosureJudge)
	huma.Register(a, huma.Operation{OperationID: "disclosure-take", Method: http.MethodPost, Path: "/api/v1/disclosures/{id}/take", Tags: tags,
		Summary: "Take a granted list out; for the account that asked for it, a few times within a few days"}, s.disclosureTake)
	huma.Register(a, huma.Operation{OperationID: "disclosure-chips", Method: http.MethodPost, Path: "/api/v1/disclosures/{id}/chips", Tags: tags,
		Summary: "Take granted chip data out; for the account that asked for it, a few times within a few days"}, s.chipsTake)
}

func (s *Server) chipsTake(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"36"`
}) (*letters, error) {
	var b bytes.Buffer
	if err := s.Records.TakeChips(ctx, actor(ctx), disclosure.ID(in.ID), &b); err != nil {
		return nil, failed(ctx, err)
	}
	return &letters{"application/jsonl", b.Bytes()}, nil
}

func (s *Server) disclosureList(ctx context.Context, in *disclosureQuery) (*body[list[Disclosure]], error) {
	l, err := s.Registry.Disclosures(ctx, actor(ctx), registry.DisclosureFilter{Region: region.Code(in.Region), State: disclosure.State(in.State), After: disclosure.ID(in.After),
		Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Disclosure]]{list[Disclosure]{Items: []Disclosure{}, Next: string(l.Next)}}
	for _, d := range l.Disclosures {
		out.Body.Items = append(out.Body.Items, disclosureOf(d))
	}
	return out, nil
}

func (s *Server) disclosureAsk(ctx context.Context, in *struct{ Body disclosureOrder }) (*body[Disclosure], error) {
	o := in.Body
	x := disclosure.Disclosure{Region: region.Code(o.Region), Reason: o.Reason, Receiver: o.Receiver, Filter: disclosure.Filter{State: certificate.State(o.State),
		Category: certificate.Category(o.Category), Level: certificate.Level(o.Level), From: o.From, To: o.To, Since: o.Since, Ended: o.Ended, EndedTo: o.EndedTo, Poor: o.Poor}}
	for _, c := range o.Columns {
		x.Columns = append(x.Columns, disclosure.Column(c))
	}
	id, err := s.Registry.AskDisclosure(ctx, actor(ctx), x)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return s.disclosureShown(ctx, id)
}

func (s *Server) disclosureShown(ctx context.Context, id disclosure.ID) (*body[Disclosure], error) {
	f, err := s.Registry.Disclosure(ctx, actor(ctx), id)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Disclosure]{disclosureOf(f.Disclosure)}, nil
}

func (s *Server) disclosureJudge(ctx context.Context, in *disclosureVerdict) (*body[Disclosure], error) {
	id := disclosure.ID(in.ID)
	if err := s.Registry.JudgeDisclosure(ctx, actor(ctx), id, in.Body.Grant, in.Body.Opinion); err != nil {
		return nil, failed(ctx, err)
	}
	return s.disclosureShown(ctx, id)
}

func (s *Server) disclosureTake(ctx context.Context, in *disclosureTaking) (*letters, error) {
	if err := grave(ctx, access.DisclosureTake); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	as := sheet.Format(in.As)
	if err := s.Registry.TakeDisclosure(ctx, actor(ctx), disclosure.ID(in.ID), as, &b); err != nil {
		return nil, failed(ctx, err)
	}
	kind := "text/csv"
	if as == sheet.XLSX {
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return &letters{kind, b.Bytes()}, nil
}
