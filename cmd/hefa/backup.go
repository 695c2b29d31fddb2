package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/upkeep"
	"hefa/internal/vault"
)

// version is what the program was built from; the linker sets it.
var version = "unknown"

// backup takes a backup.
type backup struct {
	place
	To   string `arg:"" help:"Folder of backups, which share attachments and rows that did not change; or the name of one new file that ends in .hefa." type:"path"`
	File bool   `help:"Write one file, whatever its name."`
}

// Run takes the backup while the server runs on, and prints what it holds.
func (c *backup) Run(ctx context.Context) error {
	if _, err := os.Stat(c.sqlite()); c.Database == "" && err != nil {
		return errors.New(lang.T("backup.nothing", c.Data))
	}
	h, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = h.db.Close() }() // what was committed is on disk already
	file := c.File || strings.HasSuffix(c.To, ".hefa")
	b, err := h.upkeep(c.place, "", 0).TakeBackup(ctx, access.Program(), c.To, file)
	if err != nil {
		return told(err)
	}
	fmt.Println(lang.T("backup.taken", b.ID, b.Rows, b.Files, b.Fresh, b.Bytes, b.Wrote, b.Took.Seconds()))
	return nil
}

// sqlite is the file without which an installation in a folder is none.
func (p place) sqlite() string { return filepath.Join(p.Data, "hefa.db") }

// upkeep is the desk that looks after the installation.
func (h house) upkeep(p place, backups string, keep int) *upkeep.Desk {
	return upkeep.New(h.db, h.files, h.keys, upkeep.Place{Data: p.Data, Backups: backups, Keep: keep, Program: version, Ship: h.ship})
}

// restore brings a backup back.
type restore struct {
	place
	depot
	From  string `arg:"" optional:"" help:"Folder of backups (its newest one is taken), one backup in it, or the file of one." type:"path"`
	To    string `help:"The second to go back to, from what was shipped (--ship or --ship-s3): 2026-11-30T20:34:56 in Beijing's time, 2026-11-30T12:34:56Z, or latest." placeholder:"TIME"`
	Check bool   `help:"Only prove that the backup is whole; nothing is restored."`
}

// Run restores into an empty place and prints what came back.
func (c *restore) Run(ctx context.Context) error {
	if c.To != "" {
		return c.toSecond(ctx)
	}
	if c.From == "" {
		return errors.New(lang.T("restore.from"))
	}
	keys, err := c.ring(c.Data)
	if err != nil {
		return told(err)
	}
	var m vault.Manifest
	if c.Check {
		m, err = upkeep.CheckBackup(ctx, c.From, keys)
	} else {
		m, err = upkeep.Restore(ctx, upkeep.RestoreOrder{From: c.From, Data: c.Data, Database: c.Database, Keys: keys})
	}
	if err != nil {
		return told(err)
	}
	if c.Check {
		fmt.Println(lang.T("restore.whole", m.Name, m.Count(), len(m.Files)))
	} else {
		fmt.Println(lang.T("restore.done", m.Name, m.Count(), len(m.Files)))
	}
	return nil
}
