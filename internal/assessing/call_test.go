package assessing_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/call"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/session"
	"hefa/internal/testbed"
)

func TestAVillageAndAHospitalFindEachOther(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		village, doctor := testbed.As(access.Village), testbed.As(access.Doctor)
		a, remote := c.shown(t), c.sitting(t, session.Remote)
		_, err := c.JoinCall(t.Context(), village, a)
		want(t, "before a seat", err, fault.Refused, "application.step.wrong")
		if err := c.ScheduleApplications(t.Context(), testbed.As(access.Township), remote, []application.ID{a}); err != nil {
			t.Fatal(err)
		}
		_, err = c.JoinCall(t.Context(), village, a)
		want(t, "before the day", err, fault.Refused, "session.ahead")
		c.Until(morrow)
		if room, err := c.CallRoom(t.Context(), village, a); err != nil || room.Refused != nil || room.Side != call.Near || room.Running != nil {
			t.Fatalf("the room: %+v, %v", room, err)
		}
		first, err := c.JoinCall(t.Context(), village, a)
		if err != nil {
			t.Fatal(err)
		}
		at := assessing.CallAt{Application: a, Call: first.ID, Round: 1}
		want(t, "said to nobody", c.SayCall(t.Context(), village, at, "v=0"), fault.Refused, "call.apart")
		_, err = c.HearCall(t.Context(), doctor, a, first.ID)
		want(t, "heard before joining", err, fault.Missing, "")
		joined, err := c.JoinCall(t.Context(), doctor, a)
		if err != nil || joined.ID != first.ID || !joined.Ready() || joined.Round != 2 {
			t.Fatalf("the doctor joins %+v, %v", joined, err)
		}
		at.Round = 2
		if err := c.SayCall(t.Context(), doctor, at, "v=0 offer"); err != nil {
			t.Fatal(err)
		}
		if err := c.SayCall(t.Context(), village, at, "v=0 answer"); err != nil {
			t.Fatal(err)
		}
		got, err := c.HearCall(t.Context(), doctor, a, first.ID)
		if err != nil || got.Answer != "v=0 answer" || got.NearName != village.Name {
			t.Errorf("the doctor hears %+v, %v", got, err)
		}
		if err := c.EndCall(t.Context(), doctor, a, first.ID, call.Weak); err != nil {
			t.Fatal(err)
		}
		if err := c.EndCall(t.Context(), village, a, first.ID, call.Held); err != nil {
			t.Errorf("ended by both: %v", err)
		}
		want(t, "said after the end", c.SayCall(t.Context(), village, at, "v=0"), fault.Refused, "call.over")
		r, err := c.Remote(t.Context(), doctor, a)
		if err != nil || len(r.Calls) != 1 || r.Calls[0].Outcome != call.Weak || r.Calls[0].Offer != "" {
			t.Errorf("the case says %+v, %v", r.Calls, err)
		}
		second, err := c.JoinCall(t.Context(), doctor, a)
		if err != nil || second.ID == first.ID {
			t.Errorf("a new call: %+v, %v", second, err)
		}
		c.Pass(call.Life)
		if got, err := c.HearCall(t.Context(), doctor, a, second.ID); err != nil || got.Ended.IsZero() {
			t.Errorf("after its life: %+v, %v", got, err)
		}
	})
}

// Live video wants a consent of its own, and whoever may not assess may not look.
func TestACallWantsConsentAndADoctorWhoMayAssess(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		doctor, township := testbed.As(access.Doctor), testbed.As(access.Township)
		a, remote := c.shown(t), c.sitting(t, session.Remote)
		if err := c.ScheduleApplications(t.Context(), township, remote, []application.ID{a}); err != nil {
			t.Fatal(err)
		}
		c.Until(morrow)
		if err := c.TakeConsent(t.Context(), township, a, evidence.Consent{Giver: evidence.Guardian, Name: "测试监护", Manner: evidence.Written}); err != nil {
			t.Fatal(err)
		}
		_, err := c.JoinCall(t.Context(), township, a)
		want(t, "with a consent to evidence only", err, fault.Refused, "call.consent")
		if room, err := c.CallRoom(t.Context(), township, a); err != nil || room.Refused == nil {
			t.Errorf("the page does not say so: %+v, %v", room.Refused, err)
		}
		if err := c.TakeConsent(t.Context(), township, a, evidence.Consent{Giver: evidence.Guardian, Name: "测试监护", Manner: evidence.Written, Video: true}); err != nil {
			t.Fatal(err)
		}
		p, err := c.Doctor(t.Context(), testbed.As(access.Health), "doctor-533103")
		if err != nil {
			t.Fatal(err)
		}
		practice := p.Practice
		practice.Until = "2020-04-01"
		if err := c.EditDoctor(t.Context(), testbed.As(access.Clerk), practice); err != nil {
			t.Fatal(err)
		}
		if _, err := c.JoinCall(t.Context(), doctor, a); fault.Of(err) != fault.Refused {
			t.Errorf("a doctor without training joins: %v", err)
		}
		_, err = c.JoinCall(t.Context(), testbed.As(access.Reviewer), a)
		want(t, "a reviewer", err, fault.Forbidden, "")
	})
}
