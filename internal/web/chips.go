package web

import (
	"bytes"
	"net/http"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/disclosure"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// chips shows the form that asks for the chip data of a batch.
func (s *Server) chips(w http.ResponseWriter, r *http.Request) error {
	return s.chipsShow(w, r, http.StatusOK, nil)
}

func (s *Server) chipsShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	b, err := s.records.Batch(r.Context(), actor(r), batchID(r))
	if err == nil {
		err = actor(r).May(access.ApplicationPrint, b.Region)
	}
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("chip.title"))
	p.Caption, p.Problems = lang.T("batch.title", b.No), look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("batches.title"), Href: "/batches"}, {Text: lang.T("batch.title", b.No), Href: batchHref(b.ID)}}
	return show(w, r, status, chipsPage(p, batchView{b, r, actor(r)}))
}

// chipsAsk asks for the chip data of a batch.
func (s *Server) chipsAsk(w http.ResponseWriter, r *http.Request) error {
	id, err := s.records.AskChips(r.Context(), actor(r), batchID(r), r.PostFormValue("reason"))
	if again(err) {
		return s.chipsShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, disclosureHref(id), "chip.asked")
}

// chipsTake sends the granted chip data.
func (s *Server) chipsTake(w http.ResponseWriter, r *http.Request) error {
	id := disclosure.ID(r.PathValue("id"))
	err := s.confirm(r, access.DisclosureTake)
	if err == nil {
		err = file(w, lang.T("chip.file"), "application/jsonl", func(b *bytes.Buffer) error { return s.records.TakeChips(r.Context(), actor(r), id, b) })
	}
	if again(err) {
		return s.disclosureShow(w, r, "", err)
	}
	return err
}

// chips says whether the reader can ask for the chip data of the batch.
func (v batchView) chips() bool {
	return v.Make == certificate.Card && v.Dispatched == "" && v.by.Can(access.ApplicationPrint)
}

func (v batchView) chipReason() look.Input {
	return look.Input{Field: look.Field{Name: "reason", Label: lang.T("chip.reason"), Hint: lang.T("chip.reason.hint")}, Value: v.r.PostFormValue("reason"), Complete: "off"}
}

// takes is what stands above the form that takes the list or the chip data out.
func (v disclosureView) takes() string {
	if v.Chips() {
		return lang.T("chip.take.text", v.Until.Chinese(), strconv.Itoa(v.Left))
	}
	return lang.T("disclosure.take.text", v.Until.Chinese(), strconv.Itoa(v.Left))
}

// takeAt is where that form is sent.
func (v disclosureView) takeAt() string {
	if v.Chips() {
		return disclosureHref(v.ID) + "/chips"
	}
	return disclosureHref(v.ID) + "/take"
}

// of is the batch whose chip data this is.
func (v disclosureView) of() string { return batchHref(card.BatchID(v.Filter.Batch)) }
