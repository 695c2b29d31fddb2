package store

import (
	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
)

const appraisalColumns = `county, id, no, year, day, clerk, head, members, state, proposed, proposed_by, decided, decider, answer, destroyed, way, first, second, destroyer, version`

func scanAppraisal(a *archive.Appraisal) []any {
	return []any{&a.Region, &a.ID, &a.No, &a.Year, &a.Day, &a.Clerk, &a.Head, asJSON{&a.Members}, &a.State, &a.Proposed, &a.ProposedBy, &a.Decided, &a.Decider, &a.Answer, &a.Destroyed,
		&a.Way, &a.First, &a.Second, &a.Destroyer, &a.Version}
}

// Appraisal is one list of the county.
func (tx *Tx) Appraisal(county region.Code, id archive.AppraisalID) (archive.Appraisal, error) {
	return one(tx, scanAppraisal, `SELECT `+appraisalColumns+` FROM appraisal WHERE county = $1 AND id = $2`, string(county), string(id))
}

// Appraisals is the lists of a county, the newest first; after is the id of the last row of the page before.
func (tx *Tx) Appraisals(county region.Code, after archive.AppraisalID, limit int) ([]archive.Appraisal, error) {
	return list(tx, scanAppraisal, `
		SELECT `+appraisalColumns+`
		FROM appraisal
		WHERE county = $1 AND ($2 = '' OR id < $2)
		ORDER BY id DESC
		LIMIT $3`, string(county), string(after), limit)
}

func appraisalSubject(a archive.Appraisal, note string) Subject {
	return Subject{Kind: "appraisal", ID: string(a.ID), Region: a.Region, Note: a.No + " " + note}
}

// endedFile is the condition on a file d that its retention and that of each paper in it ran out, and that nothing of its person still runs: no certificate that holds or
// is being made, no case, no loan. Its arguments are those of endedArgs.
const endedFile = wide + ` d.county = $1 AND d.state = 'shelved' AND d.kept_until < $2
	AND d.closed < CASE d.term WHEN 'D30' THEN $3 WHEN 'D10' THEN $4 ELSE '' END
	AND NOT EXISTS (SELECT 1 FROM item i WHERE i.county = d.county AND i.person = d.person AND i.destroyed = '' AND i.day >= CASE i.kind
		WHEN 'form' THEN $5 WHEN 'assessment' THEN $6 WHEN 'transfer' THEN $7 WHEN 'change' THEN $8 WHEN 'supplement' THEN $9 WHEN 'decision' THEN $10
		WHEN 'notice' THEN $11 WHEN 'receipt' THEN $12 ELSE '' END)
	AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.county = d.county AND c.person = d.person AND c.state NOT IN ('cancelled', 'replaced', 'left'))
	AND NOT EXISTS (SELECT 1 FROM application a WHERE a.county = d.county AND a.person = d.person AND a.state NOT IN ('closed', 'declined', 'refused', 'withdrawn'))
	AND NOT EXISTS (SELECT 1 FROM loan l WHERE l.county = d.county AND l.person = d.person AND l.state IN ('asked', 'granted', 'lent'))`

// unlisted is the condition on a file d that it is on no open list.
const unlisted = `NOT EXISTS (SELECT 1 FROM appraised o WHERE o.county = d.county AND o.person = d.person AND o.open)`

func endedArgs(county region.Code, e archive.Ended, today day.Day, more ...any) []any {
	args := []any{string(county), string(today), string(e.Terms[archive.Thirty]), string(e.Terms[archive.Ten])}
	for _, k := range archive.Kinds {
		args = append(args, string(e.Kinds[k]))
	}
	return append(args, more...)
}

// EndedFiles is how many files of a county a list that is drawn today could hold.
func (tx *Tx) EndedFiles(county region.Code, e archive.Ended) (int64, error) {
	return tx.number(`SELECT COUNT(*) FROM dossier d WHERE `+endedFile+` AND `+unlisted, endedArgs(county, e, tx.Today())...)
}

