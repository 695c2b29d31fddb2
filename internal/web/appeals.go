package web

import (
	"net/http"
	"net/url"
	"strings"

	"hefa/internal/access"
	"hefa/internal/appeal"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
)

// appeals is the appeals of an area, the newest first.
func (s *Server) appeals(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := appealsView{r: r}
	f := casework.AppealFilter{Region: region.Code(q.Get("region")), State: appeal.State(q.Get("state")), After: appeal.ID(q.Get("after")), Limit: rows}
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.AppealRead, f.Region); err == nil && !v.whole {
		v.AppealList, err = s.casework.AppealList(r.Context(), actor(r), f)
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, appealsPage(s.page(w, r, lang.T("appeal.title")), v))
}

type appealsView struct {
	casework.AppealList
	r     *http.Request
	where look.Choice
	whole bool // no county is chosen yet
}

func (v appealsView) states() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("appeal.state")}, Value: v.r.URL.Query().Get("state"), Empty: lang.T("reminder.filter.all")}, appeal.States)
}

func (v appealsView) table() look.Table {
	t := look.Table{Caption: lang.T("appeal.title"), Quiet: true, Empty: lang.T("appeal.none"), Columns: []look.Column{{Text: lang.T("appeal.no"), Tight: true}, {Text: lang.T("appeal.person")},
		{Text: lang.T("appeal.level")}, {Text: lang.T("appeal.filed"), Tight: true}, {Text: lang.T("detail.place")}, {Text: lang.T("appeal.state"), Tight: true}}}
	switch {
	case v.whole:
		t.Empty = lang.T("disclosure.choose")
	case narrowed(v.r) != "":
		t.Empty = lang.T("appeal.filtered")
	}
	for _, a := range v.Appeals {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: a.No, Href: appealHref(application.ID(a.Application))}, {Text: a.Name}, {Text: appealView{}.titleOf(a.Appeal)}, {Text: string(a.Filed)},
			{Text: v.Places[a.Region.Township()] + villageName(a.Region, v.Places)}, {Tag: appealTag(a.State)}}})
	}
	return t
}

func appealTag(s appeal.State) look.Tag {
	return look.Tag{Text: word(s), Colour: map[appeal.State]look.Colour{appeal.Filed: look.Blue, appeal.Admitted: look.Yellow, appeal.Denied: look.Grey, appeal.Upheld: look.Green,
		appeal.Changed: look.Orange}[s]}
}

func appealHref(id application.ID) string { return caseHref(id) + "/appeal" }

// appeal is the appeals about one case, with what can be done next.
func (s *Server) appeal(w http.ResponseWriter, r *http.Request) error {
	return s.appealShow(w, r, nil)
}

