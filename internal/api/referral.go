package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/casework"
	"hefa/internal/day"
	"hefa/internal/referral"
	"hefa/internal/region"
)

// Referral is one county's record of a case that one county takes and another decides; numbers are masked.
type Referral struct {
	ID          string          `json:"id"`
	Side        string          `json:"side" enum:"host,home" doc:"host: this county took the case; home: it decides on it"`
	Region      string          `json:"region" doc:"host: where the person lives; home: the place of registration"`
	Abroad      string          `json:"abroad" doc:"the place on the other side"`
	From        string          `json:"from" doc:"the federation that took the case"`
	Name        string          `json:"name"`
	Number      string          `json:"number" doc:"identity number, masked"`
	Matter      string          `json:"matter"`
	Registered  string          `json:"registered" doc:"the address in the household register"`
	Category    string          `json:"category"`
	Level       string          `json:"level"`
	Assessed    day.Day         `json:"assessed"`
	Notice      string          `json:"notice" doc:"number of the public notice at the host, empty for none"`
	Papers      []ReferralPaper `json:"papers"`
	Application string          `json:"application" doc:"the case of this county"`
	Stands      string          `json:"stands" doc:"state of the case at home, empty before it is taken and in lists"`
	State       string          `json:"state" enum:"sent,taken,returned,recalled,declined,refused,posted,arrived,done"`
	Sent        day.Day         `json:"sent"`
	Due         day.Day         `json:"due" doc:"last day for the county of registration"`
	Decided     day.Day         `json:"decided"`
	Receipt     string          `json:"receipt"`
	Reason      string          `json:"reason"`
	Carrier     string          `json:"carrier"`
	Tracking    string          `json:"tracking"`
}

// ReferralPaper is one scan that goes along.
type ReferralPaper struct {
	Paper string `json:"paper"`
	Pages int    `json:"pages"`
	Hash  string `json:"hash"`
}

type referralQuery struct {
	Region string `query:"region" maxLength:"12"`
	Side   string `query:"side" enum:"host,home"`
	State  string `query:"state" enum:"sent,taken,returned,recalled,declined,refused,posted,arrived,done"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"60"`
}

type referralID struct {
	ID string `path:"id" maxLength:"36"`
}

type referralSending struct {
	ID   string `path:"id" doc:"id of the case"`
	Body struct {
		Registered string `json:"registered" maxLength:"400" doc:"the address in the household register"`
	}
}

// ReferralSent is the record of what was sent.
type ReferralSent struct {
	Referral string `json:"referral"`
}

type referralTaking struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Region   string `json:"region,omitempty" maxLength:"12" doc:"the village of registration; for who is not in the register yet"`
		Address  string `json:"address,omitempty" maxLength:"400"`
		Distinct string `json:"distinct,omitempty" maxLength:"4000" doc:"how the applicant was told apart from people who look alike; needed when a refusal asks for it"`
	}
}

// ReferralTaken is the case that was made.
type ReferralTaken struct {
	Application string `json:"application"`
}

type referralReason struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason" maxLength:"4000"`
	}
}

type referralAnswer struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Outcome string `json:"outcome" enum:"arrived,done,refused,returned"`
		Receipt string `json:"receipt" maxLength:"240" doc:"number of the document on paper"`
		Reason  string `json:"reason,omitempty" maxLength:"4000" doc:"for refused and returned"`
	}
}

type referralPosting struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Holder   bool   `json:"holder,omitempty" doc:"straight to the holder, not by way of the county that took the case"`
		Carrier  string `json:"carrier" maxLength:"240"`
		Tracking string `json:"tracking" maxLength:"240"`
	}
}

type referralHanding struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Receiver string `json:"receiver" maxLength:"160"`
		Relation string `json:"relation,omitempty" maxLength:"80"`
		Papers   string `json:"papers,omitempty" maxLength:"240"`
		Means    string `json:"means,omitempty" enum:"counter,home,post" doc:"counter when empty"`
		Tracking string `json:"tracking,omitempty" maxLength:"160" doc:"number of the parcel"`
		Recalled bool   `json:"recalled,omitempty" doc:"the old certificate was handed in"`
		Note     string `json:"note,omitempty" maxLength:"800"`
		On       string `json:"on,omitempty" doc:"day of the signature, from the receipt to today; today when empty" maxLength:"20"`
	}
}

func (s *Server) referrals(a huma.API) {
	tags := []string{"referrals"}
	post := func(id, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: http.MethodPost, Path: "/api/v1/" + path, Tags: tags, Summary: summary}
	}
	huma.Register(a, huma.Operation{OperationID: "referral-list", Method: http.MethodGet, Path: "/api/v1/referrals", Tags: tags,
		Summary: "List cases that one county takes and another decides"}, s.referralList)
	huma.Register(a, huma.Operation{OperationID: "referral-read", Method: http.MethodGet, Path: "/api/v1/referrals/{id}", Tags: tags,
		Summary: "Read one with the papers that go along"}, s.referralRead)
	huma.Register(a, post("referral-send", "applications/{id}/send", "Send a case to the county of registration"), s.referralSend)
	huma.Register(a, post("referral-take", "referrals/{id}/take", "Make a case of it in the county of registration"), s.referralTake)
	huma.Register(a, post("referral-return", "referrals/{id}/return", "Send it back once for what is missing"), s.referralReturn)
	huma.Register(a, post("referral-decline", "referrals/{id}/decline", "Do not take it: the person is not registered here"), s.referralDecline)
	huma.Register(a, post("referral-recall", "referrals/{id}/recall", "Take back what was sent"), s.referralRecall)
	huma.Register(a, post("referral-confirm", "referrals/{id}/confirm", "Enter the answer on paper of a county that does not work with this program"), s.referralConfirm)
	huma.Register(a, post("referral-post", "referrals/{id}/post", "Record that the card was sent off"), s.referralPost)
	huma.Register(a, post("referral-receive", "referrals/{id}/receive", "Record that the card came in"), s.referralReceive)
	huma.Register(a, post("referral-hand", "referrals/{id}/hand", "Hand the card over against a signature"), s.referralHand)
}

