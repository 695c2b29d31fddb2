package records_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"sync"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/assessment"
	"hefa/internal/attachment"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/records"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// approved is a case of p that was approved today as physical, third level; change may make it another one.
func approved(t testing.TB, o *testbed.Office, p person.Person, change func(*application.Application)) application.Application {
	t.Helper()
	a := o.Case(t, p, application.Approved)
	o.Update(t, access.Approver, func(tx *store.Tx) (err error) {
		a.Approved, a.Category, a.Level, a.Assessed = o.Today(), certificate.Physical, certificate.Third, o.Today()
		if change != nil {
			change(&a)
		}
		if err := tx.SaveApplication(access.ApplicationApprove, a.State, a, ""); err != nil {
			return err
		}
		a, err = tx.Application(a.ID)
		return err
	})
	return a
}

// renewal is an approved exchange of a certificate of p with a number.
func renewal(t testing.TB, o *testbed.Office, p person.Person, number certificate.Number, change func(*application.Application)) (application.Application, certificate.Certificate) {
	t.Helper()
	return exchange(t, o, sought{p, number, application.Renew}, change)
}

// sought is a case about a certificate in hand.
type sought struct {
	person.Person
	number certificate.Number
	matter application.Matter
}

// exchange is an approved case of any later matter.
func exchange(t testing.TB, o *testbed.Office, of sought, change func(*application.Application)) (application.Application, certificate.Certificate) {
	t.Helper()
	p, number := of.Person, of.number
	old := certificate.Certificate{ID: certificate.ID("old-" + p.ID), Region: p.Region, Person: p.ID, Number: number, Category: certificate.Physical, Level: certificate.Third,
		State: certificate.Valid, Expires: "2020-05-07", Grades: []certificate.Grade{{Category: certificate.Physical, Level: certificate.Third}}}
	a := application.Application{ID: application.ID("renew-" + p.ID), Region: p.Region, Person: p.ID, Matter: of.matter, Previous: old.ID, Origin: application.Listed,
		State: application.Approved, Since: o.Today(), Due: o.Today(), Opened: o.Today()}
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		if err := tx.AddCertificate(access.RosterImport, old); err != nil {
			return err
		}
		return tx.AddApplication(a)
	})
	o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
		if a, err = tx.Application(a.ID); err != nil {
			return err
		}
		a.Approved, a.Category, a.Level = o.Today(), certificate.Physical, certificate.Third
		if change != nil {
			change(&a)
		}
		if err := tx.SaveApplication(access.ApplicationApprove, a.State, a, ""); err != nil {
			return err
		}
		a, err = tx.Application(a.ID)
		return err
	})
	return a, old
}

// now is the case with its card and certificate as they stand.
func now(t testing.TB, o *testbed.Office, id application.ID) (a application.Application, k card.Card, c certificate.Certificate) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
		if a, err = tx.Application(id); err != nil {
			return err
		}
		if k, err = tx.CardOf(a); err != nil {
			return err
		}
		c, err = tx.Certificate(k.Certificate)
		return err
	})
	return a, k, c
}

var (
	clerk    = testbed.As(access.Clerk)
	township = testbed.As(access.Township)
)

func TestFromApprovedToTheShelf(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		p := o.Person(t)
		a := approved(t, o, p, nil)
		o.Wait(1)
		b, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID, a.ID})
		if err != nil {
			t.Fatal(err)
		}
		got, k, c := now(t, o, a.ID)
		if got.State != application.Printing || k.State != card.Frozen || c.State != certificate.Pending || got.Batch != string(b) {
			t.Errorf("frozen as %s, card %s, certificate %s", got.State, k.State, c.State)
		}
		if c.Number != certificate.MakeNumber(p.Number, "4", "3") || c.Issued != "2020-04-01" || c.Expires != "2030-03-31" || c.Issuer != "测试533103残疾人联合会" {
			t.Errorf("certificate %+v", c)
		}
		if k.Face.Name != p.Name || k.Face.Number != c.Number || k.Face.Address != "云南省德宏傣族景颇族自治州芒市风平镇风平村民委员会" || k.Face.Issued != c.Issued {
			t.Errorf("face %+v", k.Face)
		}
		step(t, "spoil", desk.SpoilApplication(ctx, clerk, a.ID, "", "卡纸"))
		step(t, "print", desk.PrintApplication(ctx, clerk, a.ID, " yn00000001 "))
		step(t, "dispatch", desk.DispatchBatch(ctx, clerk, b, card.Parcel{}))
		o.Wait(2)
		step(t, "deliver", desk.DeliverApplication(ctx, township, a.ID, card.Delivery{Receiver: p.Name}))
		step(t, "file", archiving.New(o.DB, o.Files).FileApplication(ctx, clerk, a.ID, archive.Filing{Reason: "测试材料不全"}))
		got, k, c = now(t, o, a.ID)
		if got.State != application.Closed || k.State != card.Delivered || k.Delivered != "2020-04-04" || c.State != certificate.Valid || k.Spoiled != 1 || k.Serial != "YN00000001" {
			t.Errorf("ended as %s, card %+v, certificate %s", got.State, k, c.State)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			f, err := tx.Casefile(a)
			if f.No != "533103-CJ·2020-D30-0001" || f.Box != "533103-H·2020-D30-001" || f.Reason != "测试材料不全" {
				t.Errorf("filed as %+v", f)
			}
			return err
		})
	})
}

