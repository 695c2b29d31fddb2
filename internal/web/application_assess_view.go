package web

import (
	"slices"
	"strings"

	"hefa/internal/assessing"
	"hefa/internal/assessment"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/grading"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// assessView is the form as the page lays it out; typed is nil until it was sent.
type assessView struct {
	assessing.Examination
	s               *Server
	doctor, account string
	stale           bool
	typed           map[string][]string
}

// value is a field as typed, else as it was kept.
func (v assessView) value(name, kept string) string {
	if v.typed == nil {
		return kept
	}
	if all := v.typed[name]; len(all) > 0 {
		return all[0]
	}
	return ""
}

func (v assessView) kept(c certificate.Category) (assessment.Finding, bool) {
	i := slices.IndexFunc(v.Kept, func(f assessment.Finding) bool { return f.Category == c })
	if i < 0 {
		return assessment.Finding{}, false
	}
	return v.Kept[i], true
}

// asked says whether the applicant wants c to be examined, or somebody wrote about it.
func (v assessView) asked(c certificate.Category) bool {
	_, kept := v.kept(c)
	return kept || slices.Contains(v.Application.Wanted, c) || v.value("category-"+string(c), "") != ""
}

// offered is the categories that this doctor may fill in: those that are asked for, or the others.
func (v assessView) offered(asked bool) []certificate.Category {
	var out []certificate.Category
	for _, c := range v.Licensed {
		if v.asked(c) == asked {
			out = append(out, c)
		}
	}
	return out
}

// values is the measured findings as typed, else as they were kept.
func (v assessView) values(c certificate.Category) grading.Values {
	f, _ := v.kept(c)
	out := grading.Values{}
	for _, x := range grading.Fields(c) {
		if s := v.value(grading.Input(c, x.Name), f.Values[x.Name]); s != "" {
			out[x.Name] = s
		}
	}
	return out
}

// suggestion is what the standard says about what stands in the fields; nil while nothing does.
func (v assessView) suggestion(c certificate.Category) *grading.Suggestion {
	values := v.values(c)
	if len(values) == 0 {
		return nil
	}
	s := v.Measure.Suggest(c, values)
	return &s
}

func (v assessView) reason(c certificate.Category) look.Area {
	f, _ := v.kept(c)
	name := "reason-" + string(c)
	return look.Area{Field: look.Field{Name: name, Label: lang.T("assessment.reason"), Hint: lang.T("assessment.reason.hint"), Optional: true}, Value: v.value(name, f.Reason), Rows: 2}
}

// doubted is the kept findings that differ from the suggestion and wait for a second doctor.
func (v assessView) doubted() []assessment.Finding {
	var out []assessment.Finding
	for _, f := range v.Kept {
		if f.Differs() && f.Confirmer == "" {
			out = append(out, f)
		}
	}
	return out
}

// confirmable says whether the reader is the second doctor who may confirm f.
func (v assessView) confirmable(f assessment.Finding) bool {
	return f.Doctor != v.account && f.Reason != "" && slices.Contains(v.Licensed, f.Category)
}

func (v assessView) doubt(f assessment.Finding) []look.Detail {
	result := lang.T("assessment.unmet")
	if f.Meets {
		result = word(f.Level)
	}
	s := v.Measure.Suggest(f.Category, f.Values)
	out := []look.Detail{{Key: word(f.Category), Value: lang.T("assessment.kept.by", f.Name, f.On) + " " + result}}
	out = append(out, suggestionRows(s)...)
	if f.Reason != "" {
		out = append(out, look.Detail{Key: lang.T("assessment.reason"), Value: f.Reason})
	}
	return append(out, look.Detail{Key: lang.T("assessment.values"), Value: valuesText(f)})
}

// valuesText is the measured findings in a sentence.
func valuesText(f assessment.Finding) string {
	var out []string
	for _, x := range grading.Fields(f.Category) {
		if s := f.Values[x.Name]; s != "" {
			out = append(out, lang.T("assessment.value", lang.T(x.Word()), casework.Say(x, s)))
		}
	}
	if f.Findings != "" {
		out = append(out, f.Findings)
	}
	return strings.Join(out, "；")
}

func (v assessView) verdict(c certificate.Category) look.Choice {
	f, ok := v.kept(c)
	was := ""
	if ok {
		if was = verdictUnmet; f.Meets {
			was = verdictMet
		}
	}
	name := "category-" + string(c)
	return look.Choice{Field: look.Field{Name: name, Label: lang.T("assessment.verdict")}, Value: v.value(name, was), Inline: true, Options: []look.Option{
		{Value: verdictMet, Text: lang.T("assessment.met")}, {Value: verdictUnmet, Text: lang.T("assessment.unmet")}, {Value: "", Text: lang.T("assessment.skip")}}}
}

func (v assessView) level(c certificate.Category) look.Choice {
	f, _ := v.kept(c)
	name := "level-" + string(c)
	out := look.Choice{Field: look.Field{Name: name, Label: lang.T("assessment.level"), Hint: lang.T("assessment.level.hint")}, Value: v.value(name, string(f.Level)), Empty: lang.T("session.choose")}
	for _, l := range certificate.Levels {
		out.Options = append(out.Options, look.Option{Value: string(l), Text: word(l)})
	}
	return out
}

func (v assessView) findings(c certificate.Category) look.Area {
	f, _ := v.kept(c)
	name := "findings-" + string(c)
	return look.Area{Field: look.Field{Name: name, Label: lang.T("assessment.column.findings"), Hint: lang.T("assessment.findings.hint"), Optional: true}, Value: v.value(name, f.Findings), Rows: 3}
}

func (v assessView) cause(c certificate.Category) look.Input {
	f, _ := v.kept(c)
	name := "cause-" + string(c)
	return look.Input{Field: look.Field{Name: name, Label: lang.T("assessment.column.cause"), Optional: true}, Value: v.value(name, f.Cause), Width: look.W30}
}

// author says who kept the finding that stands in the fields, when it was a colleague.
func (v assessView) author(c certificate.Category) string {
	f, ok := v.kept(c)
	if !ok || f.Doctor == v.account {
		return ""
	}
	return lang.T("assessment.kept.by", f.Name, f.On)
}

// barred is the categories that this doctor may not fill in, each with the reason and what a colleague found.
func (v assessView) barred() []look.Detail {
	var out []look.Detail
	for _, b := range v.Barred {
		f, kept := v.kept(b.Category)
		if !kept && !slices.Contains(v.Application.Wanted, b.Category) {
			continue
		}
		text := lang.T("assessment.barred.doctor")
		if b.Hospital {
			text = lang.T("assessment.barred.hospital")
		}
		if kept {
			text = lang.T("assessment.kept.by", f.Name, f.On) + " " + v.result(f)
		}
		out = append(out, look.Detail{Key: word(b.Category), Value: text})
	}
	return out
}

// others is the licensed names of what is barred and was not asked for.
func (v assessView) others() string {
	var out []certificate.Category
	for _, b := range v.Barred {
		if _, kept := v.kept(b.Category); !kept && !slices.Contains(v.Application.Wanted, b.Category) {
			out = append(out, b.Category)
		}
	}
	return categoryWords(out)
}

func (v assessView) result(f assessment.Finding) string {
	if !f.Meets {
		return lang.T("assessment.unmet")
	}
	return word(f.Level)
}

// saved is what colleagues kept while the form was open.
func (v assessView) saved() []look.Detail {
	var out []look.Detail
	for _, f := range v.Kept {
		out = append(out, look.Detail{Key: word(f.Category), Value: lang.T("assessment.kept.by", f.Name, f.On) + " " + v.result(f) + " " + f.Findings})
	}
	return out
}

func (v assessView) about() []look.Detail {
	p, a := v.Person, v.Application
	out := []look.Detail{
		{Key: lang.T("detail.number"), Value: p.Number.Masked()},
		{Key: lang.T("detail.sex"), Value: lang.T("detail.sex.age", p.Sex, p.Birth.Chinese(), p.Birth.Age(v.s.today()))},
		{Key: lang.T("detail.matter"), Value: word(a.Matter)},
		{Key: lang.T("detail.wanted"), Value: categoryWords(a.Wanted), Actions: []look.Link{{Text: lang.T("assessment.papers"), Href: caseHref(a.ID) + "#papers"}}},
	}
	if c := v.Previous; c != nil {
		out = append(out, look.Detail{Key: lang.T("detail.previous"), Value: lang.T("detail.previous.text", c.Number.Masked(), c.Category, c.Level, c.Expires.Chinese())})
	}
	return out
}

func (v assessView) on() look.Date {
	d := look.Date{Field: look.Field{Name: "on", Label: lang.T("assessment.column.day")}, Value: v.Examination.Session.Day}
	if v.typed != nil {
		d.Value, d.Typed = "", v.value("on", "")
	}
	return d
}

func (v assessView) first() look.Input {
	return look.Input{Field: look.Field{Name: "first", Label: lang.T("assessment.first"), Hint: lang.T("assessment.first.hint")}, Value: v.value("first", v.doctor), Width: look.W20}
}
