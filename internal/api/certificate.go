package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/registry"
)

// Certificate is a certificate as programs see it; its number is masked, as on every list.
type Certificate struct {
	ID          string              `json:"id"`
	Number      string              `json:"number" doc:"20 positions, masked"`
	Category    string              `json:"category" doc:"1 to 7"`
	Level       string              `json:"level" doc:"1 the most severe to 4"`
	Grades      []certificate.Grade `json:"grades" doc:"each category with its level"`
	State       string              `json:"state" enum:"pending,valid,lost,frozen,moving,review,announced,cancelled,replaced"`
	Standing    string              `json:"standing" enum:"pending,valid,expiring,expired,lost,frozen,moving,review,announced,cancelled,replaced" doc:"the state with the expiry as of today"`
	Issued      day.Day             `json:"issued"`
	Expires     day.Day             `json:"expires" doc:"last valid day"`
	Issuer      string              `json:"issuer"`
	Region      string              `json:"region"`
	Application string              `json:"application" doc:"id of the case that it came from, empty for an imported one"`
	Previous    string              `json:"previous" doc:"id of the certificate before it"`
	Person      Person              `json:"person"`
	Since       day.Day             `json:"since" doc:"day on which it came into its state, empty when unknown"`
	Reason      string              `json:"reason" doc:"why it was cancelled"`
	Kind        string              `json:"kind" enum:"book,card"`
	Graded      string              `json:"graded" enum:",hospital,sight" doc:"how the level was found, empty when unknown"`
	Remarks     string              `json:"remarks"`
	Version     int                 `json:"version"`
}

func certificateOf(c certificate.Certificate, p person.Person, today day.Day) Certificate {
	if c.Grades == nil {
		c.Grades = []certificate.Grade{}
	}
	return Certificate{ID: string(c.ID), Number: c.Number.Masked(), Category: string(c.Category), Level: string(c.Level), Grades: c.Grades,
		State: string(c.State), Standing: string(c.Standing(today)), Issued: c.Issued, Expires: c.Expires, Issuer: c.Issuer, Region: string(c.Region),
		Application: c.Application, Previous: string(c.Previous), Since: c.Since, Reason: string(c.Reason),
		Kind: string(c.Kind), Graded: string(c.Graded), Remarks: c.Remarks, Person: personOf(p), Version: c.Version}
}

// list is one page of a list; next is what after takes for the page behind it.
type list[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next" doc:"pass as after for the next page; empty on the last"`
}

type certificateQuery struct {
	Region      string `query:"region" doc:"code of a county, township or village; empty for the account's own area" maxLength:"12"`
	ExpiresFrom string `query:"expires_from" format:"date" doc:"first day of expiry"`
	ExpiresTo   string `query:"expires_to" format:"date" doc:"last day of expiry"`
	State       string `query:"state" enum:"pending,valid,lost,frozen,moving,review,announced,cancelled,replaced"`
	Category    string `query:"category" enum:"1,2,3,4,5,6,7"`
	Level       string `query:"level" enum:"1,2,3,4"`
	Limit       int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After       string `query:"after" maxLength:"100"`
}

// certificates puts the operations on certificates on the API.
func (s *Server) certificates(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "certificate-list", Method: http.MethodGet, Path: "/api/v1/certificates", Tags: []string{"certificates"},
		Summary: "List certificates of an area by expiry"}, s.certificateList)
	huma.Register(a, huma.Operation{OperationID: "certificate-read", Method: http.MethodGet, Path: "/api/v1/certificates/{id}", Tags: []string{"certificates"},
		Summary: "Read a certificate"}, func(ctx context.Context, in *applicationPath) (*body[Certificate], error) {
		h, today, err := s.Registry.Holding(ctx, actor(ctx), certificate.ID(in.ID))
		if err != nil {
			return nil, failed(ctx, err)
		}
		return &body[Certificate]{certificateOf(h.Certificate, h.Person, today)}, nil
	})
	huma.Register(a, huma.Operation{OperationID: "certificate-restore", Method: http.MethodPost, Path: "/api/v1/certificates/{id}/restore", Tags: []string{"certificates"},
		Summary: "Let a frozen or lost certificate hold again, for a reason"}, func(ctx context.Context, in *struct {
		ID   string `path:"id" maxLength:"36"`
		Body reasoned
	}) (*struct{}, error) {
		if err := s.Registry.RestoreCertificate(ctx, actor(ctx), certificate.ID(in.ID), in.Body.Reason); err != nil {
			return nil, failed(ctx, err)
		}
		return nil, nil
	})
	huma.Register(a, huma.Operation{OperationID: "certificate-verify", Method: http.MethodPost, Path: "/api/v1/certificates/verify", Tags: []string{"certificates"},
		Summary: "Check the code of a card in hand"}, s.certificateVerify)
}

