package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
)

// ErrTorn says that the log was begun anew behind the back of a Tail: what it held is not known to be followed to its end.
var ErrTorn = errors.New("the log was begun anew by somebody else")

// How much log there is.
const (
	foldAt   = 64 << 20 // bytes that are gathered before they are folded into the file
	LogMost  = 1 << 30  // bytes of which the disk has room: with more, following is given up
	pageSize = 4096     // bytes of a page where nothing else was said
)

// Tail follows the log of an SQLite database, so that every transaction can be taken elsewhere. A reading transaction keeps the log from being begun
// anew; the log is folded into the file only by Fold, once it was read to its end while nobody writes. One goroutine uses it at a time.
type Tail struct {
	db     *DB
	pool   *sql.DB
	keep   *sql.Conn // whose log stays when the last connection closes
	hold   *sql.Conn // the reading transaction, nil for none
	log    *os.File
	path   string
	at     LogPlace
	folded time.Time // when folding was last tried
}

// Follow begins to follow the log behind the place; when the log does not hold that place any more, it begins at the end, and found is false.
func (db *DB) Follow(ctx context.Context, from LogPlace) (t *Tail, found bool, err error) {
	if db.postgres {
		return nil, false, errors.New("only the log of SQLite can be followed")
	}
	pool, err := sql.Open("sqlite", "file:"+db.path+"?_pragma=busy_timeout(10000)&_pragma=synchronous(FULL)&_pragma=wal_autocheckpoint(0)&_pragma=cache_size(-2000)")
	if err != nil {
		return nil, false, err
	}
	t = &Tail{db: db, pool: pool, path: db.path + "-wal"}
	if found, err = t.begin(ctx, from); err != nil {
		return nil, false, errors.Join(fmt.Errorf("following the log: %w", err), t.Close(), t.leave())
	}
	if db.tail != nil {
		err = db.tail.leave()
	}
	db.tail = t
	return t, found, err
}

func (t *Tail) begin(ctx context.Context, from LogPlace) (found bool, err error) {
	if t.keep, err = t.pool.Conn(ctx); err != nil {
		return false, err
	}
	err = t.keep.Raw(func(c any) error {
		_, err := c.(sqlite.FileControl).FileControlPersistWAL("main", 1)
		return err
	})
	if err != nil {
		return false, err
	}
	err = t.alone(ctx, func() error {
		if err := t.touch(ctx); err != nil {
			return err
		}
		return t.still(ctx, func() error {
			var err error
			if t.log, err = os.Open(t.path); err != nil {
				return err
			}
			if err := t.grip(ctx); err != nil {
				return err
			}
			found, err = t.place(from)
			return err
		})
	})
	return found, err
}

// place stands at from when the log holds it, else at the log's end.
func (t *Tail) place(from LogPlace) (found bool, err error) {
	start, _, ok := logStart(t.log)
	if !ok {
		return false, errors.New("the log has no head")
	}
	c, err := scanLog(t.log, start, 0, func(at LogPlace) { found = found || at == from })
	if err != nil {
		return false, err
	}
	if t.at = c.At; found {
		t.at = from
	}
	return found, nil
}

// At is the place up to which the log was read.
func (t *Tail) At() LogPlace { return t.at }

// alone runs fn while no other transaction of this process writes.
func (t *Tail) alone(ctx context.Context, fn func() error) error {
	select {
	case t.db.write.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-t.db.write.slots }()
	return fn()
}

// still runs fn while nobody writes, other programs included.
func (t *Tail) still(ctx context.Context, fn func() error) error {
	if _, err := t.keep.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return fmt.Errorf("waiting until nobody writes: %w", err)
	}
	err := fn()
	_, end := t.keep.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
	return errors.Join(err, end)
}

// touch writes a transaction that changes nothing that anybody reads: behind a log that is folded whole it begins a new one, and what begins to read
// after it reads the log and not the file alone, and so keeps the log.
func (t *Tail) touch(ctx context.Context) error {
	var n int64
	if err := t.keep.QueryRowContext(ctx, "PRAGMA user_version").Scan(&n); err != nil {
		return err
	}
	_, err := t.keep.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", (n+1)&0x7fffffff))
	return err
}

// grip begins a reading transaction that keeps the log, and only then ends the one before.
func (t *Tail) grip(ctx context.Context) error {
	fresh, err := t.pool.Conn(ctx)
	if err == nil {
		err = look(ctx, fresh)
	}
	before := t.hold
	t.hold = fresh
	return errors.Join(err, drop(before))
}

// look begins a reading transaction, whose picture stands once it has read something.
func look(ctx context.Context, c *sql.Conn) error {
	if _, err := c.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	var n int64
	return c.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_master").Scan(&n)
}

// drop ends a reading transaction with its connection.
func drop(c *sql.Conn) error {
	if c == nil {
		return nil
	}
	_, err := c.ExecContext(context.Background(), "ROLLBACK")
	return errors.Join(err, c.Close())
}

// Read is what was committed since the last Read, about a Piece of it at once. Its pages lie in the log until Fold, unless they are loaded.
func (t *Tail) Read() (*Change, error) { return t.read(Piece) }

// rest is all that was committed since the last Read, loaded. Who holds up writers has read before, so that little is left.
func (t *Tail) rest() (*Change, error) {
	c, err := t.read(0)
	if err == nil {
		err = c.Load()
	}
	return c, err
}

func (t *Tail) read(most int64) (*Change, error) {
	start, _, ok := logStart(t.log)
	if !ok || start.Salt != t.at.Salt {
		return nil, ErrTorn
	}
	if err := t.stands(); err != nil {
		return nil, err
	}
	c, err := scanLog(t.log, t.at, most, nil)
	if err == nil {
		t.at, c.aside = c.At, filepath.Dir(t.path)
	}
	return c, err
}

