package casework

import (
	"bytes"
	"context"
	"fmt"
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

// NoticeColumns is what can be taken out of a list of notices.
var NoticeColumns = []string{"notice.column.no", "notice.column.place", "notice.column.starts", "notice.column.ends", "notice.column.people", "notice.phone",
	"notice.column.state"}

// ExportNotices writes the notices of a place, without their people, as a workbook to w and leaves an audit line about it.
func (d *Desk) ExportNotices(ctx context.Context, by access.Actor, f NoticeFilter, to sheet.Out) error {
	if err := to.Check(NoticeColumns); err != nil {
		return err
	}
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
		if err := writeNotices(to.Into(&file), found); err != nil {
			return fmt.Errorf("writing the notices: %w", err)
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "notice", Region: where, Note: lang.T("notice.export.note", len(found))})
	})
	if err != nil {
		return err
	}
	_, err = file.WriteTo(to.To)
	return err
}

// writeNotices is the workbook: one row a notice.
func writeNotices(to sheet.Out, all []NoticeLine) error {
	return to.Write(sheet.Table{
		Name:    lang.T("notice.list.title"),
		Columns: sheet.Keyed(NoticeColumns),
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
