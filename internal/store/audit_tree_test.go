package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"hefa/internal/access"
	"hefa/internal/ledger"
	"hefa/internal/region"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// village lies in a county of which nothing has been written yet.
const village region.Code = "533124100201"

// note leaves n audit lines of the county.
func note(t *testing.T, o *testbed.Office, n int) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		for i := range n {
			if err := tx.Note(access.PersonReveal, store.Subject{Kind: "person", ID: fmt.Sprint("p", i), Region: village, Note: "核对"}); err != nil {
				return err
			}
		}
		return nil
	})
}

// logged is an office whose county has twelve sealed lines under three heads, with the heads as a witness saw them.
func logged(t *testing.T, o *testbed.Office) (ids []string, witnessed []ledger.Head) {
	t.Helper()
	for range 3 {
		note(t, o, 4)
		if err := o.DB.SealAll(t.Context(), func(h ledger.Head) error {
			if h.County == string(village.County()) {
				witnessed = append(witnessed, h)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		o.Wait(1)
	}
	lines, err := o.DB.Raw(t.Context(), `(SELECT id FROM audit WHERE county = '533124' ORDER BY leaf) l`, "id")
	if err != nil {
		t.Fatal(err)
	}
	return lines, witnessed
}

// verdict is what a look at the county's log finds.
func verdict(t *testing.T, o *testbed.Office, witnessed ...ledger.Head) store.Verdict {
	t.Helper()
	var v store.Verdict
	o.Update(t, access.Auditor, func(tx *store.Tx) (err error) {
		v, err = tx.VerifyAudit(village.County(), witnessed)
		return err
	})
	return v
}

func TestAnUntouchedLogIsWhole(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		ids, witnessed := logged(t, o)
		note(t, o, 2)
		v := verdict(t, o, witnessed...)
		if v.Trouble != nil || v.Lines != int64(len(ids)) || v.Fresh != 2 || v.Heads != 3 || v.Last.Size != v.Lines {
			t.Errorf("%+v %+v", v, v.Trouble)
		}
		for i, id := range ids {
			o.Update(t, access.Auditor, func(tx *store.Tx) error {
				p, err := tx.ProveLine(village.County(), id)
				sum := func(data []byte) []byte { return testbed.Keys().Sum(p.Head.Suite, data) }
				if err != nil || p.Leaf != int64(i) || p.Check(sum) != nil || !strings.Contains(string(p.Line), id) {
					t.Errorf("line %d is not proved: %+v %v", i, p, err)
				}
				return nil
			})
		}
	})
}

// tampering is what somebody does in the database itself, and what is said of it. %[n]s is the id of the n-th line.
var tampering = map[string]struct {
	do   []string
	want store.Tampering // Line is the number of the line, or ""
}{
	"who did it":                    {[]string{`UPDATE audit SET name = '别人' WHERE id = '%[6]s'`}, store.Tampering{How: "changed", Leaf: 5, Line: "6"}},
	"when":                          {[]string{`UPDATE audit SET at = at + 1 WHERE id = '%[1]s'`}, store.Tampering{How: "changed", Leaf: 0, Line: "1"}},
	"why":                           {[]string{`UPDATE audit SET note = '' WHERE id = '%[12]s'`}, store.Tampering{How: "changed", Leaf: 11, Line: "12"}},
	"a note without a key":          {[]string{`UPDATE audit SET note = 'x' WHERE id = '%[3]s'`}, store.Tampering{How: "changed", Leaf: 2, Line: "3"}},
	"a line gone":                   {[]string{`DELETE FROM audit WHERE id = '%[7]s'`}, store.Tampering{How: "removed", Leaf: 6}},
	"a gap closed by the last line": {[]string{`DELETE FROM audit WHERE id = '%[7]s'`, `UPDATE audit SET leaf = 6 WHERE id = '%[12]s'`}, store.Tampering{How: "removed", Leaf: 6}},
	"a gap closed": {[]string{`DELETE FROM audit WHERE id = '%[7]s'`, `UPDATE audit SET leaf = leaf + 99 WHERE county = '533124' AND leaf > 6`,
		`UPDATE audit SET leaf = leaf - 100 WHERE county = '533124' AND leaf > 99`}, store.Tampering{How: "removed", Leaf: 6}},
	"a line more between two": {[]string{`UPDATE audit SET leaf = leaf + 99 WHERE county = '533124' AND leaf > 4`, `UPDATE audit SET leaf = leaf - 98 WHERE county = '533124' AND leaf > 99`,
		`INSERT INTO audit (county, id, at, account, name, role, act, kind, subject, region, leaf) VALUES ('533124', 'zz', 1, 'a', 'a', 'clerk', 'x', 'x', 'x', '533124', 5)`},
		store.Tampering{How: "inserted", Leaf: 5, Line: "zz"}},
	"a line copied": {[]string{`UPDATE audit SET leaf = leaf + 99 WHERE county = '533124' AND leaf > 4`, `UPDATE audit SET leaf = leaf - 98 WHERE county = '533124' AND leaf > 99`,
		`INSERT INTO audit (county, id, at, account, name, role, act, kind, subject, region, addr, note, mark, leaf) SELECT county, 'zz', at, account, name, role, act, kind, subject, region, addr, note, mark, 5 FROM audit WHERE id = '%[2]s'`},
		store.Tampering{How: "inserted", Leaf: 5, Line: "zz"}},
	"two lines exchanged": {[]string{`UPDATE audit SET leaf = 99 WHERE id = '%[2]s'`, `UPDATE audit SET leaf = 1 WHERE id = '%[3]s'`, `UPDATE audit SET leaf = 2 WHERE id = '%[2]s'`},
		store.Tampering{How: "moved", Leaf: 1, Line: "3"}},
	"a line more": {[]string{`INSERT INTO audit (county, id, at, account, name, role, act, kind, subject, region) VALUES ('533124', 'zz', 1, 'a', 'a', 'clerk', 'x', 'x', 'x', '533124')`},
		store.Tampering{How: "inserted", Leaf: -1, Line: "zz"}},
	"a line more at the end": {[]string{`INSERT INTO audit (county, id, at, account, name, role, act, kind, subject, region, leaf) VALUES ('533124', 'zz', 1, 'a', 'a', 'clerk', 'x', 'x', 'x', '533124', 12)`},
		store.Tampering{How: "inserted", Leaf: 12, Line: "zz"}},
	"the last line gone":      {[]string{`DELETE FROM audit WHERE id = '%[12]s'`}, store.Tampering{How: "forgotten", Leaf: 11}},
	"the last day forgotten":  {[]string{`DELETE FROM audit WHERE county = '533124' AND leaf >= 8`, `DELETE FROM audit_head WHERE county = '533124' AND size > 8`}, store.Tampering{How: "forgotten", Leaf: 8}},
	"everything forgotten":    {[]string{`DELETE FROM audit`, `DELETE FROM audit_head`}, store.Tampering{How: "forgotten", Leaf: 0}},
	"a head that says less":   {[]string{`UPDATE audit_head SET size = 11 WHERE size = 12`}, store.Tampering{How: "head", Leaf: 10}},
	"a head of another root":  {[]string{`UPDATE audit_head SET root = (SELECT root FROM audit_head h WHERE h.county = audit_head.county AND h.size = 4) WHERE county = '533124' AND size = 8`}, store.Tampering{How: "head", Leaf: 7}},
	"a head without its sign": {[]string{`UPDATE audit_head SET signature = '"AAAA"' WHERE size = 12`}, store.Tampering{How: "head", Leaf: 11}},
}

func TestWhatIsDoneToTheAuditInTheDatabaseIsNamed(t *testing.T) {
	t.Parallel()
	for name, c := range tampering {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testbed.Each(t, func(t *testing.T, o *testbed.Office) {
				ids, witnessed := logged(t, o)
				if len(ids) != 12 {
					t.Fatalf("%d lines", len(ids))
				}
				places := make([]any, len(ids))
				for i, id := range ids {
					places[i] = id
				}
				for _, s := range c.do {
					if strings.Contains(s, "%") {
						s = fmt.Sprintf(s, places...)
						s, _, _ = strings.Cut(s, "%!(EXTRA")
					}
					if err := o.DB.Spoil(t.Context(), s); err != nil {
						t.Fatal(err)
					}
				}
				want := c.want
				var n int
				if _, err := fmt.Sscan(want.Line, &n); err == nil {
					want.Line = ids[n-1]
				}
				v := verdict(t, o, witnessed...)
				if v.Trouble == nil || *v.Trouble != want {
					t.Errorf("found %+v, not %+v", v.Trouble, want)
				}
				if err := o.DB.SealAll(t.Context(), nil); err == nil { // the sealer hides nothing
					if v = verdict(t, o, witnessed...); v.Trouble == nil {
						t.Error("after another sealing nothing is found")
					}
				}
			})
		})
	}
}

// TestEveryLineIsSealedOnceHoweverManyWrite lets eight clerks write while two sealers work, as on two servers over one database.
func TestEveryLineIsSealedOnceHoweverManyWrite(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		var writing, sealing sync.WaitGroup
		over := make(chan struct{})
		for range 2 {
			sealing.Go(func() {
				for {
					select {
					case <-over:
						return
					default:
						_ = o.DB.SealAll(t.Context(), nil) // one of two may meet the other and comes again
					}
				}
			})
		}
		for range 8 {
			writing.Go(func() {
				for range 10 {
					note(t, o, 3)
				}
			})
		}
		writing.Wait()
		close(over)
		sealing.Wait()
		if err := o.DB.SealAll(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if v := verdict(t, o); v.Trouble != nil || v.Lines != 240 || v.Fresh != 0 {
			t.Errorf("%+v %+v", v, v.Trouble)
		}
	})
}
