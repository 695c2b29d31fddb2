package portal

import (
	"net/http"
	"regexp"

	"hefa/internal/announcement"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/gate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/policy"
	"hefa/internal/region"
)

// object is the form in which somebody says what is wrong with a published person.
func (s *Server) object(w http.ResponseWriter, r *http.Request) error {
	return s.objectShow(w, r, http.StatusOK, nil)
}

// objectShow shows the form with what was typed, and what is wrong with it when err is not nil.
func (s *Server) objectShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	n, loadErr := s.casework.PublicNotice(r.Context(), anybody(r), announcement.ID(r.PathValue("id")))
	if loadErr != nil {
		return loadErr
	}
	p := s.page(r, lang.T("portal.object.title"), noticeHref(n.ID)+"/object")
	p.Caption, p.Problems = n.No, look.Find(err)
	p.Crumbs = noticeCrumbs(look.Link{Text: lang.T("portal.notice.title", n.Place), Href: noticeHref(n.ID)})
	return look.Send(w, r, status, objectPage(p, objectView{n, r.FormValue("row"), typed(r)}))
}

// typed is the objection as it was sent.
func typed(r *http.Request) announcement.Objection {
	return announcement.Objection{Name: r.PostFormValue("name"), Phone: look.Narrow(r.PostFormValue("phone")), Text: r.PostFormValue("text")}
}

// objectSend takes the objection and answers with its number.
func (s *Server) objectSend(w http.ResponseWriter, r *http.Request) error {
	if _, ok := s.objected.Allow(gate.Address(r.Context())); !ok {
		return s.objectShow(w, r, http.StatusTooManyRequests, fault.New(fault.Busy, "portal.object.busy"))
	}
	no, err := s.casework.ObjectNotice(r.Context(), anybody(r), announcement.ID(r.PathValue("id")), r.PostFormValue("row"), typed(r))
	switch fault.Of(err) {
	case fault.Invalid, fault.Refused:
		return s.objectShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/public/objections/"+no, http.StatusSeeOther)
	return nil
}

// receipt is the form of an objection's number, with the county that gave it.
var receipt = regexp.MustCompile(`^(\d{6})-\d{4}-Y\d{4,8}$`)

// received confirms an objection by its number; what was said is not shown to anybody here.
func (s *Server) received(w http.ResponseWriter, r *http.Request) error {
	no := receipt.FindStringSubmatch(r.PathValue("no"))
	if no == nil {
		return fault.New(fault.Missing, "record.missing")
	}
	g, err := s.casework.Guide(r.Context(), anybody(r), region.Code(no[1]))
	if err != nil {
		return err
	}
	p := s.page(r, lang.T("portal.received.title"), r.URL.RequestURI())
	return look.Send(w, r, http.StatusOK, receivedPage(p, receivedView{guideView{g}, no[0], g.Rules.Count(policy.ResolveDays)}))
}

// receivedView is the confirmation as the page lays it out.
type receivedView struct {
	guideView
	No   string
	Days int
}

// objectView is the form as the page lays it out.
type objectView struct {
	casework.PublicNotice
	row   string
	typed announcement.Objection
}

func (v objectView) who() look.Choice {
	c := look.Choice{Field: look.Field{Name: "row", Label: lang.T("portal.object.who")}, Value: v.row, Empty: lang.T("portal.object.choose")}
	for i, r := range v.Rows {
		c.Options = append(c.Options, look.Option{Value: r.Key, Text: lang.T("portal.object.row", i+1, r.Name, r.Village, r.Category, r.Level)})
	}
	return c
}

func (v objectView) text() look.Area {
	return look.Area{Field: look.Field{Name: "text", Label: lang.T("portal.object.text"), Hint: lang.T("portal.object.text.hint")}, Value: v.typed.Text, Rows: 6, Max: 2000}
}

func (v objectView) name() look.Input {
	return look.Input{Field: look.Field{Name: "name", Label: lang.T("portal.object.name"), Hint: lang.T("portal.object.name.hint"), Optional: true}, Value: v.typed.Name, Width: look.W20, Complete: "name"}
}

func (v objectView) phone() look.Input {
	return look.Input{Field: look.Field{Name: "phone", Label: lang.T("portal.object.phone"), Hint: lang.T("portal.object.phone.hint"), Optional: true}, Value: v.typed.Phone, Width: look.W20, Kind: "tel", Complete: "tel"}
}
