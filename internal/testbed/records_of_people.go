package testbed

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/appeal"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/assessment"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/lapse"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/reassessment"
	"hefa/internal/referral"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/session"
	"hefa/internal/statement"
	"hefa/internal/store"
)

// anew is a case that can be examined anew, and an examination that names the county's doctor; for the pages that are tried from other places.
func (o *Office) anew(t testing.TB, ids map[string]string) {
	t.Helper()
	ids["appraisal"] = "appraisal"
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		list := archive.Appraisal{ID: "appraisal", Region: County, No: "533103-2020-JD01", Head: "组长", Members: []string{"甲", "乙"}, State: archive.Drawn}
		_, err := tx.DrawAppraisal(list, archive.Ended{}, 1)
		return err
	})
	ids["appeal"], ids["reassessment"] = "appeal", "reassessment"
	ids["judged"] = string(o.Concluded(t, o.Person(t), "another", application.Reviewed, "所见").ID)
	a := o.Concluded(t, o.Person(t), "another", application.Reviewed, "所见")
	by := As(access.Doctor)
	o.Update(t, access.City, func(tx *store.Tx) error {
		if err := tx.AddAppeal(access.AppealFile, appeal.Appeal{ID: "appeal", Region: a.Region, No: "S1", Application: string(a.ID), Origin: appeal.Person, Level: appeal.City, State: appeal.Admitted,
			Filed: o.Today(), Reason: "不服"}); err != nil {
			return err
		}
		return tx.AddReassessment(reassessment.Reassessment{ID: "reassessment", Region: a.Region, Appeal: "appeal", Application: string(a.ID), Person: a.Person, Hospital: org.ID(by.Org),
			Wanted: a.Wanted, State: reassessment.Ordered, Day: o.Today(), Ordered: o.Today(), Doctors: []reassessment.Doctor{{Account: by.Account, Name: by.Name}}})
	})
}

// stated is a signed waiver of somebody that came back.
func (o *Office) stated(t testing.TB, who person.Person, scan string) string {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) error {
		x := statement.Statement{ID: "statement", Issue: "statement", Region: who.Region, No: "533103-2020-F000001", Kind: statement.Waiver, State: statement.Out, Printed: o.Today(), Version: 1}
		if err := tx.AddStatement(x, []person.Person{who}); err != nil {
			return err
		}
		if err := x.Receive(statement.Scan{On: o.Today(), Hash: scan, Type: "application/pdf", Pages: 1}); err != nil {
			return err
		}
		return tx.SaveStatement(access.StatementReceive, x, "")
	})
	return "statement"
}

// referredTo is a case that another county took for 芒市, and one of 芒市 that it sent.
func (o *Office) referredTo(t testing.TB, p person.Person, sent application.ID) (home, host string) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		x := referral.Referral{ID: "referral", Side: referral.Home, Region: Village, Abroad: "533123", Twin: "twin", State: referral.Sent, Sent: tx.Today(), Due: tx.Today(),
			Parcel: referral.Parcel{From: "外县残联", Person: referral.Applicant{Name: "测试", Number: p.Number}, Matter: application.New}}
		if err := tx.SignReferral(&x); err != nil {
			return err
		}
		if err := tx.AddReferral(access.ReferralSend, x); err != nil {
			return err
		}
		x.ID, x.Side, x.Application, x.Twin, x.Abroad = "handed", referral.Host, string(sent), "referral", County // its twin is at hand
		return tx.AddReferral(access.ReferralSend, x)
	})
	return "referral", "handed"
}

// reminded is a letter about a certificate whose slip was scanned.
func (o *Office) reminded(t testing.TB, held certificate.ID, who person.ID, scan string) string {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) error {
		r := reminder.Reminder{ID: "reminder", Region: Village, No: "533103-2020-T0000001", Kind: reminder.Renew, Step: "6", Person: who, Certificate: held, State: reminder.Made,
			Made: o.Today(), Months: 6, Due: "2020-12-31"}
		if err := tx.AddReminder(r); err != nil {
			return err
		}
		r.State, r.Received, r.Signer, r.Proof, r.ProofType, r.Version = reminder.Received, o.Today(), reminder.Self, scan, "application/pdf", 1
		return tx.SaveReminder(access.ReminderReceive, r)
	})
	return "reminder"
}

