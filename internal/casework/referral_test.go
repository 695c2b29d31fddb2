package casework_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/correction"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/records"
	"hefa/internal/referral"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestACaseIsTakenInOneCountyAndDecidedInAnother(t *testing.T) {
	t.Parallel()
	bridges(t, func(b bridge) {
		desk, ctx := b.desk, t.Context()
		id := b.accepted(application.Request{Matter: application.New})
		b.assessed(id)
		if _, err := desk.SendReferral(ctx, b.here, id, " "); fault.Of(err) != fault.Invalid {
			t.Errorf("without the address of the register: %v", err)
		}
		r := b.sent(id)
		b.stands(id, application.Forwarded, r, referral.Sent)
		b.arrives(r)
		if _, err := desk.TakeReferral(ctx, b.there, r.Twin, casework.Registration{Village: testbed.Village}); fault.Of(err) != fault.Invalid {
			t.Errorf("into a village elsewhere: %v", err)
		}
		if _, err := desk.TakeReferral(ctx, testbed.Stranger(access.Reviewer), r.Twin, casework.Registration{}); fault.Of(err) != fault.Forbidden {
			t.Errorf("by a reviewer: %v", err)
		}
		made, err := desk.TakeReferral(ctx, b.there, r.Twin, casework.Registration{Village: b.village(), Address: "测试社区 8 号"})
		b.must(err)
		f, err := desk.Application(ctx, b.there, made)
		a := f.Case.Application
		if err != nil || a.State != application.Assessed || a.Origin != application.Guest || a.Level != certificate.Second || len(f.Attachments) != 1 || len(f.Assessments) != 1 ||
			!f.Sighted["residence"] || f.Person.Region != b.village() || a.Due == "" || !strings.HasPrefix(a.No, string(testbed.Elsewhere)) {
			t.Fatalf("the case at home: %+v %v", f, err)
		}
		if _, err := desk.TakeReferral(ctx, b.there, r.Twin, casework.Registration{Village: b.village()}); fault.Of(err) != fault.Refused {
			t.Errorf("twice: %v", err)
		}
		b.must(b.skipNotice(made))
		b.reviewed(made)
		b.must(desk.ApproveApplication(ctx, testbed.Stranger(access.Approver), made))
		if err := desk.PostReferral(ctx, b.there, r.Twin, referral.Way{Carrier: "EMS", Tracking: "E1"}); fault.Of(err) != fault.Refused {
			t.Errorf("posted before it was made: %v", err)
		}
		b.printed(made)
		b.told(made)
		if x, err := desk.Referral(ctx, b.here, r.ID); err != nil || x.Stands != application.Dispatched || x.State != referral.Taken {
			t.Errorf("what the county that took it sees: %+v %v", x, err)
		}
		b.carried(r, id, made)
	})
}

// arrives looks at what comes in at 瑞丽市.
func (b bridge) arrives(r referral.Referral) {
	b.t.Helper()
	in, err := b.desk.Referral(b.t.Context(), b.there, r.Twin)
	p := in.Parcel
	if err != nil || !in.Fits || p.Person.Number != b.number || p.Registered == "" || len(p.Papers) != 1 || len(p.Conclusions) != 1 || p.Conclusions[0].Doctor != "" || in.Application != "" {
		b.t.Fatalf("what arrives: %+v %v", in, err)
	}
	if _, err := b.desk.Referral(b.t.Context(), b.there, r.ID); fault.Of(err) != fault.Missing {
		b.t.Errorf("the other county's record is seen: %v", err)
	}
	if _, err := b.desk.Application(b.t.Context(), b.there, application.ID(r.Application)); fault.Of(err) != fault.Missing {
		b.t.Errorf("the other county's case is seen: %v", err)
	}
	l, err := b.desk.Referrals(b.t.Context(), b.there, casework.ReferralFilter{Side: referral.Home, State: referral.Sent, Limit: 5})
	if err != nil || len(l.Referrals) != 1 {
		b.t.Errorf("the list: %+v %v", l, err)
	}
	if err := b.DB.View(b.t.Context(), b.there, func(tx *store.Tx) error {
		county, _, err := tx.Identity(b.number)
		if county != "" {
			b.t.Errorf("a guest's number leads to %s", county)
		}
		return err
	}); err != nil {
		b.t.Error(err)
	}
}

