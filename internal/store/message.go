package store

import (
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/message"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/reminder"
)

const messageColumns = `m.id, m.region, m.person, m.kind, m.about, m.phone, m.text, m.parts, m.state, m.tries, m.next, m.made, m.given, m.sent, m.ref, m.fault, m.version`

func (tx *Tx) message(m *message.Message) []any {
	return []any{&m.ID, &m.Region, &m.Person, &m.Kind, &m.About, sealed[string]{tx, &m.Phone}, sealed[string]{tx, &m.Text}, &m.Parts, &m.State, &m.Tries, micros{&m.Next},
		micros{&m.Made}, moment{&m.Given}, moment{&m.Sent}, &m.Ref, &m.Fault, &m.Version}
}

// Message is the message with the id.
func (tx *Tx) Message(id message.ID) (message.Message, error) {
	county, err := tx.home("message", string(id))
	if err != nil {
		return message.Message{}, err
	}
	return one(tx, tx.message, `SELECT `+messageColumns+` FROM message m WHERE m.county = $1 AND m.id = $2`, county, string(id))
}

func messageSubject(m message.Message, note string) Subject {
	return Subject{Kind: "message", ID: string(m.ID), Region: m.Region, Note: note}
}

// AddMessages queues messages, each with its audit line.
func (tx *Tx) AddMessages(all []message.Message, note string) error {
	rows, lines := make([][]any, len(all)), make([][]any, len(all))
	for i, m := range all {
		rows[i] = []any{string(m.County()), string(m.ID), string(m.Region), string(m.Person), string(m.Kind), m.About, tx.seal(m.Phone), tx.seal(m.Text), m.Parts,
			string(m.State), m.Next.UnixMicro(), m.Made.UnixMicro()}
		lines[i] = tx.auditRow(access.MessageMake, messageSubject(m, note))
	}
	if err := tx.insert(`INSERT INTO message (county, id, region, person, kind, about, phone, text, parts, state, next, made) VALUES `, rows); err != nil {
		return err
	}
	return tx.insert(insertAudit, lines)
}

// HasMessage says whether a message of the kind about it was made for a person.
func (tx *Tx) HasMessage(of person.Person, kind message.Kind, about string) (bool, error) {
	n, err := tx.number(`
		SELECT COUNT(*)
		FROM message
		WHERE county = $1 AND kind = $2 AND about = $3 AND person = $4`, string(of.County()), string(kind), about, string(of.ID))
	return n > 0, err
}

// SaveMessage refuses a row that changed since m was read.
func (tx *Tx) SaveMessage(act access.Act, m message.Message, note string) error {
	return tx.write(act, messageSubject(m, note), `
		UPDATE message
		SET state = $1, tries = $2, next = $3, given = $4, sent = $5, ref = $6, fault = $7, version = version + 1
		WHERE county = $8 AND id = $9 AND version = $10`,
		string(m.State), m.Tries, m.Next.UnixMicro(), instant(m.Given), instant(m.Sent), m.Ref, m.Fault, string(m.County()), string(m.ID), m.Version)
}

