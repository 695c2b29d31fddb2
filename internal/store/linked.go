package store

import (
	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/staff"
)

func (tx *Tx) linked(l *staff.Linked) []any {
	return []any{&l.Account, sealed[string]{tx, &l.Subject}, &l.Since, &l.Used, &l.Version}
}

// Linked is whom single sign-on knows an account as, Missing when it is not linked.
func (tx *Tx) Linked(of staff.ID) (staff.Linked, error) {
	return one(tx, tx.linked, `SELECT account, subject, since, used, version FROM linked WHERE account = $1`, string(of))
}

// LinkedAs is the link of a subject; it is asked before anybody is known, and so is not scoped.
func (tx *Tx) LinkedAs(subject string) (staff.Linked, error) {
	return one(tx, tx.linked, `SELECT account, subject, since, used, version FROM linked WHERE lookup = $1`, tx.lookup(subject))
}

// AccountLinked is the account behind a link; it is asked before anybody is known, and so is not scoped.
func (tx *Tx) AccountLinked(l staff.Linked) (staff.Account, error) {
	return one(tx, scanAccount, `SELECT `+accountColumns+` FROM account WHERE id = $1`, string(l.Account))
}

// PutLinked links an account to a subject in place of another; a subject that another account is linked to is refused.
func (tx *Tx) PutLinked(act access.Act, a staff.Account, subject string) error {
	err := tx.write(act, noted(a, "linked"), `
		INSERT INTO linked (account, subject, lookup, since)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (account) DO UPDATE SET subject = excluded.subject, lookup = excluded.lookup, since = excluded.since, used = 0, version = linked.version + 1`,
		string(a.ID), tx.seal(subject), tx.lookup(subject), tx.at.UnixMicro())
	if clash(err) {
		return fault.New(fault.Refused, "province.taken")
	}
	return err
}

// UseLinked notes a sign-in through a link.
func (tx *Tx) UseLinked(a staff.Account, l staff.Linked) error {
	return tx.write(access.SelfManage, noted(a, "linked-in"), `
		UPDATE linked
		SET used = $1, version = version + 1
		WHERE account = $2 AND version = $3`, tx.at.UnixMicro(), string(l.Account), l.Version)
}

// DropLinked ends the link of an account.
func (tx *Tx) DropLinked(act access.Act, a staff.Account) error {
	return tx.write(act, noted(a, "unlinked"), `DELETE FROM linked WHERE account = $1`, string(a.ID))
}
