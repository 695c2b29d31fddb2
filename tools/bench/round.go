package main

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/region"
	"hefa/internal/renewing"
	"hefa/internal/store"
)

// round measures the daily round of reminders over many certificates.
type round struct {
	Store        string `arg:"" help:"Path of a new SQLite file, or the postgres:// address of an empty database."`
	Keys         string `help:"File of the master key, made when there is none." required:""`
	Bare         string `help:"The program that enters the certificates and asks the bare question." default:"bin/bare"`
	Certificates int    `help:"How many, over a hundred counties and ten years of validity." default:"1000000"`
}

const roundCounties = 100

// Run prints how long the first round took, which catches up on half a year, then that of the next day, then one that finds nothing, each beside the
// bare question who is due.
func (b *round) Run(ctx context.Context) error {
	start := time.Now()
	f := fill{Store: b.Store, Keys: b.Keys}
	today := day.Of(time.Now(), day.Beijing)
	db, counties, err := b.furnished(ctx, f)
	if err != nil {
		return err
	}
	enter := exec.CommandContext(ctx, b.Bare, append([]string{"certificates", b.Store, strconv.Itoa(b.Certificates), string(today)}, counties...)...)
	if out, err := enter.CombinedOutput(); err != nil {
		return fmt.Errorf("entering certificates: %w: %s", err, out)
	}
	fmt.Printf("%-10s %d certificates of %d counties entered in %.1f s\n", db.Engine(), b.Certificates, len(counties), time.Since(start).Seconds())
	if err := db.Close(); err != nil {
		return err
	}
	for _, r := range []struct {
		name string
		day  day.Day
	}{{"the first round", today}, {"the next day's", today.Add(1)}, {"the same again", today.Add(1)}} {
		f.Today = string(r.day)
		if err := b.measure(ctx, f, r.name); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
	}
	return nil
}

// furnished opens the new store with the country's places and picks the counties.
func (b *round) furnished(ctx context.Context, f fill) (*store.DB, []string, error) {
	db, err := f.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := db.Furnish(ctx, region.All()); err != nil {
		return nil, nil, err
	}
	var counties []string
	for r, err := range region.All() {
		if err != nil {
			return nil, nil, err
		}
		if r.Code.Level() == region.County && len(counties) < roundCounties {
			counties = append(counties, string(r.Code))
		}
	}
	return db, counties, nil
}

// measure runs one round on its day, and asks the bare question before it.
func (b *round) measure(ctx context.Context, f fill, name string) error {
	db, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // everything is committed
	asked, err := b.ask(ctx, day.Day(f.Today))
	if err != nil {
		return err
	}
	start := time.Now()
	did, err := renewing.New(db, nil).RemindAll(ctx, access.Program(), "")
	if err != nil {
		return err
	}
	fmt.Printf("%-10s %-16s %6d letters made, %d ended: %.2f s; %s\n", db.Engine(), name, did.Made, did.Ended,
		time.Since(start).Seconds(), asked)
	return nil
}

// ask is what the bare question finds on a day, and how many seconds it takes.
func (b *round) ask(ctx context.Context, today day.Day) (string, error) {
	out, err := exec.CommandContext(ctx, b.Bare, "due", b.Store, string(today), string(today.AddMonths(1)), string(today.AddMonths(3)), string(today.AddMonths(6))).Output()
	n, seconds, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	return fmt.Sprintf("the bare question finds %s in %s s", n, seconds), err
}
