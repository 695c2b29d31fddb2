package reminder

import (
	"testing"

	"hefa/internal/day"
	"hefa/internal/lang"
)

func TestEveryReasonIsAnsweredWithItsOffer(t *testing.T) {
	t.Parallel()
	want := map[Reason]Offer{Dead: Cancel, Moved: Migrate, Away: Remote, Bedridden: Home, Alone: Agent, Unaware: Session, Refuses: Mobilise, Unreachable: Search, Other: Session}
	if len(want) != len(Reasons) || len(Reasons) != 9 {
		t.Errorf("%d reasons", len(Reasons))
	}
	for _, r := range Reasons {
		if r.Offer() != want[r] || !r.Valid() {
			t.Errorf("%s is answered with %q", r, r.Offer())
		}
		for _, n := range []lang.Namer{r, r.Offer()} {
			if lang.T(n.Word()) == n.Word() {
				t.Errorf("%s has no name", n.Word())
			}
		}
	}
	for _, r := range []Reason{"", Unsaid, "weather"} {
		if r.Valid() || r.Offer() != "" {
			t.Errorf("%q is a reason", r)
		}
	}
}

func TestAnAttemptUrgesAnOpenLetterFromItsDayOn(t *testing.T) {
	t.Parallel()
	r := Reminder{State: Sent, Made: "2020-04-02", Reason: Away, Remark: "在昆明"}
	for _, c := range []struct {
		on    string
		why   Reason
		urges int
		want  Reason
	}{{"2020-04-01", Refuses, 0, Away}, {"2020-04-03", Refuses, 1, Refuses}, {"2020-04-02", Dead, 2, Refuses}, {"2020-04-04", "", 3, ""}} {
		r.Urge(day.Day(c.on), c.why, "说明")
		if r.Urges != c.urges || r.Reason != c.want || (r.Remark == "") != (c.want == "") {
			t.Errorf("on %s: %d times, %s %q", c.on, r.Urges, r.Reason, r.Remark)
		}
	}
	r.State = Kept
	if r.Urge("2020-04-05", Refuses, "") || r.Urges != 3 {
		t.Error("somebody who came is urged")
	}
}
