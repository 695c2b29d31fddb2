package assessing

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/pathway"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/session"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// Pathway is the way of one case: what is proposed, what was chosen, what it needs.
type Pathway struct {
	Case
	Way      store.Way
	Proposed pathway.Rule
	Needs    []pathway.Need
	Policy   policy.Set
	Speaker  bool // a guardian must speak for the person
	CanChoose,
	CanConsent bool
}

// Pathway is the way of a case, for whoever may read it.
func (d *Desk) Pathway(ctx context.Context, by access.Actor, of application.ID) (Pathway, error) {
	var out Pathway
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := loadCalled(tx, access.PathRead, of)
		if err != nil {
			return err
		}
		out, err = pathwayOf(tx, a)
		return err
	})
	return out, err
}

func pathwayOf(tx *store.Tx, a loaded) (Pathway, error) {
	out := Pathway{Case: Case{Application: a.Application}, Policy: a.office.Policy}
	var err error
	if out.Person, err = tx.Person(a.Person); err != nil {
		return out, err
	}
	if out.Way, err = tx.Way(a.Application); err != nil {
		return out, err
	}
	if out.Way.Version == 0 {
		if out.Way.Facts.Immobile, err = bedridden(tx, out.Person); err != nil {
			return out, err
		}
	}
	out.Speaker = a.NeedsGuardian(out.Person.Birth, a.office)
	out.Proposed = pathway.Propose(a.Wanted, out.Way.Facts, a.office.Policy)
	by := tx.By()
	out.CanChoose = by.Can(access.PathChoose) && a.choosable() == nil
	out.CanConsent = by.Can(access.ConsentTake) && a.State.Collecting() && out.Way.Path == pathway.Remote
	if out.Way.Path != "" {
		out.Needs, err = needs(tx, a, out.Way)
	}
	return out, err
}

// bedridden says whether those who were last with a person found them unable to leave the house (M29): what letters and attempts to win them over tell.
func bedridden(tx *store.Tx, p person.Person) (bool, error) {
	tried, err := tx.Attempts(p)
	if err != nil {
		return false, err
	}
	for _, a := range slices.Backward(tried) {
		if why := a.Result.Reason(); why != "" {
			return why == reminder.Bedridden, nil
		}
	}
	letters, err := tx.RemindersOf(p.County(), p.ID)
	for _, r := range letters {
		if r.Reason != "" {
			return r.Reason == reminder.Bedridden, err
		}
	}
	return false, err
}

// choosable refuses a case that needs no assessment or has been seated or concluded: its way is settled.
func (l loaded) choosable() error {
	if len(l.Wanted) == 0 || !l.State.Undecided() && l.State != application.Accepted {
		return fault.New(fault.Refused, "application.step.wrong", access.PathChoose, l.State)
	}
	return nil
}

// loadCalled is load that hides from a hospital's staff every case that no session of their own hospital calls.
func loadCalled(tx *store.Tx, act access.Act, id application.ID) (loaded, error) {
	a, err := load(tx, act, id)
	if err != nil || !tx.By().Role.Clinical() {
		return a, err
	}
	if a.Session == "" {
		return a, fault.New(fault.Missing, "record.missing")
	}
	s, err := tx.Session(session.ID(a.Session))
	if err != nil {
		return a, err
	}
	return a, s.Show(tx.By())
}

// needs is what the way of a case needs, done or not.
func needs(tx *store.Tx, a loaded, w store.Way) ([]pathway.Need, error) {
	have := pathway.Have{Filed: map[string]bool{}, Evidence: map[evidence.Kind]int{}, Consent: w.Consent}
	var err error
	if have.Papers, err = tx.Sighted(a.Application); err != nil {
		return nil, err
	}
	sent, err := tx.Attachments(a.Application)
	if err != nil {
		return nil, err
	}
	for _, f := range sent {
		have.Papers[f.Paper], have.Filed[f.Paper] = true, true
	}
	items, err := tx.Evidence(a.Application)
	if err != nil {
		return nil, err
	}
	for _, i := range items {
		have.Evidence[i.Kind]++
	}
	asked, err := tx.Requests(a.Application)
	if err != nil {
		return nil, err
	}
	for _, r := range asked {
		have.Asked = have.Asked || r.Open()
	}
	return w.Needs(have, a.office.Policy), nil
}

// passable refuses a session in which people of the case's way are not examined, and a way whose needs are not done (M34, M37).
func passable(tx *store.Tx, a loaded, k session.Kind) error {
	w, err := tx.Way(a.Application)
	if err != nil {
		return err
	}
	if !w.Path.Fits(k) {
		if w.Path == "" {
			return fault.New(fault.Refused, "path.unmarked", k)
		}
		return fault.New(fault.Refused, "path.unfit", w.Path, k)
	}
	if w.Path == "" {
		return nil
	}
	all, err := needs(tx, a, w)
	if err != nil {
		return err
	}
	var missing []string
	for _, n := range pathway.Lacking(all) {
		missing = append(missing, NeedText(n))
	}
	if len(missing) > 0 {
		return fault.New(fault.Refused, "path.lacking", w.Path, strings.Join(missing, "、"))
	}
	return nil
}

