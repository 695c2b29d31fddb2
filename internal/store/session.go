package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/session"
)

const sessionColumns = `id, region, hospital, kind, day, place, capacity, taken, round, version`

func (tx *Tx) session(s *session.Session) []any {
	return []any{&s.ID, &s.Region, &s.Hospital, &s.Kind, &s.Day, sealed[string]{tx, &s.Place}, &s.Capacity, &s.Taken, sealedJSON{tx, &s.Round}, &s.Version}
}

// Session is the session with the id.
func (tx *Tx) Session(id session.ID) (session.Session, error) {
	county, err := tx.home("session", string(id))
	if err != nil {
		return session.Session{}, err
	}
	return one(tx, tx.session, `SELECT `+sessionColumns+` FROM session WHERE county = $1 AND id = $2`, county, string(id))
}

// SessionFilter narrows a list of sessions; empty fields do not. Region finds the sessions to which people of that place are called.
type SessionFilter struct {
	Region   region.Code
	Hospital org.ID
	From     day.Day
	Pending  bool // for a hospital: earlier sessions too while somebody in them still waits for a conclusion
	After    session.ID
	Limit    int
}

// SessionLine is a session as lists show it.
type SessionLine struct {
	session.Session
	Waiting int // people in it who still wait for a conclusion
	Blocked int // of these, whom nobody may examine there any more; counted by the desk
}

const sessionWaiting = `(SELECT COUNT(*) FROM application a WHERE a.county = s.county AND a.session = s.id AND a.state = 'scheduled')`

func (tx *Tx) sessionLine(l *SessionLine) []any { return append(tx.session(&l.Session), &l.Waiting) }

// Sessions is the sessions of the area's county from a day on, the next first. A hospital's staff get those of their hospital, in every county.
func (tx *Tx) Sessions(f SessionFilter) ([]SessionLine, error) {
	if tx.by.Role.Clinical() {
		return tx.hospitalSessions(f)
	}
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	last, err := tx.lastSession(f)
	if err != nil {
		return nil, err
	}
	return list(tx, tx.sessionLine, `
		SELECT `+sessionColumns+`, `+sessionWaiting+`
		FROM session s
		WHERE county = $1 AND day >= $2 AND (day > $3 OR id > $4) AND (region >= $5 AND region < $6 OR region = $1) AND ($7 = '' OR hospital = $7)
		ORDER BY day, id
		LIMIT $8`, a.county, string(last.Day), string(last.Day), string(last.ID), township(a.from), a.to, string(f.Hospital), f.Limit)
}

// hospitalSessions is the sessions of the actor's own hospital inside the actor's region.
func (tx *Tx) hospitalSessions(f SessionFilter) ([]SessionLine, error) {
	last, err := tx.lastSession(f)
	if err != nil {
		return nil, err
	}
	from, to := tx.by.Region.Range()
	if f.Region != "" && tx.by.Region.Contains(f.Region) {
		from, to = f.Region.Range()
	}
	pending := f.Pending && f.After == ""
	return list(tx, tx.sessionLine, `
		SELECT `+sessionColumns+`, `+sessionWaiting+`
		FROM session s
		WHERE hospital = $1 AND (day >= $2 AND (day > $2 OR id > $3) OR $4 AND `+sessionWaiting+` > 0) AND region >= $5 AND region < $6
		ORDER BY day, id
		LIMIT $7`, tx.by.Org, string(last.Day), string(last.ID), pending, from, to, f.Limit)
}

// lastSession is where a page of sessions begins: behind the last one of the page before, or on the first day asked for.
func (tx *Tx) lastSession(f SessionFilter) (session.Session, error) {
	if f.After == "" {
		return session.Session{Day: f.From}, nil
	}
	return tx.Session(f.After)
}

// SeatsAt is how many people a county's other sessions examine at a hospital on the day of s, those at home aside.
func (tx *Tx) SeatsAt(s session.Session) (int, error) {
	n, err := tx.number(`
		SELECT COALESCE(SUM(capacity), 0)
		FROM session
		WHERE county = $1 AND hospital = $2 AND day = $3 AND kind <> 'home' AND id <> $4`, string(s.County()), string(s.Hospital), string(s.Day), string(s.ID))
	return int(n), err
}

// AddSession plans a session.
func (tx *Tx) AddSession(s session.Session) error {
	return tx.write(access.SessionPlan, sessionSubject(s), `
		INSERT INTO session (county, id, region, hospital, kind, day, place, capacity, taken, round)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(s.County()), string(s.ID), string(s.Region), string(s.Hospital), string(s.Kind), string(s.Day), tx.seal(s.Place), s.Capacity, s.Taken, tx.sealRound(s.Round))
}

// SaveSession refuses a row that changed since s was read, so that no seat is given twice.
func (tx *Tx) SaveSession(act access.Act, s session.Session) error {
	return tx.write(act, sessionSubject(s), `
		UPDATE session
		SET day = $1, place = $2, capacity = $3, taken = $4, round = $5, version = version + 1
		WHERE county = $6 AND id = $7 AND version = $8`,
		string(s.Day), tx.seal(s.Place), s.Capacity, s.Taken, tx.sealRound(s.Round), string(s.County()), string(s.ID), s.Version)
}

func sessionSubject(s session.Session) Subject {
	return Subject{Kind: "session", ID: string(s.ID), Region: s.Region, Note: s.Day.Chinese()}
}

// Unseat gives back the place of a case that leaves its session, beside the save of the case that names the act.
func (tx *Tx) Unseat(a application.Application) error {
	if a.Session == "" {
		return nil
	}
	s, err := tx.Session(session.ID(a.Session))
	if err != nil {
		return err
	}
	s.Leave()
	return tx.SaveSession(access.ApplicationSchedule, s)
}

// SessionCases is everybody who has a place in the session or was examined in it, by village.
func (tx *Tx) SessionCases(s session.Session) ([]Case, error) {
	return tx.members("session", s.County(), string(s.ID))
}

// Seat is somebody who is still to be examined in a session.
type Seat struct {
	Person person.ID
	Wanted []certificate.Category
}

// Expected is who is still to be examined in a session.
func (tx *Tx) Expected(s session.Session) ([]Seat, error) {
	return list(tx, func(x *Seat) []any { return []any{&x.Person, categories{&x.Wanted}} }, `
		SELECT person, wanted
		FROM application
		WHERE county = $1 AND session = $2 AND state = 'scheduled'
		ORDER BY id`, string(s.County()), string(s.ID))
}

// sealRound is a round as it is stored, "" for an empty one.
func (tx *Tx) sealRound(r session.Round) string {
	if r == (session.Round{}) {
		return ""
	}
	return tx.sealJSON(r)
}
