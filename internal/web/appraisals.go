package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/region"
)

func appraisalHref(id archive.AppraisalID) string { return "/archive/appraisals/" + string(id) }

// appraisals is the lists of files whose retention ran out.
func (s *Server) appraisals(w http.ResponseWriter, r *http.Request) error {
	return s.appraisalsShow(w, r, nil)
}

func (s *Server) appraisalsShow(w http.ResponseWriter, r *http.Request, wrong error) error {
	q := r.URL.Query()
	all, err := s.archiving.Appraisals(r.Context(), actor(r), region.Code(q.Get("region")), archive.AppraisalID(q.Get("after")), rows)
	if err != nil {
		return err
	}
	next := ""
	if all.More {
		next = string(all.Rows[len(all.Rows)-1].ID)
	}
	p := s.page(w, r, lang.T("appraisal.title"))
	p.Crumbs, p.Problems = archiveCrumbs(), look.Find(wrong)
	return show(w, r, wrongStatus(r, wrong), appraisalsPage(p, appraisalsView{all, r, turner(r, len(all.Rows), next)}))
}

// appraisalDraw makes a list.
func (s *Server) appraisalDraw(w http.ResponseWriter, r *http.Request) error {
	members := strings.FieldsFunc(r.PostFormValue("members"), func(c rune) bool { return strings.ContainsRune("\r\n,，、;；", c) })
	id, err := s.archiving.DrawAppraisal(r.Context(), actor(r), archive.Appraisal{Head: r.PostFormValue("head"), Members: members})
	if again(err) {
		return s.appraisalsShow(w, r, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, appraisalHref(id), "appraisal.drawn")
}

// appraisalsView is the lists as the page lays them out.
type appraisalsView struct {
	archiving.Appraisals
	r     *http.Request
	pager look.Pager
}

func (v appraisalsView) drawing() bool { return actor(v.r).Can(access.ArchiveAppraise) }

func (v appraisalsView) ended() string { return lang.T("appraisal.ended", v.Ended) }

func (v appraisalsView) head() look.Input {
	return typed(v.r, "head", lang.T("appraisal.head"), "", look.W20)
}

func (v appraisalsView) members() look.Area {
	return look.Area{Field: look.Field{Name: "members", Label: lang.T("appraisal.members"), Hint: lang.T("appraisal.members.hint")}, Value: v.r.PostFormValue("members"), Rows: 4}
}

func (v appraisalsView) table() look.Table {
	t := look.Table{Caption: lang.T("appraisal.title"), Quiet: true, Empty: lang.T("appraisal.lists.empty"), Columns: []look.Column{{Text: lang.T("appraisal.no")},
		{Text: lang.T("appraisal.day"), Tight: true}, {Text: lang.T("appraisal.head")}, {Text: lang.T("appraisal.destroyed"), Tight: true}, {Text: lang.T("archive.state"), Tight: true}}}
	for _, a := range v.Rows {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: a.No, Href: appraisalHref(a.ID)}, {Text: string(a.Day)}, {Text: a.Head}, {Text: string(a.Destroyed)}, {Tag: appraisalTag(a.State)}}})
	}
	return t
}

func appraisalTag(s archive.AppraisalState) look.Tag {
	colour := map[archive.AppraisalState]look.Colour{archive.Drawn: look.Blue, archive.Proposed: look.Yellow, archive.Approved: look.Red, archive.Done: look.Grey}
	return look.Tag{Text: word(s), Colour: colour[s]}
}

// appraisal is one list.
func (s *Server) appraisal(w http.ResponseWriter, r *http.Request) error {
	return s.appraisalShow(w, r, nil)
}

