package web

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
)

// lapseNew is who could be put up for cancellation in a township today.
func (s *Server) lapseNew(w http.ResponseWriter, r *http.Request) error {
	return s.lapseNewShow(w, r, r.URL.Query(), nil)
}

func (s *Server) lapseNewShow(w http.ResponseWriter, r *http.Request, q url.Values, err error) error {
	where := region.Code(q.Get("region"))
	proposal, loadErr := s.renewing.ProposeLapses(r.Context(), actor(r), where)
	if loadErr != nil {
		return loadErr
	}
	v := lapseNewView{LapseProposal: proposal, picked: q["ids"]}
	if v.where, loadErr = s.placeField(r, look.Field{Name: "region", Label: lang.T("lapse.new.place")}, proposal.Region); loadErr != nil {
		return loadErr
	}
	status := http.StatusOK
	if err != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, lang.T("lapse.new.title"))
	p.Caption, p.Problems = proposal.Place, look.Find(err)
	p.Crumbs = []look.Link{{Text: lang.T("lapse.list.title"), Href: "/lapses"}}
	return show(w, r, status, lapseNewPage(p, v))
}

// lapseAnnounce publishes the list of those who were ticked.
func (s *Server) lapseAnnounce(w http.ResponseWriter, r *http.Request) error {
	var ids []certificate.ID
	for _, id := range r.PostForm["ids"] {
		ids = append(ids, certificate.ID(id))
	}
	posting, err := s.renewing.AnnounceLapses(r.Context(), actor(r), region.Code(r.PostFormValue("region")), ids)
	if again(err) {
		return s.lapseNewShow(w, r, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/postings/"+posting, "lapse.new.done")
}

// lapseNewView is the proposal as the page lays it out.
type lapseNewView struct {
	renewing.LapseProposal
	where  look.Choice
	picked []string
}

// choosing says whether a township must be chosen first.
func (v lapseNewView) choosing() bool { return v.Region.Level() < region.Township }

func (v lapseNewView) columns() []look.Column {
	return []look.Column{{Text: lang.T("lapse.column.name")}, {Text: lang.T("lapse.column.village")}, {Text: lang.T("lapse.column.cause")},
		{Text: lang.T("lapse.column.expires"), Tight: true}, {Text: lang.T("lapse.letter"), Tight: true}}
}

func (v lapseNewView) row(c renewing.Candidate) look.Row {
	letter := look.Cell{Text: lang.T("lapse.letter.none"), Href: personHref(c.Person.ID) + "/reminders"}
	if c.Reminder != "" {
		letter = look.Cell{Text: lang.T("lapse.letter.link"), Href: reminderHref(c.Reminder)}
	}
	return look.Row{Value: string(c.Certificate.ID), Label: c.Person.Name, Picked: slices.Contains(v.picked, string(c.Certificate.ID)), Cells: []look.Cell{
		{Text: c.Person.Name, Href: personHref(c.Person.ID), Note: c.Certificate.Number.Masked()}, {Text: c.Village}, {Text: word(c.Cause)},
		{Text: string(c.Certificate.Expires)}, letter}}
}

func (v lapseNewView) told() look.Table {
	t := look.Table{Caption: lang.T("lapse.new.told"), Empty: lang.T("lapse.new.empty"), Columns: v.columns(), Select: "ids"}
	for _, c := range v.Told {
		t.Rows = append(t.Rows, v.row(c))
	}
	return t
}

func (v lapseNewView) untold() look.Table {
	t := look.Table{Caption: lang.T("lapse.new.untold"), Columns: v.columns()}
	for _, c := range v.Untold {
		t.Rows = append(t.Rows, v.row(c))
	}
	return t
}

// lapseTell makes letters for all whom no letter was made for, and leads to them.
func (s *Server) lapseTell(w http.ResponseWriter, r *http.Request) error {
	where := region.Code(r.PostFormValue("region"))
	n, err := s.renewing.TellLapsed(r.Context(), actor(r), where)
	if again(err) {
		return s.lapseNewShow(w, r, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/reminders?"+url.Values{"kind": {string(reminder.Review)}, "state": {string(reminder.Made)}, "region": {string(where)}}.Encode(), "lapse.tell.done", strconv.Itoa(n))
}

// postings is the published lists of certificates to be cancelled, running and over.
func (s *Server) postings(w http.ResponseWriter, r *http.Request) error {
	by, q := actor(r), r.URL.Query()
	v := postingsView{}
	where := region.Code(q.Get("region"))
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.LapseRead, where); err != nil {
		return err
	}
	next := ""
	if !v.whole {
		if v.all, next, err = s.renewing.Postings(r.Context(), by, where, q.Get("after"), rows); err != nil {
			return err
		}
	}
	v.pager = turner(r, len(v.all), next)
	v.s = s
	p := s.page(w, r, lang.T("posting.list.title"))
	p.Crumbs = []look.Link{{Text: lang.T("lapse.list.title"), Href: "/lapses"}}
	return show(w, r, http.StatusOK, postingsPage(p, v))
}

// postingsView is the lists as the page lays them out.
type postingsView struct {
	all   []renewing.PublicPosting
	where look.Choice
	whole bool // no county is chosen yet
	pager look.Pager
	s     *Server
}

func (v postingsView) table() look.Table {
	t := look.Table{Caption: lang.T("posting.list.title"), Quiet: true, Empty: lang.T("posting.list.empty"), Columns: []look.Column{{Text: lang.T("notice.column.no"), Tight: true},
		{Text: lang.T("notice.column.place")}, {Text: lang.T("notice.column.starts"), Tight: true}, {Text: lang.T("notice.column.ends"), Tight: true},
		{Text: lang.T("notice.column.people"), Number: true}, {Text: lang.T("notice.column.state"), Tight: true}}}
	if v.whole {
		t.Empty = lang.T("reminder.list.choose")
	}
	for _, n := range v.all {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: n.No, Href: "/postings/" + n.ID}, {Text: n.Place}, {Text: string(n.Starts)}, {Text: string(n.Ends)},
			{Text: lang.T("notice.people", n.People)}, {Tag: noticeTag(n.Public(v.s.today()))}}})
	}
	return t
}

