package sms

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// post is where an SMG of China Unicom brings reports and people's words: in SGIP it makes the connection itself (SGIP 1.2, Bind with Login Type 2).
type post struct {
	line *line
	d    *sgip
	l    net.Listener
	free chan struct{}
}

// guests is how many connections of a gateway may stand at once.
const guests = 8

func newPost(of *line, d *sgip) (*post, error) {
	l, err := net.Listen("tcp", of.c.Listen)
	if err != nil {
		return nil, fmt.Errorf("listening for the line %s: %w", of.c.Name, plainFault(err))
	}
	return &post{line: of, d: d, l: l, free: make(chan struct{}, guests)}, nil
}

// run serves gateways until ctx ends.
func (p *post) run(ctx context.Context, ears Ears) {
	var all sync.WaitGroup
	defer all.Wait()
	stop := context.AfterFunc(ctx, func() { _ = p.l.Close() }) // the only way to end Accept
	defer stop()
	for {
		c, err := p.l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			p.line.log.Warn("a carrier's connection was not taken", "error", plainFault(err))
			continue
		}
		select {
		case p.free <- struct{}{}:
			all.Go(func() {
				defer func() { <-p.free }()
				if err := p.serve(ctx, c, ears); err != nil {
					p.line.log.Warn("a carrier's connection broke", "error", err)
				}
			})
		default:
			_ = c.Close() // too many
		}
	}
}

// serve hears one connection of a gateway once it has proved itself.
func (p *post) serve(ctx context.Context, c net.Conn, ears Ears) error {
	w := newWire(c, p.d, p.line.log)
	stop := context.AfterFunc(ctx, func() { w.stop(nil) })
	defer stop()
	defer w.stop(nil)
	_ = c.SetReadDeadline(time.Now().Add(p.line.pace.dial))
	f, err := readFrame(c, true)
	if err != nil {
		return plainFault(err)
	}
	if f.command != sgipBind {
		return fmt.Errorf("%w: command %#x before a bind", errFrame, f.command)
	}
	answer := make([]byte, 1+sgipReserve)
	right := p.d.admits(f.body)
	if !right {
		answer[0] = sgipLogin
	}
	if err := w.write(frame{command: f.command | answers, seq: f.seq, body: answer}); err != nil {
		return err
	}
	if !right {
		return errors.New("a bind with another account")
	}
	_ = c.SetReadDeadline(time.Time{})
	return w.read(context.WithoutCancel(ctx), ears, p.line.named)
}
