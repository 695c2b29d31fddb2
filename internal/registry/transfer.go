package registry

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/attachment"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/job"
	"hefa/internal/lang"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/store"
	"hefa/internal/transfer"
)

// TransferFilter narrows a list of transfers; empty fields do not.
type TransferFilter = store.TransferFilter

// TransferList is one page of the transfers of a county.
type TransferList struct {
	Transfers []transfer.Transfer
	Places    map[region.Code]string
	Today     day.Day
	Next      string // what After is for the next page, "" on the last
}

// Transfers is the certificates on their way into and out of an area of one county, by their last day.
func (d *Desk) Transfers(ctx context.Context, by access.Actor, f TransferFilter) (l TransferList, err error) {
	if f.Region, err = by.Scope(access.TransferRead, f.Region); err != nil {
		return l, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		limit := f.Limit
		f.Limit++
		all, err := tx.Transfers(f)
		if err != nil {
			return err
		}
		l.Transfers, l.Today = all[:min(len(all), limit)], tx.Today()
		if len(all) > limit {
			last := l.Transfers[limit-1]
			l.Next = string(last.Due) + " " + string(last.ID)
		}
		var codes []region.Code
		for _, t := range l.Transfers {
			codes = append(codes, t.Region, t.Abroad)
		}
		l.Places, err = names(tx, codes)
		return err
	})
	return l, err
}

// Transfer is one county's record with what its page shows.
type Transfer struct {
	transfer.Transfer
	Here, There string // the places in words
	Fits        bool   // the parcel is what was signed
	Today       day.Day
}

// Transfer is one county's record of a certificate on its way. A township sees those of its own people, and those that were sent to it.
func (d *Desk) Transfer(ctx context.Context, by access.Actor, of transfer.ID) (out Transfer, err error) {
	err = d.db.View(ctx, by, func(tx *store.Tx) error {
		if out.Transfer, err = transferred(tx, access.TransferRead, of); err != nil {
			return err
		}
		out.Fits, out.Today = tx.FitsTransfer(out.Transfer) == nil, tx.Today()
		if out.Here, err = place(tx, out.Region); err != nil {
			return err
		}
		out.There, err = place(tx, out.Abroad)
		return err
	})
	return out, err
}

func transferred(tx *store.Tx, act access.Act, of transfer.ID) (transfer.Transfer, error) {
	t, err := tx.Transfer(of)
	if err != nil {
		return t, err
	}
	return t, tx.By().May(act, t.Region)
}

// TakeTransfer takes somebody over with their certificate: they, it and the scans of their file are entered here, their identity number leads here, and
// the county that sent them keeps a stub. What the list says must be what was signed. The case that stays behind waits to be filed.
func (d *Desk) TakeTransfer(ctx context.Context, by access.Actor, of transfer.ID, a transfer.Arrival) (person.ID, error) {
	scans, err := d.sound(ctx, by, of)
	if err != nil {
		return "", err
	}
	var made person.ID
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		in, out, err := bothEnds(tx, access.TransferTake, transfer.In, of)
		if err != nil {
			return err
		}
		if err := in.Take(by.Name, tx.Today()); err != nil {
			return err
		}
		if err := arrivable(tx, a, in.Region); err != nil {
			return err
		}
		if err := by.May(access.TransferTake, a.Village); err != nil {
			return err
		}
		if err := tx.FitsTransfer(in); err != nil {
			return err
		}
		old, err := tx.Consigned(out)
		if err != nil {
			return err
		}
		if err := leave(tx, out, old, access.TransferTake); err != nil {
			return err
		}
		old.Attachments = travelling(old.Attachments, scans)
		if err := settle(tx, &in, a, old); err != nil {
			return err
		}
		made = in.Person
		if err := tx.SaveTransfer(access.TransferTake, in); err != nil {
			return err
		}
		return answer(tx, access.TransferTake, in, out)
	})
	return made, err
}

// arrivable refuses an arrival that is not whole, or in a village that nobody knows.
func arrivable(tx *store.Tx, a transfer.Arrival, where region.Code) error {
	err := a.Check(where)
	if err == nil {
		if _, err = tx.Region(a.Village); fault.Of(err) == fault.Missing {
			a.Village = ""
			err = a.Check(where)
		}
	}
	return err
}

// bothEnds is a record on the side way, on which the actor may do act, and the other county's.
func bothEnds(tx *store.Tx, act access.Act, way transfer.Way, of transfer.ID) (this, other transfer.Transfer, err error) {
	if this, err = transferred(tx, act, of); err != nil {
		return this, other, err
	}
	if this.Way != way {
		return this, other, fault.New(fault.Missing, "record.missing")
	}
	other, err = tx.Twin(this)
	return this, other, err
}

// answer tells the other county how it ended.
func answer(tx *store.Tx, act access.Act, this, other transfer.Transfer) error {
	other.Answer(this)
	return tx.SaveTransfer(act, other)
}

// leave ends what the sending county keeps: the certificate is gone, no letter is awaited, and no list of moves asks for it any more.
func leave(tx *store.Tx, out transfer.Transfer, old store.Consigned, act access.Act) error {
	c := old.Certificate
	if err := c.Take(certificate.Leave, tx.Today()); err != nil {
		return err
	}
	if err := tx.SaveCertificate(act, c); err != nil {
		return err
	}
	if err := moved(tx, old.Person, out.Region, out.Abroad); err != nil {
		return err
	}
	open, err := tx.DeparturesOf(c)
	if err != nil {
		return err
	}
	for _, x := range open {
		if !x.State.Open() || x.Kind != departure.Move {
			continue
		}
		if err := x.Dismiss(&c, lang.T("transfer.dismissed", out.Parcel.No), tx.Today()); err != nil {
			return err
		}
		if err := tx.SaveDeparture(act, x); err != nil {
			return err
		}
	}
	return tx.Enqueue(job.EndReminders{County: string(out.County()), Person: string(out.Person)})
}

