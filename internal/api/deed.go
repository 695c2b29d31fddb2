package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/org"
)

// deedsPath is the end of the operations on scans; deedLimit the largest body, while policy sets what a scan may have below it.
const (
	deedsPath = "/scans"
	deedLimit = 64 << 20
)

// Deed is one scan of an agreement, of a hospital's designation or of a doctor's specimen signature.
type Deed struct {
	No     int       `json:"no" doc:"of several the highest counts"`
	Type   string    `json:"type" doc:"content type"`
	Size   int64     `json:"size" doc:"bytes"`
	Pages  int       `json:"pages" doc:"0 when nobody counted"`
	Author string    `json:"author"`
	At     time.Time `json:"at"`
}

// deedTaking is a scan as it is sent: the body is the PDF, JPEG or PNG itself.
type deedTaking struct {
	ID      string `path:"id" maxLength:"64"`
	Last    int    `query:"last" minimum:"0" doc:"number of the newest scan as read, 0 for the first"`
	RawBody []byte `contentType:"application/octet-stream"`
}

// deeds puts the scans of agreements, designations and specimen signatures on the API; sending one answers with all of them.
func (s *Server) deeds(a huma.API) {
	for _, p := range []struct {
		kind       org.DeedKind
		path, tags string
		what       string
	}{{org.AgreementDeed, "/api/v1/agreements/{id}", "agreements", "an agreement"}, {org.DesignationDeed, "/api/v1/hospitals/{id}", "hospitals", "a hospital's designation by the province"},
		{org.SpecimenDeed, "/api/v1/doctors/{id}", "doctors", "a doctor's specimen signature"}} {
		op := func(verb, method, path, summary string) huma.Operation {
			return huma.Operation{OperationID: string(p.kind) + "-scan-" + verb, Method: method, Path: p.path + deedsPath + path, Tags: []string{p.tags}, Summary: summary + p.what}
		}
		huma.Register(a, op("list", http.MethodGet, "", "List the scans of "), func(ctx context.Context, in *struct {
			ID string `path:"id" maxLength:"64"`
		}) (*body[list[Deed]], error) {
			return s.deedList(ctx, org.Paper{Kind: p.kind, Owner: in.ID})
		})
		adding := op("add", http.MethodPost, "", "Send a new scan of ")
		adding.MaxBodyBytes, adding.BodyReadTimeout = deedLimit, 5*time.Minute
		huma.Register(a, adding, func(ctx context.Context, in *deedTaking) (*body[list[Deed]], error) {
			paper := org.Paper{Kind: p.kind, Owner: in.ID}
			if err := s.Assessing.KeepDeed(ctx, actor(ctx), paper, bytes.NewReader(in.RawBody), in.Last); err != nil {
				return nil, failed(ctx, err)
			}
			return s.deedList(ctx, paper)
		})
		huma.Register(a, op("read", http.MethodGet, "/{no}", "Download a scan of "), func(ctx context.Context, in *struct {
			ID string `path:"id" maxLength:"64"`
			No int    `path:"no"`
		}) (*letters, error) {
			return s.deedRead(ctx, org.Paper{Kind: p.kind, Owner: in.ID}, in.No)
		})
	}
}

func (s *Server) deedList(ctx context.Context, p org.Paper) (*body[list[Deed]], error) {
	all, err := s.Assessing.Deeds(ctx, actor(ctx), p)
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Deed]]{list[Deed]{Items: []Deed{}}}
	for _, d := range all {
		out.Body.Items = append(out.Body.Items, Deed{d.No, d.Type, d.Size, d.Pages, d.Author, d.At})
	}
	return out, nil
}

func (s *Server) deedRead(ctx context.Context, p org.Paper, no int) (*letters, error) {
	d, f, err := s.Assessing.OpenDeed(ctx, actor(ctx), p, no)
	if err != nil {
		return nil, failed(ctx, err)
	}
	defer f.Close() // it was only read
	content, err := io.ReadAll(f)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &letters{d.Type, content}, nil
}

// takesScan says whether an operation takes a scan of a signed paper.
func takesScan(pattern string) bool {
	return slices.ContainsFunc([]string{"agreements", "hospitals", "doctors"}, func(owner string) bool {
		return strings.HasPrefix(pattern, "POST /api/v1/"+owner+"/{id}"+deedsPath)
	})
}
