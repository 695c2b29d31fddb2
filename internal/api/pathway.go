package api

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/casework"
	"hefa/internal/evidence"
	"hefa/internal/pathway"
	"hefa/internal/region"
)

// evidencePath is the end of the one operation that takes files, and evidenceLimit the largest body that it takes: base64 is a third larger than the file.
const (
	evidencePath  = "/remote/evidence"
	evidenceLimit = 96 << 20
)

// Pathway is the way on which somebody comes before a hospital.
type Pathway struct {
	Application string   `json:"application"`
	Path        string   `json:"path" doc:"central, records, batch, trip, home, remote; empty when nobody chose"`
	Proposed    string   `json:"proposed" doc:"by the rules for the facts"`
	Basis       string   `json:"basis" doc:"of the proposal"`
	Reason      string   `json:"reason"`
	Organiser   string   `json:"organiser"`
	Guardian    string   `json:"guardian"`
	Relation    string   `json:"relation"`
	Secretary   string   `json:"secretary" doc:"the village's first secretary, who brings records"`
	Original    bool     `json:"original" doc:"the records were seen in the original"`
	Lacking     []string `json:"lacking" doc:"what is still to be done, in words"`
	Version     int      `json:"version"`
}

type pathwayText struct {
	Path      string `json:"path" enum:"central,records,batch,trip,home,remote"`
	Inpatient bool   `json:"inpatient,omitempty" doc:"was in a qualified hospital, which has records"`
	Immobile  bool   `json:"immobile,omitempty" doc:"cannot go to the hospital now"`
	Ground    string `json:"ground,omitempty" enum:"bedridden,ward,isolated,far" doc:"why the person cannot leave the bed; which ones open the remote way is policy"`
	Reason    string `json:"reason,omitempty" maxLength:"2000"`
	Organiser string `json:"organiser,omitempty" maxLength:"200"`
	Guardian  string `json:"guardian,omitempty" maxLength:"80"`
	Relation  string `json:"relation,omitempty" maxLength:"80"`
	Phone     string `json:"phone,omitempty" maxLength:"40"`
	Secretary string `json:"secretary,omitempty" maxLength:"80"`
	Original  bool   `json:"original,omitempty"`
	Version   int    `json:"version,omitempty" doc:"of the way as it was read, 0 for none"`
}

// PathwayLine is a case on a list of ways.
type PathwayLine struct {
	Application string `json:"application"`
	Name        string `json:"name"`
	Region      string `json:"region"`
	Path        string `json:"path"`
	State       string `json:"state"`
	Asked       bool   `json:"asked" doc:"the hospital asked for more evidence"`
}

