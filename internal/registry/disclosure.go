package registry

import (
	"context"
	"io"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/disclosure"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// DisclosureFilter narrows a list of disclosures; empty fields do not.
type DisclosureFilter = store.DisclosureFilter

// DisclosureList is one page of disclosures, the newest first.
type DisclosureList struct {
	Disclosures []disclosure.Disclosure
	Places      map[region.Code]string
	Today       day.Day
	Next        disclosure.ID // what After is for the next page, "" on the last
}

// Disclosures is the lists with whole numbers that were asked for in an area of one county.
func (d *Desk) Disclosures(ctx context.Context, by access.Actor, f DisclosureFilter) (l DisclosureList, err error) {
	if f.Region, err = by.Scope(access.DisclosureRead, f.Region); err != nil {
		return l, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		limit := f.Limit
		f.Limit++
		all, err := tx.Disclosures(f)
		if err != nil {
			return err
		}
		l.Disclosures, l.Today = all[:min(len(all), limit)], tx.Today()
		if len(all) > limit {
			l.Next = l.Disclosures[limit-1].ID
		}
		var codes []region.Code
		for _, x := range l.Disclosures {
			codes = append(codes, x.Region)
		}
		l.Places, err = names(tx, codes)
		return err
	})
	return l, err
}

// DisclosureFile is one disclosure with what the reader may do with it now.
type DisclosureFile struct {
	disclosure.Disclosure
	Place    string
	Today    day.Day
	Limits   disclosure.Limits
	CanJudge bool
	CanTake  bool
	Lines    []store.Line
}

// Disclosure is one disclosure.
func (d *Desk) Disclosure(ctx context.Context, by access.Actor, of disclosure.ID) (f DisclosureFile, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		x, err := disclosed(tx, access.DisclosureRead, of)
		if err != nil {
			return err
		}
		f.Disclosure, f.Today = x, tx.Today()
		f.CanJudge = by.Can(access.DisclosureJudge) && x.State == disclosure.Asked && x.Author != by.Account
		f.CanTake = x.Author == by.Account && x.Open(f.Today)
		if f.Limits, err = disclosureLimits(tx, x.Region); err != nil {
			return err
		}
		if f.Place, err = place(tx, x.Region); err != nil {
			return err
		}
		f.Lines, err = tx.Timeline(x.County(), "disclosure", string(x.ID))
		return err
	})
	return f, err
}

// disclosed reads a disclosure and asks whether the actor may do act to it.
func disclosed(tx *store.Tx, act access.Act, of disclosure.ID) (disclosure.Disclosure, error) {
	x, err := tx.Disclosure(of)
	if err != nil {
		return x, err
	}
	return x, tx.By().May(act, x.Region)
}

func disclosureLimits(tx *store.Tx, where region.Code) (disclosure.Limits, error) {
	o, err := tx.Office(where)
	return disclosure.Limits{Days: o.Policy.Count(policy.DiscloseDays), Times: o.Policy.Count(policy.DiscloseTimes)}, err
}

// whose is the certificates on a list. Where nobody asks for a state, or asks whose ended in some days, a person stands on it once.
func whose(x disclosure.Disclosure) CertificateFilter {
	f := x.Filter
	return CertificateFilter{Region: x.Region, State: f.State, Category: f.Category, Level: f.Level, From: f.From, To: f.To, Since: f.Since, Poor: f.Poor,
		Ended: f.Ended, EndedTo: f.EndedTo,
		Newest: f.State == "" || f.Ended != "" || f.EndedTo != ""}
}

// AskDisclosure asks for a list with whole numbers: Region, Filter, Columns, Reason and Receiver of x. A list of nobody is refused, for nobody should
// grant it (N55).
func (d *Desk) AskDisclosure(ctx context.Context, by access.Actor, x disclosure.Disclosure) (disclosure.ID, error) {
	x.ID, x.Author, x.AuthorName, x.State = disclosure.ID(id.New()), by.Account, by.Name, disclosure.Asked
	x.Reason = strings.Join(strings.Fields(x.Reason), " ")
	var err error
	if x.Region, err = by.Scope(access.DisclosureAsk, x.Region); err != nil {
		return "", err
	}
	wrong := fault.Problems(append(fault.Fields(x.Check()), fault.Fields(person.CheckReason(x.Reason))...))
	if err := wrong.Fault(); err != nil {
		return "", err
	}
	return x.ID, d.db.Update(ctx, by, func(tx *store.Tx) error {
		county, err := tx.County(x.Region)
		if err != nil {
			return err
		}
		if x.Rows, err = tx.CountCertificates(whose(x)); err != nil {
			return err
		}
		if x.Rows == 0 {
			return fault.New(fault.Refused, "disclosure.nobody")
		}
		x.On = tx.Today()
		if x.No, err = tx.DisclosureNo(county); err != nil {
			return err
		}
		return tx.AddDisclosure(x)
	})
}

