// Command bench measures a running hefa from outside: it fills a store with cases, writes lists to import, and loads pages over many connections.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
)

// program is the command line.
type program struct {
	Fill        fill        `cmd:"" help:"Furnish a store, fill it with the demonstration county and put cases into it."`
	Database    database    `cmd:"" help:"Make a database on a PostgreSQL server and print its address, or drop it."`
	List        list        `cmd:"" help:"Write a township's list of many rows, to be imported."`
	Load        load        `cmd:"" help:"Load pages of a server and print how long they took."`
	Rest        rest        `cmd:"" help:"Load the REST API of a server and print how long the answers took."`
	Round       round       `cmd:"" help:"Measure the daily round of reminders over many certificates."`
	Letters     letters     `cmd:"" help:"Measure how fast reminders are printed, beside a mail merge."`
	LettersFile lettersFile `cmd:"" help:"Print one file of reminders and say how long it took." hidden:""`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var p program
	line := kong.Parse(&p, kong.Name("bench"), kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := line.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
