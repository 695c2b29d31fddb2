package web

import (
	"net/url"
	"slices"
	"strconv"

	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/region"
)

// intakeView is the form of a request, as the counter fills and corrects it; every value stands in typed.
type intakeView struct {
	typed     url.Values
	known     casework.Applicant
	today     day.Day
	town      region.Code // the township whose villages are offered
	townships []look.Option
	villages  []look.Option
	changed   []change             // what somebody else changed meanwhile
	overtaken []casework.Overtaken // what the register says otherwise since the case was asked for, which is being amended
	id        application.ID       // the case that is edited, "" while there is none
	later     bool                 // the case that is edited is not about a first certificate
}

// fill puts what is known of the person into the form, and what an old certificate tells.
func (v *intakeView) fill() {
	asked := application.Matter(v.typed.Get("matter"))
	defer func() { // what a link asked for, when the person can ask for it
		if slices.Contains(application.Matters, asked) && v.asks(asked) {
			v.typed.Set("matter", string(asked))
		}
	}()
	if p := v.known.Known; p != nil {
		fillPerson(v.typed, *p)
	}
	v.typed.Set("matter", string(application.New))
	if n := typedNumber(v.typed); v.guest() && len(n) > 6 {
		v.typed.Set("home", string(n[:6]))
	}
	if c := v.held(); c != nil {
		v.typed.Set("matter", string(usual(c.State)))
		for _, g := range c.Grades {
			v.typed.Add("wanted", string(g.Category))
		}
	}
}

func fillPerson(f url.Values, p person.Person) {
	for name, value := range map[string]string{"name": p.Name, "nation": p.Nation, "region": string(p.Region), "township": string(p.Region.Township()), "address": p.Address,
		"phone": p.Phone, "guardian": p.Guardian.Name, "guardian_relation": p.Guardian.Relation, "guardian_phone": p.Guardian.Phone, "version": strconv.Itoa(p.Version)} {
		f.Set(name, value)
	}
	if p.Poor {
		f.Set("poor", "yes")
	}
}

// held is the certificate in the person's hand, live or expired; nil when there is none.
func (v intakeView) held() *certificate.Certificate {
	for i, c := range v.known.Certificates {
		if c.State.Live() {
			return &v.known.Certificates[i]
		}
	}
	return nil
}

// usual is the matter for which somebody comes most often with a certificate in the state.
func usual(s certificate.State) application.Matter {
	switch s {
	case certificate.Lost:
		return application.Reissue
	case certificate.Frozen:
		return application.Move
	}
	return application.Renew
}

// told is what the number tells, and the certificate in hand.
func (v intakeView) told() []look.Detail {
	n := typedNumber(v.typed)
	out := []look.Detail{
		{Key: lang.T("detail.number"), Value: n.Masked(), Actions: v.otherNumber()},
		{Key: lang.T("detail.sex"), Value: lang.T("detail.sex.age", n.Sex(), n.Birth().Chinese(), n.Birth().Age(v.today))},
	}
	if c := v.held(); c != nil {
		out = append(out, look.Detail{Key: lang.T("intake.held"), Value: lang.T("detail.previous.text", c.Number.Masked(), c.Category, c.Level, c.Expires.Chinese())},
			look.Detail{Key: lang.T("intake.held.state"), Value: word(c.Standing(v.today))})
	}
	return out
}

func (v intakeView) otherNumber() []look.Link {
	if v.id != "" {
		return nil
	}
	return []look.Link{{Text: lang.T("intake.number.change"), Href: "/applications/new"}}
}

func (v intakeView) field(name, key string) look.Field {
	return look.Field{Name: name, Label: lang.T(key)}
}

func (v intakeView) input(name, key string, width look.Width) look.Input {
	return look.Input{Field: v.field(name, key), Value: v.typed.Get(name), Width: width, Complete: "off"}
}

// maybe is an input that may stay empty.
func (v intakeView) maybe(name, key string, width look.Width) look.Input {
	i := v.input(name, key, width)
	i.Optional = true
	return i
}

func (v intakeView) phone(name, key string) look.Input {
	i := v.maybe(name, key, look.W20)
	i.Kind, i.Numeric = "tel", true
	return i
}

