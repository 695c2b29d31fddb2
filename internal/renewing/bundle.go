package renewing

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/job"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/store"
)

// bundleMost is how many letters one bundle may hold: a county of half a million holders has no more due in a quarter.
const bundleMost = 100_000

// BeginBundle has every letter that fits printed in the background, by village, in parts of reminder.BundlePart; it settles which they are now.
func (d *Desk) BeginBundle(ctx context.Context, by access.Actor, f Filter, reading paper.Reading) (reminder.BundleID, error) {
	b := reminder.Bundle{ID: reminder.BundleID(id.New()), Reading: string(reading), State: reminder.BundleWorking, Author: by.Name}
	var err error
	if b.Region, err = scope(by, access.ListExport, f.Region); err != nil {
		return "", err
	}
	if !slices.Contains(paper.Readings, reading) {
		return "", missing()
	}
	f.Region, f.After, f.Limit, f.Open, f.Settled = b.Region, "", bundleMost+1, true, true
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		all, err := tx.Reminders(f)
		if err != nil {
			return err
		}
		office, err := tx.Office(b.Region)
		if err != nil {
			return err
		}
		if b.About, err = about(tx, f); err != nil {
			return err
		}
		letters := make([]reminder.ID, len(all))
		for i, r := range all {
			letters[i] = r.Reminder.ID
		}
		switch {
		case len(letters) == 0:
			return fault.New(fault.Refused, "bundle.nothing")
		case len(letters) > bundleMost:
			return fault.New(fault.Refused, "bundle.many", bundleMost)
		}
		b.Letters, b.Made, b.Last = len(letters), tx.Now(), tx.Today().Add(office.Policy.Count(policy.BundleDays))
		if err := tx.AddBundle(b, letters, b.About+" "+strconv.Itoa(len(letters))); err != nil {
			return err
		}
		return tx.Enqueue(job.PrintBundle{County: string(b.County()), Bundle: string(b.ID)})
	})
	return b.ID, err
}

// about is the conditions of a list in words.
func about(tx *store.Tx, f Filter) (string, error) {
	name, err := place(tx, f.Region)
	words := []string{name}
	if f.Kind != "" {
		words = append(words, lang.T(f.Kind.Word()))
	}
	if f.Step != "" {
		words = append(words, lang.T("reminder.step", f.Step))
	}
	return strings.Join(append(words, chosen(f)...), " "), err
}

// PrintBundle prints the parts of a bundle that are not printed yet. Each part's file lies whole in its place before it and how far the bundle has come are
// noted in one transaction: whenever the program dies, the part under way is printed anew and no part is there twice. The numbers of letters are given when
// letters are made, never here.
func (d *Desk) PrintBundle(ctx context.Context, by access.Actor, of reminder.BundleID) error {
	if by.Role != access.System {
		return missing()
	}
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		b, p, ended, err := d.printPart(ctx, by, of)
		if err != nil || b.State != reminder.BundleWorking {
			return d.giveUp(ctx, by, b, err)
		}
		err = d.db.Update(ctx, by, func(tx *store.Tx) error {
			now, err := tx.Bundle(of)
			if err != nil {
				return err
			}
			if now.Version != b.Version {
				return fault.New(fault.Stale, "record.stale")
			}
			if err := now.Printed(p.Letters+ended, ended); err != nil {
				return err
			}
			more = now.State == reminder.BundleWorking
			if p.Letters > 0 {
				if err := tx.AddBundlePart(now, p); err != nil {
					return err
				}
			}
			return tx.SaveBundle(now, strconv.Itoa(now.Done))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// giveUp notes on a bundle that a letter cannot be printed, in the words of the paper; any other error is the job's own and tried again.
func (d *Desk) giveUp(ctx context.Context, by access.Actor, b reminder.Bundle, why error) error {
	if kind := fault.Of(why); kind != fault.Refused && kind != fault.Invalid || b.ID == "" {
		return why
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		now, err := tx.Bundle(b.ID)
		if err != nil {
			return err
		}
		if err := now.Fail(worded(why)); err != nil {
			return err
		}
		return tx.SaveBundle(now, "")
	})
}

// worded is a fault in the words of the catalogue.
func worded(err error) string {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok || f.Key == "" {
		return ""
	}
	return lang.T(f.Key, f.Args...)
}

// printPart prints the next part into the files, behind the list of who gets a letter of it; ended is how many are passed over.
func (d *Desk) printPart(ctx context.Context, by access.Actor, of reminder.BundleID) (b reminder.Bundle, p reminder.Part, ended int, err error) {
	var papers []paper.Paper
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if b, err = tx.Bundle(of); err != nil || b.State != reminder.BundleWorking {
			return err
		}
		all, err := tx.BundleLetters(b, reminder.BundlePart)
		if err != nil {
			return err
		}
		l := List{Region: b.Region, Today: tx.Today()}
		for _, r := range all {
			if r.Reminder.State.Open() {
				l.Reminders = append(l.Reminders, r)
			}
		}
		p.No, p.Letters, ended = b.Part(), len(l.Reminders), len(all)-len(l.Reminders)
		if p.Letters == 0 {
			return nil
		}
		if l.Places, err = names(tx, append([]Reminded{{Reminder: reminder.Reminder{Region: b.Region.Township()}}}, l.Reminders...)); err != nil {
			return err
		}
		p.First, p.Last = l.village(l.Reminders[0]), l.village(l.Reminders[p.Letters-1])
		papers = append(papers, l.cover())
		h := houses{tx, map[region.Code]house{}}
		for _, r := range l.Reminders {
			letter, err := h.letter(r, paper.Reading(b.Reading))
			if err != nil {
				return err
			}
			papers = append(papers, letter)
		}
		return nil
	})
	if err != nil || p.Letters == 0 {
		return b, p, ended, err
	}
	var file bytes.Buffer
	if err := paper.WriteAll(&file, lang.T("bundle.part.title", b.About, p.No), paper.All(papers)); err != nil {
		return b, p, ended, err
	}
	kept, err := d.files.PutMade(&file, int64(file.Len()))
	p.Hash, p.Size = kept.Hash, kept.Size
	return b, p, ended, err
}