// Verified is what the code of a card says, and whether the certificate holds today.
type Verified struct {
	Holds    bool   `json:"holds"`
	Pending  bool   `json:"pending" doc:"it is made, and was not handed over yet"`
	Name     string `json:"name"`
	Number   string `json:"number"`
	Sex      string `json:"sex"`
	Birth    string `json:"birth"`
	Category string `json:"category"`
	Level    string `json:"level"`
	Issued   string `json:"issued"`
	Expires  string `json:"expires"`
	Issuer   string `json:"issuer"`
}

func (s *Server) certificateVerify(ctx context.Context, in *struct {
	Body struct {
		Code string `json:"code" maxLength:"3000" doc:"the text of the QR code on the card"`
	}
}) (*body[Verified], error) {
	v, err := s.Records.Verify(ctx, actor(ctx), in.Body.Code)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Verified]{Verified{v.Holds, v.Pending, v.Name, string(v.Number), v.Sex, string(v.Birth), v.Category, string(v.Level), string(v.Issued), string(v.Expires), v.Issuer}}, nil
}

func (s *Server) certificateList(ctx context.Context, in *certificateQuery) (*body[list[Certificate]], error) {
	l, err := s.Registry.Certificates(ctx, actor(ctx), registry.CertificateFilter{Region: region.Code(in.Region), From: day.Day(in.ExpiresFrom),
		To: day.Day(in.ExpiresTo), State: certificate.State(in.State), Category: certificate.Category(in.Category), Level: certificate.Level(in.Level),
		After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Certificate]]{list[Certificate]{Items: []Certificate{}, Next: l.Next}}
	for _, h := range l.Holders {
		out.Body.Items = append(out.Body.Items, certificateOf(h.Certificate, h.Person, l.Today))
	}
	return out, nil
}

type peopleQuery struct {
	Q           string `query:"q" doc:"a name or a part of it of two characters or more, its initials or pinyin, a whole identity, certificate, telephone or slip number, or the beginning of a village's name" maxLength:"100"`
	Region      string `query:"region" maxLength:"12"`
	AgeMin      int    `query:"age_min" minimum:"0" maximum:"150" doc:"full years today, 0 is any"`
	AgeMax      int    `query:"age_max" minimum:"0" maximum:"150" doc:"full years today, 0 is any"`
	Poor        bool   `query:"poor" doc:"poor households only"`
	State       string `query:"state" enum:"pending,valid,lost,frozen,moving,review,announced,cancelled,replaced" doc:"of a certificate of theirs"`
	Category    string `query:"category" enum:"1,2,3,4,5,6,7" doc:"of the same certificate"`
	Level       string `query:"level" enum:"1,2,3,4" doc:"of the same certificate"`
	ExpiresFrom string `query:"expires_from" format:"date" doc:"of the same certificate"`
	ExpiresTo   string `query:"expires_to" format:"date" doc:"of the same certificate"`
	Limit       int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After       string `query:"after" maxLength:"100"`
}

// filter is the query as the desk takes it.
func (q *peopleQuery) filter() registry.PeopleFilter {
	return registry.PeopleFilter{Region: region.Code(q.Region), Q: q.Q, AgeMin: q.AgeMin, AgeMax: q.AgeMax, Poor: q.Poor, State: certificate.State(q.State),
		Category: certificate.Category(q.Category), Level: certificate.Level(q.Level), From: day.Day(q.ExpiresFrom), To: day.Day(q.ExpiresTo),
		After: person.ID(q.After), Limit: q.Limit}
}

// FoundPerson is somebody whom a search found.
type FoundPerson struct {
	Person
	Formerly bool `json:"formerly" doc:"the number that was looked for is the one before a correction; number is the one now"`
}

// people puts the operations on people on the API.
func (s *Server) people(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "person-search", Method: http.MethodGet, Path: "/api/v1/people", Tags: []string{"people"},
		Summary: "Search people"}, func(ctx context.Context, in *peopleQuery) (*body[list[FoundPerson]], error) {
		found, err := s.Registry.SearchPeople(ctx, actor(ctx), in.filter())
		if err != nil {
			return nil, failed(ctx, err)
		}
		out := &body[list[FoundPerson]]{list[FoundPerson]{Items: []FoundPerson{}, Next: string(found.Next)}}
		for _, p := range found.People {
			out.Body.Items = append(out.Body.Items, FoundPerson{personOf(p), found.Formerly(p)})
		}
		return out, nil
	})
}
