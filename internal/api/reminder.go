package api

import (
	"bytes"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
)

// Reminder is a letter with a slip as programs see it; numbers are masked, as on every list.
type Reminder struct {
	ID        string  `json:"id"`
	Number    string  `json:"no" doc:"number on the letter and in the QR code of its slip"`
	Region    string  `json:"region"`
	Kind      string  `json:"kind" enum:"flow,renew,review"`
	Step      string  `json:"step" doc:"months before expiry for renew, else the day on which it was made"`
	State     string  `json:"state" enum:"made,sent,received,kept,stopped"`
	StateName string  `json:"state_name"`
	Made      day.Day `json:"made"`
	Channel   string  `json:"channel" enum:",hand,post,sms,phone,read"`
	Sent      day.Day `json:"sent"`
	Received  day.Day `json:"received" doc:"day on the slip"`
	Promised  day.Day `json:"promised" doc:"day by which the person promised to apply"`
	Due       day.Day `json:"due" doc:"last day for what the letter asks; empty until the slip sets it"`
	Overdue   bool    `json:"overdue"`
	Signer    string  `json:"signer" enum:",self,guardian,refused"`
	Reason    string  `json:"reason" doc:"why the person does not come, as this letter or an earlier open one says"`
	Offer     string  `json:"offer" doc:"what the office can do about it"`
	Urges     int     `json:"urges" doc:"attempts to win the person over since it was made"`
	Urged     day.Day `json:"urged"`
	Expires   day.Day `json:"expires" doc:"last day of the certificate, empty without one"`
	Person    Person  `json:"person"`
	Version   int     `json:"version"`
}

func reminderOf(r renewing.Reminded, today day.Day) Reminder {
	n := r.Reminder
	out := Reminder{ID: string(n.ID), Number: n.No, Region: string(n.Region), Kind: string(n.Kind), Step: n.Step, State: string(n.State), StateName: lang.T(n.State.Word()),
		Made: n.Made, Channel: string(n.Channel), Sent: n.Sent, Received: n.Received, Promised: n.Promised, Due: n.Due, Overdue: n.Overdue(today), Signer: string(n.Signer),
		Reason: string(r.Why), Urges: n.Urges, Urged: n.Urged, Expires: r.Expires, Person: personOf(r.Person), Version: n.Version}
	if r.Why != "" {
		out.Offer = string(r.Why.Offer())
	}
	return out
}

// ReminderQuery is which letters are wanted.
type ReminderQuery struct {
	Region   string `query:"region" maxLength:"12" doc:"code of a county, township or village; empty for the account's own area"`
	Kind     string `query:"kind" enum:"flow,renew,review"`
	State    string `query:"state" enum:"made,sent,received,kept,stopped"`
	Step     string `query:"step" maxLength:"10"`
	Reason   string `query:"reason" maxLength:"20" doc:"unsaid for those of whom nobody knows one"`
	Overdue  bool   `query:"overdue"`
	Promised bool   `query:"promised"`
	Awaited  bool   `query:"awaited" doc:"only who is still awaited, each once"`
	Limit    int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After    string `query:"after" maxLength:"100"`
}

func (q ReminderQuery) filter() renewing.Filter {
	return renewing.Filter{Region: region.Code(q.Region), Kind: reminder.Kind(q.Kind), State: reminder.State(q.State), Step: q.Step, Reason: reminder.Reason(q.Reason),
		Overdue: q.Overdue, Promised: q.Promised, Open: q.Awaited, Latest: q.Awaited, After: q.After, Limit: q.Limit}
}

// reminderMaking is a letter as it is ordered by hand.
type reminderMaking struct {
	Body struct {
		Person string `json:"person" doc:"id of the person"`
		Kind   string `json:"kind" enum:"flow,review" doc:"flow for somebody without a certificate, review for a holder"`
	}
}

type reminderSending struct {
	Channel string  `json:"channel" enum:"hand,post,sms,phone,read"`
	Sent    day.Day `json:"sent" doc:"day on which it went out"`
}

type reminderReceiving struct {
	Received day.Day `json:"received" doc:"day on the slip; the period of a review runs from it"`
	Promised day.Day `json:"promised,omitempty" doc:"wanted for flow"`
	Signer   string  `json:"signer" enum:"self,guardian,refused"`
	Witness  string  `json:"witness,omitempty" maxLength:"200" doc:"wanted when the slip was refused"`
	Proof    []byte  `json:"proof,omitempty" doc:"scan or photo of the slip, in base64"`
}

type reminderAnswering struct {
	Reason string `json:"reason" enum:"dead,moved,away,bedridden,alone,unaware,refuses,unreachable,other"`
	Remark string `json:"remark,omitempty" maxLength:"2000" doc:"wanted for other"`
}

