package casework_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/attachment"
	"hefa/internal/card"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/records"
	"hefa/internal/referral"
	"hefa/internal/region"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// bridge is the two counties of a case: 芒市 takes it, 瑞丽市 decides on it.
type bridge struct {
	*testbed.Office
	desk        *casework.Desk
	t           *testing.T
	here, there access.Actor // the clerks
	number      person.Number
}

func bridges(t *testing.T, fn func(b bridge)) {
	t.Helper()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		fn(bridge{o, casework.New(o.DB, o.Files), t, testbed.As(access.Clerk), testbed.Stranger(access.Clerk), person.MakeNumber("533199", "1970-03-02", 77)})
	})
}

func (b bridge) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// guest is somebody who lives in 芒市 and is registered in 瑞丽市.
func (b bridge) guest() person.Person {
	return person.Person{Name: "测试外来人", Number: b.number, Region: testbed.Village, Address: "出租屋 3 号", Phone: "13900000002"}
}

// village is one of 瑞丽市.
func (b bridge) village() region.Code {
	b.t.Helper()
	at := testbed.Elsewhere
	for range 2 {
		all, err := b.desk.Places(b.t.Context(), b.there, at)
		if err != nil || len(all) == 0 {
			b.t.Fatal("no place", err)
		}
		at = all[0].Code
	}
	return at
}

// resident is the same person in the register of 瑞丽市, with a certificate.
func (b bridge) resident() certificate.Certificate {
	b.t.Helper()
	p := b.guest()
	p.ID, p.Region, p.Name = "resident", b.village(), "测试外来人"
	p.Fill()
	c := certificate.Certificate{ID: "held", Region: p.Region, Person: p.ID, Number: certificate.MakeNumber(p.Number, certificate.Physical, certificate.Third), Category: certificate.Physical,
		Level: certificate.Third, State: certificate.Valid, Expires: "2028-01-01", Grades: []certificate.Grade{{Category: certificate.Physical, Level: certificate.Third}}}
	b.must(b.DB.Update(b.t.Context(), b.there, func(tx *store.Tx) error {
		if err := tx.AddPerson(access.ApplicationOpen, p); err != nil {
			return err
		}
		return tx.AddCertificate(access.RosterImport, c)
	}))
	return c
}

// accepted is a case of the guest that 芒市 has accepted, with a scan.
func (b bridge) accepted(r application.Request) application.ID {
	b.t.Helper()
	town := testbed.As(access.Township)
	r.Home, r.Origin = testbed.Elsewhere, application.Counter
	if len(r.Wanted) == 0 {
		r.Wanted = []certificate.Category{certificate.Physical}
	}
	id, err := b.desk.OpenApplication(b.t.Context(), town, casework.Opening{Person: b.guest(), Request: r, Whole: true})
	b.must(err)
	b.Update(b.t, access.Clerk, func(tx *store.Tx) error {
		return tx.AddAttachment(attachment.Attachment{ID: attachment.ID("scan-" + string(id)), Region: testbed.Village, Application: string(id), Paper: "household", Name: "户口簿.jpg",
			Type: "image/jpeg", Size: 9, Hash: strings.Repeat("ab", 32)})
	})
	b.must(b.desk.SubmitApplication(b.t.Context(), town, id))
	b.must(b.desk.AcceptApplication(b.t.Context(), town, id, casework.Acceptance{Sighted: policy.Papers}))
	return id
}

// assessed puts the conclusion of a hospital of 芒市 into an accepted case and its notice behind it.
func (b bridge) assessed(id application.ID) {
	b.t.Helper()
	b.Update(b.t, access.Clerk, func(tx *store.Tx) error {
		a, err := tx.Application(id)
		if err != nil {
			return err
		}
		was := a.State
		a.State, a.Category, a.Level, a.Assessed = application.Ready, certificate.Physical, certificate.Second, tx.Today()
		if err := tx.SaveApplication(access.ApplicationAssess, was, a, ""); err != nil {
			return err
		}
		return tx.AddAssessment(a, "conclusion-"+string(id), assessment.Conclusion{First: "测试医师甲", Second: "测试医师乙", Doctor: "doctor", On: tx.Today(),
			Findings: []assessment.Finding{{Category: certificate.Physical, Level: certificate.Second, Meets: true, Findings: "左下肢缺失", Doctor: "doctor", Name: "测试医师甲", On: tx.Today()}}})
	})
}

// sent is a case that waits in 瑞丽市: the record of 芒市.
func (b bridge) sent(id application.ID) referral.Referral {
	b.t.Helper()
	of, err := b.desk.SendReferral(b.t.Context(), b.here, id, "瑞丽市勐卯街道测试社区 8 号")
	b.must(err)
	r, err := b.desk.Referral(b.t.Context(), b.here, of)
	b.must(err)
	return r.Referral
}

// stands is where the case of 芒市 and the referral stand.
func (b bridge) stands(id application.ID, s application.State, r referral.Referral, rs referral.State) {
	b.t.Helper()
	f, err := b.desk.Application(b.t.Context(), b.here, id)
	if err != nil || f.Case.Application.State != s {
		b.t.Errorf("the case is %s, not %s: %v", f.Case.Application.State, s, err)
	}
	for _, x := range []struct {
		by access.Actor
		id referral.ID
	}{{b.here, r.ID}, {b.there, r.Twin}} {
		got, err := b.desk.Referral(b.t.Context(), x.by, x.id)
		if err != nil || got.State != rs {
			b.t.Errorf("%s: the referral is %s, not %s: %v", x.by.Region, got.State, rs, err)
		}
	}
}

// told lets the program tell what became of the case of 瑞丽市.
func (b bridge) told(id application.ID) {
	b.t.Helper()
	for range 2 { // telling twice changes nothing
		b.must(b.desk.TellReferral(b.t.Context(), access.Program(), testbed.Elsewhere, id))
	}
}

func (b bridge) reviewed(id application.ID) {
	b.t.Helper()
	b.must(b.desk.ReviewApplication(b.t.Context(), testbed.Stranger(access.Reviewer), id, ""))
}

// printed brings an approved case of 瑞丽市 to a card that has left the printing desk.
func (b bridge) printed(id application.ID) {
	b.t.Helper()
	cards := records.New(b.DB, b.Files)
	f, err := b.desk.Application(b.t.Context(), b.there, id)
	b.must(err)
	batch, err := cards.PrepareBatch(b.t.Context(), b.there, f.Case.Application.Region.Township(), []application.ID{id})
	b.must(err)
	b.must(cards.PrintApplication(b.t.Context(), b.there, id, "YN0000001"))
	b.must(cards.DispatchBatch(b.t.Context(), b.there, batch, card.Parcel{}))
}
