package scanning

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strconv"
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
	"hefa/internal/scan"
	"hefa/internal/store"
)

// filing is one paper on its way to where it belongs.
type filing struct {
	d       *Desk
	ctx     context.Context
	by      access.Actor // in whose name
	pile    pile.Pile
	piece   pile.Piece
	leaves  []pile.Leaf
	sources []pile.Source
	open    func(source int) (*scan.Book, []byte, error)

	receipt reminder.Receipt // of a slip
	title   string           // of a paper in a person's file
}

// byCode files the paper where its code says.
func (f filing) byCode() error {
	f.receipt = reminder.Receipt{On: f.pile.Received, Signer: f.pile.Signer}
	f.title = lang.T("pile.title.scan")
	var t pile.Target
	err := f.d.db.View(f.ctx, f.by, func(tx *store.Tx) (err error) {
		no, form := pile.ReadCode(f.piece.Code)
		t, err = find(tx, f.pile.County(), no, form)
		return err
	})
	if fault.Of(err) == fault.Missing {
		return fault.New(fault.Refused, "pile.why.unknown") // it is nobody's business what else a code may say
	}
	if err != nil {
		return err
	}
	if t.Kind == pile.Case && t.Paper == "" {
		return fault.New(fault.Refused, "pile.why.which", t.No)
	}
	if t.Kind == pile.Register && t.Paper == "" {
		return fault.New(fault.Refused, "pile.why.page", t.No)
	}
	err = f.put(t)
	for _, wrong := range fault.Fields(err) {
		if wrong.Name == "promised" { // what somebody wrote on the slip by hand
			return fault.New(fault.Refused, "pile.why.promise", t.No)
		}
	}
	return err
}

// find is what bears the number, where the actor may see it, with what the form says of it: which paper of a case, which page of a sheet.
func find(tx *store.Tx, county region.Code, no, form string) (pile.Target, error) {
	t, err := bearer(tx, county, no)
	switch {
	case t.Kind == pile.Case && t.Paper == "":
		t.Paper = pile.PaperOf(form)
	case t.Kind == pile.Register && pile.PageOf(form) > 0:
		t.Paper = strconv.Itoa(pile.PageOf(form))
	}
	return t, err
}

// bearer is a letter with a slip, a letter of decision, a case, a signed paper, a sheet of a batch, or a person's file.
func bearer(tx *store.Tx, county region.Code, no string) (pile.Target, error) {
	by := tx.By()
	r, err := tx.ReminderByNo(county, no)
	if err == nil {
		return pile.Target{Kind: pile.Slip, Subject: string(r.ID), No: no}, by.May(access.ReminderRead, r.Region)
	}
	if fault.Of(err) != fault.Missing {
		return pile.Target{}, err
	}
	for _, c := range []struct {
		paper string
		by    func(region.Code, string) (application.Application, error)
	}{{"service", tx.LetterByNo}, {"", tx.ApplicationByNo}, {"", unnumbered(tx)}} {
		a, err := c.by(county, no)
		if err == nil {
			return pile.Target{Kind: pile.Case, Subject: string(a.ID), No: no, Paper: c.paper}, by.May(access.ApplicationRead, a.Region)
		}
		if fault.Of(err) != fault.Missing {
			return pile.Target{}, err
		}
	}
	s, err := tx.StatementByNo(county, no)
	if err == nil {
		return pile.Target{Kind: pile.Statement, Subject: string(s.ID), No: no}, by.May(access.StatementRead, s.Region)
	}
	if fault.Of(err) != fault.Missing {
		return pile.Target{}, err
	}
	l, err := tx.RegisterByNo(county, no)
	if err == nil {
		return pile.Target{Kind: pile.Register, Subject: string(l.Batch), No: no}, by.May(access.CertificateRead, l.Region)
	}
	if fault.Of(err) != fault.Missing {
		return pile.Target{}, err
	}
	d, err := tx.DossierByNo(county, no)
	if err != nil {
		return pile.Target{}, err
	}
	return pile.Target{Kind: pile.Dossier, Subject: string(d.Person), No: no}, by.May(access.ArchiveRead, d.Region)
}

// unnumbered finds a case that has no number yet by its id, which its form to sign bears.
func unnumbered(tx *store.Tx) func(region.Code, string) (application.Application, error) {
	return func(county region.Code, no string) (application.Application, error) {
		a, err := tx.Application(application.ID(strings.ToLower(no)))
		if err == nil && a.County() != county {
			err = fault.New(fault.Missing, "record.missing")
		}
		return a, err
	}
}

// bound is the paper as it is filed.
type bound struct {
	hash, kind string
	size       int64
}

// put keeps the paper's pages as one content and files it, all in the transaction that takes it out of the tray.
func (f filing) put(t pile.Target) error {
	if err := f.d.db.View(f.ctx, f.by, func(tx *store.Tx) error { return f.enter(tx, t, bound{}) }); err != nil && !errors.Is(err, errTried) {
		return err
	}
	b, err := f.bind()
	if err != nil {
		return err
	}
	return f.d.db.Update(f.ctx, f.by, func(tx *store.Tx) error { return f.enter(tx, t, b) })
}

// errTried ends a trial that found nothing against filing.
var errTried = errors.New("it can be filed")

