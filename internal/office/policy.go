package office

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Rule is one legal value with what is in force for it at a place today.
type Rule struct {
	policy.Rule
	Now policy.Value
}

// Policies is every rule with the value in force at a place of the actor's area ("" for all of it), and the names of the places that set them.
func (d *Desk) Policies(ctx context.Context, by access.Actor, where region.Code) (rules []Rule, names map[region.Code]string, err error) {
	if where == "" {
		where = by.Region
	}
	if err := by.May(access.PolicyRead, where); err != nil {
		return nil, nil, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		book, err := tx.Policies()
		if err != nil {
			return err
		}
		set := policy.Book(book).At(where, tx.Today())
		codes := []region.Code{where}
		for _, r := range policy.Rules {
			v := set.Find(r.Key)
			rules, codes = append(rules, Rule{r, v}), append(codes, v.Region)
		}
		names, err = tx.RegionNames(codes...)
		return err
	})
	return rules, names, err
}

// Decision is a value that somebody set, as the history shows it.
type Decision = store.Decision

// RuleFile is one rule at one place: what is in force and every decision that holds there or in a part of it, the newest first.
type RuleFile struct {
	Rule
	History []Decision
	Names   map[region.Code]string
	Today   day.Day
}

// Policy is one rule with its history.
func (d *Desk) Policy(ctx context.Context, by access.Actor, key policy.Key, where region.Code) (RuleFile, error) {
	var f RuleFile
	if where == "" {
		where = by.Region
	}
	rule, ok := policy.Of(key)
	if !ok {
		return f, fault.New(fault.Missing, "record.missing")
	}
	if err := by.May(access.PolicyRead, where); err != nil {
		return f, err
	}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		all, err := tx.Decisions(key)
		if err != nil {
			return err
		}
		f.Rule.Rule, f.Today = rule, tx.Today()
		codes := []region.Code{where}
		var book policy.Book
		for _, v := range all {
			book = append(book, v.Value)
			if v.Region.Contains(where) || where.Contains(v.Region) {
				f.History, codes = append(f.History, v), append(codes, v.Region)
			}
		}
		f.Now = book.At(where, tx.Today()).Find(key)
		f.Names, err = tx.RegionNames(codes...)
		return err
	})
	return f, err
}

// PolicyChange is a new value as typed; Correct says that it replaces the one of the same place and day.
type PolicyChange struct {
	policy.Value
	Correct bool
}

// SetPolicy sets a value in a place from a day on. Limits that run already keep their last day; those that begin afterwards take the new value.
func (d *Desk) SetPolicy(ctx context.Context, by access.Actor, c PolicyChange) error {
	rule, ok := policy.Of(c.Key)
	if !ok {
		return fault.New(fault.Missing, "record.missing")
	}
	if err := by.May(access.PolicySet, c.Region); err != nil {
		return err
	}
	p := fault.Problems(fault.Fields(rule.Check(c.Value.Value)))
	if c.Effective == "" {
		p.Add("effective", "policy.effective.missing")
	}
	if c.Basis = strings.TrimSpace(c.Basis); c.Basis == "" {
		p.Add("basis", "policy.basis.missing")
	}
	if err := p.Fault(); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		all, err := tx.Decisions(c.Key)
		if err != nil {
			return err
		}
		c.Version = 0
		for _, v := range all {
			if v.Region != c.Region || v.Effective != c.Effective {
				continue
			}
			if !c.Correct {
				p.Add("effective", "policy.effective.taken", v.Effective)
				return p.Fault()
			}
			c.Version = v.Version
		}
		return tx.SavePolicy(c.Value)
	})
}
