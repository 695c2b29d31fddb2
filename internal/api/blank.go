package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/records"
	"hefa/internal/region"
)

// Blank is one numbered blank.
type Blank struct {
	Serial  string  `json:"serial"`
	Kind    string  `json:"kind" enum:"book-red,book-green,card-red,card-blue"`
	State   string  `json:"state" enum:"stock,issued,used,spoiled,lost,returned"`
	Desk    string  `json:"desk" doc:"the desk at which it lies or ended, empty in the store"`
	Reason  string  `json:"reason" doc:"why it was spoiled, lost or sent back"`
	Witness string  `json:"witness" doc:"the second person at a loss"`
	Moved   day.Day `json:"moved" doc:"day of its last step"`
}

// BlankStand is one line of the book: received is at all times the sum of the states.
type BlankStand struct {
	Kind     string         `json:"kind"`
	Received int            `json:"received"`
	States   map[string]int `json:"states" doc:"state → how many"`
}

// BlankDesk is a desk with the day that it closes next.
type BlankDesk struct {
	Desk    string         `json:"desk"`
	Day     day.Day        `json:"day"`
	Held    map[string]int `json:"held" doc:"kind → how many"`
	Used    int            `json:"used"`
	Spoiled int            `json:"spoiled"`
	Lost    int            `json:"lost"`
	Done    bool           `json:"done" doc:"nothing happened there since the last close"`
}

// BlankBook is the county's book of blanks.
type BlankBook struct {
	County string       `json:"county"`
	Kinds  []BlankStand `json:"kinds"`
	Desks  []BlankDesk  `json:"desks"`
}

// BlankPlace is where a book of blanks is kept.
type BlankPlace struct {
	Region string `query:"region" doc:"code of the county; empty for the account's own" maxLength:"12"`
}

type blankQuery struct {
	Region string `query:"region" doc:"code of the county; empty for the account's own" maxLength:"12"`
	State  string `query:"state" enum:"stock,issued,used,spoiled,lost,returned"`
	Kind   string `query:"kind" enum:"book-red,book-green,card-red,card-blue"`
	Desk   string `query:"desk" maxLength:"20"`
	Serial string `query:"serial" doc:"beginning of the serial" maxLength:"30"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"30"`
}

// BlankRun is blanks with serials that follow each other.
type BlankRun struct {
	First string `json:"first" doc:"first serial, ending in digits" maxLength:"40"`
	Count int    `json:"count" doc:"1 to 5000"`
}

type blankReceiving struct {
	BlankRun
	Kind     string `json:"kind" enum:"book-red,book-green,card-red,card-blue"`
	Supplier string `json:"supplier" maxLength:"200"`
}

type blankIssuing struct {
	BlankRun
	Desk string `json:"desk" maxLength:"200"`
}

type blankReturning struct {
	BlankRun
	Reason string `json:"reason" maxLength:"4000"`
}

type blankLosing struct {
	Serial  string `json:"serial" maxLength:"40"`
	Reason  string `json:"reason" maxLength:"4000"`
	Witness string `json:"witness" doc:"the second person, another than the one whose token this is" maxLength:"200"`
	Found   bool   `json:"found,omitempty" doc:"it turned up again"`
}

type blankClosing struct {
	Desk    string         `json:"desk" maxLength:"200"`
	Counted map[string]int `json:"counted" doc:"kind → how many were counted; kinds left out count as none"`
}

// blankAct is one operation on blanks; it answers with the book as it stands then.
func blankAct[B any](s *Server, a huma.API, name, summary string, do func(ctx context.Context, by access.Actor, b B) error) {
	type input struct{ Body B }
	huma.Register(a, huma.Operation{OperationID: "blank-" + name, Method: http.MethodPost, Path: "/api/v1/blanks/" + name, Tags: []string{"blanks"}, Summary: summary},
		func(ctx context.Context, in *input) (*body[BlankBook], error) {
			if err := do(ctx, actor(ctx), in.Body); err != nil {
				return nil, failed(ctx, err)
			}
			return s.blankBook(ctx, &BlankPlace{})
		})
}

