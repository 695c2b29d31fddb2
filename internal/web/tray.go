package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
)

// rows is how many rows a list page shows.
const rows = 50

// tray is the home page: what I must do, by deadline, with counts; for posts without cases of their own, where they can go.
func (s *Server) tray(w http.ResponseWriter, r *http.Request) error {
	by, q := actor(r), r.URL.Query()
	where := region.Code(q.Get("region"))
	switch {
	case by.Role.Clinical():
		return s.sessions(w, r)
	case !by.Can(access.ApplicationRead):
		return s.home(w, r, casework.Tray{})
	case by.Region.Level() < region.County && where == "":
		return s.homeCounties(w, r)
	}
	t, err := s.casework.Tray(r.Context(), by, casework.TrayFilter{Region: where, State: application.State(q.Get("state")),
		Mine: q.Get("mine") != "", After: application.ID(q.Get("after")), Limit: rows})
	if err != nil {
		return err
	}
	if len(t.Stacks) == 0 {
		return s.home(w, r, t)
	}
	letters, err := s.reminderLoad(r, where)
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("tray.title"))
	if by.Region.Level() < region.County {
		p.Crumbs = []look.Link{{Text: lang.T("nav.tray"), Href: "/"}}
	}
	duties, err := s.duties(r, where)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, trayPage(p, trayView{t, s, q, by, letters, duties}))
}

// trayView is the tray as the page lays it out; q is the conditions in the address.
type trayView struct {
	casework.Tray
	s  *Server
	q  url.Values
	by access.Actor

	letters []look.Stat // of the renewal round
	duties  []look.Stat // what else waits for a decision
}

// duties is what waits for the reader's decision beside cases; nothing for those who decide about none of it.
func (s *Server) duties(r *http.Request, where region.Code) ([]look.Stat, error) {
	by := actor(r)
	out, err := s.waits(r, where)
	if err != nil {
		return nil, err
	}
	if !by.Can(access.LoanDecide) && !by.Can(access.LoanTake) && !by.Can(access.DisclosureJudge) && !by.Can(access.DepartureApply) && !by.Can(access.TransferTake) && !by.Can(access.ReferralReceive) {
		return out, nil
	}
	n, err := s.registry.Undecided(r.Context(), by, where)
	if err != nil {
		return nil, err
	}
	unfiled := 0
	if by.Can(access.ApplicationFile) {
		if unfiled, err = s.archiving.Late(r.Context(), by, where); err != nil {
			return nil, err
		}
	}
	for _, d := range []struct {
		n          int
		word, href string
	}{{unfiled, "tray.unfiled", "/archive/ends?late=yes"}, {n.Arrivals, "tray.transfers", "/transfers?way=in&state=sent"}, {n.Referrals, "tray.referrals", "/referrals?side=home&state=sent"},
		{n.Posted, "tray.referrals.posted", "/referrals?side=host&state=posted"}, {n.Late, "tray.transfers.late", "/transfers?state=sent"}, {n.Returned, "tray.transfers.returned", "/transfers?way=out&state=returned"},
		{n.LateCases, "tray.referrals.late", "/referrals?state=sent"}, {n.Departures, "tray.departures", "/departures?state=proposed"}, {n.Differences, "tray.differences", "/differences?state=open"}, {n.Disclosures, "tray.disclosures", "/disclosures?state=asked"}, {n.Corrections, "tray.corrections", "/corrections?state=asked"}, {n.Loans, "tray.loans", "/archive/loans?state=asked"}, {n.LateLoans, "tray.loans.late", "/archive/loans?late=yes"}} {
		if d.n > 0 {
			out = append(out, look.Stat{Number: d.n, Text: lang.T(d.word), Href: d.href})
		}
	}
	return out, nil
}

// waits is the cards that wait too long for their holders, for whoever hands them out.
func (s *Server) waits(r *http.Request, where region.Code) ([]look.Stat, error) {
	if !actor(r).Can(access.ApplicationDeliver) {
		return nil, nil
	}
	n, err := s.records.Waits(r.Context(), actor(r), where)
	if err != nil {
		return nil, err
	}
	var out []look.Stat
	for _, w := range []struct {
		n          int
		word, href string
		alarm      bool
	}{{n.Visit, "tray.cards.visit", "/deliveries?stage=visit&region=", true}, {n.Urge, "tray.cards.urge", "/deliveries?stage=urge&region=", false},
		{n.Guests, "tray.cards.guests", "/referrals?side=host&state=arrived&region=", false}, {n.Late, "tray.cards.late", "/pace?region=", true}} {
		if w.n > 0 {
			out = append(out, look.Stat{Number: w.n, Text: lang.T(w.word), Href: w.href + string(where), Alarm: w.alarm})
		}
	}
	return out, nil
}

// approving says whether the reader may approve several of the open stack at once.
func (v trayView) approving() bool {
	return v.Open == application.Reviewed && v.by.Can(access.ApplicationApprove) && len(v.Cases) > 0
}

// href is the tray with one condition changed; a change of anything begins at the first page.
func (v trayView) href(key, value string) string {
	q := url.Values{}
	for _, k := range []string{"region", "state", "mine"} {
		if s := v.q.Get(k); s != "" {
			q.Set(k, s)
		}
	}
	q.Set(key, value)
	return "/?" + q.Encode()
}

