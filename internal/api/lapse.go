package api

import (
	"bytes"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/lapse"
	"hefa/internal/region"
	"hefa/internal/registry"
	"hefa/internal/renewing"
	"hefa/internal/sheet"
)

// Lapse is a certificate put up for cancellation as programs see it; numbers are masked, as on every list.
type Lapse struct {
	ID          string  `json:"id"`
	Region      string  `json:"region"`
	Certificate string  `json:"certificate"`
	Number      string  `json:"number" doc:"of the certificate, masked"`
	Expires     day.Day `json:"expires"`
	Cause       string  `json:"cause" enum:"expired,review"`
	State       string  `json:"state" enum:"announced,disputed,cancelled,dropped"`
	StateName   string  `json:"state_name"`
	Posting     string  `json:"posting" doc:"id of the published list"`
	Ends        day.Day `json:"ends" doc:"last day of the public notice"`
	Decided     day.Day `json:"decided"`
	Reason      string  `json:"reason" doc:"why it was taken off the list"`
	Person      Person  `json:"person"`
	Version     int     `json:"version"`
}

func lapseOf(r renewing.Lapsed) Lapse {
	n := r.Lapse
	return Lapse{ID: string(n.ID), Region: string(n.Region), Certificate: string(n.Certificate), Number: r.Certificate.Number.Masked(), Expires: r.Certificate.Expires,
		Cause: string(n.Cause), State: string(n.State), StateName: lang.T(n.State.Word()), Posting: n.Posting, Ends: n.Ends, Decided: n.Decided, Reason: n.Reason,
		Person: personOf(r.Person), Version: n.Version}
}

type lapseQuery struct {
	Region string `query:"region" maxLength:"12" doc:"code of a county, township or village; empty for the account's own area"`
	State  string `query:"state" enum:"announced,disputed,cancelled,dropped"`
	Over   bool   `query:"over" doc:"only those whose public notice has ended and that wait for their cancellation"`
	From   string `query:"from" format:"date" doc:"decided on this day or later"`
	To     string `query:"to" format:"date" doc:"decided on this day or earlier"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"100"`
}

func (q lapseQuery) filter() renewing.LapseFilter {
	return renewing.LapseFilter{Region: region.Code(q.Region), State: lapse.State(q.State), Over: q.Over, From: day.Day(q.From), To: day.Day(q.To), After: q.After, Limit: q.Limit}
}

// Candidate is a certificate that may be put up.
type Candidate struct {
	Certificate string  `json:"certificate"`
	Number      string  `json:"number" doc:"masked"`
	Region      string  `json:"region"`
	Expires     day.Day `json:"expires"`
	Cause       string  `json:"cause" enum:"expired,review"`
	Told        bool    `json:"told" doc:"a letter went out; without one it cannot be put up"`
	Person      Person  `json:"person"`
}

type lapsePublishing struct {
	Body struct {
		Region       string   `json:"region" maxLength:"12" doc:"code of the township or village"`
		Certificates []string `json:"certificates" doc:"ids, 200 at most" maxItems:"200"`
	}
}

// Published is a list that was published.
type Published struct {
	Posting string `json:"posting" doc:"id of the list"`
}

type lapseCancelling struct {
	Body struct {
		Lapses []string `json:"lapses" doc:"ids" maxItems:"200"`
	}
}

// Outcome is how one of several acts fared.
type Outcome struct {
	ID    string `json:"id"`
	Done  bool   `json:"done"`
	Error string `json:"error" doc:"what stands in its way, empty when it was done"`
}

type lapseResolving struct {
	Decision string `json:"decision" enum:"uphold,dismiss" doc:"uphold takes it off the list, dismiss lets the notice go on"`
	Reason   string `json:"reason" maxLength:"2000"`
}

// lapses puts the operations on overdue certificates on the API.
func (s *Server) lapses(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1/lapses" + path, Tags: []string{"lapses"}, Summary: summary}
	}
	huma.Register(a, op("lapse-list", http.MethodGet, "", "List certificates put up for cancellation"), s.lapseList)
	huma.Register(a, op("lapse-candidates", http.MethodGet, "/candidates", "List certificates of a township that may be put up"), s.lapseCandidates)
	huma.Register(a, op("lapse-stops", http.MethodGet, "/stops.xlsx", "Take out the list of whose subsidies are to stop, with masked numbers; whole ones go out as a disclosure"), s.lapseStops)
	huma.Register(a, op("lapse-read", http.MethodGet, "/{id}", "Read one"), func(ctx context.Context, in *applicationPath) (*body[Lapse], error) {
		return s.lapseRead(ctx, lapse.ID(in.ID))
	})
	publish := op("lapse-announce", http.MethodPost, "", "Publish a list of certificates to be cancelled")
	publish.DefaultStatus = http.StatusCreated
	huma.Register(a, publish, func(ctx context.Context, in *lapsePublishing) (*body[Published], error) {
		var ids []certificate.ID
		for _, id := range in.Body.Certificates {
			ids = append(ids, certificate.ID(id))
		}
		posting, err := s.Renewing.AnnounceLapses(ctx, actor(ctx), region.Code(in.Body.Region), ids)
		if err != nil {
			return nil, failed(ctx, err)
		}
		return &body[Published]{Published{posting}}, nil
	})
	huma.Register(a, op("lapse-cancel", http.MethodPost, "/cancel", "Cancel several after their public notice; each by itself"), s.lapseCancel)
	huma.Register(a, op("lapse-tell", http.MethodPost, "/tell", "Make the call to the review for all who lapsed and got no letter"), s.lapseTell)
	lapseAct(s, a, "object", "Record an objection", func(ctx context.Context, by access.Actor, id lapse.ID, b objecting) error {
		return s.Renewing.ObjectLapse(ctx, by, id, announcement.Objection{Name: b.Name, Phone: b.Phone, Text: b.Text})
	})
	lapseAct(s, a, "resolve", "Decide the objections", func(ctx context.Context, by access.Actor, id lapse.ID, b lapseResolving) error {
		return s.Renewing.ResolveLapse(ctx, by, id, lapse.Step(b.Decision), b.Reason)
	})
	lapseAct(s, a, "drop", "Take it off the list", func(ctx context.Context, by access.Actor, id lapse.ID, b reasoned) error {
		return s.Renewing.DropLapse(ctx, by, id, b.Reason)
	})
}

