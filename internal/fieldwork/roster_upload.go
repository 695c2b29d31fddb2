package fieldwork

import (
	"context"
	"io"
	"path"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/job"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/store"
)

// FileLimit is the largest list that is taken, in bytes; 100,000 rows take about 8 MB.
const FileLimit = 50 << 20

// Paper is a list as it is handed in.
type Paper struct {
	Kind   roster.Kind
	Region region.Code // the township, or the county of a register
	Name   string      // of the file
	File   io.Reader   // nil when no file was chosen
}

// UploadRoster keeps a list's file and has it checked; nothing is entered before ConfirmRoster.
func (d *Desk) UploadRoster(ctx context.Context, by access.Actor, p Paper) (roster.ID, error) {
	if err := p.check(); err != nil {
		return "", err
	}
	if err := by.May(access.RosterImport, p.Region); err != nil {
		return "", err
	}
	kept, err := d.files.Put(p.File, FileLimit)
	if err != nil {
		return "", err
	}
	u := roster.Upload{ID: roster.ID(id.New()), Region: p.Region, Kind: p.Kind, Name: fileName(p.Name), Hash: kept.Hash, State: roster.Checking,
		Account: by.Account, Author: by.Name}
	return u.ID, d.db.Update(ctx, by, func(tx *store.Tx) error {
		if _, err := tx.Region(p.Region); err != nil {
			return err
		}
		u.At = tx.Now()
		if err := tx.AddRoster(u); err != nil {
			return err
		}
		return tx.Enqueue(job.CheckRoster{County: string(u.County()), Roster: string(u.ID)})
	})
}

// check finds what is missing before the file is looked at.
func (p Paper) check() error {
	var problems fault.Problems
	if !p.Kind.Valid() {
		problems.Add("kind", "roster.kind.missing")
	}
	if !p.Kind.Covers(p.Region) {
		problems.Add("region", "roster.region.missing")
	}
	if p.File == nil {
		problems.Add("file", "roster.file.missing")
	}
	return problems.Fault()
}

// fileName is the name alone, as some browsers send the whole path.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	r := []rune(name)
	return string(r[:min(len(r), 120)])
}

// ConfirmRoster has the good rows of a checked list entered.
func (d *Desk) ConfirmRoster(ctx context.Context, by access.Actor, id roster.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		u, err := load(tx, access.RosterImport, id)
		if err != nil {
			return err
		}
		if err := u.Confirm(); err != nil {
			return err
		}
		if err := tx.SaveRoster(u); err != nil {
			return err
		}
		return tx.Enqueue(job.StoreRoster{County: string(u.County()), Roster: string(u.ID)})
	})
}

// DropRoster gives up a list of which nothing has been entered.
func (d *Desk) DropRoster(ctx context.Context, by access.Actor, id roster.ID) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		u, err := load(tx, access.RosterImport, id)
		if err != nil {
			return err
		}
		if err := u.Drop(); err != nil {
			return err
		}
		return tx.SaveRoster(u)
	})
}
