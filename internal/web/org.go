package web

import (
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
	"hefa/internal/org"
	"hefa/internal/region"
)

// orgs lists the organisations of the area.
func (s *Server) orgs(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := office.OrgFilter{Region: region.Code(q.Get("region")), Kind: org.Kind(q.Get("kind")), Q: look.Narrow(q.Get("q")), After: q.Get("after"), Limit: rows}
	l, err := s.office.Orgs(r.Context(), actor(r), f)
	if err != nil {
		return err
	}
	where, err := s.placeField(r, look.Field{Name: "region", Label: lang.T("org.region")}, f.Region)
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, orgsPage(s.page(w, r, lang.T("orgs.title")), orgsView{l, f, where, r}))
}

// orgForm is an organisation as typed; Others is what somebody else saved meanwhile.
type orgForm struct {
	org.Org
	new    bool
	place  string
	where  look.Choice
	scans  scansOf
	Others *org.Org
}

// orgNew shows the empty form.
func (s *Server) orgNew(w http.ResponseWriter, r *http.Request) error {
	if err := actor(r).May(access.OrgManage, actor(r).Region); err != nil {
		return err
	}
	return s.orgShow(w, r, http.StatusOK, orgForm{new: true, Org: org.Org{Region: region.Code(r.URL.Query().Get("region"))}}, nil)
}

