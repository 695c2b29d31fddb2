package sms

import (
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"time"
)

// The commands of SMGP 3.0 (中国电信 SMGP 协议 3.0, RequestID).
const (
	smgpLogin   = 0x00000001
	smgpSubmit  = 0x00000002
	smgpDeliver = 0x00000003
	smgpActive  = 0x00000004
	smgpExit    = 0x00000006
	smgpVersion = 0x30
	smgpBusy    = 1 // Status: 系统忙

	smgpTagUDHI    = 0x0002 // TP_udhi
	smgpTagTotal   = 0x0009 // PkTotal
	smgpTagNumber  = 0x000A // PkNumber
	smgpReportHead = "id:"
)

// smgp speaks SMGP 3.0 with a gateway of China Telecom.
type smgp struct {
	c     LineConfig
	proof [md5.Size]byte
}

func (*smgp) wide() bool            { return false }
func (*smgp) ping() uint32          { return smgpActive }
func (*smgp) end() uint32           { return smgpExit }
func (*smgp) known(sequence) string { return "" }

// bind is Login: ClientID 8, AuthenticatorClient 16, LoginMode 1 (2: send and receive), TimeStamp 4, ClientVersion 1. The authenticator is the MD5 of
// ClientID, seven zeroes, the shared secret and the time.
func (d *smgp) bind(now time.Time) (uint32, []byte) {
	text, number := stamp(now)
	d.proof = md5.Sum(bytes.Join([][]byte{[]byte(d.c.Account), make([]byte, 7), []byte(d.c.Secret), []byte(text)}, nil))
	w := &writer{}
	w.text(d.c.Account, 8)
	w.raw(d.proof[:])
	w.u8(2)
	w.u32(number)
	w.u8(smgpVersion)
	return smgpLogin, w.b
}

// bound reads Login_Resp: Status 4, AuthenticatorServer 16, ServerVersion 1.
func (d *smgp) bound(b []byte) error {
	r := &reader{b: b}
	status, proof := r.u32(), r.raw(16)
	r.u8()
	return greeted(r, status, proof, d.proof, d.c)
}

// submit is Submit. Nobody is charged (FeeType 00), and a report is wanted; what joins parts are optional fields.
func (d *smgp) submit(p piece) (uint32, []byte) {
	w := &writer{}
	w.u8(6, 1, 1)           // MsgType: to a phone, NeedReport, Priority
	w.text(d.c.Service, 10) // ServiceID
	w.text("00", 2)         // FeeType
	w.text("0", 6)          // FeeCode
	w.text("0", 6)          // FixedFee
	w.u8(codingUCS2)        // MsgFormat
	w.zeroes(17 + 17)       // ValidTime, AtTime
	w.text(d.c.Source, 21)  // SrcTermID
	w.zeroes(21)            // ChargeTermID
	w.u8(1)                 // DestTermIDCount
	w.text(p.phone, 21)     // DestTermID
	w.u8(byte(len(p.content)))
	w.raw(p.content)
	w.zeroes(8) // Reserve
	if p.of > 1 {
		w.option(smgpTagUDHI, 1)
		w.option(smgpTagTotal, byte(p.of))
		w.option(smgpTagNumber, byte(p.no))
	}
	return smgpSubmit, w.b
}

// taken reads Submit_Resp: MsgID 10, Status 4.
func (*smgp) taken(_ sequence, b []byte) (string, error) {
	r := &reader{b: b}
	id, status := r.raw(10), r.u32()
	if err := r.err(); err != nil {
		return "", err
	}
	return hex.EncodeToString(id), refused(status, smgpBusy, 75) // 75: SP发送超过日流量
}

// heard reads Deliver (a report or somebody's words), Active_Test and Exit.
func (*smgp) heard(command uint32, b []byte) (a asked, answer []byte, err error) {
	switch command {
	case smgpActive:
		return a, nil, nil
	case smgpExit:
		a.ended = true
		return a, nil, nil
	case smgpDeliver:
	default:
		return a, nil, fmt.Errorf("%w: command %#x", errFrame, command)
	}
	r := &reader{b: b}
	id, report, coding := r.raw(10), r.u8(), r.u8()
	r.raw(14) // RecvTime
	from := r.text(21)
	r.raw(21) // DestTermID
	content := r.raw(int(r.u8()))
	r.raw(8) // Reserve
	if err := r.err(); err != nil {
		return a, nil, err
	}
	answer = append(append([]byte{}, id...), 0, 0, 0, 0) // Deliver_Resp: MsgID 10, Status 4
	if report == 0 {
		udhi, err := smgpOption(r.b, smgpTagUDHI)
		a.phone, a.text = plain(from), spoken(coding, udhi, content)
		return a, answer, err
	}
	return a, answer, a.smgpReport(content)
}

// smgpReport reads the words of a report: id: and ten octets, then fields by name; gateways write the names large or small.
func (a *asked) smgpReport(content []byte) error {
	rest, ok := bytes.CutPrefix(content, []byte(smgpReportHead))
	in := &reader{b: rest}
	id := in.raw(10)
	_, stat, found := bytes.Cut(in.b, []byte("stat:"))
	if !ok || in.err() != nil || !found || len(stat) < 7 {
		return fmt.Errorf("%w: a report without its fields", errFrame)
	}
	a.ref = hex.EncodeToString(id)
	a.state(string(bytes.TrimSpace(stat[:7])))
	return nil
}

// smgpOption is the octet of an optional field (tag 2, length 2, value), 0 when there is none.
func smgpOption(b []byte, tag uint16) (byte, error) {
	r := &reader{b: b}
	for len(r.b) > 0 {
		t := uint16(r.u8())<<8 | uint16(r.u8())
		n := int(r.u8())<<8 | int(r.u8())
		v := r.raw(n)
		if err := r.err(); err != nil {
			return 0, err
		}
		if t == tag && n == 1 {
			return v[0], nil
		}
	}
	return 0, nil
}
