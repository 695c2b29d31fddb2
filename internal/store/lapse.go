package store

import (
	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lapse"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/reminder"
)

const (
	lapseColumns   = `l.id, l.region, l.certificate, l.person, l.cause, l.state, l.posting, l.ends, l.decided, l.reason, l.version`
	postingColumns = `id, region, no, starts, ends, people, phone, version`
)

func (tx *Tx) lapse(l *lapse.Lapse) []any {
	return []any{&l.ID, &l.Region, &l.Certificate, &l.Person, &l.Cause, &l.State, &l.Posting, &l.Ends, &l.Decided, sealed[string]{tx, &l.Reason}, &l.Version}
}

func scanPosting(p *lapse.Posting) []any {
	return []any{&p.ID, &p.Region, &p.No, &p.Starts, &p.Ends, &p.People, &p.Phone, &p.Version}
}

// Lapse is the certificate put up for cancellation under the id.
func (tx *Tx) Lapse(id lapse.ID) (lapse.Lapse, error) {
	county, err := tx.home("lapse", string(id))
	if err != nil {
		return lapse.Lapse{}, err
	}
	return one(tx, tx.lapse, `SELECT `+lapseColumns+` FROM lapse l WHERE l.county = $1 AND l.id = $2`, county, string(id))
}

// AnsweredLapses is the undecided lapses of a county that nobody has to decide any more: the certificate has ended or left otherwise, or its holder has
// a case under way, other than one that ends it; who narrows to one person, "" does not.
func (tx *Tx) AnsweredLapses(county region.Code, who person.ID) ([]lapse.Lapse, error) {
	return list(tx, tx.lapse, `
		SELECT `+lapseColumns+`
		FROM lapse l
		JOIN certificate c ON c.county = l.county AND c.id = l.certificate
		WHERE l.county = $1 AND ($2 = '' OR l.person = $2) AND l.state IN ('announced', 'disputed') AND (c.state <> 'announced' OR EXISTS (
			SELECT 1
			FROM application a
			WHERE a.county = l.county AND a.person = l.person AND a.matter <> 'cancel' AND a.state NOT IN ('closed', 'declined', 'refused', 'withdrawn')))
		ORDER BY l.id`, string(county), string(who))
}

// Lapsed is a lapse with its person and certificate, as lists show it.
type Lapsed struct {
	Lapse       lapse.Lapse
	Person      person.Person
	Certificate certificate.Certificate
}

func (tx *Tx) lapsed(l *Lapsed) []any {
	return append(append(tx.lapse(&l.Lapse), tx.person(&l.Person)...), tx.certificate(&l.Certificate)...)
}

const lapsedFrom = `
	FROM lapse l
	JOIN person p ON p.county = l.county AND p.id = l.person
	JOIN certificate c ON c.county = l.county AND c.id = l.certificate`

// LapseFilter narrows a list of lapses; empty fields do not.
type LapseFilter struct {
	Region   region.Code
	State    lapse.State
	Over     bool    // announced, and its public notice has ended
	From, To day.Day // decided on this day or later, or earlier
	After    string  // region and id of the last row of the page before, joined by a space
	Limit    int
}

// Lapses is the lapses of the area that fit, by village.
func (tx *Tx) Lapses(f LapseFilter) ([]Lapsed, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	from, after := a.from, ""
	if len(f.After) > 37 {
		cut := len(f.After) - 37
		from, after = max(from, f.After[:cut]), f.After[cut+1:]
	}
	return list(tx, tx.lapsed, `
		SELECT `+lapseColumns+`, `+personColumns+`, `+certificateColumns+lapsedFrom+`
		WHERE l.county = $1 AND l.region >= $2 AND l.region < $3 AND (l.region > $2 OR l.id > $4)
			AND ($5 = '' OR l.state = $5) AND (NOT $6 OR l.state = 'announced' AND l.ends < $7)
			AND l.decided >= $8 AND ($9 = '' OR l.decided <= $9)
		ORDER BY l.region, l.id
		LIMIT $10`,
		a.county, from, a.to, after, string(f.State), f.Over, string(tx.Today()), string(f.From), string(f.To), f.Limit)
}

