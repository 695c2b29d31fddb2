package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"hefa/internal/casework"
	"hefa/internal/lang"
)

// packageLine is what is done with evidence packages.
type packageLine struct {
	Verify packageVerify `cmd:"" help:"Check that an evidence package is as it was signed, without the database."`
}

// packageVerify checks one.
type packageVerify struct {
	File   string `arg:"" help:"The package, a ZIP file." type:"existingfile"`
	Public string `help:"The installation's public key as the checker has it from elsewhere; without it the package's own is taken, which shows only that it fits itself."`
}

// Run says what the package is, and fails when it is not whole.
func (c *packageVerify) Run(context.Context) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close() // it was only read
	at, err := f.Stat()
	if err != nil {
		return err
	}
	p, err := casework.CheckPackage(f, at.Size(), c.Public)
	if err != nil {
		return fmt.Errorf("%s: %w", lang.T("package.changed"), err)
	}
	fmt.Println(lang.T("package.whole", p.No, len(p.Files), p.By, p.At.Format(time.RFC3339), p.Key))
	fmt.Println(lang.T("package.proved", p.Proved, p.Waiting))
	return nil
}
