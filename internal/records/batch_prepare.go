package records

import (
	"context"
	"hefa/internal/policy"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
)

// Most is how many cards one batch holds at most: what one person checks and packs in one go.
const Most = 200

// PrepareBatch puts approved cases of one township into a new print batch: each gets its certificate's number and its card's face, both fixed
// before anything is printed. One case that has moved on meanwhile refuses the whole batch.
func (d *Desk) PrepareBatch(ctx context.Context, by access.Actor, where region.Code, ids []application.ID) (card.BatchID, error) {
	var b card.Batch
	if len(ids) <= Most {
		if err := d.fits(ctx, by, ids); err != nil {
			return "", err
		}
	}
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		b, err = prepare(tx, where, ids)
		return err
	})
	return b.ID, err
}

// prepare is PrepareBatch inside a transaction.
func prepare(tx *store.Tx, where region.Code, ids []application.ID) (card.Batch, error) {
	if err := tx.By().May(access.ApplicationPrint, where); err != nil {
		return card.Batch{}, err
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if err := choice(where, len(ids)); err != nil {
		return card.Batch{}, err
	}
	no, err := series(tx, where.County(), "ZK")
	if err != nil {
		return card.Batch{}, err
	}
	house, err := tx.Office(where)
	if err != nil {
		return card.Batch{}, err
	}
	b := card.Batch{ID: card.BatchID(id.New()), Region: where, No: no, Cards: len(ids), Made: tx.Today()}
	if err := tx.AddBatch(b); err != nil {
		return card.Batch{}, err
	}
	for _, a := range ids {
		if err := freeze(tx, b, house.Policy, a); err != nil {
			return card.Batch{}, err
		}
	}
	return b, nil
}

// choice refuses a batch of nothing, of too much, or of no township.
func choice(where region.Code, n int) error {
	var p fault.Problems
	switch {
	case where.Level() != region.Township:
		p.Add("region", "batch.township.missing")
	case n == 0:
		p.Add("", "batch.empty")
	case n > Most:
		p.Add("", "batch.large", Most)
	}
	return p.Fault()
}

// freeze gives one case of a batch its certificate and its card. Which certificate is made is the rule of the township, so that one batch is of one kind.
func freeze(tx *store.Tx, b card.Batch, making policy.Set, of application.ID) error {
	a, err := load(tx, access.ApplicationPrint, of)
	if err != nil {
		return err
	}
	p, err := tx.Person(a.Person)
	if err != nil {
		return err
	}
	switch {
	case !b.Region.Contains(a.Region):
		return fault.New(fault.Refused, "batch.elsewhere", p.Name)
	case a.State != application.Approved:
		return fault.New(fault.Refused, "batch.moved", p.Name, a.State)
	}
	if err := tx.Alive(a.Application); err != nil {
		return err
	}
	s, err := sitting(tx, a, p, making)
	if err != nil {
		return err
	}
	if err := a.Freeze(string(b.ID), a.office); err != nil {
		return err
	}
	if err := tx.AddCertificate(access.ApplicationPrint, s.Certificate); err != nil {
		return err
	}
	c := card.Card{ID: card.ID(id.New()), Region: a.Region, Batch: b.ID, Application: string(a.ID), Certificate: s.Certificate.ID, Face: s.Face(), State: card.Frozen}
	if c.Face.QR, err = code(tx, c, a.office.Policy); err != nil {
		return err
	}
	if err := tx.AddCard(c); err != nil {
		return err
	}
	return a.save(tx, access.ApplicationPrint, b.No)
}

// code is what the QR of a card holds: its signed code, behind the address of the page that checks it where policy names one.
func code(tx *store.Tx, c card.Card, rules policy.Set) (string, error) {
	s, err := tx.SignCode(c.Face, c.Region.County(), c.Certificate)
	if err != nil {
		return "", err
	}
	if at := strings.TrimRight(rules.Find(policy.VerifyAddress).Value, "/"); at != "" {
		return at + "/verify#" + s.Text(), nil
	}
	return s.Text(), nil
}

// sitting is what the case's face is taken from, with the new certificate.
func sitting(tx *store.Tx, a loaded, p person.Person, making policy.Set) (card.Sitting, error) {
	s := card.Sitting{Person: p, RedSeveral: making.Is(policy.MultipleRed)}
	held, err := tx.CertificatesOf(a.County(), a.Person)
	if err != nil {
		return s, err
	}
	for _, c := range held {
		switch {
		case c.ID == a.Previous:
			s.Previous = &c
		case c.State.Live():
			return s, fault.New(fault.Refused, "batch.second", p.Name)
		}
	}
	if s.Certificate, err = next(tx, a, s); err != nil {
		return s, err
	}
	s.Certificate.Kind = certificate.Kind(making.Word(policy.CardKind))
	names, err := tx.RegionNames(p.Region)
	if err != nil {
		return s, err
	}
	s.Place = place(names, p.Region)
	s.Photo, err = photo(tx, a)
	return s, err
}

// next is the certificate that the case ends in: as assessed, or as before where an exchange needs no new assessment.
func next(tx *store.Tx, a loaded, s card.Sitting) (certificate.Certificate, error) {
	c := certificate.Certificate{ID: certificate.ID(id.New()), Region: a.Region, Person: a.Person, Category: a.Category, Level: a.Level, State: certificate.Pending,
		Since: a.office.Today, Application: string(a.ID), Previous: a.Previous}
	var before certificate.Number
	if s.Previous != nil {
		before = fitting(s).Number
		if c.Category == "" {
			c.Category, c.Level, c.Grades, c.Graded = s.Previous.Category, s.Previous.Level, s.Previous.Grades, s.Previous.Graded
		}
	}
	if !c.Category.Valid() || !c.Level.Valid() {
		return c, fault.New(fault.Refused, "batch.unassessed", s.Person.Name)
	}
	c.Number = before.Exchange(s.Person.Number, c.Category, c.Level)
	c = a.Follow(c, fitting(s), a.office)
	issuer, err := tx.OrgAt(a.County())
	if err != nil {
		return c, err
	}
	c.Issuer = issuer.Name
	if a.Category.Valid() {
		c.Graded = certificate.ByHospital
	}
	if c.Grades == nil {
		c.Grades, err = grades(tx, a)
	}
	return c, err
}

// fitting is the certificate before with the identity number that its holder has now; nil when there was none.
func fitting(s card.Sitting) *certificate.Certificate {
	if s.Previous == nil {
		return nil
	}
	c := *s.Previous
	c.Number = c.Number.Under(s.Person.Number)
	return &c
}

// grades is each category that the last conclusion found.
func grades(tx *store.Tx, a loaded) ([]certificate.Grade, error) {
	all, err := tx.Assessments(a.Application)
	if err != nil {
		return nil, err
	}
	var met []assessment.Finding
	if len(all) > 0 {
		last := all[len(all)-1]
		if c, l, _ := last.Result(); c == a.Category && l == a.Level { // else an appeal on paper changed it
			met = last.Met()
		}
	}
	if len(met) == 0 {
		return []certificate.Grade{{Category: a.Category, Level: a.Level}}, nil
	}
	var out []certificate.Grade
	for _, f := range met {
		out = append(out, certificate.Grade{Category: f.Category, Level: f.Level})
	}
	return out, nil
}

// photo is the hash of the last photo sent with the case, "" for none: a frame is left for gluing then.
func photo(tx *store.Tx, a loaded) (string, error) {
	all, err := tx.Attachments(a.Application)
	hash := ""
	for _, f := range all {
		if f.Paper == "photo" {
			hash = f.Hash
		}
	}
	return hash, err
}