// enter files the paper; without content it is only tried.
func (f filing) enter(tx *store.Tx, t pile.Target, b bound) error {
	p := f.piece
	if err := p.File(t, b.hash, b.kind, tx.By().Name); err != nil {
		return err
	}
	var err error
	switch t.Kind {
	case pile.Slip:
		err = f.slip(tx, t, b)
	case pile.Case:
		err = f.paper(tx, t, b)
	case pile.Statement:
		err = f.statement(tx, t, b)
	case pile.Register:
		err = f.register(tx, t, b)
	case pile.Dossier:
		err = f.dossier(tx, t, b)
	}
	if err != nil {
		return err
	}
	if err := tx.SavePiece(access.PileFile, p, t.No); err != nil {
		return err
	}
	if f.pile.State == pile.Filing { // the program counts once, at its end
		return nil
	}
	return settle(tx, f.pile.ID)
}

// bind is the paper's pages as one content: a picture that lies right stays as it is, and so does a PDF that is wholly this paper.
func (f filing) bind() (bound, error) {
	first := f.sources[f.leaves[0].Source]
	if first.Pages == len(f.leaves) && asSent(f.leaves) {
		return bound{first.Hash, first.Type, first.Size}, nil
	}
	f.d.decoding.Lock()
	defer f.d.decoding.Unlock()
	leaves := make([]scan.Leaf, len(f.leaves))
	for i, l := range f.leaves {
		book, content, err := f.open(l.Source)
		if err != nil {
			return bound{}, err
		}
		leaves[i] = scan.Leaf{Book: book, Page: l.Page, Turn: l.Turn}
		if book == nil {
			leaves[i].Picture = content
		}
	}
	made, err := scan.Bind(leaves)
	if err != nil {
		return bound{}, err
	}
	kept, err := f.d.files.PutMade(bytes.NewReader(made), bytesMost)
	return bound{kept.Hash, "application/pdf", kept.Size}, err
}

// asSent says whether pages are all of one file, in its order, none of them turned.
func asSent(leaves []pile.Leaf) bool {
	return !slices.ContainsFunc(leaves, func(l pile.Leaf) bool { return l.Turn != 0 || l.Source != leaves[0].Source || l.Page != l.Order })
}

// slip takes in the receipt of a letter.
func (f filing) slip(tx *store.Tx, t pile.Target, b bound) error {
	r, err := tx.Reminder(reminder.ID(t.Subject))
	if err != nil {
		return err
	}
	if err := tx.By().May(access.ReminderReceive, r.Region); err != nil {
		return err
	}
	office, err := tx.Office(r.Region)
	if err != nil {
		return err
	}
	f.receipt.Proof, f.receipt.ProofType = b.hash, b.kind
	if err := r.Receive(f.receipt, tx.Today(), office.Policy.Count(policy.ReviewWithin)); err != nil {
		return err
	}
	if b.hash == "" {
		return errTried
	}
	return tx.SaveReminder(access.ReminderReceive, r)
}

// paper puts a scan to a case; of a case that lies on the shelf it goes into the person's file too.
func (f filing) paper(tx *store.Tx, t pile.Target, b bound) error {
	a, err := tx.Application(application.ID(t.Subject))
	if err != nil {
		return err
	}
	if err := tx.By().May(access.AttachmentAdd, a.Region); err != nil {
		return err
	}
	if !slices.Contains(pile.Papers(), t.Paper) {
		var p fault.Problems
		p.Add("paper", "attachment.paper")
		return p.Fault()
	}
	if a.State == application.Draft || !slices.Contains(policy.Returned, t.Paper) && t.Paper != "assessment" && !a.State.Collecting() {
		return fault.New(fault.Refused, "application.step.wrong", access.AttachmentAdd, a.State)
	}
	if b.hash == "" {
		return errTried
	}
	office, err := tx.Office(a.Region)
	if err != nil {
		return err
	}
	if err := f.piece.Fits(b.size, office.Policy); err != nil {
		return err
	}
	err = tx.AddAttachment(attachment.Attachment{ID: attachment.ID(id.New()), Region: a.Region, Application: string(a.ID), Paper: t.Paper, Type: b.kind, Size: b.size,
		Hash: b.hash, Pages: len(f.leaves), Name: lang.T("pile.file.name", lang.T("paper."+t.Paper), t.No)})
	if err != nil {
		return err
	}
	kept, err := tx.Casefile(a)
	if err != nil || a.State != application.Closed && !kept.Holds(a) {
		return err
	}
	d, ok, err := tx.Dossier(a.County(), a.Person)
	if err != nil || !ok {
		return err
	}
	return f.add(tx, access.AttachmentAdd, d, archive.Item{Application: string(a.ID), Kind: archive.KindOf(t.Paper), Title: lang.T("paper." + t.Paper), Hash: b.hash})
}

// dossier puts a scan into a person's file.
func (f filing) dossier(tx *store.Tx, t pile.Target, b bound) error {
	p, err := tx.Person(person.ID(t.Subject))
	if err != nil {
		return err
	}
	if err := tx.By().May(access.ArchiveKeep, p.Region); err != nil {
		return err
	}
	d, ok, err := tx.Dossier(p.County(), p.ID)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.Missing, "record.missing")
	}
	if b.hash == "" {
		return errTried
	}
	return f.add(tx, access.ArchiveKeep, d, archive.Item{Kind: archive.Supplement, Title: f.title, Hash: b.hash})
}

// add puts a scanned paper at the end of a file.
func (f filing) add(tx *store.Tx, act access.Act, d archive.Dossier, i archive.Item) error {
	i.ID, i.Day, i.Origin, i.Pages = id.New(), tx.Today(), archive.Scan, len(f.leaves)
	if err := i.Check(tx.Today()); err != nil {
		return err
	}
	if err := tx.AddItems(d, []archive.Item{i}); err != nil {
		return err
	}
	d.Closed = tx.Today()
	return tx.SaveDossier(act, d, i.Title)
}
