package renewing

import (
	"bytes"
	"context"
	"slices"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// Reasons is why people who were told do not come, by township of a county or village of a township (M9).
type Reasons struct {
	Region region.Code
	Kind   reminder.Kind
	Places []ReasonLine
	Sum    ReasonLine
}

// ReasonLine is one place's figures.
type ReasonLine struct {
	Code   region.Code
	Name   string
	Counts map[reminder.Reason]int // by Told
	Total  int
}

// Told is every reason that is counted, with Unsaid for none at the end.
func Told() []reminder.Reason { return append(slices.Clone(reminder.Reasons), reminder.Unsaid) }

// Reasons counts everybody once who is still awaited after a letter of the kind; "" is the letter to renew.
func (d *Desk) Reasons(ctx context.Context, by access.Actor, where region.Code, kind reminder.Kind) (Reasons, error) {
	var out Reasons
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := scope(by, access.ReminderRead, where)
		if err != nil {
			return err
		}
		out, err = reasonsOf(tx, where, kind)
		return err
	})
	return out, err
}

func reasonsOf(tx *store.Tx, where region.Code, kind reminder.Kind) (Reasons, error) {
	if kind == "" {
		kind = reminder.Renew
	}
	out := Reasons{Region: where, Kind: kind, Sum: ReasonLine{Name: lang.T("reasons.sum"), Code: where, Counts: map[reminder.Reason]int{}}}
	all, err := tx.ReasonCounts(where, kind)
	if err != nil {
		return out, err
	}
	var codes []region.Code
	for _, c := range all {
		if n := len(codes); n == 0 || codes[n-1] != c.Place {
			codes = append(codes, c.Place)
			out.Places = append(out.Places, ReasonLine{Code: c.Place, Counts: map[reminder.Reason]int{}})
		}
		if c.Reason == "" {
			c.Reason = reminder.Unsaid
		}
		for _, line := range []*ReasonLine{&out.Places[len(out.Places)-1], &out.Sum} {
			line.Counts[c.Reason] += c.Count
			line.Total += c.Count
		}
	}
	names, err := tx.RegionNames(codes...)
	for i := range out.Places {
		out.Places[i].Name = names[out.Places[i].Code]
	}
	return out, err
}

// ReasonColumns is what can be taken out of the figures.
var ReasonColumns = func() []string {
	out := []string{"reasons.place"}
	for _, r := range Told() {
		out = append(out, r.Word())
	}
	return append(out, "reasons.total")
}()

// ExportReasons writes the figures as a list, their sum at the end.
func (d *Desk) ExportReasons(ctx context.Context, by access.Actor, where region.Code, kind reminder.Kind, to sheet.Out) error {
	if err := to.Check(ReasonColumns); err != nil {
		return err
	}
	var file bytes.Buffer
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		file.Reset()
		where, err := scope(by, access.ListExport, where)
		if err != nil {
			return err
		}
		all, err := reasonsOf(tx, where, kind)
		if err != nil {
			return err
		}
		err = to.Into(&file).Write(sheet.Table{Name: lang.T("reasons.title"), Title: lang.T("reasons.title"), Columns: sheet.Keyed(ReasonColumns), Rows: func(yield func([]string, error) bool) {
			for _, line := range append(all.Places, all.Sum) {
				if !yield(line.texts(), nil) {
					return
				}
			}
		}})
		if err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "reminder", ID: string(where), Region: where, Note: lang.T("reasons.title")})
	})
	if err != nil {
		return err
	}
	_, err = file.WriteTo(to.To)
	return err
}

// texts is the line as cells.
func (l ReasonLine) texts() []string {
	out := []string{l.Name}
	for _, r := range Told() {
		out = append(out, strconv.Itoa(l.Counts[r]))
	}
	return append(out, strconv.Itoa(l.Total))
}
