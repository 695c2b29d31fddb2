// Command hefa runs the whole life of the disability certificate: the server, and what is done from a command line.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// program is the command line: each command with its flags, also from the environment (HEFA_…).
type program struct {
	Serve   serve       `cmd:"" help:"Serve the offices over HTTP."`
	Import  importList  `cmd:"" help:"Take in a township's list of expired holders or of suspected people, or what another register holds."`
	Account account     `cmd:"" help:"Accounts of a first installation."`
	Keys    keys        `cmd:"" help:"Keys that personal data is sealed with."`
	Token   token       `cmd:"" help:"Tokens for other programs."`
	Backup  backup      `cmd:"" help:"Back up rows and attachments of one moment, sealed, while the server runs on."`
	Restore restore     `cmd:"" help:"Prove a backup and bring it back into an empty place."`
	Audit   audit       `cmd:"" help:"Show that nobody has changed the audit."`
	Files   filesLine   `cmd:"" help:"Attachments on the disk."`
	Scan    scanLine    `cmd:"" help:"Scans from a scanner's folder."`
	Package packageLine `cmd:"" help:"Evidence packages of cases."`
	Migrate migrate     `cmd:"" help:"Bring the schema up to date, and spread it over Citus."`
	Doctor  doctor      `cmd:"" help:"Name what is wrong with an installation, and what to do."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var p program
	line := kong.Parse(&p, kong.Name("hefa"), kong.Description("核发：残疾人证核发管理"), kong.UsageOnError(),
		kong.DefaultEnvars("HEFA"), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := line.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "hefa:", err)
		os.Exit(1)
	}
}
