package sms

import (
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// The commands of CMPP 3.0 (中国移动通信互联网短信网关接口协议 V3.0, 8.3 Command_Id).
const (
	cmppConnect   = 0x00000001
	cmppTerminate = 0x00000002
	cmppSubmit    = 0x00000004
	cmppDeliver   = 0x00000005
	cmppActive    = 0x00000008
	cmppVersion   = 0x30
	cmppThrottled = 8 // CMPP_SUBMIT_RESP, Result: 流量控制错
)

// cmpp speaks CMPP 3.0 with an ISMG of China Mobile.
type cmpp struct {
	c     LineConfig
	proof [md5.Size]byte
}

func (*cmpp) wide() bool            { return false }
func (*cmpp) ping() uint32          { return cmppActive }
func (*cmpp) end() uint32           { return cmppTerminate }
func (*cmpp) known(sequence) string { return "" }

// bind is CMPP_CONNECT: Source_Addr 6, AuthenticatorSource 16, Version 1, Timestamp 4. The authenticator is the MD5 of Source_Addr, nine zeroes, the
// shared secret and the time.
func (d *cmpp) bind(now time.Time) (uint32, []byte) {
	text, number := stamp(now)
	d.proof = md5.Sum(bytes.Join([][]byte{[]byte(d.c.Account), make([]byte, 9), []byte(d.c.Secret), []byte(text)}, nil))
	w := &writer{}
	w.text(d.c.Account, 6)
	w.raw(d.proof[:])
	w.u8(cmppVersion)
	w.u32(number)
	return cmppConnect, w.b
}

// bound reads CMPP_CONNECT_RESP: Status 4, AuthenticatorISMG 16, Version 1. The gateway proves that it knows the secret, too.
func (d *cmpp) bound(b []byte) error {
	r := &reader{b: b}
	status, proof := r.u32(), r.raw(16)
	r.u8()
	return greeted(r, status, proof, d.proof, d.c)
}

// greeted judges an answer to a connect or a login: its status, and the MD5 of the status, our proof and the secret.
func greeted(r *reader, status uint32, proof []byte, ours [md5.Size]byte, c LineConfig) error {
	if err := r.err(); err != nil {
		return err
	}
	if status != 0 {
		return fmt.Errorf("the carrier refuses the account: %d", status)
	}
	want := md5.Sum(bytes.Join([][]byte{binary.BigEndian.AppendUint32(nil, status), ours[:], []byte(c.Secret)}, nil))
	if !c.Unproved && !bytes.Equal(proof, want[:]) {
		return errors.New("who answers does not know the secret")
	}
	return nil
}

// submit is CMPP_SUBMIT. Nobody is charged but the account (Fee_UserType 2, FeeType 01), and a report is wanted.
func (d *cmpp) submit(p piece) (uint32, []byte) {
	w := &writer{}
	w.zeroes(8)                        // Msg_Id, given by the gateway
	w.u8(byte(p.of), byte(p.no), 1, 0) // Pk_total, Pk_number, Registered_Delivery, Msg_level
	w.text(d.c.Service, 10)            // Service_Id
	w.u8(2)                            // Fee_UserType: the service provider
	w.zeroes(32)                       // Fee_terminal_Id
	w.u8(0, 0, p.udhi(), codingUCS2)   // Fee_terminal_type, TP_pId, TP_udhi, Msg_Fmt
	w.text(d.c.Account, 6)             // Msg_src
	w.text("01", 2)                    // FeeType: free for who receives it
	w.text("0", 6)                     // FeeCode
	w.zeroes(17 + 17)                  // ValId_Time, At_Time
	w.text(d.c.Source, 21)             // Src_Id
	w.u8(1)                            // DestUsr_tl
	w.text(p.phone, 32)                // Dest_terminal_Id
	w.u8(0, byte(len(p.content)))      // Dest_terminal_type, Msg_Length
	w.raw(p.content)
	w.zeroes(20) // LinkID
	return cmppSubmit, w.b
}

// taken reads CMPP_SUBMIT_RESP: Msg_Id 8, Result 4.
func (*cmpp) taken(_ sequence, b []byte) (string, error) {
	r := &reader{b: b}
	id, result := r.raw(8), r.u32()
	if err := r.err(); err != nil {
		return "", err
	}
	return hex.EncodeToString(id), refused(result, cmppThrottled)
}

// heard reads CMPP_DELIVER (a report or somebody's words), CMPP_ACTIVE_TEST and CMPP_TERMINATE.
func (*cmpp) heard(command uint32, b []byte) (a asked, answer []byte, err error) {
	switch command {
	case cmppActive:
		return a, []byte{0}, nil // Reserved 1
	case cmppTerminate:
		a.ended = true
		return a, nil, nil
	case cmppDeliver:
	default:
		return a, nil, fmt.Errorf("%w: command %#x", errFrame, command)
	}
	r := &reader{b: b}
	id := r.raw(8)
	r.raw(21 + 10 + 1) // Dest_Id, Service_Id, TP_pid
	udhi, coding := r.u8(), r.u8()
	from := r.text(32)
	r.u8() // Src_terminal_type
	report := r.u8()
	content := r.raw(int(r.u8()))
	r.raw(20) // LinkID
	if err := r.err(); err != nil {
		return a, nil, err
	}
	answer = append(append([]byte{}, id...), 0, 0, 0, 0) // CMPP_DELIVER_RESP: Msg_Id 8, Result 4
	if report == 0 {
		a.phone, a.text = plain(from), spoken(coding, udhi, content)
		return a, answer, nil
	}
	in := &reader{b: content} // Msg_Id 8, Stat 7, Submit_time 10, Done_time 10, Dest_terminal_Id 32, SMSC_sequence 4
	a.ref = hex.EncodeToString(in.raw(8))
	a.state(in.text(7))
	return a, answer, in.err()
}
