// Package job is work for later: a row written in the deciding transaction, done by the worker at least once.
package job

import "time"

// Lease is how long a worker holds a job without a sign of life before another one takes it.
const Lease = time.Minute

// Job is one kind of work with what it needs; its JSON form is stored.
type Job interface {
	Kind() string // names the kind in the table
	Key() string  // at most one open job per kind and key
}

// CheckRoster reads an uploaded list and writes down what is wrong with it.
type CheckRoster struct {
	County string `json:"county"`
	Roster string `json:"roster"`
}

// Kind names the work.
func (CheckRoster) Kind() string { return "roster.check" }

// Key is the list.
func (j CheckRoster) Key() string { return j.Roster }

// StoreRoster takes the good rows of a confirmed list into the register.
type StoreRoster struct {
	County string `json:"county"`
	Roster string `json:"roster"`
}

// Kind names the work.
func (StoreRoster) Kind() string { return "roster.store" }

// Key is the list.
func (j StoreRoster) Key() string { return j.Roster }

// CloseNotices ends the public notices whose period is over; the daily round asks for it.
type CloseNotices struct {
	Day string `json:"day"`
}

// Kind names the work.
func (CloseNotices) Kind() string { return "notice.close" }

// Key is the day.
func (j CloseNotices) Key() string { return j.Day }

// RemindAll makes the reminders that are due and ends those from which nothing is awaited; the daily round asks for it.
type RemindAll struct {
	Day string `json:"day"`
}

// Kind names the work.
func (RemindAll) Kind() string { return "reminder.round" }

// Key is the day.
func (j RemindAll) Key() string { return j.Day }

// EndReminders ends the reminders of somebody who came.
type EndReminders struct {
	County string `json:"county"`
	Person string `json:"person"`
}

// Kind names the work.
func (EndReminders) Kind() string { return "reminder.end" }

// Key is the person.
func (j EndReminders) Key() string { return j.Person }

// PrintBundle prints the parts of a bundle of letters that are not printed yet.
type PrintBundle struct {
	County string `json:"county"`
	Bundle string `json:"bundle"`
}

// Kind names the work.
func (PrintBundle) Kind() string { return "bundle.print" }

// Key is the bundle.
func (j PrintBundle) Key() string { return j.Bundle }

// TextReminders makes the text messages beside the letters of the daily round.
type TextReminders struct {
	Day string `json:"day"`
}

// Kind names the work.
func (TextReminders) Kind() string { return "message.round" }

// Key is the day.
func (j TextReminders) Key() string { return j.Day }

// Campaign makes the text messages of a campaign.
type Campaign struct {
	Day     string `json:"day"`
	Region  string `json:"region"`
	Poor    bool   `json:"poor"`
	Expires string `json:"expires"`
}

// Kind names the work.
func (Campaign) Kind() string { return "message.campaign" }

// Key is the day and the place: one campaign a day.
func (j Campaign) Key() string { return j.Day + " " + j.Region }

// TakeBackup takes the backup of a day into the installation's folder of backups; the daily round asks for it, or an administrator.
type TakeBackup struct {
	Day string `json:"day"`
}

// Kind names the work.
func (TakeBackup) Kind() string { return "backup.take" }

// Key is the day.
func (j TakeBackup) Key() string { return j.Day }

// RehearseBackup restores a backup into a scratch place and notes what came of it.
type RehearseBackup struct {
	Name string `json:"name"`
}

// Kind names the work.
func (RehearseBackup) Kind() string { return "backup.rehearse" }

// Key is the backup.
func (j RehearseBackup) Key() string { return j.Name }

// TakeApart reads the pages of a scanned pile and files what bears a code.
type TakeApart struct {
	County string `json:"county"`
	Pile   string `json:"pile"`
}

// Kind names the work.
func (TakeApart) Kind() string { return "pile.read" }

// Key is the pile.
func (j TakeApart) Key() string { return j.Pile }

// Row is a job as the worker claims it.
type Row struct {
	ID       string
	Kind     string
	Args     string // JSON
	Attempts int
}

// Owed is the kinds for which a record waits and that nobody asks for again: such a job that is dead is tried again each day. What belongs to a day, or sends
// a message that may be stale by then, is not among them.
var Owed = []string{CheckRoster{}.Kind(), StoreRoster{}.Kind(), TakeApart{}.Kind(), KeepPapers{}.Kind(), Shred{}.Kind(), TellReferral{}.Kind(), EndReminders{}.Kind(), PrintBundle{}.Kind(),
	HandHeads{}.Kind()}