// DrawAppraisal enters a list with up to most files whose retention ran out, the longest closed first, and answers how many; none is on two open lists.
func (tx *Tx) DrawAppraisal(a archive.Appraisal, e archive.Ended, most int) (int64, error) {
	err := tx.write(access.ArchiveAppraise, appraisalSubject(a, ""), `
		INSERT INTO appraisal (county, id, no, year, day, clerk, head, members, state)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(a.County()), string(a.ID), a.No, a.Year, string(a.Day), a.Clerk, a.Head, jsonText(a.Members), string(a.State))
	if err != nil {
		return 0, err
	}
	n, err := tx.exec(`
		INSERT INTO appraised (county, appraisal, person, no, pages)
		SELECT d.county, $13, d.person, d.no, (SELECT COALESCE(SUM(i.pages), 0) FROM item i WHERE i.county = d.county AND i.person = d.person AND i.destroyed = '')
		FROM dossier d
		WHERE `+endedFile+` AND `+unlisted+`
		ORDER BY d.closed, d.person
		LIMIT $14`, endedArgs(a.County(), e, tx.Today(), string(a.ID), most)...)
	if clash(err) {
		return 0, fault.New(fault.Stale, "record.stale") // somebody drew a list at the same time
	}
	return n, err
}

// SaveAppraisal refuses a list that changed since a was read.
func (tx *Tx) SaveAppraisal(act access.Act, a archive.Appraisal, note string) error {
	if a.State == archive.Done {
		if _, err := tx.exec(`UPDATE appraised SET open = FALSE WHERE county = $1 AND appraisal = $2`, string(a.County()), string(a.ID)); err != nil {
			return err
		}
	}
	return tx.write(act, appraisalSubject(a, note), `
		UPDATE appraisal
		SET state = $1, proposed = $2, proposed_by = $3, decided = $4, decider = $5, answer = $6, destroyed = $7, way = $8, first = $9, second = $10, destroyer = $11,
			version = version + 1
		WHERE county = $12 AND id = $13 AND version = $14`,
		string(a.State), string(a.Proposed), a.ProposedBy, string(a.Decided), a.Decider, a.Answer, string(a.Destroyed), a.Way, a.First, a.Second, a.Destroyer,
		string(a.County()), string(a.ID), a.Version)
}

// Appraised is a file of a list with its person.
type Appraised struct {
	archive.Appraised
	Name   string
	Closed day.Day
	Region region.Code
}

// Appraised is the files of a list by number; verdict narrows to "none", "keep" or "destroy", "" does not.
func (tx *Tx) Appraised(a archive.Appraisal, verdict, after string, limit int) ([]Appraised, error) {
	return list(tx, func(r *Appraised) []any {
		return []any{&r.Person, &r.No, &r.Pages, &r.Verdict, &r.Until, sealed[string]{tx, &r.Reason}, &r.Clerk, &r.Name, &r.Closed, &r.Region}
	}, `
		SELECT r.person, r.no, r.pages, r.verdict, r.until, r.reason, r.clerk, p.name, d.closed, d.region
		FROM appraised r
		JOIN dossier d ON d.county = r.county AND d.person = r.person
		JOIN person p ON p.county = r.county AND p.id = r.person
		WHERE r.county = $1 AND r.appraisal = $2 AND r.no > $3 AND ($4 = '' OR r.verdict = $4 OR $4 = 'none' AND r.verdict = '')
		ORDER BY r.no
		LIMIT $5`, string(a.County()), string(a.ID), after, verdict, limit)
}

// AppraisedCounts is how many files of a list have each verdict.
func (tx *Tx) AppraisedCounts(a archive.Appraisal) (map[archive.Verdict]int, error) {
	type count struct {
		of archive.Verdict
		n  int
	}
	all, err := list(tx, func(c *count) []any { return []any{&c.of, &c.n} }, `
		SELECT verdict, COUNT(*)
		FROM appraised
		WHERE county = $1 AND appraisal = $2
		GROUP BY verdict`, string(a.County()), string(a.ID))
	out := map[archive.Verdict]int{}
	for _, c := range all {
		out[c.of] = c.n
	}
	return out, err
}

// SaveAppraised keeps what was found of a file of a list.
func (tx *Tx) SaveAppraised(a archive.Appraisal, r Appraised) error {
	s := Subject{Kind: "dossier", ID: string(r.Person), Region: r.Region, Note: a.No + " " + string(r.Verdict) + " " + string(r.Until)}
	return tx.write(access.ArchiveAppraise, s, `
		UPDATE appraised
		SET verdict = $1, until = $2, reason = $3, clerk = $4
		WHERE county = $5 AND appraisal = $6 AND person = $7`,
		string(r.Verdict), string(r.Until), tx.seal(r.Reason), r.Clerk, string(a.County()), string(a.ID), string(r.Person))
}

// KeepAppraised makes the files that a list keeps stay until the days that were found, beside the save of the list.
func (tx *Tx) KeepAppraised(a archive.Appraisal) error {
	_, err := tx.exec(`
		UPDATE dossier
		SET version = version + 1, kept_until = (SELECT r.until FROM appraised r WHERE r.county = dossier.county AND r.appraisal = $2 AND r.person = dossier.person)
		WHERE county = $1 AND person IN (SELECT r.person FROM appraised r WHERE r.county = $1 AND r.appraisal = $2 AND r.verdict = 'keep')`,
		string(a.County()), string(a.ID))
	return err
}

// StillEnded says whether a file may be destroyed today.
func (tx *Tx) StillEnded(county region.Code, of person.ID, e archive.Ended) (bool, error) {
	n, err := tx.number(`SELECT COUNT(*) FROM dossier d WHERE `+endedFile+` AND d.person = $13`, endedArgs(county, e, tx.Today(), string(of))...)
	return n == 1, err
}
