package web

import (
	"net/http"

	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/office"
	"hefa/internal/staff"
)

// doubt asks whether a sign-in is the account's own person's.
func (s *Server) doubt(w http.ResponseWriter, r *http.Request) error {
	return s.doubtShow(w, r, nil)
}

func (s *Server) doubtShow(w http.ResponseWriter, r *http.Request, wrong error) error {
	v := visitor(r)
	own, err := s.office.Self(r.Context(), v.Actor, s.gate.Token(r))
	if err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, lang.T("doubt.title"))
	p.Problems = look.Find(wrong)
	if v.Doubt != staff.NoDoubt {
		p.Nav, p.SubNav = nil, nil
	}
	return show(w, r, status, doubtPage(p, doubtView{own, v.Doubt}))
}

// doubtAnswer takes what the person says.
func (s *Server) doubtAnswer(w http.ResponseWriter, r *http.Request) error {
	err := s.office.AnswerDoubt(r.Context(), actor(r), s.gate.Token(r), r.PostFormValue("do") == "mine", r.PostFormValue("confirm"))
	if again(err) {
		return s.doubtShow(w, r, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/", "doubt.mine.done")
}

type doubtView struct {
	office.Self
	why staff.Doubt
}

// places is where the account is in use.
func (v doubtView) places() look.Table {
	t := look.Table{Caption: lang.T("doubt.places"), Columns: []look.Column{{Text: lang.T("doubt.addr"), Tight: true}, {Text: lang.T("doubt.agent")}, {Text: lang.T("doubt.seen"), Tight: true}}}
	for _, d := range v.Devices {
		seen := look.Cell{Text: look.Moment(d.Seen.In(day.Beijing))}
		if d.Here {
			seen.Note = lang.T("doubt.here")
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: d.Addr}, {Text: d.Agent}, seen}})
	}
	return t
}
