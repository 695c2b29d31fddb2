package store

import (
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/staff"
)

const accountColumns = `id, login, name, role, region, org, title, categories, hash, changed, fresh, failed, locked, disabled, pledged, version`

// holderColumns is accountColumns of an account a that something belongs to.
const holderColumns = `a.id, a.login, a.name, a.role, a.region, a.org, a.title, a.categories, a.hash, a.changed, a.fresh, a.failed, a.locked, a.disabled, a.pledged, a.version`

func scanAccount(a *staff.Account) []any {
	return []any{&a.ID, &a.Login, &a.Name, &a.Role, &a.Region, &a.Org, &a.Title, categories{&a.Categories}, &a.Hash, &a.Changed, &a.Fresh, &a.Failed,
		&a.Locked, &a.Disabled, &a.Pledged, &a.Version}
}

// AccountByLogin is the account that signs in under a name; it is asked before anybody is known, and so is not scoped.
func (tx *Tx) AccountByLogin(login string) (staff.Account, error) {
	return one(tx, scanAccount, `SELECT `+accountColumns+` FROM account WHERE login = $1`, login)
}

// Account is an account inside the actor's region.
func (tx *Tx) Account(id staff.ID) (staff.Account, error) {
	from, to := tx.by.Region.Range()
	return one(tx, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id = $1 AND region >= $2 AND region < $3`, string(id), from, to)
}

// Accounts is the accounts of the actor's region from a login on, by login; role narrows when not "".
func (tx *Tx) Accounts(role access.Role, after string, limit int) ([]staff.Account, error) {
	from, to := tx.by.Region.Range()
	return list(tx, scanAccount, `
		SELECT `+accountColumns+`
		FROM account
		WHERE region >= $1 AND region < $2 AND login > $3 AND ($4 = '' OR role = $4)
		ORDER BY login
		LIMIT $5`, from, to, after, string(role), limit)
}

// AddAccount enters a new account; a login that exists is refused at its field.
func (tx *Tx) AddAccount(a staff.Account) error {
	err := tx.write(access.AccountManage, accountSubject(a), `
		INSERT INTO account (id, login, name, role, region, org, title, categories, hash, changed, fresh, pledged)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		string(a.ID), a.Login, a.Name, string(a.Role), string(a.Region), string(a.Org), a.Title, joined(a.Categories), a.Hash, a.Changed, a.Fresh, a.Pledged)
	if clash(err) {
		var p fault.Problems
		p.Add("login", "staff.login.taken")
		return p.Fault()
	}
	return err
}

// SaveAccount refuses a row that changed since a was read.
func (tx *Tx) SaveAccount(act access.Act, a staff.Account, note string) error {
	return tx.write(act, noted(a, note), `
		UPDATE account
		SET name = $1, role = $2, region = $3, org = $4, title = $5, categories = $6, hash = $7, changed = $8, fresh = $9, failed = $10, locked = $11,
			disabled = $12, pledged = $13, version = version + 1
		WHERE id = $14 AND version = $15`,
		a.Name, string(a.Role), string(a.Region), string(a.Org), a.Title, joined(a.Categories), a.Hash, a.Changed, a.Fresh, a.Failed, a.Locked,
		a.Disabled, a.Pledged, string(a.ID), a.Version)
}

func accountSubject(a staff.Account) Subject {
	return Subject{Kind: "account", ID: string(a.ID), Region: a.Region, Note: a.Login}
}

// noted is an account in an audit line that says what was done, as the catalogue names it under audit.note.
func noted(a staff.Account, note string) Subject {
	s := accountSubject(a)
	s.Note += " " + note
	return s
}

// Signin is one device on which an account is signed in.
type Signin struct {
	Hash    string
	Account staff.ID
	Created time.Time
	Seen    time.Time
	Addr    string
	Agent   string
	Half    bool        // the password was right, the code of the second factor is still wanted
	Doubt   staff.Doubt // why it may be somebody else's
}

// AddSignin begins a sign-in; only the token's hash is kept.
func (tx *Tx) AddSignin(s Signin) error {
	_, err := tx.exec(`
		INSERT INTO signin (hash, account, created, seen, addr, agent, half, doubt)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, s.Hash, string(s.Account), s.Created.UnixMicro(), s.Seen.UnixMicro(), s.Addr, s.Agent, s.Half, string(s.Doubt))
	return err
}

// SignedIn is a device's sign-in with its account and the name of the place that the account answers for.
type SignedIn struct {
	Signin
	Holder staff.Account
	Place  string
	Means  staff.Means // what the account has beside its password
}

// SignedIn is who is signed in under a token's hash; it is asked before anybody is known, and so is not scoped.
func (tx *Tx) SignedIn(hash string) (SignedIn, error) {
	return one(tx, func(s *SignedIn) []any {
		return append([]any{&s.Hash, &s.Signin.Account, micros{&s.Created}, micros{&s.Seen}, &s.Addr, &s.Agent, &s.Half, &s.Doubt, &s.Place, &s.Means.Code, &s.Means.Key}, scanAccount(&s.Holder)...)
	}, `
		SELECT s.hash, s.account, s.created, s.seen, s.addr, s.agent, s.half, s.doubt, COALESCE(r.name, ''), COALESCE(f.since, 0) > 0,
			EXISTS (SELECT 1 FROM passkey k WHERE k.account = a.id),
			`+holderColumns+`
		FROM signin s
		JOIN account a ON a.id = s.account
		LEFT JOIN region r ON r.code = a.region
		LEFT JOIN factor f ON f.account = a.id
		WHERE s.hash = $1`, hash)
}

// SeeSignin notes that a device was used.
func (tx *Tx) SeeSignin(hash string) error {
	_, err := tx.exec(`UPDATE signin SET seen = $1 WHERE hash = $2`, tx.at.UnixMicro(), hash)
	return err
}

// DropSignin ends one device's sign-in; hash "" ends every one of the account.
func (tx *Tx) DropSignin(account staff.ID, hash string) error {
	_, err := tx.exec(`DELETE FROM signin WHERE account = $1 AND ($2 = '' OR hash = $2)`, string(account), hash)
	return err
}

// Signins is the devices on which an account is signed in.
func (tx *Tx) Signins(account staff.ID) ([]Signin, error) {
	return list(tx, func(s *Signin) []any {
		return []any{&s.Hash, &s.Account, micros{&s.Created}, micros{&s.Seen}, &s.Addr, &s.Agent}
	}, `
		SELECT hash, account, created, seen, addr, agent
		FROM signin
		WHERE account = $1
		ORDER BY created DESC`, string(account))
}

// Token lets another program act as an account.
type Token struct {
	ID      string
	Hash    string
	Account staff.ID
	Name    string
	Created time.Time
	Expires time.Time
	Revoked bool
	Grave   []access.Act // the grave acts that it was issued for
}

// AddToken keeps a token's hash.
func (tx *Tx) AddToken(t Token, where region.Code) error {
	return tx.write(access.TokenCreate, Subject{Kind: "token", ID: t.ID, Region: where, Note: strings.TrimSpace(t.Name + " " + joined(t.Grave))}, `
		INSERT INTO token (hash, id, account, name, created, expires, grave)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, t.Hash, t.ID, string(t.Account), t.Name, t.Created.UnixMicro(), t.Expires.UnixMicro(), joined(t.Grave))
}