// guardian is an input about the guardian, which must be filled where one is needed because of age.
func (v intakeView) guardian(i look.Input) look.Input {
	i.Optional = !v.known.Minor
	return i
}

// matter is what can be asked for: a first certificate for whoever has none, everything else for whoever has one.
func (v intakeView) matter() look.Choice {
	c := look.Choice{Field: v.field("matter", "detail.matter"), Value: v.typed.Get("matter"), Inline: true}
	for _, m := range application.Matters {
		if !v.asks(m) && string(m) != c.Value {
			continue
		}
		c.Options = append(c.Options, look.Option{Value: string(m), Text: word(m)})
	}
	return c
}

// asks says whether the applicant can ask for the matter: for a guest, policy names them.
func (v intakeView) asks(m application.Matter) bool {
	if v.guest() {
		return slices.Contains(v.known.Matters, m)
	}
	return (m == application.New) == (v.held() == nil)
}

func (v intakeView) wanted() look.Choices {
	c := look.Choices{Field: v.field("wanted", "detail.wanted"), Values: v.typed["wanted"]}
	c.Hint = lang.T("intake.wanted.hint")
	for _, k := range application.Askable {
		c.Options = append(c.Options, look.Option{Value: string(k), Text: word(k)})
	}
	return c
}

func (v intakeView) nation() look.Choice {
	c := look.Choice{Field: v.field("nation", "detail.nation"), Value: v.typed.Get("nation"), Empty: lang.T("intake.choose")}
	c.Optional = true
	for _, n := range person.Nations {
		c.Options = append(c.Options, look.Option{Value: n, Text: n})
	}
	return c
}

func (v intakeView) township() look.Choice {
	return look.Choice{Field: v.field("township", v.lives("intake.township", "intake.township.guest")), Value: string(v.town), Options: v.townships, Empty: lang.T("intake.choose")}
}

func (v intakeView) village() look.Choice {
	return look.Choice{Field: v.field("region", v.lives("intake.village", "intake.village.guest")), Value: v.typed.Get("region"), Options: v.villages, Empty: lang.T("intake.choose")}
}

// lives is the word for a place: where everybody is registered, where a guest lives.
func (v intakeView) lives(registered, lives string) string {
	if v.guest() {
		return lives
	}
	return registered
}

func (v intakeView) poor() look.Choices {
	return look.Choices{Field: v.field("poor", "detail.poor"), Values: v.typed["poor"], Options: []look.Option{{Value: "yes", Text: lang.T("intake.poor")}}}
}

// guardianHint says when a guardian is needed.
func (v intakeView) guardianHint() string {
	if v.known.Minor {
		return lang.T("intake.guardian.minor")
	}
	return lang.T("intake.guardian.hint")
}

// place is the village chosen, by name.
func (v intakeView) place() string {
	for _, o := range v.villages {
		if o.Value == v.typed.Get("region") {
			return o.Text
		}
	}
	return ""
}

// change is one value that two people changed.
type change struct{ key, theirs, yours string }

// changes is where the record as it stands now and the form differ.
func changes(now, typed person.Person, place, chosen string) []change {
	var out []change
	add := func(key, theirs, yours string) {
		if theirs != yours {
			out = append(out, change{lang.T(key), theirs, yours})
		}
	}
	add("detail.name", now.Name, typed.Name)
	add("detail.nation", now.Nation, typed.Nation)
	if now.Region != typed.Region {
		add("intake.village", place, chosen)
	}
	add("intake.address", now.Address, typed.Address)
	add("detail.phone", now.Phone, typed.Phone)
	add("intake.guardian", now.Guardian.Name, typed.Guardian.Name)
	add("intake.guardian.relation", now.Guardian.Relation, typed.Guardian.Relation)
	add("intake.guardian.phone", now.Guardian.Phone, typed.Guardian.Phone)
	return out
}

// compared is the table of both values of a stale form.
func (v intakeView) compared() look.Table {
	t := look.Table{Caption: lang.T("intake.changed"), Empty: lang.T("intake.changed.none"), Columns: []look.Column{{Text: lang.T("intake.changed.what")},
		{Text: lang.T("intake.changed.theirs")}, {Text: lang.T("intake.changed.yours")}}}
	for _, c := range v.changed {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: c.key}, {Text: c.theirs}, {Text: c.yours}}})
	}
	return t
}