type pathwayQuery struct {
	Region string `query:"region" maxLength:"12"`
	Path   string `query:"path" maxLength:"10"`
	Open   bool   `query:"open" default:"true" doc:"only cases that nobody has concluded yet"`
	After  string `query:"after" maxLength:"64"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

// Evidence is a piece of evidence.
type Evidence struct {
	ID       string    `json:"id" doc:"of the attachment"`
	Kind     string    `json:"kind" enum:"photo,video,document"`
	Shows    string    `json:"shows"`
	Taker    string    `json:"taker"`
	Taken    time.Time `json:"taken"`
	Received time.Time `json:"received"`
	Hash     string    `json:"hash" doc:"SHA-256 of the content, hexadecimal"`
	Size     int64     `json:"size" doc:"bytes"`
	Snapshot bool      `json:"snapshot" doc:"taken from a live video"`
}

// EvidenceRequest is what a doctor asked for beyond the evidence.
type EvidenceRequest struct {
	Asked    time.Time  `json:"asked"`
	Doctor   string     `json:"doctor"`
	Hospital string     `json:"hospital"`
	Reason   string     `json:"reason"`
	Answered *time.Time `json:"answered,omitempty"`
	Reply    string     `json:"reply"`
}

// RemoteCase is what a remote assessment rests on.
type RemoteCase struct {
	Consent  bool              `json:"consent" doc:"somebody consented, and it holds"`
	Giver    string            `json:"giver" doc:"self, guardian or agent"`
	Video    bool              `json:"video" doc:"also to live video"`
	Evidence []Evidence        `json:"evidence"`
	Requests []EvidenceRequest `json:"requests"`
	Lacking  []string          `json:"lacking"`
}

type consentText struct {
	Giver    string `json:"giver,omitempty" enum:"self,guardian,agent"`
	Name     string `json:"name,omitempty" maxLength:"80"`
	Manner   string `json:"manner,omitempty" enum:"written,spoken"`
	Video    bool   `json:"video,omitempty"`
	Withdraw bool   `json:"withdraw,omitempty" doc:"takes the consent back instead"`
}

type evidenceText struct {
	Kind    string    `json:"kind" enum:"photo,video,document"`
	Shows   string    `json:"shows" maxLength:"2000"`
	Taker   string    `json:"taker" maxLength:"80"`
	Taken   time.Time `json:"taken"`
	Name    string    `json:"name,omitempty" maxLength:"240" doc:"of the file"`
	Content []byte    `json:"content" doc:"JPEG, PNG, PDF, MP4 or WebM, base64; a large video goes through the page"`
}

type wordsText struct {
	Text string `json:"text,omitempty" maxLength:"2000"`
}

// pathways puts the operations on ways and evidence on the API.
func (s *Server) pathways(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1/" + path, Tags: []string{"sessions"}, Summary: summary}
	}
	huma.Register(a, op("pathway-list", http.MethodGet, "pathways", "List who is on which way to an assessment, the newest first"), s.pathwayList)
	huma.Register(a, op("pathway", http.MethodGet, "applications/{id}/pathway", "Read the way of a case, and what it still needs"), s.pathway)
	huma.Register(a, op("pathway-choose", http.MethodPut, "applications/{id}/pathway", "Choose the way of a case"), func(ctx context.Context, in *struct {
		ID   string `path:"id" maxLength:"36"`
		Body pathwayText
	}) (*body[Pathway], error) {
		b := in.Body
		c := pathway.Choice{Path: pathway.Path(b.Path), Version: b.Version, Detail: pathway.Detail{Facts: pathway.Facts{Inpatient: b.Inpatient, Immobile: b.Immobile, Ground: pathway.Ground(b.Ground)},
			Reason: b.Reason, Organiser: b.Organiser, Guardian: pathway.Party{Name: b.Guardian, Relation: b.Relation, Phone: b.Phone}, Secretary: b.Secretary, Original: b.Original}}
		if err := s.Assessing.ChoosePathway(ctx, actor(ctx), application.ID(in.ID), c); err != nil {
			return nil, failed(ctx, err)
		}
		return s.pathway(ctx, &applicationPath{ID: in.ID})
	})
	huma.Register(a, op("remote", http.MethodGet, "applications/{id}/remote", "Read what a remote assessment rests on"), s.remote)
	huma.Register(a, op("remote-consent", http.MethodPost, "applications/{id}/remote/consent", "Record the consent to evidence, or that it is taken back"), func(ctx context.Context, in *struct {
		ID   string `path:"id" maxLength:"36"`
		Body consentText
	}) (*body[RemoteCase], error) {
		b, id := in.Body, application.ID(in.ID)
		if b.Withdraw {
			return s.remoteAfter(ctx, applicationPath{ID: in.ID}, s.Assessing.WithdrawConsent(ctx, actor(ctx), id))
		}
		return s.remoteAfter(ctx, applicationPath{ID: in.ID}, s.Assessing.TakeConsent(ctx, actor(ctx), id, evidence.Consent{Giver: evidence.Giver(b.Giver), Name: b.Name, Manner: evidence.Manner(b.Manner), Video: b.Video}))
	})
	large := op("remote-evidence", http.MethodPost, "applications/{id}"+evidencePath, "Add a piece of evidence")
	large.MaxBodyBytes, large.BodyReadTimeout = evidenceLimit, -1 // the door has the time
	huma.Register(a, large, s.evidenceAdd)
	huma.Register(a, op("remote-ask", http.MethodPost, "applications/{id}/remote/ask", "Send the case back to the township for more evidence"), func(ctx context.Context, in *struct {
		ID   string `path:"id" maxLength:"36"`
		Body wordsText
	}) (*struct{}, error) {
		if err := s.Assessing.AskEvidence(ctx, actor(ctx), application.ID(in.ID), in.Body.Text); err != nil {
			return nil, failed(ctx, err)
		}
		return nil, nil
	})
	huma.Register(a, op("remote-answer", http.MethodPost, "applications/{id}/remote/answer", "Answer what the doctor asked for"), func(ctx context.Context, in *struct {
		ID   string `path:"id" maxLength:"36"`
		Body wordsText
	}) (*body[RemoteCase], error) {
		return s.remoteAfter(ctx, applicationPath{ID: in.ID}, s.Assessing.AnswerEvidence(ctx, actor(ctx), application.ID(in.ID), in.Body.Text))
	})
}

func (s *Server) evidenceAdd(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"36"`
	Body evidenceText
}) (*body[RemoteCase], error) {
	b := in.Body
	_, err := s.Casework.AddEvidence(ctx, actor(ctx), application.ID(in.ID), casework.Piece{Name: b.Name, Content: bytes.NewReader(b.Content),
		Item: evidence.Item{Kind: evidence.Kind(b.Kind), Taken: b.Taken, Detail: evidence.Detail{Shows: b.Shows, Taker: b.Taker}}})
	return s.remoteAfter(ctx, applicationPath{ID: in.ID}, err)
}

