package archiving

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/assessment"
	"hefa/internal/attachment"
	"hefa/internal/card"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/session"
	"hefa/internal/store"
)

// Filing is what the shelf will take of a case: its papers, what is lacking, and where they go.
type Filing struct {
	Items   []archive.Item
	Lacking []archive.Lack
	Marks   []archive.Mark // what is wrong with papers of the case
	No      string         // of the person's file, "" when this case opens it
	Box     string         // where the file stands, or the box at hand; "" for a new one
}

// Filing is the papers of a case that waits for the shelf.
func (d *Desk) Filing(ctx context.Context, by access.Actor, id application.ID) (Filing, error) {
	var out Filing
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		e, err := collect(tx, archive.End{Kind: archive.CaseEnd, ID: string(id)})
		if err != nil {
			return err
		}
		out.Items, out.Lacking = e.items, e.lacking
		if out.Marks, err = tx.Marks(e.Region.County(), e.Person); err != nil {
			return err
		}
		out.Marks = slices.DeleteFunc(out.Marks, func(m archive.Mark) bool { return m.Application != string(id) })
		f, ok, err := tx.Dossier(e.Region.County(), e.Person)
		if err != nil {
			return err
		}
		var b archive.Box
		if ok {
			out.No = f.No
			if f.Box != "" {
				b, err = tx.Box(f.County(), f.Box)
			}
		} else {
			b, _, err = tx.OpenBox(e.Region.County(), e.office.Today.Year(), archive.TermOf(e.office.Policy))
		}
		out.Box = b.No
		return err
	})
	return out, err
}

// waiting reads a case that the actor may file.
func waiting(tx *store.Tx, id application.ID) (application.Application, application.Office, error) {
	a, err := tx.Application(id)
	if err != nil {
		return a, application.Office{}, err
	}
	if err := tx.By().May(access.ApplicationFile, a.Region); err != nil {
		return a, application.Office{}, err
	}
	office, err := tx.Office(a.Region)
	return a, office, err
}

// FileApplication puts the papers of a case into the one file of its person; a case whose card is in the hand ends with it. The first case opens the file: it gets the
// next number of its series and the next place in the box at hand (N48–N50). A case whose papers are not whole is filed for a reason only (N52).
func (d *Desk) FileApplication(ctx context.Context, by access.Actor, id application.ID, f archive.Filing) error {
	return d.FileEnds(ctx, by, []archive.End{{Kind: archive.CaseEnd, ID: string(id)}}, f)
}

// dossierOf is the file that takes the papers of what ended: the person's, or a new one.
func dossierOf(tx *store.Tx, e ended) (archive.Dossier, error) {
	office, county := e.office, e.Region.County()
	f, ok, err := tx.Dossier(county, e.Person)
	if err != nil {
		return f, err
	}
	if ok && f.State == archive.Destroyed {
		f.Reopen(office.Today)
		if err := shelve(tx, access.ApplicationFile, &f, office.Policy); err != nil {
			return f, err
		}
	}
	if ok {
		f.Closed = office.Today
		return f, tx.SaveDossier(access.ApplicationFile, f, "")
	}
	series := archive.Series(office.Policy, county, office.Today.Year())
	n, err := tx.Next(county, series)
	if err != nil {
		return f, err
	}
	f = archive.Dossier{Person: e.Person, Region: e.Region, No: archive.Number(series, n), Year: office.Today.Year(), Term: archive.TermOf(office.Policy),
		Opened: office.Today, Closed: office.Today, State: archive.Shelved}
	if err := shelve(tx, access.ApplicationFile, &f, office.Policy); err != nil {
		return f, err
	}
	return f, tx.AddDossier(access.ApplicationFile, f)
}

