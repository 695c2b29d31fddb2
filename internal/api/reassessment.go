package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/appeal"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/casework"
	"hefa/internal/day"
	"hefa/internal/org"
	"hefa/internal/reassessment"
	"hefa/internal/staff"
)

// Reassessment is an examination by other doctors, as they see it: nothing of the case but whom they examine for what.
type Reassessment struct {
	ID       string    `json:"id"`
	State    string    `json:"state" enum:"ordered,signed,done,decided"`
	Day      day.Day   `json:"day" doc:"from which day on findings are taken"`
	Name     string    `json:"name"`
	Number   string    `json:"number" doc:"identity number, masked"`
	Birth    day.Day   `json:"birth"`
	Wanted   []string  `json:"wanted"`
	Doctors  []string  `json:"doctors" doc:"names of those who are named for it"`
	Findings []finding `json:"findings"`
	Awaits   []string  `json:"awaits" doc:"categories for which a second doctor has not signed"`
	Returned string    `json:"returned" doc:"why it was sent back"`
	Version  int       `json:"version"`
}

func reassessmentOf(r reassessment.Reassessment) Reassessment {
	out := Reassessment{ID: string(r.ID), State: string(r.State), Day: r.Day, Name: r.Examinee.Name, Number: r.Examinee.Number.Masked(), Birth: r.Examinee.Birth, Returned: r.Reason,
		Wanted: []string{}, Doctors: []string{}, Findings: []finding{}, Awaits: []string{}, Version: r.Version}
	for _, c := range r.Wanted {
		out.Wanted = append(out.Wanted, string(c))
	}
	for _, d := range r.Doctors {
		out.Doctors = append(out.Doctors, d.Name)
	}
	for _, f := range r.Conclusion.Findings {
		out.Findings = append(out.Findings, finding{string(f.Category), f.Meets, string(f.Level), f.Findings, f.Cause, f.Values, f.Reason})
	}
	for _, c := range r.Conclusion.Awaits() {
		out.Awaits = append(out.Awaits, string(c))
	}
	return out
}

type reassessmentPath struct {
	ID string `path:"id" maxLength:"36"`
}

type reassessmentInput struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Findings []finding `json:"findings"`
		On       day.Day   `json:"on,omitempty" doc:"day of the examination; empty for today"`
		Version  int       `json:"version,omitempty" doc:"as it was read; 0 does not ask"`
	}
}

func (in reassessmentInput) conclusion() assessment.Conclusion {
	c := examining{Findings: in.Body.Findings, On: in.Body.On}.conclusion()
	c.Version = in.Body.Version
	return c
}

type reassessmentReturn struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason" maxLength:"2000"`
	}
}

type reassessmentOrder struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Hospital string   `json:"hospital" maxLength:"36"`
		Doctors  []string `json:"doctors" doc:"accounts, at least two for each category"`
		Day      day.Day  `json:"day" doc:"on which the person is to come"`
		Reason   string   `json:"reason,omitempty" maxLength:"2000" doc:"wanted for a check that nobody appealed for"`
	}
}

type reassessmentRuling struct {
	ID     string `path:"id" maxLength:"36"`
	Appeal string `path:"appeal" maxLength:"36"`
	Body   struct {
		Do   string `json:"do" enum:"adopt,uphold,drop" doc:"take the second result, let the first stand, or give the examination up"`
		Text string `json:"text" maxLength:"2000" doc:"opinion, or why it is given up"`
	}
}

