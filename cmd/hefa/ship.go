package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"hefa/internal/day"
	"hefa/internal/files"
	"hefa/internal/lang"
	"hefa/internal/upkeep"
	"hefa/internal/vault"
)

// depot is where every change of an SQLite database is shipped to.
type depot struct {
	Ship   string `help:"Folder, on another disk, that every change of the SQLite database and every attachment is shipped to within a second or two, so that each second of the last days can be had back; it must be there already." type:"path" xor:"depot"`
	ShipS3 string `name:"ship-s3" help:"Configuration (JSON, as that of --s3) of the object store that they are shipped to instead." type:"path" xor:"depot"`
}

// shelf is the depot with its name, nil when there is none.
func (d depot) shelf() (vault.Depot, string, error) {
	switch {
	case d.Ship != "":
		return vault.Shelf(d.Ship), d.Ship, nil
	case d.ShipS3 != "":
		b, err := files.ReadBucket(d.ShipS3)
		if err != nil {
			return nil, "", err
		}
		return b, b.Name(), nil
	}
	return nil, "", nil
}

// shipper gives an installation what ships its database, when that is wanted.
func (c *serve) shipper(h *house, log *slog.Logger) error {
	d, name, err := c.shelf()
	if err != nil || d == nil {
		return err
	}
	if c.Database != "" {
		return errors.New(lang.T("restore.to.postgres"))
	}
	kept := h.files
	if c.S3 != "" {
		kept = nil // they lie in an object store already
	}
	h.ship = upkeep.NewShipper(h.db, kept, h.keys, upkeep.Shipping{Depot: d, Name: name, Data: c.Data, Days: c.ShipDays, Log: log})
	return nil
}

// shipping ships until the end that it answers is called, which waits until what was committed last is out. It comes last, because requests in hand
// and the jobs still write after ctx.
func (h house) shipping(ctx context.Context) (end func()) {
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	var done sync.WaitGroup
	done.Go(func() { h.ship.Run(ctx) })
	return func() { stop(); done.Wait() }
}

// moment reads a second: in Beijing's time unless it says otherwise, zero for the last that there is.
func moment(text string) (time.Time, error) {
	if text == "latest" {
		return time.Time{}, nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at, nil
	}
	for _, form := range []string{"2006-01-02T15:04:05", time.DateTime} {
		if at, err := time.ParseInLocation(form, text, day.Beijing); err == nil {
			return at, nil
		}
	}
	return time.Time{}, errors.New(lang.T("restore.to.time", text))
}

// toSecond restores what was shipped until a second.
func (c *restore) toSecond(ctx context.Context) error {
	to, err := moment(c.To)
	if err != nil {
		return err
	}
	d, _, err := c.shelf()
	if err != nil {
		return err
	}
	if d == nil || c.From != "" || c.Check {
		return errors.New(lang.T("restore.to.source"))
	}
	keys, err := c.ring(c.Data)
	if err != nil {
		return told(err)
	}
	began := time.Now()
	done, err := upkeep.RestoreTo(ctx, upkeep.RestoreOrder{Data: c.Data, Database: c.Database, Keys: keys}, d, to, c.S3 != "")
	if err != nil {
		return told(err)
	}
	fmt.Println(lang.T("restore.to.done", done.Until.In(day.Beijing).Format(time.DateTime), done.Until.UTC().Format(time.RFC3339), done.Base.In(day.Beijing).Format(time.DateTime),
		done.Segments, done.Bytes, done.Files, time.Since(began).Seconds()))
	for _, bad := range done.Bad {
		fmt.Println(lang.T("restore.to.bad", told(bad.Err)))
	}
	return nil
}