// stated is the signed papers that the person is on and that do not lie in the file yet: they came back before it was opened.
func stated(tx *store.Tx, d archive.Dossier) ([]archive.Item, error) {
	all, err := tx.StatementsOf(d.County(), d.Person)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	there, err := tx.Items(d)
	var out []archive.Item
	for _, s := range all {
		if s.Lies() && !slices.ContainsFunc(there, func(i archive.Item) bool { return i.Hash == s.Proof && i.Destroyed == "" }) {
			out = append(out, s.Item(id.New()))
		}
	}
	return out, err
}

// shelve gives a file the next place in the box at hand of its year and term, a new one when all are full.
func shelve(tx *store.Tx, act access.Act, f *archive.Dossier, rules policy.Set) error {
	b, ok, err := tx.OpenBox(f.County(), f.Year, f.Term)
	if err != nil {
		return err
	}
	if !ok {
		n, err := tx.Next(f.County(), fmt.Sprintf("box-%d-%s", f.Year, f.Term))
		if err != nil {
			return err
		}
		b = archive.Box{ID: archive.BoxID(id.New()), Region: f.County(), No: fmt.Sprintf("%s-H·%d-%s-%03d", f.County(), f.Year, f.Term, n), Year: f.Year, Term: f.Term,
			Holds: max(1, rules.Count(policy.FileBox))}
		if err := tx.AddBox(act, b); err != nil {
			return err
		}
		b.Version = 1
	}
	if err := b.Put(f); err != nil {
		return err
	}
	return tx.SaveBox(act, b)
}

// gather is the papers of a case, in the order of a file, and what is lacking of them: kinds that policy wants, and papers that bear a mark.
func gather(tx *store.Tx, a application.Application, rules policy.Set) ([]archive.Item, []archive.Lack, error) {
	g := &gathering{tx: tx, a: a}
	for _, part := range []func() error{g.sent, g.arrived, g.examined, g.decided, g.published, g.signed} {
		if err := part(); err != nil {
			return nil, nil, err
		}
	}
	items := archive.Ordered(g.found)
	for i := range items {
		items[i].ID, items[i].Application = id.New(), string(a.ID)
	}
	g.kept(items)
	open, err := tx.Marks(a.County(), a.Person)
	if err != nil {
		return nil, nil, err
	}
	archive.Marked(items, open)
	return items, archive.Lacking(g.must(rules), items), nil
}

// gathering is the papers of one case as they are collected.
type gathering struct {
	tx    *store.Tx
	a     application.Application
	made  []attachment.Attachment // what the program itself wrote and kept, and what came from another county
	found []archive.Item
}

func (g *gathering) add(i archive.Item) { g.found = append(g.found, i) }

// must is what policy wants of this case: what its course left out cannot be in the file, and of one that ended without a card only what its end wants.
func (g *gathering) must(rules policy.Set) []archive.Kind {
	var out []archive.Kind
	wanted := rules.List(policy.FileMust(string(g.a.Matter)))
	if !g.a.State.Open() && g.a.State != application.Closed {
		wanted = append(wanted, string(archive.Decision))
		all := rules.List(policy.FileMust(string(g.a.State)))
		wanted = slices.DeleteFunc(wanted, func(k string) bool { return !slices.Contains(all, k) })
	}
	for _, w := range wanted {
		switch k := archive.Kind(w); {
		case k == archive.Assessment && g.a.Session == "", k == archive.Notice && g.a.Notice == "", k == archive.Receipt && g.a.Batch == "":
		default:
			out = append(out, k)
		}
	}
	return out
}

// kind is what a paper of the checklist is in a file.
func (g *gathering) kind(paper string) archive.Kind {
	switch {
	case paper != "form":
		return archive.KindOf(paper)
	case g.a.Matter == application.Move:
		return archive.Transfer
	case g.a.Matter == application.Update, g.a.Matter == application.Regrade:
		return archive.Change
	}
	return archive.Form
}

