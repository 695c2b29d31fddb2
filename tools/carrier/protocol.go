package main

import (
	"crypto/md5"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
)

// field is one field of a frame's body: a name of the standard and how many octets it has, or "=" and the field that says how many.
type field struct {
	name  string
	width int
	by    string // the field with the length
	text  bool   // letters, else a number
}

func number(name string, width int) field { return field{name: name, width: width} }
func text(name string, width int) field   { return field{name: name, width: width, text: true} }
func counted(name, by string) field       { return field{name: name, by: by, text: true} }

// protocol is a standard as tables.
type protocol struct {
	name                               string
	wide                               bool
	bind, submit, deliver, active, end uint32
	login, message                     []field
	phone, content, udhi, coding       string
	reject, busy                       uint32
}

var protocols = map[string]protocol{
	// 中国移动通信互联网短信网关接口协议 V3.0: CMPP_CONNECT, CMPP_SUBMIT
	"cmpp": {name: "cmpp", bind: 1, submit: 4, deliver: 5, active: 8, end: 2,
		login: []field{text("Source_Addr", 6), text("AuthenticatorSource", 16), number("Version", 1), number("Timestamp", 4)},
		message: []field{number("Msg_Id", 8), number("Pk_total", 1), number("Pk_number", 1), number("Registered_Delivery", 1), number("Msg_level", 1),
			text("Service_Id", 10), number("Fee_UserType", 1), text("Fee_terminal_Id", 32), number("Fee_terminal_type", 1), number("TP_pId", 1),
			number("TP_udhi", 1), number("Msg_Fmt", 1), text("Msg_src", 6), text("FeeType", 2), text("FeeCode", 6), text("ValId_Time", 17),
			text("At_Time", 17), text("Src_Id", 21), number("DestUsr_tl", 1), text("Dest_terminal_Id", 32), number("Dest_terminal_type", 1),
			number("Msg_Length", 1), counted("Msg_Content", "Msg_Length"), text("LinkID", 20)},
		phone: "Dest_terminal_Id", content: "Msg_Content", udhi: "TP_udhi", coding: "Msg_Fmt", reject: 13, busy: 8},
	// 中国联通 SGIP V1.2: Bind, Submit
	"sgip": {name: "sgip", wide: true, bind: 1, submit: 3, deliver: 4, end: 2,
		login: []field{number("Login Type", 1), text("Login Name", 16), text("Login Password", 16), text("Reserve", 8)},
		message: []field{text("SPNumber", 21), text("ChargeNumber", 21), number("UserCount", 1), text("UserNumber", 21), text("CorpId", 5),
			text("ServiceType", 10), number("FeeType", 1), text("FeeValue", 6), text("GivenValue", 6), number("AgentFlag", 1),
			number("MorelatetoMTFlag", 1), number("Priority", 1), text("ExpireTime", 16), text("ScheduleTime", 16), number("ReportFlag", 1),
			number("TP_pid", 1), number("TP_udhi", 1), number("MessageCoding", 1), number("MessageType", 1), number("MessageLength", 4),
			counted("MessageContent", "MessageLength"), text("Reserve", 8)},
		phone: "UserNumber", content: "MessageContent", udhi: "TP_udhi", coding: "MessageCoding", reject: 6, busy: 11},
	// 中国电信 SMGP 3.0: Login, Submit
	"smgp": {name: "smgp", bind: 1, submit: 2, deliver: 3, active: 4, end: 6,
		login: []field{text("ClientID", 8), text("AuthenticatorClient", 16), number("LoginMode", 1), number("TimeStamp", 4), number("ClientVersion", 1)},
		message: []field{number("MsgType", 1), number("NeedReport", 1), number("Priority", 1), text("ServiceID", 10), text("FeeType", 2),
			text("FeeCode", 6), text("FixedFee", 6), number("MsgFormat", 1), text("ValidTime", 17), text("AtTime", 17), text("SrcTermID", 21),
			text("ChargeTermID", 21), number("DestTermIDCount", 1), text("DestTermID", 21), number("MsgLength", 1), counted("MsgContent", "MsgLength"),
			text("Reserve", 8)},
		phone: "DestTermID", content: "MsgContent", udhi: "TP_udhi", coding: "MsgFormat", reject: 47, busy: 1},
}

// options is the optional fields of SMGP 3.0 by tag.
var options = map[uint16]string{2: "TP_udhi", 9: "PkTotal", 10: "PkNumber"}

// read is the fields of a body, numbers in decimal; ok when it has exactly the octets that the table wants.
func read(fields []field, b []byte) (out map[string]string, raw map[string][]byte, ok bool) {
	out, raw = map[string]string{}, map[string][]byte{}
	for _, f := range fields {
		n := f.width
		if f.by != "" {
			_, _ = fmt.Sscan(out[f.by], &n)
		}
		if n > len(b) {
			return out, raw, false
		}
		v := b[:n]
		raw[f.name], b = v, b[n:]
		if !f.text {
			sum := uint64(0)
			for _, o := range v {
				sum = sum<<8 | uint64(o)
			}
			out[f.name] = fmt.Sprint(sum)
			continue
		}
		out[f.name] = strings.TrimRight(string(v), "\x00")
	}
	for len(b) >= 4 {
		tag, n := binary.BigEndian.Uint16(b), int(binary.BigEndian.Uint16(b[2:]))
		if len(b) < 4+n || n != 1 {
			return out, raw, false
		}
		out[options[tag]], b = fmt.Sprint(b[4]), b[4+n:]
	}
	return out, raw, len(b) == 0
}

// words is the text of a part and its place in the whole.
func words(udhi string, b []byte) (s string, part, of int) {
	part, of = 1, 1
	if udhi == "1" && len(b) > 6 && b[0] == 5 && b[1] == 0 && b[2] == 3 {
		of, part = int(b[4]), int(b[5])
		b = b[6:]
	}
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(u)), part, of
}

// welcome says whether the body of a bind proves the account, and is the body of the answer.
func (g *gateway) welcome(b []byte) (ok bool, answer []byte) {
	f, raw, right := read(g.p.login, b)
	if g.p.wide {
		ok = right && f["Login Type"] == "1" && f["Login Name"] == g.account && f["Login Password"] == g.secret
		answer = make([]byte, 9)
		if !ok {
			answer[0] = 1
		}
		return ok, answer
	}
	name, proof, stamp, zeroes := "Source_Addr", "AuthenticatorSource", "Timestamp", 9
	if g.p.name == "smgp" {
		name, proof, stamp, zeroes = "ClientID", "AuthenticatorClient", "TimeStamp", 7
	}
	want := md5.Sum([]byte(g.account + strings.Repeat("\x00", zeroes) + g.secret + strings.Repeat("0", 10-min(10, len(f[stamp]))) + f[stamp]))
	ok = right && f[name] == g.account && string(raw[proof]) == string(want[:])
	if !ok {
		return false, append([]byte{0, 0, 0, 3}, make([]byte, 17)...)
	}
	mine := md5.Sum([]byte("\x00\x00\x00\x00" + string(raw[proof]) + g.secret))
	return true, append(append([]byte{0, 0, 0, 0}, mine[:]...), 0x30)
}
