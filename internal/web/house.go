package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// house leads to the rules that everybody may look up.
func (s *Server) house(w http.ResponseWriter, r *http.Request) error {
	return show(w, r, http.StatusOK, housePage(s.page(w, r, lang.T("house.title"))))
}

// houseParts is what the page of rules leads to, each with what one finds there.
func houseParts() []look.Task {
	return []look.Task{
		{Text: lang.T("policies.title"), Href: "/policies", Hint: lang.T("policies.hint")},
		{Text: lang.T("calendar.title"), Href: "/calendar", Hint: lang.T("calendar.hint")},
		{Text: lang.T("regions.title"), Href: "/regions", Hint: lang.T("regions.hint")},
		{Text: lang.T("roles.title"), Href: "/roles", Hint: lang.T("roles.hint")},
	}
}

// houseCrumbs is the way to the pages on that shelf.
func houseCrumbs(more ...look.Link) []look.Link {
	return append([]look.Link{{Text: lang.T("house.title"), Href: "/house"}}, more...)
}

// roles shows who may do what: the permission table itself.
func (s *Server) roles(w http.ResponseWriter, r *http.Request) error {
	p := s.page(w, r, lang.T("roles.title"))
	p.Crumbs = houseCrumbs()
	return show(w, r, http.StatusOK, rolesPage(p, rolesTable()))
}

// rolesTable has a row for each act with the posts that may do it.
func rolesTable() look.Table {
	t := look.Table{Caption: lang.T("roles.table"), Columns: []look.Column{{Text: lang.T("roles.act")}, {Text: lang.T("roles.who")}}}
	for _, act := range access.Acts {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: word(act)}, {Text: whoMay(act)}}})
	}
	return t
}

// whoMay is the posts that may do an act, "every post" when all may.
func whoMay(act access.Act) string {
	allowed := access.Allowed(act)
	if len(allowed) == len(access.Roles) {
		return lang.T("roles.all")
	}
	return joinWords(allowed)
}

// postsTable has a row for each post with what it may do.
func postsTable() look.Table {
	t := look.Table{Caption: lang.T("roles.posts"), Columns: []look.Column{{Text: lang.T("account.role")}, {Text: lang.T("roles.may")}}}
	for _, role := range access.Roles {
		var acts []access.Act
		for _, act := range access.Acts {
			if (access.Actor{Role: role}).Can(act) {
				acts = append(acts, act)
			}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: word(role)}, {Text: joinWords(acts)}}})
	}
	return t
}
