package web

import (
	"net/http"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/grading"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
	"hefa/internal/pathway"
	"hefa/internal/policy"
	"hefa/internal/region"
)

// policies lists every rule with what is in force at a place.
func (s *Server) policies(w http.ResponseWriter, r *http.Request) error {
	at := region.Code(r.URL.Query().Get("region"))
	rules, names, err := s.office.Policies(r.Context(), actor(r), at)
	if err != nil {
		return err
	}
	where, err := s.placeField(r, look.Field{Name: "region", Label: lang.T("policies.where"), Hint: lang.T("policies.where.hint")}, at)
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("policies.title"))
	p.Crumbs = houseCrumbs()
	return show(w, r, http.StatusOK, policiesPage(p, policiesView{rules, names, where, at}))
}

// policiesView is the rules as the page lays them out.
type policiesView struct {
	rules []office.Rule
	names map[region.Code]string
	where look.Choice
	at    region.Code
}

func (v policiesView) table() look.Table {
	t := look.Table{Caption: lang.T("policies.title"), Quiet: true, Columns: []look.Column{{Text: lang.T("policy.name")}, {Text: lang.T("policy.value")},
		{Text: lang.T("policy.since"), Tight: true}, {Text: lang.T("policy.place")}, {Text: lang.T("policy.basis")}}}
	for _, rule := range v.rules {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: word(rule.Key), Href: policyHref(rule.Key, v.at), Note: steers(rule.Key)},
			{Text: valueText(rule.Rule, rule.Now.Value)}, {Text: since(rule.Now)}, {Text: setBy(rule.Now, v.names)}, {Text: rule.Now.Basis}}})
	}
	return t
}

func policyHref(key policy.Key, at region.Code) string {
	if at == "" {
		return "/policies/" + string(key)
	}
	return "/policies/" + string(key) + "?region=" + string(at)
}

// steers is what a rule is for.
func steers(key policy.Key) string { return lang.T("policy." + string(key) + ".steers") }

func since(v policy.Value) string {
	if v.Effective == "" {
		return lang.T("policy.since.ever")
	}
	return string(v.Effective)
}

// setBy is the place that set the value in force.
func setBy(v policy.Value, names map[region.Code]string) string {
	if v.Effective == "" {
		return lang.T("policy.default")
	}
	return placeName(v.Region, names)
}

func placeName(code region.Code, names map[region.Code]string) string {
	if code == "" {
		return lang.T("region.country")
	}
	return names[code]
}

// valueText is a value in words.
func valueText(r policy.Rule, value string) string {
	switch r.Kind {
	case policy.Switch:
		return switchText(value)
	case policy.Choice:
		return listWord(r, value)
	case policy.List:
		var parts []string
		for _, w := range policy.Split(value) {
			parts = append(parts, listWord(r, w))
		}
		if len(parts) == 0 {
			return lang.T("policy.list.none")
		}
		return strings.Join(parts, "、")
	}
	return value
}

func switchText(value string) string {
	if value == "yes" {
		return lang.T("policy.yes")
	}
	return lang.T("policy.no")
}

// listWord is a word of a list rule: a category or a paper.
func listWord(r policy.Rule, w string) string {
	switch {
	case r.Key == policy.RemindMonths:
		return lang.T("policy.months", w)
	case certificate.Category(w).Valid():
		return word(certificate.Category(w))
	case r.Key == policy.CardKind:
		return word(certificate.Kind(w))
	case r.Key == policy.SeatOrder:
		return lang.T("seat.order." + w)
	case r.Key == policy.SecondFactor:
		return word(access.Role(w))
	case r.Key != policy.RemoteEvidence && lang.Has("paper."+w):
		return paperWord(w)
	case strings.HasPrefix(string(r.Key), "exams."):
		return examWord(w)
	case r.Key == policy.PathsOpen:
		return word(pathway.Path(w))
	case r.Key == policy.RemoteGrounds:
		return word(pathway.Ground(w))
	case r.Key == policy.RemoteEvidence:
		return word(evidence.Kind(w))
	}
	return w
}

// examWord is an examination, and the level for which alone it is wanted.
func examWord(w string) string {
	level, exam, scoped := strings.Cut(w, ".")
	if !scoped {
		return word(grading.Exam(w))
	}
	return lang.T("policy.exam.level", certificate.Level(level), grading.Exam(exam))
}

// policy shows one rule with its history and, to whoever may set it, the form.
func (s *Server) policy(w http.ResponseWriter, r *http.Request) error {
	return s.policyShow(w, r, http.StatusOK, policyForm{Region: actor(r).Region}, nil)
}

// policyForm is a new value as typed.
type policyForm struct {
	Region       region.Code
	Value        string
	Effective    day.Day
	EffectiveRaw string
	Basis        string
	Correct      bool
}

