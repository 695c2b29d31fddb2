package casework

import (
	"slices"

	"hefa/internal/access"
	"hefa/internal/org"
	"hefa/internal/store"
)

// Seat is a coming session that calls a person, with its hospital's name.
type Seat struct {
	store.SessionLine
	Hospital string
}

// seatsMost is how many coming sessions the page of a case offers.
const seatsMost = 6

// seatsRead is how many coming sessions are looked through for them.
const seatsRead = 60

// seats finds the coming sessions that call the person in a way that fits the one chosen for the case, when this actor may give a seat now.
func (f *File) seats(tx *store.Tx) error {
	if !slices.Contains(f.Steps, access.ApplicationSchedule) {
		return nil
	}
	lines, err := tx.Sessions(store.SessionFilter{Region: f.Case.Application.Region, From: tx.Today(), Limit: seatsRead})
	if err != nil {
		return err
	}
	way, err := tx.Way(f.Case.Application)
	if err != nil {
		return err
	}
	names := map[org.ID]string{}
	for _, l := range lines {
		if !way.Path.Fits(l.Kind) || len(f.Next) == seatsMost {
			continue
		}
		if names[l.Hospital] == "" {
			o, err := tx.Org(l.Hospital)
			if err != nil {
				return err
			}
			names[l.Hospital] = o.Name
		}
		f.Next = append(f.Next, Seat{l, names[l.Hospital]})
	}
	return nil
}
