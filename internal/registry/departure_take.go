package registry

import (
	"context"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// DepartureFileLimit is the largest list of deaths or moves that is taken, in bytes.
const DepartureFileLimit = 10 << 20

// departureMost is how many lines such a list may have: all of it is entered in one transaction, behind which every other waits.
const departureMost = 5000

// DepartureFile is a list of deaths or moves as it is handed in; File is nil when none was chosen.
type DepartureFile struct {
	Region region.Code
	Kind   departure.Kind
	Source string
	Name   string
	File   io.ReaderAt
	Size   int64
}

// DepartureReport is what came of a list: its counts, the lines that could not be read, and whose case has to be ended.
type DepartureReport struct {
	departure.List
	Lines      []roster.Rejection
	Renumbered []roster.Rejection // the lines with a number that was corrected: they are rejected, and told with whose it was
	Cases      []store.Case       // of those who died and hold no certificate, but have a case that waits for somebody; nobody gives them a card meanwhile
}

// TakeDepartures reads a list of deaths or moves and proposes what follows for each line whose identity number belongs to a holder of the county, or to
// somebody who died while a case was under way. Of the others only the count is kept: whoever neither holds a certificate nor has applied for one is none of
// the federation's business.
func (d *Desk) TakeDepartures(ctx context.Context, by access.Actor, f DepartureFile) (DepartureReport, error) {
	r := DepartureReport{List: departure.List{ID: departure.ListID(id.New()), Region: f.Region, Kind: f.Kind, Source: strings.TrimSpace(f.Source),
		Name: path.Base(strings.ReplaceAll(f.Name, `\`, "/")), Author: by.Name}}
	if err := by.May(access.DepartureTake, f.Region); err != nil {
		return r, err
	}
	if err := f.check(r.List); err != nil {
		return r, err
	}
	entries, err := r.read(f)
	if err != nil {
		return r, err
	}
	unread := r.Rejected
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		r.On, r.Unknown, r.Idle, r.Matched, r.Cases, r.Renumbered, r.Rejected = tx.Today(), 0, 0, 0, nil, nil, unread
		var found []departure.Departure
		for _, e := range entries {
			one, err := r.match(tx, e)
			if err != nil {
				return err
			}
			found = append(found, one...)
		}
		if err := tx.AddDepartureList(r.List); err != nil {
			return err
		}
		for _, one := range found {
			keep := tx.AddDeparture
			if one.Version > 0 { // known before
				keep = func(d departure.Departure) error { return tx.SaveDeparture(access.DepartureTake, d) }
			}
			if err := keep(one); err != nil {
				return err
			}
		}
		return nil
	})
	return r, err
}

// check finds what is missing before the file is read.
func (f DepartureFile) check(l departure.List) error {
	p := fault.Problems(fault.Fields(l.Check()))
	if f.Region.Level() != region.County {
		p.Add("region", "departure.county.missing")
	}
	if f.File == nil {
		p.Add("file", "roster.file.missing")
	}
	return p.Fault()
}

// read is the lines that can be read; the others are kept with what is wrong with them.
func (r *DepartureReport) read(f DepartureFile) (entries []roster.Entry, err error) {
	book, err := sheet.Open(f.File, f.Size)
	if err != nil {
		return nil, atFile(err)
	}
	list, _, err := book.List(roster.Suspected, nil)
	if err != nil {
		return nil, atFile(err)
	}
	result, err := roster.Read(roster.Suspected, string(f.Region), list.Rows(), func(e roster.Entry) error {
		if entries = append(entries, e); len(entries) > departureMost {
			return fault.New(fault.Invalid, "departure.list.long", departureMost)
		}
		return nil
	})
	if err != nil {
		return nil, atFile(err)
	}
	r.Rows, r.Rejected, r.Lines = result.Report.Rows, len(result.Report.Rejected)+len(result.Report.Duplicates), result.Report.Rejected
	return entries, nil
}

// atFile puts what is wrong with a file beside the field that it was chosen in.
func atFile(err error) error {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return err
	}
	var p fault.Problems
	p.Add("file", f.Key, f.Args...)
	return p.Fault()
}

// match is what a line proposes, nothing when it is of no consequence.
func (r *DepartureReport) match(tx *store.Tx, e roster.Entry) ([]departure.Departure, error) {
	county, who, err := tx.Identity(e.Number)
	if err != nil {
		return nil, err
	}
	if who == "" {
		told, err := r.before(tx, e)
		if told || err != nil {
			return nil, err
		}
	}
	if county != r.Region {
		r.Unknown++
		return nil, nil
	}
	held, err := tx.CertificatesOf(county, who)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(held, func(c certificate.Certificate) bool { return c.State.Live() })
	if at < 0 && r.Kind == departure.Death { // nobody may be handed the card of the dead
		at = slices.IndexFunc(held, func(c certificate.Certificate) bool { return c.State == certificate.Pending })
	}
	line := departure.Departure{ID: departure.ID(id.New()), List: r.ID, Kind: r.Kind, Person: who, Named: e.Name, On: e.Happened, Whither: e.Whither, State: departure.Proposed}
	if at < 0 {
		return r.bare(tx, line)
	}
	line.Region, line.Certificate = held[at].Region, held[at].ID
	before, err := tx.DeparturesOf(held[at])
	if err != nil {
		return nil, err
	}
	bare, err := tx.DeparturesBare(county, who) // what was said before there was a certificate, and dismissed
	if err != nil {
		return nil, err
	}
	return r.propose(line, append(before, slices.DeleteFunc(bare, ended)...)), nil
}

// before tells a line with a number that somebody of the county had before it was corrected. Nothing is proposed for them: the number may truly be another's, and the
// living are not to be taken for dead. Whoever handed the list in compares the two, and sends the line again with the number that holds now.
func (r *DepartureReport) before(tx *store.Tx, e roster.Entry) (told bool, err error) {
	f, err := tx.Former(e.Number)
	if err != nil || f == nil || f.County != r.Region {
		return false, err
	}
	p, err := tx.Person(f.Person)
	if err != nil {
		return false, err
	}
	r.Rejected++
	r.Renumbered = append(r.Renumbered, roster.Rejection{Row: e.Row, Column: lang.T("roster.column.identity"), Value: e.Number.Masked(), Reason: roster.Corrected,
		Message: lang.T("departure.corrected", e.Number.Masked(), f.On.Chinese(), p.Number.Masked(), p.Name, e.Name)})
	return true, nil
}

// bare is a line about somebody who holds nothing: a death is kept when a case is under way, because its card would be made and handed out otherwise.
func (r *DepartureReport) bare(tx *store.Tx, line departure.Departure) ([]departure.Departure, error) {
	var open application.ID
	var err error
	if r.Kind == departure.Death {
		open, err = tx.OpenCase(r.Region, line.Person)
	}
	if err != nil || open == "" {
		r.Idle++
		return nil, err
	}
	c := store.Case{}
	if c.Application, err = tx.Application(open); err != nil {
		return nil, err
	}
	if c.Person, err = tx.Person(line.Person); err != nil {
		return nil, err
	}
	r.Cases, line.Region = append(r.Cases, c), c.Person.Region
	before, err := tx.DeparturesBare(r.Region, line.Person)
	if err != nil {
		return nil, err
	}
	return r.propose(line, slices.DeleteFunc(before, ended)), nil
}

// ended says whether a departure ended a case before the one that is open.
func ended(d departure.Departure) bool { return d.State == departure.Cancelled }

// propose is a line about somebody of whom the lists before said this: new, or more about what is open already, or nothing that was not decided before.
func (r *DepartureReport) propose(line departure.Departure, before []departure.Departure) []departure.Departure {
	for _, b := range before {
		switch {
		case b.Learn(line):
			r.Matched++
			return []departure.Departure{b}
		case b.State.Open(), b.Repeats(line):
			r.Idle++
			return nil
		}
	}
	r.Matched++
	return []departure.Departure{line}
}