// Bundles is one page of the bundles of a place, the newest first; next is what after is for the next page, "" on the last.
func (d *Desk) Bundles(ctx context.Context, by access.Actor, where region.Code, page BundlePage) (all []reminder.Bundle, next reminder.BundleID, err error) {
	if where, err = scope(by, access.ListExport, where); err != nil {
		return nil, "", err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if all, err = tx.Bundles(where, page.After, page.Limit+1); err == nil && len(all) > page.Limit {
			all = all[:page.Limit]
			next = all[page.Limit-1].ID
		}
		return err
	})
	return all, next, err
}

// BundlePage is which page of a list of bundles.
type BundlePage struct {
	After reminder.BundleID
	Limit int
}

// Bundle is one bundle with the parts that are printed.
func (d *Desk) Bundle(ctx context.Context, by access.Actor, of reminder.BundleID) (b reminder.Bundle, parts []reminder.Part, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if b, err = bundle(tx, of); err != nil || b.State == reminder.BundleGone {
			return err
		}
		parts, err = tx.BundleParts(b)
		return err
	})
	return b, parts, err
}

// bundle reads a bundle and asks whether the actor may have it.
func bundle(tx *store.Tx, of reminder.BundleID) (reminder.Bundle, error) {
	b, err := tx.Bundle(of)
	if err != nil {
		return b, err
	}
	return b, tx.By().May(access.ListExport, b.Region)
}

// OpenBundlePart opens a file of a bundle, which is an audited act. The reader is to be closed.
func (d *Desk) OpenBundlePart(ctx context.Context, by access.Actor, of reminder.BundleID, no int) (io.ReadSeekCloser, error) {
	hash := ""
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		b, err := bundle(tx, of)
		if err != nil {
			return err
		}
		parts, err := tx.BundleParts(b)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(parts, func(p reminder.Part) bool { return p.No == no })
		if at < 0 || b.State == reminder.BundleGone {
			return missing()
		}
		hash = parts[at].Hash
		return tx.Note(access.ListExport, store.Subject{Kind: "bundle", ID: string(b.ID), Region: b.Region, Note: b.About + " " + strconv.Itoa(no)})
	})
	if err != nil {
		return nil, err
	}
	return d.files.Open(hash)
}

// removeAtOnce is how many bundles one look removes.
const removeAtOnce = 50

// RemoveBundles removes the files of bundles whose days are over. A bundle is marked first, so that nobody is offered a file that is going, and what it
// consisted of is forgotten last, so that a break leaves no file behind.
func (d *Desk) RemoveBundles(ctx context.Context, by access.Actor) error {
	if by.Role != access.System {
		return missing()
	}
	for {
		var over []reminder.Bundle
		if err := d.db.View(ctx, by, func(tx *store.Tx) (err error) { over, err = tx.BundlesOver(tx.Today(), removeAtOnce); return err }); err != nil || len(over) == 0 {
			return err
		}
		for _, b := range over {
			if err := d.removeBundle(ctx, by, b); err != nil {
				return err
			}
		}
	}
}

func (d *Desk) removeBundle(ctx context.Context, by access.Actor, b reminder.Bundle) error {
	var parts []reminder.Part
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if parts, err = tx.BundleParts(b); err != nil || b.State == reminder.BundleGone {
			return err
		}
		if err := b.Remove(tx.Today()); err != nil {
			return err
		}
		return tx.SaveBundle(b, "")
	})
	if err != nil {
		return err
	}
	for _, p := range parts {
		if err := d.files.Remove(p.Hash); err != nil {
			return err
		}
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error { return tx.ForgetBundle(b) })
}
