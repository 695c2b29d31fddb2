package store

import (
	"fmt"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/reminder"
)

const reminderColumns = `r.id, r.region, r.no, r.kind, r.step, r.person, r.certificate, r.state, r.made, r.months, r.channel, r.sent, r.received, r.promised,
	r.due, r.signer, r.witness, r.proof, r.proof_type, r.reason, r.remark, r.urged, r.urges, r.version`

func (tx *Tx) reminder(r *reminder.Reminder) []any {
	return []any{&r.ID, &r.Region, &r.No, &r.Kind, &r.Step, &r.Person, &r.Certificate, &r.State, &r.Made, &r.Months, &r.Channel, &r.Sent, &r.Received,
		&r.Promised, due{&r.Due}, &r.Signer, sealed[string]{tx, &r.Witness}, &r.Proof, &r.ProofType, &r.Reason, sealed[string]{tx, &r.Remark}, &r.Urged,
		&r.Urges, &r.Version}
}

// Reminder is the reminder with the id.
func (tx *Tx) Reminder(id reminder.ID) (reminder.Reminder, error) {
	county, err := tx.home("reminder", string(id))
	if err != nil {
		return reminder.Reminder{}, err
	}
	return one(tx, tx.reminder, `SELECT `+reminderColumns+` FROM reminder r WHERE r.county = $1 AND r.id = $2`, county, string(id))
}

// ReminderByNo is the reminder whose slip bears the number.
func (tx *Tx) ReminderByNo(county region.Code, no string) (reminder.Reminder, error) {
	return one(tx, tx.reminder, `SELECT `+reminderColumns+` FROM reminder r WHERE r.county = $1 AND r.no = $2`, string(county), no)
}

// RemindersOf is every reminder of a person, the newest first.
func (tx *Tx) RemindersOf(county region.Code, id person.ID) ([]reminder.Reminder, error) {
	return list(tx, tx.reminder, `
		SELECT `+reminderColumns+`
		FROM reminder r
		WHERE r.county = $1 AND r.person = $2
		ORDER BY r.id DESC
		LIMIT 200`, string(county), string(id))
}

const insertReminder = `INSERT INTO reminder (county, id, region, no, kind, step, person, certificate, state, made, months, due) VALUES `

func reminderRow(r reminder.Reminder) []any {
	return []any{string(r.County()), string(r.ID), string(r.Region), r.No, string(r.Kind), r.Step, string(r.Person), string(r.Certificate), string(r.State),
		string(r.Made), r.Months, stored(r.Due)}
}

// AddReminder enters a letter; a second one for the same step is refused by the index.
func (tx *Tx) AddReminder(r reminder.Reminder) error {
	err := tx.write(access.ReminderMake, reminderSubject(r), insertReminder+tx.places(0, 1, 12), reminderRow(r)...)
	if clash(err) {
		return fault.New(fault.Refused, "reminder.twice")
	}
	return err
}

// AddReminders enters the letters of a round, each with its audit line.
func (tx *Tx) AddReminders(all []reminder.Reminder) error {
	rows, lines := make([][]any, len(all)), make([][]any, len(all))
	for i, r := range all {
		rows[i], lines[i] = reminderRow(r), tx.auditRow(access.ReminderMake, reminderSubject(r))
	}
	if err := tx.insert(insertReminder, rows); err != nil {
		return err
	}
	return tx.insert(insertAudit, lines)
}

func reminderSubject(r reminder.Reminder) Subject {
	return Subject{Kind: "reminder", ID: string(r.ID), Region: r.Region, Note: r.No}
}

// SaveReminder refuses a row that changed since r was read.
func (tx *Tx) SaveReminder(act access.Act, r reminder.Reminder) error {
	return tx.write(act, reminderSubject(r), `
		UPDATE reminder
		SET state = $1, channel = $2, sent = $3, received = $4, promised = $5, due = $6, signer = $7, witness = $8, proof = $9, proof_type = $10,
			reason = $11, remark = $12, urged = $13, urges = $14, version = version + 1
		WHERE county = $15 AND id = $16 AND version = $17`,
		string(r.State), string(r.Channel), string(r.Sent), string(r.Received), string(r.Promised), stored(r.Due), string(r.Signer), tx.seal(r.Witness),
		r.Proof, r.ProofType, string(r.Reason), tx.seal(r.Remark), string(r.Urged), r.Urges, string(r.County()), string(r.ID), r.Version)
}

// Numbers takes n numbers of a county's series at once and says the first.
func (tx *Tx) Numbers(county region.Code, series string, n int) (int, error) {
	last, err := tx.number(`
		INSERT INTO counter (county, series, n)
		VALUES ($1, $2, $3)
		ON CONFLICT (county, series) DO UPDATE SET n = counter.n + $3
		RETURNING n`, string(county), series, n)
	return int(last) - n + 1, err
}

