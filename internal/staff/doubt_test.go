package staff

import (
	"testing"
	"time"
)

// N54: two places at once, an hour at which nobody works.
func TestQuestionsAreAskedForAReason(t *testing.T) {
	t.Parallel()
	now := time.Date(2020, 4, 1, 21, 30, 0, 0, time.UTC)
	use := func(network string, ago time.Duration) []Use { return []Use{{network, now.Add(-ago)}} }
	day, whole := Duty{7, 21}, Duty{0, 24}
	for _, tt := range []struct {
		name   string
		here   string
		others []Use
		duty   Duty
		want   Doubt
	}{
		{"alone", "a", nil, whole, NoDoubt},
		{"the same office", "a", use("a", time.Minute), whole, NoDoubt},
		{"another network at once", "a", use("b", time.Minute), whole, Elsewhere},
		{"just within ten minutes", "a", use("b", 10*time.Minute-time.Second), whole, Elsewhere},
		{"after ten minutes", "a", use("b", 10*time.Minute), whole, NoDoubt},
		{"unknown here", "", use("b", 0), whole, NoDoubt},
		{"unknown there", "a", use("", 0), whole, NoDoubt},
		{"off duty", "a", nil, day, OffDuty},
		{"both", "a", use("b", 0), day, Elsewhere},
		{"hours without sense", "a", nil, Duty{20, 8}, NoDoubt},
	} {
		if got := Question(tt.here, now, tt.others, tt.duty); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