// TokenAccount is the token and account behind a token's hash; it is asked before anybody is known, and so is not scoped.
func (tx *Tx) TokenAccount(hash string) (Token, staff.Account, error) {
	type holding struct {
		t Token
		a staff.Account
	}
	h, err := one(tx, func(h *holding) []any {
		t := &h.t
		return append([]any{&t.ID, &t.Hash, &t.Account, &t.Name, micros{&t.Created}, micros{&t.Expires}, &t.Revoked, words[access.Act]{&t.Grave}}, scanAccount(&h.a)...)
	}, `
		SELECT t.id, t.hash, t.account, t.name, t.created, t.expires, t.revoked, t.grave, `+holderColumns+`
		FROM token t
		JOIN account a ON a.id = t.account
		WHERE t.hash = $1`, hash)
	return h.t, h.a, err
}

// RevokeToken ends a token.
func (tx *Tx) RevokeToken(id string, where region.Code) error {
	return tx.write(access.TokenCreate, Subject{Kind: "token", ID: id, Region: where}, `UPDATE token SET revoked = TRUE WHERE id = $1 AND revoked = FALSE`, id)
}

const orgColumns = `id, region, kind, name, address, phone, categories, designation, weekdays, hours, daily, version`

func scanOrg(o *org.Org) []any {
	return []any{&o.ID, &o.Region, &o.Kind, &o.Name, &o.Address, &o.Phone, categories{&o.Categories}, &o.Designation, words[org.Weekday]{&o.Weekdays}, &o.Hours, &o.Daily, &o.Version}
}

// Org is the organisation with the id; organisations are reference data that everybody may name.
func (tx *Tx) Org(id org.ID) (org.Org, error) {
	return one(tx, scanOrg, `SELECT `+orgColumns+` FROM org WHERE id = $1`, string(id))
}

// Orgs is the organisations of a kind ("" for all) that serve the area or the whole around it, by region.
func (tx *Tx) Orgs(where region.Code, kind org.Kind) ([]org.Org, error) {
	from, to := where.Range()
	return list(tx, scanOrg, `
		SELECT `+orgColumns+`
		FROM org
		WHERE (region >= $1 AND region < $2 OR $1 LIKE region || '%') AND ($3 = '' OR kind = $3)
		ORDER BY region, name, id
		LIMIT 5000`, from, to, string(kind))
}

// OrgAt is the federation of a place, that of the nearest place around it when it has none of its own.
func (tx *Tx) OrgAt(where region.Code) (org.Org, error) {
	return one(tx, scanOrg, `
		SELECT `+orgColumns+`
		FROM org
		WHERE kind = 'federation' AND $1 LIKE region || '%'
		ORDER BY LENGTH(region) DESC, id
		LIMIT 1`, string(where))
}

// AddOrg enters an organisation.
func (tx *Tx) AddOrg(o org.Org) error {
	return tx.write(access.OrgManage, Subject{Kind: "org", ID: string(o.ID), Region: o.Region, Note: o.Name}, `
		INSERT INTO org (id, region, kind, name, address, phone, categories, designation, weekdays, hours, daily)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		string(o.ID), string(o.Region), string(o.Kind), o.Name, o.Address, o.Phone, joined(o.Categories), o.Designation, joined(o.Weekdays), o.Hours, o.Daily)
}

// SaveOrg refuses a row that changed since o was read.
func (tx *Tx) SaveOrg(o org.Org) error {
	return tx.write(access.OrgManage, Subject{Kind: "org", ID: string(o.ID), Region: o.Region, Note: o.Name}, `
		UPDATE org
		SET name = $1, address = $2, phone = $3, categories = $4, designation = $5, weekdays = $6, hours = $7, daily = $8, version = version + 1
		WHERE id = $9 AND version = $10`, o.Name, o.Address, o.Phone, joined(o.Categories), o.Designation, joined(o.Weekdays), o.Hours, o.Daily, string(o.ID), o.Version)
}
