package sms

import (
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"
)

// The commands of SGIP 1.2 (中国联通 SGIP 协议 V1.2, Command ID).
const (
	sgipBind    = 0x00000001
	sgipUnbind  = 0x00000002
	sgipSubmit  = 0x00000003
	sgipDeliver = 0x00000004
	sgipReport  = 0x00000005
	sgipBusy    = 11 // Result: 节点忙
	sgipToSMG   = 1  // Login Type: the service provider binds to the gateway
	sgipToSP    = 2  // the gateway binds to the service provider
	sgipLogin   = 1  // Result: 非法登录
	sgipReserve = 8
)

// sgip speaks SGIP 1.2 with an SMG of China Unicom. Reports and answers of people come over connections that the gateway makes: see post.
type sgip struct{ c LineConfig }

func (*sgip) wide() bool   { return true }
func (*sgip) ping() uint32 { return 0 }
func (*sgip) end() uint32  { return sgipUnbind }

// known is the submit's own sequence, by which reports name it.
func (*sgip) known(seq sequence) string {
	w := &writer{}
	w.u32(seq[0])
	w.u32(seq[1])
	w.u32(seq[2])
	return hex.EncodeToString(w.b)
}

// bind is Bind: Login Type 1, Login Name 16, Login Password 16, Reserve 8. There is no authenticator: the password travels as it is.
func (d *sgip) bind(time.Time) (uint32, []byte) {
	w := &writer{}
	w.u8(sgipToSMG)
	w.text(d.c.Account, 16)
	w.text(d.c.Secret, 16)
	w.zeroes(sgipReserve)
	return sgipBind, w.b
}

// bound reads Bind_Resp: Result 1, Reserve 8.
func (*sgip) bound(b []byte) error {
	r := &reader{b: b}
	result := r.u8()
	if err := r.err(); err != nil {
		return err
	}
	if result != 0 {
		return fmt.Errorf("the carrier refuses the account: %d", result)
	}
	return nil
}

// submit is Submit. Nobody but the account is charged (ChargeNumber of zeroes, FeeType 0), and a report is wanted whatever came of it.
func (d *sgip) submit(p piece) (uint32, []byte) {
	w := &writer{}
	w.text(d.c.Source, 21)              // SPNumber
	w.text("000000000000000000000", 21) // ChargeNumber
	w.u8(1)                             // UserCount
	w.text("86"+p.phone, 21)            // UserNumber
	w.text(d.c.Corp, 5)                 // CorpId
	w.text(d.c.Service, 10)             // ServiceType
	w.u8(0)                             // FeeType
	w.text("0", 6)                      // FeeValue
	w.text("0", 6)                      // GivenValue
	w.u8(0, 2, 0)                       // AgentFlag, MorelatetoMTFlag, Priority
	w.zeroes(16 + 16)                   // ExpireTime, ScheduleTime
	w.u8(1, 0, p.udhi(), codingUCS2, 0) // ReportFlag, TP_pid, TP_udhi, MessageCoding, MessageType
	w.u32(uint32(len(p.content)))
	w.raw(p.content)
	w.zeroes(sgipReserve)
	return sgipSubmit, w.b
}

// taken reads Submit_Resp: Result 1, Reserve 8.
func (d *sgip) taken(seq sequence, b []byte) (string, error) {
	r := &reader{b: b}
	result := r.u8()
	if err := r.err(); err != nil {
		return "", err
	}
	return d.known(seq), refused(uint32(result), sgipBusy)
}

// heard reads Report, Deliver, Unbind, and a Bind of the gateway, which only a post may get.
func (d *sgip) heard(command uint32, b []byte) (a asked, answer []byte, err error) {
	r := &reader{b: b}
	switch command {
	case sgipUnbind:
		a.ended = true
		return a, nil, nil
	case sgipReport: // SubmitSequenceNumber 12, ReportType 1, UserNumber 21, State 1, ErrorCode 1, Reserve 8
		a.report, a.ref = true, hex.EncodeToString(r.raw(12))
		r.raw(1 + 21)
		state, code := r.u8(), r.u8()
		switch state {
		case 0:
			a.ok = true
		case 1:
			a.waiting = true
		default:
			a.why = strconv.Itoa(int(code))
		}
	case sgipDeliver: // UserNumber 21, SPNumber 21, TP_pid 1, TP_udhi 1, MessageCoding 1, MessageLength 4, MessageContent, Reserve 8
		from := r.text(21)
		r.raw(21 + 1)
		udhi, coding := r.u8(), r.u8()
		n := r.u32()
		if n > frameMost {
			return a, nil, fmt.Errorf("%w: a text of %d octets", errFrame, n)
		}
		a.phone, a.text = plain(from), spoken(coding, udhi, r.raw(int(n)))
	default:
		return a, nil, fmt.Errorf("%w: command %#x", errFrame, command)
	}
	r.raw(sgipReserve)
	return a, make([]byte, 1+sgipReserve), r.err()
}

// admits says whether the body of a gateway's Bind bears the account that was agreed for it.
func (d *sgip) admits(b []byte) bool {
	r := &reader{b: b}
	kind, name, secret := r.u8(), r.text(16), r.text(16)
	return r.err() == nil && kind == sgipToSP && subtle.ConstantTimeCompare([]byte(name), []byte(d.c.PeerAccount)) == 1 &&
		subtle.ConstantTimeCompare([]byte(secret), []byte(d.c.PeerSecret)) == 1
}
