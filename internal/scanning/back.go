package scanning

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/attachment"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/pile"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/statement"
	"hefa/internal/store"
)

// TakeBackPiece takes a paper that was filed wrongly out of where it lies, and puts it back into the tray, for a reason. Where it lay, with its hash, stays written.
func (d *Desk) TakeBackPiece(ctx context.Context, by access.Actor, of pile.ID, which pile.PieceID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		all, i, err := tray(tx, access.PileBack, of, which)
		if err != nil {
			return err
		}
		p := all.Pieces[i]
		filed := p.State == pile.Filed
		was, err := p.TakeBack(reason, by.Name, tx.Today())
		if err != nil {
			return err
		}
		if filed {
			if err := undo(tx, p.County(), was); err != nil {
				return err
			}
			was.ID = id.New()
			if err := tx.AddPieceBack(p, was); err != nil {
				return err
			}
		}
		if err := tx.SavePiece(access.PileBack, p, strings.TrimSpace(was.No+" "+was.Reason)); err != nil {
			return err
		}
		return settle(tx, of)
	})
}

// undo takes the paper out of where it was filed.
func undo(tx *store.Tx, county region.Code, b pile.Back) error {
	switch b.Kind {
	case pile.Slip:
		return undoSlip(tx, b)
	case pile.Case:
		return undoPaper(tx, b)
	case pile.Statement:
		return undoStatement(tx, b)
	case pile.Register:
		return undoRegister(tx, county, b)
	}
	p, err := tx.Person(person.ID(b.Subject))
	if err != nil {
		return err
	}
	if err := tx.By().May(access.ArchiveKeep, p.Region); err != nil {
		return err
	}
	return unfile(tx, county, p.ID, b)
}

// undoSlip lets the letter wait for its slip again; one whose person has come since, or that is over, is not touched.
func undoSlip(tx *store.Tx, b pile.Back) error {
	r, err := tx.Reminder(reminder.ID(b.Subject))
	if err != nil {
		return err
	}
	if err := tx.By().May(access.PileBack, r.Region); err != nil {
		return err
	}
	if r.Proof != b.Hash {
		return fault.New(fault.Refused, "pile.back.other", b.No)
	}
	if err := r.GiveBack(); err != nil {
		return err
	}
	if err := unfile(tx, r.County(), r.Person, b); err != nil {
		return err
	}
	if err := tx.DropFiled(r.County(), archive.LetterEnd, string(r.ID)); err != nil {
		return err
	}
	return tx.SaveReminder(access.PileBack, r)
}

// undoPaper takes the scan off the case, and off the file of its person when it lies there; once the case is filed only whoever keeps the files does that, and the
// file says what it lacks from then on.
func undoPaper(tx *store.Tx, b pile.Back) error {
	a, err := tx.Application(application.ID(b.Subject))
	if err != nil {
		return err
	}
	if err := tx.By().May(access.PileBack, a.Region); err != nil {
		return err
	}
	filed, err := tx.Casefile(a)
	if err != nil {
		return err
	}
	if filed.No != "" {
		if err := tx.By().May(access.ArchiveKeep, a.Region); err != nil {
			return err
		}
	}
	all, err := tx.Attachments(a)
	if err != nil {
		return err
	}
	slices.Reverse(all) // the newest of several
	i := slices.IndexFunc(all, func(k attachment.Attachment) bool { return k.Hash == b.Hash && k.Paper == b.Paper && k.Destroyed == "" })
	if i < 0 {
		return fault.New(fault.Refused, "pile.back.other", b.No)
	}
	if err := tx.DropAttachment(all[i]); err != nil {
		return err
	}
	if err := unfile(tx, a.County(), a.Person, b); err != nil || filed.No == "" {
		return err
	}
	return lack(tx, a, filed, b)
}

// lack writes down that a filed case lacks the kind of paper that was taken out of it, where no other of that kind is left and policy wants one.
func lack(tx *store.Tx, a application.Application, filed store.Casefile, b pile.Back) error {
	if b.Paper == "form" { // what a form is in a file hangs on the matter, and the record of the case is its original
		return nil
	}
	kind := archive.KindOf(b.Paper)
	office, err := tx.Office(a.Region)
	if err != nil || !slices.Contains(office.Policy.List(policy.FileMust(string(a.Matter))), string(kind)) || slices.Contains(filed.Lacking, archive.Lack(kind)) {
		return err
	}
	d, ok, err := tx.Dossier(a.County(), a.Person)
	if err != nil || !ok {
		return err
	}
	items, err := tx.Items(d)
	if err != nil || slices.ContainsFunc(items, func(i archive.Item) bool {
		return i.Kind == kind && i.Application == string(a.ID) && i.Destroyed == ""
	}) {
		return err
	}
	return tx.LackPapers(a, append(filed.Lacking, archive.Lack(kind)))
}

// undoStatement lets the signed paper be out again, and takes it off the files of everybody who is on it.
func undoStatement(tx *store.Tx, b pile.Back) error {
	s, err := tx.Statement(statement.ID(b.Subject))
	if err != nil {
		return err
	}
	if err := tx.By().May(access.PileBack, s.Region); err != nil {
		return err
	}
	if s.Proof != b.Hash {
		return fault.New(fault.Refused, "pile.back.other", b.No)
	}
	if err := s.GiveBack(); err != nil {
		return err
	}
	people, err := tx.StatementPeople(s)
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := unfile(tx, p.County(), p.ID, b); err != nil {
			return err
		}
	}
	return tx.SaveStatement(access.PileBack, s, b.Reason)
}

// unfile takes the content out of a person's file, where it lies there, and lifts what was marked on it. A content that lies there as another paper too stays as that.
func unfile(tx *store.Tx, county region.Code, who person.ID, b pile.Back) error {
	of := ""
	if b.Kind == pile.Case {
		of = b.Subject
	}
	if err := takeOut(tx, county, who, b, of); err != nil {
		return err
	}
	return tx.LiftMarks(access.PileBack, archive.Mark{Region: county, Person: who, Application: of, Paper: b.Hash}, lang.T("pile.back.lifted", tx.Today()))
}

// takeOut takes the paper out of a person's file, where there is one and it lies there; of is the case that it belongs to.
func takeOut(tx *store.Tx, county region.Code, who person.ID, b pile.Back, of string) error {
	d, ok, err := tx.Dossier(county, who)
	if err != nil || !ok {
		return err
	}
	items, err := tx.Items(d)
	if err != nil {
		return err
	}
	for _, i := range items {
		if i.Hash == b.Hash && i.Destroyed == "" && i.Application == of && (b.Kind != pile.Statement || i.Number == b.No) {
			return tx.TakeOutItem(access.PileBack, d, i, b.Reason)
		}
	}
	return nil
}
