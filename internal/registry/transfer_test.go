package registry_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/registry"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/transfer"
)

// sent is somebody whose move was approved.
type sent struct {
	person person.Person
	held   certificate.Certificate
	moved  application.ID
	scan   string // the hash of the scan in its case
	out    transfer.Transfer
}

// sendOff brings a move through its course, from the counter to the approval, with a scan in the case.
func sendOff(t *testing.T, o *testbed.Office, to region.Code) sent {
	t.Helper()
	return sendOffOne(t, o, o.Person(t), to)
}

// sendOffOne does so for somebody who is known.
func sendOffOne(t *testing.T, o *testbed.Office, p person.Person, to region.Code) sent {
	t.Helper()
	s := sent{person: p}
	s.held = o.Certificate(t, s.person, "2028-01-01")
	return s.off(t, o, to)
}

// off brings the move of s through its course.
func (s sent) off(t *testing.T, o *testbed.Office, to region.Code) sent {
	t.Helper()
	desk, town := casework.New(o.DB, o.Files), testbed.As(access.Township)
	o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
		s.person, err = tx.Person(s.person.ID)
		return err
	})
	var err error
	s.moved, err = desk.OpenApplication(t.Context(), town, casework.Opening{Person: s.person, Whole: true,
		Request: application.Request{Matter: application.Move, Target: to, Origin: application.Counter}})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := o.Files.PutMade(strings.NewReader("scan of "+string(s.moved)), 99)
	if err != nil {
		t.Fatal(err)
	}
	s.scan = kept.Hash
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		return tx.AddAttachment(attachment.Attachment{ID: attachment.ID("scan-" + string(s.moved)), Region: s.person.Region, Application: string(s.moved), Paper: "household",
			Name: "户口簿.jpg", Type: "image/jpeg", Size: 9, Hash: s.scan})
	})
	for _, do := range []func() error{
		func() error { return desk.SubmitApplication(t.Context(), town, s.moved) },
		func() error {
			return desk.AcceptApplication(t.Context(), town, s.moved, casework.Acceptance{Sighted: policy.Papers})
		},
		func() error { return desk.ReviewApplication(t.Context(), testbed.As(access.Reviewer), s.moved, "") },
		func() error { return desk.ApproveApplication(t.Context(), testbed.As(access.Approver), s.moved) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	l, err := registry.New(o.DB, o.Files).Transfers(t.Context(), testbed.As(access.Clerk), registry.TransferFilter{Way: transfer.Out, State: transfer.Sent, Limit: 99})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range l.Transfers {
		if x.Person == s.person.ID {
			s.out = x
		}
	}
	if s.out.ID == "" {
		t.Fatal("nothing was sent")
	}
	return s
}

// newVillage is a village of the county of arrival.
func newVillage(t *testing.T, o *testbed.Office) region.Code {
	t.Helper()
	all, err := casework.New(o.DB, o.Files).Places(t.Context(), testbed.Stranger(access.Clerk), testbed.Elsewhere)
	if err != nil || len(all) == 0 {
		t.Fatal("no township", err)
	}
	all, err = casework.New(o.DB, o.Files).Places(t.Context(), testbed.Stranger(access.Clerk), all[0].Code)
	if err != nil || len(all) == 0 {
		t.Fatal("no village", err)
	}
	return all[0].Code
}

func TestACertificateIsTakenOverWithItsHolderAndFile(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, here, there := registry.New(o.DB, o.Files), testbed.As(access.Clerk), testbed.Stranger(access.Clerk)
		s := sendOff(t, o, testbed.Elsewhere)
		if err := desk.EditLife(t.Context(), here, household.Life{Person: s.person.ID, Marital: household.Widowed}); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.TakeDepartures(t.Context(), here, departures(departure.Move, line(s.person, "2020-01-05", "瑞丽市"))); err != nil {
			t.Fatal(err)
		}
		village := newVillage(t, o)
		whole := transfer.Arrival{Village: village, Address: "二组 5 号", Seen: true}
		in := s.out.Twin
		if got, err := desk.Transfer(t.Context(), there, in); err != nil || !got.Fits || got.Parcel.Name != s.person.Name || got.Parcel.Number != s.person.Number || len(got.Parcel.Papers) != 1 ||
			got.Parcel.Papers[0].Title != "户口簿复印件" && got.Parcel.Papers[0].Title == "" || got.Person != "" || got.There == "" {
			t.Fatalf("what arrives: %+v %v", got, err)
		}
		if u, err := desk.Undecided(t.Context(), there, testbed.Elsewhere); err != nil || u.Arrivals != 1 {
			t.Errorf("waiting: %+v %v", u, err)
		}
		if _, err := desk.TakeTransfer(t.Context(), there, in, transfer.Arrival{Village: testbed.Village}); fault.Of(err) != fault.Invalid || len(fault.Fields(err)) != 2 {
			t.Errorf("to a village elsewhere, nothing seen: %v", err)
		}
		if _, err := desk.TakeTransfer(t.Context(), testbed.Stranger(access.Approver), in, whole); fault.Of(err) != fault.Forbidden {
			t.Errorf("by an approver: %v", err)
		}
		if _, err := desk.TakeTransfer(t.Context(), here, s.out.ID, whole); fault.Of(err) != fault.Missing {
			t.Errorf("by the county that sent it: %v", err)
		}
		made, err := desk.TakeTransfer(t.Context(), there, in, whole)
		if err != nil {
			t.Fatal(err)
		}
		settledThere(t, o, s, made, village)
		if f, err := desk.Person(t.Context(), here, s.person.ID); err != nil || f.Certificates[0].State != certificate.Left || len(f.Transfers) != 1 || f.Transfers[0].State != transfer.Taken ||
			f.Transfers[0].Decider != there.Name || len(f.Departures) != 1 || f.Departures[0].State != departure.Dismissed {
			t.Errorf("the stub: %+v %v", f, err)
		}
		if f, err := desk.Person(t.Context(), there, made); err != nil || len(f.Changes) != 1 || f.Changes[0].Field != "move" || f.Changes[0].Before == "" || f.Changes[0].After == "" ||
			!strings.HasSuffix(history(t, desk, access.Clerk, s.person), "move "+f.Changes[0].Before+">"+f.Changes[0].After) {
			t.Errorf("the history of the move: %+v %v", f.Changes, err)
		}
		if _, err := desk.TakeTransfer(t.Context(), there, in, whole); fault.Of(err) != fault.Refused {
			t.Errorf("twice: %v", err)
		}
		if err := desk.RecallTransfer(t.Context(), here, s.out.ID, "本人不再迁移"); fault.Of(err) != fault.Refused {
			t.Errorf("recalled afterwards: %v", err)
		}
	})
}

