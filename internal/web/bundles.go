package web

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/paper"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
)

// bundleHref is the page of a bundle.
func bundleHref(id reminder.BundleID, rest string) string { return "/bundles/" + string(id) + rest }

// bundles is the letters that are or were printed in the background.
func (s *Server) bundles(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := bundlesView{r: r}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.ListExport, region.Code(q.Get("region"))); err == nil && !v.whole {
		v.all, v.next, err = s.renewing.Bundles(r.Context(), actor(r), region.Code(q.Get("region")), renewing.BundlePage{After: reminder.BundleID(q.Get("after")), Limit: rows})
	}
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("bundles.title"))
	p.Crumbs = []look.Link{{Text: lang.T("reminder.list.title"), Href: "/reminders"}}
	return show(w, r, http.StatusOK, bundlesPage(p, v))
}

// bundleBegin has the letters of a list printed in the background; a list of which nothing can be printed is shown again.
func (s *Server) bundleBegin(w http.ResponseWriter, r *http.Request) error {
	of, err := s.renewing.BeginBundle(r.Context(), actor(r), remindersFilter(r.PostForm), paper.Reading(r.PostFormValue("reading")))
	if again(err) {
		return s.remindersShow(w, r, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return redirect(w, r, bundleHref(of, ""))
}

// bundle is one of them: how far it has come, and the files that are ready.
func (s *Server) bundle(w http.ResponseWriter, r *http.Request) error {
	v := bundleView{}
	var err error
	if v.b, v.parts, err = s.renewing.Bundle(r.Context(), actor(r), reminder.BundleID(r.PathValue("id"))); err != nil {
		return err
	}
	p := s.page(w, r, lang.T("bundle.title"))
	p.Caption, p.Crumbs = v.b.About, []look.Link{{Text: lang.T("bundles.title"), Href: "/bundles"}}
	return show(w, r, http.StatusOK, bundlePage(p, v))
}

// bundleProgress is the bar alone, which the page asks for again and again; when the work is over it leads to the page.
func (s *Server) bundleProgress(w http.ResponseWriter, r *http.Request) error {
	b, _, err := s.renewing.Bundle(r.Context(), actor(r), reminder.BundleID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, bundleBar(bundleView{b: b}))
}

// bundlePart is one file.
func (s *Server) bundlePart(w http.ResponseWriter, r *http.Request) error {
	no, err := strconv.Atoi(r.PathValue("no"))
	if err != nil {
		return fault.New(fault.Missing, "record.missing")
	}
	f, err := s.renewing.OpenBundlePart(r.Context(), actor(r), reminder.BundleID(r.PathValue("id")), no)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", "inline; filename*=UTF-8''"+url.PathEscape(lang.T("bundle.part.file", no))+".pdf")
	http.ServeContent(w, r, "", time.Time{}, f)
	return nil
}

// bundlesView is the list as the page lays it out.
type bundlesView struct {
	all   []reminder.Bundle
	next  reminder.BundleID
	where look.Choice
	whole bool
	r     *http.Request
}

func (v bundlesView) table() look.Table {
	t := look.Table{Caption: lang.T("bundles.title"), Quiet: true, Empty: lang.T("bundles.empty"), Columns: []look.Column{{Text: lang.T("bundle.about")},
		{Text: lang.T("bundle.letters"), Tight: true}, {Text: lang.T("bundle.state"), Tight: true}, {Text: lang.T("bundle.by")}, {Text: lang.T("bundle.last"), Tight: true}}}
	for _, b := range v.all {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: b.About, Href: bundleHref(b.ID, "")}, {Text: strconv.Itoa(b.Letters)},
			{Tag: printTag(b.State), Note: bundleNote(b)}, {Text: b.Author, Note: look.Moment(b.Made.In(day.Beijing))}, {Text: string(b.Last)}}})
	}
	return t
}

func printTag(st reminder.BundleState) look.Tag {
	colour := map[reminder.BundleState]look.Colour{reminder.BundleWorking: look.Blue, reminder.BundleDone: look.Green, reminder.BundleFailed: look.Red, reminder.BundleGone: look.Grey}
	return look.Tag{Text: word(st), Colour: colour[st]}
}

// bundleNote is how far a bundle has come while it matters.
func bundleNote(b reminder.Bundle) string {
	if b.State == reminder.BundleWorking || b.State == reminder.BundleFailed {
		return lang.T("bundle.done", b.Done, b.Letters)
	}
	return ""
}

// bundleView is one bundle as the page lays it out.
type bundleView struct {
	b     reminder.Bundle
	parts []reminder.Part
}

func (v bundleView) bar() look.Progress {
	return look.Progress{ID: "bundle-progress", Poll: bundleHref(v.b.ID, "/progress"), Label: lang.T("bundle.printing"), Done: v.b.Done, Total: v.b.Letters}
}

func (v bundleView) details() []look.Detail {
	b := v.b
	out := []look.Detail{{Key: lang.T("bundle.state"), Body: look.State(printTag(b.State))}, {Key: lang.T("bundle.letters"), Value: lang.T("bundle.done", b.Done, b.Letters)},
		{Key: lang.T("bundle.reading"), Value: lang.T("reminder.reading." + readingName(paper.Reading(b.Reading)))},
		{Key: lang.T("bundle.by"), Value: b.Author + " " + look.Moment(b.Made.In(day.Beijing))}, {Key: lang.T("bundle.last"), Value: b.Last.Chinese()}}
	if b.Ended > 0 {
		out = append(out, look.Detail{Key: lang.T("bundle.ended"), Value: strconv.Itoa(b.Ended)})
	}
	if b.Fault != "" {
		out = append(out, look.Detail{Key: lang.T("bundle.fault"), Value: b.Fault})
	}
	return out
}

func (v bundleView) table() look.Table {
	t := look.Table{Caption: lang.T("bundle.parts"), Empty: lang.T("bundle.parts.none"), Columns: []look.Column{{Text: lang.T("bundle.part")}, {Text: lang.T("bundle.villages")},
		{Text: lang.T("bundle.letters"), Tight: true}}}
	if v.b.State == reminder.BundleGone {
		t.Empty = lang.T("bundle.parts.gone")
	}
	for _, p := range v.parts {
		villages := p.First
		if p.Last != p.First {
			villages = lang.T("bundle.villages.range", p.First, p.Last)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: lang.T("bundle.part.file", p.No), Href: bundleHref(v.b.ID, "/parts/"+strconv.Itoa(p.No))}, {Text: villages},
			{Text: strconv.Itoa(p.Letters)}}})
	}
	return t
}
