package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"hefa/internal/access"
	"hefa/internal/files"
	"hefa/internal/lang"
)

// filesLine is what is done with attachments from the command line.
type filesLine struct {
	Check filesCheck `cmd:"" help:"Read every attachment and name those that are missing, changed, or used by nothing."`
	Move  filesMove  `cmd:"" help:"Copy every attachment from the data folder into the object store, or back, read each back, and have the installation use them there."`
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

// filesMove brings the attachments to another place.
type filesMove struct {
	place
	Back  bool `help:"From the object store into the data folder."`
	Ahead bool `help:"Only copy, while the server runs on; the move itself then takes less time."`
	Leave bool `name:"leave-damaged" help:"Move although some are damaged; those are left behind."`
}

// Run copies what is not there yet and, unless it was to go ahead only, says that the attachments are there from now on. It is refused while
// a server or another command works with the data folder. What lies in the old place stays. It may be cut off and run again.
func (c *filesMove) Run(ctx context.Context) error {
	b, err := c.bucket()
	if err == nil && b == nil {
		err = errors.New(lang.T("files.move.where"))
	}
	if err != nil {
		return err
	}
	at := c.place
	if is, err := files.Where(c.files()); err != nil {
		return err
	} else if is == "" {
		at.S3 = ""
	}
	h, err := at.open(ctx) // where they are now, which also brings the keys
	if err != nil {
		return err
	}
	defer func() { _ = h.db.Close() }() // nothing was written
	if !c.Ahead {
		if err := h.files.Alone(); err != nil {
			return told(err)
		}
	}
	folder, err := files.Open(c.files(), h.keys)
	if err != nil {
		return told(err)
	}
	far, err := files.OpenBucket(c.files(), b, h.keys)
	if err != nil {
		return told(err)
	}
	from, to, then := folder, far, b
	if c.Back {
		from, to, then = far, folder, nil
	}
	n, err := from.CopyTo(ctx, to, func(n files.Copied) { fmt.Println(lang.T("files.move.on", n.New)) })
	if err != nil {
		return told(err)
	}
	for _, hash := range n.Damaged {
		fmt.Println(lang.T("files.move.damaged", hash))
	}
	fmt.Println(lang.T("files.move.done", n.New, n.There, len(n.Damaged)))
	if len(n.Damaged) > 0 && !c.Leave {
		return errors.New(lang.T("files.move.bad", len(n.Damaged)))
	}
	if c.Ahead {
		return nil
	}
	if err := files.Settle(c.files(), then); err != nil {
		return err
	}
	fmt.Println(lang.T("files.move.settled"))
	return nil
}
