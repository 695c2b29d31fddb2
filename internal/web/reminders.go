package web

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/paper"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/sheet"
)

// The conditions of the list that are no states of their own.
const (
	overdueOnly  = "overdue"
	promisedOnly = "promised"
	awaitedOnly  = "awaited" // everybody from whom something is awaited, once
)

// reminders is the township's roster of letters: who is due at each step, what was handed over and what came back.
func (s *Server) reminders(w http.ResponseWriter, r *http.Request) error {
	return s.remindersShow(w, r, r.URL.Query(), nil)
}

// remindersShow shows the list under the conditions in q, with what was typed and what is wrong when err is not nil.
func (s *Server) remindersShow(w http.ResponseWriter, r *http.Request, q url.Values, err error) error {
	by := actor(r)
	v := remindersView{q: q, maySend: by.Can(access.ReminderSend), mayExport: by.Can(access.ListExport), today: s.today()}
	f := remindersFilter(q)
	f.After, f.Limit = q.Get("after"), rows
	status := http.StatusOK
	if err != nil {
		status = http.StatusUnprocessableEntity
	}
	var loadErr error
	if v.where, v.whole, loadErr = s.ofCounty(r, access.ReminderRead, f.Region); loadErr != nil {
		return loadErr
	}
	if !v.whole {
		if v.List, loadErr = s.renewing.Reminders(r.Context(), by, f); loadErr != nil {
			return loadErr
		}
	}
	p := s.page(w, r, lang.T("reminder.list.title"))
	p.Problems = look.Find(err)
	return show(w, r, status, remindersPage(p, v))
}

// remindersFilter is the conditions of an address.
func remindersFilter(q url.Values) renewing.Filter {
	f := renewing.Filter{Region: region.Code(q.Get("region")), Kind: reminder.Kind(q.Get("kind")), Step: q.Get("step"), Reason: reminder.Reason(q.Get("reason"))}
	switch state := q.Get("state"); state {
	case overdueOnly:
		f.Overdue = true
	case promisedOnly:
		f.Promised = true
	case awaitedOnly:
		f.Open, f.Latest = true, true
	default:
		f.State = reminder.State(state)
	}
	return f
}

// remindersSend notes how the letters that were ticked went out.
func (s *Server) remindersSend(w http.ResponseWriter, r *http.Request) error {
	var ids []reminder.ID
	for _, id := range r.PostForm["ids"] {
		ids = append(ids, reminder.ID(id))
	}
	on, _ := look.ReadDay(r.PostFormValue("sent")) // what is no day is refused below as a missing one
	err := s.renewing.SendReminders(r.Context(), actor(r), ids, reminder.Channel(r.PostFormValue("channel")), on)
	if again(err) {
		return s.remindersShow(w, r, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, remindersHref("/reminders", r.PostForm), "reminder.sent.done", strconv.Itoa(len(ids)))
}

// reminderFind leads to the letter whose slip bears the number.
func (s *Server) reminderFind(w http.ResponseWriter, r *http.Request) error {
	id, err := s.renewing.FindReminder(r.Context(), actor(r), look.Narrow(r.URL.Query().Get("no")))
	if fault.Of(err) == fault.Missing {
		var p fault.Problems
		p.Add("no", "reminder.find.none")
		return s.remindersShow(w, r, r.URL.Query(), p.Fault())
	}
	if err != nil {
		return err
	}
	return redirect(w, r, reminderHref(id))
}

// remindersExport is the list as a workbook.
func (s *Server) remindersExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("reminder.list.title"), columns: renewing.ReminderColumns, write: func(to sheet.Out) error {
		return s.renewing.ExportReminders(r.Context(), actor(r), remindersFilter(r.URL.Query()), to)
	}})
}

// remindersRoster is the list of who is to be reminded, to be printed.
func (s *Server) remindersRoster(w http.ResponseWriter, r *http.Request) error {
	return sendPDF(w, func(to io.Writer) error {
		return s.renewing.WriteRoster(r.Context(), actor(r), remindersFilter(r.URL.Query()), to)
	})
}

// remindersLetters is every letter of the list in one file, by village behind its cover list.
func (s *Server) remindersLetters(w http.ResponseWriter, r *http.Request) error {
	reading, err := readingOf(r)
	if err != nil {
		return err
	}
	return sendPDF(w, func(to io.Writer) error {
		_, err := s.renewing.WriteReminders(r.Context(), actor(r), remindersFilter(r.URL.Query()), reading, to)
		return err
	})
}

