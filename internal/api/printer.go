package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/region"
)

// PrinterText is a printer as it is set up. Lengths are whole tenths of a millimetre.
type PrinterText struct {
	Name     string        `json:"name" maxLength:"200"`
	Make     string        `json:"make,omitempty" enum:"book,card" doc:"what it prints; only for a new printer"`
	Width    int           `json:"width" doc:"of the sheet, in tenths of a millimetre, as all lengths"`
	Height   int           `json:"height"`
	Places   []PrinterSpot `json:"places" maxItems:"20" doc:"top left corner of each certificate on the sheet"`
	Front    PrinterSpot   `json:"front" doc:"offset of the front"`
	Back     PrinterSpot   `json:"back,omitempty" doc:"offset of the back; a book has none"`
	Mirrored bool          `json:"mirrored,omitempty" doc:"the sheet is turned over like a page"`
	Retired  bool          `json:"retired,omitempty" doc:"it is not offered any more"`
	Version  int           `json:"version,omitempty" doc:"as read; only for a change"`
}

// PrinterSpot is a place or an offset, from the left and from the top.
type PrinterSpot struct {
	X int `json:"x" doc:"to the right"`
	Y int `json:"y" doc:"downwards"`
}

// Printer is a printer of a county.
type Printer struct {
	ID     string `json:"id"`
	County string `json:"county"`
	PrinterText
}

func spotOf(s card.Spot) PrinterSpot { return PrinterSpot{int(s.X), int(s.Y)} }

func (s PrinterSpot) spot() card.Spot { return card.Spot{X: card.Tenth(s.X), Y: card.Tenth(s.Y)} }

func printerOf(p card.Printer) Printer {
	out := Printer{string(p.ID), string(p.Region), PrinterText{Name: p.Name, Make: string(p.Make), Width: int(p.Width), Height: int(p.Height), Places: []PrinterSpot{},
		Front: spotOf(p.Front), Back: spotOf(p.Back), Mirrored: p.Mirrored, Retired: p.Retired, Version: p.Version}}
	for _, s := range p.Places {
		out.Places = append(out.Places, spotOf(s))
	}
	return out
}

func (t PrinterText) printer(id string) card.Printer {
	p := card.Printer{ID: card.PrinterID(id), Name: t.Name, Make: certificate.Kind(t.Make), Width: card.Tenth(t.Width), Height: card.Tenth(t.Height), Front: t.Front.spot(),
		Back: t.Back.spot(), Mirrored: t.Mirrored, Retired: t.Retired, Version: t.Version}
	for _, s := range t.Places {
		p.Places = append(p.Places, s.spot())
	}
	return p
}

type printerQuery struct {
	Region string `query:"region" maxLength:"12" doc:"the county; empty for the account's own"`
}

// printers puts the printers on the API; an act answers with the printer.
func (s *Server) printers(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1/printers" + path, Tags: []string{"cards"}, Summary: summary}
	}
	huma.Register(a, op("printer-list", http.MethodGet, "", "List the printers of a county"), func(ctx context.Context, in *printerQuery) (*body[list[Printer]], error) {
		all, err := s.Records.Printers(ctx, actor(ctx), region.Code(in.Region))
		if err != nil {
			return nil, failed(ctx, err)
		}
		out := &body[list[Printer]]{list[Printer]{Items: []Printer{}}}
		for _, p := range all {
			out.Body.Items = append(out.Body.Items, printerOf(p))
		}
		return out, nil
	})
	huma.Register(a, op("printer-add", http.MethodPost, "", "Set up a printer"), func(ctx context.Context, in *struct {
		Body struct {
			PrinterText
			Region string `json:"region,omitempty" maxLength:"12" doc:"the county; empty for the account's own"`
		}
	}) (*body[Printer], error) {
		p := in.Body.printer("")
		p.Region = region.Code(in.Body.Region)
		id, err := s.Records.AddPrinter(ctx, actor(ctx), p)
		return s.printerAfter(ctx, string(id), err)
	})
	huma.Register(a, op("printer-edit", http.MethodPost, "/{id}", "Change a printer's sheet, places and offsets, or take it off the offer"), func(ctx context.Context, in *struct {
		ID   string `path:"id" maxLength:"36"`
		Body PrinterText
	}) (*body[Printer], error) {
		return s.printerAfter(ctx, in.ID, s.Records.EditPrinter(ctx, actor(ctx), in.Body.printer(in.ID)))
	})
}

// printerAfter is the printer after an act on it that gave err.
func (s *Server) printerAfter(ctx context.Context, id string, err error) (*body[Printer], error) {
	if err != nil {
		return nil, failed(ctx, err)
	}
	p, err := s.Records.Printer(ctx, actor(ctx), card.PrinterID(id))
	if err != nil {
		return nil, failed(ctx, err)
	}
	return &body[Printer]{printerOf(p)}, nil
}