// sent is what the applicant brought: scans, and papers that were seen in the original and not scanned.
func (g *gathering) sent() error {
	files, err := g.tx.Attachments(g.a)
	if err != nil {
		return err
	}
	all, err := g.tx.Assessments(g.a)
	if err != nil {
		return err
	}
	examiner := ""
	if len(all) > 0 {
		examiner = g.hospital(all[0])
	}
	scanned := map[string]int{}
	for _, f := range files {
		if f.Fixed() {
			g.made = append(g.made, f)
			continue
		}
		scanned[f.Paper]++
		i := archive.Item{Kind: g.kind(f.Paper), Title: lang.T("paper." + f.Paper), Author: lang.T("archive.author.applicant"), Day: g.a.Opened, Origin: archive.Scan,
			Hash: f.Hash, Pages: f.Pages}
		if n := scanned[f.Paper]; n > 1 { // the index tells two scans of one kind apart
			i.Title = lang.T("archive.title.nth", i.Title, n)
		}
		if f.Paper == "assessment" && examiner != "" {
			i.Author = examiner
		}
		g.add(i)
	}
	if i, ok := archive.OfForm(g.a); ok {
		g.add(i)
	}
	seen, err := g.tx.Sighted(g.a)
	if err != nil {
		return err
	}
	for _, paper := range policy.Papers {
		if seen[paper] && scanned[paper] == 0 {
			g.add(archive.Item{Kind: g.kind(paper), Title: lang.T("paper." + paper), Author: lang.T("archive.author.applicant"), Day: g.a.Opened, Origin: archive.Paper})
		}
	}
	return nil
}

// examined is the signed conclusions.
func (g *gathering) examined() error {
	all, err := g.tx.Assessments(g.a)
	if err != nil {
		return err
	}
	for _, c := range all {
		i := archive.OfConclusion(c)
		i.Author = cmp.Or(g.hospital(c), i.Author)
		g.add(i)
	}
	return nil
}

// hospital is where a conclusion was reached, "" when that is not known.
func (g *gathering) hospital(c assessment.Conclusion) string {
	at := org.ID(c.Hospital)
	if s, err := g.tx.Session(session.ID(c.Session)); err == nil {
		at = s.Hospital
	}
	o, err := g.tx.Org(at)
	if err != nil {
		return ""
	}
	return o.Name
}

// decided is the letters and the approval.
func (g *gathering) decided() error {
	letters, err := g.tx.Letters(g.a)
	if err != nil {
		return err
	}
	for _, l := range letters {
		g.add(archive.OfLetter(l.Kind, l.No, l.Day, l.Clerk))
	}
	if g.a.Approved != "" {
		title := lang.T("archive.title.approval", g.a.Matter)
		if g.a.Matter.Rule().Aim == application.Goes {
			g.add(archive.Item{Kind: archive.Transfer, Title: lang.T("archive.title.transfer"), Number: g.a.No, Day: g.a.Approved, Origin: archive.Born})
		}
		g.add(archive.Item{Kind: archive.Decision, Title: title, Number: g.a.No, Day: g.a.Approved, Origin: archive.Born})
	}
	return nil
}

// published is the public notice and what was decided on objections.
func (g *gathering) published() error {
	if g.a.Notice == "" {
		return nil
	}
	n, err := g.tx.Notice(announcement.ID(g.a.Notice))
	if err != nil {
		return err
	}
	g.add(archive.Item{Kind: archive.Notice, Title: lang.T("archive.title.notice"), Number: n.No, Day: n.Starts, Origin: archive.Born})
	objections, err := g.tx.Objections(g.a)
	for _, o := range objections {
		g.add(archive.OfObjection(o))
	}
	return err
}

// signed is the receipt of the card, with where its signature can be seen: the sheet names others too, so it stays with its batch.
func (g *gathering) signed() error {
	if g.a.Batch == "" {
		return nil
	}
	c, err := g.tx.CardOf(g.a)
	if err != nil || c.Delivered == "" {
		return err
	}
	seen, err := g.tx.SignedFor(c)
	g.add(archive.Item{Kind: archive.Receipt, Title: lang.T("archive.title.receipt"), Number: c.Serial, Day: c.Delivered, Origin: archive.Born, Note: card.Seen(seen)})
	return err
}
