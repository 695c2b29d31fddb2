package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
)

// side is one connection.
type side struct {
	g  *gateway
	c  net.Conn
	mu sync.Mutex
}

// frame is one message of a protocol; seq is as long as the protocol has it.
type frame struct {
	command uint32
	seq     []byte
	body    []byte
}

func (s *side) put(f frame) {
	b := binary.BigEndian.AppendUint32(nil, uint32(8+len(f.seq)+len(f.body)))
	b = binary.BigEndian.AppendUint32(b, f.command)
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = s.c.Write(append(append(b, f.seq...), f.body...)) // a broken line shows when it is read
}

func (s *side) get() (f frame, ok bool) {
	head := make([]byte, 8)
	if _, err := io.ReadFull(s.c, head); err != nil {
		return f, false
	}
	n := binary.BigEndian.Uint32(head)
	if n < 12 || n > 4096 {
		return f, false
	}
	rest := make([]byte, n-8)
	if _, err := io.ReadFull(s.c, rest); err != nil {
		return f, false
	}
	cut := 4
	if s.g.p.wide {
		cut = 12
	}
	if len(rest) < cut {
		return f, false
	}
	return frame{binary.BigEndian.Uint32(head[4:]), rest[:cut], rest[cut:]}, true
}

// seq is a new one of the gateway's own.
func (s *side) seq() []byte {
	b := binary.BigEndian.AppendUint32(nil, s.g.number()|0x40000000)
	if s.g.p.wide {
		b = append(make([]byte, 8), b...)
	}
	return b
}

// serve speaks with one client.
func (g *gateway) serve(s *side) {
	defer func() { _ = s.c.Close() }()
	f, ok := s.get()
	if !ok || f.command != g.p.bind {
		return
	}
	right, answer := g.welcome(f.body)
	g.tell(event{Event: "bind", Deed: fmt.Sprint(right)})
	s.put(frame{f.command | 1<<31, f.seq, answer})
	for right {
		f, ok := s.get()
		switch {
		case !ok:
			g.tell(event{Event: "gone"})
			return
		case f.command&(1<<31) != 0:
			g.tell(event{Event: "answered", Fields: map[string]string{"command": fmt.Sprint(f.command &^ (1 << 31)), "octets": fmt.Sprint(len(f.body))}})
		case g.p.active != 0 && f.command == g.p.active:
			g.tell(event{Event: "active"})
			reserve := make([]byte, 1)
			if g.p.name != "cmpp" {
				reserve = nil
			}
			s.put(frame{f.command | 1<<31, f.seq, reserve})
		case f.command == g.p.end:
			g.tell(event{Event: "end"})
			s.put(frame{f.command | 1<<31, f.seq, nil})
			return
		case f.command == g.p.submit:
			if !g.take(s, f) {
				return
			}
		default:
			g.tell(event{Event: "strange"})
			return
		}
	}
}

// take does with a message what its number says; false drops the line.
func (g *gateway) take(s *side, f frame) bool {
	fields, raw, right := read(g.p.message, f.body)
	phone := strings.TrimPrefix(fields[g.p.phone], "86")
	if len(phone) != 11 {
		phone = fields[g.p.phone]
	}
	said, part, of := words(fields[g.p.udhi], raw[g.p.content])
	fields["part"], fields["of"], fields["whole"] = fmt.Sprint(part), fmt.Sprint(of), fmt.Sprint(right)
	deed := deeds[phone[max(0, len(phone)-4):]]
	result, dropped := uint32(0), false
	switch {
	case deed == "reject":
		result = g.p.reject
	case deed == "busy once" && g.first(phone):
		result = g.p.busy
	case deed == "take and drop the line before answering", deed == "drop the line at the second part" && part == 2 && g.first(phone):
		dropped = true
	}
	id := g.id(f.seq)
	fields["result"] = fmt.Sprint(result)
	g.tell(event{Event: "submit", Phone: phone, Text: said, Deed: deed, Fields: fields})
	switch {
	case dropped:
		return false
	case deed == "answer with octets that are of no protocol":
		_, _ = s.c.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")) // the reader notices
		return true
	case deed == "never answer":
		return true
	case deed == "report before answering":
		g.report(s, id, phone, true)
	case deed == "answer something that nobody asked first":
		s.put(frame{f.command | 1<<31, s.seq(), g.answer(id, 0)})
	}
	s.put(frame{f.command | 1<<31, f.seq, g.answer(id, result)})
	switch {
	case result != 0:
	case g.p.wide:
		g.later <- func() { g.after(s, deed, id, phone) } // on a connection of its own: the next part is read meanwhile
	default:
		g.after(s, deed, id, phone)
	}
	return true
}

// id is the name of a message: in SGIP its own sequence, else one of the gateway's.
func (g *gateway) id(seq []byte) []byte {
	switch g.p.name {
	case "sgip":
		return seq
	case "cmpp":
		return binary.BigEndian.AppendUint64(nil, 0x1234500000000000|uint64(g.number()))
	}
	return append([]byte{0x53, 0x30, 0x01, 0x11, 0x29, 0x18}, binary.BigEndian.AppendUint32(nil, g.number())...)
}

// answer is the body of the answer to a submit.
func (g *gateway) answer(id []byte, result uint32) []byte {
	if g.p.name == "sgip" {
		return append([]byte{byte(result)}, make([]byte, 8)...)
	}
	if result != 0 {
		id = make([]byte, len(id))
	}
	return binary.BigEndian.AppendUint32(append([]byte{}, id...), result)
}

// after is what follows a message that was taken.
func (g *gateway) after(s *side, deed string, id []byte, phone string) {
	switch deed {
	case "never report", "report before answering":
	case "report as not delivered":
		g.report(s, id, phone, false)
	case "the person answers TD":
		g.bring(s, g.p.deliver, g.speech(phone, "TD"))
	case "report a wait, then the delivery":
		g.bring(s, g.reportCommand(), g.reportBody(id, phone, "ACCEPTD", 1))
		g.report(s, id, phone, true)
	case "report twice":
		g.report(s, id, phone, true)
		g.report(s, id, phone, false)
	default:
		g.report(s, id, phone, true)
	}
}
