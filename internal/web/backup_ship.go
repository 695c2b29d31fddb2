package web

import (
	"strings"
	"time"

	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// shipAlarm is what an administrator must hear of the shipping, "" when it is well or there is none.
func (v backupsView) shipAlarm() string {
	if v.Ship == nil {
		return ""
	}
	if v.Ship.Trouble == "" {
		if v.Ship.Lesson != "" {
			return lang.T("backups.ship.lesson", v.Ship.Name, v.Ship.Lesson)
		}
		if n := len(v.Ship.Lost); n > 0 {
			return lang.T("backups.ship.lost", v.Ship.Name, n, short(v.Ship.Lost))
		}
		return ""
	}
	seen := lang.T("backups.ship.never")
	if !v.Ship.Seen.IsZero() {
		seen = second(v.Ship.Seen)
	}
	return lang.T("backups.ship.trouble", v.Ship.Name, v.Ship.Trouble, seen)
}

// shipped is how the shipping stands.
func (v backupsView) shipped() look.Detail {
	d := look.Detail{Key: lang.T("backups.ship"), Value: lang.T("backups.ship.none")}
	switch {
	case v.Ship == nil:
	case v.Ship.Based.IsZero():
		d.Value = lang.T("backups.ship.begun", v.Ship.Name)
	default:
		d.Value = lang.T("backups.ship.text", v.Ship.Name, second(v.Ship.Seen), v.Ship.Days, look.Moment(v.Ship.Based.In(day.Beijing)))
		if !v.Ship.Rehearsed.IsZero() && v.Ship.Lesson == "" {
			d.Value += lang.T("backups.ship.rehearsed", look.Moment(v.Ship.Rehearsed.In(day.Beijing)), v.Ship.Rebuilt.Segments, v.Ship.Rebuilt.Bytes>>20, v.Ship.Rebuilt.Files, int(v.Ship.Lasted.Seconds())+1)
		}
		if n := len(v.Ship.Mended); n > 0 {
			d.Value += lang.T("backups.ship.mended", n, short(v.Ship.Mended))
		}
	}
	return d
}

// second is an instant to the second, in Beijing's time.
func second(t time.Time) string { return t.In(day.Beijing).Format(time.DateTime) }

// mostNamed is how many attachments are named on the page; the log names all.
const mostNamed = 5

// short is the beginnings of hashes, as people compare them.
func short(hashes []string) string {
	var out []string
	for _, h := range hashes[:min(len(hashes), mostNamed)] {
		out = append(out, h[:16]+"…")
	}
	return strings.Join(out, "、")
}
