package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kinds of token.
type token int

const (
	opens token = iota
	closes
	texts
)

// scanner reads the little of XML that spreadsheets use, about six times as fast as encoding/xml: tags with their local names, and text.
// Document types, and so entities of one's own, are refused.
type scanner struct {
	r     io.Reader
	buf   []byte
	start int // of what is unread in buf
	end   int
	eof   bool

	name  []byte // of the last tag, without prefix
	attrs []byte // of the last opening tag, raw
	text  []byte // of the last text, raw unless literal
	plain bool   // the text is literal: it stood in CDATA
	empty bool   // the last opening tag closes itself; its closing follows
}

func newScanner(r io.Reader) *scanner { return &scanner{r: r, buf: make([]byte, 64<<10)} }

var errSyntax = errors.New("this is not well-formed XML")

// fill reads more behind what is unread.
func (s *scanner) fill() error {
	if s.eof {
		return io.ErrUnexpectedEOF
	}
	if s.start > 0 {
		copy(s.buf, s.buf[s.start:s.end])
		s.end -= s.start
		s.start = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= maxToken {
			return fmt.Errorf("a tag or text of more than %d bytes: %w", maxToken, errHuge)
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	n, err := s.r.Read(s.buf[s.end:])
	s.end += n
	if err == io.EOF {
		s.eof = true
		return nil
	}
	return err
}

// next gives the next token; io.EOF at the end. What it points at is valid until the call after.
func (s *scanner) next() (token, error) {
	if s.empty {
		s.empty = false
		return closes, nil
	}
	for {
		if s.start == s.end {
			if s.eof {
				return 0, io.EOF
			}
			if err := s.fill(); err != nil {
				return 0, err
			}
			continue
		}
		if s.buf[s.start] != '<' {
			return texts, s.words()
		}
		if s.end-s.start < 2 {
			if err := s.fill(); err != nil {
				return 0, err
			}
			continue
		}
		switch s.buf[s.start+1] {
		case '?':
			if _, err := s.until("?>"); err != nil {
				return 0, err
			}
		case '!':
			if done, err := s.bang(); done || err != nil {
				return texts, err
			}
		default:
			return s.tag()
		}
	}
}

// words takes the text up to the next tag.
func (s *scanner) words() error {
	at := 0
	for {
		if i := bytes.IndexByte(s.buf[s.start+at:s.end], '<'); i >= 0 {
			s.text, s.plain = s.buf[s.start:s.start+at+i], false
			s.start += at + i
			return nil
		}
		at = s.end - s.start
		if s.eof {
			s.text, s.plain = s.buf[s.start:s.end], false
			s.start = s.end
			return nil
		}
		if err := s.fill(); err != nil {
			return err
		}
	}
}

// until takes everything up to and including mark.
func (s *scanner) until(mark string) ([]byte, error) {
	for {
		if i := bytes.Index(s.buf[s.start:s.end], []byte(mark)); i >= 0 {
			out := s.buf[s.start : s.start+i]
			s.start += i + len(mark)
			return out, nil
		}
		if err := s.fill(); err != nil {
			return nil, err
		}
	}
}

// bang reads comments and CDATA; done when there is text.
func (s *scanner) bang() (done bool, err error) {
	for s.end-s.start < 9 && !s.eof {
		if err := s.fill(); err != nil {
			return false, err
		}
	}
	rest := s.buf[s.start:s.end]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		_, err = s.until("-->")
		return false, err
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		text, err := s.until("]]>")
		if err != nil {
			return false, err
		}
		s.text, s.plain = text[len("<![CDATA["):], true
		return true, nil
	}
	return false, fmt.Errorf("a document type: %w", errSyntax)
}

// tag takes one tag; a ">" inside quotes does not end it.
func (s *scanner) tag() (token, error) {
	at, quote := 1, byte(0)
	for {
		for ; s.start+at < s.end; at++ {
			switch c := s.buf[s.start+at]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '<':
				return 0, errSyntax
			case c == '>':
				inside := s.buf[s.start+1 : s.start+at]
				s.start += at + 1
				return s.split(inside)
			}
		}
		if err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// split parts a tag into its local name and attributes.
func (s *scanner) split(inside []byte) (token, error) {
	kind := opens
	if len(inside) > 0 && inside[0] == '/' {
		kind, inside = closes, inside[1:]
	}
	if n := len(inside); n > 0 && inside[n-1] == '/' {
		s.empty, inside = true, inside[:n-1]
	}
	name := inside
	if i := bytes.IndexAny(inside, " \t\r\n"); i >= 0 {
		name, s.attrs = inside[:i], inside[i:]
	} else {
		s.attrs = nil
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	if len(name) == 0 || kind == closes && s.empty {
		return 0, errSyntax
	}
	s.name = name
	return kind, nil
}

// attribute takes the next attribute off attrs; its name has no prefix, its value is raw. No name means that there is none left.
func attribute(attrs []byte) (name, value, rest []byte) {
	i := bytes.IndexByte(attrs, '=')
	if i < 0 {
		return nil, nil, nil
	}
	name = bytes.TrimSpace(attrs[:i])
	if c := bytes.LastIndexByte(name, ':'); c >= 0 {
		name = name[c+1:]
	}
	rest = bytes.TrimLeft(attrs[i+1:], " \t\r\n")
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return nil, nil, nil
	}
	j := bytes.IndexByte(rest[1:], rest[0])
	if j < 0 || len(name) == 0 {
		return nil, nil, nil
	}
	return name, rest[1 : j+1], rest[j+2:]
}

// attr is the value of one attribute of the last opening tag.
func (s *scanner) attr(want string) string {
	for name, value, rest := attribute(s.attrs); name != nil; name, value, rest = attribute(rest) {
		if string(name) == want {
			return unescape(value)
		}
	}
	return ""
}

// said is the last text with its entities resolved.
func (s *scanner) said() string {
	if s.plain {
		return string(s.text)
	}
	return unescape(s.text)
}

var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

// unescape resolves the five entities of XML, character references, and the _x000D_ that spreadsheets write for control characters.
func unescape(b []byte) string {
	if bytes.IndexByte(b, '&') < 0 && !bytes.Contains(b, []byte("_x")) {
		return string(b)
	}
	var out strings.Builder
	for len(b) > 0 {
		i := bytes.IndexAny(b, "&_")
		if i < 0 {
			break
		}
		out.Write(b[:i])
		b = b[i:]
		size, text := reference(b)
		out.WriteString(text)
		b = b[size:]
	}
	out.Write(b)
	return out.String()
}

// reference resolves what stands at the start of b; what is none stays as it is.
func reference(b []byte) (size int, text string) {
	if b[0] == '_' {
		if len(b) >= 7 && b[1] == 'x' && b[6] == '_' {
			if n, err := strconv.ParseUint(string(b[2:6]), 16, 16); err == nil {
				return 7, string(rune(n))
			}
		}
		return 1, "_"
	}
	end := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if end < 2 {
		return 1, "&"
	}
	word := string(b[1:end])
	if t, ok := entities[word]; ok {
		return end + 1, t
	}
	if word[0] != '#' {
		return 1, "&"
	}
	base, num := 10, word[1:]
	if strings.HasPrefix(num, "x") || strings.HasPrefix(num, "X") {
		base, num = 16, num[1:]
	}
	n, err := strconv.ParseUint(num, base, 32)
	if err != nil || n == 0 || !utf8.ValidRune(rune(n)) {
		return 1, "&"
	}
	return end + 1, string(rune(n))
}
