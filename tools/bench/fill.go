package main

import (
	"context"
	"fmt"
	"os"
	"runtime/pprof"
	"time"

	"hefa/internal/day"
	"hefa/internal/demo"
	"hefa/internal/region"
	"hefa/internal/seal"
	"hefa/internal/store"
)

// fill makes the store that the pages are measured on.
type fill struct {
	Store string `arg:"" help:"Path of an SQLite file, or a postgres:// address."`
	Keys  string `help:"File of the master key, made when there is none; the server is to be given the same one." required:""`
	Cases int    `help:"How many." default:"200000"`
	Today string `help:"The day on which the cases wait (YYYY-MM-DD); empty is the machine's."`
	CPU   string `help:"Write a CPU profile to this file."`
}

// Run prints how long each part took.
func (f *fill) Run(ctx context.Context) error {
	if f.CPU != "" {
		out, err := os.Create(f.CPU)
		if err != nil {
			return err
		}
		defer out.Close()
		if err := pprof.StartCPUProfile(out); err != nil {
			return err
		}
		defer pprof.StopCPUProfile()
	}
	start := time.Now()
	db, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // everything is committed
	if err := db.Furnish(ctx, region.All()); err != nil {
		return err
	}
	fmt.Printf("%-10s furnished in %.1f s", db.Engine(), time.Since(start).Seconds())
	start = time.Now()
	if _, err := demo.Fill(ctx, db); err != nil {
		return err
	}
	fmt.Printf(", demonstration filled in %.1f s", time.Since(start).Seconds())
	start = time.Now()
	if err := demo.Bulk(ctx, db, f.Cases); err != nil {
		return err
	}
	fmt.Printf(", %d cases entered in %.1f s", f.Cases, time.Since(start).Seconds())
	start = time.Now()
	if err := db.SealAll(ctx, nil); err != nil { // as it is in an office: there the lines of the last second wait
		return err
	}
	fmt.Printf(", their audit sealed in %.1f s\n", time.Since(start).Seconds())
	return nil
}

// open opens the store, whose clock stands on the wanted day.
func (f *fill) open(ctx context.Context) (*store.DB, error) {
	keys, err := seal.NewRing(seal.MasterFile(f.Keys), seal.National)
	if err != nil {
		return nil, err
	}
	if f.Today == "" {
		return store.Open(ctx, f.Store, store.Options{Keys: keys})
	}
	want, err := day.Parse(f.Today)
	if err != nil {
		return nil, fmt.Errorf("--today: %w", err)
	}
	days := want.Sub(day.Of(time.Now(), day.Beijing))
	return store.Open(ctx, f.Store, store.Options{Now: func() time.Time { return time.Now().AddDate(0, 0, days) }, Keys: keys})
}
