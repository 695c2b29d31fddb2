package renewing

import (
	"context"
	"fmt"
	"slices"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lapse"
	"hefa/internal/org"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/store"
)

// postingMost is how many people one published list may hold.
const postingMost = 200

// Candidate is a certificate that nobody renewed, or whose holder did not come to the review.
type Candidate struct {
	store.LapseCandidate
	Village string
	Cause   lapse.Cause
}

// LapseProposal is what a township could put up for cancellation today.
type LapseProposal struct {
	Region region.Code
	Place  string
	Told   []Candidate // who got a letter, by village; at most 200
	Untold []Candidate // whom no letter reached yet: they cannot be put up; at most 200
	More   bool        // more were told than one list may hold
	Rest   bool        // more were not told than stand here
	None   bool        // of somebody no letter was ever made
	Ends   day.Day     // the last day of a list that is published today
	Days   int         // calendar days
	Today  day.Day
	Office org.Org // whose phone stands on the list
}

// ProposeLapses is who may be put up in a township or village; a county has to choose one first and gets an empty proposal.
func (d *Desk) ProposeLapses(ctx context.Context, by access.Actor, where region.Code) (LapseProposal, error) {
	var p LapseProposal
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := by.Scope(access.LapseAnnounce, where)
		if err != nil {
			return err
		}
		p.Region, p.Today = where, tx.Today()
		if where.Level() < region.Township {
			return nil
		}
		if p.Place, err = place(tx, where); err != nil {
			return err
		}
		if p.Office, err = tx.OrgAt(where.Township()); err != nil {
			return err
		}
		return p.fill(tx)
	})
	return p, err
}

// fill reads who may be put up.
func (p *LapseProposal) fill(tx *store.Tx) error {
	office, err := tx.Office(p.Region)
	if err != nil {
		return err
	}
	grace := office.Policy.Count(policy.LapseGrace)
	p.Days = office.Policy.Count(policy.LapseDays)
	p.Ends = p.Today.Add(p.Days)
	f := store.LapsingFilter{Region: p.Region, Before: p.Today.Add(-grace), Letters: store.LettersNone, Limit: 1}
	none, err := tx.LapseCandidates(f)
	if err != nil {
		return err
	}
	p.None, f.Limit, f.Letters = len(none) > 0, postingMost+1, store.LettersSent
	if p.Told, p.More, err = p.candidates(tx, f, grace); err != nil {
		return err
	}
	f.Letters = store.LettersUnsent
	p.Untold, p.Rest, err = p.candidates(tx, f, grace)
	return err
}

// candidates is up to as many as one list may hold; more says that they are not all.
func (p *LapseProposal) candidates(tx *store.Tx, f store.LapsingFilter, grace int) (out []Candidate, more bool, err error) {
	all, err := tx.LapseCandidates(f)
	if err != nil {
		return nil, false, err
	}
	if more = len(all) > postingMost; more {
		all = all[:postingMost]
	}
	codes := make([]region.Code, len(all))
	for i, c := range all {
		codes[i] = c.Certificate.Region
	}
	names, err := tx.RegionNames(codes...)
	for _, c := range all {
		if cause := lapse.Due(c.Certificate.Expires, c.Review, p.Today, grace); cause != "" {
			out = append(out, Candidate{c, names[c.Certificate.Region], cause})
		}
	}
	return out, more, err
}

// AnnounceLapses publishes one list of certificates of a township that are to be cancelled, and opens it to objection for the days of policy (N42).
// Whoever no letter reached, who renews meanwhile or whose certificate is valid longer is refused.
func (d *Desk) AnnounceLapses(ctx context.Context, by access.Actor, where region.Code, ids []certificate.ID) (string, error) {
	p := lapse.Posting{ID: id.New(), Region: where}
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		if err := by.May(access.LapseAnnounce, where); err != nil {
			return err
		}
		ids = slices.Compact(slices.Sorted(slices.Values(ids)))
		p.Starts, p.People = tx.Today(), len(ids)
		if err := p.Check(len(ids)); err != nil {
			return err
		}
		proposal := LapseProposal{Region: where, Today: p.Starts}
		if err := proposal.fill(tx); err != nil {
			return err
		}
		p.Ends = proposal.Ends
		near, err := tx.OrgAt(where.Township())
		if err != nil {
			return err
		}
		p.Phone = near.Phone
		if p.No, err = numbered(tx, p.County(), "posting", "Z"); err != nil {
			return err
		}
		if err := tx.AddPosting(p); err != nil {
			return err
		}
		for _, c := range ids {
			if err := announce(tx, p, proposal.Told, c); err != nil {
				return err
			}
		}
		return nil
	})
	return p.ID, err
}

// announce puts one certificate on the list.
func announce(tx *store.Tx, p lapse.Posting, told []Candidate, of certificate.ID) error {
	i := slices.IndexFunc(told, func(c Candidate) bool { return c.Certificate.ID == of })
	if i < 0 {
		return fault.New(fault.Refused, "lapse.candidate.none")
	}
	c := told[i]
	if err := c.Certificate.Take(certificate.Announce, p.Starts); err != nil {
		return err
	}
	if err := tx.SaveCertificate(access.LapseAnnounce, c.Certificate); err != nil {
		return err
	}
	return tx.AddLapse(lapse.Lapse{ID: lapse.ID(id.New()), Region: c.Certificate.Region, Certificate: of, Person: c.Person.ID, Cause: c.Cause,
		State: lapse.Announced, Posting: p.ID, Ends: p.Ends})
}

// numbered takes the next number of a county's yearly series, such as 533103-2022-Z0001.
func numbered(tx *store.Tx, county region.Code, series, mark string) (string, error) {
	year := tx.Today().Year()
	n, err := tx.Next(county, fmt.Sprintf("%s-%d", series, year))
	return fmt.Sprintf("%s-%d-%s%04d", county, year, mark, n), err
}