// remindersFiles is the same letters in a file each.
func (s *Server) remindersFiles(w http.ResponseWriter, r *http.Request) error {
	reading, err := readingOf(r)
	if err != nil {
		return err
	}
	return file(w, lang.T("reminder.list.title")+".zip", "application/zip", func(b *bytes.Buffer) error {
		_, err := s.renewing.WriteReminderFiles(r.Context(), actor(r), remindersFilter(r.URL.Query()), reading, b)
		return err
	})
}

// readingOf is how a letter is to read; there is no other way than those of paper.
func readingOf(r *http.Request) (paper.Reading, error) {
	reading := paper.Reading(r.URL.Query().Get("reading"))
	if !slices.Contains(paper.Readings, reading) {
		return "", fault.New(fault.Missing, "record.missing")
	}
	return reading, nil
}

// remindersView is the list as the page lays it out; q is the conditions, and what was typed when a form failed.
type remindersView struct {
	renewing.List
	q                  url.Values
	where              look.Choice
	whole              bool // no county is chosen yet
	maySend, mayExport bool
	today              day.Day
}

// remindersHref is an address with the conditions of q.
func remindersHref(path string, q url.Values, more ...string) string {
	return carrying(path, q, []string{"region", "kind", "state", "step", "reason"}, more...)
}

// reminderHref is the page of a letter.
func reminderHref(id reminder.ID) string { return "/reminders/" + string(id) }

func (v remindersView) kinds() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "kind", Label: lang.T("reminder.column.kind")}, Value: v.q.Get("kind"), Empty: lang.T("reminder.filter.all")}, reminder.Kinds)
}

func (v remindersView) states() look.Choice {
	c := look.Choice{Field: look.Field{Name: "state", Label: lang.T("reminder.column.state")}, Value: v.q.Get("state"), Empty: lang.T("reminder.filter.all")}
	for _, st := range reminder.States {
		c.Options = append(c.Options, look.Option{Value: string(st), Text: word(st)})
	}
	c.Options = append(c.Options, look.Option{Value: promisedOnly, Text: lang.T("reminder.filter.promised")}, look.Option{Value: overdueOnly, Text: lang.T("reminder.filter.overdue")},
		look.Option{Value: awaitedOnly, Text: lang.T("reminder.filter.awaited")})
	return c
}

func (v remindersView) steps() look.Choice {
	c := look.Choice{Field: look.Field{Name: "step", Label: lang.T("reminder.filter.step")}, Value: v.q.Get("step"), Empty: lang.T("reminder.filter.all")}
	for _, m := range v.Steps {
		c.Options = append(c.Options, look.Option{Value: strconv.Itoa(m), Text: lang.T("reminder.step", m)})
	}
	return c
}

func (v remindersView) reasons() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "reason", Label: lang.T("reminder.column.reason")}, Value: v.q.Get("reason"), Empty: lang.T("reminder.filter.all")}, append(slices.Clone(reminder.Reasons), reminder.Unsaid))
}

func (v remindersView) number() look.Input {
	return look.Input{Field: look.Field{Name: "no", Label: lang.T("reminder.find"), Hint: lang.T("reminder.find.hint")}, Value: v.q.Get("no"), Width: look.W20, Complete: "off"}
}

func (v remindersView) channels() look.Choice { return channelField(v.q.Get("channel")) }

func (v remindersView) sent() look.Date { return sentField(v.q, v.today) }

// channelField is the way by which a letter went out.
func channelField(value string) look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "channel", Label: lang.T("reminder.column.channel")}, Value: value, Empty: lang.T("reminder.choose")}, reminder.Channels)
}

// sentField is the day on which a letter went out, today unless something else was typed.
func sentField(q url.Values, today day.Day) look.Date {
	d := look.Date{Field: look.Field{Name: "sent", Label: lang.T("reminder.column.sent")}, Value: today}
	if q.Has("sent") {
		d.Value, d.Typed = "", q.Get("sent")
	}
	return d
}

func (v remindersView) table() look.Table {
	t := look.Table{Caption: lang.T("reminder.list.title"), Quiet: true, Empty: v.empty(), Columns: []look.Column{{Text: lang.T("reminder.column.name")},
		{Text: lang.T("reminder.column.village")}, {Text: lang.T("reminder.column.kind")}, {Text: lang.T("reminder.column.due"), Tight: true},
		{Text: lang.T("reminder.column.state"), Tight: true}, {Text: lang.T("reminder.column.reason")}}}
	if v.maySend {
		t.Select = "ids"
	}
	for _, r := range v.Reminders {
		t.Rows = append(t.Rows, v.row(r))
	}
	return t
}

