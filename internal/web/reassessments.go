package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/assessing"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/reassessment"
)

// reassessments is those for which the doctor is named.
func (s *Server) reassessments(w http.ResponseWriter, r *http.Request) error {
	all, err := s.assessing.Reassessments(r.Context(), actor(r))
	if err != nil {
		return err
	}
	t := look.Table{Caption: lang.T("reassessment.title"), Quiet: true, Empty: lang.T("reassessment.none"), Columns: []look.Column{{Text: lang.T("column.name"), Tight: true},
		{Text: lang.T("reassessment.day"), Tight: true}, {Text: lang.T("session.column.wanted")}, {Text: lang.T("detail.state"), Tight: true}}}
	for _, x := range all {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: x.Examinee.Name, Href: reassessmentHref(x.ID), Note: x.Examinee.Number.Masked()}, {Text: string(x.Day)},
			{Text: categoryWords(x.Wanted)}, {Tag: reassessmentTag(x.State)}}})
	}
	return show(w, r, http.StatusOK, reassessmentsPage(s.page(w, r, lang.T("reassessment.title")), t))
}

func reassessmentTag(st reassessment.State) look.Tag {
	return look.Tag{Text: word(st), Colour: map[reassessment.State]look.Colour{reassessment.Ordered: look.Yellow, reassessment.Signed: look.Orange, reassessment.Done: look.Blue,
		reassessment.Decided: look.Green, reassessment.Dropped: look.Grey}[st]}
}

func reassessmentHref(id reassessment.ID) string { return "/reassessments/" + string(id) }

// reassessment is the form of the findings, or what was signed for the second doctor to read.
func (s *Server) reassessment(w http.ResponseWriter, r *http.Request) error {
	return s.reassessmentShow(w, r, http.StatusOK, nil)
}

func (s *Server) reassessmentShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	b, err := s.assessing.Reassessment(r.Context(), actor(r), reassessment.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("reassessment.of", b.Examinee.Name))
	p.Caption, p.Problems = b.Hospital.Name, look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("reassessment.title"), Href: "/reassessments"}}
	// The form is that of a first assessment, filled from the re-assessment alone.
	v := reassessView{Blind: b, assessView: assessView{s: s, doctor: actor(r).Name, account: actor(r).Account, stale: fault.Of(wrong) == fault.Stale}}
	v.assessView.Licensed, v.Kept, v.assessView.Measure, v.assessView.Application.Wanted = b.Licensed, b.Conclusion.Findings, b.Measure, b.Wanted
	if r.Method == http.MethodPost {
		v.typed = r.PostForm
	}
	return show(w, r, status, reassessmentPage(p, v))
}

// reassessmentDo keeps, signs, signs as the second doctor, or sends back.
func (s *Server) reassessmentDo(w http.ResponseWriter, r *http.Request) error {
	id, ctx, by, do := reassessment.ID(r.PathValue("id")), r.Context(), actor(r), r.PostFormValue("do")
	c, wrong := readConclusion(r)
	var err error
	switch do {
	case "weigh":
		if err = c.CheckValues(); err == nil {
			return s.reassessmentShow(w, r, http.StatusOK, nil)
		}
	case "keep", "sign":
		act := s.assessing.KeepReassessment
		if do == "sign" {
			act = s.assessing.SignReassessment
		}
		if err = wrong.Fault(); err == nil {
			err = act(ctx, by, id, c)
		}
	case "countersign":
		err = s.assessing.CountersignReassessment(ctx, by, id)
	case "return":
		err = s.assessing.ReturnReassessment(ctx, by, id, r.PostFormValue("reason"))
	default:
		err = fault.New(fault.Invalid, "form.choice.wrong")
	}
	switch {
	case fault.Of(err) == fault.Stale:
		return s.reassessmentShow(w, r, http.StatusConflict, err)
	case again(err):
		return s.reassessmentShow(w, r, http.StatusUnprocessableEntity, err)
	case err != nil:
		return err
	}
	return s.done(w, r, reassessmentHref(id), "reassessment."+do+".done")
}

// reassessView is the page of one re-assessment.
type reassessView struct {
	assessing.Blind
	assessView
}

