package assessing

import (
	"bytes"
	"context"
	"io"
	"slices"

	"hefa/internal/access"
	"hefa/internal/attachment"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/scan"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// deedPlace is the place of a paper's owner, for an actor who may see the paper: an agreement's to whom the agreement is shown, a hospital's
// designation to everybody whose area it serves and who sees agreements, and to whoever keeps the hospitals; a specimen to who sees the doctor.
func deedPlace(tx *store.Tx, p org.Paper) (region.Code, error) {
	by := tx.By()
	switch p.Kind {
	case org.AgreementDeed:
		a, err := agreement(tx, access.AgreementRead, p.Owner)
		return a.Region, err
	case org.SpecimenDeed:
		doc, err := tx.Doctor(staff.ID(p.Owner))
		if err == nil && by.Role.Clinical() && by.Org != string(doc.Org) {
			err = fault.New(fault.Missing, "record.missing")
		}
		if err != nil {
			return "", err
		}
		return doc.Region, by.May(access.DoctorRead, doc.Region)
	}
	o, err := tx.Org(org.ID(p.Owner))
	if err != nil {
		return "", err
	}
	serving, err := tx.Orgs(by.Region, org.Hospital)
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(serving, func(h org.Org) bool { return h.ID == o.ID }) || by.Role.Clinical() && by.Org != p.Owner {
		return "", fault.New(fault.Missing, "record.missing")
	}
	if by.Can(access.OrgManage) {
		return o.Region, nil
	}
	return o.Region, by.May(access.AgreementRead, by.Region)
}

// deedAct is the act by which the actor keeps a paper of the place. A designation comes in with an agreement, so whoever keeps agreements where the
// hospital serves may send it too; an older scan is never lost by that.
func deedAct(by access.Actor, p org.Paper, where region.Code) (access.Act, error) {
	switch {
	case p.Kind == org.AgreementDeed:
		return access.AgreementEdit, by.May(access.AgreementEdit, where)
	case p.Kind == org.SpecimenDeed:
		return access.DoctorEdit, by.May(access.DoctorEdit, where)
	case by.Can(access.OrgManage):
		return access.OrgManage, by.May(access.OrgManage, where)
	}
	return access.AgreementEdit, by.May(access.AgreementEdit, by.Region)
}

// Deeds is the scans of a paper, the newest first.
func (d *Desk) Deeds(ctx context.Context, by access.Actor, p org.Paper) (all []org.Deed, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := deedPlace(tx, p)
		if err != nil {
			return err
		}
		all, err = tx.Deeds(p, where)
		return err
	})
	return all, err
}

// KeepDeed keeps a scan of a paper as the one after last, the number of the newest that the sender knew of. Scans that were there stay. Its real
// type and its wholeness are checked first.
func (d *Desk) KeepDeed(ctx context.Context, by access.Actor, p org.Paper, from io.Reader, last int) error {
	made := org.Deed{Paper: p, No: last + 1}
	var rules policy.Set
	var act access.Act
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		if made.Region, err = deedPlace(tx, p); err != nil {
			return err
		}
		office, err := tx.Office(made.Region)
		rules = office.Policy
		if err != nil {
			return err
		}
		act, err = deedAct(by, p, made.Region)
		return err
	})
	if err != nil {
		return err
	}
	kind, content, err := attachment.Read(from, string(p.Kind), rules)
	if err != nil {
		return err
	}
	d.decoding.Lock()
	if err = attachment.Whole(kind, content); err == nil {
		made.Pages = scan.PagesOf(ctx, kind, content)
	}
	d.decoding.Unlock()
	if err != nil {
		return err
	}
	kept, err := d.files.Put(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return err
	}
	made.Type, made.Size, made.Hash = kind, kept.Size, kept.Hash
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		if _, err := deedPlace(tx, p); err != nil {
			return err
		}
		all, err := tx.Deeds(p, made.Region)
		if err != nil {
			return err
		}
		if len(all) != last {
			return fault.New(fault.Stale, "record.stale")
		}
		return tx.AddDeed(act, made)
	})
}

// OpenDeed opens a scan, which is an audited act. The reader is to be closed.
func (d *Desk) OpenDeed(ctx context.Context, by access.Actor, p org.Paper, no int) (org.Deed, io.ReadSeekCloser, error) {
	var deed org.Deed
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		where, err := deedPlace(tx, p)
		if err != nil {
			return err
		}
		all, err := tx.Deeds(p, where)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(d org.Deed) bool { return d.No == no })
		if i < 0 {
			return fault.New(fault.Missing, "record.missing")
		}
		deed = all[i]
		act := access.AgreementRead
		if p.Kind == org.SpecimenDeed {
			act = access.DoctorRead
		}
		return tx.Note(act, store.DeedSubject(deed))
	})
	if err != nil {
		return deed, nil, err
	}
	f, err := d.files.Open(deed.Hash)
	return deed, f, err
}
