package web

import (
	"net/http"

	"hefa/internal/gate"
)

// registerArchive is the files of people, the boxes that they stand in, and their loans.
func (s *Server) registerArchive(mux *http.ServeMux, page func(string, gate.Handler)) {
	page("GET /archive", s.dossiers)
	mux.Handle("GET /archive/list.xlsx", s.door.Long(s.signed(s.dossiersExport)))
	mux.Handle("POST /archive/find", s.door.Upload(uploadLimit, s.signed(s.archiveFind)))
	page("GET /archive/files/{id}", s.dossier)
	page("GET /archive/files/{id}/papers.pdf", s.dossierPapers)
	page("POST /archive/files/{id}/pages", s.dossierCount)
	page("POST /archive/files/{id}/papers", s.dossierAdd)
	page("GET /archive/files/{id}/papers/{item}", s.dossierPaper)
	page("POST /archive/files/{id}/papers/{item}", s.dossierPaper)
	page("POST /archive/files/{id}/move", s.dossierMove)
	page("POST /archive/files/{id}/marks", s.dossierMark)
	page("POST /archive/files/{id}/marks/lift", s.dossierLift)
	page("GET /archive/lacks", s.lacks)
	mux.Handle("GET /archive/lacks.xlsx", s.door.Long(s.signed(s.lacksExport)))
	page("GET /archive/ends", s.ends)
	page("POST /archive/ends", s.endsFile)
	mux.Handle("GET /archive/ends.xlsx", s.door.Long(s.signed(s.endsExport)))
	page("POST /archive/files/{id}/loans", s.dossierAsk)
	page("GET /archive/boxes", s.boxes)
	page("GET /archive/shelves.pdf", s.shelves)
	page("GET /archive/boxes/{id}", s.box)
	page("POST /archive/boxes/{id}", s.boxPlace)
	page("POST /archive/boxes/{id}/count", s.boxCount)
	page("GET /archive/boxes/{id}/labels.pdf", s.boxLabels)
	page("GET /archive/loans", s.loans)
	page("POST /archive/loans/{id}/decide", s.loanDecide)
	page("POST /archive/loans/{id}/take", s.loanTake)
	page("POST /archive/loans/{id}/return", s.loanReturn)
	page("GET /archive/appraisals", s.appraisals)
	page("POST /archive/appraisals", s.appraisalDraw)
	page("GET /archive/appraisals/{id}", s.appraisal)
	page("GET /archive/appraisals/{id}/register.pdf", s.appraisalRegister)
	page("POST /archive/appraisals/{id}/files", s.appraisalFind)
	page("POST /archive/appraisals/{id}/propose", s.appraisalPropose)
	page("POST /archive/appraisals/{id}/decide", s.appraisalDecide)
	page("POST /archive/appraisals/{id}/destroy", s.appraisalDestroy)
}

// registerPiles is scanned piles of papers.
func (s *Server) registerPiles(mux *http.ServeMux, page func(string, gate.Handler)) {
	page("GET /piles", s.piles)
	page("GET /piles/new", s.pileNew)
	mux.Handle("POST /piles", s.door.Upload(pileLimit, s.signed(s.pileTake)))
	page("GET /piles/{id}", s.pile)
	page("GET /piles/{id}/progress", s.pileProgress)
	page("GET /piles/{id}/pages/{page}", s.pilePage)
	page("POST /piles/{id}/pages/{page}", s.pilePage)
	page("GET /piles/{id}/pieces/{piece}", s.piece)
	page("POST /piles/{id}/pieces/{piece}/file", s.pieceFile)
	page("POST /piles/{id}/pieces/{piece}/arrange", s.pieceArrange)
	page("POST /piles/{id}/pieces/{piece}/discard", s.pieceDiscard)
	page("POST /piles/{id}/pieces/{piece}/back", s.pieceBack)
}

// registerAgreements is the agreements with hospitals, their doctors, and the scans of what was signed.
func (s *Server) registerAgreements(mux *http.ServeMux, page func(string, gate.Handler)) {
	page("GET /agreements", s.agreements)
	page("POST /agreements", s.agreementAdd)
	page("GET /agreements/new", s.agreementNew)
	page("GET /agreements/{id}", s.agreement)
	page("POST /agreements/{id}", s.agreementSave)
	page("GET /agreements/{id}/scans/{no}", s.agreementScan)
	mux.Handle("POST /agreements/{id}/scans", s.door.Upload(uploadLimit, s.signed(s.agreementScanAdd)))
	page("GET /orgs/{id}/scans/{no}", s.designationScan)
	mux.Handle("POST /orgs/{id}/scans", s.door.Upload(uploadLimit, s.signed(s.designationScanAdd)))
	page("GET /doctors", s.doctors)
	page("GET /doctors/{id}", s.doctor)
	page("POST /doctors/{id}", s.doctorSave)
	page("GET /doctors/{id}/scans/{no}", s.specimenScan)
	mux.Handle("POST /doctors/{id}/scans", s.door.Upload(uploadLimit, s.signed(s.specimenScanAdd)))
}

// registerReassessments is examinations by other doctors who see nothing of the first, and second signatures.
func (s *Server) registerReassessments(page func(string, gate.Handler)) {
	page("GET /applications/{id}/appeal/order", s.reassessmentOrder)
	page("POST /applications/{id}/appeal/order", s.reassessmentOrderDo)
	page("GET /reassessments", s.reassessments)
	page("GET /reassessments/{id}", s.reassessment)
	page("POST /reassessments/{id}", s.reassessmentDo)
	page("GET /signatures", s.signatures)
	page("POST /applications/{id}/countersign", s.applicationCountersign)
}
