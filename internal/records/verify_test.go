package records_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/records"
	"hefa/internal/region"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/transfer"
)

var anybody = access.Anybody("127.0.0.1")

// delivered is a card in the hand of its holder, with its certificate.
func delivered(t *testing.T, o *testbed.Office, desk *records.Desk) (card.Card, certificate.Certificate) {
	t.Helper()
	a := approved(t, o, o.Person(t), nil)
	b, err := desk.PrepareBatch(t.Context(), clerk, testbed.Township, []application.ID{a.ID})
	step(t, "prepare", err)
	_, err = desk.PrintBatch(t.Context(), clerk, b, "")
	step(t, "print", err)
	step(t, "dispatch", desk.DispatchBatch(t.Context(), clerk, b, card.Parcel{}))
	_, k, _ := now(t, o, a.ID)
	step(t, "deliver", desk.DeliverApplication(t.Context(), township, a.ID, card.Delivery{Receiver: k.Face.Name}))
	_, k, c := now(t, o, a.ID)
	return k, c
}

func TestACardIsCheckedByItsCode(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		o.Policy(t, policy.VerifyAddress, "https://card.example/")
		desk := records.New(o.DB, o.Files)
		a := approved(t, o, o.Person(t), nil)
		_, err := desk.PrepareBatch(t.Context(), clerk, testbed.Township, []application.ID{a.ID})
		step(t, "prepare", err)
		_, pending, _ := now(t, o, a.ID)
		if !strings.HasPrefix(pending.Face.QR, "https://card.example/verify#HEFA1.") || len(pending.Face.QR) > 420 {
			t.Errorf("the code holds %d letters: %s", len(pending.Face.QR), pending.Face.QR)
		}
		if v, err := desk.Verify(t.Context(), anybody, pending.Face.QR); err != nil || v.Holds || !v.Pending {
			t.Errorf("before it was handed over: %+v, %v", v, err)
		}
		if e, err := desk.Ended(t.Context(), anybody, testbed.County); err != nil || len(e.Pending) != 1 || len(e.Hashes) != 0 || !bytes.HasSuffix(e.PendingMessage(), []byte("\n"+e.Pending[0])) {
			t.Errorf("the list before it was handed over: %+v, %v", e, err)
		}
		o.Pass(2 * time.Hour)
		k, c := delivered(t, o, desk)
		v, err := desk.Verify(t.Context(), anybody, k.Face.QR)
		if err != nil || !v.Holds || v.Name != k.Face.Name || v.Number != k.Face.Number || v.Birth != k.Face.Birth || v.Level != k.Face.Level || v.Expires != k.Face.Expires {
			t.Errorf("in the hand: %+v, %v", v, err)
		}
		for state, holds := range map[certificate.State]bool{certificate.Valid: true, certificate.Doubted: true, certificate.Announced: true, certificate.Moving: true,
			certificate.Lost: false, certificate.Frozen: false, certificate.Cancelled: false, certificate.Replaced: false} {
			c = restate(t, o, c, state)
			if v, err := desk.Verify(t.Context(), anybody, k.Face.QR); err != nil || v.Holds != holds {
				t.Errorf("%s: %v, %v", state, v.Holds, err)
			}
		}
		abroad := carried(t, o, restate(t, o, c, certificate.Left))
		if v, err := desk.Verify(t.Context(), anybody, k.Face.QR); err != nil || !v.Holds {
			t.Errorf("taken over by another county: %v, %v", v.Holds, err)
		}
		endings(t, o, desk, k, false)
		abroad.State, abroad.Version = certificate.Cancelled, 1
		o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.SaveCertificate(access.RosterImport, abroad) })
		if v, err := desk.Verify(t.Context(), anybody, k.Face.QR); err != nil || v.Holds {
			t.Errorf("cancelled there: %v, %v", v.Holds, err)
		}
		endings(t, o, desk, k, true)
		anew := abroad // the same number and days on another card, as after damage; the old one was not handed in
		anew.ID, anew.State, anew.Version = "anew", certificate.Valid, 0
		o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.AddCertificate(access.RosterImport, anew) })
		if v, err := desk.Verify(t.Context(), anybody, k.Face.QR); err != nil || v.Holds {
			t.Errorf("made anew there: %v, %v", v.Holds, err)
		}
		endings(t, o, desk, k, true)
		c.Version++
		restate(t, o, c, certificate.Valid)
		o.Until(c.Expires)
		if v, err := desk.Verify(t.Context(), anybody, k.Face.QR); err != nil || !v.Holds {
			t.Errorf("on its last day: %v, %v", v.Holds, err)
		}
		o.Wait(1)
		if v, err := desk.Verify(t.Context(), anybody, k.Face.QR); err != nil || v.Holds {
			t.Errorf("the day after: %v, %v", v.Holds, err)
		}
	})
}

