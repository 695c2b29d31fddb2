package casework

import (
	"context"
	"io"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/store"
)

// WriteForm prints 申请表 of a case, or 变更申请表 where what the certificate says is to be changed, filled with what is known, to be signed. Numbers are masked;
// whole ones are for those who may see them, and count as looking at them.
func (d *Desk) WriteForm(ctx context.Context, by access.Actor, id application.ID, whole bool, w io.Writer) error {
	var form paper.Form
	photo := ""
	write := func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationRead, id)
		if err != nil {
			return err
		}
		if form, err = a.form(tx, whole); err != nil {
			return err
		}
		if photo, err = a.photo(tx); err != nil || !whole {
			return err
		}
		if err := by.May(access.PersonReveal, a.Region); err != nil {
			return err
		}
		return tx.Note(access.PersonReveal, store.Subject{Kind: "application", ID: string(id), Region: a.Region, Note: form.Title()})
	}
	var err error
	if whole {
		err = d.db.Update(ctx, by, write)
	} else {
		err = d.db.View(ctx, by, write)
	}
	if err != nil {
		return err
	}
	if photo != "" {
		if form.Photo, err = d.picture(photo); err != nil {
			return err
		}
	}
	return paper.Write(w, form)
}

// photo is the newest photo of the case, "" for none.
func (l loaded) photo(tx *store.Tx) (hash string, err error) {
	all, err := tx.Attachments(l.Application)
	for _, f := range all {
		if f.Paper == "photo" && f.Destroyed == "" {
			hash = f.Hash
		}
	}
	return hash, err
}

// form is what the form of the case says, without its photo.
func (l loaded) form(tx *store.Tx, whole bool) (paper.Form, error) {
	p, err := l.applicant(tx)
	if err != nil {
		return paper.Form{}, err
	}
	life, err := tx.Life(p)
	if err != nil {
		return paper.Form{}, err
	}
	names, err := tx.RegionNames(p.Region, life.Lives)
	if err != nil {
		return paper.Form{}, err
	}
	change := l.Matter.Changes()
	f := paper.Form{Change: change, Number: l.No, Code: paper.FormCode(l.No, string(l.ID)), Person: p.Name, Sex: lang.T(p.Sex.Word()), Nation: p.Nation,
		Born: p.Birth.Chinese(), Identity: p.Number.Masked(), Phone: person.MaskedPhone(p.Phone), Guardian: p.Guardian.Name, Relation: p.Guardian.Relation,
		GuardianPhone: person.MaskedPhone(p.Guardian.Phone), Matters: paper.FormMatters(l.Matter, change), Categories: paper.FormCategories(l.Wanted), Stated: l.Stated,
		Place: names[p.Region.County()] + names[p.Region.Township()], Town: names[p.Region.Township()], County: names[p.Region.County()]}
	if p.Region != p.Region.Township() {
		f.Village = names[p.Region]
	}
	f.Place += f.Village + p.Address
	if life.Marital != "" {
		f.Marital = lang.T(life.Marital.Word())
	}
	if life.Education != "" {
		f.Education = lang.T(life.Education.Word())
	}
	f.Lives = names[life.Lives] + life.LivesAt
	if life.Guardian != "" {
		f.GuardianNumber = life.Guardian.Masked()
	}
	if whole {
		f.Identity, f.Phone, f.GuardianPhone, f.GuardianNumber = string(p.Number), p.Phone, p.Guardian.Phone, string(life.Guardian)
	}
	return f, l.holding(tx, &f, whole)
}

// holding is what the form says of the certificate in hand.
func (l loaded) holding(tx *store.Tx, f *paper.Form, whole bool) error {
	if l.Previous == "" {
		return nil
	}
	c, err := tx.Certificate(l.Previous)
	if err != nil {
		return err
	}
	f.Certificate, f.Grade = c.Number.Masked(), lang.T("paper.form.graded", lang.T(c.Category.Word())+lang.T(c.Level.Word()), c.Expires.Chinese())
	if whole {
		f.Certificate = string(c.Number)
	}
	return nil
}
