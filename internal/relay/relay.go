// Package relay carries live video between a village and a hospital: a TURN relay (RFC 8656) that two browsers reach through one port.
//
// What one side of a call sends comes out at the other side of the same call and nowhere else. There is no socket behind a relayed address: the addresses are
// of the range for documentation (RFC 5737, RFC 3849), which no network has, and two lines of one call are joined in memory. So nobody with a pass can reach
// this machine, its neighbours or the Internet through it. A pass holds for one side of one call and for a few hours (the REST scheme of
// draft-uberti-behave-turn-rest-00: HMAC over an expiry and a name).
package relay

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // the scheme has it
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pion/turn/v5"
)

// realm is what passes are good for.
const realm = "hefa"

// Issuer writes passes for a relay in this process or another one with the same secret.
type Issuer struct {
	secret []byte
	public string // host:port as browsers reach it; an empty host is that of the page
	now    func() time.Time
}

// NewIssuer is an issuer of passes for the relay that browsers reach at public (host:port, or :port for the host of the page). Without a secret it makes one,
// which is right for a single process.
func NewIssuer(secret []byte, public string, now func() time.Time) *Issuer {
	if len(secret) == 0 {
		secret = make([]byte, 32)
		_, _ = rand.Read(secret) // crypto/rand ends the program rather than fail
	}
	return &Issuer{secret, public, now}
}

// Reached says where browsers reach the relay, before the first pass is written.
func (i *Issuer) Reached(public string) { i.public = public }

// Pass is what a browser needs to use the relay.
type Pass struct {
	URLs       []string  `json:"urls"`
	Username   string    `json:"username"`
	Credential string    `json:"credential"`
	Until      time.Time `json:"until"`
}

// Pass is good for one side of one call until life has passed; host is that of the page, for a relay that is reached at the same one.
func (i *Issuer) Pass(call, side, host string, life time.Duration) Pass {
	until := i.now().Add(life).UTC().Truncate(time.Second)
	name := strconv.FormatInt(until.Unix(), 10) + ":" + call + ":" + side
	at := i.public
	if strings.HasPrefix(at, ":") {
		at = net.JoinHostPort(host, at[1:])
	}
	return Pass{URLs: []string{"turn:" + at + "?transport=udp", "turn:" + at + "?transport=tcp"}, Username: name, Credential: i.sign(name), Until: until}
}

func (i *Issuer) sign(name string) string {
	mac := hmac.New(sha1.New, i.secret)
	_, _ = mac.Write([]byte(name)) // which never fails
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// admit is the key of a pass that still holds, and the call that it is for.
func (i *Issuer) admit(a *turn.RequestAttributes) (call string, key []byte, ok bool) {
	parts := strings.Split(a.Username, ":")
	if len(parts) != 3 || parts[1] == "" {
		return "", nil, false
	}
	until, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil || i.now().Unix() >= until {
		return "", nil, false
	}
	return parts[1], turn.GenerateAuthKey(a.Username, a.Realm, i.sign(a.Username)), true
}

// Relay is a relay that listens.
type Relay struct {
	server *turn.Server
	addr   net.Addr
	mu     sync.Mutex
	lines  map[string]*line // by address
	next   int
}

// Open listens on addr (host:port), for UDP and, behind firewalls that let only that through, for TCP.
func Open(addr string, i *Issuer) (*Relay, error) {
	udp, err := net.ListenPacket("udp", addr)
	if err != nil {
		return nil, fmt.Errorf("the relay: %w", err)
	}
	tcp, err := net.Listen("tcp", udp.LocalAddr().String())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the relay: %w", err), udp.Close())
	}
	r := &Relay{addr: udp.LocalAddr(), lines: map[string]*line{}}
	r.server, err = turn.NewServer(turn.ServerConfig{
		Realm: realm, AuthHandler: i.admit,
		PacketConnConfigs: []turn.PacketConnConfig{{PacketConn: udp, RelayAddressGenerator: r, PermissionHandler: ours}},
		ListenerConfigs:   []turn.ListenerConfig{{Listener: tcp, RelayAddressGenerator: r, PermissionHandler: ours}},
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the relay: %w", err), udp.Close(), tcp.Close())
	}
	return r, nil
}

// Addr is where the relay listens.
func (r *Relay) Addr() string { return r.addr.String() }

// Close ends the relay and every line.
func (r *Relay) Close() error { return r.server.Close() }
