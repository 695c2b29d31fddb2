package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"hefa/internal/feeder"
	"hefa/internal/lang"
)

// scanLine is what is done with scans from the command line.
type scanLine struct {
	Watch scanWatch `cmd:"" help:"Hand in what a scanner drops into a folder, over the API; runs on the clerk's own PC."`
}

// scanWatch watches a folder.
type scanWatch struct {
	Dir    string        `arg:"" help:"The folder that the scanner writes to." type:"existingdir"`
	Server string        `help:"Address of the server." default:"http://127.0.0.1:8080"`
	Token  string        `name:"token-file" help:"File with a token of hefa token create; the papers are filed in the name of its account." type:"existingfile" required:""`
	Signer string        `help:"Who signed the slips among the papers." enum:"self,guardian" default:"self"`
	Settle time.Duration `help:"How long a file must not have changed before it is handed in." default:"3s"`
}

// Run hands in until the program is told to stop, and prints a line a file.
func (c *scanWatch) Run(ctx context.Context) error {
	token, err := os.ReadFile(c.Token)
	if err != nil {
		return err
	}
	secret := strings.TrimSpace(string(token))
	if secret == "" {
		return errors.New(lang.T("feeder.token", c.Token))
	}
	say := func(line string) { fmt.Printf("%s %s\n", time.Now().Format(time.DateTime), line) }
	f, err := feeder.New(feeder.Options{Folder: c.Dir, Server: c.Server, Token: secret, Signer: c.Signer, Settle: c.Settle, Say: say})
	if err != nil {
		return err
	}
	say(lang.T("feeder.begun", c.Dir, c.Server))
	return f.Run(ctx)
}