// skipNotice puts a case of 瑞丽市 behind its public notice.
func (b bridge) skipNotice(id application.ID) error {
	return b.DB.Update(b.t.Context(), b.there, func(tx *store.Tx) error {
		a, err := tx.Application(id)
		if err != nil {
			return err
		}
		was := a.State
		a.State = application.Review
		return tx.SaveApplication(access.ApplicationClose, was, a, "")
	})
}

// lost lets a card that was sent off, or that had come in at 芒市, get lost: it is printed again at 瑞丽市, and waits to be sent off once more.
func (b bridge) lost(r referral.Referral, id, made application.ID, from referral.State) {
	b.t.Helper()
	cards, ctx := records.New(b.DB, b.Files), b.t.Context()
	if err := cards.ReprintApplication(ctx, b.there, made, records.Remake{Reason: "折角"}); fault.Of(err) != fault.Refused {
		b.t.Errorf("one that is under way is spoiled at %s: %v", from, err)
	}
	if err := cards.ReprintApplication(ctx, b.there, made, records.Remake{Reason: "邮政查无下落", Lost: true}); fault.Of(err) != fault.Invalid {
		b.t.Errorf("lost without a witness: %v", err)
	}
	b.must(cards.ReprintApplication(ctx, b.there, made, records.Remake{Reason: "邮政查无下落", Lost: true, Witness: "证明人"}))
	b.stands(id, application.Forwarded, r, referral.Taken)
	f, err := b.desk.Application(ctx, b.there, made)
	b.must(err)
	if f.Case.Application.State != application.Printing || f.Card.State != card.Frozen {
		b.t.Errorf("the case at home: %+v", f.Case.Application)
	}
	b.must(cards.PrintApplication(ctx, b.there, made, "YN1000001"+string(from)))
	b.must(cards.DispatchBatch(ctx, b.there, f.Card.Batch, card.Parcel{}))
}

