package card

import (
	"encoding/json"
	"fmt"
	"time"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/region"
)

// ChipForm is the first word of a file of chip data; a later form has another number.
const ChipForm = "hefa-chip-1"

// ChipHead is the first line of a file of chip data: which cards follow, and by whose grant somebody holds them.
type ChipHead struct {
	Form   string      `json:"form"`
	County region.Code `json:"county"`
	Batch  string      `json:"batch"`
	Layout string      `json:"layout"`
	Grant  string      `json:"grant"` // the number of the grant
	Taker  string      `json:"taker"`
	At     time.Time   `json:"at"`
	Cards  int         `json:"cards"`
}

// Chip is a line of the file: what is written into the chip of one card. It is the part of the face by which somebody who holds the card compares it, and
// its signed code; no phone, address or guardian. The official structure of the chip was not to be had (rules.md §9): a local draft.
type Chip struct {
	Number   certificate.Number `json:"number"`
	Name     string             `json:"name"`
	Sex      string             `json:"sex"`
	Nation   string             `json:"nation"`
	Birth    day.Day            `json:"birth"`
	Category string             `json:"category"`
	Level    certificate.Level  `json:"level"`
	Issuer   string             `json:"issuer"`
	Issued   day.Day            `json:"issued"`
	Expires  day.Day            `json:"expires"`
	QR       string             `json:"qr"`
	Mark     string             `json:"mark"` // whose line it is, for one that leaks
}

// Chip is what is written into the chip of the card that bears the face.
func (f Face) Chip(mark string) Chip {
	return Chip{Number: f.Number, Name: f.Name, Sex: f.Sex, Nation: f.Nation, Birth: f.Birth, Category: f.Category, Level: f.Level, Issuer: f.Issuer, Issued: f.Issued,
		Expires: f.Expires, QR: f.QR, Mark: mark}
}

// ChipFoot is the last line: the signature of all lines before it.
type ChipFoot struct {
	Suite     string `json:"suite"`
	Key       string `json:"key"`
	Signature []byte `json:"signature"` // ASN.1
}

// ChipLines is the lines of a file but the last, each ended by a line feed: the head, then a card a line.
func ChipLines(h ChipHead, cards []Chip) ([]byte, error) {
	h.Form, h.Cards = ChipForm, len(cards)
	lines, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("writing the head of chip data: %w", err)
	}
	lines = append(lines, '\n')
	for _, c := range cards {
		one, err := json.Marshal(c)
		if err != nil {
			return nil, fmt.Errorf("writing the data of a chip: %w", err)
		}
		lines = append(append(lines, one...), '\n')
	}
	return lines, nil
}

// ChipMessage is what the key of that name signs: form, key, and the lines as they stand in the file.
func ChipMessage(key string, lines []byte) []byte {
	return append([]byte(ChipForm+"\n"+key+"\n"), lines...)
}
