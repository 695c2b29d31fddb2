package web

import (
	"net/http"
	"strconv"

	"hefa/internal/assessing"
	"hefa/internal/certificate"
	"hefa/internal/grading"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// grading shows the form of one category's findings, for anybody to try.
func (s *Server) grading(w http.ResponseWriter, r *http.Request) error {
	return s.gradingShow(w, r, http.StatusOK, gradingTrial{category: certificate.Category(r.URL.Query().Get("category"))})
}

// gradingTry grades what was typed; nothing is kept.
func (s *Server) gradingTry(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	t := gradingTrial{category: certificate.Category(r.PostFormValue("category")), age: look.Narrow(r.PostFormValue("age"))}
	age, err := strconv.Atoi(t.age)
	if err != nil {
		age = -1
	}
	t.values = readValues(r, t.category)
	suggestion, err := s.assessing.TryGrading(r.Context(), actor(r), assessing.Trial{Category: t.category, Age: age, Values: t.values})
	if again(err) {
		t.problems = look.Find(err)
		return s.gradingShow(w, r, http.StatusUnprocessableEntity, t)
	}
	if err != nil {
		return err
	}
	t.suggestion = &suggestion
	return s.gradingShow(w, r, http.StatusOK, t)
}

func (s *Server) gradingShow(w http.ResponseWriter, r *http.Request, status int, t gradingTrial) error {
	if len(grading.Fields(t.category)) == 0 {
		t.category = certificate.Vision
	}
	p := s.page(w, r, lang.T("grading.title"))
	p.Caption, p.Problems = grading.Standard, t.problems
	return show(w, r, status, gradingPage(p, t))
}

// gradingTrial is what somebody tries.
type gradingTrial struct {
	category   certificate.Category
	age        string
	values     grading.Values
	problems   look.Problems
	suggestion *grading.Suggestion
}

func (t gradingTrial) tabs() []look.Link {
	var out []look.Link
	for _, c := range certificate.Categories[:6] {
		out = append(out, look.Link{Text: word(c), Href: "/grading?category=" + string(c), Current: c == t.category})
	}
	return out
}

func (t gradingTrial) ageField() look.Input {
	return look.Input{Field: look.Field{Name: "age", Label: lang.T("grading.age"), Hint: lang.T("grading.age.hint")}, Value: t.age, Width: look.W4, Numeric: true,
		Suffix: lang.T("grading.age.unit"), Complete: "off"}
}

// readValues is the findings of a category as a form sends them.
func readValues(r *http.Request, c certificate.Category) grading.Values {
	out := grading.Values{}
	for _, f := range grading.Fields(c) {
		v := r.PostFormValue(grading.Input(c, f.Name))
		if f.Kind != grading.Text {
			v = look.Narrow(v)
		}
		if v != "" {
			out[f.Name] = v
		}
	}
	return out
}

// findingGroup is the fields that belong together.
type findingGroup struct {
	title  string
	fields []grading.Field
}

// findingGroups is the fields of a category by what they belong to, in the order of the form.
func findingGroups(c certificate.Category) []findingGroup {
	var out []findingGroup
	for _, f := range grading.Fields(c) {
		if n := len(out); n == 0 || out[n-1].title != lang.T(f.Title()) {
			out = append(out, findingGroup{title: lang.T(f.Title())})
		}
		last := &out[len(out)-1]
		last.fields = append(last.fields, f)
	}
	return out
}

// findingField is the outside of one field.
func findingField(c certificate.Category, f grading.Field) look.Field {
	out := look.Field{Name: grading.Input(c, f.Name), Label: lang.T(f.Word())}
	switch f.Kind {
	case grading.Acuity:
		out.Hint = lang.T("grading.hint.acuity")
	case grading.Decibel:
		out.Hint = lang.T("grading.hint.decibel")
	}
	return out
}

func findingInput(c certificate.Category, f grading.Field, value string) look.Input {
	out := look.Input{Field: findingField(c, f), Value: value, Width: look.W10, Complete: "off"}
	if f.Kind == grading.Text {
		out.Width = look.W30
	}
	if f.Unit != "" && f.Kind != grading.Acuity {
		out.Suffix, out.Width, out.Numeric = lang.T(f.Measure()), look.W5, f.Kind == grading.Number
	}
	return out
}

func findingChoice(c certificate.Category, f grading.Field, value string) look.Choice {
	out := look.Choice{Field: findingField(c, f), Value: value, Empty: lang.T("grading.none")}
	for _, o := range f.Options {
		out.Options = append(out.Options, look.Option{Value: o, Text: lang.T(f.Option(o))})
	}
	return out
}

// suggestionRows is a suggestion as a list of what it says.
func suggestionRows(g grading.Suggestion) []look.Detail {
	result := word(g.Outcome)
	if g.Level != "" {
		result += "：" + word(g.Category) + word(g.Level)
	}
	out := []look.Detail{{Key: lang.T("grading.result"), Value: result}}
	if g.Clause.Key != "" {
		out = append(out, look.Detail{Key: lang.T("grading.by"), Value: said(g.Clause)})
	}
	for _, part := range []struct {
		key   string
		notes []grading.Note
	}{{lang.T("grading.computed"), g.Computed}, {lang.T("grading.lacking"), g.Missing}, {lang.T("grading.contradicts"), g.Contradicts}, {lang.T("grading.flags"), g.Flags}} {
		if len(part.notes) > 0 {
			out = append(out, look.Detail{Key: part.key, Body: noteList(part.notes)})
		}
	}
	return out
}

func said(n grading.Note) string { return lang.T(n.Key, n.Args...) }