func (v trayView) stats() []look.Stat {
	var out []look.Stat
	for _, st := range v.Stacks {
		stat := look.Stat{Number: st.Count, Text: word(st.State), Href: v.href("state", string(st.State))}
		var notes []string
		if st.Overdue > 0 {
			stat.Alarm = true
			notes = append(notes, lang.T("tray.late", many(st.Overdue)))
		}
		if st.Soon > 0 {
			notes = append(notes, lang.T("tray.soon", many(st.Soon)))
		}
		stat.Note = strings.Join(notes, "，")
		out = append(out, stat)
	}
	return out
}

// many is a count that stops at a hundred.
func many(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}

// others is where cases wait for somebody else.
func (v trayView) others() []look.Link { return otherLinks(v.Others, v.q.Get("region")) }

func otherLinks(stacks []casework.Stack, where string) []look.Link {
	var out []look.Link
	for _, st := range stacks {
		q := url.Values{"state": {string(st.State)}}
		if where != "" {
			q.Set("region", where)
		}
		out = append(out, look.Link{Text: lang.T("tray.other", st.State, st.Count), Href: "/applications?" + q.Encode()})
	}
	return out
}

// places narrows the tray to a township or village; the whole area is the first choice.
func (v trayView) places() look.Choice {
	c := look.Choice{Field: look.Field{Name: "region", Label: lang.T("tray.place")}, Value: v.q.Get("region")}
	c.Options = append(c.Options, look.Option{Value: string(v.Whole), Text: lang.T("tray.place.all")})
	for _, p := range v.Places {
		c.Options = append(c.Options, look.Option{Value: string(p.Code), Text: p.Name})
	}
	return c
}

// clear is the tray without conditions.
func (v trayView) clear() string { return "/?region=" + string(v.Whole) + "&state=" + string(v.Open) }

func (v trayView) hands() look.Choice {
	c := look.Choice{Field: look.Field{Name: "mine", Label: lang.T("tray.hand")}, Value: v.q.Get("mine"), Empty: lang.T("tray.hand.all")}
	c.Options = []look.Option{{Value: "1", Text: lang.T("tray.hand.mine")}}
	return c
}

func (v trayView) table() look.Table {
	t := look.Table{Caption: lang.T("tray.list", v.Open), Empty: v.empty(), Columns: []look.Column{
		{Text: lang.T("column.due"), Tight: true}, {Text: lang.T("column.name")}, {Text: lang.T("column.matter"), Tight: true},
		{Text: lang.T("column.no"), Tight: true}, {Text: lang.T("column.since"), Tight: true}, {Text: lang.T("cases.column.handler")}}}
	if v.approving() {
		t.Select = "id"
	}
	for _, c := range v.Cases {
		a := c.Application
		t.Rows = append(t.Rows, look.Row{Value: string(a.ID), Label: c.Person.Name, Cells: []look.Cell{
			{Body: urgency(v.s.dueTag(a), urgedTag(a))}, {Text: c.Person.Name, Href: caseHref(a.ID), Note: c.Person.Number.Masked()},
			{Text: word(a.Matter)}, {Text: a.No}, {Text: string(a.Since)}, {Text: v.Handlers[a.Handler]}}})
	}
	return t
}

// empty says why the list is empty, and what to do then.
func (v trayView) empty() string {
	if where := v.q.Get("region"); where != "" && where != string(v.Whole) || v.q.Get("mine") != "" {
		return lang.T("tray.empty.narrow")
	}
	if v.by.Can(access.ApplicationOpen) {
		return lang.T("tray.empty.open")
	}
	return lang.T("tray.empty")
}

// unknown is the years of deadlines whose holidays nobody has entered, as a warning says them.
func (v trayView) unknown() string {
	var out []string
	for _, y := range v.Unknown {
		out = append(out, strconv.Itoa(y))
	}
	return strings.Join(out, "、")
}

func (v trayView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Cases), Total: -1}
	if v.q.Get("after") != "" {
		p.First = v.href("state", string(v.Open))
	}
	if v.More {
		p.Next = v.href("state", string(v.Open)) + "&after=" + url.QueryEscape(lastID(v.Cases))
	}
	return p
}

func lastID(cases []casework.Case) string { return string(cases[len(cases)-1].Application.ID) }

// dueTag says how urgent a case is.
func (s *Server) dueTag(a application.Application) look.Tag {
	left := a.Due.Sub(s.today())
	switch {
	case a.Due == "":
		return look.Tag{Text: lang.T("due.none"), Colour: look.Grey}
	case left < 0:
		return look.Tag{Text: lang.T("due.late", -left), Colour: look.Red}
	case left == 0:
		return look.Tag{Text: lang.T("due.today"), Colour: look.Orange}
	case left <= 3:
		return look.Tag{Text: string(a.Due), Colour: look.Yellow}
	}
	return look.Tag{Text: string(a.Due), Colour: look.Blue}
}

// urgedTag says that somebody asked to hurry, "" when nobody did.
func urgedTag(a application.Application) look.Tag {
	if a.Urges == 0 {
		return look.Tag{}
	}
	return look.Tag{Text: lang.T("tray.urged", a.Urges), Colour: look.Orange}
}

// caseHref is the page of a case.
func caseHref(id application.ID) string { return "/applications/" + string(id) }
