package store

import (
	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/attachment"
	"hefa/internal/day"
	"hefa/internal/id"
)

// Sighted is the papers of a case that were seen in the original.
func (tx *Tx) Sighted(a application.Application) (map[string]bool, error) {
	rows, err := list(tx, func(s *string) []any { return []any{s} }, `
		SELECT paper
		FROM sighted
		WHERE county = $1 AND application = $2`, string(a.County()), string(a.ID))
	out := map[string]bool{}
	for _, p := range rows {
		out[p] = true
	}
	return out, err
}

// Sight sets which papers were seen in the original, together with the save of the case.
func (tx *Tx) Sight(a application.Application, papers []string) error {
	if _, err := tx.exec(`DELETE FROM sighted WHERE county = $1 AND application = $2`, string(a.County()), string(a.ID)); err != nil {
		return err
	}
	for _, p := range papers {
		if _, err := tx.exec(`INSERT INTO sighted (county, application, paper) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, string(a.County()), string(a.ID), p); err != nil {
			return err
		}
	}
	return nil
}

const attachmentColumns = `id, region, application, paper, name, type, size, hash, original, small, flaws, pages, source, destroyed, version`

func (tx *Tx) attachment(a *attachment.Attachment) []any {
	return []any{&a.ID, &a.Region, &a.Application, &a.Paper, sealed[string]{tx, &a.Name}, &a.Type, &a.Size, &a.Hash, &a.Original, &a.Small, words[attachment.Flaw]{&a.Flaws}, &a.Pages,
		&a.Source, &a.Destroyed, &a.Version}
}

// Attachments is the files of a case, oldest first.
func (tx *Tx) Attachments(a application.Application) ([]attachment.Attachment, error) {
	return list(tx, tx.attachment, `
		SELECT `+attachmentColumns+`
		FROM attachment
		WHERE county = $1 AND application = $2
		ORDER BY id`, string(a.County()), string(a.ID))
}

// Attachment is one file of a case.
func (tx *Tx) Attachment(a application.Application, id attachment.ID) (attachment.Attachment, error) {
	return one(tx, tx.attachment, `
		SELECT `+attachmentColumns+`
		FROM attachment
		WHERE county = $1 AND application = $2 AND id = $3`, string(a.County()), string(a.ID), string(id))
}

// AddAttachment enters a file that already lies in the store of files.
func (tx *Tx) AddAttachment(a attachment.Attachment) error {
	return tx.write(access.AttachmentAdd, Subject{Kind: "application", ID: a.Application, Region: a.Region, Note: a.Name}, `
		INSERT INTO attachment (county, id, region, application, paper, name, type, size, hash, original, small, flaws, pages, source)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		string(a.County()), string(a.ID), string(a.Region), a.Application, a.Paper, tx.seal(a.Name), a.Type, a.Size, a.Hash, a.Original, a.Small, joined(a.Flaws), a.Pages, a.Source)
}

// KeepSmall notes the small picture that the program made of a photo.
func (tx *Tx) KeepSmall(a attachment.Attachment) error {
	return tx.quietly(`UPDATE attachment SET small = $1 WHERE county = $2 AND id = $3 AND destroyed = ''`, a.Small, string(a.County()), string(a.ID))
}

// DropAttachment takes a file off a case; its content stays in the store of files for the audit.
func (tx *Tx) DropAttachment(a attachment.Attachment) error {
	if _, err := tx.exec(`DELETE FROM evidence WHERE county = $1 AND attachment = $2`, string(a.County()), string(a.ID)); err != nil {
		return err
	}
	return tx.write(access.AttachmentRemove, Subject{Kind: "application", ID: a.Application, Region: a.Region, Note: a.Name}, `
		DELETE FROM attachment
		WHERE county = $1 AND id = $2 AND version = $3`, string(a.County()), string(a.ID), a.Version)
}

// Letter is what a decision letter says; it is printed from here, so that a reprint says the same.
type Letter struct {
	ID      string
	Kind    application.LetterKind
	No      string
	Day     day.Day
	Missing []string // words of policy.Papers
	Reason  string
	Clerk   string // who decided
}

// Letters is the letters of a case, oldest first.
func (tx *Tx) Letters(a application.Application) ([]Letter, error) {
	return list(tx, func(l *Letter) []any {
		return []any{&l.ID, &l.Kind, &l.No, &l.Day, words[string]{&l.Missing}, sealed[string]{tx, &l.Reason}, &l.Clerk}
	}, `
		SELECT id, kind, no, day, missing, reason, clerk
		FROM letter
		WHERE county = $1 AND application = $2
		ORDER BY id`, string(a.County()), string(a.ID))
}

// SendLetter gives a letter its number, the county's next of its kind in the year, and today's date, and keeps it beside the save of the case that names the act.
func (tx *Tx) SendLetter(a application.Application, l Letter) (Letter, error) {
	year := tx.Today().Year()
	n, err := tx.Next(a.County(), l.Kind.Series(year))
	if err != nil {
		return l, err
	}
	l.ID, l.No, l.Day, l.Clerk = id.New(), l.Kind.No(a.County(), year, n), tx.Today(), tx.by.Name
	_, err = tx.exec(`
		INSERT INTO letter (county, id, application, kind, no, day, missing, reason, clerk)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		string(a.County()), l.ID, string(a.ID), string(l.Kind), l.No, string(l.Day), joined(l.Missing), tx.seal(l.Reason), l.Clerk)
	return l, err
}

// KeepFindings keeps what doctors found until one of them signs for all, in place of what was kept before, beside the save of the case.
func (tx *Tx) KeepFindings(a application.Application, all []assessment.Finding) error {
	if _, err := tx.exec(`DELETE FROM finding WHERE county = $1 AND application = $2`, string(a.County()), string(a.ID)); err != nil {
		return err
	}
	for _, f := range all {
		_, err := tx.exec(`
			INSERT INTO finding (county, application, category, finding)
			VALUES ($1, $2, $3, $4)`, string(a.County()), string(a.ID), string(f.Category), tx.sealJSON(f))
		if err != nil {
			return err
		}
	}
	return nil
}

// Findings is what doctors found of a case and nobody has signed for yet, by category.
func (tx *Tx) Findings(a application.Application) ([]assessment.Finding, error) {
	return list(tx, func(f *assessment.Finding) []any { return []any{sealedJSON{tx, f}} }, `
		SELECT finding
		FROM finding
		WHERE county = $1 AND application = $2
		ORDER BY category`, string(a.County()), string(a.ID))
}

// AddAssessment keeps a signed conclusion, beside the save of the case that names the act.
func (tx *Tx) AddAssessment(a application.Application, id string, c assessment.Conclusion) error {
	_, err := tx.exec(`
		INSERT INTO assessment (county, id, region, application, session, findings, doctor, first, second, day, hospital)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		string(a.County()), id, string(a.Region), string(a.ID), c.Session, tx.sealJSON(c.Findings), c.Doctor, c.First, c.Second, string(c.On), c.Hospital)
	return err
}

// Assessments is the signed conclusions of a case, oldest first.
func (tx *Tx) Assessments(a application.Application) ([]assessment.Conclusion, error) {
	return list(tx, func(c *assessment.Conclusion) []any {
		return []any{sealedJSON{tx, &c.Findings}, &c.Doctor, &c.First, &c.Second, &c.On, &c.Session, &c.Hospital}
	}, `
		SELECT findings, doctor, first, second, day, session, hospital
		FROM assessment
		WHERE county = $1 AND application = $2
		ORDER BY id`, string(a.County()), string(a.ID))
}
