package sms

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"hefa/internal/day"
)

// Ears are told what a carrier says by itself. An error means that it was not noted, and the carrier is not answered, so that it says it again; ErrUnknown
// means that the part it is about is not known, perhaps not yet.
type Ears struct {
	Report func(ctx context.Context, r Report) error
	Speech func(ctx context.Context, phone, text string) error // somebody's words to the number of the office
}

// pace is how long a line waits for what.
type pace struct {
	dial   time.Duration // for a connection and its greeting
	up     time.Duration // of a message, for the line to stand
	answer time.Duration // to a submit
	idle   time.Duration // of silence before a sign of life, or before a line without one is ended
	least  time.Duration // before the first new try of a connection that failed or a carrier that was busy, doubled each time
	most   time.Duration
}

// usual is the pace in service: answers and signs of life as CMPP 3.0, 6.1, has them (T = 60 s; C = 3 min at the most).
var usual = pace{dial: 10 * time.Second, up: 5 * time.Second, answer: 60 * time.Second, idle: 30 * time.Second, least: time.Second, most: time.Minute}

// errDown is a line that does not stand; nothing was sent.
var errDown = errors.New("the line to the carrier does not stand")

// line holds the connection to one carrier: it stands as long as Run runs, and comes back when it breaks.
type line struct {
	c     LineConfig
	d     dialect
	log   *slog.Logger
	pace  pace
	slots chan struct{} // the window
	wants chan struct{} // a message waits for a line that stands only when it is needed
	seq   atomic.Uint32

	waiting atomic.Int32 // messages that want the line to stand

	mu     sync.Mutex
	up     *wire
	waits  chan struct{} // closed when the line stands
	busy   time.Time     // the carrier takes nothing before
	said   string        // when it said so
	pause  time.Duration
	ending bool
}

func newLine(c LineConfig, log *slog.Logger) *line {
	if c.Window == 0 {
		c.Window = window
	}
	l := &line{c: c, log: log.With("line", c.Name), pace: usual, slots: make(chan struct{}, c.Window), wants: make(chan struct{}, 1), waits: make(chan struct{})}
	switch c.Protocol {
	case "cmpp":
		l.d = &cmpp{c: c}
	case "sgip":
		l.d = &sgip{c: c}
	default:
		l.d = &smgp{c: c}
	}
	return l
}

// send hands one part over and gives the carrier's name for it. The error is a Refusal, a Busy, an Unsure, which may come with a name, or that of a line
// to which nothing was given.
func (l *line) send(ctx context.Context, p piece) (ref string, err error) {
	if b := l.resting(); b != nil {
		return "", b
	}
	ctx, stop := context.WithTimeout(ctx, l.pace.up)
	defer stop()
	select {
	case l.slots <- struct{}{}:
	case <-ctx.Done():
		return "", errDown
	}
	defer func() { <-l.slots }()
	command, body := l.d.submit(p)
	var seq sequence
	var answer []byte
	for { // until it left, or no line stands in time
		w, err := l.standing(ctx)
		if err != nil {
			return "", err
		}
		seq = l.next()
		if answer, err = w.ask(frame{command: command, seq: seq, body: body}, l.pace.answer); err == nil {
			break
		}
		if errors.Is(err, errDown) {
			l.gone(w)
			continue
		}
		return l.named(l.d.known(seq)), err
	}
	ref, err = l.d.taken(seq, answer)
	if errors.Is(err, errFrame) { // it answered, but what?
		return l.named(l.d.known(seq)), &Unsure{err.Error()}
	}
	if b, ok := errors.AsType[*Busy](err); ok {
		b.Wait = l.rest(b.Text)
		return "", b
	}
	if err != nil {
		return "", err
	}
	l.awake()
	return l.named(ref), nil
}

// named is a carrier's name for a part with the line's before it, so that two carriers' names are never the same.
func (l *line) named(ref string) string {
	if ref == "" {
		return ""
	}
	return l.c.Name + ":" + ref
}

// next is a sequence that this line has not used.
func (l *line) next() sequence {
	_, now := stamp(time.Now().In(day.Beijing))
	return sequence{l.c.Node, now, l.seq.Add(1)}
}

// resting is the carrier's word that it takes nothing, while it holds.
func (l *line) resting() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if wait := time.Until(l.busy); wait > 0 {
		return &Busy{Text: l.said, Wait: wait}
	}
	return nil
}

// rest rests the line when its carrier is busy, twice as long as the last time, and says for how long.
func (l *line) rest(said string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Until(l.busy) <= 0 { // of several that were refused at once the first decides
		l.pause = min(max(l.pace.least, 2*l.pause), l.pace.most)
		l.busy, l.said = time.Now().Add(l.pause), said
	}
	return time.Until(l.busy)
}