// carried is the certificate as another county holds it after a move.
func carried(t *testing.T, o *testbed.Office, c certificate.Certificate) certificate.Certificate {
	t.Helper()
	left := c.ID
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		p, err := tx.Person(c.Person)
		if err != nil {
			return err
		}
		was := p
		p.ID, p.Region, c.ID, c.Person, c.Region, c.State = "abroad", "533102001001", "abroad", "abroad", "533102001001", certificate.Valid
		if err := tx.SettlePerson(access.TransferTake, was, p); err != nil {
			return err
		}
		if err := tx.AddCertificate(access.TransferTake, c); err != nil {
			return err
		}
		out := transfer.Transfer{ID: "out", Way: transfer.Out, Region: was.Region, Abroad: p.Region, Twin: "in", Person: was.ID, Certificate: left, State: transfer.Taken, Sent: o.Today(), Due: o.Today()}
		in := transfer.Transfer{ID: "in", Way: transfer.In, Region: p.Region, Abroad: was.Region, Twin: "out", Person: p.ID, Certificate: c.ID, State: transfer.Taken, Sent: o.Today(), Due: o.Today()}
		return errors.Join(tx.AddTransfer(access.TransferTake, out), tx.AddTransfer(access.TransferTake, in))
	})
	return c
}

// endings says whether the card stands on the list of its county of those that do not hold, made anew.
func endings(t *testing.T, o *testbed.Office, desk *records.Desk, k card.Card, want bool) {
	t.Helper()
	o.Pass(2 * time.Hour)
	e, err := desk.Ended(t.Context(), anybody, testbed.County)
	step(t, "list", err)
	s, err := card.ReadCode(k.Face.QR)
	step(t, "read", err)
	sum := o.Keys.Sum(e.Suite, []byte(s.Code.Seed))
	if got := slices.Contains(e.Hashes, base64.RawURLEncoding.EncodeToString(sum[:16])); got != want {
		t.Errorf("on the list of those that do not hold: %v, want %v", got, want)
	}
}

// restate puts a certificate into a state beside every rule.
func restate(t *testing.T, o *testbed.Office, c certificate.Certificate, s certificate.State) certificate.Certificate {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
		c.State = s
		if err := tx.SaveCertificate(access.RosterImport, c); err != nil {
			return err
		}
		c, err = tx.Certificate(c.ID)
		return err
	})
	return c
}

func TestACodeThatWasChangedAnywhereIsRefused(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := records.New(o.DB, o.Files)
		k, _ := delivered(t, o, desk)
		for i := range k.Face.QR {
			forged := []byte(k.Face.QR)
			if forged[i] = 'A'; k.Face.QR[i] == 'A' {
				forged[i] = 'B'
			}
			switch _, err := desk.Verify(t.Context(), anybody, string(forged)); fault.Of(err) {
			case fault.Invalid, fault.Refused:
			default:
				t.Fatalf("changed at %d: %v", i, err)
			}
		}
		s, err := card.ReadCode(k.Face.QR)
		step(t, "read", err)
		better := s
		better.Code.Level = certificate.First
		better.Message = better.Code.Message(s.Key)
		for _, key := range []string{s.Key, "", "00000000"} {
			if bytes.Equal(s.Code.Message(key), s.Message) {
				continue
			}
			other := s
			other.Message = s.Code.Message(key)
			if _, err := desk.Verify(t.Context(), anybody, other.Text()); fault.Of(err) != fault.Refused {
				t.Errorf("under the name of key %q: %v", key, err)
			}
		}
		if _, err := desk.Verify(t.Context(), anybody, better.Text()); fault.Of(err) != fault.Refused {
			t.Errorf("a level made more severe: %v", err)
		}
	})
}

