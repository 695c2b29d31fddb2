package region_test

import (
	"testing"

	"hefa/internal/lang"
	"hefa/internal/region"
)

func TestEveryLevelHasAWord(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for level := region.Country; level <= region.Village; level++ {
		if key := level.Word(); !lang.Has(key) || seen[key] {
			t.Errorf("level %d has the word %q", level, key)
		} else {
			seen[key] = true
		}
	}
	if got := region.Code("533103105").Level().Word(); lang.T(got) != "乡镇（街道）" {
		t.Errorf("a township is called %s", lang.T(got))
	}
	if got := region.Code("53310").Level().Word(); got != "" {
		t.Errorf("no level is called %q", got)
	}
}
