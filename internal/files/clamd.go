package files

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"hefa/internal/fault"
)

// Clamd is a virus scanner that speaks ClamAV's protocol (clamd(8), INSTREAM). It sees what is handed in while it is written, before it has a place.
type Clamd struct {
	network, address string
	Wait             time.Duration // for an answer, and for each piece to be taken
}

// NewClamd is the scanner at tcp://host:port or unix:/path.
func NewClamd(at string) (*Clamd, error) {
	u, err := url.Parse(at)
	switch {
	case err == nil && u.Scheme == "tcp" && u.Port() != "":
		return &Clamd{"tcp", u.Host, time.Minute}, nil
	case err == nil && u.Scheme == "unix" && u.Path != "":
		return &Clamd{"unix", u.Path, time.Minute}, nil
	}
	return nil, fault.New(fault.Refused, "files.clamd.address", at)
}

// Ping asks whether the scanner answers.
func (c *Clamd) Ping() error {
	s, err := c.begin("PING")
	if err != nil {
		return err
	}
	defer func() { _ = s.line.Close() }() // the answer is read
	if answer, err := s.answer(); err != nil || answer != "PONG" {
		return errors.Join(err, fmt.Errorf("clamd answers %q", answer))
	}
	return nil
}

// inspection is one content on its way through the scanner. After its line broke it takes the rest without a word, and the verdict says so.
type inspection struct {
	line   net.Conn
	wait   time.Duration
	broken error
}

func (c *Clamd) begin(command string) (*inspection, error) {
	line, err := net.DialTimeout(c.network, c.address, min(c.Wait, 5*time.Second))
	if err != nil {
		return nil, err
	}
	s := &inspection{line: line, wait: c.Wait}
	s.send([]byte("z" + command + "\x00"))
	return s, nil
}

func (s *inspection) send(b []byte) {
	if s.broken == nil {
		_ = s.line.SetDeadline(time.Now().Add(s.wait)) // a line without deadlines is broken, and says so below
		_, s.broken = s.line.Write(b)
	}
}

// Write passes a piece on: its length in four octets, then itself.
func (s *inspection) Write(b []byte) (int, error) {
	if len(b) > 0 {
		s.send(binary.BigEndian.AppendUint32(nil, uint32(len(b))))
		s.send(b)
	}
	return len(b), nil
}

// answer is what the scanner says, up to its closing zero.
func (s *inspection) answer() (string, error) {
	_ = s.line.SetDeadline(time.Now().Add(s.wait))
	text, err := bufio.NewReaderSize(s.line, 4096).ReadString(0)
	return strings.TrimRight(text, "\x00\n"), err
}

// verdict ends the content and refuses it unless the scanner says that it is clean: what nobody looked at is not kept. A scanner that has had enough (its
// StreamMaxLength) answers and hangs up while it is written to, so its answer is read also from a line that broke.
func (s *inspection) verdict() error {
	s.send([]byte{0, 0, 0, 0})
	answer, err := s.answer()
	said := strings.TrimPrefix(answer, "stream: ")
	name, found := strings.CutSuffix(said, " FOUND")
	var p fault.Problems
	switch {
	case found:
		p.Add("file", "files.infected", name)
	case said == "OK" && s.broken == nil && err == nil:
		return nil
	case strings.Contains(said, "size limit exceeded"):
		p.Add("file", "files.clamd.large")
	default:
		return away()
	}
	return p.Fault()
}

// away says at the field that nobody could look at the content; `hefa doctor` finds out why.
func away() error { return fault.At("file", fault.New(fault.Away, "files.clamd.away")) }