// awake forgets how long the line rested last.
func (l *line) awake() {
	l.mu.Lock()
	l.pause = 0
	l.mu.Unlock()
}

// standing is the connection, once there is one.
func (l *line) standing(ctx context.Context) (*wire, error) {
	l.waiting.Add(1)
	defer l.waiting.Add(-1)
	for {
		l.mu.Lock()
		w, waits, ending := l.up, l.waits, l.ending
		l.mu.Unlock()
		if ending {
			return nil, errDown
		}
		if w != nil {
			return w, nil
		}
		l.want()
		select {
		case <-waits:
		case <-ctx.Done():
			return nil, errDown
		}
	}
}

// stands says that a connection stands.
func (l *line) stands(w *wire) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.up = w
	close(l.waits)
}

// gone says that a connection stands no more.
func (l *line) gone(w *wire) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.up == w {
		l.up, l.waits = nil, make(chan struct{})
	}
}

// want says that a message waits for the line.
func (l *line) want() {
	select {
	case l.wants <- struct{}{}:
	default: // said already
	}
}

// run keeps the line standing until ctx ends; then what is under way is waited for and the line ended as the protocol wants it.
func (l *line) run(ctx context.Context, ears Ears) {
	wait := time.Duration(0)
	for ctx.Err() == nil {
		if l.d.ping() == 0 { // stands only when it is needed
			select {
			case <-l.wants:
			case <-ctx.Done():
				return
			}
		}
		began := time.Now()
		err := l.serve(ctx, ears)
		if ctx.Err() != nil {
			return
		}
		if err == nil && l.d.ping() == 0 {
			wait = 0
			continue
		}
		if time.Since(began) > l.pace.most {
			wait = 0
		}
		wait = min(max(l.pace.least, 2*wait), l.pace.most)
		l.log.Warn("the line to the carrier does not stand", "error", err, "again in", wait.String())
		select {
		case <-time.After(wait):
		case <-ctx.Done():
		}
		if l.waiting.Load() > 0 {
			l.want()
		}
	}
}

// serve makes one connection and serves it to its end.
func (l *line) serve(ctx context.Context, ears Ears) error {
	dialer := net.Dialer{Timeout: l.pace.dial}
	c, err := dialer.DialContext(ctx, "tcp", l.c.Address)
	if err != nil {
		return errors.New("the carrier cannot be reached") // without its address, which is in nobody's log by right
	}
	w := newWire(c, l.d, l.log)
	defer w.stop(errDown)
	command, body := l.d.bind(time.Now().In(day.Beijing))
	_ = c.SetDeadline(time.Now().Add(l.pace.dial)) // a connection without deadlines is not one of TCP
	if err := w.write(frame{command: command, seq: l.next(), body: body}); err != nil {
		return err
	}
	answer, err := readFrame(c, l.d.wide())
	if err != nil {
		return fmt.Errorf("no greeting: %w", plainFault(err))
	}
	if answer.command != command|answers {
		return fmt.Errorf("%w: a greeting of command %#x", errFrame, answer.command)
	}
	if err := l.d.bound(answer.body); err != nil {
		return err
	}
	_ = c.SetDeadline(time.Time{})
	l.log.Info("the line to the carrier stands")
	l.stands(w)
	defer l.gone(w)
	return l.keep(ctx, w, ears)
}

// keep serves a connection that stands: reads it, shows signs of life, and ends it when ctx ends.
func (l *line) keep(ctx context.Context, w *wire, ears Ears) error {
	var reading sync.WaitGroup
	defer reading.Wait()
	defer w.stop(errDown)
	reading.Go(func() { w.stop(w.read(context.WithoutCancel(ctx), ears, l.named)) })
	tick := time.NewTicker(l.pace.idle)
	defer tick.Stop()
	for {
		select {
		case <-w.ended:
			return w.why()
		case <-ctx.Done():
			l.mu.Lock()
			l.ending = true
			l.mu.Unlock()
			w.drain(l.pace.answer)
			w.goodbye(l.d.end(), l.next(), l.pace.dial)
			return nil
		case <-tick.C:
			if w.quiet() < l.pace.idle/2 {
				continue
			}
			if l.d.ping() == 0 {
				l.gone(w)
				w.drain(l.pace.answer)
				w.goodbye(l.d.end(), l.next(), l.pace.dial)
				return nil
			}
			if _, err := w.ask(frame{command: l.d.ping(), seq: l.next()}, l.pace.idle); err != nil {
				return errors.New("no sign of life")
			}
		}
	}
}
