package web

import (
	"net/url"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
)

// reminderView is a letter as the page lays it out; q is what was typed into the form that failed, tried which one that was.
type reminderView struct {
	renewing.File
	q     url.Values
	by    access.Actor
	tried string
}

func (v reminderView) href(what string) string { return reminderHref(v.Reminder.ID) + "/" + what }

// typed is what was typed into a field of the form that failed, else what is known.
func (v reminderView) typed(form, name, known string) string {
	if v.tried == form {
		return v.q.Get(name)
	}
	return known
}

// day is a field for a day with what was typed.
func (v reminderView) day(form, name, label, hint string, known day.Day) look.Date {
	d := look.Date{Field: look.Field{Name: name, Label: label, Hint: hint}, Value: known}
	if v.tried == form {
		d.Value, d.Typed = "", v.q.Get(name)
	}
	return d
}

func (v reminderView) details() []look.Detail {
	n, p := v.Reminder, v.Person
	phone, guardian := p.Phone, p.Guardian.Phone
	if !v.by.Can(access.PersonEdit) {
		phone, guardian = person.MaskedPhone(phone), person.MaskedPhone(guardian)
	}
	kind := word(n.Kind)
	if n.Kind == reminder.Renew {
		kind = lang.T("reminder.kind.step", n.Kind, n.Step)
	}
	out := []look.Detail{{Key: lang.T("reminder.column.kind"), Value: kind}, {Key: lang.T("reminder.basis"), Value: v.Basis},
		{Key: lang.T("reminder.column.name"), Value: p.Name, Actions: []look.Link{{Text: lang.T("reminder.person.link"), Href: personHref(p.ID) + "/reminders"}}},
		{Key: lang.T("detail.number"), Value: p.Number.Masked()}, {Key: lang.T("detail.place"), Value: v.Place}, {Key: lang.T("person.phone"), Value: phone},
		{Key: lang.T("person.guardian"), Value: guardianText(p.Guardian, guardian)}}
	if v.Number != "" {
		out = append(out, look.Detail{Key: lang.T("reminder.column.number"), Value: v.Number.Masked(),
			Actions: []look.Link{{Text: lang.T("reminder.certificate.link"), Href: certificateHref(n.Certificate)}}},
			look.Detail{Key: lang.T("reminder.column.expires"), Value: v.Expires.Chinese()})
	}
	return out
}

// course is how far the letter has come, with its last day.
func (v reminderView) course() []look.Detail {
	n := v.Reminder
	out := []look.Detail{{Key: lang.T("reminder.column.state"), Body: look.State(reminderTag(n.State))}, {Key: lang.T("reminder.column.made"), Value: n.Made.Chinese()}}
	due := dueCell(n, v.Today)
	switch {
	case due.Tag.Text != "":
		out = append(out, look.Detail{Key: lang.T("reminder.column.due"), Body: look.State(due.Tag)})
	case n.Due == "" && n.Kind == reminder.Review:
		out = append(out, look.Detail{Key: lang.T("reminder.column.due"), Value: lang.T("reminder.due.review", v.Days)})
	case n.Due != "":
		out = append(out, look.Detail{Key: lang.T("reminder.column.due"), Value: n.Due.Chinese()})
	}
	if n.Sent != "" {
		out = append(out, look.Detail{Key: lang.T("reminder.column.sent"), Value: lang.T("reminder.on.sent", n.Channel, n.Sent.Chinese())})
	}
	if n.Received != "" {
		out = append(out, v.receipt()...)
	}
	if n.Urges > 0 {
		out = append(out, look.Detail{Key: lang.T("reminder.column.urges"), Value: lang.T("reminder.urges", n.Urges, n.Urged.Chinese()),
			Actions: []look.Link{{Text: lang.T("attempt.link"), Href: attemptsHref(v.Person.ID)}}})
	}
	if v.Why != "" {
		out = append(out, look.Detail{Key: lang.T("reminder.column.reason"), Value: joinTexts(word(v.Why), n.Remark)},
			look.Detail{Key: lang.T("reminder.column.offer"), Value: word(v.Why.Offer()), Actions: offerActs(v.Reminder, v.Why.Offer(), v.by)})
	}
	return out
}

// receipt is what came back on the slip.
func (v reminderView) receipt() []look.Detail {
	n := v.Reminder
	out := []look.Detail{{Key: lang.T("reminder.column.received"), Value: n.Received.Chinese()}, {Key: lang.T("reminder.signer"), Value: joinTexts(word(n.Signer), n.Witness)}}
	if n.Promised != "" {
		out = append(out, look.Detail{Key: lang.T("reminder.column.promised"), Value: n.Promised.Chinese()})
	}
	if n.Proof != "" {
		out = append(out, look.Detail{Key: lang.T("reminder.proof"), Value: lang.T("reminder.proof.kept"), Actions: []look.Link{{Text: lang.T("reminder.proof.link"), Href: v.href("proof")}}})
	}
	return out
}

// joinTexts is two texts, the second in brackets when there is one.
func joinTexts(a, b string) string {
	if b == "" {
		return a
	}
	return lang.T("reminder.with", a, b)
}

