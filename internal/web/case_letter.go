package web

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/paper"
)

// The letters of a case that other desks than its own write.
const (
	summonsLetter = "summons" // 评定通知单
	fetchLetter   = "fetch"   // 领取通知
)

// applicationForm is the form filled in, with whole numbers when they are asked for.
func (s *Server) applicationForm(w http.ResponseWriter, r *http.Request) error {
	id, whole := application.ID(r.PathValue("id")), r.URL.Query().Get("numbers") == "whole"
	return sendPDF(w, func(to io.Writer) error { return s.casework.WriteForm(r.Context(), actor(r), id, whole, to) })
}

// letterOf is one letter of a case, whichever desk writes it.
func (s *Server) letterOf(ctx context.Context, by access.Actor, id application.ID, which string) (paper.Letter, error) {
	switch which {
	case summonsLetter:
		return s.assessing.Summons(ctx, by, id)
	case fetchLetter:
		return s.records.FetchLetter(ctx, by, id)
	}
	return s.casework.Letter(ctx, by, id, which)
}

// caseLetter is a letter of the case in a reading: a page, or with .pdf behind its name the paper.
func (s *Server) caseLetter(w http.ResponseWriter, r *http.Request) error {
	reading, err := readingOf(r)
	if err != nil {
		return err
	}
	id := application.ID(r.PathValue("id"))
	which, onPaper := strings.CutSuffix(r.PathValue("letter"), ".pdf")
	l, err := s.letterOf(r.Context(), actor(r), id, which)
	if err != nil {
		return err
	}
	if onPaper {
		return sendPDF(w, func(to io.Writer) error { return paper.Write(to, paper.Read(l, reading)) })
	}
	parts, err := paper.Outline(paper.Read(l, reading))
	if err != nil {
		return err
	}
	p := s.page(w, r, l.Title())
	p.Crumbs = []look.Link{{Text: lang.T("nav.tray"), Href: "/"}, {Text: lang.T("letter.case"), Href: caseHref(id)}}
	return show(w, r, http.StatusOK, caseLetterPage(p, caseLetterView{caseHref(id) + "/letters/" + url.PathEscape(which), reading, outline(parts)}))
}

// caseLetterView is a letter as the page lays it out.
type caseLetterView struct {
	href    string
	reading paper.Reading
	pieces  []piece
}

// piece is a heading, a paragraph or a list of what was asked and said.
type piece struct {
	heading, text string
	details       []look.Detail
}

// outline is the parts of a paper as pieces of a page; its title is the page's own.
func outline(parts []paper.Part) []piece {
	var out []piece
	for _, p := range parts {
		switch p.Kind {
		case "H2":
			out = append(out, piece{heading: p.Text})
		case "P":
			out = append(out, piece{text: p.Text})
		case "TR":
			if len(out) == 0 || out[len(out)-1].details == nil {
				out = append(out, piece{})
			}
			last := &out[len(out)-1]
			for i := 0; i+1 < len(p.Cells); i += 2 {
				last.details = append(last.details, look.Detail{Key: p.Cells[i], Value: p.Cells[i+1]})
			}
		}
	}
	return out
}

// readings leads between the readings of the letter.
func (v caseLetterView) readings() []look.Link {
	var out []look.Link
	for _, reading := range paper.Readings {
		out = append(out, look.Link{Text: lang.T("reminder.reading." + readingName(reading)), Href: v.href + query(reading), Current: reading == v.reading})
	}
	return out
}

// print is the address of the same letter on paper.
func (v caseLetterView) print() string { return v.href + ".pdf" + query(v.reading) }

// query is what an address says of a reading.
func query(reading paper.Reading) string {
	if reading == paper.Ordinary {
		return ""
	}
	return "?reading=" + url.QueryEscape(string(reading))
}

// large says whether the page is set in large type.
func (v caseLetterView) large() string {
	if v.reading == paper.Ordinary {
		return "govuk-body"
	}
	return "govuk-body-l"
}

// letterLink is one letter that the case has now.
type letterLink struct{ href, text string }

// letters is what can be read and printed for the person as the case stands.
func (v caseView) letters() []letterLink {
	at := caseHref(v.a().ID) + "/letters/"
	var out []letterLink
	if v.a().No != "" {
		out = append(out, letterLink{at + casework.SlipLetter, lang.T("desk.slip", v.a().No)})
	}
	if v.a().State == application.Scheduled {
		out = append(out, letterLink{at + summonsLetter, lang.T("letter.summons")})
	}
	for _, l := range v.Letters {
		out = append(out, letterLink{at + l.ID, lang.T("desk.letter", l.Kind, l.No, l.Day.Chinese())})
	}
	if v.a().State == application.Dispatched {
		out = append(out, letterLink{at + fetchLetter, lang.T("letter.fetch")})
	}
	return out
}

// form is the links to the form with which the person asks.
func (v caseView) form() []letterLink {
	at, masked, whole := caseHref(v.a().ID)+"/form.pdf", lang.T("form.link"), lang.T("form.link.whole")
	if v.a().Matter.Changes() {
		masked, whole = lang.T("form.link.change"), lang.T("form.link.change.whole")
	}
	out := []letterLink{{at, masked}}
	if v.reveals {
		out = append(out, letterLink{at + "?numbers=whole", whole})
	}
	return out
}
