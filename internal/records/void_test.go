package records_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/records"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

var approver = testbed.As(access.Approver)

// brought takes an approved case as far as a state.
func brought(t *testing.T, d *records.Desk, a application.Application, to application.State, serial string) {
	t.Helper()
	ctx := t.Context()
	switch to {
	case application.Printing:
		_, err := d.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID})
		step(t, "freeze", err)
	case application.Printed, application.Dispatched:
		step(t, "print", d.PrintApplication(ctx, clerk, a.ID, serial))
	}
	if to == application.Dispatched {
		step(t, "dispatch", d.DispatchApplication(ctx, clerk, a.ID, ""))
	}
}

// certificates is the certificates of a person by state.
func certificates(t testing.TB, o *testbed.Office, p person.ID) map[certificate.State][]certificate.Certificate {
	t.Helper()
	out := map[certificate.State][]certificate.Certificate{}
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		all, err := tx.CertificatesOf(testbed.County, p)
		for _, c := range all {
			out[c.State] = append(out[c.State], c)
		}
		return err
	})
	return out
}

// TestACaseEndsBeforeTheHandOver ends a first case in every state between the approval and the hand-over: the case is over, its card is void and its
// certificate never was, the blank is spoiled, nobody is told to fetch anything, and the person can apply anew at once.
func TestACaseEndsBeforeTheHandOver(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		stocked(t, desk, 4)
		for i, state := range []application.State{application.Approved, application.Printing, application.Printed, application.Dispatched} {
			p := o.Person(t)
			a := approved(t, o, p, nil)
			brought(t, desk, a, state, []string{"", "", "YN0001", "YN0002"}[i])
			v := application.Void{Cause: application.VoidWish, Reason: "本人书面声明"}
			if err := desk.VoidApplication(ctx, clerk, a.ID, v); fault.Of(err) != fault.Forbidden {
				t.Errorf("%s: a clerk ends it: %v", state, err)
			}
			if err := desk.VoidApplication(ctx, approver, a.ID, application.Void{}); fault.Of(err) != fault.Invalid || len(fault.Fields(err)) != 2 {
				t.Errorf("%s: ended for nothing: %v", state, err)
			}
			step(t, "void", desk.VoidApplication(ctx, approver, a.ID, v))
			if err := desk.VoidApplication(ctx, approver, a.ID, v); fault.Of(err) != fault.Refused {
				t.Errorf("%s: ended twice: %v", state, err)
			}
			ended(t, o, p, a.ID, state != application.Approved)
		}
		if got := stands(t, desk); got[card.Spoiled] != 2 || got[card.Used] != 0 {
			t.Errorf("the book %v", got)
		}
		if h, err := desk.Handouts(ctx, township, records.HandoutFilter{Region: testbed.Township, Limit: 9}); err != nil || len(h.Rows) != 0 {
			t.Errorf("still waiting to be fetched: %v %v", h.Rows, err)
		}
		batches, err := desk.Batches(ctx, clerk, records.BatchFilter{Limit: 9})
		if err != nil || len(batches.Rows) != 3 || batches.Rows[0].Live() != 0 {
			t.Fatalf("batches %+v %v", batches.Rows, err)
		}
		if err := desk.DispatchBatch(ctx, clerk, batches.Rows[1].ID, card.Parcel{}); fault.Of(err) != fault.Refused {
			t.Errorf("a batch of void cards was sent: %v", err)
		}
	})
}

// ended checks a case that ended before the hand-over.
func ended(t *testing.T, o *testbed.Office, p person.Person, id application.ID, carded bool) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		a, err := tx.Application(id)
		if err != nil || a.State != application.Withdrawn || a.Due != "" {
			t.Errorf("the case is %s, due %s, %v", a.State, a.Due, err)
		}
		k, err := tx.CardOf(a)
		if carded != (err == nil) || carded && k.State != card.Void {
			t.Errorf("the card is %s: %v", k.State, err)
		}
		open, err := tx.OpenCase(testbed.County, p.ID)
		if open != "" {
			t.Errorf("%s is still open", open)
		}
		return err
	})
	all := certificates(t, o, p.ID)
	for state, some := range all {
		if state != certificate.Cancelled || some[0].Reason != certificate.Voided || some[0].Barred(12) != "" {
			t.Errorf("a certificate is %s for %s", state, some[0].Reason)
		}
	}
	if carded != (len(all) == 1) {
		t.Errorf("certificates: %v", all)
	}
}

