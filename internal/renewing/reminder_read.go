package renewing

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/store"
)

// Filter narrows a list of reminders.
type Filter = store.ReminderFilter

// Reminded is a reminder with its person and certificate.
type Reminded = store.Reminded

// List is one page of reminders by village.
type List struct {
	Region    region.Code
	Reminders []Reminded
	Places    map[region.Code]string
	Steps     []int // the steps that policy sets here, for the filter
	Today     day.Day
	Next      string // what After is for the next page, "" on the last
}

// Reminders is the reminders of a place of one county, by village.
func (d *Desk) Reminders(ctx context.Context, by access.Actor, f Filter) (List, error) {
	var l List
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		if f.Region, err = scope(by, access.ReminderRead, f.Region); err != nil {
			return err
		}
		l, err = listed(tx, f)
		return err
	})
	return l, err
}

// listed is one page of a list; f.Region is set.
func listed(tx *store.Tx, f Filter) (List, error) {
	limit := f.Limit
	f.Limit++
	all, err := tx.Reminders(f)
	if err != nil {
		return List{}, err
	}
	l := List{Region: f.Region, Reminders: all[:min(len(all), limit)], Today: tx.Today()}
	if len(all) > limit {
		last := all[limit-1].Reminder
		l.Next = string(last.Region) + " " + string(last.ID)
	}
	office, err := tx.Office(f.Region)
	if err != nil {
		return l, err
	}
	l.Steps = reminder.Steps(office.Policy.List(policy.RemindMonths))
	l.Places, err = names(tx, l.Reminders)
	return l, err
}

// names is the names of the places of reminders, by code.
func names(tx *store.Tx, all []Reminded) (map[region.Code]string, error) {
	seen := map[region.Code]bool{}
	var codes []region.Code
	for _, r := range all {
		if c := r.Reminder.Region; !seen[c] {
			seen[c] = true
			codes = append(codes, c)
		}
	}
	return tx.RegionNames(codes...)
}

// File is one reminder with all that is known about it.
type File struct {
	Reminded
	Place  string
	Held   bool   // the certificate is in the hand
	Days   int    // of the review's period
	Basis  string // the rule that the letter names, as policy has it here
	Today  day.Day
	Others []reminder.Reminder // to the same person, the newest first
	Lines  []store.Line
}

// Reminder is one reminder.
func (d *Desk) Reminder(ctx context.Context, by access.Actor, id reminder.ID) (File, error) {
	var f File
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		r, err := load(tx, access.ReminderRead, id)
		if err != nil {
			return err
		}
		f.Why = r.Reason
		f.Reminder, f.Today, f.Days, f.Basis = r.Reminder, tx.Today(), r.office.Policy.Count(policy.ReviewWithin), basis(r)
		if f.Person, err = tx.Person(r.Person); err != nil {
			return err
		}
		if r.Certificate != "" {
			c, err := tx.Certificate(r.Certificate)
			if err != nil {
				return err
			}
			f.Number, f.Expires, f.Held = c.Number, c.Expires, c.State == certificate.Valid
		}
		if f.Place, err = place(tx, r.Region); err != nil {
			return err
		}
		all, err := tx.RemindersOf(r.County(), r.Person)
		if err != nil {
			return err
		}
		for _, o := range all {
			if o.ID == id {
				continue
			}
			f.Others = append(f.Others, o)
			if f.Why == "" && r.State.Open() && o.State.Open() && o.ID < id && o.Kind == r.Kind && o.Certificate == r.Certificate {
				f.Why = o.Reason
			}
		}
		f.Lines, err = tx.Timeline(r.County(), "reminder", string(id))
		return err
	})
	return f, err
}

// basis is what the letter rests on here: the rule of the province, and the entry of policy that sets its step or its period.
func basis(r loaded) string {
	key := policy.LocalRule
	switch r.Kind {
	case reminder.Renew:
		key = policy.RemindMonths
	case reminder.Review:
		key = policy.ReviewWithin
	}
	rule, set := r.office.Policy.Find(policy.LocalRule), r.office.Policy.Find(key)
	source, _, _ := strings.Cut(set.Basis, "；") // what follows is the clause of the plan, which is for us
	return rule.Value + "，" + source
}

// PersonFile is one person with every letter that went to them, and which can be made now.
type PersonFile struct {
	Person    person.Person
	Place     string
	Reminders []reminder.Reminder // the newest first
	May       []reminder.Kind     // that the actor can make now
	Today     day.Day
}

// PersonReminders is the letters to one person.
func (d *Desk) PersonReminders(ctx context.Context, by access.Actor, who person.ID) (PersonFile, error) {
	var f PersonFile
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		var err error
		if f.Person, err = tx.Person(who); err != nil {
			return err
		}
		if err := by.May(access.ReminderRead, f.Person.Region); err != nil {
			return err
		}
		f.Today = tx.Today()
		if f.Place, err = place(tx, f.Person.Region); err != nil {
			return err
		}
		if f.Reminders, err = tx.RemindersOf(f.Person.County(), who); err != nil {
			return err
		}
		open, err := tx.OpenCase(f.Person.County(), who)
		if err != nil || open != "" || !by.Can(access.ReminderMake) {
			return err
		}
		held, err := inHand(tx, f.Person)
		if f.May = []reminder.Kind{reminder.Flow}; held != "" {
			f.May = []reminder.Kind{reminder.Review}
		}
		return err
	})
	return f, err
}

// FindReminder is the reminder whose slip bears the number, as typed or as the QR code gives it.
func (d *Desk) FindReminder(ctx context.Context, by access.Actor, no string) (reminder.ID, error) {
	no = strings.ToUpper(strings.TrimSpace(no))
	county, _, _ := strings.Cut(no, "-")
	var r reminder.Reminder
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.ReminderRead, by.Region); err != nil {
			return err
		}
		var err error
		if r, err = tx.ReminderByNo(region.Code(county), no); err != nil {
			return err
		}
		return by.May(access.ReminderRead, r.Region)
	})
	return r.ID, err
}

// Village is how a village's reminders stand, for the worker who answers for it.
type Village struct {
	store.Standing
	Name string
}

// Villages is how the reminders of each village of a place stand; kind narrows to one letter, "" does not.
func (d *Desk) Villages(ctx context.Context, by access.Actor, where region.Code, kind reminder.Kind) ([]Village, error) {
	var out []Village
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := scope(by, access.ReminderRead, where)
		if err != nil {
			return err
		}
		all, err := tx.Standings(where, kind)
		if err != nil {
			return err
		}
		codes := make([]region.Code, len(all))
		for i, s := range all {
			codes[i] = s.Village
		}
		names, err := tx.RegionNames(codes...)
		for _, s := range all {
			name := names[s.Village.Township()]
			if s.Village.Level() == region.Village {
				name += names[s.Village]
			}
			out = append(out, Village{s, name})
		}
		return err
	})
	return out, err
}

// LoadMost is how far a tray counts; more shows as "99+".
const LoadMost = 100

// Load is what waits of the reminders of a place for its tray, each figure up to a hundred.
type Load = store.ReminderLoad

// Load is the tray's figures; a post that does not hand letters over has none, nor has an officer above the county who has chosen none.
func (d *Desk) Load(ctx context.Context, by access.Actor, where region.Code) (Load, error) {
	var l Load
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.ReminderSend, where)
		if err != nil || where.Level() < region.County {
			return err
		}
		l, err = tx.ReminderLoad(where, LoadMost)
		return err
	})
	return l, err
}