// moved keeps in the history of a person from which county they went to which.
func moved(tx *store.Tx, p person.Person, from, to region.Code) error {
	names, err := tx.RegionNames(from.County(), to.County())
	if err != nil {
		return err
	}
	return tx.TellChanges(p, person.Change{Field: "move", Before: names[from.County()], After: names[to.County()]})
}

// settle enters the holder, how they live, the certificate and the case with the scans in the county of arrival.
func settle(tx *store.Tx, in *transfer.Transfer, a transfer.Arrival, old store.Consigned) error {
	office, err := tx.Office(a.Village)
	if err != nil {
		return err
	}
	p, life := a.Settle(old.Person, person.ID(id.New()), old.Life)
	if err := tx.SettlePerson(access.TransferTake, old.Person, p); err != nil {
		return err
	}
	if err := moved(tx, p, in.Abroad, in.Region); err != nil {
		return err
	}
	if old.Life.Version > 0 {
		if err := tx.SaveLife(life, life, in.Parcel.No); err != nil {
			return err
		}
	}
	no, err := tx.AcceptanceNo(in.County())
	if err != nil {
		return err
	}
	c := a.Carry(old.Certificate, certificate.ID(id.New()), p.ID, lang.T("transfer.remark", office.Today, in.Parcel.From), office.Today)
	left := application.Arrival(application.ID(id.New()), p, c, no, office)
	c.Application = string(left.ID)
	if err := tx.AddCertificate(access.TransferTake, c); err != nil {
		return err
	}
	if err := tx.AddApplication(left); err != nil {
		return err
	}
	if err := tx.SaveApplication(access.TransferTake, left.State, left, in.Parcel.From+" "+in.Parcel.No); err != nil {
		return err
	}
	for _, s := range old.Attachments {
		if s.Paper == attachment.Made && !slices.ContainsFunc(in.Parcel.Papers, func(i archive.Item) bool { return i.Hash == s.Hash }) {
			continue // written after the list was signed
		}
		if s.Source != "" {
			s.Source = s.Application + " " + s.Source
		}
		s.ID, s.Region, s.Application = attachment.ID(id.New()), left.Region, string(left.ID)
		if err := tx.AddAttachment(s); err != nil {
			return err
		}
	}
	in.Person, in.Certificate, in.Application = p.ID, c.ID, string(left.ID)
	return nil
}

// ReturnTransfer sends somebody back whom the county of arrival does not take over; their certificate holds where it was.
func (d *Desk) ReturnTransfer(ctx context.Context, by access.Actor, of transfer.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		in, out, err := bothEnds(tx, access.TransferReturn, transfer.In, of)
		if err != nil {
			return err
		}
		if err := in.Back(reason, by.Name, tx.Today()); err != nil {
			return err
		}
		return stays(tx, access.TransferReturn, in, out)
	})
}

// RecallTransfer takes back a certificate that the county of arrival has not taken over yet.
func (d *Desk) RecallTransfer(ctx context.Context, by access.Actor, of transfer.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		out, in, err := bothEnds(tx, access.TransferRecall, transfer.Out, of)
		if err != nil {
			return err
		}
		if err := out.Back(reason, by.Name, tx.Today()); err != nil {
			return err
		}
		return stays(tx, access.TransferRecall, out, in)
	})
}

// stays lets the certificate hold where it was, and keeps the end of this record and of the other county's. What ended on the way stays ended, and what a
// move had frozen is frozen.
func stays(tx *store.Tx, act access.Act, this, other transfer.Transfer) error {
	out := this
	if this.Way == transfer.In {
		out = other
	}
	old, err := tx.Consigned(out)
	if err != nil {
		return err
	}
	if c := old.Certificate; c.State.Live() {
		if err := stay(tx, &c); err != nil {
			return err
		}
		if err := tx.SaveCertificate(act, c); err != nil {
			return err
		}
	}
	if err := tx.SaveTransfer(act, this); err != nil {
		return err
	}
	return answer(tx, act, this, other)
}

// stay takes a certificate off its way.
func stay(tx *store.Tx, c *certificate.Certificate) error {
	moves, err := tx.DeparturesOf(*c)
	if err != nil {
		return err
	}
	frozen := departure.Freezes(moves)
	if c.State == certificate.Frozen { // it waited too long
		if frozen {
			return nil
		}
		return c.Take(certificate.Thaw, tx.Today())
	}
	if err := c.Take(certificate.Stay, tx.Today()); err != nil || !frozen {
		return err
	}
	return c.Take(certificate.Freeze, tx.Today())
}

// ConfirmTransfer records the paper receipt of a county that does not work with this program: the certificate is gone, and the identity number is free for
// whoever registers the holder anew.
func (d *Desk) ConfirmTransfer(ctx context.Context, by access.Actor, of transfer.ID, no string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		out, in, err := bothEnds(tx, access.TransferConfirm, transfer.Out, of)
		if err != nil {
			return err
		}
		if err := out.Confirm(strings.TrimSpace(no), by.Name, tx.Today()); err != nil {
			return err
		}
		old, err := tx.Consigned(out)
		if err != nil {
			return err
		}
		if err := leave(tx, out, old, access.TransferConfirm); err != nil {
			return err
		}
		if err := tx.ReleasePerson(old.Person); err != nil {
			return err
		}
		if err := tx.SaveTransfer(access.TransferConfirm, out); err != nil {
			return err
		}
		return answer(tx, access.TransferConfirm, out, in)
	})
}
