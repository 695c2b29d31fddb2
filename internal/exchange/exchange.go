// Package exchange is the door of the command line for lists in files: what comes in, and what is said about it.
package exchange

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/lang"
	"hefa/internal/region"
	"hefa/internal/roster"
)

// List is a township's list in a file.
type List struct {
	Kind   roster.Kind
	Region region.Code // the township, or the county of a register
	File   string
}

// Judge reports what is wrong with the list and keeps nothing; no installation is needed.
func (l List) Judge() (roster.Report, error) {
	if err := l.known(); err != nil {
		return roster.Report{}, err
	}
	f, err := l.open()
	if err != nil {
		return roster.Report{}, err
	}
	defer f.Close() // it was only read
	at, err := f.Stat()
	if err != nil {
		return roster.Report{}, err
	}
	result, err := fieldwork.Judge(l.Kind, string(l.Region), f, at.Size())
	return result.Report, Plain(err)
}

// known says whether the country has such a township.
func (l List) known() error {
	if l.Kind.Covers(l.Region) && l.Region.Valid() {
		for r, err := range region.Within(l.Region) {
			if err != nil {
				return err
			}
			if r.Code == l.Region {
				return nil
			}
		}
	}
	return errors.New(lang.T("import.region.unknown", l.Region))
}

func (l List) open() (*os.File, error) {
	f, err := os.Open(l.File)
	if err != nil {
		return nil, errors.Join(errors.New(lang.T("import.file.unreadable", l.File)), err)
	}
	return f, nil
}

// watch is how often the state of a list is looked at while a worker is at it.
const watch = 20 * time.Millisecond

// Import hands the list in, confirms it once it is checked, and comes back when its good rows are entered; a worker must be running meanwhile. late is
// the rows that the register contradicts.
func (l List) Import(ctx context.Context, desk *fieldwork.Desk, by access.Actor) (r roster.Report, late []roster.Rejection, err error) {
	f, err := l.open()
	if err != nil {
		return r, nil, err
	}
	defer f.Close() // it was only read
	id, err := desk.UploadRoster(ctx, by, fieldwork.Paper{Kind: l.Kind, Region: l.Region, Name: filepath.Base(l.File), File: f})
	if err != nil {
		return r, nil, Plain(err)
	}
	h, err := settled(ctx, desk, by, id)
	if err != nil {
		return r, nil, err
	}
	switch {
	case h.State == roster.Unreadable:
		return r, nil, errors.New(h.Fault)
	case h.Good == 0:
		err = desk.DropRoster(ctx, by, id)
	default:
		if err = desk.ConfirmRoster(ctx, by, id); err == nil {
			_, err = settled(ctx, desk, by, id)
		}
	}
	if err != nil {
		return r, nil, Plain(err)
	}
	return desk.RosterReport(ctx, by, id)
}

// settled waits until the program has done its turn.
func settled(ctx context.Context, desk *fieldwork.Desk, by access.Actor, id roster.ID) (fieldwork.Handed, error) {
	tick := time.NewTicker(watch)
	defer tick.Stop()
	for {
		h, _, err := desk.Roster(ctx, by, id, 0, 0)
		if err != nil || !h.State.Working() {
			return h, Plain(err)
		}
		select {
		case <-ctx.Done():
			return h, ctx.Err()
		case <-tick.C:
		}
	}
}

// Plain is err in the words that a user reads.
func Plain(err error) error {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return err
	}
	text := lang.T(f.Key, f.Args...)
	for _, p := range f.Fields {
		text += "\n" + lang.T(p.Key, p.Args...)
	}
	return errors.New(text)
}

// Write prints the report: one JSON object for programs, else sentences for people. It says the same whether the list was stored or only looked at.
func Write(w io.Writer, r roster.Report, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	_, err := io.WriteString(w, text(r))
	return err
}

func text(r roster.Report) string {
	s := lang.T("import.head", lang.T(r.Kind.Word()), r.Region, r.HeaderRow, r.Rows, r.Good) + "\n"
	for _, x := range r.Rejected {
		s += lang.T("import.rejected", x.Row, x.Message) + "\n"
	}
	for _, d := range r.Duplicates {
		s += lang.T("import.duplicate", d.Row, d.SameAs) + "\n"
	}
	return s
}

// WriteLate prints the rows that the register contradicts.
func WriteLate(w io.Writer, late []roster.Rejection) error {
	for _, x := range late {
		if _, err := fmt.Fprintln(w, lang.T("import.rejected", x.Row, x.Message)); err != nil {
			return err
		}
	}
	return nil
}
