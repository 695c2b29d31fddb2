package web

import (
	"errors"
	"io"
	"net/http"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
)

// reminder shows one letter: whom it is for, what it rests on, how far it has come, and what can be noted now.
func (s *Server) reminder(w http.ResponseWriter, r *http.Request) error {
	return s.reminderShow(w, r, http.StatusOK, nil)
}

// reminderShow shows the letter with what was typed, and what is wrong with it when err is not nil.
func (s *Server) reminderShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	f, loadErr := s.renewing.Reminder(r.Context(), actor(r), reminder.ID(r.PathValue("id")))
	if loadErr != nil {
		return loadErr
	}
	p := s.page(w, r, lang.T("reminder.title", f.Person.Name))
	p.Caption, p.Problems = f.Reminder.No, look.Find(err)
	p.Crumbs = []look.Link{{Text: lang.T("reminder.list.title"), Href: "/reminders"}}
	v := reminderView{File: f, q: r.PostForm, by: actor(r)}
	if err != nil {
		v.tried = lastPart(r.URL.Path)
	}
	return show(w, r, status, reminderPage(p, v))
}

// lastPart is what stands behind the last slash.
func lastPart(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[i+1:]
		}
	}
	return path
}

// reminderAct does something to the letter and shows it again.
func (s *Server) reminderAct(w http.ResponseWriter, r *http.Request, done string, do func(reminder.ID) error) error {
	id := reminder.ID(r.PathValue("id"))
	err := do(id)
	if again(err) {
		return s.reminderShow(w, r, wrongStatus(r, err), err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, reminderHref(id), done)
}

// reminderSend notes how this letter went out.
func (s *Server) reminderSend(w http.ResponseWriter, r *http.Request) error {
	return s.reminderAct(w, r, "reminder.send.done", func(id reminder.ID) error {
		on, _ := look.ReadDay(r.PostFormValue("sent")) // what is no day is refused as a missing one
		return s.renewing.SendReminders(r.Context(), actor(r), []reminder.ID{id}, reminder.Channel(r.PostFormValue("channel")), on)
	})
}

// reminderReceive takes the slip in, with its scan or photo when there is one.
func (s *Server) reminderReceive(w http.ResponseWriter, r *http.Request) error {
	return s.reminderAct(w, r, "reminder.receive.done", func(id reminder.ID) error {
		slip := renewing.Slip{Receipt: reminder.Receipt{Signer: reminder.Signer(r.PostFormValue("signer")), Witness: r.PostFormValue("witness")}}
		slip.On, _ = look.ReadDay(r.PostFormValue("received"))
		slip.Promised, _ = look.ReadDay(r.PostFormValue("promised"))
		scan, _, err := r.FormFile("file")
		switch {
		case err == nil:
			defer scan.Close()
			slip.File = scan
		case !errors.Is(err, http.ErrMissingFile) && !errors.Is(err, http.ErrNotMultipart):
			return err
		}
		return s.renewing.ReceiveReminder(r.Context(), actor(r), id, slip)
	})
}

// reminderAnswer notes why the person does not come.
func (s *Server) reminderAnswer(w http.ResponseWriter, r *http.Request) error {
	return s.reminderAct(w, r, "reminder.answer.done", func(id reminder.ID) error {
		return s.renewing.AnswerReminder(r.Context(), actor(r), id, reminder.Reason(r.PostFormValue("reason")), r.PostFormValue("remark"))
	})
}

// reminderProof opens the scan of the slip, shut off from the site; that of a letter that is over or filed wants a reason first.
func (s *Server) reminderProof(w http.ResponseWriter, r *http.Request) error {
	id := reminder.ID(r.PathValue("id"))
	kind, content, err := s.renewing.Proof(r.Context(), actor(r), id, r.PostFormValue("reason"))
	return s.archived(w, r, kept{lang.T("reminder.proof"), kind, content, look.Link{Text: lang.T("reminder.proof.back"), Href: reminderHref(id)}}, err)
}

// reminderLetter is what the letter says, as a page that a screen reader reads: as printed, or in plain words.
func (s *Server) reminderLetter(w http.ResponseWriter, r *http.Request) error {
	reading, err := readingOf(r)
	if err != nil {
		return err
	}
	id := reminder.ID(r.PathValue("id"))
	l, err := s.renewing.Letter(r.Context(), actor(r), id, reading)
	if err != nil {
		return err
	}
	words := l.Words()
	p := s.page(w, r, words.Title)
	p.Caption = l.Number
	p.Crumbs = []look.Link{{Text: lang.T("reminder.list.title"), Href: "/reminders"}, {Text: lang.T("reminder.title", l.Person), Href: reminderHref(id)}}
	return show(w, r, http.StatusOK, letterPage(p, letterView{id, reading, words}))
}

// reminderPrint is the letter on paper, tagged.
func (s *Server) reminderPrint(w http.ResponseWriter, r *http.Request) error {
	reading, err := readingOf(r)
	if err != nil {
		return err
	}
	return sendPDF(w, func(to io.Writer) error {
		return s.renewing.WriteReminder(r.Context(), actor(r), reminder.ID(r.PathValue("id")), reading, to)
	})
}

// can says whether the reader may do act to the letter as it stands.
func (v reminderView) can(act access.Act) bool {
	st := v.Reminder.State
	switch act {
	case access.ReminderSend, access.ReminderReceive:
		return v.by.Can(act) && (st == reminder.Made || st == reminder.Sent)
	case access.ReminderUrge, access.ReminderAnswer:
		return v.by.Can(act) && st.Open()
	}
	return false
}