// settledThere looks at what the county of arrival has now.
func settledThere(t *testing.T, o *testbed.Office, s sent, made person.ID, village region.Code) {
	t.Helper()
	desk, there := registry.New(o.DB, o.Files), testbed.Stranger(access.Clerk)
	f, err := desk.Person(t.Context(), there, made)
	if err != nil || f.Region != village || f.Address != "二组 5 号" || f.Name != s.person.Name || len(f.Certificates) != 1 || len(f.Cases) != 1 || len(f.Transfers) != 1 {
		t.Fatalf("the holder: %+v %v", f, err)
	}
	c, a := f.Certificates[0], f.Cases[0].Application
	if c.Number != s.held.Number || c.State != certificate.Valid || c.Expires != s.held.Expires || !strings.Contains(c.Remarks, "迁入") {
		t.Errorf("the certificate: %+v", c)
	}
	if a.Matter != application.Move || a.State != application.Delivered || !strings.HasPrefix(a.No, string(testbed.Elsewhere)) || a.Due <= o.Today() {
		t.Errorf("the case: %+v", a)
	}
	err = o.DB.View(t.Context(), there, func(tx *store.Tx) error {
		scans, err := tx.Attachments(a)
		if err != nil || len(scans) != 1 || scans[0].Paper != "household" || scans[0].Hash != s.scan {
			t.Errorf("the scans: %+v %v", scans, err)
		}
		life, err := tx.Life(f.Person)
		if err != nil || life.Marital != household.Widowed {
			t.Errorf("how they live: %+v %v", life, err)
		}
		county, id, err := tx.Identity(s.person.Number)
		if err != nil || county != testbed.Elsewhere || id != made {
			t.Errorf("the number leads to %s %s: %v", county, id, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	again := casework.Opening{Person: person.Person{Name: s.person.Name, Number: s.person.Number, Region: testbed.Village}, Request: application.Request{Matter: application.New}}
	if _, err := casework.New(o.DB, o.Files).OpenApplication(t.Context(), testbed.As(access.Township), again); fault.Of(err) != fault.Invalid {
		t.Errorf("a case where they lived before: %v", err)
	}
}

func TestATransferIsReturnedRecalledOrConfirmedOnPaper(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, here, there := registry.New(o.DB, o.Files), testbed.As(access.Clerk), testbed.Stranger(access.Clerk)
		back, recalled, paper := sendOff(t, o, testbed.Elsewhere), sendOff(t, o, testbed.Elsewhere), sendOff(t, o, testbed.Elsewhere)
		if err := desk.ReturnTransfer(t.Context(), there, back.out.Twin, " "); fault.Of(err) != fault.Invalid {
			t.Errorf("without a reason: %v", err)
		}
		for _, err := range []error{desk.ReturnTransfer(t.Context(), there, back.out.Twin, "户口尚未迁入"), desk.RecallTransfer(t.Context(), here, recalled.out.ID, "本人不再迁移"),
			desk.ConfirmTransfer(t.Context(), here, paper.out.ID, "瑞残迁回〔2020〕3 号")} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := desk.ReturnTransfer(t.Context(), there, recalled.out.Twin, "户口尚未迁入"); fault.Of(err) != fault.Refused {
			t.Errorf("returned after it was recalled: %v", err)
		}
		for _, c := range []struct {
			sent
			state transfer.State
			stand certificate.State
		}{{back, transfer.Returned, certificate.Valid}, {recalled, transfer.Recalled, certificate.Valid}, {paper, transfer.Taken, certificate.Left}} {
			x, err := desk.Transfer(t.Context(), there, c.out.Twin)
			if err != nil || x.State != c.state || x.Reason+x.Receipt == "" {
				t.Errorf("%+v %v", x.Transfer, err)
			}
			if f, err := desk.Certificate(t.Context(), here, c.held.ID); err != nil || f.Certificate.State != c.stand {
				t.Errorf("%s: the certificate is %s: %v", c.state, f.Certificate.State, err)
			}
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			if county, _, err := tx.Identity(paper.person.Number); err != nil || county != "" {
				t.Errorf("the number of somebody whom another register holds leads to %s: %v", county, err)
			}
			return nil
		})
		var b bytes.Buffer
		if err := desk.WriteTransfer(t.Context(), here, paper.out.ID, &b); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("%PDF")) {
			t.Error(err)
		}
		if n := seen(t, o, here); n != 1 {
			t.Errorf("looking at whole numbers on paper counts %d times", n)
		}
		if err := desk.WriteTransfer(t.Context(), testbed.As(access.City), paper.out.ID, io.Discard); fault.Of(err) != fault.Forbidden {
			t.Errorf("whole numbers for the city: %v", err)
		}
		b.Reset()
		if err := desk.ExportTransfers(t.Context(), here, registry.TransferFilter{}, sheet.Out{To: &b, As: sheet.UTF8}); err != nil || strings.Count(b.String(), "迁出") < 3 || strings.Contains(b.String(), string(paper.held.Number)) {
			t.Errorf("%v\n%s", err, b.String())
		}
	})
}

