// Command carrier plays the gateway of a carrier for text messages: CMPP 3.0, SGIP 1.2 or SMGP 3.0 on a loopback port, with an account. It decodes by tables
// of its own, not by the program's, and prints each thing that happens as a line of JSON. What it does with a message is said by the last four digits of
// the phone, see deeds. It is for tests and carries nothing anywhere.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"net"
	"os"
	"sync"
)

// deeds is what happens to a message by the end of its number; any other is taken and reported as delivered.
var deeds = map[string]string{
	"0001": "reject",
	"0002": "busy once",
	"0003": "take and drop the line before answering",
	"0004": "report as not delivered",
	"0005": "answer with octets that are of no protocol",
	"0006": "report before answering",
	"0007": "drop the line at the second part",
	"0008": "never report",
	"0009": "the person answers TD",
	"0010": "answer something that nobody asked first",
	"0011": "report a wait, then the delivery",
	"0012": "never answer",
	"0013": "report twice",
}

// gateway is the whole state.
type gateway struct {
	p        protocol
	account  string
	secret   string
	peer     string // SGIP: where reports are brought
	peerName string
	peerWord string
	later    chan func() // SGIP: what is brought, one after the other

	mu   sync.Mutex
	out  *json.Encoder
	busy map[string]bool
	n    uint32
}

// event is one line of the output.
type event struct {
	Event  string            `json:"event"`
	Phone  string            `json:"phone,omitempty"`
	Text   string            `json:"text,omitempty"`
	Deed   string            `json:"deed,omitempty"`
	Fields map[string]string `json:"fields,omitempty"` // whatever the frame said, numbers in decimal
}

func (g *gateway) tell(e event) {
	g.mu.Lock()
	defer g.mu.Unlock()
	_ = g.out.Encode(e) // a closed output ends the program by itself
}

// number is a new one.
func (g *gateway) number() uint32 {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.n++
	return g.n
}

// first says whether something happens for the first time.
func (g *gateway) first(what string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	was := g.busy[what]
	g.busy[what] = true
	return !was
}

func main() {
	g := &gateway{out: json.NewEncoder(os.Stdout), busy: map[string]bool{}, later: make(chan func(), 1000)}
	name := flag.String("protocol", "cmpp", "cmpp, sgip or smgp")
	addr := flag.String("addr", "127.0.0.1:0", "where to listen")
	flag.StringVar(&g.account, "account", "901234", "the account")
	flag.StringVar(&g.secret, "secret", "secret", "its secret")
	flag.StringVar(&g.peer, "peer", "", "SGIP: where reports are brought")
	flag.StringVar(&g.peerName, "peer-account", "smg", "SGIP: the account for it")
	flag.StringVar(&g.peerWord, "peer-secret", "word", "SGIP: its password")
	flag.Parse()
	p, ok := protocols[*name]
	if !ok {
		fmt.Fprintln(os.Stderr, "no such protocol")
		os.Exit(2)
	}
	g.p = p
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	g.tell(event{Event: "listening", Text: l.Addr().String()})
	go func() {
		for bring := range g.later {
			bring()
		}
	}()
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go g.serve(&side{g: g, c: c})
	}
}
