package records_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/files"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/records"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// printer is the address of the store at which this process prints until it is killed, with files in the folder; "" for an ordinary run of the tests.
const (
	printer = "HEFA_TEST_PRINTER"
	folder  = "HEFA_TEST_PRINTER_FILES"
)

func TestMain(m *testing.M) {
	if address := os.Getenv(printer); address != "" {
		if err := printForever(address, os.Getenv(folder)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// printForever makes batches of three, prints them card by card, and single cards, spoils a blank for each batch, until nothing is left or somebody kills it.
func printForever(address, at string) error {
	ctx, keys := context.Background(), testbed.Keys()
	db, err := store.Open(ctx, address, store.Options{Now: func() time.Time { return testbed.Start }, Keys: keys})
	if err != nil {
		return err
	}
	kept, err := files.Open(at, keys)
	if err != nil {
		return err
	}
	desk := records.New(db, kept)
	fmt.Println("printing")
	for {
		waiting, err := desk.Printable(ctx, clerk, testbed.Township)
		if err != nil || len(waiting.Cases) < 4 {
			return err
		}
		var ids []application.ID
		for _, c := range waiting.Cases[:4] {
			ids = append(ids, c.Application.ID)
		}
		b, err := desk.PrepareBatch(ctx, clerk, testbed.Township, ids[:3])
		if err != nil {
			return err
		}
		ready, _, err := desk.Blanks(ctx, clerk, records.BlankFilter{State: card.Issued, Desk: window, Limit: 4})
		if err != nil || len(ready) < 4 {
			return errors.Join(err, fmt.Errorf("%d blanks are left", len(ready)))
		}
		if err := desk.SpoilApplication(ctx, clerk, ids[1], ready[0].Serial, "卡纸"); err != nil {
			return err
		}
		for i, id := range ids[1:] {
			if err := desk.PrintApplication(ctx, clerk, id, ready[i+1].Serial); err != nil {
				return err
			}
		}
		if _, err := desk.PrintBatch(ctx, clerk, b, window); err != nil {
			return err
		}
	}
}

// TestAKilledPrintLeavesAllOrNothing kills a printing process at random moments: whatever the moment, every case that is being printed has its one
// certificate and its one card, no certificate stands without its card, and a batch holds as many cards as it says.
func TestAKilledPrintLeavesAllOrNothing(t *testing.T) {
	t.Parallel()
	testbed.Each(t, killedPrint)
}

func killedPrint(t *testing.T, o *testbed.Office) {
	desk := records.New(o.DB, o.Files)
	run := card.Run{Kind: card.BookGreen, First: "K0001", Count: 1500}
	step(t, "receive", desk.ReceiveBlanks(t.Context(), clerk, card.Receipt{Run: run, Supplier: "云南省残联"}))
	step(t, "issue", desk.IssueBlanks(t.Context(), clerk, "", run, window))
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		for i := range 900 {
			if err := waiting(tx, i); err != nil {
				return err
			}
		}
		return nil
	})
	began, span := 0, 120*time.Millisecond
	for round := range 15 {
		kill(t, o, rand.N(span))
		if began = sound(t, o.DB); began == 0 {
			span *= 2 // a busy machine comes as far as a card only later
		}
		addsUp(t, desk, run.Count)
		if t.Failed() {
			t.Fatalf("broken after kill %d, with %d cards begun", round+1, began)
		}
	}
	if began == 0 {
		t.Error("no process came as far as a card, so that nothing was tried")
	}
	t.Logf("%d cards were begun in 15 killed processes", began)
}

// waiting enters the i-th approved case.
func waiting(tx *store.Tx, i int) error {
	p := person.Person{ID: person.ID(id.New()), Region: testbed.Village, Name: fmt.Sprintf("测试%d", i), Number: person.MakeNumber("533199", "1960-01-01", i)}
	p.Fill()
	if err := tx.AddPerson(access.ApplicationOpen, p); err != nil {
		return err
	}
	a := application.Application{ID: application.ID(id.New()), Region: p.Region, Person: p.ID, Matter: application.New, Origin: application.Counter, State: application.Approved,
		Since: tx.Today(), Due: tx.Today(), Opened: tx.Today()}
	if err := tx.AddApplication(a); err != nil {
		return err
	}
	a, err := tx.Application(a.ID)
	if err != nil {
		return err
	}
	a.Approved, a.Category, a.Level = tx.Today(), certificate.Physical, certificate.Third
	return tx.SaveApplication(access.ApplicationApprove, a.State, a, "")
}

// kill lets a process print for a while and ends it without a word.
func kill(t *testing.T, o *testbed.Office, after time.Duration) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env, cmd.Stderr = append(os.Environ(), printer+"="+o.Address, folder+"="+o.Folder), os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("the printing process did not begin: %v", err)
	}
	<-time.After(after) // the moment is what the test tries, nothing is waited for
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the process ended before it was killed; there are too few cases")
	}
}

