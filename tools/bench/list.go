package main

import (
	"os"

	"hefa/internal/demo"
)

// list writes the workbook whose import is measured.
type list struct {
	File string `arg:"" help:"The workbook to write."`
	Rows int    `help:"How many people stand on it." default:"100000"`
}

// Run writes it.
func (l *list) Run() error {
	f, err := os.Create(l.File)
	if err != nil {
		return err
	}
	if err := demo.WriteList(f, l.Rows); err != nil {
		_ = f.Close() // the first error tells more
		return err
	}
	return f.Close()
}
