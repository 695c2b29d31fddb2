package pile

import (
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
)

// Back is that a paper was taken out of where it was filed.
type Back struct {
	ID      string
	Piece   PieceID
	Kind    Kind
	Subject string
	No      string
	Paper   string
	Hash    string // of what lay there
	Reason  string
	Day     day.Day
	By      string
}

// TakeBack puts a paper that was filed or discarded wrongly back into the tray, for a reason, and says where it was; the hash of what was filed stays with it.
func (p *Piece) TakeBack(reason, by string, on day.Day) (Back, error) {
	reason, err := checkReason(reason)
	if err != nil {
		return Back{}, err
	}
	if p.State == Waiting {
		return Back{}, fault.New(fault.Refused, "pile.back.waits")
	}
	was := Back{Piece: p.ID, Kind: p.Kind, Subject: p.Subject, No: p.No, Paper: p.Paper, Hash: p.Hash, Reason: reason, Day: on, By: by}
	p.State, p.Kind, p.Subject, p.No, p.Paper, p.Reason, p.By = Waiting, "", "", "", "", "", ""
	p.Why = lang.T("pile.why.back", reason)
	return was, nil
}
