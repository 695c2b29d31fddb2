package office_test

import (
	"context"
	"errors"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/ledger"
	"hefa/internal/testbed"
)

// A head that the witness took is handed over once; one that it did not take is handed over again.
func TestHeadsAreHandedToTheWitnessUntilItTakesThem(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := house(t, o, access.Clerk)
		system := access.Program()
		if err := desk.SealAudit(t.Context(), system, nil); err != nil {
			t.Fatal(err)
		}
		var given [][]ledger.Head
		away := errors.New("away")
		hand := func(_ context.Context, heads []ledger.Head) (string, error) {
			given = append(given, heads)
			return "回执 1", away
		}
		if err := desk.HandHeads(t.Context(), system, hand); !errors.Is(err, away) {
			t.Errorf("a witness that is away: %v", err)
		}
		away = nil
		for range 2 {
			if err := desk.HandHeads(t.Context(), system, hand); err != nil {
				t.Fatal(err)
			}
		}
		if len(given) != 2 || len(given[0]) == 0 || len(given[0]) != len(given[1]) {
			t.Fatalf("handed over %d times: %v", len(given), given)
		}
		all, err := desk.WitnessedHeads(t.Context(), testbed.As(access.Auditor))
		if err != nil || len(all) != 1 || all[0].Receipt.Receipt != "回执 1" || all[0].Receipt.Size != all[0].Size || all[0].County != string(testbed.County) {
			t.Errorf("%+v, %v", all, err)
		}
		if _, err := desk.SignIn(t.Context(), attempt(by, secret)); err != nil { // another line
			t.Fatal(err)
		}
		if err := desk.SealAudit(t.Context(), system, nil); err != nil {
			t.Fatal(err)
		}
		if err := desk.HandHeads(t.Context(), system, hand); err != nil || len(given) != 3 || len(given[2]) != 1 || given[2][0].Size != all[0].Size+1 {
			t.Errorf("a new head: %v, %v", given[2:], err)
		}
		// What the witness holds is checked against the log.
		if v, err := desk.VerifyAudit(t.Context(), testbed.As(access.Auditor), given[1]); err != nil || v[0].Trouble != nil {
			t.Errorf("%+v, %v", v, err)
		}
		forged := given[1][len(given[1])-1]
		forged.Root = make([]byte, 32)
		if v, err := desk.VerifyAudit(t.Context(), testbed.As(access.Auditor), []ledger.Head{forged}); err != nil || v[0].Trouble == nil {
			t.Errorf("a head of another log: %+v, %v", v, err)
		}
		for range 2 {
			if err := desk.AskWitness(t.Context(), system); err != nil {
				t.Error(err)
			}
		}
		if err := desk.AskWitness(t.Context(), by); fault.Of(err) != fault.Missing {
			t.Errorf("by a clerk: %v", err)
		}
		if _, err := desk.WitnessedHeads(t.Context(), by); fault.Of(err) != fault.Forbidden {
			t.Errorf("to a clerk: %v", err)
		}
	})
}
