package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/assessing"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/region"
	"hefa/internal/staff"
)

// Doctor is a doctor who assesses, as lists show it.
type Doctor struct {
	ID         string   `json:"id"`
	Name       string   `json:"name"`
	Hospital   string   `json:"hospital"`
	Title      string   `json:"title"`
	Categories []string `json:"categories"`
	Until      day.Day  `json:"until" doc:"last day of the training certificate"`
	Standing   string   `json:"standing" doc:"employed, retired or left; empty when nothing was entered"`
	May        bool     `json:"may" doc:"whether the doctor may assess today"`
	Version    int      `json:"version"`
}

type doctorQuery struct {
	Region string `query:"region" doc:"code of the area; empty for the account's own" maxLength:"12"`
	Name   string `query:"name" doc:"part of the name" maxLength:"40"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"64"`
}

type doctorEditing struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		Title      string   `json:"title,omitempty" maxLength:"200"`
		Categories []string `json:"categories" maxItems:"6"`
		Licence    string   `json:"licence" doc:"number of the qualification certificate" maxLength:"200"`
		Training   string   `json:"training,omitempty" doc:"number of the training certificate" maxLength:"200"`
		Until      string   `json:"until,omitempty" format:"date"`
		Standing   string   `json:"standing" enum:"employed,retired,left"`
		Version    int      `json:"version" doc:"as read; 0 when nothing was entered yet"`
	}
}

// doctors puts the doctors and their papers on the API.
func (s *Server) doctors(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "doctor-list", Method: http.MethodGet, Path: "/api/v1/doctors", Tags: []string{"doctors"},
		Summary: "List the doctors who assess, and whether they may today"}, s.doctorList)
	huma.Register(a, huma.Operation{OperationID: "doctor-edit", Method: http.MethodPost, Path: "/api/v1/doctors/{id}", Tags: []string{"doctors"},
		Summary: "Correct a doctor's title, categories and papers", DefaultStatus: http.StatusNoContent}, s.doctorEdit)
}

func (s *Server) doctorList(ctx context.Context, in *doctorQuery) (*body[list[Doctor]], error) {
	l, err := s.Assessing.Doctors(ctx, actor(ctx), assessing.DoctorFilter{Region: region.Code(in.Region), Q: in.Name, After: staff.ID(in.After), Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Doctor]]{list[Doctor]{Items: []Doctor{}}}
	for _, d := range l.Doctors {
		one := Doctor{string(d.Doctor), d.Name, d.Hospital, d.Title, []string{}, d.Until, string(d.Standing), d.MayAssess(l.Today) == nil, d.Version}
		for _, c := range d.Categories {
			one.Categories = append(one.Categories, string(c))
		}
		out.Body.Items = append(out.Body.Items, one)
	}
	if l.More {
		out.Body.Next = string(l.Doctors[len(l.Doctors)-1].Doctor)
	}
	return out, nil
}

func (s *Server) doctorEdit(ctx context.Context, in *doctorEditing) (*struct{}, error) {
	b := in.Body
	p := staff.Practice{Doctor: staff.ID(in.ID), Title: b.Title, Licence: b.Licence, Training: b.Training, Until: day.Day(b.Until), Standing: staff.Standing(b.Standing),
		Version: b.Version}
	for _, c := range b.Categories {
		if k := certificate.Category(c); k.Valid() && k != certificate.Multiple {
			p.Categories = append(p.Categories, k)
		}
	}
	if err := s.Assessing.EditDoctor(ctx, actor(ctx), p); err != nil {
		return nil, failed(ctx, err)
	}
	return nil, nil
}
