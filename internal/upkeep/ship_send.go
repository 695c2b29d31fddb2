package upkeep

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"hefa/internal/fault"
	"hefa/internal/vault"
)

// send brings what is queued into the depot, in order, until ctx ends; what the depot does not take is tried again.
func (l *line) send(ctx context.Context, others *sync.WaitGroup) {
	var pulsed, tidied time.Time
	for {
		p, until, ok := l.first()
		var err error
		switch {
		case ok:
			if err = l.deliver(ctx, p, others); err == nil {
				l.sent(p)
			}
		case l.now().Sub(pulsed) >= pulseEvery && !until.IsZero():
			pulsed = l.now()
			err = l.chain.Pulse(ctx, until)
		case l.now().Sub(tidied) >= tidyEvery:
			tidied = l.now()
			others.Go(func() {
				if l.tidying.TryLock() { // a base that comes tidies too
					defer l.tidying.Unlock()
					l.ail(ctx, l.tidy(ctx))
				}
			})
		}
		l.ail(ctx, err)
		if err == nil {
			l.reached(until, ok || pulsed.After(until))
		}
		if ok && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(shipEvery):
		case <-l.awake(err):
		}
	}
}

// ail notes an error, unless the program is ending.
func (l *line) ail(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		l.ailing(err)
	}
}

// awake is signalled when something was queued; after a failure only the second counts.
func (l *line) awake(err error) <-chan struct{} {
	if err != nil {
		return nil
	}
	return l.wake
}

// first is the first of the queue; without one, until is how far the depot is.
func (l *line) first() (p parcel, until time.Time, ok bool) {
	l.lock.Lock()
	defer l.lock.Unlock()
	if len(l.queue) > 0 {
		return l.queue[0], l.queue[0].link.Seen, true
	}
	return p, l.until, false
}

// sent takes a parcel that the depot has off the queue.
func (l *line) sent(p parcel) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.took = time.Now()
	if l.queue = l.queue[1:]; p.change != nil {
		l.queued -= p.change.Bytes()
		_ = p.change.Close() // it is in the depot
	}
}

// reached notes until when the depot has everything; proved says that it has just answered.
func (l *line) reached(until time.Time, proved bool) {
	l.note(func(st *Shipped) {
		if proved {
			st.Trouble = ""
		}
		if st.Trouble == "" && !st.Based.IsZero() && !until.IsZero() { // a clock may go back
			st.Seen = until
		}
	})
}

// deliver brings one parcel: attachments before the rows that point at them. A base is brought while the seconds go on.
func (l *line) deliver(ctx context.Context, p parcel, others *sync.WaitGroup) error {
	if p.base != nil {
		p.link.Number, p.link.Before = l.chain.Stand()
		others.Go(func() { l.bring(ctx, p) })
		return nil
	}
	for _, hash := range p.files {
		there, err := l.Depot.Names(ctx, vault.FilePart(hash)) // one that a later key sealed does not come over the one that seconds before can open
		if err == nil && len(there) == 0 {
			err = l.file(ctx, hash)
		}
		if err != nil {
			return err
		}
	}
	if p.change.Empty() {
		return nil
	}
	_, err := l.chain.Add(ctx, p.link, p.change.Each)
	return err
}

// bring brings a base, and restores all on trial; a base that failed is begun anew.
func (l *line) bring(ctx context.Context, p parcel) {
	whole := uint64(0)
	size, err := l.chain.AddBase(ctx, p.link, func(put func(uint32, []byte) error) error {
		count := func(no uint32, page []byte) error {
			whole += uint64(len(page))
			return put(no, page)
		}
		return errors.Join(p.base.Each(ctx, count), p.base.Close()) // its transaction does not last until the depot has taken it
	})
	if err = errors.Join(err, p.base.Close()); err == nil {
		l.Log.Info("shipped a base", "bytes", size, "chain", l.chain.Name)
		l.note(func(st *Shipped) { st.Based = p.link.At })
		l.tidying.Lock()
		l.ail(ctx, l.tidy(ctx))
		l.tidying.Unlock()
		l.rehearse(ctx, whole)
	}
	l.lock.Lock()
	if l.basing = false; err != nil {
		l.based = l.now().Add(againAfter - baseEvery)
	}
	l.lock.Unlock()
	l.ail(ctx, err)
}

