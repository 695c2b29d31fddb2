package web

import (
	"net/http"
	"net/url"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/casework"
	"hefa/internal/day"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// evidenceLimit is the largest request with a piece of evidence; policy sets what a video may have, below this.
const evidenceLimit = 512 << 20

func remoteHref(id application.ID) string { return caseHref(id) + "/remote" }

// remote is what a remote assessment rests on: the consent, the evidence, what the hospital asked for.
func (s *Server) remote(w http.ResponseWriter, r *http.Request) error {
	return s.remoteShow(w, r, http.StatusOK, nil)
}

func (s *Server) remoteShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	all, err := s.assessing.Remote(r.Context(), actor(r), application.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("remote.title"))
	p.Caption, p.Problems = all.Person.Name, look.Find(wrong)
	p.Crumbs = []look.Link{{Text: all.Person.Name, Href: caseHref(all.Case.Application.ID)}, {Text: lang.T("path.title"), Href: pathwayHref(all.Case.Application.ID)}}
	return show(w, r, status, remotePage(p, remoteView{Remote: all, q: r.PostForm, me: actor(r).Name, clinical: actor(r).Role.Clinical(), talks: actor(r).Can(access.CallHold)}))
}

// remoteDo does what one of the forms asks for.
func (s *Server) remoteDo(w http.ResponseWriter, r *http.Request) error {
	of, value := application.ID(r.PathValue("id")), r.PostFormValue
	ctx, by := r.Context(), actor(r)
	done, to := "remote."+value("do")+".done", remoteHref(of)
	var err error
	switch value("do") {
	case "consent":
		err = s.assessing.TakeConsent(ctx, by, of, evidence.Consent{Giver: evidence.Giver(value("giver")), Name: value("name"), Manner: evidence.Manner(value("manner")), Video: value("video") == yes})
	case "withdraw":
		err = s.assessing.WithdrawConsent(ctx, by, of)
	case "ask":
		err = s.assessing.AskEvidence(ctx, by, of, value("reason"))
		to = "/sessions" // the case is the township's again
	case "answer":
		err = s.assessing.AnswerEvidence(ctx, by, of, value("reply"))
	default:
		err = fault.New(fault.Invalid, "form.choice.wrong")
	}
	return s.remoteAfter(w, r, err, to, done)
}

func (s *Server) remoteAfter(w http.ResponseWriter, r *http.Request, err error, to, done string) error {
	if again(err) {
		return s.remoteShow(w, r, wrongStatus(r, err), err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, to, done)
}

// evidenceAdd takes a piece of evidence.
func (s *Server) evidenceAdd(w http.ResponseWriter, r *http.Request) error {
	of := application.ID(r.PathValue("id"))
	file, head, err := uploaded(r)
	if err != nil {
		return s.remoteAfter(w, r, err, "", "remote.evidence.done")
	}
	defer file.Close()
	item := evidence.Item{Kind: evidence.Kind(r.PostFormValue("kind")), Taken: readTaken(r), Detail: evidence.Detail{Shows: r.PostFormValue("shows"), Taker: r.PostFormValue("taker")}}
	_, err = s.casework.AddEvidence(r.Context(), actor(r), of, casework.Piece{Item: item, Name: head.Filename, Content: file})
	return s.remoteAfter(w, r, err, remoteHref(of), "remote.evidence.done")
}

// readTaken is the day and the time of day at which something was taken, in Beijing; the zero time when either cannot be read.
func readTaken(r *http.Request) time.Time {
	on, ok := look.ReadDay(r.PostFormValue("taken"))
	at, err := time.Parse("15:04", look.Narrow(r.PostFormValue("taken_at")))
	if !ok || on == "" || err != nil {
		return time.Time{}
	}
	t := on.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), at.Hour(), at.Minute(), 0, 0, day.Beijing).UTC()
}

// remoteView is the page, with what was typed into a form that failed.
type remoteView struct {
	assessing.Remote
	q        url.Values
	me       string
	clinical bool
	talks    bool // the reader may join live video
}

func (v remoteView) action() string { return remoteHref(v.Case.Application.ID) }

// instant is when something was, in Beijing, to the second.
func instant(t time.Time) string { return t.In(day.Beijing).Format("2006-01-02 15:04:05") }

// consent is the consent that holds or was withdrawn.
func (v remoteView) consent() []look.Detail {
	c := v.Way.Consent
	out := []look.Detail{{Key: lang.T("remote.giver"), Value: c.Name + "（" + word(c.Giver) + "）"}, {Key: lang.T("remote.manner"), Value: word(c.Manner)},
		{Key: lang.T("remote.video"), Value: lang.T(map[bool]string{true: "path.yes", false: "path.no"}[c.Video])}, {Key: lang.T("remote.consent.on"), Value: c.On.Chinese() + " " + c.By}}
	if c.Withdrawn != "" {
		out = append(out, look.Detail{Key: lang.T("remote.withdrawn"), Value: c.Withdrawn.Chinese()})
	}
	return out
}

