package archiving

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/job"
	"hefa/internal/lapse"
	"hefa/internal/policy"
	"hefa/internal/reminder"
	"hefa/internal/store"
)

// ended is something that came to an end, with its papers and what is lacking of them.
type ended struct {
	archive.End
	a       application.Application // of a case
	office  application.Office
	items   []archive.Item
	lacking []archive.Lack
}

// collect reads what ended by its kind and id, for whoever may file it.
func collect(tx *store.Tx, of archive.End) (ended, error) {
	switch of.Kind {
	case archive.CaseEnd:
		return collectCase(tx, application.ID(of.ID))
	case archive.LapseEnd:
		return collectLapse(tx, lapse.ID(of.ID))
	case archive.DepartureEnd:
		return collectDeparture(tx, departure.ID(of.ID))
	case archive.LetterEnd:
		return collectLetter(tx, reminder.ID(of.ID))
	}
	return ended{}, fault.New(fault.Missing, "record.missing")
}

func collectCase(tx *store.Tx, id application.ID) (ended, error) {
	a, office, err := waiting(tx, id)
	if err != nil {
		return ended{}, err
	}
	e := ended{End: archive.End{Kind: archive.CaseEnd, ID: string(a.ID), Region: a.Region, Person: a.Person, No: a.No}, a: a, office: office}
	e.items, e.lacking, err = gather(tx, a, office.Policy)
	return e, err
}

func collectLapse(tx *store.Tx, id lapse.ID) (ended, error) {
	l, err := tx.Lapse(id)
	if err != nil {
		return ended{}, err
	}
	e := archive.End{Kind: archive.LapseEnd, ID: string(l.ID), Region: l.Region, Person: l.Person}
	if err := fileable(tx, e, l.State == lapse.Cancelled); err != nil {
		return ended{}, err
	}
	p, err := tx.Posting(l.Posting)
	if err != nil {
		return ended{}, err
	}
	said, err := tx.LapseObjections(l)
	if err != nil {
		return ended{}, err
	}
	e.No = p.No
	return outside(tx, e, archive.OfLapse(l, p, said))
}

func collectDeparture(tx *store.Tx, id departure.ID) (ended, error) {
	d, err := tx.Departure(id)
	if err != nil {
		return ended{}, err
	}
	e := archive.End{Kind: archive.DepartureEnd, ID: string(d.ID), Region: d.Region, Person: d.Person}
	if err := fileable(tx, e, d.State == departure.Cancelled); err != nil {
		return ended{}, err
	}
	l, err := tx.DepartureList(d.County(), d.List)
	if err != nil {
		return ended{}, err
	}
	return outside(tx, e, archive.OfDeparture(d, l))
}

func collectLetter(tx *store.Tx, id reminder.ID) (ended, error) {
	r, err := tx.Reminder(id)
	if err != nil {
		return ended{}, err
	}
	e := archive.End{Kind: archive.LetterEnd, ID: string(r.ID), Region: r.Region, Person: r.Person, No: r.No}
	if err := fileable(tx, e, r.Received != ""); err != nil {
		return ended{}, err
	}
	return outside(tx, e, archive.OfReminder(r))
}

// fileable refuses what the actor may not file, and what has not ended.
func fileable(tx *store.Tx, e archive.End, over bool) error {
	if err := tx.By().May(access.ApplicationFile, e.Region); err != nil {
		return err
	}
	if !over {
		return fault.New(fault.Refused, "archive.end.open")
	}
	return nil
}

// outside is what ended outside of a case with its papers.
func outside(tx *store.Tx, of archive.End, papers []archive.Item) (ended, error) {
	office, err := tx.Office(of.Region)
	if err != nil {
		return ended{}, err
	}
	e := ended{End: of, office: office, items: archive.Ordered(papers)}
	for i := range e.items {
		e.items[i].ID = id.New()
	}
	var must []archive.Kind
	for _, k := range office.Policy.List(policy.FileMust(string(of.Kind))) {
		must = append(must, archive.Kind(k))
	}
	e.lacking = archive.Lacking(must, e.items)
	return e, nil
}

// FileEnds puts the papers of what came to an end into the files of their people, all of it or none; whoever has no file yet gets one. What is not whole is filed for a
// reason only.
func (d *Desk) FileEnds(ctx context.Context, by access.Actor, ends []archive.End, f archive.Filing) error {
	if err := archive.CheckEnds(ends); err != nil {
		return err
	}
	sums, err := d.sums(ctx, by, ends)
	if err != nil {
		return err
	}
	f.Reason = strings.TrimSpace(f.Reason)
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, g := range sums {
			if err := tx.KeepDigest(g); err != nil {
				return err
			}
		}
		for _, of := range ends {
			e, err := collect(tx, of)
			if err != nil {
				return err
			}
			if len(ends) > 1 && len(e.lacking) > 0 && f.Reason == "" {
				var p fault.Problems
				p.Add("reason", "archive.end.lacking", e.Kind, e.No, archive.Words(e.lacking))
				return p.Fault()
			}
			if err := e.file(tx, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// file puts the papers into the person's file.
func (e ended) file(tx *store.Tx, f archive.Filing) error {
	was := e.a.State
	if e.Kind == archive.CaseEnd {
		if err := e.close(tx); err != nil {
			return err
		}
	}
	if err := f.Check(e.lacking); err != nil {
		return err
	}
	if len(e.lacking) == 0 {
		f.Reason = ""
	}
	kept, err := dossierOf(tx, e)
	if err != nil {
		return err
	}
	more, err := stated(tx, kept)
	if err != nil {
		return err
	}
	there, err := tx.Items(kept)
	if err != nil {
		return err
	}
	if err := tx.AddItems(kept, append(archive.Fresh(e.items, there), more...)); err != nil {
		return err
	}
	if e.Kind != archive.CaseEnd {
		return tx.AddFiled(e.End, kept, e.lacking, f.Reason)
	}
	if err := tx.AddCasefile(e.a, kept, e.lacking, f.Reason); err != nil {
		return err
	}
	if err := tx.Enqueue(job.KeepPapers{County: string(e.a.County()), Application: string(e.a.ID)}); err != nil {
		return err
	}
	return tx.SaveApplication(access.ApplicationFile, was, e.a, strings.TrimSpace(kept.No+" "+f.Reason))
}

// close ends the case, when it has not ended otherwise; one whose papers lie in the file is refused.
func (e *ended) close(tx *store.Tx) error {
	there, err := tx.Casefile(e.a)
	if err == nil && there.Holds(e.a) {
		err = fault.New(fault.Refused, "archive.end.filed")
	}
	if err != nil {
		return err
	}
	return e.a.File(e.office)
}