// printed is a bundle with a file that is ready.
func (o *Office) printed(t testing.TB, hash string) string {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) error {
		b := reminder.Bundle{ID: "bundle", Region: Township, About: "凤平镇", Letters: 1, State: reminder.BundleWorking, Made: tx.Now(), Last: o.Today().Add(7)}
		if err := tx.AddBundle(b, []reminder.ID{"reminder"}, ""); err != nil {
			return err
		}
		return tx.AddBundlePart(b, reminder.Part{No: 1, Letters: 1, Hash: hash, Size: 1})
	})
	return "bundle"
}

// putUp is the certificate on a published list of those to be cancelled.
func (o *Office) putUp(t testing.TB, held certificate.Certificate) string {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) error {
		p := lapse.Posting{ID: "posting", Region: Township, No: "533103-2020-Z0001", Starts: o.Today(), Ends: o.Today().Add(7), People: 1}
		if err := tx.AddPosting(p); err != nil {
			return err
		}
		return tx.AddLapse(lapse.Lapse{ID: "lapse", Region: held.Region, Certificate: held.ID, Person: held.Person, Cause: lapse.Expired, State: lapse.Announced, Posting: p.ID, Ends: p.Ends})
	})
	return "lapse"
}

// Carded puts a case into a batch with its card.
func (o *Office) Carded(t testing.TB, a application.Application, batch string, held certificate.ID, state card.State) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		a.No, a.Accepted, a.Approved, a.Batch, a.Notice = "533103-2020-"+batch, o.Today(), o.Today(), batch, "notice"
		a.Category, a.Level = certificate.Physical, certificate.Third
		if err := tx.SaveApplication(access.ApplicationPrint, a.State, a, ""); err != nil {
			return err
		}
		b := card.Batch{ID: card.BatchID(batch), Region: region.Code(Township), No: batch, Cards: 1, Made: o.Today()}
		if err := tx.AddBatch(b); err != nil {
			return err
		}
		face := card.Face{Name: "测试", Number: "53319919610504001X43", Level: certificate.Third, Category: "肢体", Issued: o.Today(), Expires: o.Today()}
		k := card.Card{ID: card.ID("card-" + batch), Region: a.Region, Batch: b.ID, Application: string(a.ID), Certificate: held, Face: face, State: state}
		return tx.AddCard(k)
	})
}

// signed is the scanned page of the register of a batch.
func (o *Office) signed(t testing.TB, scan string) string {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) error {
		r := card.Register{ID: "register", Region: Township, Batch: "batch", No: "533103-QS-2020-0001", Pages: 1, Printed: o.Today(), Clerk: "clerk"}
		if err := tx.AddRegister(r, card.Ruled([]card.ID{"card-batch"}, []int{1})); err != nil {
			return err
		}
		return tx.AddRegisterScan(r, card.RegisterScan{ID: "signed", Register: r.ID, Page: 1, Hash: scan, Type: "application/pdf", Pages: 1, Received: o.Today(), Clerk: "clerk"}, "")
	})
	return "signed"
}

// Concluded is a case of limbs that a hospital put on the third level at a session of its own.
func (o *Office) Concluded(t testing.TB, p person.Person, at org.ID, state application.State, seen string) application.Application {
	t.Helper()
	a := o.Case(t, p, state)
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		x := session.Session{ID: session.ID("s" + string(a.ID)), Region: Township, Hospital: at, Kind: session.Central, Day: o.Today(), Capacity: 9, Taken: 1}
		if err := tx.AddSession(x); err != nil {
			return err
		}
		a.Category, a.Level, a.Assessed, a.Session = certificate.Physical, certificate.Third, o.Today(), string(x.ID)
		f := assessment.Finding{Category: certificate.Physical, Level: certificate.Third, Meets: true, Findings: seen, Doctor: As(access.Doctor).Account, Name: "首评医生"}
		c := assessment.Conclusion{Findings: []assessment.Finding{f}, Doctor: f.Doctor, First: f.Name, Second: "首评主任", On: o.Today(), Session: string(x.ID)}
		if err := tx.AddAssessment(a, "0"+string(a.ID), c); err != nil {
			return err
		}
		return tx.SaveApplication(access.ApplicationAssess, a.State, a, "首评备注")
	})
	return a
}