// reassessments puts the operations on re-assessments on the API.
func (s *Server) reassessments(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1" + path, Tags: []string{"applications"}, Summary: summary}
	}
	huma.Register(a, op("reassessment-list", http.MethodGet, "/reassessments", "List the re-assessments for which the doctor is named"), s.reassessmentList)
	huma.Register(a, op("reassessment-read", http.MethodGet, "/reassessments/{id}", "Read a re-assessment, as blind as its page"), s.reassessmentRead)
	huma.Register(a, op("reassessment-keep", http.MethodPost, "/reassessments/{id}/keep", "Keep findings that nobody has signed"), func(ctx context.Context, in *reassessmentInput) (*body[Reassessment], error) {
		return s.reassessmentAfter(ctx, in.ID, s.Assessing.KeepReassessment(ctx, actor(ctx), reassessment.ID(in.ID), in.conclusion()))
	})
	huma.Register(a, op("reassessment-sign", http.MethodPost, "/reassessments/{id}/sign", "Sign first"), func(ctx context.Context, in *reassessmentInput) (*body[Reassessment], error) {
		return s.reassessmentAfter(ctx, in.ID, s.Assessing.SignReassessment(ctx, actor(ctx), reassessment.ID(in.ID), in.conclusion()))
	})
	huma.Register(a, op("reassessment-countersign", http.MethodPost, "/reassessments/{id}/countersign", "Sign as the second doctor"), func(ctx context.Context, in *reassessmentPath) (*body[Reassessment], error) {
		return s.reassessmentAfter(ctx, in.ID, s.Assessing.CountersignReassessment(ctx, actor(ctx), reassessment.ID(in.ID)))
	})
	huma.Register(a, op("reassessment-return", http.MethodPost, "/reassessments/{id}/return", "Send the findings back with a reason"), func(ctx context.Context, in *reassessmentReturn) (*body[Reassessment], error) {
		return s.reassessmentAfter(ctx, in.ID, s.Assessing.ReturnReassessment(ctx, actor(ctx), reassessment.ID(in.ID), in.Body.Reason))
	})
	huma.Register(a, op("reassessment-order", http.MethodPost, "/applications/{id}/reassessments", "Have a person examined anew by named doctors of another hospital"), func(ctx context.Context, in *reassessmentOrder) (*body[list[Appeal]], error) {
		o := casework.Order{Hospital: org.ID(in.Body.Hospital), Day: in.Body.Day, Reason: in.Body.Reason}
		for _, d := range in.Body.Doctors {
			o.Doctors = append(o.Doctors, staff.ID(d))
		}
		return s.appealsAfter(ctx, in.ID, s.Casework.OrderReassessment(ctx, actor(ctx), application.ID(in.ID), o))
	})
	huma.Register(a, op("reassessment-rule", http.MethodPost, "/applications/{id}/appeals/{appeal}/reassessment", "Decide on what the named doctors signed, or give it up"), s.reassessmentRule)
}

func (s *Server) reassessmentList(ctx context.Context, _ *struct{}) (*body[list[Reassessment]], error) {
	all, err := s.Assessing.Reassessments(ctx, actor(ctx))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Reassessment]]{list[Reassessment]{Items: []Reassessment{}}}
	for _, r := range all {
		out.Body.Items = append(out.Body.Items, reassessmentOf(r))
	}
	return out, nil
}

func (s *Server) reassessmentRead(ctx context.Context, in *reassessmentPath) (*body[Reassessment], error) {
	b, err := s.Assessing.Reassessment(ctx, actor(ctx), reassessment.ID(in.ID))
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Reassessment]{reassessmentOf(b.Reassessment)}, nil
}

// reassessmentAfter is a re-assessment after an act that gave err.
func (s *Server) reassessmentAfter(ctx context.Context, id string, err error) (*body[Reassessment], error) {
	if err != nil {
		return nil, failed(ctx, err)
	}
	return s.reassessmentRead(ctx, &reassessmentPath{ID: id})
}

func (s *Server) reassessmentRule(ctx context.Context, in *reassessmentRuling) (*body[list[Appeal]], error) {
	by, of := actor(ctx), appeal.ID(in.Appeal)
	if in.Body.Do == "drop" {
		return s.appealsAfter(ctx, in.ID, s.Casework.DropReassessment(ctx, by, of, in.Body.Text))
	}
	return s.appealsAfter(ctx, in.ID, s.Casework.DecideReassessment(ctx, by, of, in.Body.Do == "adopt", in.Body.Text))
}
