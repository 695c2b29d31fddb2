package referral_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/referral"
)

const today day.Day = "2020-04-01"

// sent is the two records of a case that was sent.
func sent() (host, home referral.Referral) {
	host = referral.Referral{ID: "host", Side: referral.Host, Region: "533103105201", Abroad: "533102", Twin: "home", Application: "a", State: referral.Sent, Sent: today, Due: "2020-04-08",
		Parcel: referral.Parcel{No: "1", Person: referral.Applicant{Name: "张三"}, Matter: application.New, Wanted: []certificate.Category{certificate.Physical},
			Conclusions: []assessment.Conclusion{{First: "甲", Second: "乙", On: today, Findings: []assessment.Finding{{Category: certificate.Physical, Meets: true}}}}}}
	home = host
	home.ID, home.Side, home.Region, home.Abroad, home.Twin, home.Application = host.Twin, referral.Home, host.Abroad, host.Region, host.ID, ""
	return host, home
}

// over is the states from which nothing leads on.
var over = map[referral.State]bool{referral.Declined: true, referral.Done: true}

// TestBothRecordsAlwaysSayTheSame takes random steps on either side, each told to the other: what one side may not do is refused and changes nothing, the
// case comes back once at most, and nothing leads on from an end.
func TestBothRecordsAlwaysSayTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		host, home := sent()
		backs := 0
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			mine := rapid.Bool().Draw(t, "at the host")
			r, other := &home, &host
			if mine {
				r, other = &host, &home
			}
			before := *r
			what := rapid.SampledFrom([]string{"again", "take", "return", "decline", "recall", "refuse", "reopen", "post", "miss", "receive", "hand", "finish", "confirm"}).Draw(t, "step")
			err := step(r, what, rapid.Bool().Draw(t, "to the holder"), rapid.SampledFrom(referral.Outcomes).Draw(t, "outcome"))
			switch {
			case err != nil && fault.Of(err) != fault.Refused:
				t.Fatalf("%s: %v", what, err)
			case err != nil && r.State != before.State:
				t.Fatalf("%s was refused and led from %s to %s", what, before.State, r.State)
			case err == nil && over[before.State]:
				t.Fatalf("%s led on from %s", what, before.State)
			}
			if err == nil && r.State == referral.Returned {
				backs++
			}
			if backs > 1 {
				t.Fatal("it came back twice")
			}
			if err == nil {
				other.Told(*r)
			}
			if host.State != home.State || host.Way != home.Way || host.Application != "a" || host.Side == home.Side || host.Region == home.Region {
				t.Fatalf("they differ:\n%+v\n%+v", host, home)
			}
		}
	})
}

func step(r *referral.Referral, what string, holder bool, outcome referral.State) error {
	switch what {
	case "again":
		return r.Resend(r.Parcel, "2020-04-20", "甲", today)
	case "take":
		return r.Take("b", "533102001001", "甲", today)
	case "return":
		return r.Return("缺病历", "甲", today)
	case "decline":
		return r.Decline("户籍不在本县", "甲", today)
	case "recall":
		return r.Recall("补材料", "甲", today)
	case "refuse":
		return r.Refuse("不符合", "甲", today)
	case "reopen":
		return r.Reopen("甲", today)
	case "post":
		return r.Post(referral.Way{Holder: holder, Carrier: "EMS", Tracking: "1"}, "甲", today)
	case "miss":
		return r.Miss("甲", today)
	case "receive":
		return r.Receive("甲", today)
	case "hand":
		return r.Hand(card.Delivery{Receiver: "张三"}, false, "甲", today)
	case "finish":
		return r.Finish("甲", today)
	}
	return r.Confirm(referral.Answer{Outcome: outcome, Receipt: "3 号", Reason: "理由"}, "甲", today)
}

func TestAReferralIsLateAfterItsLastDay(t *testing.T) {
	t.Parallel()
	host, _ := sent()
	if host.Late("2020-04-08") || !host.Late("2020-04-09") {
		t.Error("late on its last day, or never")
	}
}

func TestAParcelSaysTheSameOnceItWasKept(t *testing.T) {
	t.Parallel()
	host, _ := sent()
	b, err := json.Marshal(host.Parcel)
	if err != nil {
		t.Fatal(err)
	}
	var kept referral.Parcel
	if err := json.Unmarshal(b, &kept); err != nil || string(kept.Message()) != string(host.Parcel.Message()) {
		t.Errorf("%v\n%s\n%s", err, kept.Message(), host.Parcel.Message())
	}
}