// orgAdd enters an organisation.
func (s *Server) orgAdd(w http.ResponseWriter, r *http.Request) error {
	o := typedOrg(r)
	_, err := s.office.AddOrg(r.Context(), actor(r), o)
	if again(err) {
		return s.orgShow(w, r, http.StatusUnprocessableEntity, orgForm{Org: o, new: true}, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/orgs", "org.add.done", o.Name)
}

// orgEdit shows the form of an organisation.
func (s *Server) orgEdit(w http.ResponseWriter, r *http.Request) error {
	o, place, err := s.office.Org(r.Context(), actor(r), org.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return s.orgShow(w, r, http.StatusOK, orgForm{Org: o, place: place}, nil)
}

// orgSave keeps the changes; when somebody was faster the form shows both.
func (s *Server) orgSave(w http.ResponseWriter, r *http.Request) error {
	o := typedOrg(r)
	o.ID = org.ID(r.PathValue("id"))
	err := s.office.EditOrg(r.Context(), actor(r), o)
	if err == nil {
		return s.done(w, r, "/orgs", "org.edit.done", o.Name)
	}
	now, place, loadErr := s.office.Org(r.Context(), actor(r), o.ID)
	if loadErr != nil {
		return loadErr
	}
	o.Kind, o.Region = now.Kind, now.Region
	switch {
	case again(err):
		return s.orgShow(w, r, http.StatusUnprocessableEntity, orgForm{Org: o, place: place}, err)
	case fault.Of(err) == fault.Stale:
		o.Version = now.Version
		return s.orgShow(w, r, http.StatusConflict, orgForm{Org: o, place: place, Others: &now}, err)
	}
	return err
}

func typedOrg(r *http.Request) org.Org {
	o := org.Org{Region: region.Code(r.PostFormValue("region")), Kind: org.Kind(r.PostFormValue("kind")), Name: look.Narrow(r.PostFormValue("name")),
		Address: look.Narrow(r.PostFormValue("address")), Phone: look.Narrow(r.PostFormValue("phone")), Categories: typedCategories(r)}
	o.Version, _ = strconv.Atoi(r.PostFormValue("version"))
	o.Designation, o.Hours = look.Narrow(r.PostFormValue("designation")), look.Narrow(r.PostFormValue("hours"))
	for _, d := range r.PostForm["weekdays"] {
		o.Weekdays = append(o.Weekdays, org.Weekday(d))
	}
	if text := look.Narrow(r.PostFormValue("daily")); text != "" {
		var err error
		if o.Daily, err = strconv.Atoi(text); err != nil {
			o.Daily = -1
		}
	}
	return o
}

func (s *Server) orgShow(w http.ResponseWriter, r *http.Request, status int, f orgForm, wrong error) error {
	title := lang.T("org.edit")
	if f.new {
		title = lang.T("org.add")
	}
	p := s.page(w, r, title)
	p.Problems, p.Crumbs = look.Find(wrong), []look.Link{{Text: lang.T("orgs.title"), Href: "/orgs"}}
	var err error
	if f.where, err = s.placeField(r, look.Field{Name: "region", Label: lang.T("org.region"), Hint: lang.T("account.region.hint")}, f.Region); err != nil {
		return err
	}
	if f.Kind == org.Hospital && !f.new {
		if f.scans, err = s.scansOf(r, org.Paper{Kind: org.DesignationDeed, Owner: string(f.ID)}); err != nil {
			return err
		}
	}
	return show(w, r, status, orgPage(p, f))
}

func (f orgForm) action() string {
	if f.new {
		return "/orgs"
	}
	return "/orgs/" + string(f.ID)
}

// weekdays is the days on which a hospital's clinic examines.
func (f orgForm) weekdays() look.Choices {
	c := look.Choices{Field: look.Field{Name: "weekdays", Label: lang.T("org.weekdays"), Hint: lang.T("org.weekdays.hint"), Optional: true}}
	for _, d := range f.Weekdays {
		c.Values = append(c.Values, string(d))
	}
	for _, d := range org.Weekdays {
		c.Options = append(c.Options, look.Option{Value: string(d), Text: word(d)})
	}
	return c
}

// daily is how many people a hospital examines on a day.
func (f orgForm) daily() look.Input {
	i := look.Input{Field: look.Field{Name: "daily", Label: lang.T("org.daily"), Hint: lang.T("org.daily.hint"), Optional: true}, Width: look.W5, Complete: "off"}
	if f.Daily != 0 {
		i.Value = strconv.Itoa(f.Daily)
	}
	return i
}

func (f orgForm) fixed() []look.Detail {
	return []look.Detail{{Key: lang.T("org.kind"), Value: word(f.Kind)}, {Key: lang.T("org.region"), Value: f.place}}
}

func (f orgForm) theirs() []look.Detail {
	return []look.Detail{{Key: lang.T("org.name"), Value: f.Others.Name}, {Key: lang.T("org.address"), Value: f.Others.Address},
		{Key: lang.T("org.phone"), Value: f.Others.Phone}, {Key: lang.T("org.categories"), Value: joinWords(f.Others.Categories)},
		{Key: lang.T("org.designation"), Value: f.Others.Designation}, {Key: lang.T("org.weekdays"), Value: joinWords(f.Others.Weekdays)}, {Key: lang.T("org.hours"), Value: f.Others.Hours},
		{Key: lang.T("org.daily"), Value: strconv.Itoa(f.Others.Daily)}}
}

// kindField is a choice of the kinds of organisation.
func kindField(value org.Kind, empty string) look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "kind", Label: lang.T("org.kind")}, Value: string(value), Empty: empty}, org.Kinds)
}

// orgsView is the list as the page lays it out.
type orgsView struct {
	office.OrgList
	f     office.OrgFilter
	where look.Choice
	r     *http.Request
}

func (v orgsView) table() look.Table {
	t := look.Table{Caption: lang.T("orgs.title"), Quiet: true, Empty: lang.T("orgs.empty"), Columns: []look.Column{{Text: lang.T("org.name")},
		{Text: lang.T("org.kind"), Tight: true}, {Text: lang.T("org.region")}, {Text: lang.T("org.phone"), Tight: true}, {Text: lang.T("org.categories")}}}
	for _, o := range v.Orgs {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: o.Name, Href: "/orgs/" + string(o.ID)}, {Text: word(o.Kind)}, {Text: v.Places[o.Region]},
			{Text: o.Phone}, {Text: joinWords(o.Categories)}}})
	}
	return t
}

func (v orgsView) pager() look.Pager {
	next := ""
	if v.More {
		last := v.Orgs[len(v.Orgs)-1]
		next = string(last.Region) + " " + string(last.ID)
	}
	return turner(v.r, len(v.Orgs), next)
}