// posting is one published list as officers see it.
func (s *Server) posting(w http.ResponseWriter, r *http.Request) error {
	f, err := s.renewing.Posting(r.Context(), actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("posting.title", f.Place))
	p.Caption = f.No
	p.Crumbs = []look.Link{{Text: lang.T("lapse.list.title"), Href: "/lapses"}, {Text: lang.T("posting.list.title"), Href: "/postings"}}
	return show(w, r, http.StatusOK, cancellationPage(p, cancellationView{f}))
}

// postingList is the list to hang up, as PDF.
func (s *Server) postingList(w http.ResponseWriter, r *http.Request) error {
	return sendPDF(w, func(to io.Writer) error { return s.renewing.WritePosting(r.Context(), actor(r), r.PathValue("id"), to) })
}

// cancellationView is a published list as the page lays it out.
type cancellationView struct{ renewing.PostingFile }

func (v cancellationView) details() []look.Detail {
	return []look.Detail{{Key: lang.T("notice.column.state"), Body: look.State(noticeTag(v.Public(v.Today)))}, {Key: lang.T("notice.column.starts"), Value: v.Starts.Chinese()},
		{Key: lang.T("lapse.period"), Value: lang.T("lapse.period.text", v.Starts.Add(1).Chinese(), v.Ends.Chinese())},
		{Key: lang.T("notice.column.people"), Value: lang.T("notice.people", len(v.Lapses))}, {Key: lang.T("notice.office"), Value: v.Office}, {Key: lang.T("notice.phone"), Value: v.Phone}}
}

func (v cancellationView) table() look.Table {
	t := look.Table{Caption: lang.T("notice.rows"), Columns: []look.Column{{Text: lang.T("lapse.column.name")}, {Text: lang.T("lapse.column.village")},
		{Text: lang.T("lapse.column.cause")}, {Text: lang.T("lapse.column.ends"), Tight: true}, {Text: lang.T("lapse.column.state"), Tight: true}}}
	for _, l := range v.Lapses {
		t.Rows = append(t.Rows, lapseRow(l, v.Places, false))
	}
	return t
}

// lapseLoad is what waits for its cancellation, for the approver's tray.
func (s *Server) lapseLoad(r *http.Request, where region.Code) ([]look.Stat, error) {
	if !actor(r).Can(access.LapseCancel) {
		return nil, nil
	}
	n, err := s.renewing.LapseLoad(r.Context(), actor(r), where)
	if err != nil {
		return nil, err
	}
	return []look.Stat{{Number: n, Text: lang.T("lapse.filter.over"), Href: lapsesHref("/lapses", url.Values{"region": {string(where)}, "state": {overOnly}})}}, nil
}