// 办法 art. 23: a certificate that ended on its way stays ended when it comes back, and one that a move had frozen is frozen.
func TestWhatEndedOrWasFrozenComesBackAsItIs(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, here, there := registry.New(o.DB, o.Files), testbed.As(access.Clerk), testbed.Stranger(access.Clerk)
		ended := sendOff(t, o, testbed.Elsewhere)
		o.Update(t, access.Approver, func(tx *store.Tx) error {
			c, err := tx.Certificate(ended.held.ID)
			if err != nil {
				return err
			}
			if err := c.End(certificate.Death, tx.Today()); err != nil {
				return err
			}
			return tx.SaveCertificate(access.DepartureApply, c)
		})
		frozen := sent{person: o.Person(t)}
		frozen.held = o.Certificate(t, frozen.person, "2028-01-01")
		if _, err := desk.TakeDepartures(t.Context(), here, departures(departure.Move, line(frozen.person, "2019-06-01", "瑞丽市"))); err != nil {
			t.Fatal(err)
		}
		of := proposed(t, desk, registry.DepartureFilter{Kind: departure.Move}).Departed[0].Departure.ID
		if done, err := desk.ApplyDepartures(t.Context(), testbed.As(access.Approver), []departure.ID{of}); err != nil || done[0].Err != nil {
			t.Fatal(done, err)
		}
		frozen = frozen.off(t, o, testbed.Elsewhere)
		l, err := desk.Transfers(t.Context(), there, registry.TransferFilter{Way: transfer.In, State: transfer.Sent, Limit: 9})
		if err != nil || len(l.Transfers) != 2 {
			t.Fatal(l, err)
		}
		for _, x := range l.Transfers {
			if err := desk.ReturnTransfer(t.Context(), there, x.ID, "查无此人"); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			sent
			want certificate.State
		}{{ended, certificate.Cancelled}, {frozen, certificate.Frozen}} {
			f, err := desk.Certificate(t.Context(), here, c.held.ID)
			if err != nil || f.Certificate.State != c.want {
				t.Errorf("it came back %s, want %s: %v", f.Certificate.State, c.want, err)
			}
		}
	})
}