// instant is a moment as it is kept, 0 for none.
func instant(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// DueMessages is up to limit messages of a county whose turn has come, the longest waiting first.
func (tx *Tx) DueMessages(county region.Code, limit int) ([]message.Message, error) {
	return list(tx, tx.message, `
		SELECT `+messageColumns+`
		FROM message m
		WHERE m.county = $1 AND m.state = 'queued' AND m.next <= $2
		ORDER BY m.next, m.id
		LIMIT $3`, string(county), tx.at.UnixMicro(), limit)
}

// CountiesWithMessages is the counties with messages whose turn has come.
func (tx *Tx) CountiesWithMessages() ([]region.Code, error) {
	return list(tx, func(c *region.Code) []any { return []any{c} }, `
		SELECT DISTINCT county
		FROM message
		WHERE state = 'queued' AND next <= $1
		ORDER BY county`, tx.at.UnixMicro())
}

// MessageFilter narrows a list of messages; empty fields do not.
type MessageFilter struct {
	Region region.Code
	Kind   message.Kind
	State  message.State
	After  message.ID // the last row of the page before
	Limit  int
}

// Messaged is a message with its person.
type Messaged struct {
	message.Message
	Name string
}

// Messages is the messages of the area that fit, the newest first.
func (tx *Tx) Messages(f MessageFilter) ([]Messaged, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	return list(tx, func(m *Messaged) []any { return append(tx.message(&m.Message), &m.Name) }, `
		SELECT `+messageColumns+`, p.name
		FROM message m
		JOIN person p ON p.county = m.county AND p.id = m.person
		WHERE m.county = $1 AND m.region >= $2 AND m.region < $3 AND ($4 = '' OR m.kind = $4) AND ($5 = '' OR m.state = $5) AND ($6 = '' OR m.id < $6)
		ORDER BY m.id DESC
		LIMIT $7`, a.county, a.from, a.to, string(f.Kind), string(f.State), string(f.After), f.Limit)
}

// MessageCounts is how many messages of the area stand in each state, and the parts of those that went out.
func (tx *Tx) MessageCounts(where region.Code) (map[message.State]int, int, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, 0, err
	}
	type row struct {
		state message.State
		n     int
		parts int
	}
	rows, err := list(tx, func(r *row) []any { return []any{&r.state, &r.n, &r.parts} }, `
		SELECT state, COUNT(*), SUM(parts)
		FROM message
		WHERE county = $1 AND region >= $2 AND region < $3
		GROUP BY state`, a.county, a.from, a.to)
	out, parts := map[message.State]int{}, 0
	for _, r := range rows {
		out[r.state] = r.n
		if r.state == message.Sent || r.state == message.Delivered {
			parts += r.parts
		}
	}
	return out, parts, err
}

// Unanswered is up to limit letters of expiry of a county, made on the day or later, still open and without a message beside them, by id after one.
func (tx *Tx) Unanswered(county region.Code, since day.Day, after reminder.ID, limit int) ([]Reminded, error) {
	return list(tx, tx.reminded, `
		SELECT `+remindedColumns+`
		FROM reminder r
		JOIN person p ON p.county = r.county AND p.id = r.person
		JOIN certificate c ON c.county = r.county AND c.id = r.certificate
		WHERE r.county = $1 AND r.kind = 'renew' AND r.state IN ('made', 'sent') AND r.made >= $2 AND r.id > $3
			AND NOT EXISTS (SELECT 1 FROM message m WHERE m.county = r.county AND m.kind = 'renew' AND m.about = r.id)
		ORDER BY r.id
		LIMIT $4`, string(county), string(since), string(after), limit)
}

// Audience is who a campaign is for; empty fields do not narrow it.
type Audience struct {
	Region  region.Code
	Poor    bool
	Expires day.Day // holders of a certificate that ends on that day or before
}

// Hearers is up to limit people of an audience with a certificate in force and no message of the campaign, by id after one.
// The state is compared as an expression, because SQLite else looks through all valid certificates of the county for each person: a minute for a county of
// ten thousand, in which nobody can write.
func (tx *Tx) Hearers(of Audience, campaign string, after person.ID, limit int) ([]person.Person, error) {
	a, err := tx.area(of.Region)
	if err != nil {
		return nil, err
	}
	return list(tx, tx.person, `
		SELECT `+personColumns+`
		FROM person p
		WHERE p.county = $1 AND (p.region >= $2 AND p.region < $3) IS TRUE AND p.id > $4 AND (p.poor OR NOT $5)
			AND EXISTS (SELECT 1 FROM certificate c WHERE c.county = p.county AND c.person = p.id AND c.state || '' = 'valid' AND ($6 = '' OR c.expires <= $6))
			AND NOT EXISTS (SELECT 1 FROM message m WHERE m.county = p.county AND m.kind = 'campaign' AND m.about = $7 AND m.person = p.id)
		ORDER BY p.id
		LIMIT $8`, a.county, a.from, a.to, string(after), of.Poor, string(of.Expires), campaign, limit)
}
