package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Application is a case as programs see it; numbers are masked, as on every list.
type Application struct {
	ID        string   `json:"id"`
	Number    string   `json:"no" doc:"number on the acceptance slip"`
	Region    string   `json:"region" doc:"12-digit code of the village"`
	Place     string   `json:"place" doc:"name of the place, from the province down"`
	Matter    string   `json:"matter" enum:"new,renew,replace,update,reissue,regrade,move,cancel,check"`
	State     string   `json:"state"`
	StateName string   `json:"state_name"`
	Since     day.Day  `json:"since" doc:"day on which it came into this state"`
	Due       day.Day  `json:"due" doc:"last day for the next step; empty for none"`
	Opened    day.Day  `json:"opened"`
	Accepted  day.Day  `json:"accepted"`
	Approved  day.Day  `json:"approved"`
	Wanted    []string `json:"wanted" doc:"categories asked for, 1 to 6"`
	Category  string   `json:"category" doc:"as concluded, 1 to 7"`
	Level     string   `json:"level" doc:"as concluded, 1 the most severe to 4"`
	Cause     string   `json:"cause" doc:"why a cancellation is asked for"`
	Stated    string   `json:"stated" doc:"what the applicant states"`
	Target    string   `json:"target" doc:"where a certificate that moves goes to"`
	Home      string   `json:"home" doc:"the county of registration, when that one decides"`
	Session   string   `json:"session"`
	Notice    string   `json:"notice"`
	Batch     string   `json:"batch"`
	Person    Person   `json:"person"`
	Aids      []string `json:"aids" doc:"what the applicant needs on the day"`
	AidsAs    int      `json:"aids_version" doc:"their version"`
	Steps     []string `json:"steps" doc:"acts that this account may do now"`
	Timeline  []Event  `json:"timeline"`
	Version   int      `json:"version"`
}

// Event is one line of a case's course.
type Event struct {
	At      time.Time `json:"at"`
	Act     string    `json:"act"`
	ActName string    `json:"act_name"`
	By      string    `json:"by"`
	Role    string    `json:"role"`
	Note    string    `json:"note"`
}

func applicationOf(f casework.File) Application {
	a := f.Case.Application
	out := Application{ID: string(a.ID), Number: a.No, Region: string(a.Region), Place: f.Place, Matter: string(a.Matter), State: string(a.State),
		StateName: lang.T(a.State.Word()), Since: a.Since, Due: a.Due, Opened: a.Opened, Accepted: a.Accepted, Approved: a.Approved,
		Wanted: texts(a.Wanted), Category: string(a.Category), Level: string(a.Level), Cause: string(a.Cause), Stated: a.Stated, Target: string(a.Target), Home: string(a.Home), Session: a.Session, Notice: a.Notice, Batch: a.Batch,
		Person: personOf(f.Person), Aids: texts(f.Aids.All), AidsAs: f.Aids.Version, Steps: texts(f.Steps), Version: a.Version, Timeline: []Event{}}
	for _, l := range f.Timeline {
		out.Timeline = append(out.Timeline, Event{l.At, string(l.Act), lang.T(l.Act.Word()), l.Name, string(l.Role), l.Note})
	}
	return out
}

// texts is a list of words of any kind as plain strings, never null.
func texts[T ~string](all []T) []string {
	out := make([]string, 0, len(all))
	for _, s := range all {
		out = append(out, string(s))
	}
	return out
}

// body is one answer with its JSON.
type body[T any] struct{ Body T }

// applicationPath is the address of one case.
type applicationPath struct {
	ID string `path:"id" doc:"id of the case"`
}

