package upkeep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/key"
	"hefa/internal/seal"
	"hefa/internal/store"
	"hefa/internal/vault"
)

// How a database is shipped away.
const (
	shipEvery  = time.Second
	pulseEvery = 5 * time.Second  // how often it is said how far a chain goes
	baseEvery  = 24 * time.Hour   // how often it gets a base
	againAfter = 10 * time.Second // when a base that failed is begun anew
	tidyEvery  = time.Hour        // how often attachments are looked for that another program kept, and what is old removed
	mostQueued = 64 << 20         // bytes of pages in memory that wait for the depot; more waits in the log
	lastWords  = 10 * time.Second // how long the program waits for the depot when it ends
)

// Shipping says where the changes of an SQLite database go.
type Shipping struct {
	Depot vault.Depot
	Name  string // of the depot, for people
	Data  string
	Days  int // how long every second can be had
	Log   *slog.Logger
	Now   func() time.Time                   // time.Now when nil
	Space func(folder string) (Space, error) // DiskSpace when nil
}

// Shipped is how the shipping stands.
type Shipped struct {
	Name    string
	Days    int
	Seen    time.Time // everything that was committed before lies in the depot; zero when nothing does yet
	Based   time.Time // when the newest base was
	Trouble string    // why it does not get on, "" when it does

	Rehearsed time.Time // when it was last restored on trial, zero for never
	Lasted    time.Duration
	Rebuilt   RestoredTo
	Lesson    string   // what was wrong then, "" for nothing
	Mended    []string // hashes of attachments that were damaged or missing in the depot then, and were written anew
	Lost      []string // and of those that are damaged or missing here too
}

// Shipper brings every change of an SQLite database into a depot within about a second: the pages that changed, from the log, as segments of a chain.
// While the depot is away it tries again, and catches up by itself.
type Shipper struct {
	Shipping
	db    *store.DB
	files *files.Cabinet
	keys  *seal.Ring
	now   func() time.Time

	mu    sync.Mutex
	state Shipped
	fresh []string // attachments that were kept since they were asked for
}

// NewShipper is the shipper of an installation; it hears at once of attachments that are kept.
func NewShipper(db *store.DB, f *files.Cabinet, keys *seal.Ring, to Shipping) *Shipper {
	s := &Shipper{Shipping: to, db: db, files: f, keys: keys, now: to.Now, state: Shipped{Name: to.Name, Days: to.Days}}
	if s.now == nil {
		s.now = time.Now
	}
	if s.Space == nil {
		s.Space = DiskSpace
	}
	if f != nil {
		f.Kept = s.kept
	}
	return s
}

func (s *Shipper) kept(hash string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fresh = append(s.fresh, hash)
}

// State is how the shipping stands.
func (s *Shipper) State() Shipped {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// note changes how the shipping stands.
func (s *Shipper) note(change func(*Shipped)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.state)
}

// ailing notes why the shipping does not get on, and logs it once.
func (s *Shipper) ailing(err error) {
	text := words(full(err))
	s.note(func(st *Shipped) {
		if st.Trouble != text {
			s.Log.Error("shipping the database", "error", err)
		}
		st.Trouble = text
	})
}

// Run ships until ctx ends; then what was committed last goes out yet. Nil has nothing to ship.
func (s *Shipper) Run(ctx context.Context) {
	for s != nil {
		if err := s.follow(ctx); err != nil && ctx.Err() == nil {
			s.ailing(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(shipEvery):
		}
	}
}

func (s *Shipper) scratch() string { return filepath.Join(s.Data, ".ship") }

// stage is where all is restored on trial.
func (s *Shipper) stage() string { return filepath.Join(s.Data, ".ship-rehearsal") }

// yard is where chains lie whose keys the master key opens.
func yard(d vault.Depot, scratch string, keys *seal.Ring) vault.Yard {
	return vault.Yard{Depot: d, Scratch: scratch, Uncover: func(k key.Key) (vault.Cover, error) {
		c, err := keys.Uncover(k)
		return cover{c}, err
	}}
}

// follow ships one chain until ctx ends or the chain cannot be gone on with.
func (s *Shipper) follow(ctx context.Context) (err error) {
	if err := errors.Join(os.RemoveAll(s.stage()), os.RemoveAll(s.scratch()), os.MkdirAll(s.scratch(), 0o700)); err != nil {
		return err
	}
	at := yard(s.Depot, s.scratch(), s.keys)
	chain, last, err := at.Resume(ctx)
	if err != nil && fault.Of(err) != fault.Refused { // the depot is away; one that is damaged gets a new chain
		return err
	}
	var from store.LogPlace
	if chain != nil {
		if err := json.Unmarshal(last.Place, &from); err != nil {
			return err
		}
	}
	tail, found, err := s.db.Follow(ctx, from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tail.Close()) }()
	if !found {
		c, err := s.keys.Cover()
		if err != nil {
			return err
		}
		s.Log.Info("a new chain is begun", "after", last.At, "place", string(last.Place))
		last = vault.Link{}
		if chain, err = at.Begin(ctx, s.now(), c.Key); err != nil {
			return err
		}
	}
	s.note(func(st *Shipped) { st.Seen, st.Based = last.Seen, chain.Based })
	l := &line{Shipper: s, chain: chain, tail: tail, seen: last.Seen, wake: make(chan struct{}, 1), based: chain.Based, took: time.Now()}
	return l.run(ctx)
}

// parcel is what goes into the depot at once.
type parcel struct {
	link   vault.Link
	change *store.Change
	base   *store.Base
	files  []string
}