// NeedText is a need in words.
func NeedText(n pathway.Need) string {
	if n.What == "" {
		return lang.T(n.Key)
	}
	return lang.T(n.Key, lang.T(n.What))
}

// ProposePathway is the way that the rules propose for a case with the facts; nothing is kept.
func (d *Desk) ProposePathway(ctx context.Context, by access.Actor, of application.ID, f pathway.Facts) (pathway.Rule, error) {
	var r pathway.Rule
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		a, err := loadCalled(tx, access.PathRead, of)
		if err != nil {
			return err
		}
		r = pathway.Propose(a.Wanted, f, a.office.Policy)
		return nil
	})
	return r, err
}

// ChoosePathway keeps the way of a case; c is what was chosen, with the version of the way as it was read, 0 for none.
func (d *Desk) ChoosePathway(ctx context.Context, by access.Actor, of application.ID, c pathway.Choice) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.PathChoose, of)
		if err != nil {
			return err
		}
		if err := a.choosable(); err != nil {
			return err
		}
		w, err := tx.Way(a.Application)
		if err != nil {
			return err
		}
		if c.Version != w.Version {
			return fault.New(fault.Stale, "record.stale")
		}
		seen := w.Seen
		w.Path, w.Detail = c.Path, c.Clean()
		w.Proposed = pathway.Propose(a.Wanted, c.Facts, a.office.Policy).Path
		w.On, w.By, w.Seen = tx.Today(), by.Name, ""
		if w.Original {
			if w.Seen = seen; w.Seen == "" {
				w.Seen = by.Name
			}
		}
		if err := w.Check(a.Wanted, a.office.Policy); err != nil {
			return err
		}
		return tx.SaveWay(access.PathChoose, w, lang.T(w.Path.Word()))
	})
}

// PathwayFilter is which ways a list shows; empty fields do not narrow.
type PathwayFilter = store.WayFilter

// PathwayList is one page of who is on which way.
type PathwayList struct {
	Lines  []store.OnWay
	Next   application.ID // where the next page begins, "" for none
	Places map[region.Code]string

	Bedridden int // people of the area who are marked so on letters and have not applied yet: a home round will want them
}

// Pathways is who is on which way in an area, for whoever may read it.
func (d *Desk) Pathways(ctx context.Context, by access.Actor, f PathwayFilter) (PathwayList, error) {
	var l PathwayList
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		if l, err = pathways(tx, access.PathList, f); err != nil {
			return err
		}
		where, err := by.Scope(access.PathList, f.Region)
		if err != nil {
			return err
		}
		marked, err := tx.ReasonCounts(where, "")
		for _, c := range marked {
			if c.Reason == reminder.Bedridden {
				l.Bedridden += c.Count
			}
		}
		return err
	})
	return l, err
}

func pathways(tx *store.Tx, act access.Act, f PathwayFilter) (l PathwayList, err error) {
	if f.Region, err = tx.By().Scope(act, f.Region); err != nil {
		return l, err
	}
	limit := f.Limit
	f.Limit++
	if l.Lines, err = tx.Ways(f); err != nil {
		return l, err
	}
	if len(l.Lines) > limit {
		l.Lines = l.Lines[:limit]
		l.Next = l.Lines[limit-1].Case.Application.ID
	}
	var codes []region.Code
	for _, o := range l.Lines {
		codes = append(codes, o.Person.Region, o.Person.Region.Township())
	}
	l.Places, err = tx.RegionNames(codes...)
	return l, err
}

// exportAtOnce is how many rows of a list are read at a time on their way out.
const exportAtOnce = 500

// PathwayColumns is what can be taken out of the list of who is on which way.
var PathwayColumns = []string{"column.name", "certificates.number", "detail.place", "session.column.wanted", "path.column", "path.organiser", "path.guardian",
	"path.secretary", "detail.state"}

// ExportPathways writes who is on which way; the audit says who took the list out.
func (d *Desk) ExportPathways(ctx context.Context, by access.Actor, f PathwayFilter, to sheet.Out) (err error) {
	if err := to.Check(PathwayColumns); err != nil {
		return err
	}
	if f.Region, err = by.Scope(access.ListExport, f.Region); err != nil {
		return err
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		return tx.Note(access.ListExport, store.Subject{Kind: "pathway", ID: string(f.Region), Region: f.Region, Note: "list"})
	})
	if err != nil {
		return err
	}
	f.After, f.Limit = "", exportAtOnce
	t := sheet.Table{Name: lang.T("path.list.title"), Title: lang.T("path.list.title"), Columns: sheet.Keyed(PathwayColumns)}
	t.Rows = func(yield func([]string, error) bool) {
		for more := true; more; more = f.After != "" {
			l, err := d.Pathways(ctx, by, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, x := range l.Lines {
				row := []string{x.Person.Name, x.Person.Number.Masked(), l.Places[x.Person.Region.Township()] + l.Places[x.Person.Region], words(x.Case.Application.Wanted),
					lang.T(x.Path.Word()), x.Organiser, x.Guardian.Name, x.Secretary, lang.T(x.Case.Application.State.Word())}
				if !yield(row, nil) {
					return
				}
			}
			f.After = l.Next
		}
	}
	return to.Write(t)
}
