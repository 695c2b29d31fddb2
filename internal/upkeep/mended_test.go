package upkeep_test

import (
	"path/filepath"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/files"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

// TestAnAttachmentThatWasMendedIsBackedUpAnew backs up an attachment that is damaged, mends it, and backs up again: the next backup holds the good one, and
// the one after shares it.
func TestAnAttachmentThatWasMendedIsBackedUpAnew(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		d, to := furnished(t, o), filepath.Join(t.TempDir(), "backups")
		take := func(fresh int64) {
			t.Helper()
			o.Pass(time.Second)
			b, err := d.TakeBackup(t.Context(), access.Program(), to, false)
			if err != nil || b.Fresh != fresh {
				t.Fatal(b.Fresh, fresh, err)
			}
		}
		part := parts(t, o.Folder)[0]
		flip(t, part, 40, 1)
		take(3)
		flip(t, part, 40, 1)
		take(1)
		take(0)
		order := target(t, "sqlite", to)
		if _, err := upkeep.Restore(t.Context(), order); err != nil {
			t.Fatal(err)
		}
		back, err := files.Open(filepath.Join(order.Data, "files"), o.Keys)
		if err != nil {
			t.Fatal(err)
		}
		if err := back.Check(filepath.Base(part)); err != nil {
			t.Error(err)
		}
	})
}
