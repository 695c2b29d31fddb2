package vault

import (
	"context"
	"errors"
	"os"
	"time"

	"hefa/internal/day"
	"hefa/internal/fault"
)

// Rebuilt is a database that was put together from a chain.
type Rebuilt struct {
	Chain    string
	Base     time.Time // when the base was
	Segments int       // how many were laid over it
	Until    time.Time // everything that was committed before is there
	Bytes    int64     // of the database
}

// plan is the pieces that lead to a second.
type plan struct {
	base  piece
	lay   []piece
	next  piece     // the segment behind, "" when there is none
	to    time.Time // the second; zero for the last that there is
	until time.Time // when the second ends
}

// Rebuild puts the database of a second together in a new file: everything that was committed before the second began is there, and nothing that was
// committed after it ended. Zero is the last second that can be had. Each piece is proved, and that none is missing between them; a second that was not
// recorded is refused, and the last one that can be had is named.
func (y Yard) Rebuild(ctx context.Context, to time.Time, file string) (Rebuilt, error) {
	all, err := piecesOf(ctx, y.Depot, chains)
	if err != nil {
		return Rebuilt{}, err
	}
	p, err := planned(all, to)
	if err != nil {
		return Rebuilt{}, err
	}
	r, err := y.open(ctx, p.base.chain)
	if err != nil {
		return Rebuilt{}, err
	}
	if p, err = r.settled(ctx, p.to); err != nil {
		return Rebuilt{}, err
	}
	out, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return Rebuilt{}, err
	}
	done, err := r.lay(ctx, p, out)
	if err == nil {
		err = out.Sync()
	}
	if shut := out.Close(); err == nil {
		err = shut
	}
	return done, err
}

// settled is the plan with the pieces that lie there once the head was read: a chain that is being written grows meanwhile.
func (r *reader) settled(ctx context.Context, to time.Time) (p plan, err error) {
	h, err := r.head(ctx)
	if err != nil {
		return p, err
	}
	all, err := piecesOf(ctx, r.depot, chains+r.chain+"/")
	if err != nil {
		return p, err
	}
	if p, err = planned(all, to); err != nil {
		return p, err
	}
	return p, r.reaches(ctx, p, h)
}

// planned cuts the pieces, in the order in which they were written, behind the last one before the second's end, chooses the newest base before the cut and
// the segments behind it, and names the first that is missing. A clock that went back so means its second pass, and what it wrote ahead of itself stays.
func planned(all []piece, to time.Time) (p plan, err error) {
	p.to = to.Truncate(time.Second)
	if p.until = p.to.Add(time.Second); to.IsZero() {
		p.to, p.until = time.Time{}, time.Unix(1<<40, 0)
	}
	cut, base := -1, -1
	for i, s := range all {
		if s.at.Before(p.until) {
			cut = i
		}
	}
	for i, b := range all[:cut+1] {
		if b.base {
			base = i
		}
	}
	if base < 0 {
		for _, b := range all {
			if b.base {
				return p, fault.New(fault.Refused, "chain.early", said(p.to), said(b.at.Add(time.Second)))
			}
		}
		return p, fault.New(fault.Refused, "chain.none")
	}
	p.base = all[base]
	number, had := p.base.number, p.base.at
	for i, s := range all[base:] {
		if s.chain != p.base.chain || s.base || s.number <= number {
			continue
		}
		if number++; s.number != number {
			return p, missing(number, had)
		}
		if base+i > cut {
			p.next = s
			break
		}
		p.lay, had = append(p.lay, s), s.at
	}
	return p, nil
}

// errBroken says that a segment does not follow the one before.
var errBroken = errors.New("it does not follow the one before")

// said is an instant as administrators read it, in Beijing's time, cut to the second.
func said(at time.Time) string { return at.In(day.Beijing).Format(time.DateTime) }

// missing is the refusal that names a segment that is not there.
func missing(number int64, had time.Time) error {
	return fault.New(fault.Refused, "chain.gap", number, said(had))
}

// reaches refuses a second that the chain does not tell apart, or that lies behind its end.
func (r *reader) reaches(ctx context.Context, p plan, h Head) error {
	last := p.base
	if len(p.lay) > 0 {
		last = p.lay[len(p.lay)-1]
	}
	if p.next.name == "" && h.Number > last.number {
		return missing(last.number+1, last.at)
	}
	if p.to.IsZero() {
		return nil
	}
	if p.next.name != "" {
		l, _, err := r.read(ctx, p.next, nil)
		if err == nil && l.From.Before(p.to) {
			err = fault.New(fault.Refused, "chain.coarse", said(l.From), said(l.At), said(l.From))
		}
		return err
	}
	until := time.Time{}
	if h.Number == last.number {
		until = h.Seen
	}
	if !until.Before(p.to) {
		return nil
	}
	l, _, err := r.read(ctx, last, nil) // its instant is when it was written; what it holds may end before, when it was not all there was
	if err == nil && l.Seen.After(until) {
		until = l.Seen
	}
	if err == nil && until.Before(p.to) {
		err = fault.New(fault.Refused, "chain.end", said(p.to), said(until))
	}
	return err
}

// lay writes the base and the segments over it.
func (r *reader) lay(ctx context.Context, p plan, out *os.File) (Rebuilt, error) {
	done := Rebuilt{Chain: r.chain, Base: p.base.at}
	var pages int64
	put := func(l Link, no uint32, page []byte) error {
		pages = max(pages, int64(no))
		_, err := out.WriteAt(page, (int64(no)-1)*l.Page)
		return err
	}
	l, _, err := r.read(ctx, p.base, put)
	if err != nil {
		return done, err
	}
	before, size := l.Before, pages*l.Page
	for _, s := range p.lay {
		if err := ctx.Err(); err != nil {
			return done, err
		}
		next, sum, err := r.read(ctx, s, put)
		if err != nil {
			return done, err
		}
		if next.Before != before || next.Page != l.Page {
			return done, damaged(s.name, errBroken)
		}
		l, before, size = next, sum, next.Size*next.Page
		done.Segments++
	}
	done.Until, done.Bytes = l.Seen, size
	if p.next.name != "" || p.to.After(done.Until) { // nothing came between, as was proved before
		done.Until = p.to
	}
	return done, out.Truncate(size)
}