// carried follows the card from 瑞丽市 into the hand.
func (b bridge) carried(r referral.Referral, id, made application.ID) {
	b.t.Helper()
	desk, ctx, t := b.desk, b.t.Context(), b.t
	cards := records.New(b.DB, b.Files)
	if err := cards.DeliverApplication(ctx, b.there, made, card.Delivery{Receiver: "测试外来人"}); fault.Of(err) != fault.Refused {
		t.Errorf("handed over at home: %v", err)
	}
	if err := desk.PostReferral(ctx, b.there, r.Twin, referral.Way{}); len(fault.Fields(err)) != 2 {
		t.Errorf("posted without carrier and number: %v", err)
	}
	b.must(desk.PostReferral(ctx, b.there, r.Twin, referral.Way{Carrier: "EMS", Tracking: "E1"}))
	b.stands(id, application.Forwarded, r, referral.Posted)
	b.lost(r, id, made, referral.Posted)
	b.must(desk.PostReferral(ctx, b.there, r.Twin, referral.Way{Carrier: "EMS", Tracking: "E2"}))
	b.must(desk.ReceiveReferral(ctx, b.here, r.ID))
	b.lost(r, id, made, referral.Arrived)
	b.must(desk.PostReferral(ctx, b.there, r.Twin, referral.Way{Carrier: "EMS", Tracking: "E3"}))
	if err := desk.HandReferral(ctx, b.here, r.ID, card.Delivery{Receiver: "测试外来人"}); fault.Of(err) != fault.Refused {
		t.Errorf("handed over before it came: %v", err)
	}
	b.must(desk.ReceiveReferral(ctx, b.here, r.ID))
	b.stands(id, application.Dispatched, r, referral.Arrived)
	if err := cards.DeliverApplication(ctx, b.here, id, card.Delivery{Receiver: "测试外来人"}); fault.Of(err) != fault.Refused {
		t.Errorf("handed over as if it were a card of this county: %v", err)
	}
	if err := desk.HandReferral(ctx, b.here, r.ID, card.Delivery{Receiver: "别人"}); len(fault.Fields(err)) != 2 {
		t.Errorf("to somebody without papers: %v", err)
	}
	b.must(desk.HandReferral(ctx, b.here, r.ID, card.Delivery{Means: card.Home, Receiver: "测试外来人"}))
	b.stands(id, application.Closed, r, referral.Done)
	b.told(made)
	f, err := desk.Application(ctx, b.there, made)
	if err != nil || f.Case.Application.State != application.Delivered || f.Card.State != card.Delivered || f.Card.Receiver != "测试外来人" {
		t.Errorf("the case at home: %+v %v", f, err)
	}
	if err := b.DB.View(ctx, b.there, func(tx *store.Tx) error {
		c, err := tx.Certificate(f.Card.Certificate)
		if c.State != certificate.Valid || c.County() != testbed.Elsewhere {
			t.Errorf("the certificate: %+v", c)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

func TestAReferralComesBackOnceIsDeclinedOrRecalled(t *testing.T) {
	t.Parallel()
	bridges(t, func(b bridge) {
		desk, ctx := b.desk, t.Context()
		id := b.accepted(application.Request{Matter: application.New})
		b.assessed(id)
		r := b.sent(id)
		if err := desk.ReturnReferral(ctx, b.there, r.Twin, " "); fault.Of(err) != fault.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		b.must(desk.RecallReferral(ctx, b.here, r.ID, "申请人补材料"))
		b.stands(id, application.Ready, r, referral.Recalled)
		b.sent(id)
		b.stands(id, application.Forwarded, r, referral.Sent)
		if err := desk.DeclineReferral(ctx, b.here, r.ID, "户籍不在本县"); fault.Of(err) != fault.Missing {
			t.Errorf("declined by the county that sent it: %v", err)
		}
		b.must(desk.DeclineReferral(ctx, b.there, r.Twin, "户籍不在本县"))
		b.stands(id, application.Declined, r, referral.Declined)
		b.letter(id, "户籍不在本县")
		b.number = person.MakeNumber("533199", "1971-03-02", 78)
		id = b.accepted(application.Request{Matter: application.New})
		b.assessed(id)
		r = b.sent(id)
		b.must(desk.ReturnReferral(ctx, b.there, r.Twin, "缺近期病历"))
		b.stands(id, application.Ready, r, referral.Returned)
		b.sent(id)
		if err := desk.ReturnReferral(ctx, b.there, r.Twin, "还缺病历"); fault.Of(err) != fault.Refused {
			t.Errorf("back once more: %v", err)
		}
		made, err := desk.TakeReferral(ctx, b.there, r.Twin, casework.Registration{Village: b.village()})
		b.must(err)
		if err := desk.RecallReferral(ctx, b.here, r.ID, "晚了"); fault.Of(err) != fault.Refused {
			t.Errorf("recalled after it was taken: %v", err)
		}
		b.must(b.skipNotice(made))
		b.reviewed(made)
		b.must(desk.RefuseApplication(ctx, testbed.Stranger(access.Approver), made, "不符合条件"))
		b.told(made)
		b.stands(id, application.Refused, r, referral.Refused)
		b.letter(id, "不符合条件")
		f, err := desk.Application(ctx, b.there, made)
		b.must(err)
		_, err = desk.Letter(ctx, b.there, made, f.Letters[0].ID)
		b.must(err)
	})
}

// letter looks for the letter that tells the guest the outcome, and prints it.
func (b bridge) letter(id application.ID, reason string) {
	b.t.Helper()
	f, err := b.desk.Application(b.t.Context(), b.here, id)
	b.must(err)
	if len(f.Letters) != 1 || f.Letters[0].Kind != application.OutcomeLetter || f.Letters[0].Reason != reason {
		b.t.Fatalf("the letters: %+v", f.Letters)
	}
	_, err = b.desk.Letter(b.t.Context(), b.here, id, f.Letters[0].ID)
	b.must(err)
}

func TestMattersWithoutACardEndWhereTheyWereTaken(t *testing.T) {
	t.Parallel()
	bridges(t, func(b bridge) {
		desk, ctx := b.desk, t.Context()
		held := b.resident()
		id := b.accepted(application.Request{Matter: application.Cancel, Cause: certificate.Wish, Stated: "本人不再需要"})
		r := b.sent(id)
		made, err := desk.TakeReferral(ctx, b.there, r.Twin, casework.Registration{})
		b.must(err)
		b.reviewed(made)
		b.must(desk.ApproveApplication(ctx, testbed.Stranger(access.Approver), made))
		b.told(made)
		b.stands(id, application.Closed, r, referral.Done)
		b.letter(id, "")
		if err := b.DB.View(ctx, b.there, func(tx *store.Tx) error {
			c, err := tx.Certificate(held.ID)
			if c.State != certificate.Cancelled {
				t.Errorf("the certificate is %s", c.State)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}

func TestACountyOutsideTheProgramAnswersOnPaper(t *testing.T) {
	t.Parallel()
	bridges(t, func(b bridge) {
		desk, ctx := b.desk, t.Context()
		id := b.accepted(application.Request{Matter: application.New})
		b.assessed(id)
		r := b.sent(id)
		var sheetOf, list bytes.Buffer
		b.must(desk.WriteReferral(ctx, b.here, r.ID, &sheetOf))
		if err := desk.WriteReferral(ctx, testbed.As(access.City), r.ID, io.Discard); fault.Of(err) != fault.Forbidden {
			t.Errorf("whole numbers for the city: %v", err)
		}
		if err := desk.ConfirmReferral(ctx, b.here, r.ID, referral.Answer{Outcome: referral.Taken}); len(fault.Fields(err)) != 2 {
			t.Errorf("no outcome, no document: %v", err)
		}
		b.must(desk.ConfirmReferral(ctx, b.here, r.ID, referral.Answer{Outcome: referral.Arrived, Receipt: "瑞残函〔2020〕3 号"}))
		b.stands(id, application.Dispatched, r, referral.Arrived)
		b.must(desk.HandReferral(ctx, b.here, r.ID, card.Delivery{Receiver: "测试外来人"}))
		b.stands(id, application.Closed, r, referral.Done)
		b.must(desk.ExportReferrals(ctx, b.here, casework.ReferralFilter{}, sheet.Out{To: &list, As: sheet.UTF8}))
		if !strings.Contains(list.String(), "测试外来人") || strings.Contains(list.String(), string(b.number)) {
			t.Error(list.String())
		}
	})
}

func TestWhoMayAskElsewhereIsPolicy(t *testing.T) {
	t.Parallel()
	bridges(t, func(b bridge) {
		ask := func(m application.Matter, home region.Code) error {
			_, err := b.desk.OpenApplication(t.Context(), testbed.As(access.Township), casework.Opening{Person: b.guest(), Request: application.Request{Matter: m, Home: home,
				Wanted: []certificate.Category{certificate.Physical}}})
			return err
		}
		for _, c := range []struct {
			matter application.Matter
			home   region.Code
			field  string
		}{{application.Update, testbed.Elsewhere, "matter"}, {application.New, testbed.County, "home"}, {application.New, "533199", "home"}, {application.New, "5331", "home"}} {
			if f := fault.Fields(ask(c.matter, c.home)); len(f) != 1 || f[0].Name != c.field {
				t.Errorf("%s from %s: %+v", c.matter, c.home, f)
			}
		}
		b.Policy(t, policy.ReferMatters, "renew")
		if f := fault.Fields(ask(application.New, testbed.Elsewhere)); len(f) != 1 || f[0].Name != "matter" {
			t.Errorf("not on the list: %+v", f)
		}
		b.number = b.Person(t).Number
		if f := fault.Fields(ask(application.Renew, testbed.Elsewhere)); len(f) != 1 || f[0].Name != "home" {
			t.Errorf("registered here: %+v", f)
		}
		b.number = person.MakeNumber("533199", day.Day("2015-03-02"), 79)
		if a, err := b.desk.Guest(t.Context(), testbed.As(access.Township), testbed.Township, b.number); err != nil || a.Known != nil || !a.Minor {
			t.Errorf("nobody's number: %+v %v", a, err)
		}
	})
}

func TestAGuestIsComparedWhereTheyAreRegistered(t *testing.T) {
	t.Parallel()
	bridges(t, func(b bridge) {
		desk, ctx := b.desk, t.Context()
		known := b.guest()
		known.ID, known.Region, known.Number = "known", b.village(), person.MakeNumber("533199", "1970-03-02", 79)
		known.Fill()
		b.must(b.DB.Update(ctx, b.there, func(tx *store.Tx) error { return tx.AddPerson(access.ApplicationOpen, known) }))
		id := b.accepted(application.Request{Matter: application.New})
		b.assessed(id)
		r := b.sent(id)
		for at, want := range map[region.Code]int{"": 0, testbed.Village: 0, b.village(): 1} {
			if all, err := desk.ReferralAlike(ctx, b.there, r.Twin, at); err != nil || len(all) != want {
				t.Errorf("in %q: %+v %v", at, all, err)
			}
		}
		_, err := desk.TakeReferral(ctx, b.there, r.Twin, casework.Registration{Village: b.village()})
		if got := fault.Fields(err); len(got) != 1 || got[0].Name != "distinct" {
			t.Errorf("taken without a word: %v", err)
		}
		made, err := desk.TakeReferral(ctx, b.there, r.Twin, casework.Registration{Village: b.village(), Distinct: "双胞胎，户口簿已核对"})
		b.must(err)
		if f, err := desk.Application(ctx, b.there, made); err != nil || len(f.Apart) != 1 || f.Apart[0] != "双胞胎，户口簿已核对" {
			t.Errorf("not kept: %q %v", f.Apart, err)
		}
	})
}

// TestAReferralWithTheNumberBeforeGoesToWhoHadIt sends a case under a number that was corrected at home: it is taken for the same name, and not for another.
func TestAReferralWithTheNumberBeforeGoesToWhoHadIt(t *testing.T) {
	t.Parallel()
	bridges(t, func(b bridge) {
		desk, ctx := b.desk, t.Context()
		id := b.accepted(application.Request{Matter: application.New})
		b.assessed(id)
		r := b.sent(id)
		p := b.guest()
		p.ID, p.Region = "resident", b.village()
		p.Fill()
		name := func(s string) {
			b.must(b.DB.Update(ctx, b.there, func(tx *store.Tx) error {
				now, err := tx.Person(p.ID)
				q := now
				q.Name = s
				return errors.Join(err, tx.SavePerson(access.PersonEdit, now, q))
			}))
		}
		b.must(b.DB.Update(ctx, b.there, func(tx *store.Tx) error {
			if err := tx.AddPerson(access.ApplicationOpen, p); err != nil {
				return err
			}
			p.Version = 1
			return tx.RenumberPerson(p, correction.Correction{ID: "correction", Number: person.MakeNumber("533199", "1970-03-02", 78)})
		}))
		name("别的名字")
		if x, err := desk.Referral(ctx, b.there, r.Twin); err != nil || x.Known || x.Renumbered == nil || x.Since == "" {
			t.Errorf("of another name: %+v %v", x, err)
		}
		if _, err := desk.TakeReferral(ctx, b.there, r.Twin, casework.Registration{Village: b.village()}); fault.Of(err) != fault.Refused {
			t.Errorf("taken for another name: %v", err)
		}
		name(p.Name)
		if x, err := desk.Referral(ctx, b.there, r.Twin); err != nil || !x.Known || x.Renumbered == nil {
			t.Errorf("of the same name: %+v %v", x, err)
		}
		made, err := desk.TakeReferral(ctx, b.there, r.Twin, casework.Registration{})
		b.must(err)
		if f, err := desk.Application(ctx, b.there, made); err != nil || f.Person.ID != p.ID || f.Person.Number == b.number {
			t.Errorf("taken for %+v %v", f.Person, err)
		}
	})
}
