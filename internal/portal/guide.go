package portal

import (
	"net/http"
	"strings"

	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/policy"
)

// guide is the public home: whom to ask, what to bring, how the course runs, by the rules in force today.
func (s *Server) guide(w http.ResponseWriter, r *http.Request) error {
	g, err := s.casework.Guide(r.Context(), anybody(r), s.where(r))
	if err != nil {
		return err
	}
	p := s.page(r, lang.T("portal.guide.title"), r.URL.RequestURI())
	p.Caption = g.Place
	return look.Send(w, r, http.StatusOK, guidePage(p, guideView{g}))
}

// guideView is the guide as the page lays it out.
type guideView struct{ casework.Guide }

func (v guideView) office() []look.Detail {
	out := []look.Detail{{Key: lang.T("portal.office"), Value: v.Office.Name}}
	if v.Office.Address != "" {
		out = append(out, look.Detail{Key: lang.T("portal.address"), Value: v.Office.Address})
	}
	return append(out, look.Detail{Key: lang.T("portal.phone"), Value: v.Office.Phone})
}

// papers is the papers that a matter wants, in words; the guardian's only with the sentence that says for whom.
func (v guideView) papers(key policy.Key) []string {
	var out []string
	for _, p := range v.Rules.List(key) {
		switch p {
		case "photo":
			out = append(out, lang.T("portal.papers.photo", v.Rules.Count(policy.Photos)))
		case "guardian":
			out = append(out, lang.T("portal.papers.guardian", v.Rules.Count(policy.AdultAge), v.categories(policy.GuardianCategory)))
		default:
			out = append(out, lang.T("paper."+p))
		}
	}
	return out
}

func (v guideView) categories(key policy.Key) string {
	var out []string
	for _, c := range v.Rules.List(key) {
		out = append(out, word(certificate.Category(c)))
	}
	return strings.Join(out, "、")
}

// course is the steps from the application to the card, each with its limit.
func (v guideView) course() []string {
	n := v.Rules.Count
	return []string{
		lang.T("portal.step.apply", n(policy.AcceptDays)),
		lang.T("portal.step.assess", n(policy.ScheduleDays)),
		v.publish(),
		lang.T("portal.step.review", n(policy.ReviewDays)),
		lang.T("portal.step.card", n(policy.PrintDays), n(policy.DispatchDays)),
	}
}

// publish says what of a case is published, and of whom nothing is.
func (v guideView) publish() string {
	text := lang.T("portal.step.publish", v.Rules.Count(policy.AnnounceDays))
	if !v.Rules.Is(policy.AnnounceMinors) {
		text += lang.T("portal.step.publish.minors")
	}
	if hidden := v.categories(policy.AnnounceExempt); hidden != "" {
		text += lang.T("portal.step.publish.exempt", hidden)
	}
	return text
}

// renew says whether an exchange at expiry is assessed again.
func (v guideView) renew() string {
	if v.Rules.Is(policy.RenewAssess) {
		return lang.T("portal.renew.assess", v.Rules.Count(policy.ValidYears))
	}
	return lang.T("portal.renew.plain", v.Rules.Count(policy.ValidYears))
}
