package sms

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Config is who carries messages: lines to the carriers, and a gateway over HTTP for the numbers that no line is for. URL and Body may hold {id}, {phone}
// and {text}, which are written as the place needs it: escaped for an address, as the inside of a JSON string in a body whose type is JSON, and as a form's
// value in any other.
type Config struct {
	URL     string            `json:"url"`
	Method  string            `json:"method"`  // POST when empty
	Headers map[string]string `json:"headers"` // among them what proves who asks
	Body    string            `json:"body"`
	OK      Expect            `json:"ok"`     // what the answer must say; when empty any answer of 2xx will do
	Ref     string            `json:"ref"`    // the field with the gateway's name for the message, parts joined by dots
	Reason  string            `json:"reason"` // the field that says why a message was not taken

	Lines   []LineConfig `json:"lines"`
	Default string       `json:"default"` // the line for numbers that no line is for; "" is the gateway over HTTP, and without one they are refused
}

// Expect is a field of the answer and the value that it must have.
type Expect struct {
	Field string `json:"field"`
	Value string `json:"value"`
}

// LineConfig is a line to one carrier, with what its contract says.
type LineConfig struct {
	Name        string   `json:"name"`     // by which the others and the references of messages name it
	Protocol    string   `json:"protocol"` // cmpp, sgip or smgp
	Address     string   `json:"address"`  // host:port of the gateway
	Account     string   `json:"account"`  // CMPP Source_Addr (6), SGIP Login Name (16), SMGP ClientID (8)
	Secret      string   `json:"secret"`
	Source      string   `json:"source"`       // the number that people see (接入号)
	Service     string   `json:"service"`      // 业务代码, 10
	Corp        string   `json:"corp"`         // SGIP: 企业代码, 5
	Node        uint32   `json:"node"`         // SGIP: 节点编号
	Listen      string   `json:"listen"`       // SGIP: host:port where the gateway brings reports; without it none come
	PeerAccount string   `json:"peer_account"` // SGIP: what the gateway binds with
	PeerSecret  string   `json:"peer_secret"`
	Window      int      `json:"window"`   // submits that may wait for their answer at once; 0 is 16, as CMPP 3.0 advises
	Prefixes    []string `json:"prefixes"` // first digits of the numbers that are for this line; without them those of its carrier
	Unproved    bool     `json:"unproved"` // the gateway sends no right authenticator and is trusted all the same
}

// window is how many submits may wait for their answer (CMPP 3.0, 6.1: 16).
const window = 16

// ReadConfig reads the configuration from a file, which only its owner should be able to read.
func ReadConfig(file string) (Config, error) {
	var c Config
	text, err := os.ReadFile(file)
	if err != nil {
		return c, fmt.Errorf("reading the gateway's configuration: %w", err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return c, fmt.Errorf("the gateway's configuration %s: %w", filepath.Base(file), err)
	}
	if err := c.check(); err != nil {
		return c, fmt.Errorf("the gateway's configuration %s: %w", filepath.Base(file), err)
	}
	return c, nil
}

// check says what is wrong with a configuration.
func (c Config) check() error {
	u, err := url.Parse(c.URL)
	right := err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
	if !right && (c.URL != "" || len(c.Lines) == 0) {
		return fmt.Errorf("no address")
	}
	names := map[string]bool{"": true}
	for _, l := range c.Lines {
		if names[l.Name] {
			return fmt.Errorf("the line %q has no name of its own", l.Name)
		}
		names[l.Name] = true
		if err := l.check(); err != nil {
			return fmt.Errorf("the line %q: %w", l.Name, err)
		}
	}
	if !names[c.Default] {
		return fmt.Errorf("the default %q is no line", c.Default)
	}
	return nil
}

// widths is how many octets an account and a secret may have: the field's width, and for a secret that is only hashed what is sensible.
var widths = map[string]struct{ account, secret int }{"cmpp": {6, 64}, "sgip": {16, 16}, "smgp": {8, 64}}

func (l LineConfig) check() error {
	w, ok := widths[l.Protocol]
	if !ok {
		return fmt.Errorf("the protocol %q is none of cmpp, sgip, smgp", l.Protocol)
	}
	if strings.ContainsAny(l.Name, ": ") || len(l.Name) > 20 {
		return fmt.Errorf("a name has up to 20 letters without colon or space")
	}
	for _, address := range []string{l.Address, l.Listen} {
		if _, _, err := net.SplitHostPort(address); err != nil && (address != "" || address == l.Address) {
			return fmt.Errorf("no address of the form host:port")
		}
	}
	fields := map[string]struct {
		value string
		most  int
	}{"account": {l.Account, w.account}, "secret": {l.Secret, w.secret}, "source": {l.Source, 21}, "service": {l.Service, 10}, "corp": {l.Corp, 5},
		"peer_account": {l.PeerAccount, 16}, "peer_secret": {l.PeerSecret, 16}}
	for name, f := range fields {
		if len(f.value) > f.most {
			return fmt.Errorf("%s has more than %d octets", name, f.most)
		}
	}
	switch {
	case l.Account == "" || l.Secret == "" || l.Source == "":
		return fmt.Errorf("account, secret and source are needed")
	case l.Window < 0 || l.Window > 256:
		return fmt.Errorf("a window is of 1 to 256")
	case l.Listen != "" && (l.Protocol != "sgip" || l.PeerAccount == "" || l.PeerSecret == ""):
		return fmt.Errorf("listen is for sgip, with peer_account and peer_secret")
	}
	return nil
}

//go:embed prefixes.csv
var prefixTable string

// carriers is the carrier whose numbers a protocol is for.
var carriers = map[string]string{"cmpp": "mobile", "sgip": "unicom", "smgp": "telecom"}

// routes is which line, by its place in the list, numbers are for by their first digits: those that a line names before those of the table.
func (c Config) routes() map[string]int {
	lines := map[string]int{}
	for i, l := range c.Lines {
		if len(l.Prefixes) == 0 {
			lines[carriers[l.Protocol]] = i
		}
	}
	out := map[string]int{}
	for row := range strings.Lines(prefixTable) {
		prefix, carrier, ok := strings.Cut(strings.TrimSpace(row), ",")
		if !ok || strings.HasPrefix(prefix, "#") {
			continue
		}
		out[prefix] = -1
		if i, ok := lines[carrier]; ok {
			out[prefix] = i
		}
	}
	for i, l := range c.Lines {
		for _, p := range l.Prefixes {
			out[p] = i
		}
	}
	return out
}
