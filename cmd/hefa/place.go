package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/region"
	"hefa/internal/seal"
	"hefa/internal/store"
	"hefa/internal/upkeep"
)

// place is where an installation keeps its data; every command has these flags.
type place struct {
	Data     string `help:"Folder of the database and the files." default:"data" type:"path"`
	Database string `help:"postgres:// address; without it the data folder holds an SQLite file."`
	keyring
	S3    string `name:"s3" help:"Configuration (JSON) of the object store that keeps the files instead of the data folder: endpoint, region, bucket, prefix, style, ca_file, access, secret_file." type:"path"`
	Clamd string `help:"Virus scanner that looks at every file before it is kept: clamd's address, tcp://host:port or unix:/path. Files are refused while it does not answer; without it nobody looks."`
	Today string `help:"Let the office stand on this day (YYYY-MM-DD), for demonstrations and tests."`

	follow bool // the log of the database is for a shipper
}

// house is an opened installation.
type house struct {
	db    *store.DB
	files *files.Cabinet
	keys  *seal.Ring
	ship  *upkeep.Shipper // nil when nothing is shipped
}

// open opens the installation and furnishes an empty one with places and working days.
func (p place) open(ctx context.Context) (house, error) {
	now, err := p.clock()
	if err != nil {
		return house{}, err
	}
	if half, err := upkeep.Unfinished(p.Data); err != nil || half {
		return house{}, errors.Join(told(fault.New(fault.Refused, "restore.unfinished", p.Data)), err)
	}
	address := p.Database
	if address == "" {
		address = filepath.Join(p.Data, "hefa.db")
	}
	keys, err := p.ring(p.Data)
	if err != nil {
		return house{}, told(err)
	}
	db, err := store.Open(ctx, address, store.Options{Now: now, Keys: keys, Sealing: sealing, Follow: p.follow})
	if err != nil {
		return house{}, told(err)
	}
	folder, err := p.cabinet(keys)
	if err != nil {
		return house{}, errors.Join(told(err), db.Close())
	}
	if p.Clamd != "" {
		if folder.Clamd, err = files.NewClamd(p.Clamd); err != nil {
			return house{}, errors.Join(told(err), db.Close())
		}
	}
	if err := db.Furnish(ctx, region.All()); err != nil {
		return house{}, errors.Join(err, db.Close())
	}
	return house{db: db, files: folder, keys: keys}, nil
}

// cabinet is where the files are kept.
func (p place) cabinet(keys *seal.Ring) (*files.Cabinet, error) {
	b, err := p.bucket()
	if err != nil {
		return nil, err
	}
	return files.Stand(p.files(), b, keys)
}

// bucket is the object store that is configured, nil when there is none.
func (p place) bucket() (*files.Bucket, error) {
	if p.S3 == "" {
		return nil, nil
	}
	return files.ReadBucket(p.S3)
}

func (p place) files() string { return filepath.Join(p.Data, "files") }

// clock is the machine's clock, moved by whole days so that today is the wanted day; it runs on from there.
func (p place) clock() (func() time.Time, error) {
	if p.Today == "" {
		return time.Now, nil
	}
	want, err := day.Parse(p.Today)
	if err != nil {
		return nil, fmt.Errorf("--today: %w", err)
	}
	days := want.Sub(day.Of(time.Now(), day.Beijing))
	return func() time.Time { return time.Now().AddDate(0, 0, days) }, nil
}
