package fieldwork

import (
	"fmt"
	"io"

	"hefa/internal/roster"
	"hefa/internal/sheet"
)

// Open is a list in a file, found among its sheets.
func Open(kind roster.Kind, r io.ReaderAt, size int64) (sheet.Sheet, error) {
	return open(kind, nil, r, size)
}

func open(kind roster.Kind, known roster.Known, r io.ReaderAt, size int64) (sheet.Sheet, error) {
	book, err := sheet.Open(r, size)
	if err != nil {
		return sheet.Sheet{}, err
	}
	list, _, err := book.List(kind, known)
	return list, err
}

// Judge reads a list and reports what is wrong with it; nothing is kept, so no store is needed.
func Judge(kind roster.Kind, where string, r io.ReaderAt, size int64) (roster.Result, error) {
	list, err := Open(kind, r, size)
	if err != nil {
		return roster.Result{}, err
	}
	return roster.Read(kind, where, list.Rows(), func(roster.Entry) error { return nil })
}

// listOf runs fn with the list of an upload, read from its kept file.
func (d *Desk) listOf(u roster.Upload, known roster.Known, fn func(sheet.Sheet) error) error {
	f, err := d.files.Open(u.Hash)
	if err != nil {
		return fmt.Errorf("opening list %s: %w", u.ID, err)
	}
	defer f.Close() // it was only read
	list, err := open(u.Kind, known, f, f.Size())
	if err != nil {
		return err
	}
	return fn(list)
}
