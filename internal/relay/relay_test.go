package relay

import (
	"net"
	"strings"
	"testing"
	"time"

	"github.com/pion/turn/v5"
)

// side is a client of the relay with an allocated line.
type side struct {
	client *turn.Client
	line   net.PacketConn
}

func open(t *testing.T, i *Issuer) *Relay {
	t.Helper()
	r, err := Open("127.0.0.1:0", i)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// connect joins with a pass; over is udp or tcp.
func connect(t *testing.T, r *Relay, p Pass, over string) (*turn.Client, error) {
	t.Helper()
	var conn net.PacketConn
	var err error
	if over == "tcp" {
		var c net.Conn
		if c, err = net.Dial("tcp", r.Addr()); err == nil {
			conn = turn.NewSTUNConn(c)
		}
	} else {
		conn, err = net.ListenPacket("udp", "127.0.0.1:0")
	}
	if err != nil {
		t.Fatal(err)
	}
	c, err := turn.NewClient(&turn.ClientConfig{STUNServerAddr: r.Addr(), TURNServerAddr: r.Addr(), Conn: conn, Username: p.Username, Password: p.Credential, Realm: realm})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(); _ = conn.Close() })
	return c, c.Listen()
}

func join(t *testing.T, r *Relay, p Pass, over string) side {
	t.Helper()
	c, err := connect(t, r, p, over)
	if err != nil {
		t.Fatal(err)
	}
	l, err := c.Allocate()
	if err != nil {
		t.Fatalf("%s over %s: %v", p.Username, over, err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return side{c, l}
}

// heard is what arrives at a side within a moment, "" for nothing.
func (s side) heard(t *testing.T) string {
	t.Helper()
	b := make([]byte, 100)
	_ = s.line.SetReadDeadline(time.Now().Add(500 * time.Millisecond))
	n, _, err := s.line.ReadFrom(b)
	if err != nil {
		return ""
	}
	return string(b[:n])
}

func TestTwoSidesOfOneCallHearEachOther(t *testing.T) {
	t.Parallel()
	i := NewIssuer(nil, ":3478", time.Now)
	r := open(t, i)
	near, far := join(t, r, i.Pass("call", "near", "h", time.Hour), "udp"), join(t, r, i.Pass("call", "far", "h", time.Hour), "tcp")
	other := join(t, r, i.Pass("another", "near", "h", time.Hour), "udp")
	for _, s := range []side{near, far, other} {
		for _, to := range []side{near, far, other} {
			if err := s.client.CreatePermission(to.line.LocalAddr()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := near.line.WriteTo([]byte("看得清吗"), far.line.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	if got := far.heard(t); got != "看得清吗" {
		t.Errorf("the hospital hears %q", got)
	}
	if _, err := far.line.WriteTo([]byte("清楚"), near.line.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	if got := near.heard(t); got != "清楚" {
		t.Errorf("the village hears %q", got)
	}
	if _, err := other.line.WriteTo([]byte("偷听"), near.line.LocalAddr()); err != nil {
		t.Fatal(err)
	}
	if got := near.heard(t); got != "" {
		t.Errorf("another call is heard: %q", got)
	}
}

// Nothing behind the relay can be reached: not the machine, not its neighbours, not the Internet, by UDP or by TCP.
func TestNothingLeavesTheRelay(t *testing.T) {
	t.Parallel()
	i := NewIssuer(nil, ":3478", time.Now)
	r := open(t, i)
	s := join(t, r, i.Pass("call", "near", "h", time.Hour), "udp")
	inside, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer inside.Close()
	for _, to := range []net.Addr{inside.LocalAddr(), &net.UDPAddr{IP: net.IPv4(10, 0, 0, 1), Port: 53}, &net.UDPAddr{IP: net.IPv4(8, 8, 8, 8), Port: 53}, &net.UDPAddr{IP: net.IPv4(169, 254, 169, 254), Port: 80}} {
		if err := s.client.CreatePermission(to); err == nil {
			t.Errorf("a permission for %s", to)
		}
	}
	if _, _, err := r.AllocateListener(turn.AllocateListenerConfig{}); err == nil {
		t.Error("it listens for others")
	}
	if _, err := r.AllocateConn(turn.AllocateConnConfig{}); err == nil {
		t.Error("it connects elsewhere")
	}
}

func TestAPassHoldsForItsTimeAndItsName(t *testing.T) {
	t.Parallel()
	at := time.Date(2020, 4, 1, 1, 0, 0, 0, time.UTC)
	now := at
	i := NewIssuer([]byte("a secret of two processes, 32 b."), ":3478", func() time.Time { return now })
	p := i.Pass("call", "near", "hefa.example", time.Hour)
	if p.Username != "1585706400:call:near" || p.URLs[0] != "turn:hefa.example:3478?transport=udp" || !p.Until.Equal(at.Add(time.Hour)) {
		t.Errorf("pass %+v", p)
	}
	if q := NewIssuer([]byte("a secret of two processes, 32 b."), "relay.example:5349", func() time.Time { return now }).Pass("call", "near", "hefa.example", time.Hour); q.Credential != p.Credential || !strings.Contains(q.URLs[1], "relay.example:5349?transport=tcp") {
		t.Errorf("of another process %+v", q)
	}
	r := open(t, i)
	forged := p
	forged.Username = strings.Replace(p.Username, "call", "other", 1)
	nobody := Pass{Username: "near", Credential: "x"}
	for name, bad := range map[string]Pass{"for another call": forged, "without an expiry": nobody} {
		c, err := connect(t, r, bad, "udp")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Allocate(); err == nil {
			t.Errorf("a pass %s is taken", name)
		}
	}
	if _, _, ok := i.admit(&turn.RequestAttributes{Username: p.Username}); !ok {
		t.Error("refused within its hour")
	}
	now = at.Add(time.Hour)
	if _, _, ok := i.admit(&turn.RequestAttributes{Username: p.Username}); ok {
		t.Error("taken after its hour")
	}
}

func TestACallHasItsLinesAndFreesThem(t *testing.T) {
	t.Parallel()
	r := &Relay{lines: map[string]*line{}}
	var all []net.PacketConn
	for range callMost {
		l, _, err := r.AllocatePacketConn(turn.AllocateListenerConfig{Network: "udp4", UserID: "call"})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	if _, _, err := r.AllocatePacketConn(turn.AllocateListenerConfig{Network: "udp4", UserID: "call"}); err == nil {
		t.Error("one line too many")
	}
	if _, addr, err := r.AllocatePacketConn(turn.AllocateListenerConfig{Network: "udp6", UserID: "another"}); err != nil || !strings.HasPrefix(addr.String(), "[2001:db8::1]") {
		t.Errorf("another call: %v, %v", addr, err)
	}
	for range queueMost + 10 { // a line that nobody reads never holds the other up
		if _, err := all[0].WriteTo([]byte("x"), all[1].LocalAddr()); err != nil {
			t.Fatal(err)
		}
	}
	if err := all[1].Close(); err != nil {
		t.Fatal(err)
	}
	for {
		if _, _, err := all[1].ReadFrom(make([]byte, 9)); err != nil {
			if err != net.ErrClosed {
				t.Error(err)
			}
			break
		}
	}
	if _, _, err := r.AllocatePacketConn(turn.AllocateListenerConfig{Network: "udp4", UserID: "call"}); err != nil {
		t.Errorf("after one was closed: %v", err)
	}
}