func referralOf(r referral.Referral) Referral {
	p := r.Parcel
	out := Referral{ID: string(r.ID), Side: string(r.Side), Region: string(r.Region), Abroad: string(r.Abroad), From: p.From, Name: p.Person.Name, Number: p.Person.Number.Masked(),
		Matter: string(p.Matter), Registered: p.Registered, Category: string(p.Category), Level: string(p.Level), Assessed: p.Assessed, Notice: p.Notice, Papers: []ReferralPaper{},
		Application: r.Application, State: string(r.State), Sent: r.Sent, Due: r.Due, Decided: r.Decided, Receipt: r.Receipt, Reason: r.Reason, Carrier: r.Way.Carrier, Tracking: r.Way.Tracking}
	for _, s := range p.Papers {
		out.Papers = append(out.Papers, ReferralPaper{s.Paper, s.Pages, s.Hash})
	}
	return out
}

func (s *Server) referralList(ctx context.Context, in *referralQuery) (*body[list[Referral]], error) {
	l, err := s.Casework.Referrals(ctx, actor(ctx), casework.ReferralFilter{Region: region.Code(in.Region), Side: referral.Side(in.Side), State: referral.State(in.State),
		After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Referral]]{list[Referral]{Items: []Referral{}, Next: l.Next}}
	for _, r := range l.Referrals {
		out.Body.Items = append(out.Body.Items, referralOf(r))
	}
	return out, nil
}

func (s *Server) referralRead(ctx context.Context, in *referralID) (*body[Referral], error) {
	r, err := s.Casework.Referral(ctx, actor(ctx), referral.ID(in.ID))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := referralOf(r.Referral)
	out.Stands = string(r.Stands)
	return &body[Referral]{out}, nil
}

func (s *Server) referralSend(ctx context.Context, in *referralSending) (*body[ReferralSent], error) {
	id, err := s.Casework.SendReferral(ctx, actor(ctx), application.ID(in.ID), in.Body.Registered)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[ReferralSent]{ReferralSent{string(id)}}, nil
}

func (s *Server) referralTake(ctx context.Context, in *referralTaking) (*body[ReferralTaken], error) {
	id, err := s.Casework.TakeReferral(ctx, actor(ctx), referral.ID(in.ID), casework.Registration{Village: region.Code(in.Body.Region), Address: in.Body.Address, Distinct: in.Body.Distinct})
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[ReferralTaken]{ReferralTaken{string(id)}}, nil
}

func (s *Server) referralReturn(ctx context.Context, in *referralReason) (*struct{}, error) {
	return nil, failed(ctx, s.Casework.ReturnReferral(ctx, actor(ctx), referral.ID(in.ID), in.Body.Reason))
}

func (s *Server) referralDecline(ctx context.Context, in *referralReason) (*struct{}, error) {
	return nil, failed(ctx, s.Casework.DeclineReferral(ctx, actor(ctx), referral.ID(in.ID), in.Body.Reason))
}

func (s *Server) referralRecall(ctx context.Context, in *referralReason) (*struct{}, error) {
	return nil, failed(ctx, s.Casework.RecallReferral(ctx, actor(ctx), referral.ID(in.ID), in.Body.Reason))
}

func (s *Server) referralConfirm(ctx context.Context, in *referralAnswer) (*struct{}, error) {
	return nil, failed(ctx, s.Casework.ConfirmReferral(ctx, actor(ctx), referral.ID(in.ID),
		referral.Answer{Outcome: referral.State(in.Body.Outcome), Receipt: in.Body.Receipt, Reason: in.Body.Reason}))
}

func (s *Server) referralPost(ctx context.Context, in *referralPosting) (*struct{}, error) {
	return nil, failed(ctx, s.Casework.PostReferral(ctx, actor(ctx), referral.ID(in.ID), referral.Way{Holder: in.Body.Holder, Carrier: in.Body.Carrier, Tracking: in.Body.Tracking}))
}

func (s *Server) referralReceive(ctx context.Context, in *referralID) (*struct{}, error) {
	return nil, failed(ctx, s.Casework.ReceiveReferral(ctx, actor(ctx), referral.ID(in.ID)))
}

func (s *Server) referralHand(ctx context.Context, in *referralHanding) (*struct{}, error) {
	b := in.Body
	return nil, failed(ctx, s.Casework.HandReferral(ctx, actor(ctx), referral.ID(in.ID),
		card.Delivery{Means: card.Means(b.Means), Receiver: b.Receiver, Relation: b.Relation, Papers: b.Papers, Tracking: b.Tracking, Recalled: b.Recalled, Note: b.Note, On: day.Day(b.On)}))
}