// JudgeDisclosure grants or denies a list that somebody else asked for. A denial needs its opinion.
func (d *Desk) JudgeDisclosure(ctx context.Context, by access.Actor, of disclosure.ID, grant bool, opinion string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		x, err := disclosed(tx, access.DisclosureJudge, of)
		if err != nil {
			return err
		}
		l, err := disclosureLimits(tx, x.Region)
		if err != nil {
			return err
		}
		if err := x.Decide(disclosure.Verdict{Account: by.Account, Name: by.Name, Grant: grant, Opinion: opinion}, l, tx.Today()); err != nil {
			return err
		}
		return tx.SaveDisclosure(access.DisclosureJudge, x, x.No)
	})
}

// TakeDisclosure writes a granted list to w, for the account that asked for it only. That it was taken, and how many stood on it, is in the audit before
// the first byte; every line carries the number of the grant and the account, so that a line that leaks tells where from.
func (d *Desk) TakeDisclosure(ctx context.Context, by access.Actor, of disclosure.ID, as sheet.Format, w io.Writer) error {
	var x disclosure.Disclosure
	var mark string
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if x, err = disclosed(tx, access.DisclosureTake, of); err != nil {
			return err
		}
		if x.Chips() {
			return fault.New(fault.Refused, "chip.list")
		}
		if err := as.Check(); err != nil {
			return err
		}
		if err := x.Take(by.Account, tx.Today()); err != nil {
			return err
		}
		n, err := tx.CountCertificates(whose(x))
		if err != nil {
			return err
		}
		mark = lang.T("disclosure.mark", x.No, by.Name, tx.Now().In(day.Beijing).Format("2006-01-02 15:04"))
		return tx.SaveDisclosure(access.DisclosureTake, x, lang.T("disclosure.taken.note", x.No, n, lang.T(as.Word())))
	})
	if err != nil {
		return err
	}
	t := sheet.Table{Name: lang.T("disclosure.sheet"), Title: lang.T("disclosure.heading", mark, x.Receiver)}
	for _, c := range x.Columns {
		t.Columns = append(t.Columns, sheet.Column{Name: lang.T(c.Word()), Width: widths[c]})
	}
	t.Columns = append(t.Columns, sheet.Column{Name: lang.T("disclosure.column.mark"), Width: 40})
	t.Rows = func(yield func([]string, error) bool) {
		f := whose(x)
		for f.Limit = exportAtOnce; ; {
			l, err := d.Certificates(ctx, by, f)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, h := range l.Holders {
				if !yield(append(l.clear(h, x.Columns), mark), nil) {
					return
				}
			}
			if f.After = l.Next; l.Next == "" {
				return
			}
		}
	}
	return sheet.Write(w, as, t)
}

// widths is how wide the columns are that need more than their name.
var widths = map[disclosure.Column]int{disclosure.Number: 20, disclosure.Certificate: 22, disclosure.Phone: 14, disclosure.GuardianPhone: 14, disclosure.Address: 30,
	disclosure.Birth: 12, disclosure.Issued: 12, disclosure.Expires: 12, disclosure.Village: 18, disclosure.Township: 14}

// clear is one line of a list with whole numbers.
func (l CertificateList) clear(h Holder, columns []disclosure.Column) []string {
	c, p := h.Certificate, h.Person
	village := ""
	if c.Region.Level() == region.Village {
		village = l.Places[c.Region]
	}
	poor := ""
	if p.Poor {
		poor = lang.T("policy.yes")
	}
	all := map[disclosure.Column]string{disclosure.Name: p.Name, disclosure.Sex: lang.T(p.Sex.Word()), disclosure.Birth: string(p.Birth), disclosure.Nation: p.Nation,
		disclosure.Number: string(p.Number), disclosure.Phone: p.Phone, disclosure.Township: l.Places[c.Region.Township()], disclosure.Village: village,
		disclosure.Address: p.Address, disclosure.Guardian: p.Guardian.Name, disclosure.GuardianRelation: p.Guardian.Relation, disclosure.GuardianPhone: p.Guardian.Phone,
		disclosure.Poor: poor, disclosure.Certificate: string(c.Number), disclosure.Category: lang.T(c.Category.Word()), disclosure.Level: lang.T(c.Level.Word()),
		disclosure.Issued: string(c.Issued), disclosure.Expires: string(c.Expires), disclosure.Standing: lang.T(c.Standing(l.Today).Word()), disclosure.Cause: cause(c)}
	if c.State == certificate.Cancelled {
		all[disclosure.Ended] = string(c.Since)
	}
	out := make([]string, 0, len(columns)+1)
	for _, k := range columns {
		out = append(out, all[k])
	}
	return out
}