func (v remoteView) givers() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "giver", Label: lang.T("remote.giver")}, Value: v.q.Get("giver"), Inline: true}, evidence.Givers)
}

func (v remoteView) manners() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "manner", Label: lang.T("remote.manner"), Hint: lang.T("remote.manner.hint")}, Value: v.q.Get("manner"), Inline: true}, evidence.Manners)
}

func (v remoteView) name() look.Input {
	return look.Input{Field: look.Field{Name: "name", Label: lang.T("remote.name")}, Value: v.q.Get("name"), Width: look.W20, Complete: "off"}
}

func (v remoteView) video() look.Choices {
	return look.Choices{Field: look.Field{Name: "video", Label: lang.T("remote.video"), Optional: true}, Values: v.q["video"], Options: []look.Option{{Value: yes, Text: lang.T("remote.video.yes")}}}
}

// items is the evidence, each piece with its hash; opening one is logged.
func (v remoteView) items() look.Table {
	t := look.Table{Caption: lang.T("remote.items", len(v.Items)), Empty: lang.T("remote.items.none"), Columns: []look.Column{{Text: lang.T("remote.kind"), Tight: true}, {Text: lang.T("remote.shows")},
		{Text: lang.T("remote.taken"), Tight: true}, {Text: lang.T("remote.taker"), Tight: true}, {Text: lang.T("remote.hash")}}}
	for _, i := range v.Items {
		source := lang.T("remote.sent", instant(i.Received), i.By)
		if i.Call != "" {
			source = lang.T("remote.snapshot", i.By)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: word(i.Kind), Href: caseHref(v.Case.Application.ID) + "/attachments/" + string(i.Attachment)}, {Text: i.Shows, Note: i.File.Name},
			{Text: instant(i.Taken), Note: source}, {Text: i.Taker}, {Text: i.File.Hash[:16] + "…", Note: lang.T("remote.bytes", i.File.Size>>10)}}})
	}
	return t
}

// calls is the live video about the case, and what became of it.
func (v remoteView) calls() look.Table {
	t := look.Table{Caption: lang.T("call.list"), Columns: []look.Column{{Text: lang.T("call.opened"), Tight: true}, {Text: lang.T("call.near")}, {Text: lang.T("call.far")}, {Text: lang.T("call.outcome")}}}
	for _, c := range v.Calls {
		outcome := look.Cell{Text: lang.T("call.open")}
		if !c.Ended.IsZero() {
			outcome = look.Cell{Text: word(c.Outcome), Note: instant(c.Ended)}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: instant(c.Opened)}, {Text: c.NearName}, {Text: c.FarName}, outcome}})
	}
	return t
}

func (v remoteView) kinds() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "kind", Label: lang.T("remote.kind")}, Value: v.q.Get("kind"), Inline: true}, evidence.Kinds)
}

func (v remoteView) shows() look.Area {
	return look.Area{Field: look.Field{Name: "shows", Label: lang.T("remote.shows"), Hint: lang.T("remote.shows.hint")}, Value: v.q.Get("shows"), Rows: 2, Max: evidence.TextMost}
}

func (v remoteView) taken() look.Date {
	return look.Date{Field: look.Field{Name: "taken", Label: lang.T("remote.taken.day")}, Typed: v.q.Get("taken")}
}

func (v remoteView) takenAt() look.Input {
	return look.Input{Field: look.Field{Name: "taken_at", Label: lang.T("remote.taken.at"), Hint: lang.T("remote.taken.hint")}, Value: v.q.Get("taken_at"), Width: look.W5, Complete: "off"}
}

func (v remoteView) taker() look.Input {
	value := v.q.Get("taker")
	if v.q == nil {
		value = v.me
	}
	return look.Input{Field: look.Field{Name: "taker", Label: lang.T("remote.taker")}, Value: value, Width: look.W20, Complete: "off"}
}

// requests is what doctors asked for, and what the township answered.
func (v remoteView) requests() look.Table {
	t := look.Table{Caption: lang.T("remote.requests"), Columns: []look.Column{{Text: lang.T("remote.asked"), Tight: true}, {Text: lang.T("remote.asked.by")}, {Text: lang.T("remote.reason")}, {Text: lang.T("remote.reply")}}}
	for _, r := range v.Requests {
		answered := look.Cell{Tag: look.Tag{Text: lang.T("evidence.asked"), Colour: look.Orange}}
		if !r.Open() {
			answered = look.Cell{Text: instant(r.Answered), Note: r.Reply}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: instant(r.Asked)}, {Text: r.Doctor, Note: r.Hospital}, {Text: r.Reason}, answered}})
	}
	return t
}

func (v remoteView) reason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("remote.reason"), Hint: lang.T("remote.reason.hint")}, Value: v.q.Get("reason"), Rows: 3, Max: evidence.TextMost}
}

func (v remoteView) reply() look.Area {
	return look.Area{Field: look.Field{Name: "reply", Label: lang.T("remote.reply"), Hint: lang.T("remote.reply.hint"), Optional: true}, Value: v.q.Get("reply"), Rows: 2, Max: evidence.TextMost}
}
