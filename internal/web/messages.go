package web

import (
	"net/http"
	"net/url"
	"slices"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/message"
	"hefa/internal/outreach"
	"hefa/internal/person"
	"hefa/internal/region"
)

// messages is the text messages of an area, the newest first.
func (s *Server) messages(w http.ResponseWriter, r *http.Request) error {
	return s.messagesShow(w, r, r.URL.Query(), nil)
}

func (s *Server) messagesShow(w http.ResponseWriter, r *http.Request, q url.Values, wrong error) error {
	v := messagesView{r: r, q: q, by: actor(r)}
	f := outreach.Filter{Region: region.Code(q.Get("region")), Kind: message.Kind(q.Get("kind")), State: message.State(q.Get("state")), After: message.ID(q.Get("after")), Limit: rows}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.MessageRead, f.Region); err == nil && !v.whole {
		v.List, err = s.outreach.Messages(r.Context(), v.by, f)
	}
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("message.title"))
	p.Problems = look.Find(wrong)
	return show(w, r, status, messagesPage(p, v))
}

// messagesRetry queues the ticked messages once more.
func (s *Server) messagesRetry(w http.ResponseWriter, r *http.Request) error {
	var ids []message.ID
	for _, id := range r.PostForm["ids"] {
		ids = append(ids, message.ID(id))
	}
	err := s.outreach.RetryMessages(r.Context(), actor(r), ids)
	if again(err) {
		return s.messagesShow(w, r, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/messages", "message.retry.done")
}

type messagesView struct {
	outreach.List
	r     *http.Request
	q     url.Values
	by    access.Actor
	where look.Choice
	whole bool // no county is chosen yet
}

func (v messagesView) kinds() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "kind", Label: lang.T("message.kind")}, Value: v.q.Get("kind"), Empty: lang.T("reminder.filter.all")}, message.Kinds)
}

func (v messagesView) states() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("message.state")}, Value: v.q.Get("state"), Empty: lang.T("reminder.filter.all")}, message.States)
}

// counts is how many messages stand in each state, and what the carriers count.
func (v messagesView) counts() []look.Stat {
	var out []look.Stat
	for _, k := range message.States {
		out = append(out, look.Stat{Text: word(k), Number: v.Counts[k], Alarm: k == message.Failed && v.Counts[k] > 0})
	}
	return append(out, look.Stat{Text: lang.T("message.parts"), Number: v.Parts})
}

// retrying says whether one of this page failed and the reader may queue it again.
func (v messagesView) retrying() bool {
	return v.by.Can(access.MessageMake) && slices.ContainsFunc(v.Messages, func(m outreach.Messaged) bool { return m.State == message.Failed })
}

