package staff

import "testing"

func TestCountsThatWorkDoesNotExplain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		today, before, most int
		want                bool
	}{
		{0, 0, 30, false}, {9, 0, 30, false}, {10, 0, 30, true}, {10, 75, 30, false}, {10, 74, 30, true}, {29, 900, 30, false}, {30, 900, 30, true}, {300, 9000, 0, false},
	} {
		if got := Unusual(tt.today, tt.before, tt.most); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}
