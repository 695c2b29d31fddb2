package relay

import (
	"errors"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/pion/turn/v5"
)

// The address of all lines: of the ranges for documentation, so that nothing outside has it.
var (
	v4 = net.IPv4(192, 0, 2, 1)
	v6 = net.ParseIP("2001:db8::1")
)

// ours lets a browser speak with lines of this relay only.
func ours(_ net.Addr, peer net.IP) bool { return peer.Equal(v4) || peer.Equal(v6) }

// The bounds of a call and of the whole: two browsers with a few lines each, which come anew when one loads its page again.
const (
	callMost  = 16
	allMost   = 4096
	queueMost = 512 // packets on their way into a line; more are dropped, as a network does
	firstPort = 49152
	ports     = 65536 - firstPort
)

// line is one relayed address, without a socket.
type line struct {
	relay *Relay
	call  string
	addr  *net.UDPAddr
	in    chan packet
	ended chan struct{}
	once  sync.Once
}

type packet struct {
	content []byte
	from    net.Addr
}

// Validate is part of what the server wants.
func (r *Relay) Validate() error { return nil }

// AllocatePacketConn gives one side of a call another line.
func (r *Relay) AllocatePacketConn(c turn.AllocateListenerConfig) (net.PacketConn, net.Addr, error) {
	ip := v4
	if strings.HasSuffix(c.Network, "6") {
		ip = v6
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	same := 0
	for _, l := range r.lines {
		if l.call == c.UserID {
			same++
		}
	}
	if same >= callMost || len(r.lines) >= allMost {
		return nil, nil, errors.New("too many lines")
	}
	l := &line{relay: r, call: c.UserID, in: make(chan packet, queueMost), ended: make(chan struct{})}
	for l.addr == nil || r.lines[l.addr.String()] != nil {
		l.addr = &net.UDPAddr{IP: ip, Port: firstPort + r.next%ports}
		r.next++
	}
	r.lines[l.addr.String()] = l
	return l, l.addr, nil
}

// errOutside is what asks for a way out of the relay.
var errOutside = errors.New("nothing leaves this relay")

// AllocateListener refuses to listen for others.
func (r *Relay) AllocateListener(turn.AllocateListenerConfig) (net.Listener, net.Addr, error) {
	return nil, nil, errOutside
}

// AllocateConn refuses to connect elsewhere.
func (r *Relay) AllocateConn(turn.AllocateConnConfig) (net.Conn, error) { return nil, errOutside }

// peer is the line with the address, when it belongs to the same call.
func (l *line) peer(addr net.Addr) *line {
	l.relay.mu.Lock()
	defer l.relay.mu.Unlock()
	if p := l.relay.lines[addr.String()]; p != nil && p.call == l.call {
		return p
	}
	return nil
}

// WriteTo hands a packet to another line of the call; to any other address it is lost.
func (l *line) WriteTo(b []byte, addr net.Addr) (int, error) {
	if p := l.peer(addr); p != nil {
		select {
		case p.in <- packet{append([]byte(nil), b...), l.addr}:
		default:
		}
	}
	return len(b), nil
}

// ReadFrom waits for the next packet of another line.
func (l *line) ReadFrom(b []byte) (int, net.Addr, error) {
	select {
	case p := <-l.in:
		return copy(b, p.content), p.from, nil
	case <-l.ended:
		return 0, nil, net.ErrClosed
	}
}

// Close ends the line; its address is free again.
func (l *line) Close() error {
	l.once.Do(func() {
		l.relay.mu.Lock()
		delete(l.relay.lines, l.addr.String())
		l.relay.mu.Unlock()
		close(l.ended)
	})
	return nil
}

// LocalAddr is the relayed address.
func (l *line) LocalAddr() net.Addr { return l.addr }

// SetDeadline does nothing: a line is read until it is closed.
func (l *line) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing: a line is read until it is closed.
func (l *line) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing: writing never waits.
func (l *line) SetWriteDeadline(time.Time) error { return nil }
