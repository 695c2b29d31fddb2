package api

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/day"
	"hefa/internal/paper"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
)

// Bundle is letters that are printed in the background, in parts of 500.
type Bundle struct {
	ID      string       `json:"id"`
	Region  string       `json:"region"`
	About   string       `json:"about" doc:"the conditions of the list, in words"`
	Reading string       `json:"reading" enum:",large,easy"`
	Letters int          `json:"letters"`
	Done    int          `json:"done" doc:"letters that are printed or passed over"`
	Ended   int          `json:"ended" doc:"of these passed over: nothing was awaited from the person any more"`
	State   string       `json:"state" enum:"working,done,failed,gone"`
	Fault   string       `json:"fault" doc:"why it was given up"`
	Made    time.Time    `json:"made"`
	Last    day.Day      `json:"last" doc:"last day on which its files are kept"`
	Parts   []BundlePart `json:"parts" doc:"the files that are ready; empty on lists"`
}

// BundlePart is one file of a bundle.
type BundlePart struct {
	No      int    `json:"no"`
	Letters int    `json:"letters"`
	First   string `json:"first" doc:"village of its first letter"`
	Last    string `json:"last" doc:"village of its last letter"`
	Size    int64  `json:"size" doc:"octets"`
}

func bundleOf(b reminder.Bundle, parts []reminder.Part) Bundle {
	out := Bundle{ID: string(b.ID), Region: string(b.Region), About: b.About, Reading: b.Reading, Letters: b.Letters, Done: b.Done, Ended: b.Ended, State: string(b.State),
		Fault: b.Fault, Made: b.Made, Last: b.Last, Parts: []BundlePart{}}
	for _, p := range parts {
		out.Parts = append(out.Parts, BundlePart{p.No, p.Letters, p.First, p.Last, p.Size})
	}
	return out
}

type bundleBegin struct {
	Body struct {
		Region  string `json:"region,omitempty" maxLength:"12" doc:"code of a county, township or village; empty for the account's own area"`
		Kind    string `json:"kind,omitempty" enum:"flow,renew,review"`
		State   string `json:"state,omitempty" enum:"made,sent,received"`
		Step    string `json:"step,omitempty" maxLength:"10"`
		Reading string `json:"reading,omitempty" enum:"large,easy" doc:"empty for the plan's own layout"`
	}
}

// bundles puts the operations on letters that are printed in the background on the API.
func (s *Server) bundles(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1/bundles" + path, Tags: []string{"reminders"}, Summary: summary}
	}
	begin := op("bundle-begin", http.MethodPost, "", "Have the letters of a list printed in the background, in parts of 500 by village")
	begin.DefaultStatus = http.StatusAccepted
	huma.Register(a, begin, s.bundleBegin)
	huma.Register(a, op("bundle-list", http.MethodGet, "", "List what is or was printed in the background, the newest first"), s.bundleList)
	huma.Register(a, op("bundle-read", http.MethodGet, "/{id}", "Read how far one of them has come, and its files"), s.bundleRead)
	huma.Register(a, op("bundle-part", http.MethodGet, "/{id}/parts/{no}", "Take one file (PDF)"), s.bundlePart)
}

func (s *Server) bundleBegin(ctx context.Context, in *bundleBegin) (*body[Bundle], error) {
	f := renewing.Filter{Region: region.Code(in.Body.Region), Kind: reminder.Kind(in.Body.Kind), State: reminder.State(in.Body.State), Step: in.Body.Step}
	id, err := s.Renewing.BeginBundle(ctx, actor(ctx), f, paper.Reading(in.Body.Reading))
	if err != nil {
		return nil, failed(ctx, err)
	}
	return s.bundleRead(ctx, &applicationPath{ID: string(id)})
}

func (s *Server) bundleRead(ctx context.Context, in *applicationPath) (*body[Bundle], error) {
	b, parts, err := s.Renewing.Bundle(ctx, actor(ctx), reminder.BundleID(in.ID))
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Bundle]{bundleOf(b, parts)}, nil
}

func (s *Server) bundleList(ctx context.Context, in *struct {
	Region string `query:"region" maxLength:"12"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"36"`
}) (*body[list[Bundle]], error) {
	all, next, err := s.Renewing.Bundles(ctx, actor(ctx), region.Code(in.Region), renewing.BundlePage{After: reminder.BundleID(in.After), Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Bundle]]{list[Bundle]{Items: []Bundle{}, Next: string(next)}}
	for _, b := range all {
		out.Body.Items = append(out.Body.Items, bundleOf(b, nil))
	}
	return out, nil
}

func (s *Server) bundlePart(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"36"`
	No string `path:"no" maxLength:"36" doc:"number of the part, from 1"`
}) (*letters, error) {
	no, _ := strconv.Atoi(in.No) // what is no number is no part
	f, err := s.Renewing.OpenBundlePart(ctx, actor(ctx), reminder.BundleID(in.ID), no)
	if err != nil {
		return nil, failed(ctx, err)
	}
	defer func() { _ = f.Close() }() // it was only read
	all, err := io.ReadAll(f)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &letters{"application/pdf", all}, nil
}
