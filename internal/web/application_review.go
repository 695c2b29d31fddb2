package web

import (
	"net/http"
	"strings"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// applicationReview is the first officer's word.
func (s *Server) applicationReview(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "review.done", func(id application.ID) error {
		return s.casework.ReviewApplication(r.Context(), actor(r), id, r.PostFormValue("note"))
	})
}

// applicationRereview is the city's word.
func (s *Server) applicationRereview(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "rereview.done", func(id application.ID) error {
		return s.casework.RereviewApplication(r.Context(), actor(r), id, r.PostFormValue("note"))
	})
}

// applicationApprove grants the certificate.
func (s *Server) applicationApprove(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "approve.done", func(id application.ID) error {
		return s.casework.ApproveApplication(r.Context(), actor(r), id)
	})
}

// applicationRefuse ends the case with a decision letter.
func (s *Server) applicationRefuse(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "refuse.done", func(id application.ID) error {
		return s.casework.RefuseApplication(r.Context(), actor(r), id, r.PostFormValue("reason"))
	})
}

// typedText is what was typed into a field of the act that failed.
func (v caseView) typedText(field string) string {
	if all := v.typed[field]; len(all) > 0 {
		return all[0]
	}
	return ""
}

// noteArea is the note that an officer may leave.
func (v caseView) noteArea() look.Area {
	return look.Area{Field: look.Field{Name: "note", Label: lang.T("review.note"), Hint: lang.T("review.note.hint"), Optional: true}, Value: v.typedText("note"), Rows: 3, Max: 500}
}

// reasonArea is the reason of a refusal, which the letter prints.
func (v caseView) reasonArea() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("refuse.reason"), Hint: lang.T("refuse.reason.hint")}, Value: v.typedText("reason"), Rows: 4, Max: 500}
}

// deciding says whether what is to be checked is shown: to whoever reviews, approves or refuses now.
func (v caseView) deciding() bool {
	return v.can(access.ApplicationReview) || v.can(access.ApplicationRereview) || v.can(access.ApplicationRefuse)
}

// evidence is what reviewer and approver check: papers, conclusion, notice, what was before.
func (v caseView) evidence() []look.Detail {
	a := v.a()
	out := []look.Detail{{Key: lang.T("review.papers"), Body: evidenceLine(v.paperTag(), v.paperText())}}
	for _, c := range v.Assessments {
		out = append(out, look.Detail{Key: lang.T("review.conclusion"), Value: conclusionText(c, v.Hospital.Name)})
	}
	if len(v.Assessments) == 0 {
		out = append(out, look.Detail{Key: lang.T("review.conclusion"), Value: lang.T("review.conclusion.none")})
	}
	out = append(out, look.Detail{Key: lang.T("review.notice"), Value: v.noticeText()})
	if c := v.Previous; c != nil {
		tag := look.Tag{Text: lang.T("review.previous.same"), Colour: look.Green}
		if a.Category != "" && (c.Category != a.Category || c.Level != a.Level) {
			tag = look.Tag{Text: lang.T("review.previous.changed"), Colour: look.Orange}
		}
		out = append(out, look.Detail{Key: lang.T("review.previous"), Body: evidenceLine(tag, lang.T("review.previous.text", c.Category, c.Level, c.Expires))})
	}
	if a.State == application.Reviewed {
		out = append(out, look.Detail{Key: lang.T("review.reviewed"), Value: v.reviewText()})
	}
	return out
}

// gaps is the papers that nobody has seen.
func (v caseView) gaps() []string {
	sent := map[string]bool{}
	for _, a := range v.Attachments {
		sent[a.Paper] = true
	}
	var out []string
	for _, p := range v.Checklist {
		if !v.Sighted[p] && !sent[p] {
			out = append(out, paperWord(p))
		}
	}
	return out
}

func (v caseView) paperTag() look.Tag {
	if len(v.gaps()) > 0 {
		return look.Tag{Text: lang.T("review.papers.gaps"), Colour: look.Red}
	}
	return look.Tag{Text: lang.T("review.papers.whole"), Colour: look.Green}
}

func (v caseView) paperText() string {
	if gaps := v.gaps(); len(gaps) > 0 {
		return lang.T("review.papers.missing", strings.Join(gaps, "、"))
	}
	return lang.T("review.papers.text", len(v.Checklist), len(v.Attachments))
}

// conclusionText is a signed conclusion in a sentence: each category with its result, both names, the day.
func conclusionText(c assessment.Conclusion, hospital string) string {
	var each []string
	for _, f := range c.Findings {
		if f.Meets {
			each = append(each, lang.T("review.finding.met", f.Category, f.Level))
			continue
		}
		each = append(each, lang.T("review.finding.unmet", f.Category))
	}
	where := c.On.Chinese()
	if hospital != "" {
		where = hospital + "，" + where
	}
	return lang.T("review.conclusion.text", strings.Join(each, "、"), where, c.First, c.Second)
}

func (v caseView) noticeText() string {
	switch a := v.a(); {
	case a.Notice == "":
		return lang.T("review.notice.exempt")
	case len(v.Objections) == 0:
		return lang.T("review.notice.quiet")
	default:
		var each []string
		for _, o := range v.Objections {
			each = append(each, objectionText(o))
		}
		return lang.T("review.notice.objected", len(each), strings.Join(each, "；"))
	}
}

func objectionText(o announcement.Objection) string {
	if o.Decision == "" {
		return lang.T("review.objection.open", o.Day)
	}
	return lang.T("review.objection", o.Day, application.Decision(o.Decision), o.Reason)
}

// reviewText is who reviewed and what they noted.
func (v caseView) reviewText() string {
	var out []string
	for _, l := range v.Timeline {
		if tail(l.Act) == "review" || tail(l.Act) == "rereview" {
			out = append(out, strings.TrimSpace(l.Name+" "+l.Note))
		}
	}
	return strings.Join(out, "；")
}