// blanks puts the book of blanks on the API.
func (s *Server) blanks(a huma.API) {
	huma.Register(a, huma.Operation{OperationID: "blank-list", Method: http.MethodGet, Path: "/api/v1/blanks", Tags: []string{"blanks"}, Summary: "List blanks by serial"}, s.blankList)
	huma.Register(a, huma.Operation{OperationID: "blank-book", Method: http.MethodGet, Path: "/api/v1/blanks/book", Tags: []string{"blanks"},
		Summary: "Read the book of blanks: what was received and where it is, each desk"}, s.blankBook)
	blankAct(s, a, "receive", "Take a delivery in", func(ctx context.Context, by access.Actor, b blankReceiving) error {
		return s.Records.ReceiveBlanks(ctx, by, card.Receipt{Run: card.Run{Kind: card.Kind(b.Kind), First: b.First, Count: b.Count}, Supplier: b.Supplier})
	})
	blankAct(s, a, "issue", "Hand blanks to a desk", func(ctx context.Context, by access.Actor, b blankIssuing) error {
		return s.Records.IssueBlanks(ctx, by, "", card.Run{First: b.First, Count: b.Count}, b.Desk)
	})
	blankAct(s, a, "return", "Take blanks from a desk into the store, or from the store back to the supplier", func(ctx context.Context, by access.Actor, b blankReturning) error {
		return s.Records.ReturnBlanks(ctx, by, "", card.Run{First: b.First, Count: b.Count}, b.Reason)
	})
	blankAct(s, a, "lose", "Record a blank as lost, or as found again, with two names", func(ctx context.Context, by access.Actor, b blankLosing) error {
		return s.Records.LoseBlank(ctx, by, "", records.Loss(b))
	})
	blankAct(s, a, "close", "Close a desk's day on its count", func(ctx context.Context, by access.Actor, b blankClosing) error {
		c := card.Count{}
		for k, n := range b.Counted {
			c[card.Kind(k)] = n
		}
		return s.Records.CloseDesk(ctx, by, "", b.Desk, c)
	})
}

func (s *Server) blankList(ctx context.Context, in *blankQuery) (*body[list[Blank]], error) {
	all, more, err := s.Records.Blanks(ctx, actor(ctx), records.BlankFilter{County: region.Code(in.Region), State: card.BlankState(in.State), Kind: card.Kind(in.Kind),
		Desk: in.Desk, From: in.Serial, After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Blank]]{list[Blank]{Items: []Blank{}}}
	for _, b := range all {
		out.Body.Items = append(out.Body.Items, Blank{b.Serial, string(b.Kind), string(b.State), b.Desk, b.Reason, b.Witness, b.Moved})
	}
	if more {
		out.Body.Next = all[len(all)-1].Serial
	}
	return out, nil
}

func (s *Server) blankBook(ctx context.Context, in *BlankPlace) (*body[BlankBook], error) {
	b, err := s.Records.Book(ctx, actor(ctx), region.Code(in.Region))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[BlankBook]{BlankBook{County: string(b.County), Kinds: []BlankStand{}, Desks: []BlankDesk{}}}
	for _, k := range card.Kinds {
		if b.Received[k] > 0 {
			out.Body.Kinds = append(out.Body.Kinds, BlankStand{string(k), b.Received[k], tallied(b.Tally[k])})
		}
	}
	for _, d := range b.Desks {
		out.Body.Desks = append(out.Body.Desks, BlankDesk{d.Desk, d.Day, tallied(d.Held), d.Used, d.Spoiled, d.Gone, d.Done})
	}
	return out, nil
}

// tallied is a count with its keys as plain text.
func tallied[K ~string](m map[K]int) map[string]int {
	out := map[string]int{}
	for k, n := range m {
		out[string(k)] = n
	}
	return out
}
