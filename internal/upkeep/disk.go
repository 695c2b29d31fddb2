package upkeep

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/store"
)

// A disk is nearly full below leastFree bytes or below one part in leastShare; twice that is a warning.
const (
	leastFree  = 1 << 30
	leastShare = 20
)

// Level says how grave it is that a disk has no more room.
func (s Space) Level() Gravity {
	switch {
	case s.Free < leastFree || s.Free < s.Total/leastShare:
		return Bad
	case s.Free < 2*leastFree || s.Free < 2*s.Total/leastShare:
		return Warning
	}
	return Fine
}

// Disk is a folder of the installation with the room on its disk.
type Disk struct {
	Folder string
	Space
}

// Tight is the folders whose disks are nearly full, for whoever looks after the installation: it is told wherever they begin, before an upload fails.
func (d *Desk) Tight(ctx context.Context, by access.Actor) ([]Disk, error) {
	if err := d.db.View(ctx, by, func(tx *store.Tx) error { return widest(tx, access.BackupRead) }); err != nil {
		return nil, err
	}
	return d.tight(), nil
}

// tight is the folders whose disks are nearly full or soon will be, so that somebody hears of it before an upload fails; one that cannot be looked at has
// no room.
func (d *Desk) tight() []Disk {
	var out []Disk
	space := d.at.Space
	if space == nil {
		space = DiskSpace
	}
	for _, folder := range []string{d.at.Data, d.at.Backups} {
		if folder == "" {
			continue
		}
		if s, err := space(folder); err != nil || s.Level() != Fine {
			out = append(out, Disk{folder, s})
		}
	}
	return out
}
