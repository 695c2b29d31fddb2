package gate

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
)

// visit is what the gate knows about one request; it travels in the context, and the account is filled in by the door.
type visit struct {
	reference string
	address   string
	account   string
	raw       http.ResponseWriter // the server's own writer, which closes the connection of an oversized body
	body      io.ReadCloser       // the body before any limit
	failure   error               // for the log
	stack     []byte              // where a panic came from
}

type visitKey struct{}

func visitOf(ctx context.Context) *visit {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		return v
	}
	return &visit{}
}

// Reference is the number of the request in ctx, short enough to be read out on the telephone; "" outside a gate.
func Reference(ctx context.Context) string { return visitOf(ctx).reference }

// Address is the reader's network address for the audit line; "" outside a gate.
func Address(ctx context.Context) string { return visitOf(ctx).address }

// newReference is 8 letters and digits without 0, 1, 8 and 9 in two groups: 40 random bits.
func newReference() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // never fails: the runtime ends the program instead
	s := base32.StdEncoding.EncodeToString(b[:])
	return s[:4] + "-" + s[4:]
}

// address finds who asks: the peer, or, behind a trusted proxy, the last address in X-Forwarded-For that is no trusted proxy.
func address(r *http.Request, trusted []netip.Prefix) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && within(host, trusted); i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		host = hop.Unmap().String()
	}
	return host
}

func within(host string, nets []netip.Prefix) bool {
	a, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	for _, n := range nets {
		if n.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// decimal is n/unit with one decimal.
func decimal(n, unit int64) string { return strconv.FormatFloat(float64(n)/float64(unit), 'f', 1, 64) }
