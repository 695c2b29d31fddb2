package records

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/lang"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// BlankColumns is what can be taken out of a list of blanks.
var BlankColumns = []string{"cards.column.serial", "blanks.kind", "cards.column.state", "blanks.desk", "blanks.reason", "blanks.witness", "blanks.moved"}

// ExportBlanks writes the blanks that the filter leaves as a spreadsheet, by serial; taking it out is written down.
func (d *Desk) ExportBlanks(ctx context.Context, by access.Actor, f store.BlankFilter, to sheet.Out) error {
	if err := to.Check(BlankColumns); err != nil {
		return err
	}
	var all []card.Blank
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		home, err := tx.CountyFor(access.BlankRead, f.County)
		if err != nil {
			return err
		}
		if err := by.May(access.ListExport, home); err != nil {
			return err
		}
		f.County, f.From, f.After, f.Limit = home, card.Serial(f.From), "", exported
		if all, err = tx.Blanks(f); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "blank", ID: f.From, Region: home, Note: lang.T("blanks.title")})
	})
	if err != nil {
		return err
	}
	var rows [][]string
	for _, b := range all {
		rows = append(rows, []string{b.Serial, lang.T(b.Kind.Word()), lang.T(b.State.Word()), b.Desk, b.Reason, b.Witness, string(b.Moved)})
	}
	title := lang.T("blanks.title")
	return to.Write(sheet.Table{Name: title, Title: title, Rows: sheet.Rows(rows), Columns: sheet.Keyed(BlankColumns)})
}
