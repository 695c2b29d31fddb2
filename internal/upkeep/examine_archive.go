package upkeep

import (
	"time"

	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/store"
)

// archive finds a PostgreSQL that could not be brought back to a second, because its log is kept nowhere.
func (e Examination) archive(tx *store.Tx, f *findings) error {
	a, ok, err := tx.Archiving()
	if err != nil {
		return err
	}
	if !ok {
		f.add("archive", Fine, lang.T("doctor.archive.sqlite"))
		return nil
	}
	g, text := Archive(a)
	f.add("archive", g, text)
	return nil
}

// Archive judges the archive of PostgreSQL's log; it fails when the last that was tried failed.
func Archive(a store.Archiving) (Gravity, string) {
	switch {
	case !a.On:
		return Warning, lang.T("doctor.archive.off")
	case a.Failed.After(a.Archived):
		return Bad, lang.T("doctor.archive.fails", a.Name, a.Failed.In(day.Beijing).Format(time.DateTime))
	}
	return Fine, lang.T("doctor.archive.ok")
}