// policySet sets a value.
func (s *Server) policySet(w http.ResponseWriter, r *http.Request) error {
	f := policyForm{Region: region.Code(r.PostFormValue("region")), Value: strings.Join(r.PostForm["value"], ","), EffectiveRaw: r.PostFormValue("effective"),
		Basis: strings.TrimSpace(r.PostFormValue("basis")), Correct: r.PostFormValue("correct") == "yes"}
	f.Effective, _ = look.ReadDay(f.EffectiveRaw)
	key := policy.Key(r.PathValue("key"))
	if rule, _ := policy.Of(key); rule.Kind == policy.Count || rule.Kind == policy.Hour {
		f.Value = look.Narrow(f.Value)
	}
	err := s.office.SetPolicy(r.Context(), actor(r), office.PolicyChange{Correct: f.Correct,
		Value: policy.Value{Key: key, Region: f.Region, Effective: f.Effective, Value: f.Value, Basis: f.Basis}})
	if again(err) {
		return s.policyShow(w, r, http.StatusUnprocessableEntity, f, err)
	}
	if fault.Of(err) == fault.Stale {
		return s.policyShow(w, r, http.StatusConflict, f, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, policyHref(key, ""), "policy.set.done")
}

func (s *Server) policyShow(w http.ResponseWriter, r *http.Request, status int, form policyForm, wrong error) error {
	at := region.Code(r.URL.Query().Get("region"))
	f, err := s.office.Policy(r.Context(), actor(r), policy.Key(r.PathValue("key")), at)
	if err != nil {
		return err
	}
	if form.Region == "" {
		form.Region = actor(r).Region
	}
	where, err := s.placeField(r, look.Field{Name: "region", Label: lang.T("policy.place"), Hint: lang.T("account.region.hint")}, form.Region)
	if err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		form.Value = f.Now.Value
	}
	p := s.page(w, r, word(f.Key))
	p.Problems, p.Crumbs = look.Find(wrong), houseCrumbs(look.Link{Text: lang.T("policies.title"), Href: "/policies"})
	return show(w, r, status, policyPage(p, policyView{f, form, where, actor(r).Can(access.PolicySet)}))
}

// policyView is one rule as the page lays it out.
type policyView struct {
	office.RuleFile
	form  policyForm
	where look.Choice
	can   bool
}

func (v policyView) details() []look.Detail {
	return []look.Detail{{Key: lang.T("policy.value"), Value: valueText(v.Rule.Rule, v.Now.Value)}, {Key: lang.T("policy.since"), Value: since(v.Now)},
		{Key: lang.T("policy.place"), Value: setBy(v.Now, v.Names)}, {Key: lang.T("policy.basis"), Value: v.Now.Basis},
		{Key: lang.T("policy.steers"), Value: steers(v.Key)}}
}

func (v policyView) history() look.Table {
	t := look.Table{Caption: lang.T("policy.history"), Empty: lang.T("policy.history.empty"), Columns: []look.Column{{Text: lang.T("policy.since"), Tight: true},
		{Text: lang.T("policy.place")}, {Text: lang.T("policy.value")}, {Text: lang.T("policy.basis")}, {Text: lang.T("policy.author")}}}
	for _, d := range v.History {
		from := look.Cell{Text: string(d.Effective)}
		if d.Effective > v.Today {
			from.Note = lang.T("policy.later")
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{from, {Text: placeName(d.Region, v.Names)}, {Text: valueText(v.Rule.Rule, d.Value.Value)},
			{Text: d.Basis}, {Text: d.Author, Note: look.Moment(d.At.In(day.Beijing))}}})
	}
	return t
}

func (v policyView) switchField() look.Choice {
	return look.Choice{Field: look.Field{Name: "value", Label: lang.T("policy.value.new")}, Value: v.form.Value, Inline: true,
		Options: []look.Option{{Value: "yes", Text: lang.T("policy.yes")}, {Value: "no", Text: lang.T("policy.no")}}}
}

func (v policyView) choiceField() look.Choice {
	c := look.Choice{Field: look.Field{Name: "value", Label: lang.T("policy.value.new")}, Value: v.form.Value}
	for _, w := range v.Of {
		c.Options = append(c.Options, look.Option{Value: w, Text: listWord(v.Rule.Rule, w)})
	}
	return c
}

func (v policyView) listField() look.Choices {
	c := look.Choices{Field: look.Field{Name: "value", Label: lang.T("policy.value.new")}, Values: policy.Split(v.form.Value)}
	for _, w := range v.Of {
		c.Options = append(c.Options, look.Option{Value: w, Text: listWord(v.Rule.Rule, w)})
	}
	return c
}
