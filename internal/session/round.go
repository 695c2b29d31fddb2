package session

import (
	"strings"

	"hefa/internal/fault"
)

// Round is how a session is carried out, as whoever drives out to people's homes must know it; every part may be empty.
type Round struct {
	Starts  string `json:"starts,omitempty"` // when it begins, in words: 9:00, 村委会集合
	Team    string `json:"team,omitempty"`   // doctors and who accompanies them
	Vehicle string `json:"vehicle,omitempty"`
	Gear    string `json:"gear,omitempty"` // equipment to bring
}

// RoundMost is how many letters each part of a round may have.
const RoundMost = 100

// clean takes spaces off and refuses a part that is too long.
func (r *Round) clean(p *fault.Problems) {
	for _, part := range []struct {
		name string
		text *string
	}{{"starts", &r.Starts}, {"team", &r.Team}, {"vehicle", &r.Vehicle}, {"gear", &r.Gear}} {
		*part.text = strings.TrimSpace(*part.text)
		if len([]rune(*part.text)) > RoundMost {
			p.Add(part.name, "session.round.long", RoundMost)
		}
	}
}
