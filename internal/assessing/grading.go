package assessing

import (
	"context"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/grading"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Trial is findings of nobody, typed to see what the standard says about them.
type Trial struct {
	Category certificate.Category
	Age      int // full years
	Values   grading.Values
	Region   region.Code // whose local rules hold; "" is the actor's own place
}

// oldest is the age up to which a trial is taken for one, in years.
const oldest = 130

// TryGrading grades findings of nobody by the rules in force at a place; nothing is kept.
func (d *Desk) TryGrading(ctx context.Context, by access.Actor, t Trial) (grading.Suggestion, error) {
	var out grading.Suggestion
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.PolicyRead, t.Region)
		if err != nil {
			return err
		}
		if err := t.check(); err != nil {
			return err
		}
		office, err := tx.Office(where)
		if err != nil {
			return err
		}
		out = grading.Suggest(grading.Case{Category: t.Category, Values: t.Values.Clean(), Age: t.Age, Relief: grading.ReliefOf(office.Policy)})
		return nil
	})
	return out, err
}

// TryMultiple grades findings of several categories at once and joins them to one level; it is wanted of at least two.
func (d *Desk) TryMultiple(ctx context.Context, by access.Actor, all []Trial) (grading.Suggestion, error) {
	var parts []grading.Suggestion
	seen := map[certificate.Category]bool{}
	for _, t := range all {
		s, err := d.TryGrading(ctx, by, t)
		if err != nil {
			return s, err
		}
		if !seen[t.Category] {
			parts = append(parts, s)
		}
		seen[t.Category] = true
	}
	if len(parts) < 2 {
		var p fault.Problems
		p.Add("category", "grading.multiple.two")
		return grading.Suggestion{}, p.Fault()
	}
	return grading.Combine(parts), nil
}

func (t Trial) check() error {
	var p fault.Problems
	if len(grading.Fields(t.Category)) == 0 {
		p.Add("category", "grading.category.missing")
		return p.Fault()
	}
	if t.Age < 0 || t.Age > oldest {
		p.Add("age", "grading.age.wrong", oldest)
	}
	grading.Read(&p, t.Category, t.Values)
	return p.Fault()
}
