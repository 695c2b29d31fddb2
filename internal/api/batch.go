package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/card"
	"hefa/internal/day"
	"hefa/internal/records"
	"hefa/internal/region"
)

// Batch is one township's cards of one print run.
type Batch struct {
	ID         string   `json:"id"`
	No         string   `json:"no"`
	Region     string   `json:"region"`
	Cards      int      `json:"cards"`
	Made       day.Day  `json:"made"`
	Dispatched day.Day  `json:"dispatched" doc:"empty while it is at the county"`
	Seal       string   `json:"seal"`
	Bearer     string   `json:"bearer"`
	Received   day.Day  `json:"received" doc:"empty until the township counted it"`
	Receiver   string   `json:"receiver"`
	Count      int      `json:"count" doc:"as the township counted"`
	Read       int      `json:"read" doc:"serials that were looked at, 0 when the bag was only counted"`
	Missing    []string `json:"missing" doc:"serials that should have been in it"`
	Strange    []string `json:"strange" doc:"serials that should not"`
	Departure  string   `json:"departure" doc:"in which way it differs, in words"`
}

func batchOf(b card.Batch) Batch {
	serials := func(s []string) []string { return append([]string{}, s...) }
	return Batch{string(b.ID), b.No, string(b.Region), b.Cards, b.Made, b.Dispatched, b.Seal, b.Bearer, b.Received, b.Receiver, b.Count, b.Read, serials(b.Missing), serials(b.Strange), b.Departure}
}

type batchQuery struct {
	Region string `query:"region" maxLength:"12"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"36"`
}

type batchParcel struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Seal   string  `json:"seal,omitempty" maxLength:"160"`
		Bearer string  `json:"bearer,omitempty" maxLength:"160"`
		Left   day.Day `json:"left,omitempty" doc:"day on which it left; empty for today"`
	}
}

type batchFound struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Count   int      `json:"count"`
		Serials []string `json:"serials,omitempty" maxItems:"1000"`
		Whole   bool     `json:"whole" doc:"the seal was unbroken, or there was none"`
		Note    string   `json:"note,omitempty" maxLength:"800" doc:"wanted where something differs"`
		On      day.Day  `json:"on,omitempty" doc:"day on which it came in; empty for today"`
	}
}

type batchChips struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Reason string `json:"reason" maxLength:"800"`
	}
}

// batches puts the operations on print batches on the API.
func (s *Server) batches(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1/batches" + path, Tags: []string{"cards"}, Summary: summary}
	}
	huma.Register(a, op("batch-list", http.MethodGet, "", "List print batches, the latest first"), func(ctx context.Context, in *batchQuery) (*body[list[Batch]], error) {
		all, err := s.Records.Batches(ctx, actor(ctx), records.BatchFilter{Region: region.Code(in.Region), After: card.BatchID(in.After), Limit: in.Limit})
		if err != nil {
			return nil, failed(ctx, err)
		}
		out := &body[list[Batch]]{list[Batch]{Items: []Batch{}}}
		for _, b := range all.Rows {
			out.Body.Items = append(out.Body.Items, batchOf(b.Batch))
		}
		if all.More {
			out.Body.Next = string(all.Rows[len(all.Rows)-1].ID)
		}
		return out, nil
	})
	huma.Register(a, op("batch-dispatch", http.MethodPost, "/{id}/dispatch", "Send every card of a batch to its township, once all are good"), func(ctx context.Context, in *batchParcel) (*body[Batch], error) {
		return s.batchAfter(ctx, in.ID, s.Records.DispatchBatch(ctx, actor(ctx), card.BatchID(in.ID), card.Parcel{Seal: in.Body.Seal, Bearer: in.Body.Bearer, Left: in.Body.Left}))
	})
	huma.Register(a, op("batch-chips", http.MethodPost, "/{id}/chips", "Ask for the chip data of a batch of cards; an approver grants it as a disclosure"), func(ctx context.Context, in *batchChips) (*body[Disclosure], error) {
		id, err := s.Records.AskChips(ctx, actor(ctx), card.BatchID(in.ID), in.Body.Reason)
		if err != nil {
			return nil, failed(ctx, err)
		}
		return s.disclosureShown(ctx, id)
	})
	huma.Register(a, op("batch-receive", http.MethodPost, "/{id}/receive", "Note that a batch came in at its township and what was in the bag"), func(ctx context.Context, in *batchFound) (*body[Batch], error) {
		b := in.Body
		return s.batchAfter(ctx, in.ID, s.Records.ReceiveBatch(ctx, actor(ctx), card.BatchID(in.ID), card.Found{Count: b.Count, Serials: b.Serials, Whole: b.Whole, Note: b.Note, On: b.On}))
	})
}

// batchAfter is the batch after an act on it that gave err.
func (s *Server) batchAfter(ctx context.Context, id string, err error) (*body[Batch], error) {
	if err != nil {
		return nil, failed(ctx, err)
	}
	b, err := s.Records.Batch(ctx, actor(ctx), card.BatchID(id))
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Batch]{batchOf(b.Batch)}, nil
}