// addsUp checks that every blank that was received stands in one state, and that each used one is one good card, which bears its serial.
func addsUp(t *testing.T, desk *records.Desk, received int) {
	t.Helper()
	got, total := stands(t, desk), 0
	for _, n := range got {
		total += n
	}
	if total != received {
		t.Errorf("received %d, the book holds %v", received, got)
	}
	used, _, err := desk.Blanks(t.Context(), clerk, records.BlankFilter{State: card.Used, Limit: received})
	if err != nil {
		t.Fatal(err)
	}
	made := map[string]card.ID{}
	for _, b := range used {
		made[b.Serial] = b.Card
	}
	batches, err := desk.Batches(t.Context(), clerk, records.BatchFilter{Limit: received})
	if err != nil {
		t.Fatal(err)
	}
	good := 0
	for _, b := range batches.Rows {
		s, err := desk.Batch(t.Context(), clerk, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range s.Lines {
			if l.Card.State == card.Good {
				good++
			}
			if (l.Card.State == card.Good) != (made[l.Card.Serial] == l.Card.ID) {
				t.Errorf("card %s is %s with serial %q, which became %q", l.Card.ID, l.Card.State, l.Card.Serial, made[l.Card.Serial])
			}
		}
	}
	if good != len(used) {
		t.Errorf("%d good cards of %d used blanks", good, len(used))
	}
}

// sound checks every case and batch, and says how many cards there are.
func sound(t *testing.T, db *store.DB) int {
	t.Helper()
	begun := 0
	err := db.View(t.Context(), clerk, func(tx *store.Tx) error {
		cases, err := tx.Cases(store.CaseFilter{Limit: 100000})
		if err != nil {
			return err
		}
		for _, c := range cases {
			n, err := whole(t, tx, c.Application)
			if err != nil {
				return err
			}
			begun += n
		}
		batches, err := tx.Batches("", "", 100000)
		if err != nil {
			return err
		}
		inBatches := 0
		for _, b := range batches {
			cards, err := tx.Cards(b)
			if err != nil {
				return err
			}
			if len(cards) != b.Cards {
				t.Errorf("batch %s says %d cards and has %d", b.No, b.Cards, len(cards))
			}
			inBatches += len(cards)
		}
		if inBatches != begun {
			t.Errorf("%d cards in batches, %d in cases", inBatches, begun)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return begun
}

// whole checks that a case has a card with its certificate, or neither, and says how many cards it has.
func whole(t *testing.T, tx *store.Tx, a application.Application) (int, error) {
	given, err := tx.CertificatesOf(a.County(), a.Person)
	if err != nil {
		return 0, err
	}
	if a.State == application.Approved {
		if len(given) > 0 || a.Batch != "" {
			t.Errorf("%s waits and has %d certificates, batch %q", a.ID, len(given), a.Batch)
		}
		return 0, nil
	}
	k, err := tx.CardOf(a)
	if err != nil {
		return 0, fmt.Errorf("the card of %s: %w", a.ID, err)
	}
	state := map[application.State]card.State{application.Printing: card.Frozen, application.Printed: card.Good}[a.State]
	if len(given) != 1 || k.Certificate != given[0].ID || given[0].State != certificate.Pending || k.State != state || string(k.Batch) != a.Batch {
		t.Errorf("%s is %s, card %s, %d certificates", a.ID, a.State, k.State, len(given))
	}
	return 1, nil
}