func (v reassessView) about() []look.Detail {
	e := v.Examinee
	out := []look.Detail{{Key: lang.T("detail.state"), Body: look.State(reassessmentTag(v.State))}, {Key: lang.T("detail.number"), Value: e.Number.Masked()},
		{Key: lang.T("detail.sex"), Value: lang.T("detail.sex.age", e.Sex, e.Birth.Chinese(), e.Birth.Age(v.s.today()))}, {Key: lang.T("detail.wanted"), Value: categoryWords(v.Wanted)},
		{Key: lang.T("reassessment.day"), Value: v.Day.Chinese()}, {Key: lang.T("reassessment.doctors"), Value: doctorNames(v.Doctors)}}
	if v.Reason != "" {
		out = append(out, look.Detail{Key: lang.T("reassessment.returned"), Value: v.Reason})
	}
	return out
}

func doctorNames(all []reassessment.Doctor) string {
	var names []string
	for _, d := range all {
		names = append(names, d.Name)
	}
	return strings.Join(names, "、")
}

// examines says whether the form is offered.
func (v reassessView) examines() bool { return v.State == reassessment.Ordered && v.Day <= v.s.today() }

// reads says whether the reader is a second doctor whose signature is wanted.
func (v reassessView) reads() bool {
	return v.State == reassessment.Signed && slices.ContainsFunc(v.Conclusion.Findings, func(f assessment.Finding) bool {
		return f.Confirmer == "" && f.Doctor != v.account && slices.Contains(v.Blind.Licensed, f.Category)
	})
}

// waits is what the page says to whoever has nothing to do now.
func (v reassessView) waits() string {
	switch {
	case v.State == reassessment.Ordered:
		return lang.T("reassessment.wait.day", v.Day.Chinese())
	case v.State == reassessment.Signed:
		return lang.T("reassessment.wait.second", categoryWords(v.Conclusion.Awaits()))
	}
	return lang.T("reassessment.wait.done")
}

// barred is the wanted categories that this doctor leaves to the others.
func (v reassessView) barred() []look.Detail {
	var out []look.Detail
	for _, c := range v.Wanted {
		if slices.Contains(v.Blind.Licensed, c) {
			continue
		}
		text := lang.T("assessment.barred.doctor")
		if f, ok := v.kept(c); ok {
			text = lang.T("assessment.kept.by", f.Name, f.On) + " " + v.result(f)
		}
		out = append(out, look.Detail{Key: word(c), Value: text})
	}
	return out
}

// signed is what was found and signed, category by category.
func (v reassessView) signed() []look.Detail { return conclusionRows(v.Conclusion, v.Blind.Measure) }

// conclusionRows is a conclusion with what was measured, what the standard suggests and who stands by it.
func conclusionRows(c assessment.Conclusion, m assessment.Measure) []look.Detail {
	var out []look.Detail
	for _, f := range c.Findings {
		out = append(out, look.Detail{Key: word(f.Category), Value: verdictText(f)}, look.Detail{Key: lang.T("assessment.values"), Value: valuesText(f)},
			look.Detail{Key: lang.T("grading.suggestion"), Value: levelSuggested(m.Suggest(f.Category, f.Values).Level)})
		if f.Reason != "" {
			out = append(out, look.Detail{Key: lang.T("assessment.reason"), Value: f.Reason})
		}
		names := f.Name
		if f.Confirmed != "" {
			names += "、" + f.Confirmed
		}
		out = append(out, look.Detail{Key: lang.T("reassessment.signed.by"), Value: names + " " + c.On.Chinese()})
	}
	return out
}

func verdictText(f assessment.Finding) string {
	if !f.Meets {
		return lang.T("assessment.unmet")
	}
	return word(f.Level)
}

func levelSuggested(l certificate.Level) string {
	if l == "" {
		return lang.T("reassessment.suggested.none")
	}
	return word(l)
}

func (v reassessView) on() look.Date {
	d := look.Date{Field: look.Field{Name: "on", Label: lang.T("assessment.column.day")}, Value: v.s.today()}
	if v.typed != nil {
		d.Value, d.Typed = "", v.value("on", "")
	}
	return d
}

func (v reassessView) reason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("reassessment.reason"), Hint: lang.T("reassessment.reason.hint")}, Value: v.value("reason", ""), Rows: 3, Max: reassessment.TextMost}
}

func (v reassessView) version() string { return strconv.Itoa(v.Blind.Version) }