// PostingLapses is everybody on a published list, by village.
func (tx *Tx) PostingLapses(p lapse.Posting) ([]Lapsed, error) {
	return list(tx, tx.lapsed, `
		SELECT `+lapseColumns+`, `+personColumns+`, `+certificateColumns+lapsedFrom+`
		WHERE l.county = $1 AND l.posting = $2
		ORDER BY l.region, l.id`, string(p.County()), p.ID)
}

// LapsesOver is how many lapses of the area wait for their cancellation because their public notice has ended, up to most.
func (tx *Tx) LapsesOver(where region.Code, most int) (int, error) {
	a, err := tx.area(where)
	if err != nil {
		return 0, err
	}
	n, err := tx.number(`
		SELECT COUNT(*)
		FROM (SELECT 1 FROM lapse WHERE county = $1 AND state = 'announced' AND region >= $2 AND region < $3 AND ends < $4 LIMIT $5) waiting`,
		a.county, a.from, a.to, string(tx.Today()), most)
	return int(n), err
}

func lapseSubject(l lapse.Lapse) Subject {
	return Subject{Kind: "lapse", ID: string(l.ID), Region: l.Region, Note: string(l.Certificate)}
}

// AddLapse puts a certificate up; a second time at once is refused by the index.
func (tx *Tx) AddLapse(l lapse.Lapse) error {
	err := tx.write(access.LapseAnnounce, lapseSubject(l), `
		INSERT INTO lapse (county, id, region, certificate, person, cause, state, posting, ends)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(l.County()), string(l.ID), string(l.Region), string(l.Certificate), string(l.Person), string(l.Cause), string(l.State), l.Posting, string(l.Ends))
	if clash(err) {
		return fault.New(fault.Refused, "lapse.twice")
	}
	return err
}

// SaveLapse refuses a row that changed since l was read.
func (tx *Tx) SaveLapse(act access.Act, l lapse.Lapse) error {
	return tx.write(act, lapseSubject(l), `
		UPDATE lapse
		SET state = $1, decided = $2, reason = $3, version = version + 1
		WHERE county = $4 AND id = $5 AND version = $6`,
		string(l.State), string(l.Decided), tx.seal(l.Reason), string(l.County()), string(l.ID), l.Version)
}

// Posting is the published list with the id.
func (tx *Tx) Posting(id string) (lapse.Posting, error) {
	county, err := tx.home("posting", id)
	if err != nil {
		return lapse.Posting{}, err
	}
	return one(tx, scanPosting, `SELECT `+postingColumns+` FROM posting WHERE county = $1 AND id = $2`, county, id)
}

// Postings is the published lists of the area whose last day is from or later, the latest first; a village has those of its township too.
func (tx *Tx) Postings(where region.Code, from day.Day, after string, limit int) ([]lapse.Posting, error) {
	a, err := tx.area(where)
	if err != nil {
		return nil, err
	}
	if after == "" {
		after = "~"
	}
	return list(tx, scanPosting, `
		SELECT `+postingColumns+`
		FROM posting
		WHERE county = $1 AND ends >= $2 AND id < $3 AND (region >= $4 AND region < $5 OR region = $6)
		ORDER BY id DESC
		LIMIT $7`, a.county, string(from), after, a.from, a.to, township(a.from), limit)
}

// AddPosting publishes a list.
func (tx *Tx) AddPosting(p lapse.Posting) error {
	return tx.write(access.LapseAnnounce, Subject{Kind: "posting", ID: p.ID, Region: p.Region, Note: p.No}, `
		INSERT INTO posting (county, id, region, no, starts, ends, people, phone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(p.County()), p.ID, string(p.Region), p.No, string(p.Starts), string(p.Ends), p.People, p.Phone)
}

// LapseCandidate is a certificate that may be put up, with what its holder was told.
type LapseCandidate struct {
	Certificate certificate.Certificate
	Person      person.Person
	Review      day.Day     // the last day of a review that was not kept, "" for none
	Reminder    reminder.ID // the latest letter about it, "" for none
	Told        bool        // one of its letters went out
}

// Letters is what a holder was told of a certificate that ran out.
type Letters string

// What holders were told.
const (
	LettersSent   Letters = "sent"   // a letter went out
	LettersUnsent Letters = "unsent" // none did; one may have been made
	LettersNone   Letters = "none"   // none was ever made, of a certificate that is valid
)

// LapsingFilter narrows the certificates that may be put up.
type LapsingFilter struct {
	Region  region.Code
	Before  day.Day // their last day, or that of their review, lies before it
	Letters Letters
	Limit   int
}

// LapseCandidates is certificates of the area whose last day, or whose review's, is before the day, that nobody renews and that are not put up
// already, by village.
func (tx *Tx) LapseCandidates(f LapsingFilter) ([]LapseCandidate, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	return list(tx, func(c *LapseCandidate) []any {
		return append(append(tx.certificate(&c.Certificate), tx.person(&c.Person)...), &c.Review, &c.Reminder, &c.Told)
	}, `
		SELECT `+certificateColumns+`, `+personColumns+`, COALESCE((
				SELECT MIN(r.due)
				FROM reminder r
				WHERE r.county = c.county AND r.certificate = c.id AND r.kind = 'review' AND r.state IN ('made', 'sent', 'received')), ''),
			COALESCE((SELECT MAX(r.id) FROM reminder r WHERE r.county = c.county AND r.certificate = c.id), ''),
			EXISTS (SELECT 1 FROM reminder r WHERE r.county = c.county AND r.certificate = c.id AND r.sent <> '')
		FROM certificate c
		JOIN person p ON p.county = c.county AND p.id = c.person
		WHERE c.county = $1 AND c.region >= $2 AND c.region < $3 AND c.state IN ('valid', 'frozen', 'review')
			AND (c.expires < $4 OR EXISTS (
				SELECT 1
				FROM reminder r
				WHERE r.county = c.county AND r.certificate = c.id AND r.kind = 'review' AND r.state IN ('made', 'sent', 'received') AND r.due < $4))
			AND NOT EXISTS (
				SELECT 1
				FROM application a
				WHERE a.county = c.county AND a.person = c.person AND a.state NOT IN ('closed', 'declined', 'refused', 'withdrawn'))
			AND CASE $5
				WHEN 'sent' THEN EXISTS (SELECT 1 FROM reminder r WHERE r.county = c.county AND r.certificate = c.id AND r.sent <> '')
				WHEN 'unsent' THEN NOT EXISTS (SELECT 1 FROM reminder r WHERE r.county = c.county AND r.certificate = c.id AND r.sent <> '')
				ELSE c.state = 'valid' AND NOT EXISTS (SELECT 1 FROM reminder r WHERE r.county = c.county AND r.certificate = c.id) END
		ORDER BY c.region, c.id
		LIMIT $6`, a.county, a.from, a.to, string(f.Before), string(f.Letters), f.Limit)
}

const lapseObjectionColumns = `id, region, no, posting, lapse, name, phone, text, day, decision, reason, decided, version`

// LapseObjections is what was said against a cancellation, the oldest first; Application is the lapse.
func (tx *Tx) LapseObjections(l lapse.Lapse) ([]announcement.Objection, error) {
	return list(tx, tx.objection, `
		SELECT `+lapseObjectionColumns+`
		FROM lapse_objection
		WHERE county = $1 AND lapse = $2
		ORDER BY id`, string(l.County()), string(l.ID))
}

// AddLapseObjection keeps what somebody says; o.Application is the lapse.
func (tx *Tx) AddLapseObjection(o announcement.Objection) error {
	return tx.write(access.LapseObject, Subject{Kind: "objection", ID: o.ID, Region: o.Region, Note: o.No}, `
		INSERT INTO lapse_objection (county, id, region, no, posting, lapse, name, phone, text, day)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(o.County()), o.ID, string(o.Region), o.No, string(o.Notice), o.Application, tx.seal(o.Name), tx.seal(o.Phone), tx.seal(o.Text), string(o.Day))
}

// SaveLapseObjection keeps how an objection was decided.
func (tx *Tx) SaveLapseObjection(o announcement.Objection) error {
	return tx.write(access.LapseResolve, Subject{Kind: "objection", ID: o.ID, Region: o.Region, Note: o.No}, `
		UPDATE lapse_objection
		SET decision = $1, reason = $2, decided = $3, version = version + 1
		WHERE county = $4 AND id = $5 AND version = $6`,
		o.Decision, tx.seal(o.Reason), string(o.Decided), string(o.County()), o.ID, o.Version)
}
