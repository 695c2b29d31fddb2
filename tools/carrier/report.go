package main

import (
	"fmt"
	"net"
)

// padded is s in n octets.
func padded(s string, n int) []byte {
	b := make([]byte, n)
	copy(b, s)
	return b
}

func join(parts ...[]byte) (out []byte) {
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func (g *gateway) reportCommand() uint32 {
	if g.p.wide {
		return 5
	}
	return g.p.deliver
}

// report says what became of a message.
func (g *gateway) report(s *side, id []byte, phone string, ok bool) {
	stat, state := "DELIVRD", byte(0)
	if !ok {
		stat, state = "UNDELIV", 2
	}
	g.bring(s, g.reportCommand(), g.reportBody(id, phone, stat, state))
}

// reportBody is a report as each standard wants it.
func (g *gateway) reportBody(id []byte, phone, stat string, state byte) []byte {
	switch g.p.name {
	case "cmpp": // Msg_Id, Stat, Submit_time, Done_time, Dest_terminal_Id, SMSC_sequence
		return g.deliver(id, phone, 0, join(id, padded(stat, 7), padded("2011291801", 10), padded("2011291802", 10), padded(phone, 32), make([]byte, 4)), true)
	case "sgip": // SubmitSequenceNumber, ReportType, UserNumber, State, ErrorCode, Reserve
		return join(id, []byte{0}, padded("86"+phone, 21), []byte{state, 27 * (state / 2)}, make([]byte, 8))
	}
	words := join([]byte("id:"), id, fmt.Appendf(nil, " sub:001 dlvrd:001 Submit date:2011291801 done date:2011291802 stat:%s err:000 Text:%-20s", stat, ""))
	return g.deliver(id, phone, 0, words, true)
}

// deliver is what a phone or a report says, to the office.
func (g *gateway) deliver(id []byte, phone string, coding byte, content []byte, report bool) []byte {
	is := byte(0)
	if report {
		is = 1
	}
	switch g.p.name {
	case "cmpp": // Msg_Id, Dest_Id, Service_Id, TP_pid, TP_udhi, Msg_Fmt, Src_terminal_Id, Src_terminal_type, Registered_Delivery, Msg_Length, Msg_Content, LinkID
		return join(id, padded("10690000", 21), padded("", 10), []byte{0, 0, coding}, padded(phone, 32), []byte{0, is, byte(len(content))}, content, make([]byte, 20))
	case "sgip": // UserNumber, SPNumber, TP_pid, TP_udhi, MessageCoding, MessageLength, MessageContent, Reserve
		return join(padded("86"+phone, 21), padded("10690000", 21), []byte{0, 0, coding, 0, 0, 0, byte(len(content))}, content, make([]byte, 8))
	}
	// MsgID, IsReport, MsgFormat, RecvTime, SrcTermID, DestTermID, MsgLength, MsgContent, Reserve
	return join(id, []byte{is, coding}, padded("20201129180100", 14), padded(phone, 21), padded("10690000", 21), []byte{byte(len(content))}, content, make([]byte, 8))
}

func (g *gateway) speech(phone, words string) []byte {
	return g.deliver(g.id(make([]byte, 12)), phone, 0, []byte(words), false)
}

// bring hands something to the office: on the same line, and in SGIP on one that the gateway makes.
func (g *gateway) bring(s *side, command uint32, body []byte) {
	if !g.p.wide {
		s.put(frame{command, s.seq(), body})
		return
	}
	if g.peer == "" {
		return
	}
	c, err := net.Dial("tcp", g.peer)
	if err != nil {
		g.tell(event{Event: "peer away"})
		return
	}
	defer func() { _ = c.Close() }()
	to := &side{g: g, c: c}
	to.put(frame{1, to.seq(), join([]byte{2}, padded(g.peerName, 16), padded(g.peerWord, 16), make([]byte, 8))})
	if f, ok := to.get(); !ok || len(f.body) == 0 || f.body[0] != 0 {
		g.tell(event{Event: "peer refuses"})
		return
	}
	to.put(frame{command, to.seq(), body})
	f, ok := to.get()
	g.tell(event{Event: "answered", Fields: map[string]string{"command": fmt.Sprint(f.command &^ (1 << 31)), "octets": fmt.Sprint(len(f.body)), "ok": fmt.Sprint(ok)}})
	to.put(frame{2, to.seq(), nil})
	_, _ = to.get() // goodbye
}
