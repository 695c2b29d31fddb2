package casework

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// exportMost is how many notices one workbook holds; a county has a few hundred a year.
const exportMost = 5000

// ExportNotices writes the notices of a place, without their people, as a workbook to w and leaves an audit line about it.
func (d *Desk) ExportNotices(ctx context.Context, by access.Actor, f NoticeFilter, w io.Writer) error {
	var file bytes.Buffer
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.NoticeRead, f.Region)
		if err != nil {
			return err
		}
		if err := by.May(access.ListExport, where); err != nil {
			return err
		}
		if where.Level() < region.County {
			return fault.New(fault.Refused, "scope.county.wanted")
		}
		f.After, f.Limit = "", exportMost
		all, err := tx.Notices(f.store(where, tx.Today()))
		if err != nil {
			return err
		}
		found, err := lines(tx, all[:min(len(all), exportMost)])
		if err != nil {
			return err
		}
		file.Reset()
		if err := writeNotices(&file, found); err != nil {
			return fmt.Errorf("writing the notices: %w", err)
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "notice", Region: where, Note: lang.T("notice.export.note", len(found))})
	})
	if err != nil {
		return err
	}
	_, err = file.WriteTo(w)
	return err
}

// writeNotices is the workbook: one row a notice.
func writeNotices(w io.Writer, all []NoticeLine) error {
	return sheet.WriteXLSX(w, sheet.Table{
		Name: lang.T("notice.list.title"),
		Columns: sheet.Columns(lang.T("notice.column.no"), lang.T("notice.column.place"), lang.T("notice.column.starts"), lang.T("notice.column.ends"),
			lang.T("notice.column.people"), lang.T("notice.phone"), lang.T("notice.column.state")),
		Rows: func(yield func([]string, error) bool) {
			for _, n := range all {
				state := Ended
				if n.Running {
					state = Running
				}
				if !yield([]string{n.No, n.Place, string(n.Starts), string(n.Ends), strconv.Itoa(n.People), n.Phone, lang.T("notice.state." + string(state))}, nil) {
					return
				}
			}
		},
	})
}
