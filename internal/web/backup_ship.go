package web

import (
	"time"

	"hefa/internal/day"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// shipAlarm is what an administrator must hear of the shipping, "" when it is well or there is none.
func (v backupsView) shipAlarm() string {
	if v.Ship == nil || v.Ship.Trouble == "" {
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
	}
	return d
}

// second is an instant to the second, in Beijing's time.
func second(t time.Time) string { return t.In(day.Beijing).Format(time.DateTime) }
