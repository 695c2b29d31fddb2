package assessment_test

import (
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/assessment"
	"hefa/internal/certificate"
)

// findings is any set of findings, at most one a category.
func findings(t *rapid.T) []assessment.Finding {
	categories := rapid.SliceOfNDistinct(rapid.SampledFrom(certificate.Categories[:6]), 0, 6, rapid.ID).Draw(t, "categories")
	var out []assessment.Finding
	for _, c := range categories {
		f := assessment.Finding{Category: c, Meets: rapid.Bool().Draw(t, "meets"), Findings: "所见"}
		if f.Meets {
			f.Level = rapid.SampledFrom(certificate.Levels).Draw(t, "level")
		}
		out = append(out, f)
	}
	return out
}

// 办法 art. 13: several categories make a multiple disability, whose level is that of the most severe.
func TestResultIsTheMostSevereInAnyOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		all := findings(t)
		category, level, ok := assessment.Conclusion{Findings: all}.Result()
		met, worst := 0, certificate.Level("9")
		for _, f := range all {
			if f.Meets {
				met++
				worst = min(worst, f.Level)
			}
		}
		if ok != (met > 0) || ok && level != worst {
			t.Fatalf("%v gives %s %v", all, level, ok)
		}
		if (category == certificate.Multiple) != (met > 1) {
			t.Fatalf("%d met give category %q", met, category)
		}
		c, l, o := assessment.Conclusion{Findings: rapid.Permutation(all).Draw(t, "order")}.Result()
		if c != category || l != level || o != ok {
			t.Fatalf("another order gives %s/%s", c, l)
		}
	})
}

func TestJoinedFindingsCoverBothAndKeepTheirAuthors(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kept, own := findings(t), findings(t)
		for i := range kept {
			kept[i].Doctor = "colleague"
		}
		for i := range own {
			own[i].Doctor = "me"
		}
		whole := assessment.Conclusion{Findings: own}.Join(kept)
		byCategory := map[certificate.Category]assessment.Finding{}
		for _, f := range whole.Findings {
			if _, twice := byCategory[f.Category]; twice {
				t.Fatalf("%s stands twice", f.Category)
			}
			byCategory[f.Category] = f
		}
		var asked []certificate.Category
		for _, f := range own {
			if got := byCategory[f.Category]; !got.Same(f) {
				t.Fatalf("what was written for %s is lost", f.Category)
			}
			asked = append(asked, f.Category)
		}
		for _, f := range kept {
			if got := byCategory[f.Category]; got.Same(f) && got.Doctor != "colleague" {
				t.Fatalf("%s was taken over without a change", f.Category)
			}
			asked = append(asked, f.Category)
		}
		if lacking := whole.Lacking(asked); len(lacking) > 0 {
			t.Fatalf("%v is lacking", lacking)
		}
	})
}