func TestAnElectronicCardIsTakenOutByTheCountyAlone(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := records.New(o.DB, o.Files)
		k, c := delivered(t, o, desk)
		for by, want := range map[access.Actor]fault.Kind{stranger: fault.Missing, township: fault.Forbidden, testbed.As(access.Auditor): fault.Forbidden} {
			if _, err := desk.Electronic(t.Context(), by, c.ID); fault.Of(err) != want {
				t.Errorf("%s: %v", by.Role, err)
			}
			if err := desk.WriteElectronic(t.Context(), by, c.ID, io.Discard); fault.Of(err) != want {
				t.Errorf("%s: %v", by.Role, err)
			}
		}
		e, err := desk.Electronic(t.Context(), clerk, c.ID)
		if err != nil || e.QR != k.Face.QR || e.Number != c.Number {
			t.Errorf("%+v, %v", e, err)
		}
		listed := o.Certificate(t, o.Person(t), "2030-01-01") // taken in from a list; no card was made here
		if e, err = desk.Electronic(t.Context(), clerk, listed.ID); err != nil {
			t.Fatal(err)
		}
		if v, err := desk.Verify(t.Context(), anybody, e.QR); err != nil || !v.Holds || v.Number != listed.Number {
			t.Errorf("%+v, %v", v, err)
		}
		var pdf bytes.Buffer
		if err := desk.WriteElectronic(t.Context(), clerk, listed.ID, &pdf); err != nil || !bytes.HasPrefix(pdf.Bytes(), []byte("%PDF-")) {
			t.Errorf("the paper: %v", err)
		}
		restate(t, o, c, certificate.Lost)
		if _, err := desk.Electronic(t.Context(), clerk, c.ID); fault.Of(err) != fault.Refused {
			t.Errorf("of a lost card: %v", err)
		}
	})
}

func TestTheListOfEndedCards(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := records.New(o.DB, o.Files)
		k, c := delivered(t, o, desk)
		s, err := card.ReadCode(k.Face.QR)
		step(t, "read", err)
		hash := func(seed string) string {
			return base64.RawURLEncoding.EncodeToString(o.Keys.Sum("sm", []byte(seed))[:16])
		}
		before, err := desk.Ended(t.Context(), anybody, testbed.County)
		if err != nil || before.Lists(hash(s.Code.Seed)) || s.Code.County != testbed.County {
			t.Errorf("in the hand: %+v, %v", before, err)
		}
		restate(t, o, c, certificate.Cancelled)
		if kept, err := desk.Ended(t.Context(), anybody, testbed.County); err != nil || !kept.At.Equal(before.At) {
			t.Errorf("asked again at once: %v, %v", kept.At, err)
		}
		o.Pass(61 * time.Minute)
		after, err := desk.Ended(t.Context(), anybody, testbed.County)
		if err != nil || !after.Lists(hash(s.Code.Seed)) || len(after.Hashes) != len(before.Hashes)+1 || after.Next.Sub(after.At) != 24*time.Hour {
			t.Errorf("cancelled: %+v, %v", after, err)
		}
		for _, secret := range []string{string(c.Number), s.Code.Seed, k.Face.Name, string(c.ID)} {
			if strings.Contains(fmt.Sprint(after), secret) {
				t.Errorf("the list says %q", secret)
			}
		}
		keys, err := desk.SignKeys(t.Context(), anybody)
		if err != nil || len(keys) != 1 || o.Keys.Signed(keys[0], after.Message(), after.Signature) != nil || o.Keys.Signed(keys[0], after.PendingMessage(), after.PendingSignature) != nil {
			t.Errorf("the signature: %v, %v", keys, err)
		}
		after.Hashes = after.Hashes[1:]
		if o.Keys.Signed(keys[0], after.Message(), after.Signature) == nil {
			t.Error("a line can be taken out")
		}
		for _, nowhere := range []region.Code{"", "53", "533103105", "999999", "x"} {
			if _, err := desk.Ended(t.Context(), anybody, nowhere); fault.Of(err) != fault.Missing {
				t.Errorf("%q: %v", nowhere, err)
			}
		}
	})
}