// close forgets the pages of a parcel.
func (p parcel) close() error {
	if p.base != nil {
		return p.base.Close()
	}
	return p.change.Close()
}

// line is one chain on its way: what is captured each second waits in a queue for the depot.
type line struct {
	*Shipper
	chain *vault.Chain
	tail  *store.Tail
	seen  time.Time // until when was captured
	wake  chan struct{}

	lock   sync.Mutex
	based  time.Time // when a base was last captured
	queue  []parcel
	queued int64
	until  time.Time // seen, as the sender may say
	basing bool
	took   time.Time // when the depot took something last

	tidying sync.Mutex // one tidies at a time
}

func (l *line) run(ctx context.Context) error {
	sending, stop := context.WithCancel(context.WithoutCancel(ctx))
	var done sync.WaitGroup
	done.Go(func() { l.send(sending, &done) })
	err := l.capture(ctx)
	if ctx.Err() != nil {
		l.drain()
	}
	stop()
	done.Wait()
	if _, until, more := l.first(); ctx.Err() != nil && !more {
		err = errors.Join(err, l.chain.Pulse(context.WithoutCancel(ctx), until))
	}
	for _, p := range l.queue {
		err = errors.Join(err, p.close())
	}
	return err
}

// capture takes what was committed, each second.
func (l *line) capture(ctx context.Context) error {
	for {
		if err := l.step(ctx); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		select {
		case <-ctx.Done():
			_, err := l.catchUp() // what there is no room for stays in the log, for the next start
			return err
		case <-time.After(time.Until(time.Now().Truncate(shipEvery).Add(shipEvery))):
		}
	}
}

// step is what is done each second. What holds up writers comes when all but the newest was read.
func (l *line) step(ctx context.Context) error {
	all, err := l.catchUp()
	if err != nil {
		return err
	}
	l.lock.Lock()
	age := l.now().Round(0).Sub(l.based.Round(0)) // by the clock on the wall, which may have gone back
	due := !l.basing && (age > baseEvery || age < -vault.Apart)
	l.lock.Unlock()
	switch {
	case !all:
		return l.bear(ctx)
	case due:
		return l.base(ctx)
	case l.tail.Long(l.now()):
		_, err = l.take(func() (*store.Change, error) { return l.tail.Fold(ctx) })
	}
	return err
}

// catchUp takes piece by piece what was committed, as long as there is room; all says that nothing is left.
func (l *line) catchUp() (all bool, err error) {
	for l.room() {
		if more, err := l.take(l.tail.Read); err != nil || !more {
			return err == nil, err
		}
	}
	return false, nil
}

func (l *line) room() bool {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.queued < mostQueued
}

// bear leaves in the log what the depot does not take, as long as the log is not too long for the disk.
func (l *line) bear(ctx context.Context) error {
	n, err := l.tail.Length(ctx)
	if idle := l.idle(); err == nil && tooLong(n, idle) {
		err = fmt.Errorf("the log has %d bytes and the depot took none for %s", n, idle.Round(time.Second))
	}
	return err
}

// idle is how long ago the depot took something.
func (l *line) idle() time.Duration {
	l.lock.Lock()
	defer l.lock.Unlock()
	return time.Since(l.took)
}

// tooLong says whether a log of so many bytes, of which the depot took nothing for a while, is given up. One that is slow but takes is borne half as long
// again: a new chain would give it all of the database to take.
func tooLong(n int64, idle time.Duration) bool {
	return n > store.LogMost && (idle > time.Minute || n > store.LogMost*3/2)
}

// take puts what was committed into the queue; more says that it was not all. Of what comes in several pieces only the last says until when all is there.
func (l *line) take(read func() (*store.Change, error)) (more bool, err error) {
	p := parcel{link: vault.Link{From: l.seen, Seen: l.now().UTC().Truncate(time.Microsecond)}}
	c, err := read()
	if err == nil {
		err = c.Load()
	}
	if err != nil {
		return false, err
	}
	if c.More {
		p.link.Seen = l.seen
	}
	p.change, p.link.At = c, l.now().UTC().Truncate(time.Microsecond)
	if p.link.Place, err = json.Marshal(c.At); err != nil {
		return false, err
	}
	p.link.Page, p.link.Size = c.At.Page, c.Size
	l.mu.Lock()
	p.files, l.fresh = l.fresh, nil
	l.mu.Unlock()
	l.seen = p.link.Seen
	l.put(p)
	return c.More, nil
}

// base begins a base; its pages are read while the seconds go on.
func (l *line) base(ctx context.Context) error {
	var b *store.Base
	_, err := l.take(func() (c *store.Change, err error) {
		b, c, err = l.tail.Base(ctx)
		return c, err
	})
	if err != nil {
		return err
	}
	l.lock.Lock()
	l.basing, l.based = true, l.now()
	l.lock.Unlock()
	at := l.now().UTC().Truncate(time.Microsecond)
	place, err := json.Marshal(b.At)
	if err == nil {
		l.put(parcel{base: b, link: vault.Link{From: l.seen, Seen: l.seen, At: at, Page: b.At.Page, Place: place}})
	}
	return err
}

// put adds to the queue; what holds nothing only moves the instant until which all is captured.
func (l *line) put(p parcel) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.until = l.seen
	if p.base == nil && p.change.Empty() && len(p.files) == 0 {
		return
	}
	if l.queue = append(l.queue, p); p.change != nil {
		l.queued += p.change.Bytes()
	}
	select {
	case l.wake <- struct{}{}:
	default:
	}
}
