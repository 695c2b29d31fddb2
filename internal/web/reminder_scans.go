package web

import (
	"net/http"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
)

// reminderScans is the form for slips that came back, many at once.
func (s *Server) reminderScans(w http.ResponseWriter, r *http.Request) error {
	if err := actor(r).May(access.ReminderReceive, actor(r).Region); err != nil {
		return err
	}
	return s.reminderScansShow(w, r, http.StatusOK, nil)
}

func (s *Server) reminderScansShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	p := s.page(w, r, lang.T("reminder.scans.title"))
	p.Problems = look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("reminder.list.title"), Href: "/reminders"}}
	return show(w, r, status, reminderScansPage(p, scansView{s.today(), r}))
}

// reminderScansFile files each scan by its code and says what became of it.
func (s *Server) reminderScansFile(w http.ResponseWriter, r *http.Request) error {
	var scans []renewing.Scanned
	if r.MultipartForm != nil {
		for _, head := range r.MultipartForm.File["scans"] {
			file, err := head.Open()
			if err != nil {
				return err
			}
			defer file.Close()
			scans = append(scans, renewing.Scanned{Name: head.Filename, File: file})
		}
	}
	on, _ := look.ReadDay(r.PostFormValue("received"))
	filed, err := s.renewing.FileScans(r.Context(), actor(r), scans, reminder.Receipt{On: on, Signer: reminder.Signer(r.PostFormValue("signer"))})
	if again(err) {
		return s.reminderScansShow(w, r, wrongStatus(r, err), err)
	}
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("reminder.scans.title"))
	p.Crumbs = []look.Link{{Text: lang.T("reminder.list.title"), Href: "/reminders"}}
	return show(w, r, http.StatusOK, reminderFiledPage(p, filedView(filed)))
}

// scansView is the form with what was typed.
type scansView struct {
	today day.Day
	r     *http.Request
}

func (v scansView) scans() look.File {
	return look.File{Field: look.Field{Name: "scans", Label: lang.T("reminder.scans", renewing.ScanMost)}, Accept: "image/jpeg,image/png,application/pdf", Many: true, Max: uploadLimit}
}

func (v scansView) received() look.Date {
	d := look.Date{Field: look.Field{Name: "received", Label: lang.T("reminder.column.received")}, Value: v.today}
	if v.r.Method == http.MethodPost {
		d.Value, d.Typed = "", v.r.PostFormValue("received")
	}
	return d
}

func (v scansView) signer() look.Choice {
	c := look.Choice{Field: look.Field{Name: "signer", Label: lang.T("reminder.signer")}, Value: v.r.PostFormValue("signer")}
	if v.r.Method != http.MethodPost {
		c.Value = string(reminder.Self)
	}
	for _, who := range []reminder.Signer{reminder.Self, reminder.Guardian} {
		c.Options = append(c.Options, look.Option{Value: string(who), Text: word(who)})
	}
	return c
}

// filedView is what became of each scan.
type filedView []renewing.Filed

func (v filedView) done() int {
	n := 0
	for _, f := range v {
		if f.Err == nil {
			n++
		}
	}
	return n
}

func (v filedView) table() look.Table {
	t := look.Table{Caption: lang.T("reminder.scans.result", v.done(), len(v)-v.done()), Columns: []look.Column{{Text: lang.T("reminder.scans.file")},
		{Text: lang.T("reminder.column.no")}, {Text: lang.T("reminder.scans.outcome")}}}
	for _, f := range v {
		no, outcome := look.Cell{Text: f.No}, look.Cell{Tag: look.Tag{Text: lang.T("reminder.scans.filed"), Colour: look.Green}}
		if f.Reminder != "" {
			no.Href = reminderHref(f.Reminder)
		}
		if f.Err != nil {
			outcome = look.Cell{Text: look.Find(f.Err).Text()}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: f.Name}, no, outcome}})
	}
	return t
}