// lapseAct is one operation on a lapse: its last path element and what it does.
func lapseAct[B any](s *Server, a huma.API, name, summary string, do func(ctx context.Context, by access.Actor, id lapse.ID, b B) error) {
	type input struct {
		ID   string `path:"id"`
		Body B
	}
	huma.Register(a, huma.Operation{OperationID: "lapse-" + name, Method: http.MethodPost, Path: "/api/v1/lapses/{id}/" + name,
		Tags: []string{"lapses"}, Summary: summary}, func(ctx context.Context, in *input) (*body[Lapse], error) {
		id := lapse.ID(in.ID)
		if err := do(ctx, actor(ctx), id, in.Body); err != nil {
			return nil, failed(ctx, err)
		}
		return s.lapseRead(ctx, id)
	})
}

func (s *Server) lapseRead(ctx context.Context, id lapse.ID) (*body[Lapse], error) {
	f, err := s.Renewing.Lapse(ctx, actor(ctx), id)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Lapse]{lapseOf(f.Lapsed)}, nil
}

func (s *Server) lapseList(ctx context.Context, in *lapseQuery) (*body[list[Lapse]], error) {
	l, err := s.Renewing.Lapses(ctx, actor(ctx), in.filter())
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Lapse]]{list[Lapse]{Items: []Lapse{}, Next: l.Next}}
	for _, r := range l.Lapses {
		out.Body.Items = append(out.Body.Items, lapseOf(r))
	}
	return out, nil
}

func (s *Server) lapseTell(ctx context.Context, in *struct {
	Body struct {
		Region string `json:"region" maxLength:"12" doc:"code of the township or village"`
	}
}) (*body[Told], error) {
	n, err := s.Renewing.TellLapsed(ctx, actor(ctx), region.Code(in.Body.Region))
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Told]{Told{n}}, nil
}

// Told is how many letters were made.
type Told struct {
	Made int `json:"made"`
}

func (s *Server) lapseCandidates(ctx context.Context, in *struct {
	Region string `query:"region" maxLength:"12" doc:"code of the township or village"`
}) (*body[list[Candidate]], error) {
	p, err := s.Renewing.ProposeLapses(ctx, actor(ctx), region.Code(in.Region))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Candidate]]{list[Candidate]{Items: []Candidate{}}}
	for _, all := range [][]renewing.Candidate{p.Told, p.Untold} {
		for _, c := range all {
			out.Body.Items = append(out.Body.Items, Candidate{string(c.Certificate.ID), c.Certificate.Number.Masked(), string(c.Certificate.Region), c.Certificate.Expires,
				string(c.Cause), c.Told, personOf(c.Person)})
		}
	}
	return out, nil
}

func (s *Server) lapseCancel(ctx context.Context, in *lapseCancelling) (*body[list[Outcome]], error) {
	var ids []lapse.ID
	for _, id := range in.Body.Lapses {
		ids = append(ids, lapse.ID(id))
	}
	if err := grave(ctx, access.LapseCancel); err != nil {
		return nil, err
	}
	outcomes, err := s.Renewing.CancelLapses(ctx, actor(ctx), ids)
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Outcome]]{list[Outcome]{Items: []Outcome{}}}
	for i, o := range outcomes {
		got := Outcome{ID: string(ids[i]), Done: o.Err == nil}
		if o.Err != nil {
			got.Error = failed(ctx, o.Err).Error()
		}
		out.Body.Items = append(out.Body.Items, got)
	}
	return out, nil
}

func (s *Server) lapseStops(ctx context.Context, in *lapseQuery) (*letters, error) {
	var b bytes.Buffer
	if err := s.Registry.ExportStops(ctx, actor(ctx), registry.StopFilter{Region: region.Code(in.Region), From: day.Day(in.From), To: day.Day(in.To)}, sheet.Out{To: &b, As: sheet.XLSX}); err != nil {
		return nil, failed(ctx, err)
	}
	return &letters{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b.Bytes()}, nil
}