// VillageStanding is how the letters of one village stand.
type VillageStanding struct {
	Region   string `json:"region"`
	Name     string `json:"name"`
	Made     int    `json:"made" doc:"to be handed over"`
	Sent     int    `json:"sent" doc:"slip awaited"`
	Received int    `json:"received"`
	Promised int    `json:"promised"`
	Overdue  int    `json:"overdue"`
	Kept     int    `json:"kept" doc:"the person came"`
	Stopped  int    `json:"stopped"`
}

// letters is a file with letters.
type letters struct {
	Type string `header:"Content-Type"`
	Body []byte
}

// reminders puts the operations on letters on the API.
func (s *Server) reminders(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1/reminders" + path, Tags: []string{"reminders"}, Summary: summary}
	}
	huma.Register(a, op("reminder-list", http.MethodGet, "", "List letters of an area by village"), s.reminderList)
	huma.Register(a, op("reminder-villages", http.MethodGet, "/villages", "Count the letters of each village by state"), s.reminderVillages)
	huma.Register(a, op("reminder-letters", http.MethodGet, "/letters.pdf", "Print the letters of an area by village behind a cover list; without a state only those that are awaited"), s.reminderLetters)
	huma.Register(a, op("reminder-files", http.MethodGet, "/letters.zip", "Print the same letters into a file each, in one archive"), s.reminderFiles)
	huma.Register(a, op("reminder-read", http.MethodGet, "/{id}", "Read a letter"), func(ctx context.Context, in *applicationPath) (*body[Reminder], error) {
		return s.reminderRead(ctx, reminder.ID(in.ID))
	})
	making := op("reminder-make", http.MethodPost, "", "Make a letter by hand")
	making.DefaultStatus = http.StatusCreated
	huma.Register(a, making, func(ctx context.Context, in *reminderMaking) (*body[Reminder], error) {
		id, err := s.Renewing.MakeReminder(ctx, actor(ctx), person.ID(in.Body.Person), reminder.Kind(in.Body.Kind))
		if err != nil {
			return nil, failed(ctx, err)
		}
		return s.reminderRead(ctx, id)
	})
	huma.Register(a, op("reminder-reasons", http.MethodGet, "/reasons", "Count who is still awaited by reason, for each township of a county or village of a township"), s.reminderReasons)
	huma.Register(a, op("reminder-year", http.MethodGet, "/year", "Count the certificates that end in each month of the next year, with a forecast"), s.reminderYear)
	s.slips(a)
	s.reminderActs(a)
}

// Expiring is how many certificates of a township end in each of the next twelve months.
type Expiring struct {
	Region string         `json:"region"`
	Name   string         `json:"name"`
	Months map[string]int `json:"months" doc:"YYYY-MM to the number that end"`
	Total  int            `json:"total"`
	Lost   int            `json:"lost" doc:"forecast at the rate of the year before; -1 when nothing can be told"`
}

// ExpiringYear is the townships, with the holding rate of a county.
type ExpiringYear struct {
	Items   []Expiring `json:"items"`
	Outlook *Outlook   `json:"holding,omitempty" doc:"of a whole county that has set an estimate of its disabled people"`
}

// Outlook is the holding rate of a county now and in a year, in per cent of the estimated disabled people.
type Outlook struct {
	Estimated int      `json:"estimated"`
	Holders   int      `json:"holders"`
	Ending    int      `json:"ending" doc:"holders whose certificate has run out or will within the year"`
	Now       float64  `json:"now"`
	Unrenewed float64  `json:"unrenewed" doc:"in a year if nobody renews"`
	Expected  *float64 `json:"expected,omitempty" doc:"in a year at the share of renewing of the year before; missing when nothing can be told"`
}

func (s *Server) reminderYear(ctx context.Context, in *struct {
	Region string `query:"region" maxLength:"12"`
}) (*body[ExpiringYear], error) {
	y, err := s.Renewing.Year(ctx, actor(ctx), region.Code(in.Region))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[ExpiringYear]{ExpiringYear{Items: []Expiring{}}}
	if o := y.Outlook; o.Estimated > 0 {
		out.Body.Outlook = &Outlook{Estimated: o.Estimated, Holders: o.Holders, Ending: o.Ending, Now: o.Now(), Unrenewed: o.Unrenewed()}
		if rate, known := o.Expected(); known {
			out.Body.Outlook.Expected = &rate
		}
	}
	for _, l := range y.Towns {
		e := Expiring{string(l.Code), l.Name, map[string]int{}, l.Total, l.Lost}
		for i, n := range l.Counts {
			e.Months[y.Months[i]] = n
		}
		out.Body.Items = append(out.Body.Items, e)
	}
	return out, nil
}

