package main

import (
	"context"
	"log/slog"
	"os"
	"sync"

	"hefa/internal/access"
	"hefa/internal/exchange"
	"hefa/internal/fieldwork"
	"hefa/internal/office"
	"hefa/internal/region"
	"hefa/internal/roster"
	"hefa/internal/worker"
)

// importList takes a list in.
type importList struct {
	place
	Kind   string `arg:"" enum:"expired,suspected,register" help:"Which list: expired, suspected, or register for all that another register holds."`
	File   string `arg:"" help:"The spreadsheet, XLSX or CSV."`
	Region string `required:"" help:"The township's code of nine digits; for a register also the county's of six."`
	DryRun bool   `help:"Only say what is wrong with the list; nothing is stored and no database is needed."`
	JSON   bool   `name:"json" help:"Print one JSON object."`
	As     string `help:"Sign-in name of the officer who takes the list in; without it the command line itself does."`
}

// Run prints the report of the list, and stores what is good unless it is a dry run.
func (c *importList) Run(ctx context.Context) error {
	list := exchange.List{Kind: roster.Kind(c.Kind), Region: region.Code(c.Region), File: c.File}
	if c.DryRun {
		report, err := list.Judge()
		if err != nil {
			return err
		}
		return exchange.Write(os.Stdout, report, c.JSON)
	}
	report, late, err := c.store(ctx, list)
	if err != nil {
		return err
	}
	if err := exchange.WriteLate(os.Stderr, late); err != nil {
		return err
	}
	return exchange.Write(os.Stdout, report, c.JSON)
}

// store opens the installation and has a worker of its own take the list in; what an earlier run left half done is finished too.
func (c *importList) store(ctx context.Context, list exchange.List) (roster.Report, []roster.Rejection, error) {
	h, err := c.open(ctx)
	if err != nil {
		return roster.Report{}, nil, err
	}
	defer func() { _ = h.db.Close() }() // what was committed is on disk already
	desks := worker.Desks{Office: office.New(h.db), Fieldwork: fieldwork.New(h.db, h.files)}
	by := access.Console(list.Region)
	if c.As != "" {
		if by, err = desks.Office.Acting(ctx, access.Program(), c.As); err != nil {
			return roster.Report{}, nil, exchange.Plain(err)
		}
	}
	working, stop := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() { worker.NewImporter(desks, slog.New(slog.DiscardHandler)).Run(working) })
	defer done.Wait()
	defer stop()
	return list.Import(ctx, desks.Fieldwork, by)
}
