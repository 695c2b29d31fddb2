package web

import (
	"strings"

	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// cause is why a cancellation is asked for.
func (v intakeView) cause() look.Choice {
	c := look.Choice{Field: v.field("cause", "detail.cause"), Value: v.typed.Get("cause"), Empty: lang.T("intake.choose")}
	c.Hint, c.Optional = lang.T("detail.cause.hint"), true
	for _, r := range certificate.Reasons {
		c.Options = append(c.Options, look.Option{Value: string(r), Text: word(r)})
	}
	return c
}

// stated is what the applicant states beside the form.
func (v intakeView) stated() look.Area {
	a := look.Area{Field: v.field("stated", "detail.stated"), Value: v.typed.Get("stated"), Rows: 3, Max: application.TextMost}
	a.Hint = lang.T("detail.stated.hint")
	return a
}

// target is where a certificate that moves goes to.
func (v intakeView) target() look.Input {
	i := v.maybe("target", "detail.target", look.W10)
	i.Hint, i.Numeric = lang.T("detail.target.hint"), true
	return i
}

// registered is the address in the household register.
func (v caseView) registered() look.Input {
	return look.Input{Field: look.Field{Name: "registered", Label: lang.T("referral.registered"), Hint: lang.T("referral.registered.hint")}, Value: v.sent("send", "registered"), Width: look.W30, Complete: "off"}
}

// home is the county of registration of a guest.
func (v intakeView) home() look.Input {
	i := v.input("home", "intake.home", look.W10)
	i.Hint, i.Numeric = lang.T("intake.home.hint"), true
	return i
}

// guests is the choice of the first step: whether the applicant is registered elsewhere.
func (v intakeView) guests() look.Choices {
	return look.Choices{Field: v.field("guest", "intake.guest"), Values: v.typed["guest"], Options: []look.Option{{Value: "yes", Text: lang.T("intake.guest.text")}}}
}

// guest says whether the applicant is registered in another county.
func (v intakeView) guest() bool { return v.typed.Get("guest") == "yes" }

// asked is what a case of a later matter states beside the person.
func (v caseView) asked() []look.Detail {
	a := v.a()
	var out []look.Detail
	if a.Cause != "" {
		out = append(out, look.Detail{Key: lang.T("detail.cause"), Value: word(a.Cause)})
	}
	if a.Stated != "" {
		out = append(out, look.Detail{Key: lang.T("detail.stated"), Value: a.Stated})
	}
	if v.HomePlace != "" {
		out = append(out, look.Detail{Key: lang.T("detail.home"), Value: v.HomePlace})
	}
	if a.Target != "" {
		out = append(out, look.Detail{Key: lang.T("detail.target"), Value: v.TargetPlace})
	}
	if v.Upgrade {
		out = append(out, look.Detail{Key: lang.T("detail.upgrade"), Body: look.State(look.Tag{Text: lang.T("detail.upgrade.text", gradeWords(v.a().Worsened(v.Previous))), Colour: look.Orange})})
	}
	if a.State == application.Review || a.State == application.Reviewed {
		out = append(out, look.Detail{Key: lang.T("detail.outcome"), Value: word(v.Outcome)})
	}
	return out
}

// gradeWords is categories with their levels.
func gradeWords(all []certificate.Grade) string {
	var out []string
	for _, g := range all {
		out = append(out, word(g.Category)+word(g.Level))
	}
	return strings.Join(out, "、")
}