// reminderAct is one operation on a letter: its last path element and what it does.
func reminderAct[B any](s *Server, a huma.API, name, summary string, do func(ctx context.Context, by access.Actor, id reminder.ID, b B) error) {
	type input struct {
		ID   string `path:"id" doc:"id of the letter"`
		Body B
	}
	huma.Register(a, huma.Operation{OperationID: "reminder-" + name, Method: http.MethodPost, Path: "/api/v1/reminders/{id}/" + name,
		Tags: []string{"reminders"}, Summary: summary}, func(ctx context.Context, in *input) (*body[Reminder], error) {
		id := reminder.ID(in.ID)
		if err := do(ctx, actor(ctx), id, in.Body); err != nil {
			return nil, failed(ctx, err)
		}
		return s.reminderRead(ctx, id)
	})
}

// reminderActs is one line an act, in the order of the course.
func (s *Server) reminderActs(a huma.API) {
	reminderAct(s, a, "send", "Note how the letter went out", func(ctx context.Context, by access.Actor, id reminder.ID, b reminderSending) error {
		return s.Renewing.SendReminders(ctx, by, []reminder.ID{id}, reminder.Channel(b.Channel), b.Sent)
	})
	reminderAct(s, a, "receive", "Take the slip in", func(ctx context.Context, by access.Actor, id reminder.ID, b reminderReceiving) error {
		slip := renewing.Slip{Receipt: reminder.Receipt{On: b.Received, Promised: b.Promised, Signer: reminder.Signer(b.Signer), Witness: b.Witness}}
		if len(b.Proof) > 0 {
			slip.File = bytes.NewReader(b.Proof)
		}
		return s.Renewing.ReceiveReminder(ctx, by, id, slip)
	})
	reminderAct(s, a, "answer", "Note why the person does not come", func(ctx context.Context, by access.Actor, id reminder.ID, b reminderAnswering) error {
		return s.Renewing.AnswerReminder(ctx, by, id, reminder.Reason(b.Reason), b.Remark)
	})
}

func (s *Server) reminderRead(ctx context.Context, id reminder.ID) (*body[Reminder], error) {
	f, err := s.Renewing.Reminder(ctx, actor(ctx), id)
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Reminder]{reminderOf(f.Reminded, f.Today)}, nil
}

func (s *Server) reminderList(ctx context.Context, in *ReminderQuery) (*body[list[Reminder]], error) {
	l, err := s.Renewing.Reminders(ctx, actor(ctx), in.filter())
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Reminder]]{list[Reminder]{Items: []Reminder{}, Next: l.Next}}
	for _, r := range l.Reminders {
		out.Body.Items = append(out.Body.Items, reminderOf(r, l.Today))
	}
	return out, nil
}

func (s *Server) reminderVillages(ctx context.Context, in *struct {
	Region string `query:"region" maxLength:"12"`
	Kind   string `query:"kind" enum:"flow,renew,review"`
}) (*body[list[VillageStanding]], error) {
	all, err := s.Renewing.Villages(ctx, actor(ctx), region.Code(in.Region), reminder.Kind(in.Kind))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[VillageStanding]]{list[VillageStanding]{Items: []VillageStanding{}}}
	for _, v := range all {
		out.Body.Items = append(out.Body.Items, VillageStanding{string(v.Village), v.Name, v.Made, v.Sent, v.Received, v.Promised, v.Overdue, v.Kept, v.Stopped})
	}
	return out, nil
}

// lettersQuery is which letters are wanted, and how they are to read.
type lettersQuery struct {
	ReminderQuery
	Reading string `query:"reading" enum:"large,easy" doc:"empty for the plan's own layout"`
}

func (s *Server) reminderLetters(ctx context.Context, in *lettersQuery) (*letters, error) {
	var b bytes.Buffer
	if _, err := s.Renewing.WriteReminders(ctx, actor(ctx), in.filter(), paper.Reading(in.Reading), &b); err != nil {
		return nil, failed(ctx, err)
	}
	return &letters{"application/pdf", b.Bytes()}, nil
}

func (s *Server) reminderFiles(ctx context.Context, in *lettersQuery) (*letters, error) {
	var b bytes.Buffer
	if _, err := s.Renewing.WriteReminderFiles(ctx, actor(ctx), in.filter(), paper.Reading(in.Reading), &b); err != nil {
		return nil, failed(ctx, err)
	}
	return &letters{"application/zip", b.Bytes()}, nil
}
