package api

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/day"
	"hefa/internal/fieldwork"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/statement"
)

const statementsPath = "/api/v1/statements"

// Statement is a numbered paper that is signed outside of a case.
type Statement struct {
	ID       string   `json:"id"`
	Issue    string   `json:"issue" doc:"the first paper of the same printing"`
	Region   string   `json:"region"`
	No       string   `json:"no" doc:"also the text of the code on it"`
	Kind     string   `json:"kind" enum:"survey,waiver,pledge"`
	Signer   string   `json:"signer"`
	Post     string   `json:"post"`
	State    string   `json:"state" enum:"out,back,revoked,void"`
	Printed  day.Day  `json:"printed"`
	Received day.Day  `json:"received"`
	Pages    int      `json:"pages"`
	People   []string `json:"people,omitempty" doc:"ids of who is on it, when one paper is read"`
}

func statementOf(s statement.Statement) Statement {
	return Statement{ID: string(s.ID), Issue: string(s.Issue), Region: string(s.Region), No: s.No, Kind: string(s.Kind), Signer: s.Signer, Post: s.Post, State: string(s.State), Printed: s.Printed,
		Received: s.Received, Pages: s.Pages}
}

type statementQuery struct {
	Region string `query:"region" maxLength:"12"`
	Kind   string `query:"kind" enum:"survey,waiver,pledge"`
	State  string `query:"state" enum:"out,back,revoked,void"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"100"`
}

type statementIssuing struct {
	Body struct {
		Kind   string `json:"kind" enum:"survey,waiver,pledge"`
		Region string `json:"region,omitempty" maxLength:"12" doc:"township or village that the papers are for"`
		Person string `json:"person,omitempty" maxLength:"64" doc:"for somebody in the register; a survey is of their household"`
		Count  int    `json:"count,omitempty" doc:"papers; one for a person" default:"1"`
		Signer string `json:"signer,omitempty" maxLength:"80" doc:"of a pledge"`
		Post   string `json:"post,omitempty" maxLength:"120"`
	}
}

// StatementPath is where an operation on one paper is.
type StatementPath struct {
	ID string `path:"id" maxLength:"64"`
}

// StatementProof asks for the scan of a signed paper.
type StatementProof struct {
	StatementPath
	Reason string `query:"reason" maxLength:"800" doc:"why it is read; stands in the audit"`
}

type statementNaming struct {
	StatementPath
	Body struct {
		Number string `json:"number" maxLength:"40" doc:"identity number of somebody on the paper"`
	}
}

type statementEnding struct {
	StatementPath
	Body struct {
		Do     string `json:"do" enum:"spoil,revoke"`
		Reason string `json:"reason" maxLength:"400"`
	}
}

// statements puts numbered papers on the API.
func (s *Server) statements(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: statementsPath + path, Tags: []string{"statements"}, Summary: summary}
	}
	huma.Register(a, op("statement-list", http.MethodGet, "", "List numbered papers that are signed outside of a case, the newest first"), s.statementList)
	issuing := op("statement-issue", http.MethodPost, "", "Number papers that are to be printed")
	issuing.DefaultStatus = http.StatusCreated
	huma.Register(a, issuing, s.statementIssue)
	huma.Register(a, op("statement-read", http.MethodGet, "/{id}", "Read a paper"), func(ctx context.Context, in *StatementPath) (*body[Statement], error) {
		return s.statementRead(ctx, statement.ID(in.ID))
	})
	huma.Register(a, op("statement-forms", http.MethodGet, "/{id}/forms", "Print what of a printing is still out (PDF)"), func(ctx context.Context, in *StatementPath) (*letters, error) {
		var b bytes.Buffer
		if err := s.Fieldwork.WriteStatements(ctx, actor(ctx), statement.ID(in.ID), &b); err != nil {
			return nil, failed(ctx, err)
		}
		return &letters{"application/pdf", b.Bytes()}, nil
	})
	huma.Register(a, op("statement-proof", http.MethodGet, "/{id}/proof", "Read the scan of a signed paper"), s.statementProof)
	huma.Register(a, op("statement-name", http.MethodPost, "/{id}/people", "Say who is on a paper that was filled in by hand"), func(ctx context.Context, in *statementNaming) (*body[Statement], error) {
		id := statement.ID(in.ID)
		if err := s.Fieldwork.NameOnStatement(ctx, actor(ctx), id, person.Number(in.Body.Number)); err != nil {
			return nil, failed(ctx, err)
		}
		return s.statementRead(ctx, id)
	})
	huma.Register(a, op("statement-off", http.MethodPost, "/{id}/people/{named}/off", "Take somebody off a paper who was named on it wrongly"), s.statementOff)
	huma.Register(a, op("statement-end", http.MethodPost, "/{id}/end", "End a paper that will not come back, or revoke a signed waiver"), func(ctx context.Context, in *statementEnding) (*body[Statement], error) {
		id, end := statement.ID(in.ID), s.Fieldwork.SpoilStatement
		if in.Body.Do == "revoke" {
			end = s.Fieldwork.RevokeStatement
		}
		if err := end(ctx, actor(ctx), id, in.Body.Reason); err != nil {
			return nil, failed(ctx, err)
		}
		return s.statementRead(ctx, id)
	})
}

func (s *Server) statementList(ctx context.Context, in *statementQuery) (*body[list[Statement]], error) {
	all, more, err := s.Fieldwork.Statements(ctx, actor(ctx), fieldwork.StatementFilter{Region: region.Code(in.Region), Kind: statement.Kind(in.Kind), State: statement.State(in.State), After: statement.ID(in.After), Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Statement]]{list[Statement]{Items: []Statement{}}}
	for _, x := range all {
		out.Body.Items = append(out.Body.Items, statementOf(x))
	}
	if more {
		out.Body.Next = string(all[len(all)-1].ID)
	}
	return out, nil
}

func (s *Server) statementIssue(ctx context.Context, in *statementIssuing) (*body[Statement], error) {
	b := in.Body
	id, err := s.Fieldwork.IssueStatements(ctx, actor(ctx), statement.Order{Kind: statement.Kind(b.Kind), Region: region.Code(b.Region), Person: person.ID(b.Person), Count: b.Count, Signer: b.Signer, Post: b.Post})
	if err != nil {
		return nil, failed(ctx, err)
	}
	return s.statementRead(ctx, id)
}

func (s *Server) statementRead(ctx context.Context, id statement.ID) (*body[Statement], error) {
	x, err := s.Fieldwork.Statement(ctx, actor(ctx), id)
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := statementOf(x.Statement)
	for _, p := range x.People {
		out.People = append(out.People, string(p.ID))
	}
	return &body[Statement]{out}, nil
}

func (s *Server) statementOff(ctx context.Context, in *struct {
	StatementPath
	Named string `path:"named" maxLength:"64" doc:"the person"`
	Body  struct {
		Reason string `json:"reason" maxLength:"400"`
	}
}) (*body[Statement], error) {
	if err := s.Fieldwork.TakeOffStatement(ctx, actor(ctx), statement.ID(in.ID), person.ID(in.Named), in.Body.Reason); err != nil {
		return nil, failed(ctx, err)
	}
	return s.statementRead(ctx, statement.ID(in.ID))
}

func (s *Server) statementProof(ctx context.Context, in *StatementProof) (*letters, error) {
	kind, content, err := s.Fieldwork.StatementProof(ctx, actor(ctx), statement.ID(in.ID), in.Reason)
	if err != nil {
		return nil, failed(ctx, err)
	}
	defer content.Close() // it was only read
	all, err := io.ReadAll(content)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &letters{kind, all}, nil
}
