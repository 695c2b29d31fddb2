package sms

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// dialects is one of each, as far as decoding goes.
func dialects() []dialect { return []dialect{&cmpp{}, &sgip{}, &smgp{}} }

// FuzzHeard gives arbitrary octets to everything that decodes what a gateway says: it answers or refuses, and never breaks.
func FuzzHeard(f *testing.F) {
	for _, body := range [][]byte{nil, {0}, make([]byte, 9), make([]byte, 47), make([]byte, 117), bytes.Repeat([]byte{0xff}, 200), []byte("id:0123456789 stat:DELIVRD")} {
		for _, command := range []uint32{1, 2, 3, 4, 5, 6, 8, 0x80000004} {
			f.Add(command, body)
		}
	}
	f.Fuzz(func(t *testing.T, command uint32, body []byte) {
		for _, d := range dialects() {
			_, _, _ = d.heard(command, body) // whatever comes of it, it comes
			if _, err := d.taken(sequence{}, body); err == nil && len(body) == 0 {
				t.Errorf("%T takes an empty answer for a message that was taken", d)
			}
			d.bind(time.Unix(0, 0))
			if err := d.bound(body); err == nil && len(body) == 0 {
				t.Errorf("%T takes an empty answer for a greeting", d)
			}
		}
		(&sgip{c: LineConfig{PeerAccount: "smg", PeerSecret: "word"}}).admits(body)
		spoken(byte(command), byte(command>>8), body)
	})
}

// FuzzFrame gives arbitrary octets to what reads frames: what it takes, it writes again the same.
func FuzzFrame(f *testing.F) {
	f.Add([]byte{0, 0, 0, 12, 0, 0, 0, 8, 0, 0, 0, 1}, false)
	f.Add([]byte{0, 0, 0, 20, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1}, true)
	f.Add([]byte("HTTP/1.1 400 Bad Request\r\n"), false)
	f.Add([]byte{0, 0, 0, 1}, true)
	f.Fuzz(func(t *testing.T, b []byte, wide bool) {
		fr, err := readFrame(bytes.NewReader(b), wide)
		if err != nil {
			return
		}
		if again := fr.append(nil, wide); !bytes.HasPrefix(b, again) {
			t.Errorf("%x becomes %x", b, again)
		}
	})
}

func TestNumbersGoToTheirCarriers(t *testing.T) {
	t.Parallel()
	c := Config{URL: "https://gateway.invalid/", Lines: []LineConfig{{Name: "a", Protocol: "cmpp"}, {Name: "b", Protocol: "sgip"}, {Name: "c", Protocol: "smgp"}}}
	n := NewNetwork(c, slog.New(slog.DiscardHandler))
	for phone, want := range map[string]string{"13900000000": "a", "13490000000": "", "13400000000": "a", "13000000000": "b", "18600000000": "b", "13300000000": "c", "19900000000": "c",
		"17030000000": "a", "17080000000": "b", "17010000000": "c", "19200000000": "", "14100000000": ""} {
		got := ""
		if l := n.line(phone); l != nil {
			got = l.c.Name
		}
		if got != want || n.Once(phone) != (want != "") {
			t.Errorf("%s goes to %q, want %q", phone, got, want)
		}
	}
	c.Lines[1].Prefixes, c.Default = []string{"1391", "192"}, "c"
	n = NewNetwork(c, slog.New(slog.DiscardHandler))
	for phone, want := range map[string]string{"13900000000": "a", "13910000000": "b", "19200000000": "b", "13000000000": "c", "14100000000": "c"} {
		if got := n.line(phone).c.Name; got != want {
			t.Errorf("%s goes to %q, want %q", phone, got, want)
		}
	}
}

func TestLinesAreCheckedWhenTheyAreRead(t *testing.T) {
	t.Parallel()
	line := func(more string) string {
		return `{"lines":[{"name":"a","protocol":"cmpp","address":"192.0.2.1:7890","account":"901234","secret":"s","source":"1069"` + more + `}]}`
	}
	file := filepath.Join(t.TempDir(), "sms.json")
	for text, right := range map[string]bool{
		line(""): true, line(`,"window":300`): false, line(`,"service":"12345678901"`): false, line(`,"listen":"127.0.0.1:1"`): false, line(`,"nobody":1`): false,
		line(`,"account":"9012345"`): false, line(`,"protocol":"smpp"`): false, line(`,"address":"192.0.2.1"`): false, line(`,"secret":""`): false, line(`,"name":""`): false,
		line(`,"protocol":"sgip","listen":"127.0.0.1:1"`):                                           false,
		line(`,"protocol":"sgip","listen":"127.0.0.1:1","peer_account":"smg","peer_secret":"word"`): true,
		`{"default":"b",` + line("")[1:]:                                                            false,
		`{"url":"ftp://x",` + line("")[1:]:                                                          false,
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadConfig(file); (err == nil) != right {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestAPostIsForTheRightGatewayOnly: nobody else can report messages as delivered or people as unwilling.
func TestAPostIsForTheRightGatewayOnly(t *testing.T) {
	t.Parallel()
	d := &sgip{c: LineConfig{PeerAccount: "smg", PeerSecret: "word"}}
	bind := func(kind byte, name, word string) []byte {
		w := &writer{}
		w.u8(kind)
		w.text(name, 16)
		w.text(word, 16)
		w.zeroes(8)
		return w.b
	}
	if !d.admits(bind(2, "smg", "word")) {
		t.Error("the right one is turned away")
	}
	for _, b := range [][]byte{bind(1, "smg", "word"), bind(2, "smg", "wor"), bind(2, "smg", ""), bind(2, "", "word"), nil} {
		if d.admits(b) {
			t.Errorf("%q is let in", b)
		}
	}
}