// opening is a new case as programs send it.
type opening struct {
	Body struct {
		Person personInput `json:"person"`
		Matter string      `json:"matter" enum:"new,renew,replace,update,reissue,regrade,move,cancel,check" doc:"all but new are about the person's only certificate"`
		Wanted []string    `json:"wanted,omitempty" doc:"categories asked for, 1 to 6; empty for those of the old certificate"`
		Cause  string      `json:"cause,omitempty" enum:",death,recovered,wish,gone,fraud,unmoved,unrenewed,twice" doc:"for cancel: why"`
		Stated string      `json:"stated,omitempty" maxLength:"2000" doc:"for update, reissue, regrade, cancel and check: what happened and why"`
		Target string      `json:"target,omitempty" maxLength:"12" doc:"for move: code of the county, township or village that it goes to"`
		Home   string      `json:"home,omitempty" maxLength:"12" doc:"for somebody who lives here and is registered in another county: its six-digit code"`
	}
}

// applications puts the operations on cases on the API.
func (s *Server) applications(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "application-open", Method: http.MethodPost, Path: "/api/v1/applications", Tags: []string{"applications"},
		Summary: "Open an application", DefaultStatus: http.StatusCreated}, s.applicationOpen)
	huma.Register(a, huma.Operation{OperationID: "application-read", Method: http.MethodGet, Path: "/api/v1/applications/{id}", Tags: []string{"applications"},
		Summary: "Read an application with its timeline"}, func(ctx context.Context, in *applicationPath) (*body[Application], error) {
		return s.applicationRead(ctx, application.ID(in.ID))
	})
	s.applicationActs(a)
	s.caseLetters(a)
}

func (s *Server) applicationOpen(ctx context.Context, in *opening) (*body[Application], error) {
	o := casework.Opening{Person: in.Body.Person.person(), Request: application.Request{Matter: application.Matter(in.Body.Matter),
		Origin: application.Remote, Cause: certificate.Reason(in.Body.Cause), Stated: in.Body.Stated, Target: region.Code(in.Body.Target), Home: region.Code(in.Body.Home)}}
	for _, c := range in.Body.Wanted {
		o.Wanted = append(o.Wanted, certificate.Category(c))
	}
	id, err := s.Casework.OpenApplication(ctx, actor(ctx), o)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return s.applicationRead(ctx, id)
}

func (s *Server) applicationRead(ctx context.Context, id application.ID) (*body[Application], error) {
	f, err := s.Casework.Application(ctx, actor(ctx), id)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Application]{applicationOf(f)}, nil
}

// Person is a person as programs see them; numbers are masked.
type Person struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Number string  `json:"number" doc:"identity number, masked"`
	Sex    string  `json:"sex" enum:"male,female"`
	Birth  day.Day `json:"birth"`
	Region string  `json:"region"`
	Phone  string  `json:"phone" doc:"masked"`
	Poor   bool    `json:"poor" doc:"household on file as poor"`
}

func personOf(p person.Person) Person {
	return Person{string(p.ID), p.Name, p.Number.Masked(), string(p.Sex), p.Birth, string(p.Region), person.MaskedPhone(p.Phone), p.Poor}
}

// personInput is a person as programs send them; sex and birth date come from the number.
type personInput struct {
	Name             string `json:"name" maxLength:"200"`
	Number           string `json:"number" doc:"identity number, 18 positions" maxLength:"40"`
	Region           string `json:"region" doc:"12-digit code of the village of registration" maxLength:"12"`
	Nation           string `json:"nation,omitempty" maxLength:"60"`
	Address          string `json:"address,omitempty" maxLength:"600"`
	Phone            string `json:"phone,omitempty" maxLength:"40"`
	Guardian         string `json:"guardian,omitempty" maxLength:"200"`
	GuardianRelation string `json:"guardian_relation,omitempty" maxLength:"60"`
	GuardianPhone    string `json:"guardian_phone,omitempty" maxLength:"40"`
	Poor             bool   `json:"poor,omitempty"`
}

func (p personInput) person() person.Person {
	return person.Person{Name: p.Name, Number: person.Number(p.Number), Region: region.Code(p.Region), Nation: p.Nation, Address: p.Address, Phone: p.Phone,
		Guardian: person.Guardian{Name: p.Guardian, Relation: p.GuardianRelation, Phone: p.GuardianPhone}, Poor: p.Poor}
}
