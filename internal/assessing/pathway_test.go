package assessing_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/attachment"
	"hefa/internal/certificate"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/org"
	"hefa/internal/pathway"
	"hefa/internal/session"
	"hefa/internal/sheet"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// bedridden is the choice of the remote way as a township clerk would type it.
func bedridden() pathway.Choice {
	return pathway.Choice{Path: pathway.Remote, Detail: pathway.Detail{Facts: pathway.Facts{Immobile: true, Ground: "bedridden"}, Reason: "瘫痪在床八年",
		Guardian: pathway.Party{Name: "测试监护", Relation: "儿子"}}}
}

// sitting is a new session of a kind.
func (c clinic) sitting(t *testing.T, k session.Kind) session.ID {
	t.Helper()
	s := plan(morrow, 5)
	s.Kind = k
	id, err := c.PlanSession(t.Context(), testbed.As(access.Clerk), s)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// files enters a file with a case, as a piece of evidence when it has a kind.
func (c clinic) files(t *testing.T, of application.ID, paper string, k evidence.Kind) {
	t.Helper()
	c.Update(t, access.Township, func(tx *store.Tx) error {
		f := attachment.Attachment{ID: attachment.ID(id.New()), Region: testbed.Village, Application: string(of), Paper: paper, Name: "一", Type: "image/jpeg", Size: 1, Hash: strings.Repeat("a", 64)}
		if err := tx.AddAttachment(f); err != nil || k == "" {
			return err
		}
		return tx.AddEvidence(testbed.County, evidence.Item{Attachment: f.ID, Application: string(of), Kind: k, Taken: tx.Now(), Detail: evidence.Detail{Shows: "右下肢", Taker: "测试联络员"}})
	})
}

// shown is a case on the remote way with everything that it needs.
func (c clinic) shown(t *testing.T) application.ID {
	t.Helper()
	a := c.wants(t, "1961-05-04", certificate.Physical)
	by := testbed.As(access.Township)
	if err := c.ChoosePathway(t.Context(), by, a, bedridden()); err != nil {
		t.Fatal(err)
	}
	if err := c.TakeConsent(t.Context(), testbed.As(access.Village), a, evidence.Consent{Giver: evidence.Guardian, Name: "测试监护", Manner: evidence.Written, Video: true}); err != nil {
		t.Fatal(err)
	}
	for _, k := range evidence.Kinds {
		c.files(t, a, attachment.Evidence, k)
	}
	return a
}

func TestARemoteCaseWaitsForConsentAndEvidence(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		by := testbed.As(access.Township)
		a := c.wants(t, "1961-05-04", certificate.Physical)
		remote, central := c.sitting(t, session.Remote), c.sitting(t, session.Central)
		seat := func(s session.ID) error {
			return c.ScheduleApplications(t.Context(), by, s, []application.ID{a})
		}
		want(t, "a case that nobody marked", seat(remote), fault.Refused, "path.unmarked")
		want(t, "consent before the way", c.TakeConsent(t.Context(), by, a, evidence.Consent{}), fault.Refused, "evidence.path")
		far := bedridden()
		far.Facts.Ground = "far"
		want(t, "a ground that policy shuts", c.ChoosePathway(t.Context(), by, a, far), fault.Invalid, "path.ground.closed")
		if err := c.ChoosePathway(t.Context(), by, a, bedridden()); err != nil {
			t.Fatal(err)
		}
		want(t, "chosen again on an old page", c.ChoosePathway(t.Context(), by, a, bedridden()), fault.Stale, "")
		want(t, "the township's day", seat(central), fault.Refused, "path.unfit")
		want(t, "without anything", seat(remote), fault.Refused, "path.lacking")
		want(t, "nobody consents", c.TakeConsent(t.Context(), by, a, evidence.Consent{}), fault.Invalid, "evidence.giver.missing")
		if err := c.TakeConsent(t.Context(), by, a, evidence.Consent{Giver: evidence.Agent, Name: "测试代理", Manner: evidence.Written}); err != nil {
			t.Fatal(err)
		}
		for _, k := range evidence.Kinds {
			want(t, "before the "+string(k), seat(remote), fault.Refused, "path.lacking")
			c.files(t, a, attachment.Evidence, k)
		}
		if err := c.WithdrawConsent(t.Context(), by, a); err != nil {
			t.Fatal(err)
		}
		want(t, "withdrawn twice", c.WithdrawConsent(t.Context(), by, a), fault.Refused, "evidence.consent.none")
		want(t, "after the consent was withdrawn", seat(remote), fault.Refused, "path.lacking")
		if err := c.TakeConsent(t.Context(), by, a, evidence.Consent{Giver: evidence.Guardian, Name: "测试监护", Manner: evidence.Spoken}); err != nil {
			t.Fatal(err)
		}
		if err := seat(remote); err != nil {
			t.Fatal(err)
		}
		want(t, "another way once seated", c.ChoosePathway(t.Context(), by, a, bedridden()), fault.Refused, "application.step.wrong")
	})
}

