package web

import (
	"net/http"
	"strconv"

	"hefa/internal/card"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/records"
)

func signedHref(of card.BatchID, scan string) string { return batchHref(of) + "/signed/" + scan }

// batchSigned is a scanned page of the sheet on which people signed for their cards, for a reason.
func (s *Server) batchSigned(w http.ResponseWriter, r *http.Request) error {
	kind, content, err := s.records.SignedPage(r.Context(), actor(r), batchID(r), r.PathValue("scan"), r.PostFormValue("reason"))
	return s.archived(w, r, kept{lang.T("register.scan"), kind, content, look.Link{Text: lang.T("register.back"), Href: batchHref(batchID(r))}}, err)
}

// signed is the pages of one register in their order, with what came back of each.
func (v batchView) signed(one records.Signed) look.Table {
	t := look.Table{Caption: lang.T("register.caption", one.No, one.Printed, one.Back(), one.Pages), Columns: []look.Column{{Text: lang.T("register.page.no"), Tight: true},
		{Text: lang.T("register.lines"), Tight: true}, {Text: lang.T("register.received"), Tight: true}, {Text: lang.T("register.scan")}, {Text: lang.T("pile.column.by")}}}
	for _, p := range one.Leaves {
		first := []look.Cell{{Text: lang.T("pile.page", p.No)}, {Text: strconv.Itoa(p.First) + "–" + strconv.Itoa(p.Last)}}
		if len(p.Scans) == 0 {
			t.Rows = append(t.Rows, look.Row{Cells: append(first, look.Cell{Tag: look.Tag{Text: lang.T("register.out"), Colour: look.Yellow}}, look.Cell{}, look.Cell{})})
		}
		for _, s := range p.Scans {
			t.Rows = append(t.Rows, look.Row{Cells: append(first[:2:2], look.Cell{Text: string(s.Received)},
				look.Cell{Text: lang.T("register.open", p.No), Href: signedHref(v.ID, s.ID)}, look.Cell{Text: s.Clerk})})
		}
	}
	return t
}
