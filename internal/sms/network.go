package sms

import (
	"context"
	"errors"
	"log/slog"
	"sync"
)

// Network is lines to carriers, each for its numbers, and perhaps a gateway over HTTP for the others.
type Network struct {
	lines  []*line
	routes map[string]int
	other  int
	http   *Gateway
	log    *slog.Logger
}

// NewNetwork is the lines of a configuration. They stand while Run runs.
func NewNetwork(c Config, log *slog.Logger) *Network {
	n := &Network{routes: c.routes(), other: -1, log: log}
	for i, l := range c.Lines {
		n.lines = append(n.lines, newLine(l, log))
		if l.Name == c.Default {
			n.other = i
		}
	}
	if c.URL != "" {
		n.http = NewGateway(c)
	}
	return n
}

// line is the line for a number, nil when none is.
func (n *Network) line(phone string) *line {
	at := -1
	for k := min(len(phone), 7); k > 0 && at < 0; k-- {
		if i, ok := n.routes[phone[:k]]; ok {
			at = i
			break
		}
	}
	if at < 0 {
		at = n.other
	}
	if at < 0 {
		return nil
	}
	return n.lines[at]
}

// Once says whether a message to a number must not be handed over again while it is unknown what became of it: the carriers' protocols have no mark by
// which they could tell a second one, a gateway over HTTP has.
func (n *Network) Once(phone string) bool { return n.line(phone) != nil }

// Send hands a message to the carrier of its number, part by part, those left out that it took before. It stops at the first part that is not taken; what
// was taken is in the answer all the same.
func (n *Network) Send(ctx context.Context, m Message) (a Answer, err error) {
	l := n.line(m.Phone)
	switch {
	case l == nil && n.http != nil:
		return n.http.Send(ctx, m)
	case l == nil:
		return a, &Refusal{"no line for the number"}
	}
	for _, p := range pieces(m) {
		if m.Taken[p.no] {
			continue
		}
		ref, err := l.send(ctx, p)
		if ref != "" {
			a.Parts = append(a.Parts, Part{No: p.no, Ref: ref})
		}
		if a.Ref == "" {
			a.Ref = ref
		}
		if err != nil {
			return a, err
		}
	}
	return a, nil
}

// Run keeps all lines standing and hears what the carriers say, until ctx ends and all is brought to its end.
func (n *Network) Run(ctx context.Context, ears Ears) error {
	var all sync.WaitGroup
	faults := make([]error, len(n.lines))
	for i, l := range n.lines {
		all.Go(func() { l.run(ctx, ears) })
		if s, ok := l.d.(*sgip); ok && l.c.Listen != "" {
			p, err := newPost(l, s)
			if faults[i] = err; err == nil {
				all.Go(func() { p.run(ctx, ears) })
			}
		}
	}
	err := errors.Join(faults...)
	if err != nil {
		n.log.Error("a carrier can bring no reports", "error", err)
	}
	all.Wait()
	return err
}
