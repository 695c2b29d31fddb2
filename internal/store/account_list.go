package store

import (
	"strings"

	"hefa/internal/access"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/staff"
)

// AccountFilter narrows a list of accounts; empty fields do not.
type AccountFilter struct {
	Region region.Code
	Role   access.Role
	Q      string // part of the login or of the name
	Off    string // "yes" for disabled accounts only, "no" for the others
	After  string // the last login of the page before
	Limit  int
}

// FindAccounts is the accounts of the actor's region that fit, by login.
func (tx *Tx) FindAccounts(f AccountFilter) ([]staff.Account, error) {
	if f.Region == "" || !tx.by.Region.Contains(f.Region) {
		f.Region = tx.by.Region
	}
	from, to := f.Region.Range()
	return list(tx, scanAccount, `
		SELECT `+accountColumns+`
		FROM account
		WHERE region >= $1 AND region < $2 AND login > $3 AND ($4 = '' OR role = $4)
			AND ($5 = '' OR REPLACE(login, $5, '') <> login OR REPLACE(name, $5, '') <> name)
			AND ($6 = '' OR disabled = ($6 = 'yes'))
		ORDER BY login
		LIMIT $7`, from, to, f.After, string(f.Role), f.Q, f.Off, f.Limit)
}

// Superiors is how many accounts of a role that are not disabled answer for an area that holds where and is wider.
func (tx *Tx) Superiors(role access.Role, where region.Code) (int, error) {
	n, err := tx.number(`
		SELECT COUNT(*)
		FROM account
		WHERE role = $1 AND disabled = FALSE AND $2 LIKE region || '%' AND region <> $2`, string(role), string(where))
	return int(n), err
}

// EndSignins ends the sign-ins of an account on every device but the one of the token's hash keep ("" keeps none), and leaves a line under act.
func (tx *Tx) EndSignins(act access.Act, a staff.Account, keep, note string) error {
	if _, err := tx.exec(`DELETE FROM signin WHERE account = $1 AND hash <> $2`, string(a.ID), keep); err != nil {
		return err
	}
	return tx.audit(act, noted(a, note))
}

// TokenRow is a token with the account that it acts as, as lists show it.
type TokenRow struct {
	Token  Token
	Login  string
	Name   string
	Region region.Code
}

// Tokens is up to limit tokens of the accounts of the actor's region after the id of the page before, the newest first.
func (tx *Tx) Tokens(after string, limit int) ([]TokenRow, error) {
	if after == "" {
		after = "~"
	}
	from, to := tx.by.Region.Range()
	return list(tx, scanTokenRow, `
		SELECT t.id, t.account, t.name, t.created, t.expires, t.revoked, t.grave, a.login, a.name, a.region
		FROM token t
		JOIN account a ON a.id = t.account
		WHERE a.region >= $1 AND a.region < $2 AND t.id < $3
		ORDER BY t.id DESC
		LIMIT $4`, from, to, after, limit)
}

// Token is the token with the id, of an account of the actor's region.
func (tx *Tx) Token(id string) (TokenRow, error) {
	from, to := tx.by.Region.Range()
	return one(tx, scanTokenRow, `
		SELECT t.id, t.account, t.name, t.created, t.expires, t.revoked, t.grave, a.login, a.name, a.region
		FROM token t
		JOIN account a ON a.id = t.account
		WHERE t.id = $1 AND a.region >= $2 AND a.region < $3`, id, from, to)
}

func scanTokenRow(r *TokenRow) []any {
	return []any{&r.Token.ID, &r.Token.Account, &r.Token.Name, micros{&r.Token.Created}, micros{&r.Token.Expires}, &r.Token.Revoked, words[access.Act]{&r.Token.Grave}, &r.Login, &r.Name, &r.Region}
}

// OrgFilter narrows a list of organisations; empty fields do not.
type OrgFilter struct {
	Region region.Code
	Kind   org.Kind
	Q      string // part of the name
	After  string // place and id of the last row of the page before, joined by a space
	Limit  int
}

// FindOrgs is the organisations of the actor's region that fit, by place.
func (tx *Tx) FindOrgs(f OrgFilter) ([]org.Org, error) {
	if f.Region == "" || !tx.by.Region.Contains(f.Region) {
		f.Region = tx.by.Region
	}
	from, to := f.Region.Range()
	start, after, _ := strings.Cut(f.After, " ")
	return list(tx, scanOrg, `
		SELECT `+orgColumns+`
		FROM org
		WHERE region >= $1 AND region < $2 AND region >= $3 AND (region > $4 OR id > $5)
			AND ($6 = '' OR kind = $6) AND ($7 = '' OR REPLACE(name, $7, '') <> name)
		ORDER BY region, id
		LIMIT $8`, from, to, start, start, after, string(f.Kind), f.Q, f.Limit)
}
