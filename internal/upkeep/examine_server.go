package upkeep

import (
	"time"

	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/store"
)

// How far the clock of the database's machine may be from ours, and how far a standby may be behind before it is said.
const (
	mostApart  = 30 * time.Second
	mostLag    = time.Minute
	mostBytes  = 64 << 20
	lastsLong  = 10 * time.Minute
	bytesLarge = 1 << 30
)

// server compares this machine's clock with that of the database's.
func (e Examination) server(tx *store.Tx, f *findings) error {
	theirs, ok, err := tx.ServerTime()
	if err != nil {
		return err
	}
	ours := time.Now
	if e.Machine != nil {
		ours = e.Machine
	}
	if apart := ours().Sub(theirs); ok && (apart > mostApart || apart < -mostApart) {
		f.add("server", Bad, lang.T("doctor.server.apart", theirs.In(day.Beijing).Format(time.DateTime), ours().In(day.Beijing).Format(time.DateTime)))
		return nil
	}
	f.add("server", Fine, lang.T("doctor.server.ok"))
	return nil
}

// standby finds a standby that is away, behind, or not waited for.
func (e Examination) standby(tx *store.Tx, f *findings) error {
	all, waits, err := tx.Standbys()
	if err != nil {
		return err
	}
	g, text := Standby(all, waits)
	f.add("standby", g, text)
	return nil
}

// Standby judges the servers that follow the database's; waits says whether it waits for one before it says that something is kept.
func Standby(all []store.Standby, waits bool) (Gravity, string) {
	followed := false
	for _, s := range all {
		followed = followed || s.Sync == "sync" || s.Sync == "quorum"
	}
	switch {
	case len(all) == 0 && !waits:
		return Fine, lang.T("doctor.standby.none")
	case waits && !followed:
		return Bad, lang.T("doctor.standby.away")
	}
	for _, s := range all {
		if s.Lag > lastsLong || s.Behind > bytesLarge {
			return Bad, lang.T("doctor.standby.behind", s.Name, int(s.Lag.Seconds()), s.Behind>>20)
		}
		if s.Lag > mostLag || s.Behind > mostBytes || s.State != "streaming" {
			return Warning, lang.T("doctor.standby.behind", s.Name, int(s.Lag.Seconds()), s.Behind>>20)
		}
	}
	if !waits {
		return Warning, lang.T("doctor.standby.async", len(all))
	}
	return Fine, lang.T("doctor.standby.ok", len(all))
}

// typefaces finds papers that cannot be printed, or not in 仿宋.
func (e Examination) typefaces(f *findings) {
	has, err := e.Fangsong()
	switch {
	case err != nil:
		f.add("fonts", Bad, lang.T("doctor.fonts.bad"))
	case !has:
		f.add("fonts", Warning, lang.T("doctor.fonts.song"))
	default:
		f.add("fonts", Fine, lang.T("doctor.fonts.ok"))
	}
}

// scanner finds a virus scanner that does not answer, without which no file is taken.
func (e Examination) scanner(f *findings) {
	switch {
	case e.Scanner == nil:
		f.add("scanner", Fine, lang.T("doctor.scanner.none"))
	case e.Scanner.Ping() != nil:
		f.add("scanner", Bad, lang.T("doctor.scanner.away"))
	default:
		f.add("scanner", Fine, lang.T("doctor.scanner.ok"))
	}
}