// TestTheCertificateInHandComesToWhatItIs ends a case about a certificate in hand: it holds on, stays lost unless it turned up, is no longer under review, and
// ends with its holder.
func TestTheCertificateInHandComesToWhatItIs(t *testing.T) {
	t.Parallel()
	wish, mistake := application.Void{Cause: application.VoidWish, Reason: "声明"}, application.Void{Cause: application.VoidMistake, Reason: "等级录错"}
	found, death := application.Void{Cause: application.VoidWish, Reason: "原证找到", Found: true}, application.Void{Cause: application.VoidDeath, Reason: "死亡证明"}
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := records.New(o.DB, o.Files)
		for _, c := range []struct {
			matter application.Matter
			step   certificate.Step // what the acceptance did
			v      application.Void
			want   certificate.State
		}{
			{application.Renew, "", wish, certificate.Valid},
			{application.Renew, "", found, certificate.Valid},
			{application.Renew, "", death, certificate.Cancelled},
			{application.Reissue, certificate.Lose, mistake, certificate.Lost},
			{application.Reissue, certificate.Lose, found, certificate.Valid},
			{application.Reissue, certificate.Lose, death, certificate.Cancelled},
			{application.Check, certificate.Doubt, mistake, certificate.Valid},
			{application.Check, certificate.Doubt, death, certificate.Cancelled},
		} {
			p := o.Person(t)
			a, old := exchange(t, o, sought{p, certificate.MakeNumber(p.Number, "4", "3"), c.matter}, func(a *application.Application) { a.Level = certificate.Second })
			o.Update(t, access.Clerk, func(tx *store.Tx) error {
				held, err := tx.Certificate(old.ID)
				if err != nil || c.step == "" {
					return err
				}
				if err := held.Take(c.step, tx.Today()); err != nil {
					return err
				}
				return tx.SaveCertificate(access.ApplicationAccept, held)
			})
			brought(t, desk, a, application.Dispatched, "")
			step(t, "void", desk.VoidApplication(t.Context(), approver, a.ID, c.v))
			var held certificate.Certificate
			var letters []store.Letter
			o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
				if held, err = tx.Certificate(old.ID); err != nil {
					return err
				}
				letters, err = tx.Letters(a)
				return err
			})
			if held.State != c.want || held.State == certificate.Cancelled && held.Reason != certificate.Death {
				t.Errorf("%s ended for %s: the old one is %s, want %s", c.matter, c.v.Cause, held.State, c.want)
			}
			if decided := len(letters) == 1 && strings.Contains(letters[0].Reason, "等级录错"); decided != (c.v.Cause == application.VoidMistake) {
				t.Errorf("%s ended for %s: letters %+v", c.matter, c.v.Cause, letters)
			}
		}
	})
}

// TestAVoidCardThatNobodyFindsHasTwoNames loses the card of a case that ends; when it turns up it is no blank any more, and its code does not hold.
func TestAVoidCardThatNobodyFindsHasTwoNames(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, a := records.New(o.DB, o.Files), t.Context(), approved(t, o, o.Person(t), nil)
		stocked(t, desk, 4)
		brought(t, desk, a, application.Dispatched, "YN0001")
		v := application.Void{Cause: application.VoidTwice, Reason: "同一人两件", Lost: true}
		for _, witness := range []string{"", approver.Name} {
			if v.Witness = witness; fault.Of(desk.VoidApplication(ctx, approver, a.ID, v)) != fault.Invalid {
				t.Errorf("lost with the names %s and %q", approver.Name, witness)
			}
		}
		v.Witness = "测试见证"
		step(t, "void", desk.VoidApplication(ctx, approver, a.ID, v))
		if got := stands(t, desk); got[card.Lost] != 1 || got[card.Used] != 0 {
			t.Errorf("the book %v", got)
		}
		step(t, "find", desk.LoseBlank(ctx, clerk, "", records.Loss{Serial: "YN0001", Reason: "在村委会抽屉", Witness: "测试见证", Found: true}))
		if got := stands(t, desk); got[card.Lost] != 0 || got[card.Spoiled] != 1 || got[card.Stock] != 6 {
			t.Errorf("the book after it turned up %v", got)
		}
		_, k, _ := now(t, o, a.ID)
		if got, err := desk.Verify(ctx, clerk, k.Face.QR); err != nil || got.Holds {
			t.Errorf("its code: %+v %v", got, err)
		}
	})
}

// TestAnUpdateApprovedInErrorIsTakenBack ends an approved change of what the register says: for an error the register is as before, but for what was corrected
// since; who gives the new card up lives where they live.
func TestAnUpdateApprovedInErrorIsTakenBack(t *testing.T) {
	t.Parallel()
	const moved = "533103101201"
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := records.New(o.DB, o.Files)
		for cause, back := range map[application.VoidCause]bool{application.VoidMistake: true, application.VoidTwice: true, application.VoidWish: false} {
			p := o.Person(t)
			a, old := exchange(t, o, sought{p, certificate.MakeNumber(p.Number, "4", "3"), application.Update}, nil)
			o.Update(t, access.Approver, func(tx *store.Tx) error {
				was, err := tx.Person(p.ID)
				if err != nil {
					return err
				}
				asked := []person.Change{{Field: "name", Before: p.Name, After: "测试改名"}, {Field: "region", Before: string(p.Region), After: moved}, {Field: "phone", Before: p.Phone, After: "13900000002"}}
				if err := tx.KeepProposal(a, asked); err != nil {
					return err
				}
				if err := tx.SavePerson(access.ApplicationApprove, was, was.With(asked)); err != nil {
					return err
				}
				a.Region = moved
				return tx.EditApplication(a, p.Region)
			})
			o.Update(t, access.Clerk, func(tx *store.Tx) error {
				was, err := tx.Person(p.ID)
				if err != nil {
					return err
				}
				corrected := was
				corrected.Phone = "13900000003"
				return tx.SavePerson(access.PersonEdit, was, corrected)
			})
			step(t, "void", desk.VoidApplication(t.Context(), approver, a.ID, application.Void{Cause: cause, Reason: "测试"}))
			want := person.Person{Name: "测试改名", Region: moved}
			if back {
				want = p
			}
			o.Update(t, access.Clerk, func(tx *store.Tx) error {
				got, err := tx.Person(p.ID)
				if err != nil || got.Name != want.Name || got.Region != want.Region || got.Phone != "13900000003" {
					t.Errorf("%s: %+v %v", cause, got, err)
				}
				c, err := tx.Certificate(old.ID)
				if err != nil || c.Region != want.Region {
					t.Errorf("%s: the certificate is in %s, %v", cause, c.Region, err)
				}
				now, err := tx.Application(a.ID)
				if err != nil || now.Region != want.Region || now.State != application.Withdrawn {
					t.Errorf("%s: the case is %s in %s, %v", cause, now.State, now.Region, err)
				}
				changes, err := tx.PersonChanges(got, 9)
				if (len(changes) == 6) != back {
					t.Errorf("%s: history %+v", cause, changes)
				}
				return err
			})
		}
	})
}
