package sms

import (
	"encoding/binary"
	"hash/fnv"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hefa/internal/message"
)

// Part is one of the short messages that a text is sent in.
type Part struct {
	No  int    // from 1
	Ref string // the carrier's name for it, with the line's before it
}

// The codings of a text (CMPP 3.0 Msg_Fmt, SGIP 1.2 MessageCoding, SMGP 3.0 MsgFormat: GSM 03.38).
const (
	codingASCII = 0
	codingUCS2  = 8
	codingGBK   = 15
)

// piece is what one submit says.
type piece struct {
	phone   string
	no, of  int
	content []byte // with its header when there are several
}

// pieces is the parts of a message: UCS-2, and with more than one the header of a joined message before each (GSM 03.40, 9.2.3.24.1: 05 00 03 reference
// total number), its reference from the message's id, so that a part that is sent later still joins.
func pieces(m Message) []piece {
	texts := message.Split(m.Text)
	h := fnv.New32a()
	_, _ = h.Write([]byte(m.ID)) // it never fails
	ref := byte(h.Sum32())
	out := make([]piece, len(texts))
	for i, t := range texts {
		var b []byte
		if len(texts) > 1 {
			b = append(b, 5, 0, 3, ref, byte(len(texts)), byte(i+1))
		}
		for _, u := range utf16.Encode([]rune(t)) {
			b = binary.BigEndian.AppendUint16(b, u)
		}
		out[i] = piece{phone: m.Phone, no: i + 1, of: len(texts), content: b}
	}
	return out
}

// udhi is 1 when a header stands before the text.
func (p piece) udhi() byte {
	if p.of > 1 {
		return 1
	}
	return 0
}

// spoken is what somebody's phone sent, decoded; what cannot be is "".
func spoken(coding, udhi byte, b []byte) string {
	if udhi&1 == 1 && len(b) > 0 {
		b = b[min(int(b[0])+1, len(b)):]
	}
	switch coding {
	case codingASCII:
		return string(b)
	case codingUCS2:
		u := make([]uint16, 0, len(b)/2)
		for i := 0; i+1 < len(b); i += 2 {
			u = append(u, binary.BigEndian.Uint16(b[i:]))
		}
		return string(utf16.Decode(u))
	case codingGBK:
		s, err := simplifiedchinese.GBK.NewDecoder().Bytes(b)
		if err == nil {
			return string(s)
		}
	}
	return ""
}