func (s *Server) pathwayList(ctx context.Context, in *pathwayQuery) (*body[list[PathwayLine]], error) {
	l, err := s.Assessing.Pathways(ctx, actor(ctx), assessing.PathwayFilter{Region: region.Code(in.Region), Path: pathway.Path(in.Path), Open: in.Open, After: application.ID(in.After), Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[PathwayLine]]{list[PathwayLine]{Items: []PathwayLine{}, Next: string(l.Next)}}
	for _, x := range l.Lines {
		out.Body.Items = append(out.Body.Items, PathwayLine{string(x.Case.Application.ID), x.Person.Name, string(x.Person.Region), string(x.Path), string(x.Case.Application.State), x.Asked})
	}
	return out, nil
}

func (s *Server) pathway(ctx context.Context, in *applicationPath) (*body[Pathway], error) {
	p, err := s.Assessing.Pathway(ctx, actor(ctx), application.ID(in.ID))
	if err != nil {
		return nil, failed(ctx, err)
	}
	w := p.Way
	return &body[Pathway]{Pathway{in.ID, string(w.Path), string(p.Proposed.Path), p.Proposed.Basis, w.Reason, w.Organiser, w.Guardian.Name, w.Guardian.Relation, w.Secretary, w.Original,
		lacking(p.Needs), w.Version}}, nil
}

// lacking is what is still to be done, in words.
func lacking(all []pathway.Need) []string {
	out := []string{}
	for _, n := range pathway.Lacking(all) {
		out = append(out, assessing.NeedText(n))
	}
	return out
}

// remoteAfter is what a remote assessment rests on after an act that gave err.
func (s *Server) remoteAfter(ctx context.Context, in applicationPath, err error) (*body[RemoteCase], error) {
	if err != nil {
		return nil, failed(ctx, err)
	}
	return s.remote(ctx, &in)
}

func (s *Server) remote(ctx context.Context, in *applicationPath) (*body[RemoteCase], error) {
	r, err := s.Assessing.Remote(ctx, actor(ctx), application.ID(in.ID))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := RemoteCase{Consent: r.Way.Consent.Holds(), Evidence: []Evidence{}, Requests: []EvidenceRequest{}, Lacking: lacking(r.Needs)}
	if c := r.Way.Consent; c != nil {
		out.Giver, out.Video = string(c.Giver), c.Video
	}
	for _, i := range r.Items {
		out.Evidence = append(out.Evidence, Evidence{string(i.Attachment), string(i.Kind), i.Shows, i.Taker, i.Taken, i.Received, i.File.Hash, i.File.Size, i.Call != ""})
	}
	for _, q := range r.Requests {
		e := EvidenceRequest{Asked: q.Asked, Doctor: q.Doctor, Hospital: q.Hospital, Reason: q.Reason, Reply: q.Reply}
		if !q.Open() {
			e.Answered = &q.Answered
		}
		out.Requests = append(out.Requests, e)
	}
	return &body[RemoteCase]{out}, nil
}