// stands proves that the frame before the place is still the one that was read: a transaction whose frames were written and that was then given up is
// written over by the next.
func (t *Tail) stands() error {
	if t.at.Frame == 0 {
		return nil
	}
	var h [frameHead]byte
	if _, err := t.log.ReadAt(h[:], t.at.Behind()-(frameHead+t.at.Page)); err != nil {
		return errors.Join(ErrTorn, err)
	}
	salt, sum := [2]uint32{binary.BigEndian.Uint32(h[8:]), binary.BigEndian.Uint32(h[12:])}, [2]uint32{binary.BigEndian.Uint32(h[16:]), binary.BigEndian.Uint32(h[20:])}
	if salt != t.at.Salt || sum != t.at.Sum {
		return ErrTorn
	}
	return nil
}

// Long says whether the log is so long that it should be folded, and that it was not tried just now.
func (t *Tail) Long(now time.Time) bool {
	return t.at.Behind() > foldAt && now.Sub(t.folded) > foldEvery
}

// foldEvery is how long after one fold the next is tried: one that meets a long reading transaction leaves the log as it is.
const foldEvery = 5 * time.Second

// Fold writes the log into the file and lets it begin anew, and is what was committed since the last Read, loaded. A log that somebody still reads is
// written into the file and grows on.
func (t *Tail) Fold(ctx context.Context) (last *Change, err error) {
	t.folded = time.Now()
	err = t.alone(ctx, func() error { // so that all but the newest can be written while others write
		return errors.Join(t.touch(ctx), t.grip(ctx))
	})
	if err == nil {
		_, err = t.checkpoint(ctx)
	}
	if err != nil {
		return nil, err
	}
	err = t.alone(ctx, func() error {
		err := t.still(ctx, func() error {
			var err error
			if last, err = t.rest(); err != nil {
				return err
			}
			before := t.hold
			t.hold = nil
			if err := drop(before); err != nil {
				return err
			}
			all, err := t.checkpoint(ctx)
			if err == nil && all >= 0 && all != t.at.Frame {
				err = ErrTorn // what was read to its end is not what the database goes by
			}
			return err
		})
		if err != nil {
			return err
		}
		if err := t.touch(ctx); err != nil {
			return err
		}
		return t.still(ctx, func() error { return t.again(ctx) })
	})
	return last, err
}

// again holds the log as it is now, which is the one before or the next.
func (t *Tail) again(ctx context.Context) error {
	if err := t.grip(ctx); err != nil {
		return err
	}
	start, _, ok := logStart(t.log)
	switch {
	case ok && start.Salt == t.at.Salt:
		return nil
	case ok && t.at.next(start):
		t.at = start
		return nil
	}
	return ErrTorn
}

// Length is the bytes of log that the database goes by, read or not; -1 when that is not known just now.
func (t *Tail) Length(ctx context.Context) (int64, error) {
	all, err := t.checkpoint(ctx)
	if err != nil || all < 0 {
		return -1, err
	}
	return LogPlace{Page: t.at.Page, Frame: all}.Behind(), nil
}

// checkpoint writes into the file what no reader stands before; nobody waits for it. all is the frames that the log has, -1 when that is not known.
func (t *Tail) checkpoint(ctx context.Context) (all int64, err error) {
	c, err := t.pool.Conn(ctx)
	if err != nil {
		return -1, err
	}
	var busy, done int64
	err = c.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &all, &done)
	return all, errors.Join(err, c.Close())
}

// Base is an unchanging picture of the database's pages, behind the place at which the Tail then stands.
type Base struct {
	At   LogPlace
	conn *sql.Conn
}

// Base begins such a picture, and is what was committed since the last Read, loaded.
func (t *Tail) Base(ctx context.Context) (b *Base, last *Change, err error) {
	err = t.alone(ctx, func() error {
		return t.still(ctx, func() error {
			if last, err = t.rest(); err != nil {
				return err
			}
			c, err := t.pool.Conn(ctx)
			if err != nil {
				return err
			}
			b = &Base{t.at, c}
			return look(ctx, c)
		})
	})
	if err != nil && b != nil {
		err = errors.Join(err, b.Close())
	}
	return b, last, err
}

// Each hands every page to fn in order.
func (b *Base) Each(ctx context.Context, fn func(no uint32, page []byte) error) error {
	rows, err := b.conn.QueryContext(ctx, "SELECT pgno, data FROM sqlite_dbpage")
	if err != nil {
		return fmt.Errorf("reading pages: %w", err)
	}
	defer rows.Close()
	var no uint32
	var page sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&no, &page); err != nil {
			return fmt.Errorf("reading pages: %w", err)
		}
		if err := fn(no, page); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Close ends the picture; closing it again does nothing.
func (b *Base) Close() error {
	c := b.conn
	b.conn = nil
	return drop(c)
}

// Close ends the following; the log is folded by the database itself from then on.
func (t *Tail) Close() error {
	var err error
	if t.log != nil {
		err, t.log = t.log.Close(), nil
	}
	err = errors.Join(err, drop(t.hold))
	t.hold = nil
	t.pool.SetMaxIdleConns(-1)
	return err
}

// leave closes the connection that is the last of the database: the log stays, so that a Tail can go on from where this one stood.
func (t *Tail) leave() (err error) {
	if t.keep != nil {
		err = t.keep.Close()
	}
	return errors.Join(err, t.pool.Close())
}
