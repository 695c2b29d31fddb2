package web

import (
	"net/http"

	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/reminder"
)

// personReminders is every letter to one person, with the letter that can be made for them now.
func (s *Server) personReminders(w http.ResponseWriter, r *http.Request) error {
	return s.personRemindersShow(w, r, http.StatusOK, nil)
}

func (s *Server) personRemindersShow(w http.ResponseWriter, r *http.Request, status int, err error) error {
	f, loadErr := s.renewing.PersonReminders(r.Context(), actor(r), person.ID(r.PathValue("id")))
	if loadErr != nil {
		return loadErr
	}
	p := s.page(w, r, lang.T("reminder.person.title", f.Person.Name))
	p.Problems = atField("kind", err)
	p.Crumbs = []look.Link{{Text: lang.T("reminder.list.title"), Href: "/reminders"}, {Text: f.Person.Name, Href: personHref(f.Person.ID)}}
	return show(w, r, status, personRemindersPage(p, personRemindersView{f, r.PostFormValue("kind")}))
}

// personRemind makes a letter to the person.
func (s *Server) personRemind(w http.ResponseWriter, r *http.Request) error {
	id, err := s.renewing.MakeReminder(r.Context(), actor(r), person.ID(r.PathValue("id")), reminder.Kind(r.PostFormValue("kind")))
	if again(err) {
		return s.personRemindersShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, reminderHref(id), "reminder.make.done")
}
