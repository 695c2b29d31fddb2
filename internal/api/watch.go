package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/day"
	"hefa/internal/oversight"
	"hefa/internal/region"
	"hefa/internal/watch"
)

// GradeShare is how the grades of one hospital, doctor, category or place fall out beside all the others.
type GradeShare struct {
	Unit     string  `json:"unit"`
	Name     string  `json:"name"`
	Found    int     `json:"found"`
	Levels   [4]int  `json:"levels" doc:"of those that meet the standard, from level one to four"`
	Busiest  int     `json:"busiest" doc:"people on the busiest day"`
	Timed    int     `json:"timed" doc:"findings of which the time is known"`
	Quick    int     `json:"quick" doc:"of these, shorter than policy says (exam.quick)"`
	Median   int     `json:"median_seconds" doc:"that half of the timed took at most; 0 when none was timed"`
	Alike    int     `json:"alike" doc:"findings of a day on which their doctor gave as many the same level of their category as policy says (exam.alike)"`
	Kin      int     `json:"kin" doc:"findings of people whom an officer or a doctor declared as a relative"`
	Base     int     `json:"base" doc:"how many were looked at for the share"`
	Events   int     `json:"events" doc:"how many of them count"`
	Share    float64 `json:"share"`
	Low      float64 `json:"low" doc:"the 95 % limits of chance"`
	High     float64 `json:"high"`
	Standing string  `json:"standing" enum:"inside,high,low,far-high,far-low,none" doc:"far is beyond the 99.8 % limit"`
}

func (s *Server) watch(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "watch-grades", Method: http.MethodGet, Path: "/api/v1/watch/grades", Tags: []string{"oversight"},
		Summary: "Compare how grades fall out"}, s.watchGrades)
}

func (s *Server) watchGrades(ctx context.Context, in *struct {
	By     string `query:"by" enum:"hospital,doctor,category,county,township"`
	Share  string `query:"share" enum:"severe,met,differs,upgraded,quick,alike,kin"`
	Region string `query:"region" maxLength:"12"`
	From   string `query:"from" format:"date"`
	To     string `query:"to" format:"date"`
}) (*body[list[GradeShare]], error) {
	g, err := s.Oversight.Grades(ctx, actor(ctx), oversight.GradeFilter{Dimension: watch.Dimension(in.By), Measure: watch.Measure(in.Share), Region: region.Code(in.Region),
		From: day.Day(in.From), To: day.Day(in.To)})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[GradeShare]]{list[GradeShare]{Items: []GradeShare{}}}
	for _, u := range g.Units {
		standing := string(u.Mark)
		if u.Mark == watch.Inside {
			standing = "inside"
		}
		out.Body.Items = append(out.Body.Items, GradeShare{u.Key, g.Names[u.Key], u.Found, u.Levels, u.Busiest, u.Timed, u.Quick, u.Median, u.Alike, u.Kin, u.Base, u.Events, u.Share, u.Low, u.High, standing})
	}
	return out, nil
}
