package web

import (
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/staff"
)

// accountForm is an account as typed; Others is what somebody else saved meanwhile.
type accountForm struct {
	staff.Account
	new    bool
	where  look.Choice
	orgs   []org.Org
	Others *staff.Account
}

// accountNew shows the empty form.
func (s *Server) accountNew(w http.ResponseWriter, r *http.Request) error {
	a := staff.Account{Region: region.Code(r.URL.Query().Get("region"))}
	return s.accountFormShow(w, r, http.StatusOK, accountForm{Account: a, new: true}, nil)
}

// accountAdd enters an account and shows its first password once.
func (s *Server) accountAdd(w http.ResponseWriter, r *http.Request) error {
	a := typedAccount(r)
	id, password, err := s.office.AddAccount(r.Context(), actor(r), a)
	if again(err) {
		return s.accountFormShow(w, r, http.StatusUnprocessableEntity, accountForm{Account: a, new: true}, err)
	}
	if err != nil {
		return err
	}
	return s.passwordOnce(w, r, id, password)
}

// accountEdit shows the form of an account.
func (s *Server) accountEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := s.office.Account(r.Context(), actor(r), staff.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return s.accountFormShow(w, r, http.StatusOK, accountForm{Account: f.Account}, nil)
}

// accountSave keeps the changes; when somebody was faster the form shows both.
func (s *Server) accountSave(w http.ResponseWriter, r *http.Request) error {
	a := typedAccount(r)
	a.ID = staff.ID(r.PathValue("id"))
	a.Version, _ = strconv.Atoi(r.PostFormValue("version"))
	err := s.office.EditAccount(r.Context(), actor(r), office.AccountEdit{ID: a.ID, Version: a.Version, Name: a.Name, Role: a.Role, Region: a.Region, Org: a.Org,
		Title: a.Title, Categories: a.Categories})
	if err == nil {
		return s.done(w, r, accountHref(a.ID), "account.edit.done")
	}
	f, loadErr := s.office.Account(r.Context(), actor(r), a.ID)
	if loadErr != nil {
		return loadErr
	}
	a.Login = f.Login
	switch {
	case again(err):
		return s.accountFormShow(w, r, http.StatusUnprocessableEntity, accountForm{Account: a}, err)
	case fault.Of(err) == fault.Stale:
		a.Version = f.Version
		return s.accountFormShow(w, r, http.StatusConflict, accountForm{Account: a, Others: &f.Account}, err)
	}
	return err
}

// typedAccount is what the form sent.
func typedAccount(r *http.Request) staff.Account {
	a := staff.Account{Login: look.Narrow(r.PostFormValue("login")), Name: look.Narrow(r.PostFormValue("name")), Role: access.Role(r.PostFormValue("role")),
		Region: region.Code(r.PostFormValue("region")), Org: org.ID(r.PostFormValue("org")), Title: look.Narrow(r.PostFormValue("title"))}
	a.Categories = typedCategories(r)
	return a
}

// typedCategories is the ticked categories of disability.
func typedCategories(r *http.Request) []certificate.Category {
	var out []certificate.Category
	for _, c := range r.PostForm["categories"] {
		if certificate.Category(c).Valid() {
			out = append(out, certificate.Category(c))
		}
	}
	return out
}

func (s *Server) accountFormShow(w http.ResponseWriter, r *http.Request, status int, f accountForm, wrong error) error {
	title := lang.T("account.edit")
	if f.new {
		title = lang.T("account.add")
	}
	p := s.page(w, r, title)
	p.Caption, p.Problems = f.Login, look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("accounts.title"), Href: "/accounts"}}
	var err error
	if f.orgs, err = s.office.OrgChoices(r.Context(), actor(r)); err != nil {
		return err
	}
	if f.where, err = s.placeField(r, look.Field{Name: "region", Label: lang.T("account.region"), Hint: lang.T("account.region.hint")}, f.Region); err != nil {
		return err
	}
	return show(w, r, status, accountFormPage(p, f))
}

func (f accountForm) action() string {
	if f.new {
		return "/accounts"
	}
	return accountHref(f.ID) + "/edit"
}

func (f accountForm) back() look.Link {
	if f.new {
		return look.Link{Text: lang.T("edit.cancel"), Href: "/accounts"}
	}
	return look.Link{Text: lang.T("edit.cancel"), Href: accountHref(f.ID)}
}

func (f accountForm) orgField() look.Choice {
	c := look.Choice{Field: look.Field{Name: "org", Label: lang.T("account.org"), Hint: lang.T("account.org.hint")}, Value: string(f.Org), Empty: lang.T("edit.pick")}
	for _, o := range f.orgs {
		c.Options = append(c.Options, look.Option{Value: string(o.ID), Text: o.Name})
	}
	return c
}

// categoriesField is check boxes of the single categories; 多重 is no category of its own to assess.
func categoriesField(f look.Field, values []certificate.Category) look.Choices {
	c := look.Choices{Field: f}
	for _, v := range values {
		c.Values = append(c.Values, string(v))
	}
	for _, k := range certificate.Categories[:6] {
		c.Options = append(c.Options, look.Option{Value: string(k), Text: word(k)})
	}
	return c
}

// theirs is what somebody else saved meanwhile.
func (f accountForm) theirs() []look.Detail {
	return []look.Detail{{Key: lang.T("account.name"), Value: f.Others.Name}, {Key: lang.T("account.role"), Value: word(f.Others.Role)},
		{Key: lang.T("account.title"), Value: f.Others.Title}, {Key: lang.T("account.categories"), Value: joinWords(f.Others.Categories)}}
}