// Reminded is a reminder with its person and the certificate that it is about, as lists show them.
type Reminded struct {
	Reminder reminder.Reminder
	Person   person.Person
	Number   certificate.Number
	Expires  day.Day         // of the certificate; "" without one
	Why      reminder.Reason // why the person does not come, as this letter or an earlier one that is open too says it
}

// why is the reason that is known when a letter is looked at: a reason told of the letter before still stands when the next one goes out.
const why = `CASE WHEN r.reason <> '' OR r.state IN ('kept', 'stopped') THEN r.reason ELSE COALESCE((
	SELECT o.reason
	FROM reminder o
	WHERE o.county = r.county AND o.person = r.person AND o.kind = r.kind AND o.certificate = r.certificate AND o.id < r.id AND o.reason <> '' AND o.state IN ('made', 'sent', 'received')
	ORDER BY o.id DESC
	LIMIT 1), '') END`

const remindedColumns = reminderColumns + `, ` + personColumns + `, COALESCE(c.number, ''), COALESCE(c.expires, ''), ` + why

func (tx *Tx) reminded(r *Reminded) []any {
	return append(append(tx.reminder(&r.Reminder), tx.person(&r.Person)...), sealed[certificate.Number]{tx, &r.Number}, &r.Expires, &r.Why)
}

// ReminderFilter narrows a list of reminders; empty fields do not.
type ReminderFilter struct {
	Region  region.Code
	Kind    reminder.Kind
	State   reminder.State
	Step    string
	Made    day.Day         // made on this day
	From    day.Day         // made on this day or later
	Overdue bool            // open, and the last day has passed; of several for one certificate the latest
	Reason  reminder.Reason // Unsaid for none
	After   string          // region and id of the last row of the page before, joined by a space
	Limit   int

	Open     bool // something is still awaited from the person
	Latest   bool // of several letters for one certificate the latest, so that everybody stands there once
	Promised bool // the slip is here and names a day by which the person will come
	Settled  bool // no list names the holder as dead or moved while that waits for a decision or freezes the certificate
}

// Reminders is the reminders of the area that fit, by village and then in the order in which they were made.
func (tx *Tx) Reminders(f ReminderFilter) ([]Reminded, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	from, after := a.from, ""
	if len(f.After) > 37 {
		cut := len(f.After) - 37
		from, after = max(from, f.After[:cut]), f.After[cut+1:]
	}
	return list(tx, tx.reminded, `
		SELECT `+remindedColumns+`
		FROM reminder r
		JOIN person p ON p.county = r.county AND p.id = r.person
		LEFT JOIN certificate c ON c.county = r.county AND c.id = r.certificate
		WHERE r.county = $1 AND r.region >= $2 AND r.region < $3 AND (r.region > $2 OR r.id > $4)
			AND ($5 = '' OR r.kind = $5) AND ($6 = '' OR r.state = $6) AND ($7 = '' OR r.step = $7) AND ($8 = '' OR r.made = $8) AND r.made >= $9
			AND ($10 = '' OR `+why+` = CASE WHEN $10 = 'unsaid' THEN '' ELSE $10 END)
			AND (NOT $11 OR r.state IN ('made', 'sent', 'received') AND r.due < $12 AND `+latest+`)
			AND (NOT $13 OR r.state = 'received' AND r.promised <> '') AND (NOT $14 OR r.state IN ('made', 'sent', 'received'))
			AND (NOT $15 OR `+latest+`) AND (NOT $16 OR NOT EXISTS (
				SELECT 1
				FROM departure d
				WHERE d.county = r.county AND d.certificate = r.certificate AND d.certificate <> '' AND d.state IN ('proposed', 'frozen')))
		ORDER BY r.region, r.id
		LIMIT $17`,
		a.county, from, a.to, after, string(f.Kind), string(f.State), f.Step, string(f.Made), string(f.From), string(f.Reason), f.Overdue,
		string(tx.Today()), f.Promised, f.Open, f.Latest, f.Settled, f.Limit)
}

// series is the counter of a county's reminders of the year.
func series(on day.Day) string { return fmt.Sprintf("reminder-%d", on.Year()) }

// NumberReminders gives reminders of one county their numbers: 533103-2022-T0000001.
func (tx *Tx) NumberReminders(county region.Code, all []reminder.Reminder) error {
	if len(all) == 0 {
		return nil
	}
	today := tx.Today()
	first, err := tx.Numbers(county, series(today), len(all))
	for i := range all {
		all[i].No = fmt.Sprintf("%s-%d-T%07d", county, today.Year(), first+i)
	}
	return err
}
