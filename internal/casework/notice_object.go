package casework

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/store"
)

// ObjectApplication records what somebody says at the counter against a published case; its notice stops until that is decided.
func (d *Desk) ObjectApplication(ctx context.Context, by access.Actor, id application.ID, o announcement.Objection) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		l, err := load(tx, access.ApplicationObject, id)
		if err != nil {
			return err
		}
		_, err = l.object(tx, o)
		return err
	})
}

// ObjectNotice takes an objection from the public page against the person in a row of a running notice, and answers the number of its receipt.
func (d *Desk) ObjectNotice(ctx context.Context, by access.Actor, notice announcement.ID, row string, o announcement.Objection) (string, error) {
	var no string
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		n, err := running(tx, access.ApplicationObject, notice)
		if err != nil {
			return err
		}
		found, err := member(tx, n, row)
		if err != nil {
			return err
		}
		if found == "" {
			o.Application = ""
			return o.Check()
		}
		l, err := load(tx, access.ApplicationObject, found)
		if err != nil {
			return err
		}
		no, err = l.object(tx, o)
		return err
	})
	return no, err
}

// member is the case that stands in a row of the notice, "" when no row has the key.
func member(tx *store.Tx, n announcement.Notice, row string) (application.ID, error) {
	cases, err := listed(tx, n)
	if err != nil {
		return "", err
	}
	for _, c := range cases {
		if rowKey(n.ID, c.Application.ID) == row {
			return c.Application.ID, nil
		}
	}
	return "", nil
}

// object keeps the objection under a number of its own and stops the notice for the case.
func (l loaded) object(tx *store.Tx, o announcement.Objection) (string, error) {
	o.ID, o.Region, o.Notice, o.Application, o.Day = id.New(), l.Region, announcement.ID(l.Notice), string(l.ID), tx.Today()
	o.Name, o.Phone, o.Text = strings.TrimSpace(o.Name), strings.TrimSpace(o.Phone), strings.TrimSpace(o.Text)
	if err := o.Check(); err != nil {
		return "", err
	}
	if err := l.Object(l.office); err != nil {
		return "", err
	}
	var err error
	if o.No, err = yearly(tx, l.County(), "objection", "Y"); err != nil {
		return "", err
	}
	if err := tx.AddObjection(o); err != nil {
		return "", err
	}
	return o.No, l.save(tx, access.ApplicationObject, o.No)
}

// ResolveObjection decides every open objection to a case at once: dismissed puts it back into its notice, reassess before a hospital again,
// upheld refuses it with a letter.
func (d *Desk) ResolveObjection(ctx context.Context, by access.Actor, id application.ID, decision application.Decision, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		l, err := load(tx, access.ApplicationResolve, id)
		if err != nil {
			return err
		}
		if err := tx.Unrelated(l.Person); err != nil {
			return err
		}
		var n announcement.Notice
		if l.Notice != "" {
			if n, err = tx.Notice(announcement.ID(l.Notice)); err != nil {
				return err
			}
		}
		if err := l.Resolve(decision, reason, n.Ends, l.office); err != nil {
			return err
		}
		if err := decide(tx, l, decision, strings.TrimSpace(reason)); err != nil {
			return err
		}
		if err := l.save(tx, access.ApplicationResolve, lang.T(decision.Word())); err != nil || l.State != application.Refused {
			return err
		}
		return refusalLetter(tx, l.Application, strings.TrimSpace(reason))
	})
}

// decide writes the decision on each open objection.
func decide(tx *store.Tx, l loaded, decision application.Decision, reason string) error {
	all, err := tx.Objections(l.Application)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.Decision != "" {
			continue
		}
		o.Decision, o.Reason, o.Decided = string(decision), reason, tx.Today()
		if err := tx.SaveObjection(o); err != nil {
			return err
		}
	}
	return nil
}

// veiled is objections as the reader may see them: who objects is known only to those who decide, and what is said to those who may take it down.
func veiled(by access.Actor, all []announcement.Objection) []announcement.Objection {
	if by.Can(access.ApplicationResolve) {
		return all
	}
	for i := range all {
		all[i].Name, all[i].Phone = person.MaskedName(all[i].Name), person.MaskedPhone(all[i].Phone)
		if !by.Can(access.ApplicationObject) {
			all[i].Name, all[i].Phone, all[i].Text, all[i].Reason = "", "", "", ""
		}
	}
	return all
}

// running is the notice while everybody may see it; afterwards it is gone.
func running(tx *store.Tx, act access.Act, id announcement.ID) (announcement.Notice, error) {
	n, err := tx.Notice(id)
	if err != nil {
		return n, err
	}
	if err := tx.By().May(act, n.Region); err != nil {
		return n, err
	}
	if !n.Public(tx.Today()) {
		return n, fault.New(fault.Missing, "notice.over")
	}
	return n, nil
}