func (v remindersView) row(r renewing.Reminded) look.Row {
	n := r.Reminder
	number := r.Number.Masked()
	if r.Number == "" {
		number = r.Person.Number.Masked()
	}
	village := look.Cell{Text: v.Places[n.Region]}
	if n.Region.Level() == region.Village {
		village.Note = v.Places[n.Region.Township()]
	}
	kind := look.Cell{Text: word(n.Kind), Note: n.No}
	if n.Kind == reminder.Renew {
		kind.Text = lang.T("reminder.kind.step", n.Kind, n.Step)
	}
	reason := look.Cell{}
	if r.Why != "" {
		reason.Text, reason.Note = word(r.Why), word(r.Why.Offer())
	}
	return look.Row{Value: string(n.ID), Label: r.Person.Name, Picked: slices.Contains(v.q["ids"], string(n.ID)), Cells: []look.Cell{
		{Text: r.Person.Name, Href: reminderHref(n.ID), Note: number}, village, kind, dueCell(n, v.Today), stateCell(n), reason}}
}

// dueCell is the last day of a letter, red once it has passed.
func dueCell(n reminder.Reminder, today day.Day) look.Cell {
	switch {
	case n.Overdue(today):
		return look.Cell{Tag: look.Tag{Text: lang.T("due.late", today.Sub(n.Due)), Colour: look.Red}, Note: string(n.Due)}
	case n.Due == "":
		return look.Cell{Text: lang.T("reminder.due.none")}
	}
	return look.Cell{Text: string(n.Due)}
}

// stateCell is how far a letter has come, with the day of the last step.
func stateCell(n reminder.Reminder) look.Cell {
	c := look.Cell{Tag: reminderTag(n.State)}
	switch n.State {
	case reminder.Made:
		c.Note = lang.T("reminder.on.made", n.Made)
	case reminder.Sent:
		c.Note = lang.T("reminder.on.sent", n.Channel, n.Sent)
	case reminder.Received:
		c.Note = lang.T("reminder.on.received", n.Received)
	}
	return c
}

func reminderTag(st reminder.State) look.Tag {
	colour := map[reminder.State]look.Colour{reminder.Made: look.Orange, reminder.Sent: look.Blue, reminder.Received: look.Yellow, reminder.Kept: look.Green, reminder.Stopped: look.Grey}
	return look.Tag{Text: word(st), Colour: colour[st]}
}

// empty says why the list has no rows, and what to do then.
func (v remindersView) empty() string {
	switch {
	case v.whole:
		return lang.T("reminder.list.choose")
	case remindersHref("", v.q) != "":
		return lang.T("reminder.list.none")
	}
	return lang.T("reminder.list.empty")
}

func (v remindersView) pager() look.Pager {
	p := look.Pager{Shown: len(v.Reminders), Total: -1}
	if v.q.Get("after") != "" {
		p.First = remindersHref("/reminders", v.q)
	}
	if v.Next != "" {
		p.Next = remindersHref("/reminders", v.q, "after", v.Next)
	}
	return p
}

// files is what can be taken out of the list.
func (v remindersView) files() []look.Link {
	out := append(takeLinks(remindersHref("/reminders/list.xlsx", v.q), ""), look.Link{Text: lang.T("reminder.print.roster"), Href: remindersHref("/reminders/roster.pdf", v.q)})
	for _, reading := range paper.Readings {
		out = append(out, look.Link{Text: lang.T("reminder.print.letters", lang.T("reminder.reading."+readingName(reading))),
			Href: remindersHref("/reminders/letters.pdf", v.q, "reading", string(reading))})
	}
	return append(out, look.Link{Text: lang.T("reminder.print.files"), Href: remindersHref("/reminders/letters.zip", v.q)})
}

// readings is how letters that are printed in the background are to read.
func (v remindersView) readings() look.Choice {
	c := look.Choice{Field: look.Field{Name: "reading", Label: lang.T("bundle.reading")}, Value: v.q.Get("reading")}
	for _, reading := range paper.Readings {
		c.Options = append(c.Options, look.Option{Value: string(reading), Text: lang.T("reminder.reading." + readingName(reading))})
	}
	return c
}

// readingName is a reading as the catalogue names it.
func readingName(reading paper.Reading) string {
	if reading == paper.Ordinary {
		return "plain"
	}
	return string(reading)
}
