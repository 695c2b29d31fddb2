package assessing

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/session"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// WriteDayList prints the day list of a session. Identity numbers are masked; phones stand in clear only for those who call people to the session.
func (d *Desk) WriteDayList(ctx context.Context, by access.Actor, id session.ID, w io.Writer) error {
	return d.writeDay(ctx, by, id, w, dayList)
}

func dayList(tx *store.Tx, s Day) (paper.Paper, error) {
	federation, err := tx.OrgAt(s.Region)
	if err != nil {
		return nil, err
	}
	list := paper.DayList{Office: federation.Name, Hospital: s.Hospital.Name, Township: s.Township, Day: s.Day, Place: s.where(), Time: lang.T("session.list.time"),
		Contact: federation.Name + " " + federation.Phone}
	if s.Round.Starts != "" {
		list.Time = s.Round.Starts
	}
	clear := tx.By().Can(access.PersonEdit)
	for _, c := range s.Cases {
		p, a := c.Person, c.Application
		phone := p.Phone
		if phone == "" {
			phone = p.Guardian.Phone
		}
		if !clear {
			phone = person.MaskedPhone(phone)
		}
		list.Rows = append(list.Rows, paper.DayRow{Name: p.Name, Sex: lang.T(p.Sex.Word()), Age: p.Birth.Age(s.Day), Number: p.Number.Masked(),
			Matter: lang.T(a.Matter.Word()), Category: words(a.Wanted), Village: s.Villages[p.Region], Phone: phone, Aids: s.AidText(a.ID)})
	}
	return list, nil
}

// exportMost is the most sessions that one file holds.
const exportMost = 5000

// SessionColumns is what can be taken out of a list of sessions.
var SessionColumns = []string{"session.column.day", "session.column.region", "session.column.hospital", "session.column.kind", "session.column.place",
	"session.column.capacity", "session.column.taken", "session.column.left", "session.column.waiting"}

// ExportSessions writes the sessions that fit as XLSX; the audit says who took the list out.
func (d *Desk) ExportSessions(ctx context.Context, by access.Actor, f Filter, to sheet.Out) error {
	if err := to.Check(SessionColumns); err != nil {
		return err
	}
	var l List
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		where := f.Region
		if where == "" {
			where = by.Region
		}
		if err := by.May(access.ListExport, where); err != nil {
			return err
		}
		f.After, f.Limit = "", exportMost
		var err error
		if l, err = sessions(tx, f); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "session", Region: where, Note: lang.T("session.export.note", len(l.Lines))})
	})
	if err != nil {
		return err
	}
	var rows [][]string
	for _, s := range l.Lines {
		rows = append(rows, []string{string(s.Day), l.Regions[s.Region], l.Hospital(s.Hospital), lang.T(s.Kind.Word()), s.Place,
			strconv.Itoa(s.Capacity), strconv.Itoa(s.Taken), strconv.Itoa(s.Left()), strconv.Itoa(s.Waiting)})
	}
	name := lang.T("session.export.title")
	err = to.Write(sheet.Table{Name: name, Title: name, Rows: sheet.Rows(rows), Columns: sheet.Keyed(SessionColumns)})
	if err != nil {
		return fmt.Errorf("writing the sessions: %w", err)
	}
	return nil
}
