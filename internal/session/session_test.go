package session_test

import (
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/region"
	"hefa/internal/session"
)

func TestSeatsNeverExceedTheDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := session.Session{Region: "533103105", Day: "2020-05-06", Capacity: rapid.IntRange(1, 20).Draw(t, "capacity")}
		for range 40 {
			n, before := rapid.IntRange(0, 6).Draw(t, "people"), s.Taken
			from := make([]region.Code, n)
			for i := range from {
				from[i] = "533103105201"
			}
			err := s.Seat(from, "2020-05-06")
			switch {
			case err == nil && s.Taken != before+n, err != nil && s.Taken != before:
				t.Fatalf("%d seated on %d: %d, %v", n, before, s.Taken, err)
			case (err == nil) != (before+n <= s.Capacity):
				t.Fatalf("%d on %d of %d: %v", n, before, s.Capacity, err)
			}
			if rapid.Bool().Draw(t, "leave") {
				s.Leave()
			}
			if s.Taken < 0 || s.Taken > s.Capacity || s.Left() != s.Capacity-s.Taken {
				t.Fatalf("%d of %d taken, %d left", s.Taken, s.Capacity, s.Left())
			}
		}
	})
}