func (s *Server) appealShow(w http.ResponseWriter, r *http.Request, wrong error) error {
	all, err := s.casework.Appeals(r.Context(), actor(r), application.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	v := appealView{all, r.PostForm}
	p := s.page(w, r, lang.T("appeal.title"))
	p.Caption, p.Problems = all.Case.Person.Name, look.Find(wrong)
	p.Crumbs = []look.Link{{Text: all.Case.Person.Name, Href: caseHref(all.Case.Application.ID)}}
	return show(w, r, status, appealPage(p, v))
}

// appealDo does what one of the forms asks for.
func (s *Server) appealDo(w http.ResponseWriter, r *http.Request) error {
	of, value := application.ID(r.PathValue("id")), r.PostFormValue
	ctx, by, id := r.Context(), actor(r), appeal.ID(value("appeal"))
	var err error
	done := "appeal." + value("do") + ".done"
	switch value("do") {
	case "file":
		_, err = s.casework.FileAppeal(ctx, by, of, value("reason"))
	case "admit":
		err = s.casework.AdmitAppeal(ctx, by, id, look.Narrow(value("hospital")))
	case "deny":
		err = s.casework.DenyAppeal(ctx, by, id, value("opinion"))
	case "conclude":
		c := appeal.Conclusion{Doctors: [2]string{look.Narrow(value("first")), look.Narrow(value("second"))}, Opinion: value("opinion"),
			Result: appeal.Result{Category: certificate.Category(value("category")), Level: certificate.Level(value("level"))}}
		if value("level") == "none" {
			c.Result = appeal.Result{}
		} else if value("level") == "" {
			c.Result.Level = "?"
		}
		c.On, _ = look.ReadDay(value("on")) // what is no day is refused as none
		err = s.casework.ConcludeAppeal(ctx, by, id, c)
	case "drop":
		done, err = "reassessment.drop.done", s.casework.DropReassessment(ctx, by, id, value("reason"))
	case "decide":
		done, err = "reassessment.decide.done", fault.Problems{{Name: "adopt", Key: "reassessment.adopt.missing"}}.Fault()
		if adopt := value("adopt"); adopt == "yes" || adopt == "no" {
			err = s.casework.DecideReassessment(ctx, by, id, adopt == "yes", value("opinion"))
		}
	default:
		err = fault.New(fault.Invalid, "form.choice.wrong")
	}
	if again(err) {
		return s.appealShow(w, r, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, appealHref(of), done)
}

// appealView is the page, with what was typed into the form that failed.
type appealView struct {
	casework.Appeals
	q url.Values
}

func (v appealView) action() string { return appealHref(v.Case.Application.ID) }

// standing is the result that stands.
func (v appealView) standing() []look.Detail {
	return []look.Detail{{Key: lang.T("detail.state"), Body: look.State(stateTag(v.Case.Application.State))}, {Key: lang.T("appeal.result.now"), Value: resultText(v.Before.Result)}}
}

func resultText(r appeal.Result) string {
	if !r.Met() {
		return lang.T("appeal.result.unmet")
	}
	return word(r.Category) + word(r.Level)
}

// titleOf is who hears an appeal, or that it is a check.
func (v appealView) titleOf(a appeal.Appeal) string {
	if a.Origin == appeal.Office {
		return word(a.Origin)
	}
	return word(a.Level)
}

// details is one appeal.
func (v appealView) details(a appeal.Appeal) []look.Detail {
	out := []look.Detail{{Key: lang.T("appeal.state"), Body: look.State(appealTag(a.State))}, {Key: lang.T("appeal.no"), Value: a.No}, {Key: lang.T("appeal.filed"), Value: a.Filed.Chinese()},
		{Key: lang.T("appeal.reason"), Value: a.Reason}}
	if a.Hospital != "" {
		out = append(out, look.Detail{Key: lang.T("appeal.hospital"), Value: a.Hospital})
	}
	if len(a.Doctors) > 0 {
		out = append(out, look.Detail{Key: lang.T("appeal.doctors"), Value: strings.Join(a.Doctors, "、")}, look.Detail{Key: lang.T("appeal.result"), Value: resultText(a.Result)})
	}
	if a.Decided != "" {
		out = append(out, look.Detail{Key: lang.T("appeal.decided"), Value: a.Decided.Chinese()}, look.Detail{Key: lang.T("appeal.opinion"), Value: a.Opinion})
	}
	return out
}

// open is the appeal that waits, nil for none.
func (v appealView) open() *appeal.Appeal {
	for i, a := range v.Before.Earlier {
		if a.State.Open() {
			return &v.Before.Earlier[i]
		}
	}
	return nil
}

func (v appealView) text(name string) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: lang.T("appeal." + name)}, Value: v.q.Get(name), Width: look.W20, Complete: "off"}
}

func (v appealView) hospital() look.Input {
	i := v.text("hospital")
	i.Field.Hint, i.Width = lang.T("appeal.hospital.hint"), look.W30
	return i
}

func (v appealView) reason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("appeal.reason"), Hint: lang.T("appeal.reason.hint")}, Value: v.q.Get("reason"), Rows: 3, Max: appeal.TextMost}
}

func (v appealView) opinion() look.Area {
	return look.Area{Field: look.Field{Name: "opinion", Label: lang.T("appeal.opinion"), Hint: lang.T("appeal.opinion.hint")}, Value: v.q.Get("opinion"), Rows: 3, Max: appeal.TextMost}
}

func (v appealView) on() look.Date {
	return look.Date{Field: look.Field{Name: "on", Label: lang.T("appeal.on")}, Typed: v.q.Get("on")}
}

func (v appealView) categories() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "category", Label: lang.T("appeal.category")}, Value: v.q.Get("category"), Empty: lang.T("appeal.result.unmet")}, certificate.Categories)
}

func (v appealView) levels() look.Choice {
	c := look.Choice{Field: look.Field{Name: "level", Label: lang.T("appeal.grade")}, Value: v.q.Get("level"), Empty: " "}
	for _, l := range certificate.Levels {
		c.Options = append(c.Options, look.Option{Value: string(l), Text: word(l)})
	}
	c.Options = append(c.Options, look.Option{Value: "none", Text: lang.T("appeal.result.unmet")})
	return c
}