// seen is how often somebody looked at whole numbers today.
func seen(t *testing.T, o *testbed.Office, by access.Actor) int {
	t.Helper()
	n := 0
	o.Update(t, access.Auditor, func(tx *store.Tx) error {
		all, err := tx.Counts(testbed.County, access.PersonReveal, tx.Today().Begins(day.Beijing))
		for _, d := range all {
			if d.Account == by.Account {
				n = d.Count
			}
		}
		return err
	})
	return n
}

func TestTransfersAreTurnedAndLate(t *testing.T) {
	t.Parallel()
	o := testbed.Open(t, "sqlite")
	desk := registry.New(o.DB, o.Files)
	for range 3 {
		sendOff(t, o, testbed.Elsewhere)
	}
	seen := map[transfer.ID]bool{}
	f := registry.TransferFilter{Limit: 2}
	for range 2 {
		l, err := desk.Transfers(t.Context(), testbed.As(access.Clerk), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range l.Transfers {
			seen[x.ID] = true
			if x.Late(x.Due) || !x.Late(x.Due.Add(1)) {
				t.Errorf("due %s", x.Due)
			}
		}
		f.After = l.Next
	}
	if len(seen) != 3 || f.After != "" {
		t.Errorf("%d were seen, next %q", len(seen), f.After)
	}
}

// firstTransfer is what waits first; an office without one ends the test.
func firstTransfer(ctx context.Context, d *registry.Desk) transfer.ID {
	l, err := d.Transfers(ctx, testbed.As(access.Clerk), registry.TransferFilter{Limit: 1})
	if err != nil || len(l.Transfers) == 0 {
		panic(fmt.Sprint("no transfer: ", err))
	}
	return l.Transfers[0].ID
}

func TestLateAndReturnedTransfersAreToldOnBothSides(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, here, there := registry.New(o.DB, o.Files), testbed.As(access.Clerk), testbed.Stranger(access.Clerk)
		late, back := sendOff(t, o, testbed.Elsewhere), sendOff(t, o, testbed.Elsewhere)
		told := func(by access.Actor, where region.Code, late, returned int) {
			t.Helper()
			u, err := desk.Undecided(t.Context(), by, where)
			if err != nil || u.Late != late || u.Returned != returned {
				t.Errorf("%s %s on %s: %+v %v", by.Role, where, o.Today(), u, err)
			}
		}
		if err := desk.ReturnTransfer(t.Context(), there, back.out.Twin, "户口尚未迁入"); err != nil {
			t.Fatal(err)
		}
		o.Wait(late.out.Due.Sub(o.Today()))
		told(here, testbed.County, 0, 1)
		o.Wait(1)
		told(here, testbed.County, 1, 1)
		told(there, testbed.Elsewhere, 1, 0)
		told(testbed.As(access.Approver), testbed.County, 0, 0)
		o.Wait(30)
		told(here, testbed.County, 1, 0)
	})
}
