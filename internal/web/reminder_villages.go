package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
)

// villages is how the letters of each village stand: to be handed over, awaited, received, promised, overdue.
func (s *Server) villages(w http.ResponseWriter, r *http.Request) error {
	return s.villagesShow(w, r, http.StatusOK, nil)
}

func (s *Server) villagesShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	by, q := actor(r), r.URL.Query()
	where, kind := region.Code(q.Get("region")), reminder.Kind(q.Get("kind"))
	v := villagesView{kind: kind, mayRound: by.Can(access.ReminderMake) && by.Region.Level() == region.County}
	var loadErr error
	if v.where, v.whole, loadErr = s.ofCounty(r, access.ReminderRead, where); loadErr != nil {
		return loadErr
	}
	if !v.whole {
		if v.all, loadErr = s.renewing.Villages(r.Context(), by, where, kind); loadErr != nil {
			return loadErr
		}
	}
	p := s.page(w, r, lang.T("reminder.villages.title"))
	p.Problems = look.Find(err)
	return show(w, r, status, villagesPage(p, v))
}

// remindersRound begins the round of the county by hand, as the clock does every night.
func (s *Server) remindersRound(w http.ResponseWriter, r *http.Request) error {
	by := actor(r)
	n, err := s.renewing.RemindAll(r.Context(), by, by.Region)
	if again(err) {
		return s.villagesShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/reminders/villages", "reminder.round.done", strconv.Itoa(n.Made), strconv.Itoa(n.Ended))
}

// villagesView is the figures as the page lays them out.
type villagesView struct {
	all      []renewing.Village
	where    look.Choice
	kind     reminder.Kind
	whole    bool // no county is chosen yet
	mayRound bool
}

func (v villagesView) kinds() look.Choice {
	return remindersView{q: map[string][]string{"kind": {string(v.kind)}}}.kinds()
}

// table has a row for each village; every figure leads to the letters behind it.
func (v villagesView) table() look.Table {
	states := []string{string(reminder.Made), string(reminder.Sent), string(reminder.Received), promisedOnly, overdueOnly, string(reminder.Kept), string(reminder.Stopped)}
	t := look.Table{Caption: lang.T("reminder.villages.title"), Quiet: true, Empty: lang.T("reminder.list.empty"), Columns: []look.Column{{Text: lang.T("reminder.column.village")}}}
	if v.whole {
		t.Empty = lang.T("reminder.list.choose")
	}
	for _, st := range states {
		t.Columns = append(t.Columns, look.Column{Text: lang.T("reminder.count." + st), Number: true})
	}
	for _, n := range v.all {
		cells := []look.Cell{{Text: n.Name, Href: remindersHref("/reminders", nil, "region", string(n.Village), "kind", string(v.kind))}}
		for i, count := range []int{n.Made, n.Sent, n.Received, n.Promised, n.Overdue, n.Kept, n.Stopped} {
			c := look.Cell{Text: strconv.Itoa(count)}
			if count > 0 {
				c.Href = remindersHref("/reminders", nil, "region", string(n.Village), "kind", string(v.kind), "state", states[i])
			}
			cells = append(cells, c)
		}
		t.Rows = append(t.Rows, look.Row{Cells: cells})
	}
	return t
}

// reminderForms leads to the forms of the plan that are filled in by hand.
func (s *Server) reminderForms(w http.ResponseWriter, r *http.Request) error {
	if err := actor(r).May(access.ReminderRead, actor(r).Region); err != nil {
		return err
	}
	return s.formsShow(w, r, http.StatusOK, nil)
}

// formsShow lays out the forms, with what was typed and what is wrong with it.
func (s *Server) formsShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	p := s.page(w, r, lang.T("reminder.forms.title"))
	p.Crumbs = []look.Link{{Text: lang.T("reminder.list.title"), Href: "/reminders"}}
	p.Problems = look.Find(wrong)
	rows := look.Input{Field: look.Field{Name: "rows", Label: lang.T("reminder.blank.rows")}, Value: r.URL.Query().Get("rows"), Width: look.W5, Numeric: true, Complete: "off"}
	return show(w, r, status, formsPage(p, rows))
}

// reminderForm is one of the forms, empty.
func (s *Server) reminderForm(w http.ResponseWriter, r *http.Request) error {
	form, ok := strings.CutSuffix(r.PathValue("form"), ".pdf")
	if !ok {
		return fault.New(fault.Missing, "record.missing")
	}
	q := r.URL.Query()
	of := renewing.Wanted{Form: renewing.Blank(form)}
	if typed := look.Narrow(q.Get("rows")); typed != "" {
		if of.Rows, _ = strconv.Atoi(typed); of.Rows == 0 {
			of.Rows = -1
		}
	}
	err := sendPDF(w, func(to io.Writer) error {
		return s.renewing.WriteBlank(r.Context(), actor(r), region.Code(q.Get("region")), of, to)
	})
	if fault.Of(err) == fault.Invalid {
		return s.formsShow(w, r, http.StatusUnprocessableEntity, err)
	}
	return err
}

// reminderLoad is what waits of letters, for the tray; none for posts that hand none over.
func (s *Server) reminderLoad(r *http.Request, where region.Code) ([]look.Stat, error) {
	by := actor(r)
	if !by.Can(access.ReminderSend) {
		return s.lapseLoad(r, where)
	}
	l, err := s.renewing.Load(r.Context(), by, where)
	if err != nil {
		return nil, err
	}
	var out []look.Stat
	for _, st := range []struct {
		n    int
		name string
	}{{l.Made, string(reminder.Made)}, {l.Sent, string(reminder.Sent)}, {l.Overdue, overdueOnly}} {
		note := ""
		if st.n >= renewing.LoadMost {
			note = lang.T("reminder.tray.more")
		}
		out = append(out, look.Stat{Number: st.n, Text: lang.T("reminder.tray." + st.name), Note: note, Alarm: st.name == overdueOnly && st.n > 0,
			Href: remindersHref("/reminders", nil, "region", string(where), "state", st.name)})
	}
	return out, nil
}