func (v reminderView) channels() look.Choice {
	return channelField(v.typed("send", "channel", string(v.Reminder.Channel)))
}

func (v reminderView) sent() look.Date {
	return v.day("send", "sent", lang.T("reminder.column.sent"), "", v.Today)
}

func (v reminderView) received() look.Date {
	return v.day("receive", "received", lang.T("reminder.column.received"), lang.T("reminder.received.hint"), v.Today)
}

func (v reminderView) promised() look.Date {
	return v.day("receive", "promised", lang.T("reminder.column.promised"), lang.T("reminder.promised.hint"), "")
}

func (v reminderView) signers() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "signer", Label: lang.T("reminder.signer")}, Value: v.typed("receive", "signer", "")}, reminder.Signers)
}

func (v reminderView) witness() look.Input {
	return look.Input{Field: look.Field{Name: "witness", Label: lang.T("reminder.witness"), Hint: lang.T("reminder.witness.hint"), Optional: true}, Value: v.typed("receive", "witness", ""),
		Width: look.W20, Complete: "off"}
}

func (v reminderView) scan() look.File {
	return look.File{Field: look.Field{Name: "file", Label: lang.T("reminder.proof"), Hint: lang.T("reminder.proof.hint"), Optional: true}, Accept: "image/jpeg,image/png,application/pdf"}
}

func (v reminderView) reasons() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "reason", Label: lang.T("reminder.column.reason")}, Value: v.typed("answer", "reason", string(v.Reminder.Reason)), Empty: lang.T("reminder.choose")}, reminder.Reasons)
}

func (v reminderView) remark() look.Area {
	return look.Area{Field: look.Field{Name: "remark", Label: lang.T("reminder.remark"), Hint: lang.T("reminder.remark.hint"), Optional: true},
		Value: v.typed("answer", "remark", v.Reminder.Remark), Rows: 2, Max: 200}
}

// papers leads to the letter on paper and as a page, in each reading.
func (v reminderView) papers() []look.Link {
	var out []look.Link
	for _, reading := range paper.Readings {
		q := ""
		if reading != paper.Ordinary {
			q = "?reading=" + string(reading)
		}
		name := lang.T("reminder.reading." + readingName(reading))
		out = append(out, look.Link{Text: lang.T("reminder.print.one", name), Href: v.href("letter.pdf") + q}, look.Link{Text: lang.T("reminder.read.one", name), Href: v.href("letter") + q})
	}
	return out
}

func (v reminderView) others() look.Table { return remindersTable(v.Others, v.Today) }

func (v reminderView) events() []look.Event { return linesOf(v.Lines) }

// remindersTable is letters to one person.
func remindersTable(all []reminder.Reminder, today day.Day) look.Table {
	t := look.Table{Caption: lang.T("reminder.others"), Empty: lang.T("reminder.others.none"), Columns: []look.Column{{Text: lang.T("reminder.column.no"), Tight: true},
		{Text: lang.T("reminder.column.kind")}, {Text: lang.T("reminder.column.due"), Tight: true}, {Text: lang.T("reminder.column.state"), Tight: true}}}
	for _, n := range all {
		kind := word(n.Kind)
		if n.Kind == reminder.Renew {
			kind = lang.T("reminder.kind.step", n.Kind, n.Step)
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: n.No, Href: reminderHref(n.ID)}, {Text: kind}, dueCell(n, today), stateCell(n)}})
	}
	return t
}

// letterView is what a letter says as the page lays it out.
type letterView struct {
	id      reminder.ID
	reading paper.Reading
	words   paper.Words
}

// readings leads between the readings of the letter.
func (v letterView) readings() []look.Link {
	var out []look.Link
	for _, reading := range paper.Readings {
		href := reminderHref(v.id) + "/letter"
		if reading != paper.Ordinary {
			href += "?reading=" + string(reading)
		}
		out = append(out, look.Link{Text: lang.T("reminder.reading." + readingName(reading)), Href: href, Current: reading == v.reading})
	}
	return out
}

// print is the address of the same letter on paper.
func (v letterView) print() string {
	return reminderHref(v.id) + "/letter.pdf?reading=" + url.QueryEscape(string(v.reading))
}

// personRemindersView is one person's letters as the page lays them out.
type personRemindersView struct {
	renewing.PersonFile
	kind string
}

func (v personRemindersView) href() string { return personHref(v.Person.ID) + "/reminders" }

func (v personRemindersView) kinds() look.Choice {
	c := look.Choice{Field: look.Field{Name: "kind", Label: lang.T("reminder.column.kind")}, Value: v.kind}
	for _, k := range v.May {
		c.Options = append(c.Options, look.Option{Value: string(k), Text: word(k), Hint: lang.T("reminder.make." + string(k))})
	}
	return c
}

func (v personRemindersView) details() []look.Detail {
	return []look.Detail{{Key: lang.T("reminder.column.name"), Value: v.Person.Name}, {Key: lang.T("detail.number"), Value: v.Person.Number.Masked()},
		{Key: lang.T("detail.place"), Value: v.Place}, {Key: lang.T("reminder.person.count"), Value: strconv.Itoa(len(v.Reminders))}}
}
