package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/access"
	"hefa/internal/assessing"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/org"
	"hefa/internal/region"
)

// Agreement is a county's agreement with a hospital.
type Agreement struct {
	ID         string   `json:"id"`
	County     string   `json:"county"`
	Hospital   string   `json:"hospital" doc:"id of the hospital"`
	Name       string   `json:"name" doc:"the hospital's name"`
	Number     string   `json:"number"`
	Parties    string   `json:"parties"`
	From       day.Day  `json:"from" doc:"first day"`
	To         day.Day  `json:"to" doc:"last day"`
	Categories []string `json:"categories"`
	Duties     string   `json:"duties"`
	Doctors    string   `json:"doctors" doc:"name, title and categories, a doctor a line"`
	Valid      bool     `json:"valid" doc:"in force today"`
	Ends       bool     `json:"ends" doc:"in force, and ends soon"`
	Scan       int      `json:"scan" doc:"number of the newest scan, 0 while there is none"`
	Version    int      `json:"version"`
}

// AgreementText is an agreement as it is entered.
type AgreementText struct {
	Hospital   string   `json:"hospital,omitempty" doc:"id of the hospital; only for a new agreement" maxLength:"64"`
	Number     string   `json:"number,omitempty" maxLength:"400"`
	Parties    string   `json:"parties" maxLength:"400"`
	From       string   `json:"from" format:"date"`
	To         string   `json:"to" format:"date"`
	Categories []string `json:"categories" maxItems:"6"`
	Duties     string   `json:"duties,omitempty" maxLength:"20000"`
	Doctors    string   `json:"doctors" maxLength:"20000"`
	Version    int      `json:"version,omitempty" doc:"as read; only for a change"`
}

func (t AgreementText) agreement(id string) org.Agreement {
	a := org.Agreement{ID: id, Hospital: org.ID(t.Hospital), Number: t.Number, Parties: t.Parties, From: day.Day(t.From), To: day.Day(t.To), Duties: t.Duties,
		Doctors: t.Doctors, Version: t.Version}
	for _, c := range t.Categories {
		if k := certificate.Category(c); k.Valid() && k != certificate.Multiple {
			a.Categories = append(a.Categories, k)
		}
	}
	return a
}

// AgreementPlace is which agreements are listed.
type AgreementPlace struct {
	Region   string `query:"region" doc:"code of the area; empty for the account's own" maxLength:"12"`
	Hospital string `query:"hospital" maxLength:"64"`
	Bare     bool   `query:"bare" doc:"only those without a scan"`
	Limit    int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After    string `query:"after" maxLength:"64"`
}

// agreements puts the agreements with hospitals on the API; an act answers with the newest agreements.
func (s *Server) agreements(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "agreement-list", Method: http.MethodGet, Path: "/api/v1/agreements", Tags: []string{"agreements"},
		Summary: "List the agreements with hospitals, the newest first"}, s.agreementList)
	huma.Register(a, huma.Operation{OperationID: "agreement-add", Method: http.MethodPost, Path: "/api/v1/agreements", Tags: []string{"agreements"},
		Summary: "Enter an agreement that was signed"}, func(ctx context.Context, in *struct{ Body AgreementText }) (*body[list[Agreement]], error) {
		return s.agreementAct(ctx, func(by access.Actor) error {
			_, err := s.Assessing.AddAgreement(ctx, by, in.Body.agreement(""))
			return err
		})
	})
	huma.Register(a, huma.Operation{OperationID: "agreement-edit", Method: http.MethodPost, Path: "/api/v1/agreements/{id}", Tags: []string{"agreements"},
		Summary: "Correct an agreement, or end it early"}, func(ctx context.Context, in *struct {
		ID   string `path:"id" maxLength:"64"`
		Body AgreementText
	}) (*body[list[Agreement]], error) {
		return s.agreementAct(ctx, func(by access.Actor) error { return s.Assessing.EditAgreement(ctx, by, in.Body.agreement(in.ID)) })
	})
}

func (s *Server) agreementAct(ctx context.Context, do func(access.Actor) error) (*body[list[Agreement]], error) {
	if err := do(actor(ctx)); err != nil {
		return nil, failed(ctx, err)
	}
	return s.agreementList(ctx, &AgreementPlace{Limit: 50})
}

func (s *Server) agreementList(ctx context.Context, in *AgreementPlace) (*body[list[Agreement]], error) {
	l, err := s.Assessing.Agreements(ctx, actor(ctx), assessing.AgreementFilter{Region: region.Code(in.Region), Hospital: org.ID(in.Hospital), Bare: in.Bare, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Agreement]]{list[Agreement]{Items: []Agreement{}}}
	for _, a := range l.Agreements {
		one := Agreement{a.ID, string(a.Region), string(a.Hospital), l.Hospital(a.Hospital), a.Number, a.Parties, a.From, a.To, []string{}, a.Duties, a.Doctors,
			a.Holds(l.Today), a.Ends(l.Today, l.Warn), a.Scan, a.Version}
		for _, c := range a.Categories {
			one.Categories = append(one.Categories, string(c))
		}
		out.Body.Items = append(out.Body.Items, one)
	}
	if l.More {
		out.Body.Next = l.Agreements[len(l.Agreements)-1].ID
	}
	return out, nil
}
