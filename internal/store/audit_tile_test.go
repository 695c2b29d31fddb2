package store_test

import (
	"fmt"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/ledger"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// tiledLog is an office whose county has 1,300 sealed lines: five full tiles and some more.
func tiledLog(t *testing.T, o *testbed.Office) (ids []string) {
	t.Helper()
	note(t, o, 1300)
	if err := o.DB.SealAll(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	ids, err := o.DB.Raw(t.Context(), `(SELECT id FROM audit WHERE county = '533124' ORDER BY leaf) l`, "id")
	if err != nil || len(ids) != 1300 {
		t.Fatalf("%d lines, %v", len(ids), err)
	}
	return ids
}

// proved is what asking for a proof of a line says.
func proved(t *testing.T, o *testbed.Office, id string) (e store.Evidence, err error) {
	t.Helper()
	_ = o.DB.View(t.Context(), testbed.As(access.Auditor), func(tx *store.Tx) error {
		e, err = tx.ProveLine(village.County(), id)
		return nil
	})
	return e, err
}

// tiles is the names of the county's tiles.
func tiles(t *testing.T, o *testbed.Office) string {
	t.Helper()
	all, err := o.DB.Raw(t.Context(), `(SELECT level || '/' || place AS name FROM audit_tile WHERE county = '533124' ORDER BY level, place) l`, "name")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

func TestTheSealerKeepsTheTreesNodes(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		ids := tiledLog(t, o)
		if got := tiles(t, o); got != "0/0 0/1 0/2 0/3 0/4 1/0" {
			t.Errorf("tiles %s", got)
		}
		if v := verdict(t, o); v.Trouble != nil {
			t.Errorf("%+v", v.Trouble)
		}
		sum := func(data []byte) []byte { return testbed.Keys().Sum("sm", data) }
		for _, leaf := range []int{0, 255, 256, 1279, 1280, 1299} {
			if p, err := proved(t, o, ids[leaf]); err != nil || p.Leaf != int64(leaf) || p.Check(sum) != nil {
				t.Errorf("line %d: %v, %v", leaf, err, p.Check(sum))
			}
		}
	})
}

// TestAnOlderLogGetsItsTilesByAndBy takes the tiles away, as in a database of before; proofs are given meanwhile, and the sealer makes them again.
func TestAnOlderLogGetsItsTilesByAndBy(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		ids := tiledLog(t, o)
		whole := tiles(t, o)
		o.Update(t, access.System, func(tx *store.Tx) error { return tx.DropTiles(village.County(), "重建") })
		if _, err := proved(t, o, ids[700]); err != nil {
			t.Errorf("without tiles: %v", err)
		}
		if v := verdict(t, o); v.Trouble != nil {
			t.Errorf("a log without tiles: %+v", v.Trouble)
		}
		for range 3 {
			if err := o.DB.SealAll(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		if got := tiles(t, o); got != whole {
			t.Errorf("tiles %s, not %s", got, whole)
		}
	})
}

func TestAForgedTileIsNamedAndProvesNothing(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		do   string
		want store.Tampering
		line int // that is not proved any more; -1 for none
	}{
		"a hash":       {`UPDATE audit_tile SET hashes = (SELECT hashes FROM audit_tile o WHERE o.county = audit_tile.county AND o.level = 0 AND o.place = 3) WHERE county = '533124' AND level = 0 AND place = 2`, store.Tampering{How: "tile", Leaf: 512, Line: "0/2"}, 600},
		"a root":       {`UPDATE audit_tile SET hashes = (SELECT SUBSTR(o.hashes, 1, 43) || '=' || SUBSTR(o.hashes, 1, 0) FROM audit_tile o WHERE o.county = audit_tile.county AND o.level = 0 AND o.place = 3) WHERE county = '533124' AND level = 1`, store.Tampering{How: "tile", Leaf: 0, Line: "1/0"}, -1},
		"a tile gone":  {`DELETE FROM audit_tile WHERE county = '533124' AND level = 0 AND place = 1`, store.Tampering{How: "tile", Leaf: 256, Line: "0/1"}, -1},
		"a tile more":  {`INSERT INTO audit_tile (county, level, place, hashes) VALUES ('533124', 3, 1, 'AAAA')`, store.Tampering{How: "tile", Leaf: 1 << 32, Line: "3/1"}, -1},
		"no base64":    {`UPDATE audit_tile SET hashes = '?' WHERE county = '533124' AND level = 0 AND place = 4`, store.Tampering{How: "tile", Leaf: 1024, Line: "0/4"}, -1},
		"tiles beyond": {`INSERT INTO audit_tile (county, level, place, hashes) VALUES ('533124', 0, 9, 'AAAA')`, store.Tampering{How: "tile", Leaf: 2304, Line: "0/9"}, -1},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			testbed.Each(t, func(t *testing.T, o *testbed.Office) {
				ids := tiledLog(t, o)
				if err := o.DB.Spoil(t.Context(), c.do); err != nil {
					t.Fatal(err)
				}
				v := verdict(t, o)
				if v.Trouble == nil || *v.Trouble != c.want {
					t.Errorf("found %+v, not %+v", v.Trouble, c.want)
				}
				if v.Words() == "" || strings.Contains(v.Words(), "audit.log") {
					t.Error("it has no words")
				}
				if c.line >= 0 {
					if p, err := proved(t, o, ids[c.line]); fault.Of(err) != fault.Refused || p.Path != nil {
						t.Errorf("line %d is proved from it: %v", c.line, err)
					}
				} else if _, err := proved(t, o, ids[10]); err != nil {
					t.Errorf("line 10: %v", err)
				}
				o.Update(t, access.System, func(tx *store.Tx) error { return tx.DropTiles(village.County(), "重建") })
				for range 3 {
					if err := o.DB.SealAll(t.Context(), nil); err != nil {
						t.Fatal(err)
					}
				}
				if v := verdict(t, o); v.Trouble != nil {
					t.Errorf("after mending: %+v", v.Trouble)
				}
			})
		})
	}
}

// TestAForgedHeadProvesNothing gives the head another root: what no key of ours signed leads to no proof.
func TestAForgedHeadProvesNothing(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		ids, _ := logged(t, o)
		if err := o.DB.Spoil(t.Context(), fmt.Sprintf(`UPDATE audit_head SET at = at + %d WHERE county = '533124'`, ledger.TileWidth)); err != nil {
			t.Fatal(err)
		}
		if p, err := proved(t, o, ids[2]); fault.Of(err) != fault.Refused || p.Path != nil {
			t.Errorf("a forged head: %v", err)
		}
	})
}
