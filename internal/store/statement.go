package store

import (
	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/statement"
)

const statementColumns = `s.id, s.issue, s.region, s.no, s.kind, s.signer, s.post, s.state, s.printed, s.clerk, s.received, s.proof, s.proof_type, s.pages, s.version`

func scanStatement(s *statement.Statement) []any {
	return []any{&s.ID, &s.Issue, &s.Region, &s.No, &s.Kind, &s.Signer, &s.Post, &s.State, &s.Printed, &s.Clerk, &s.Received, &s.Proof, &s.ProofType, &s.Pages, &s.Version}
}

// StatementSubject is what the audit says of a signed paper.
func StatementSubject(s statement.Statement, note string) Subject {
	return Subject{Kind: "statement", ID: string(s.ID), Region: s.Region, Note: s.No + " " + note}
}

// Statement is the signed paper with the id.
func (tx *Tx) Statement(id statement.ID) (statement.Statement, error) {
	county, err := tx.home("statement", string(id))
	if err != nil {
		return statement.Statement{}, err
	}
	return one(tx, scanStatement, `SELECT `+statementColumns+` FROM statement s WHERE s.county = $1 AND s.id = $2`, county, string(id))
}

// StatementByNo is the signed paper of a county with the number.
func (tx *Tx) StatementByNo(county region.Code, no string) (statement.Statement, error) {
	return one(tx, scanStatement, `SELECT `+statementColumns+` FROM statement s WHERE s.county = $1 AND s.no = $2`, string(county), no)
}

// StatementFilter narrows a list of signed papers; empty fields do not.
type StatementFilter struct {
	Region region.Code
	Kind   statement.Kind
	State  statement.State
	Issue  statement.ID // of one printing
	After  statement.ID // the last one of the page before
	Limit  int
}

// Statements is the signed papers of the area, the newest first.
func (tx *Tx) Statements(f StatementFilter) ([]statement.Statement, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	if f.After == "" {
		f.After = "~"
	}
	return list(tx, scanStatement, `
		SELECT `+statementColumns+`
		FROM statement s
		WHERE s.county = $1 AND s.region >= $2 AND s.region < $3 AND s.id < $4 AND ($5 = '' OR s.kind = $5) AND ($6 = '' OR s.state = $6) AND ($7 = '' OR s.issue = $7)
		ORDER BY s.id DESC
		LIMIT $8`, a.county, a.from, a.to, string(f.After), string(f.Kind), string(f.State), string(f.Issue), f.Limit)
}

// StatementsOf is every signed paper that a person is on, the oldest first.
func (tx *Tx) StatementsOf(county region.Code, of person.ID) ([]statement.Statement, error) {
	return list(tx, scanStatement, `
		SELECT `+statementColumns+`
		FROM statement_person k
		JOIN statement s ON s.county = k.county AND s.id = k.statement
		WHERE k.county = $1 AND k.person = $2
		ORDER BY s.id`, string(county), string(of))
}

// StatementPeople is who is on a signed paper, by id.
func (tx *Tx) StatementPeople(s statement.Statement) ([]person.Person, error) {
	return list(tx, tx.person, `
		SELECT `+personColumns+`
		FROM statement_person k
		JOIN person p ON p.county = k.county AND p.id = k.person
		WHERE k.county = $1 AND k.statement = $2
		ORDER BY p.id`, string(s.County()), string(s.ID))
}

// AddStatement enters a paper that is to be printed, with who is on it.
func (tx *Tx) AddStatement(s statement.Statement, people []person.Person) error {
	err := tx.write(access.StatementIssue, StatementSubject(s, ""), `
		INSERT INTO statement (county, id, issue, region, no, kind, signer, post, state, printed, clerk)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		string(s.County()), string(s.ID), string(s.Issue), string(s.Region), s.No, string(s.Kind), s.Signer, s.Post, string(s.State), string(s.Printed), s.Clerk)
	for _, p := range people {
		if err != nil {
			return err
		}
		err = tx.putOn(s, p)
	}
	return err
}

func (tx *Tx) putOn(s statement.Statement, p person.Person) error {
	_, err := tx.exec(`INSERT INTO statement_person (county, statement, person) VALUES ($1, $2, $3)`, string(s.County()), string(s.ID), string(p.ID))
	if clash(err) {
		return fault.New(fault.Refused, "statement.named", p.Name)
	}
	return err
}

// NameOn enters that somebody is on a signed paper, beside its save.
func (tx *Tx) NameOn(s statement.Statement, p person.Person) error { return tx.putOn(s, p) }

// TakeOff takes somebody off a signed paper, beside its save.
func (tx *Tx) TakeOff(s statement.Statement, p person.Person) error {
	return tx.quietly(`DELETE FROM statement_person WHERE county = $1 AND statement = $2 AND person = $3`, string(s.County()), string(s.ID), string(p.ID))
}

// FileStatement puts a signed paper that lies in the office into a person's file. Whose file is not opened yet gets it when it is; a destroyed one stays so.
func (tx *Tx) FileStatement(s statement.Statement, p person.Person) error {
	if !s.Lies() {
		return nil
	}
	d, ok, err := tx.Dossier(p.County(), p.ID)
	if err != nil || !ok || d.State == archive.Destroyed {
		return err
	}
	if err := tx.AddItems(d, []archive.Item{s.Item(id.New())}); err != nil {
		return err
	}
	d.Closed = tx.Today()
	return tx.SaveDossier(access.StatementReceive, d, s.No)
}

// SaveStatement refuses a paper that changed since s was read.
func (tx *Tx) SaveStatement(act access.Act, s statement.Statement, note string) error {
	return tx.write(act, StatementSubject(s, note), `
		UPDATE statement
		SET state = $1, received = $2, proof = $3, proof_type = $4, pages = $5, version = version + 1
		WHERE county = $6 AND id = $7 AND version = $8`,
		string(s.State), string(s.Received), s.Proof, s.ProofType, s.Pages, string(s.County()), string(s.ID), s.Version)
}
