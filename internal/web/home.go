package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/upkeep"
)

// home is the first page of a post that has no cases of its own: where it can go, and where cases wait for others.
func (s *Server) home(w http.ResponseWriter, r *http.Request, t casework.Tray) error {
	letters, err := s.reminderLoad(r, "")
	if err != nil {
		return err
	}
	v := homeView{everySection(actor(r)), otherLinks(t.Others, ""), letters, nil}
	if actor(r).Can(access.BackupRead) {
		if v.tight, err = s.upkeep.Tight(r.Context(), actor(r)); err != nil && fault.Of(err) != fault.Refused {
			return err // the installation is for the widest of several administrators
		}
	}
	return show(w, r, http.StatusOK, homePage(s.page(w, r, lang.T("home.title")), v))
}

// homeView is where somebody can go from home.
type homeView struct {
	links, others []look.Link
	letters       []look.Stat // of the renewal round
	tight         []upkeep.Disk
}

// homeCounties is the first page of an officer above the county: the counties with the work under way, one of which they choose.
func (s *Server) homeCounties(w http.ResponseWriter, r *http.Request) error {
	all, err := s.casework.Counties(r.Context(), actor(r), "")
	if err != nil {
		return err
	}
	var late map[region.Code]int
	cards := actor(r).Can(access.CertificateRead)
	if cards {
		if late, err = s.records.Alarms(r.Context(), actor(r), ""); err != nil {
			return err
		}
	}
	t := look.Table{Caption: lang.T("home.counties"), Quiet: true, Empty: lang.T("home.counties.empty"), Columns: []look.Column{
		{Text: lang.T("home.county")}, {Text: lang.T("home.waiting"), Number: true}, {Text: lang.T("home.open"), Number: true}}}
	if cards {
		t.Columns = append(t.Columns, look.Column{Text: lang.T("home.cards.late"), Number: true})
	}
	for _, c := range all {
		href := "region=" + string(c.Place.Code)
		cells := []look.Cell{{Text: c.Place.Name, Href: "/?" + href},
			{Text: lang.T("home.cases", c.Waiting)}, {Text: lang.T("home.cases", c.Open), Href: "/applications?" + href}}
		if n := late[c.Place.Code]; n > 0 {
			cells = append(cells, look.Cell{Text: lang.T("home.cards", n), Href: "/pace?" + href})
		} else if cards {
			cells = append(cells, look.Cell{Text: lang.T("home.cards", n)})
		}
		t.Rows = append(t.Rows, look.Row{Cells: cells})
	}
	return show(w, r, http.StatusOK, homeCountiesPage(s.page(w, r, lang.T("home.counties")), t))
}
