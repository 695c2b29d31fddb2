package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"hefa/internal/access"
	"hefa/internal/lang"
)

// filesLine is what is done with attachments from the command line.
type filesLine struct {
	Check filesCheck `cmd:"" help:"Read every attachment and name those that are missing, changed, or used by nothing."`
}

// filesCheck checks the attachments.
type filesCheck struct {
	place
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Run prints a line a file with which something is wrong, and fails when one is lost. Nothing is changed; the server may run meanwhile.
func (c *filesCheck) Run(ctx context.Context) error {
	if _, err := os.Stat(c.sqlite()); c.Database == "" && err != nil {
		return errors.New(lang.T("backup.nothing", c.Data))
	}
	h, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = h.db.Close() }() // nothing was written
	r, err := h.upkeep(c.place, "", 0).CheckFiles(ctx, access.Program())
	if err != nil {
		return told(err)
	}
	if c.JSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		err = out.Encode(r)
	} else {
		for _, f := range r.Findings {
			fmt.Println(f.Words())
		}
		fmt.Println(lang.T("files.check.done", r.Whole, r.Bad(), len(r.Findings)-r.Bad()))
	}
	if err == nil && r.Bad() > 0 {
		err = errors.New(lang.T("files.check.bad", r.Bad()))
	}
	return err
}
