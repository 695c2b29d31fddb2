package store

import (
	"strconv"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/reminder"
)

// CountiesWithCertificates is every county of the actor's area that holds certificates, for the daily round.
func (tx *Tx) CountiesWithCertificates() ([]region.Code, error) {
	from, to := tx.by.Region.Range()
	return list(tx, func(c *region.Code) []any { return []any{c} }, `
		SELECT code
		FROM region
		WHERE LENGTH(code) = 6 AND code >= $1 AND code < $2 AND EXISTS (SELECT 1 FROM certificate c WHERE `+wide+` c.county = code)
		ORDER BY code`, from, to)
}

// DueCertificate is a certificate for which a step is due.
type DueCertificate struct {
	Certificate certificate.ID
	Person      person.ID
	Region      region.Code
	Expires     day.Day
}

// DueReminders is valid certificates of a county in a window that have no reminder of the step yet and whose holders have no case under way, up to
// limit, by expiry. Whoever a list names as dead or moved waits until somebody has decided about it.
func (tx *Tx) DueReminders(county region.Code, w reminder.Window, limit int) ([]DueCertificate, error) {
	return list(tx, func(d *DueCertificate) []any { return []any{&d.Certificate, &d.Person, &d.Region, &d.Expires} }, `
		SELECT c.id, c.person, c.region, c.expires
		FROM certificate c
		WHERE c.county = $1 AND c.state = 'valid' AND c.expires >= $2 AND c.expires <= $3
			AND NOT EXISTS (
				SELECT 1
				FROM reminder r
				WHERE r.county = c.county AND r.certificate = c.id AND r.kind = 'renew' AND r.step = $4)
			AND NOT EXISTS (
				SELECT 1
				FROM application a
				WHERE a.county = c.county AND a.person = c.person AND a.state NOT IN ('closed', 'declined', 'refused', 'withdrawn'))
			AND NOT EXISTS (
				SELECT 1
				FROM departure d
				WHERE d.county = c.county AND d.certificate = c.id AND d.state IN ('proposed', 'frozen'))
		ORDER BY c.expires, c.id
		LIMIT $5`, string(county), string(w.From), string(w.To), strconv.Itoa(w.Step), limit)
}

// Ended is an open reminder from which nothing is awaited any more, with how it ended.
type Ended struct {
	Reminder reminder.Reminder
	Came     bool // an application exists, or the certificate was exchanged
}

// EndedReminders is open reminders of a county whose person has a case under way, or whose certificate is not in the hand any more, up to limit;
// person narrows to one, "" does not.
func (tx *Tx) EndedReminders(county region.Code, who person.ID, limit int) ([]Ended, error) {
	return list(tx, func(e *Ended) []any { return append(tx.reminder(&e.Reminder), &e.Came) }, `
		SELECT `+reminderColumns+`, (EXISTS (
				SELECT 1
				FROM application a
				WHERE a.county = r.county AND a.person = r.person AND a.state NOT IN ('closed', 'declined', 'refused', 'withdrawn'))
			OR COALESCE(c.state, '') IN ('replaced', 'left'))
		FROM reminder r
		LEFT JOIN certificate c ON c.county = r.county AND c.id = r.certificate
		WHERE r.county = $1 AND r.state IN ('made', 'sent', 'received') AND ($2 = '' OR r.person = $2)
			AND (COALESCE(c.state, 'valid') NOT IN ('valid', 'announced') OR EXISTS (
				SELECT 1
				FROM application a
				WHERE a.county = r.county AND a.person = r.person AND a.state NOT IN ('closed', 'declined', 'refused', 'withdrawn')))
		LIMIT $3`, string(county), string(who), limit)
}