// rehearse restores the last second of a database of so many bytes into a scratch place, as after the loss of a disk, and notes what came of it.
func (l *line) rehearse(ctx context.Context, database uint64) {
	began := time.Now()
	err := os.RemoveAll(l.stage())
	var done RestoredTo
	if err == nil {
		err = l.roomFor(ctx, database)
	}
	if err == nil {
		done, err = RestoreTo(ctx, RestoreOrder{Data: l.stage(), Keys: l.keys.Bare()}, l.Depot, time.Time{}, l.files == nil)
	}
	lasted := time.Since(began)
	err = errors.Join(err, os.RemoveAll(l.stage()))
	var mended, lost []string
	if err == nil {
		mended, lost, err = l.mend(ctx, done.Bad)
	}
	if ctx.Err() != nil {
		return // the program is ending
	}
	lesson := ""
	if err != nil {
		lesson = words(full(err))
		l.Log.Error("restoring on trial what was shipped", "error", err)
	}
	l.note(func(st *Shipped) {
		st.Rehearsed, st.Lasted, st.Rebuilt, st.Lesson, st.Mended, st.Lost = l.now(), lasted, done, lesson, mended, lost
	})
}

// roomFor refuses to fill the disk on which the office works: a trial wants room for the database and all attachments once more, and leaves a gigabyte.
func (l *line) roomFor(ctx context.Context, database uint64) error {
	need := database + 1<<30
	if l.files != nil {
		n, err := l.files.Weight(ctx)
		if err != nil {
			return err
		}
		need += n
	}
	disk, err := l.Space(l.Data)
	if err == nil && disk.Free < need {
		err = fault.New(fault.Full, "ship.rehearse.room", need>>20, disk.Free>>20)
	}
	return err
}

// tidy brings what the depot lacks and removes what it need not keep.
func (l *line) tidy(ctx context.Context) error {
	now := l.now()
	from, err := vault.PruneChains(ctx, l.Depot, vault.Keeping{Writing: l.chain.Name, Now: now, From: now.AddDate(0, 0, -l.Days), Days: l.Days + 1})
	if err != nil || l.files == nil {
		return err
	}
	kept, err := vault.Kept(ctx, l.Depot)
	if err != nil {
		return err
	}
	has := map[string]bool{}
	err = l.files.Each(ctx, func(hash string) error {
		if has[hash] = true; kept[hash] {
			return nil
		}
		return l.file(ctx, hash)
	})
	if err != nil {
		return err
	}
	return vault.Gone(ctx, l.Depot, vault.Sweep{Kept: kept, Has: has, At: now, From: from}, func(name string) error {
		return l.store(ctx, name, func(io.Writer) error { return nil })
	})
}

// file brings an attachment as it lies in its place; one that is gone already is not wanted any more.
func (l *line) file(ctx context.Context, hash string) error {
	from, err := l.files.Sealed(hash)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer from.Close() // it was only read
	return l.store(ctx, vault.FilePart(hash), func(w io.Writer) error {
		_, err := io.Copy(w, from)
		return err
	})
}

// store brings something by way of the scratch folder.
func (l *line) store(ctx context.Context, name string, fill func(io.Writer) error) error {
	tmp, err := os.CreateTemp(l.scratch(), "file-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // the depot has it, or has not
	if err = fill(tmp); err == nil {
		err = l.Depot.Store(ctx, name, tmp)
	}
	return errors.Join(err, tmp.Close())
}

// drain waits until the queue is empty, or the depot does not take it in time, and says how far the chain goes.
func (l *line) drain() {
	ctx, stop := context.WithTimeout(context.Background(), lastWords)
	defer stop()
	for {
		if _, _, ok := l.first(); !ok || ctx.Err() != nil {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(shipEvery / 50):
		}
	}
}