func TestADoctorSeesTheEvidenceAndMaySendTheCaseBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		township, doctor := testbed.As(access.Township), testbed.As(access.Doctor)
		a, remote := c.shown(t), c.sitting(t, session.Remote)
		if _, err := c.Remote(t.Context(), doctor, a); fault.Of(err) != fault.Missing {
			t.Errorf("seen before the hospital calls: %v", err)
		}
		if err := c.ScheduleApplications(t.Context(), township, remote, []application.ID{a}); err != nil {
			t.Fatal(err)
		}
		want(t, "asked before the day", c.AskEvidence(t.Context(), doctor, a, "右手看不清"), fault.Refused, "session.ahead")
		c.Until(morrow)
		seen, err := c.Remote(t.Context(), doctor, a)
		if err != nil || len(seen.Items) != 3 || !seen.CanAsk || seen.CanChoose || seen.Items[0].Shows != "右下肢" {
			t.Fatalf("the doctor sees %+v, %v", seen, err)
		}
		if err := c.KeepFindings(t.Context(), doctor, a, signed(met(certificate.Physical, "1"))); err != nil {
			t.Fatal(err)
		}
		want(t, "asked without a word", c.AskEvidence(t.Context(), doctor, a, " 太暗 "), fault.Invalid, "evidence.reason.short")
		want(t, "asked by the township", c.AskEvidence(t.Context(), township, a, "右手看不清"), fault.Forbidden, "")
		if err := c.AskEvidence(t.Context(), doctor, a, "右手看不清"); err != nil {
			t.Fatal(err)
		}
		if got := c.found(t, a); got.State != application.Accepted || got.Session != "" || c.left(t, remote) != 5 {
			t.Errorf("sent back as %+v", got)
		}
		if _, err := c.Remote(t.Context(), doctor, a); fault.Of(err) != fault.Missing {
			t.Errorf("seen after it was sent back: %v", err)
		}
		want(t, "seated unanswered", c.ScheduleApplications(t.Context(), township, remote, []application.ID{a}), fault.Refused, "path.lacking")
		want(t, "answered with nothing", c.AnswerEvidence(t.Context(), township, a, ""), fault.Invalid, "evidence.reply.missing")
		c.Pass(time.Minute)
		c.files(t, a, attachment.Evidence, evidence.Photo)
		if err := c.AnswerEvidence(t.Context(), township, a, ""); err != nil {
			t.Fatal(err)
		}
		want(t, "answered twice", c.AnswerEvidence(t.Context(), township, a, "没有更多"), fault.Refused, "evidence.answered")
		if err := c.ScheduleApplications(t.Context(), township, remote, []application.ID{a}); err != nil {
			t.Fatal(err)
		}
		if e, err := c.Examination(t.Context(), doctor, a); err != nil || len(e.Kept) != 1 || e.Way.Path != pathway.Remote {
			t.Errorf("what was found before: %+v, %v", e.Kept, err)
		}
		if err := c.WithdrawConsent(t.Context(), township, a); err != nil {
			t.Fatal(err)
		}
		want(t, "signed without consent", c.AssessApplication(t.Context(), doctor, a, signed(met(certificate.Physical, "1"))), fault.Refused, "path.lacking")
		if err := c.TakeConsent(t.Context(), township, a, evidence.Consent{Giver: evidence.Guardian, Name: "测试监护", Manner: evidence.Written}); err != nil {
			t.Fatal(err)
		}
		if err := c.AssessApplication(t.Context(), doctor, a, signed(met(certificate.Physical, "1"))); err != nil {
			t.Fatal(err)
		}
		if got := c.found(t, a); got.State != application.Assessed || got.Level != "1" {
			t.Errorf("concluded as %+v", got)
		}
	})
}

// Every block of an assessment holds for a remote one too: no agreement, no training, a category that is not the doctor's.
func TestTheBlocksHoldForARemoteCase(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		township, doctor := testbed.As(access.Township), testbed.As(access.Doctor)
		a, remote := c.shown(t), c.sitting(t, session.Remote)
		if err := c.ScheduleApplications(t.Context(), township, remote, []application.ID{a}); err != nil {
			t.Fatal(err)
		}
		c.Until(morrow)
		want(t, "a category that is not the doctor's", c.AssessApplication(t.Context(), doctor, a, signed(met(certificate.Hearing, "1"))), fault.Invalid, "assessment.category.unlicensed")
		p, err := c.Doctor(t.Context(), testbed.As(access.Health), "doctor-533103")
		if err != nil {
			t.Fatal(err)
		}
		practice := p.Practice
		practice.Until = "2020-04-01"
		if err := c.EditDoctor(t.Context(), testbed.As(access.Clerk), practice); err != nil {
			t.Fatal(err)
		}
		for name, err := range map[string]error{"ask": c.AskEvidence(t.Context(), doctor, a, "右手看不清"), "sign": c.AssessApplication(t.Context(), doctor, a, signed(met(certificate.Physical, "1")))} {
			if fault.Of(err) != fault.Refused {
				t.Errorf("%s with a training certificate that has ended: %v", name, err)
			}
		}
		b := c.shown(t)
		want(t, "seated where no doctor may assess", c.ScheduleApplications(t.Context(), township, remote, []application.ID{b}), fault.Refused, "doctor.uncovered")
	})
}