func (v messagesView) table() look.Table {
	t := look.Table{Caption: lang.T("message.title"), Quiet: true, Empty: v.empty(), Columns: []look.Column{{Text: lang.T("lapse.column.name")}, {Text: lang.T("message.kind"), Tight: true},
		{Text: lang.T("message.text")}, {Text: lang.T("message.made"), Tight: true}, {Text: lang.T("message.state"), Tight: true}}}
	if v.retrying() {
		t.Select = "ids"
	}
	for _, m := range v.Messages {
		state := look.Cell{Tag: messageTag(m.State), Note: m.Fault}
		switch {
		case m.State == message.Queued && m.Tries > 0:
			state.Note = lang.T("message.tried", m.Tries, m.Fault)
		case !m.Sent.IsZero() && m.Fault == "":
			state.Note = look.Moment(m.Sent.In(day.Beijing))
		}
		row := look.Row{Cells: []look.Cell{{Text: m.Name, Href: personHref(m.Person), Note: person.MaskedPhone(m.Phone)}, {Text: word(m.Kind)},
			{Text: m.Text, Note: lang.T("message.parts.of", m.Parts)}, {Text: look.Moment(m.Made.In(day.Beijing))}, state}}
		if m.State == message.Failed && t.Select != "" {
			row.Value, row.Label, row.Picked = string(m.ID), m.Name, slices.Contains(v.q["ids"], string(m.ID))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func messageTag(s message.State) look.Tag {
	return look.Tag{Text: word(s), Colour: map[message.State]look.Colour{message.Queued: look.Yellow, message.Sent: look.Blue, message.Delivered: look.Green, message.Failed: look.Red,
		message.Dropped: look.Grey}[s]}
}

func (v messagesView) empty() string {
	switch {
	case v.whole:
		return lang.T("disclosure.choose")
	case narrowed(v.r) != "":
		return lang.T("message.filtered")
	case !v.On:
		return lang.T("message.off")
	}
	return lang.T("message.empty")
}

// campaign is the form of a campaign.
func (s *Server) campaign(w http.ResponseWriter, r *http.Request) error {
	if err := actor(r).May(access.MessageMake, actor(r).Region); err != nil {
		return err
	}
	return s.campaignShow(w, r, r.URL.Query(), nil)
}

func (s *Server) campaignShow(w http.ResponseWriter, r *http.Request, q url.Values, wrong error) error {
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	v := campaignView{q: q}
	var err error
	if v.where, err = s.placeField(r, look.Field{Name: "region", Label: lang.T("reminder.filter.region")}, region.Code(q.Get("region"))); err != nil {
		return err
	}
	p := s.page(w, r, lang.T("message.campaign.title"))
	p.Problems = look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("message.title"), Href: "/messages"}}
	return show(w, r, status, campaignPage(p, v))
}

// campaignBegin has the messages of a campaign made.
func (s *Server) campaignBegin(w http.ResponseWriter, r *http.Request) error {
	q := r.PostForm
	to := outreach.Audience{Region: region.Code(q.Get("region")), Poor: q.Get("poor") == "yes"}
	var p fault.Problems
	var ok bool
	if to.Expires, ok = look.ReadDay(q.Get("expires")); !ok {
		p.Add("expires", "audit.day.wrong")
	}
	err := p.Fault()
	if err == nil {
		err = s.confirm(r, access.MessageMake)
	}
	if err == nil {
		err = s.outreach.BeginCampaign(r.Context(), actor(r), to)
	}
	if again(err) {
		return s.campaignShow(w, r, q, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/messages?kind=campaign", "message.campaign.done")
}

type campaignView struct {
	q     url.Values
	where look.Choice
}

func (v campaignView) poor() look.Choices {
	return look.Choices{Field: look.Field{Name: "poor", Label: lang.T("message.campaign.who"), Optional: true}, Values: v.q["poor"], Options: []look.Option{{Value: "yes", Text: lang.T("message.campaign.poor")}}}
}

func (v campaignView) expires() look.Date {
	return look.Date{Field: look.Field{Name: "expires", Label: lang.T("message.campaign.expires"), Optional: true}, Typed: v.q.Get("expires")}
}

// unwanted is the phones to which nothing is sent.
func (s *Server) unwanted(w http.ResponseWriter, r *http.Request) error {
	return s.unwantedShow(w, r, nil)
}

func (s *Server) unwantedShow(w http.ResponseWriter, r *http.Request, wrong error) error {
	all, next, err := s.outreach.Unwanted(r.Context(), actor(r), "", outreach.Page{After: r.URL.Query().Get("after"), Limit: rows})
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, lang.T("message.refuse.title"))
	p.Problems = look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("message.title"), Href: "/messages"}}
	return show(w, r, status, unwantedPage(p, unwantedView{all, r.PostFormValue("phone"), next, r}))
}

// unwantedAdd notes a phone to which nothing is sent any more.
func (s *Server) unwantedAdd(w http.ResponseWriter, r *http.Request) error {
	err := s.outreach.RefuseMessages(r.Context(), actor(r), look.Narrow(r.PostFormValue("phone")))
	if again(err) {
		return s.unwantedShow(w, r, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/messages/refused", "message.refuse.done")
}

// unwantedDrop lets messages go to a phone again.
func (s *Server) unwantedDrop(w http.ResponseWriter, r *http.Request) error {
	if err := s.outreach.AllowMessages(r.Context(), actor(r), r.PathValue("id")); err != nil {
		return err
	}
	return s.done(w, r, "/messages/refused", "message.allow.done")
}

type unwantedView struct {
	all   []outreach.Unwanted
	typed string
	next  string
	r     *http.Request
}

func (v unwantedView) phone() look.Input {
	return look.Input{Field: look.Field{Name: "phone", Label: lang.T("message.refuse.phone")}, Value: v.typed, Width: look.W20, Kind: "tel", Complete: "off"}
}