func step(t *testing.T, name string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func TestAFrozenFaceOutlivesWhatChangesLater(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, p := records.New(o.DB, o.Files), o.Person(t)
		a := approved(t, o, p, nil)
		if _, err := desk.PrepareBatch(t.Context(), clerk, testbed.Township, []application.ID{a.ID}); err != nil {
			t.Fatal(err)
		}
		_, before, _ := now(t, o, a.ID)
		o.Update(t, access.Township, func(tx *store.Tx) error {
			changed, err := tx.Person(p.ID)
			if err != nil {
				return err
			}
			changed.Name = "改了名"
			return tx.SavePerson(access.PersonEdit, changed, changed)
		})
		step(t, "print", desk.PrintApplication(t.Context(), clerk, a.ID, ""))
		if _, after, _ := now(t, o, a.ID); after.Face.Name != before.Face.Name || before.Face.Name != p.Name {
			t.Errorf("the face says %s, was %s", after.Face.Name, before.Face.Name)
		}
	})
}

func TestAnExchangeKeepsOrChangesTheNumberAndEndsTheOldOne(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		same, worse, unseen := o.Person(t), o.Person(t), o.Person(t)
		a, old := renewal(t, o, same, certificate.MakeNumber(same.Number, "4", "3")+"B1", nil)
		b, _ := renewal(t, o, worse, certificate.MakeNumber(worse.Number, "4", "3")+"B1", func(a *application.Application) { a.Level = certificate.Second })
		c, _ := renewal(t, o, unseen, certificate.MakeNumber(unseen.Number, "4", "3"), func(a *application.Application) { a.Category, a.Level = "", "" })
		if _, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID, b.ID, c.ID}); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[application.ID]certificate.Number{a.ID: old.Number, b.ID: certificate.MakeNumber(worse.Number, "4", "2"), c.ID: certificate.MakeNumber(unseen.Number, "4", "3")} {
			if _, _, got := now(t, o, id); got.Number != want {
				t.Errorf("number %s, want %s", got.Number, want)
			}
		}
		for _, id := range []application.ID{a.ID, b.ID} {
			step(t, "print", desk.PrintApplication(ctx, clerk, id, ""))
			step(t, "dispatch", desk.DispatchApplication(ctx, clerk, id, ""))
		}
		if err := desk.DeliverApplication(ctx, township, a.ID, card.Delivery{Receiver: same.Name}); fault.Of(err) != fault.Invalid {
			t.Errorf("delivered without the old card: %v", err)
		}
		step(t, "deliver", desk.DeliverApplication(ctx, township, a.ID, card.Delivery{Receiver: same.Name, Recalled: true}))
		step(t, "deliver", desk.DeliverApplication(ctx, township, b.ID, card.Delivery{Receiver: "亲属", Relation: "父女", Papers: "委托书", Note: "原证遗失"}))
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			was, err := tx.Certificate(old.ID)
			if was.State != certificate.Replaced {
				t.Errorf("the old certificate is %s", was.State)
			}
			return err
		})
		if _, k, got := now(t, o, b.ID); got.State != certificate.Valid || k.Note != "原证遗失" || k.Relation != "父女" {
			t.Errorf("delivered %+v, certificate %s", k, got.State)
		}
	})
}

func TestAMultipleDisabilityNamesEachCategoryOnTheCard(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		a := approved(t, o, o.Person(t), func(a *application.Application) { a.Category, a.Level = certificate.Multiple, certificate.Second })
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.AddAssessment(a, "conclusion", assessment.Conclusion{First: "甲", Second: "乙", On: o.Today(), Findings: []assessment.Finding{
				{Category: "1", Level: "3", Meets: true, Findings: "所见"}, {Category: "2", Findings: "未达"}, {Category: "4", Level: "2", Meets: true, Findings: "所见"}}})
		})
		step(t, "print", records.New(o.DB, o.Files).PrintApplication(t.Context(), clerk, a.ID, ""))
		_, k, c := now(t, o, a.ID)
		if k.Face.Remarks != "多重残疾：视力三级、肢体二级" || !k.Face.Red || len(c.Grades) != 2 || c.Number.Category() != "7" || c.Number.Level() != "2" {
			t.Errorf("face %+v, certificate %+v", k.Face, c)
		}
	})
}