func TestRecordsAreBroughtByTwoAndSeenInTheOriginal(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		by := testbed.As(access.Township)
		c.employ(t, staff.Account{ID: "psychiatrist", Login: "psychiatrist", Name: "测试精神科", Role: access.Doctor, Region: testbed.County, Org: org.ID(testbed.As(access.Doctor).Org),
			Categories: []certificate.Category{certificate.Mental}})
		a := c.wants(t, "1961-05-04", certificate.Mental)
		s := c.sitting(t, session.Clinic)
		choice := pathway.Choice{Path: pathway.Records, Detail: pathway.Detail{Facts: pathway.Facts{Inpatient: true, Immobile: true}, Guardian: pathway.Party{Name: "测试监护", Relation: "母亲"}}}
		want(t, "without the first secretary", c.ChoosePathway(t.Context(), by, a, choice), fault.Invalid, "path.secretary.missing")
		choice.Secretary = " 测试 书记 "
		if err := c.ChoosePathway(t.Context(), by, a, choice); err != nil {
			t.Fatal(err)
		}
		p, err := c.Pathway(t.Context(), by, a)
		if err != nil || p.Proposed.Path != pathway.Records || p.Way.Secretary != "测试 书记" || len(pathway.Lacking(p.Needs)) != 3 {
			t.Fatalf("%+v, %v", p, err)
		}
		want(t, "seated without records", c.ScheduleApplications(t.Context(), by, s, []application.ID{a}), fault.Refused, "path.lacking")
		c.files(t, a, "records", "")
		c.files(t, a, "guardian", "")
		want(t, "seated before the original was seen", c.ScheduleApplications(t.Context(), by, s, []application.ID{a}), fault.Refused, "path.lacking")
		choice.Original, choice.Version = true, 1
		if err := c.ChoosePathway(t.Context(), by, a, choice); err != nil {
			t.Fatal(err)
		}
		if p, err = c.Pathway(t.Context(), by, a); err != nil || p.Way.Seen != by.Name {
			t.Errorf("the original was seen by %q, %v", p.Way.Seen, err)
		}
		if err := c.ScheduleApplications(t.Context(), by, s, []application.ID{a}); err != nil {
			t.Fatal(err)
		}
	})
}

func TestWhoIsOnWhichWayIsListed(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, c clinic) {
		by := testbed.As(access.Township)
		batch := c.wants(t, "1961-05-04", certificate.Mental)
		choice := pathway.Choice{Path: pathway.Batch, Detail: pathway.Detail{Organiser: "风平镇残联"}}
		if err := c.ChoosePathway(t.Context(), by, batch, choice); err != nil {
			t.Fatal(err)
		}
		trip := c.wants(t, "1961-05-04", certificate.Vision)
		choice.Path = pathway.Trip
		if err := c.ChoosePathway(t.Context(), by, trip, choice); err != nil {
			t.Fatal(err)
		}
		all, err := c.Pathways(t.Context(), testbed.As(access.Clerk), assessing.PathwayFilter{Open: true, Limit: 1})
		if err != nil || len(all.Lines) != 1 || all.Next != trip || all.Lines[0].Organiser != "风平镇残联" {
			t.Fatalf("the first page: %+v, %v", all, err)
		}
		all, err = c.Pathways(t.Context(), by, assessing.PathwayFilter{Path: pathway.Batch, After: all.Next, Limit: 9})
		if err != nil || len(all.Lines) != 1 || all.Lines[0].Case.Application.ID != batch || all.Next != "" {
			t.Errorf("the batch: %+v, %v", all, err)
		}
		var out bytes.Buffer
		if err := c.ExportPathways(t.Context(), by, assessing.PathwayFilter{}, sheet.Out{To: &out, As: sheet.UTF8}); err != nil || strings.Count(out.String(), "风平镇残联") != 2 {
			t.Errorf("%s, %v", out.String(), err)
		}
		want(t, "by a hospital", func() error {
			_, err := c.Pathways(t.Context(), testbed.As(access.Hospital), assessing.PathwayFilter{Limit: 1})
			return err
		}(), fault.Forbidden, "")
	})
}
