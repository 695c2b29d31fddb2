package web

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/pathway"
	"hefa/internal/reminder"
)

// offerActs leads from what the office can do for somebody to where it is done, as far as the actor may.
func offerActs(n reminder.Reminder, o reminder.Offer, by access.Actor) []look.Link {
	matter := map[reminder.Kind]application.Matter{reminder.Flow: application.New, reminder.Renew: application.Renew, reminder.Review: application.Check}[n.Kind]
	open := look.Link{Text: lang.T("reminder.act.open", matter), Href: "/applications/new?matter=" + string(matter)}
	var out []look.Link
	switch o {
	case reminder.Cancel:
		open = look.Link{Text: lang.T("reminder.act.open", application.Cancel), Href: "/applications/new?matter=cancel&cause=death"}
	case reminder.Migrate:
		open = look.Link{Text: lang.T("reminder.act.open", application.Move), Href: "/applications/new?matter=move"}
	case reminder.Mobilise, reminder.Search:
		return []look.Link{{Text: lang.T("attempt.add"), Href: attemptsHref(n.Person)}}
	case reminder.Home, reminder.Remote:
		path := map[reminder.Offer]pathway.Path{reminder.Home: pathway.Home, reminder.Remote: pathway.Remote}[o]
		out = append(out, look.Link{Text: lang.T("reminder.act.path", path), Href: "/pathways?path=" + string(path)})
	case reminder.Agent:
		if by.Can(access.PersonEdit) {
			out = append(out, look.Link{Text: lang.T("reminder.act.guardian"), Href: personHref(n.Person) + "/edit"})
		}
	case reminder.Session:
		out = append(out, look.Link{Text: lang.T("reminder.act.sessions"), Href: "/sessions"})
	}
	if by.Can(access.ApplicationOpen) {
		out = append([]look.Link{open}, out...)
	}
	return out
}