func TestPrintApplicationMakesABatchOfOneForAnApprovedCase(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := records.New(o.DB, o.Files)
		a := approved(t, o, o.Person(t), nil)
		step(t, "print", desk.PrintApplication(t.Context(), clerk, a.ID, "YN1"))
		got, k, _ := now(t, o, a.ID)
		if got.State != application.Printed || k.State != card.Good || k.Serial != "YN1" {
			t.Errorf("printed as %s, card %+v", got.State, k)
		}
		b, err := desk.Batch(t.Context(), clerk, k.Batch)
		if err != nil || b.Cards != 1 || len(b.Lines) != 1 || b.Dispatched != "" {
			t.Errorf("batch %+v %v", b, err)
		}
		step(t, "dispatch", desk.DispatchApplication(t.Context(), clerk, a.ID, ""))
		if b, err = desk.Batch(t.Context(), clerk, k.Batch); err != nil || b.Dispatched != o.Today() {
			t.Errorf("the batch's last card left, and it is %+v %v", b.Batch, err)
		}
	})
}

// Whoever waits for a card gets a notice, alone or with all the others of the list (办法 art. 19).
func TestACardThatWaitsHasItsNotice(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := records.New(o.DB, o.Files)
		p := o.Person(t)
		a := approved(t, o, p, nil)
		step(t, "print", desk.PrintApplication(t.Context(), clerk, a.ID, "YN1"))
		all := records.HandoutFilter{Region: testbed.Township}
		if _, err := desk.FetchLetter(t.Context(), clerk, a.ID); fault.Of(err) != fault.Refused {
			t.Errorf("a notice before the card is there: %v", err)
		}
		if err := desk.WriteFetchLetters(t.Context(), clerk, all, paper.Ordinary, io.Discard); fault.Of(err) != fault.Refused {
			t.Errorf("notices to nobody: %v", err)
		}
		step(t, "dispatch", desk.DispatchApplication(t.Context(), clerk, a.ID, ""))
		l, err := desk.FetchLetter(t.Context(), clerk, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		if f := l.(paper.Fetch); f.Person != p.Name || f.Identity != p.Number.Masked() || f.Old || f.Office.Phone == "" || f.Dated != o.Today() {
			t.Errorf("%+v", f)
		}
		sizes := map[int]bool{}
		for _, reading := range paper.Readings {
			var b bytes.Buffer
			step(t, "notices", desk.WriteFetchLetters(t.Context(), clerk, all, reading, &b))
			if !bytes.HasPrefix(b.Bytes(), []byte("%PDF")) || sizes[b.Len()] {
				t.Errorf("the notices in the reading %q are no PDF of their own", reading)
			}
			sizes[b.Len()] = true
		}
	})
}

// TestTwoClerksPrintTheSameCaseAndOneWins lets both choose the same cases at once: one batch stands, the other is refused, no number is given twice.
func TestTwoClerksPrintTheSameCaseAndOneWins(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := records.New(o.DB, o.Files)
		for range 5 {
			p := o.Person(t)
			ids := []application.ID{approved(t, o, o.Person(t), nil).ID, approved(t, o, p, nil).ID}
			errs := make([]error, 4)
			var all sync.WaitGroup
			for i := range errs {
				all.Go(func() {
					if i%2 == 0 {
						_, errs[i] = desk.PrepareBatch(t.Context(), clerk, testbed.Township, ids)
						return
					}
					errs[i] = desk.PrintApplication(t.Context(), clerk, ids[1], "")
				})
			}
			all.Wait()
			froze := 0
			for i, err := range errs {
				switch {
				case err == nil && i%2 == 0:
					froze++
				case err != nil && fault.Of(err) != fault.Refused && fault.Of(err) != fault.Stale:
					t.Errorf("the loser heard %v", err)
				}
			}
			o.Update(t, access.Clerk, func(tx *store.Tx) error {
				given, err := tx.CertificatesOf(testbed.County, p.ID)
				if len(given) != 1 || froze > 1 {
					t.Errorf("%d certificates, %d batches", len(given), froze)
				}
				return err
			})
		}
	})
}

// portrait is a small JPEG.
func portrait(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 35, 49)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// attach hangs a photo on the case.
func attach(t *testing.T, o *testbed.Office, a application.Application, hash string) {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) error {
		return tx.AddAttachment(attachment.Attachment{ID: attachment.ID("photo-" + a.ID), Region: a.Region, Application: string(a.ID), Paper: "photo",
			Name: "照片.jpg", Type: "image/jpeg", Size: 1, Hash: hash})
	})
}
