package call

import (
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
)

var (
	at      = time.Date(2020, 4, 1, 1, 0, 0, 0, time.UTC)
	village = access.Actor{Account: "village", Name: "村", Role: access.Village}
	doctor  = access.Actor{Account: "doctor", Name: "医", Role: access.Doctor}
)

func TestTheHospitalOffersAndTheVillageAnswers(t *testing.T) {
	t.Parallel()
	c := Call{Opened: at}
	if SideOf(village.Role) != Near || SideOf(doctor.Role) != Far {
		t.Fatal("sides")
	}
	c.Join(Near, village)
	if err := c.Say(village, 1, "v=0"); fault.Of(err) != fault.Refused {
		t.Errorf("said to nobody: %v", err)
	}
	c.Join(Far, doctor)
	for _, bad := range []struct {
		by    access.Actor
		round int
		sdp   string
		kind  fault.Kind
	}{
		{access.Actor{Account: "stranger"}, 2, "v=0", fault.Refused},
		{doctor, 1, "v=0", fault.Stale},
		{doctor, 2, "hello", fault.Invalid},
		{doctor, 2, "v=0" + strings.Repeat("a", sayMost), fault.Invalid},
		{village, 2, "v=0 an answer to nothing", fault.Refused},
	} {
		if err := c.Say(bad.by, bad.round, bad.sdp); fault.Of(err) != bad.kind {
			t.Errorf("%s says %.20s: %v", bad.by.Account, bad.sdp, err)
		}
	}
	if err := c.Say(doctor, 2, "v=0 offer"); err != nil {
		t.Fatal(err)
	}
	if err := c.Say(village, 2, "v=0 answer"); err != nil || c.Offer != "v=0 offer" || c.Answer != "v=0 answer" {
		t.Fatalf("%+v, %v", c, err)
	}
	c.Join(Near, access.Actor{Account: "other", Name: "另一人"})
	if c.Round != 3 || c.Offer != "" || c.Answer != "" || c.Has("village") || !c.Has("other") {
		t.Errorf("joined anew: %+v", c)
	}
}

func TestACallEndsOnceAndByItself(t *testing.T) {
	t.Parallel()
	c := Call{Opened: at}
	if !c.Open(at.Add(Life-time.Second)) || c.Open(at.Add(Life)) {
		t.Error("a call runs for its life")
	}
	if err := c.End("lost", at); fault.Of(err) != fault.Invalid {
		t.Error(err)
	}
	c.Offer = "v=0"
	if err := c.End(Weak, at.Add(time.Minute)); err != nil || c.Open(at.Add(time.Minute)) || c.Offer != "" {
		t.Errorf("%+v, %v", c, err)
	}
}
