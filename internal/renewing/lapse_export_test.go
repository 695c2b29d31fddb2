package renewing_test

import (
	"bytes"
	"fmt"
	"testing"

	"hefa/internal/access"
	"hefa/internal/renewing"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestAListOfLapsesIsTakenOutWhole has more lapses than any file of letters may hold.
func TestAListOfLapsesIsTakenOutWhole(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, many := renewing.New(o.DB, o.Files), 20_050
		lapses(t, o, desk, 1)
		one := put(t, desk, renewing.LapseFilter{})[0].Lapse
		if err := store.Outside(t.Context(), o.Address, fmt.Sprintf(`
			WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < %d)
			INSERT INTO lapse (county, id, region, certificate, person, cause, state, posting, ends)
			SELECT l.county, '00000000-0000-7000-8000-' || SUBSTR(CAST(n.i + 1000000000000 AS TEXT), 2), l.region, l.certificate, l.person, l.cause, 'dropped', l.posting, l.ends
			FROM n JOIN lapse l ON l.id = '%s'`, many, one.ID)); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := desk.ExportLapses(t.Context(), testbed.As(access.Township), renewing.LapseFilter{}, sheet.Out{To: &b, As: sheet.UTF8}); err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(b.Bytes(), []byte("\n")); lines != many+2 {
			t.Errorf("%d lines of %d", lines, many+2)
		}
	})
}
