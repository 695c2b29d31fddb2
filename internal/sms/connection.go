package sms

import (
	"bufio"
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"
)

// wire is one connection that speaks a protocol: questions wait for their answers by sequence, what the other side asks is heard and answered.
type wire struct {
	conn net.Conn
	d    dialect
	log  *slog.Logger

	writing sync.Mutex

	mu     sync.Mutex
	asks   map[uint32]chan frame
	cause  error
	last   time.Time
	ended  chan struct{}
	empty  chan struct{} // told when no question waits any more
	parted bool          // the other side said goodbye
}

func newWire(c net.Conn, d dialect, log *slog.Logger) *wire {
	return &wire{conn: c, d: d, log: log, asks: map[uint32]chan frame{}, last: time.Now(), ended: make(chan struct{}), empty: make(chan struct{}, 1)}
}

// writeMost is how long a frame may take to leave.
const writeMost = 10 * time.Second

// write sends a frame. When it fails the frame did not leave whole, and the connection is of no use any more.
func (w *wire) write(f frame) error {
	w.writing.Lock()
	defer w.writing.Unlock()
	_ = w.conn.SetWriteDeadline(time.Now().Add(writeMost))
	_, err := w.conn.Write(f.append(nil, w.d.wide()))
	if err != nil {
		return plainFault(err)
	}
	return nil
}

// ask sends a frame and waits for its answer. What did not leave whole is errDown; what left and was not answered is an Unsure.
func (w *wire) ask(f frame, patience time.Duration) ([]byte, error) {
	answer := make(chan frame, 1)
	w.mu.Lock()
	if w.cause != nil {
		w.mu.Unlock()
		return nil, errDown
	}
	w.asks[f.seq[2]] = answer
	w.last = time.Now()
	w.mu.Unlock()
	defer w.forget(f.seq[2])
	if err := w.write(f); err != nil {
		w.stop(err)
		return nil, errDown
	}
	clock := time.NewTimer(patience)
	defer clock.Stop()
	select {
	case a := <-answer:
		return w.match(f, a)
	case <-w.ended:
		select {
		case a := <-answer: // it came just before the end
			return w.match(f, a)
		default:
		}
		return nil, &Unsure{"the line broke before the carrier answered"}
	case <-clock.C:
		return nil, &Unsure{"the carrier did not answer"}
	}
}

// match is the body of an answer that belongs to its question.
func (w *wire) match(f, a frame) ([]byte, error) {
	if a.command != f.command|answers {
		return nil, &Unsure{"the carrier answered something else"}
	}
	return a.body, nil
}

func (w *wire) forget(seq uint32) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.asks, seq)
	if len(w.asks) == 0 {
		select {
		case w.empty <- struct{}{}:
		default:
		}
	}
}

// drain waits until no question waits for its answer.
func (w *wire) drain(most time.Duration) {
	clock := time.NewTimer(most)
	defer clock.Stop()
	for {
		w.mu.Lock()
		n := len(w.asks)
		w.mu.Unlock()
		if n == 0 {
			return
		}
		select {
		case <-w.empty:
		case <-w.ended:
			return
		case <-clock.C:
			return
		}
	}
}

// goodbye ends the connection as the protocol wants it.
func (w *wire) goodbye(command uint32, seq sequence, patience time.Duration) {
	w.mu.Lock()
	w.parted = true
	w.mu.Unlock()
	_, _ = w.ask(frame{command: command, seq: seq}, patience) // answered or not, it ends
}

// quiet is for how long nothing was asked or heard.
func (w *wire) quiet() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Since(w.last)
}

// stop ends the connection for a reason; the first one counts.
func (w *wire) stop(why error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cause != nil {
		return
	}
	if w.cause = why; why == nil {
		w.cause = errDown
	}
	close(w.ended)
	_ = w.conn.Close() // nothing is lost by it: a frame is written whole or counts as not sent
}

// why is what ended the connection, nil when both sides said goodbye.
func (w *wire) why() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.parted {
		return nil
	}
	return w.cause
}

// heardMost is how many frames of the other side may wait to be noted; then nothing more is read.
const heardMost = 256

// read hears the other side until the connection ends. What it asks is noted beside, for a report may come before the answer that its submit waits for.
func (w *wire) read(ctx context.Context, ears Ears, named func(string) string) error {
	asked := make(chan frame, heardMost)
	var noting sync.WaitGroup
	defer noting.Wait()
	defer close(asked)
	noting.Go(func() {
		for f := range asked {
			if end, err := w.hear(ctx, f, ears, named); err != nil || end {
				w.stop(err)
			}
		}
	})
	in := bufio.NewReader(w.conn)
	for {
		f, err := readFrame(in, w.d.wide())
		if err != nil {
			return plainFault(err)
		}
		w.mu.Lock()
		w.last = time.Now()
		answer := w.asks[f.seq[2]]
		w.mu.Unlock()
		if f.command&answers != 0 {
			if answer == nil {
				w.log.Warn("an answer to nothing that waits", "command", f.command)
				continue
			}
			select {
			case answer <- f:
			default: // answered twice
			}
			continue
		}
		asked <- f
	}
}

// ErrUnknown is something about a part that nobody knows, or not yet: the answer to its submit is just being noted.
var ErrUnknown = errors.New("no such part")

// noted has something noted that a carrier said. What comes before the part that it is about is known waits a little; what stays unknown, of a message that
// was removed or of another program with the same account, is taken and forgotten.
func (w *wire) noted(note func() error) error {
	for wait := 50 * time.Millisecond; ; wait *= 2 {
		err := note()
		if !errors.Is(err, ErrUnknown) {
			return err
		}
		if wait > 2*time.Second {
			w.log.Warn("a carrier speaks of no part that is known")
			return nil
		}
		select {
		case <-time.After(wait):
		case <-w.ended:
			return err
		}
	}
}

// hear notes what the other side says and answers it; what could not be noted is not answered, so that it comes again.
func (w *wire) hear(ctx context.Context, f frame, ears Ears, named func(string) string) (end bool, err error) {
	a, answer, err := w.d.heard(f.command, f.body)
	if err != nil {
		return false, err
	}
	switch {
	case a.report && !a.waiting:
		err = w.noted(func() error { return ears.Report(ctx, Report{Ref: named(a.ref), Delivered: a.ok, Why: a.why}) })
	case !a.report && a.phone != "":
		err = w.noted(func() error { return ears.Speech(ctx, a.phone, a.text) })
	}
	if err != nil {
		w.log.Error("what a carrier said was not noted", "error", err)
		return false, nil
	}
	if a.ended {
		w.mu.Lock()
		w.parted = true
		w.mu.Unlock()
	}
	return a.ended, w.write(frame{command: f.command | answers, seq: f.seq, body: answer})
}

// plainFault is err without addresses.
func plainFault(err error) error {
	if o, ok := errors.AsType[*net.OpError](err); ok {
		return o.Err
	}
	return err
}
