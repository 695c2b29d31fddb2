package files_test

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/fault"
	"hefa/internal/files"
)

// eicar is the harmless text that every scanner takes for a virus (EICAR, 2003), in pieces, so that no scanner takes this file for one.
var eicar = `X5O!P%@AP[4\PZX54(P^)7CC)7}$` + `EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*`

// scanner plays clamd at a socket: it answers PING, and takes contents of up to most octets; answer replaces what it says of them.
func scanner(t *testing.T, most int, answer string) *files.Clamd {
	t.Helper()
	at := filepath.Join(t.TempDir(), "clamd.ctl")
	l, err := net.Listen("unix", at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c, most, answer)
		}
	}()
	c, err := files.NewClamd("unix:" + at)
	if err != nil {
		t.Fatal(err)
	}
	c.Wait = 2 * time.Second
	return c
}

func serve(c net.Conn, most int, answer string) {
	defer c.Close()
	in := bufio.NewReader(c)
	switch command, _ := in.ReadString(0); command {
	case "zPING\x00":
		_, _ = io.WriteString(c, "PONG\x00")
	case "zINSTREAM\x00":
		var all bytes.Buffer
		for {
			var n uint32
			if binary.Read(in, binary.BigEndian, &n) != nil {
				return
			}
			if n == 0 {
				break
			}
			if _, err := io.CopyN(&all, in, int64(n)); err != nil {
				return
			}
			if all.Len() > most {
				_, _ = io.WriteString(c, "INSTREAM size limit exceeded. ERROR\x00")
				return
			}
		}
		if answer == "" {
			answer = "stream: OK\x00"
			if strings.Contains(all.String(), eicar) {
				answer = "stream: Eicar-Test-Signature FOUND\x00"
			}
		}
		_, _ = io.WriteString(c, answer)
	}
}

// field is the sentence at the field of a refused file.
func field(err error) string {
	for _, f := range fault.Fields(err) {
		return f.Name + " " + f.Key
	}
	return ""
}

// nothing says that the folder holds no content, half or whole.
func nothing(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != "sealed" { // the mark that no file lies clear
			t.Errorf("%s was left behind", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatTheScannerFindsIsNotKept(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	f, err := files.Open(root, keys(t))
	if err != nil {
		t.Fatal(err)
	}
	f.Clamd = scanner(t, 1<<20, "")
	if err := f.Clamd.Ping(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ text, want string }{
		"a virus":       {strings.Repeat("无害", 100_000) + eicar, "file files.infected"},
		"too much":      {strings.Repeat("x", 1<<20+1), "file files.clamd.large"},
		"over the rule": {strings.Repeat("x", 1<<19+1<<18), "file files.large"},
	} {
		limit := int64(10 << 20)
		if name == "over the rule" {
			limit = 1 << 19
		}
		if _, err := f.Put(strings.NewReader(c.text), limit); field(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	nothing(t, root)
	kept, err := f.Put(strings.NewReader("清白"), 100)
	if err != nil {
		t.Fatal(err)
	}
	in, err := f.Open(kept.Hash)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(in)
	if err = errors.Join(err, in.Close()); err != nil || string(text) != "清白" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestWhatNobodyLookedAtIsNotKept(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	f, err := files.Open(root, keys(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range []string{"stream: whatever ERROR\x00", "stream: OK", "\x00", "UNKNOWN COMMAND\x00"} {
		f.Clamd = scanner(t, 1<<20, answer)
		if _, err := f.Put(strings.NewReader("一份附件"), 100); field(err) != "file files.clamd.away" || fault.Of(err) != fault.Away {
			t.Errorf("%q: %v", answer, err)
		}
	}
	if f.Clamd, err = files.NewClamd("unix:" + filepath.Join(root, "nobody.ctl")); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Put(strings.NewReader("一份附件"), 100); field(err) != "file files.clamd.away" || fault.Of(err) != fault.Away {
		t.Errorf("nobody answers: %v", err)
	}
	if f.Clamd.Ping() == nil {
		t.Error("nobody answers, and that is fine")
	}
	nothing(t, root)
	if _, err := f.PutMade(strings.NewReader("系统生成"), 100); err != nil {
		t.Errorf("what the program made waits for the scanner: %v", err)
	}
	for _, at := range []string{"", "tcp://127.0.0.1", "http://127.0.0.1:3310", "unix:", "127.0.0.1:3310"} {
		if _, err := files.NewClamd(at); fault.Of(err) != fault.Refused {
			t.Errorf("%q is an address: %v", at, err)
		}
	}
}