func (s *Server) appraisalShow(w http.ResponseWriter, r *http.Request, wrong error) error {
	q := r.URL.Query()
	if wrong != nil {
		q = r.PostForm
	}
	filter := archiving.AppraisalFilter{Verdict: q.Get("verdict"), After: q.Get("after"), Limit: rows}
	a, err := s.archiving.Appraisal(r.Context(), actor(r), archive.AppraisalID(r.PathValue("id")), filter)
	if err != nil {
		return err
	}
	p := s.page(w, r, a.No)
	p.Problems = look.Find(wrong)
	p.Crumbs = append(archiveCrumbs(), look.Link{Text: lang.T("appraisal.title"), Href: "/archive/appraisals"})
	pager := look.Pager{Shown: len(a.Files), Total: -1}
	if q.Get("after") != "" {
		pager.First = carrying(appraisalHref(a.ID), q, []string{"verdict"})
	}
	if a.More {
		pager.Next = carrying(appraisalHref(a.ID), q, []string{"verdict"}, "after", a.Files[len(a.Files)-1].No)
	}
	return show(w, r, wrongStatus(r, wrong), appraisalPage(p, appraisalView{a, q, r, pager}))
}

// appraisalAct runs one step of a list: back to the list when it was done, the list with what is wrong when not.
func (s *Server) appraisalAct(w http.ResponseWriter, r *http.Request, done string, act func(archive.AppraisalID) error) error {
	id := archive.AppraisalID(r.PathValue("id"))
	err := act(id)
	if again(err) {
		return s.appraisalShow(w, r, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, carrying(appraisalHref(id), r.PostForm, []string{"verdict", "after"}), done)
}

// appraisalFind notes what was found of the ticked files.
func (s *Server) appraisalFind(w http.ResponseWriter, r *http.Request) error {
	return s.appraisalAct(w, r, "appraisal.find.done", func(id archive.AppraisalID) error {
		var files []person.ID
		for _, p := range r.PostForm["ids"] {
			files = append(files, person.ID(p))
		}
		years, _ := strconv.Atoi(r.PostFormValue("years")) // 0 is refused by the list
		return s.archiving.AppraiseFiles(r.Context(), actor(r), id, files, archive.Finding{Verdict: archive.Verdict(r.PostFormValue("found")), Years: years, Reason: r.PostFormValue("reason")})
	})
}

// appraisalPropose hands the list to the leader.
func (s *Server) appraisalPropose(w http.ResponseWriter, r *http.Request) error {
	return s.appraisalAct(w, r, "appraisal.propose.done", func(id archive.AppraisalID) error { return s.archiving.ProposeAppraisal(r.Context(), actor(r), id) })
}

// appraisalDecide is the leader's word.
func (s *Server) appraisalDecide(w http.ResponseWriter, r *http.Request) error {
	return s.appraisalAct(w, r, "appraisal.decide.done", func(id archive.AppraisalID) error {
		return s.archiving.DecideAppraisal(r.Context(), actor(r), id, r.PostFormValue("grant") == "yes", r.PostFormValue("answer"))
	})
}

// appraisalDestroy records the destruction.
func (s *Server) appraisalDestroy(w http.ResponseWriter, r *http.Request) error {
	return s.appraisalAct(w, r, "appraisal.destroy.done", func(id archive.AppraisalID) error {
		if err := s.confirm(r, access.ArchiveDestroy); err != nil {
			return err
		}
		on, _ := look.ReadDay(r.PostFormValue("day")) // a wrong one is missed by the list
		return s.archiving.DestroyFiles(r.Context(), actor(r), id, archive.Witnessed{Day: on, Way: r.PostFormValue("way"), First: r.PostFormValue("first"), Second: r.PostFormValue("second")})
	})
}

// appraisalRegister is the list as PDF.
func (s *Server) appraisalRegister(w http.ResponseWriter, r *http.Request) error {
	return file(w, lang.T("appraisal.file"), pdf, func(b *bytes.Buffer) error {
		return s.archiving.WriteAppraisal(r.Context(), actor(r), archive.AppraisalID(r.PathValue("id")), b)
	})
}

// appraisalView is a list as the page lays it out; q is the conditions, and what was typed when a form failed.
type appraisalView struct {
	archiving.Appraisal
	q     url.Values
	r     *http.Request
	pager look.Pager
}
