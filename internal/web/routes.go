package web

import (
	"net/http"

	"hefa/internal/fieldwork"
	"hefa/internal/gate"
	"hefa/internal/look"
	"hefa/internal/registry"
)

// Register puts the whole site on a mux: one line a page.
func (s *Server) Register(mux *http.ServeMux) {
	open := func(pattern string, h gate.Handler) { mux.Handle(pattern, s.door.Page(h)) }
	page := func(pattern string, h gate.Handler) { mux.Handle(pattern, s.door.Page(s.signed(h))) }

	// Signing in and the own account.
	mux.Handle("GET /assets/", look.Assets())
	open("GET /sign-in", s.signIn)
	open("POST /sign-in", s.signInTry)
	page("GET /sign-in/code", s.signInCode)
	page("POST /sign-in/code", s.signInCodeTry)
	page("POST /sign-out", s.signOut)

	// The tray and cases.
	page("GET /{$}", s.tray)
	page("GET /applications/new", s.intakeNew)
	page("POST /applications/new", s.intakeOpen)
	page("GET /applications/{id}", s.application)
	page("GET /applications/{id}/edit", s.applicationEdit)
	page("POST /applications/{id}/edit", s.applicationEditSave)
	page("POST /applications/{id}/submit", s.applicationSubmit)
	mux.Handle("POST /applications/{id}/attachments", s.door.Upload(uploadLimit, s.signed(s.attachmentAdd)))
	page("GET /applications/{id}/attachments/{file}", s.attachmentShow)
	page("POST /applications/{id}/attachments/{file}", s.attachmentShow)
	page("POST /applications/{id}/attachments/{file}/remove", s.attachmentRemove)
	page("GET /applications", s.applications)
	mux.Handle("GET /applications.xlsx", s.door.Long(s.signed(s.applicationsExport)))
	page("GET /applications/{id}/next", s.applicationNext)
	page("GET /applications/{id}/appeal", s.appeal)
	page("POST /applications/{id}/appeal", s.appealDo)
	page("GET /appeals", s.appeals)
	page("GET /applications/{id}/slip.pdf", s.applicationSlip)
	page("GET /applications/{id}/letters/{letter}", s.applicationLetter)
	page("POST /applications/{id}/accept", s.applicationAccept)
	page("POST /applications/{id}/return", s.applicationReturn)
	page("POST /applications/{id}/decline", s.applicationDecline)
	page("POST /applications/{id}/withdraw", s.applicationWithdraw)
	page("POST /applications/{id}/urge", s.applicationUrge)
	page("POST /applications/{id}/handover", s.applicationHandover)
	mux.Handle("POST /applications/{id}/package", s.door.Long(s.signed(s.applicationPackage)))

	s.registerCards(page)
	s.registerBlanks(page)
	s.registerLists(mux, page)
	s.registerSessions(mux, page)
	s.registerNotices(page)
	s.registerReminders(mux, page)
	s.registerLapses(mux, page)
	s.registerOwn(page)
	s.registerHouse(mux, page)
	s.registerHospitals(page)
	s.registerArchive(mux, page)
	s.registerMessages(page)

	// The register.
	page("GET /overview", s.overview)
	page("GET /watch", s.grades)
	page("GET /watch/cases", s.gradeCases)
	mux.Handle("GET /watch/list.xlsx", s.door.Long(s.signed(s.gradesExport)))
}

// registerCards is review, approval, batches and the hand-over of cards.
func (s *Server) registerCards(page func(string, gate.Handler)) {
	page("POST /applications/{id}/review", s.applicationReview)
	page("POST /applications/{id}/rereview", s.applicationRereview)
	page("POST /applications/{id}/approve", s.applicationApprove)
	page("POST /applications/approve", s.applicationsApprove)
	page("POST /applications/{id}/refuse", s.applicationRefuse)
	page("POST /applications/{id}/print", s.applicationPrint)
	page("POST /applications/{id}/spoil", s.applicationSpoil)
	page("POST /applications/{id}/dispatch", s.applicationDispatch)
	page("POST /applications/{id}/deliver", s.applicationDeliver)
	page("POST /applications/{id}/file", s.applicationFile)
	page("GET /batches", s.batches)
	page("GET /batches/new", s.batchNew)
	page("POST /batches", s.batchPrepare)
	page("GET /batches/{id}", s.batch)
	page("POST /batches/{id}/good", s.batchGood)
	page("POST /batches/{id}/spoil", s.batchSpoil)
	page("POST /batches/{id}/print", s.batchPrint)
	page("POST /batches/{id}/dispatch", s.batchDispatch)
	page("POST /batches/{id}/receive", s.batchReceive)
	page("GET /batches/{id}/booklets.pdf", s.batchBooklets)
	page("GET /batches/{id}/dispatch.pdf", s.batchDispatchList)
	page("GET /batches/{id}/register.pdf", s.batchRegister)
	page("GET /batches/{id}/cards.xlsx", s.batchExport)
	page("POST /applications/{id}/reprint", s.applicationReprint)
	page("GET /recalls", s.recalls)
	page("POST /recalls", s.recallsDestroy)
	page("GET /recalls/list.xlsx", s.recallsExport)
	page("GET /recalls/{id}/record.pdf", s.recallRecord)
	page("GET /deliveries", s.deliveries)
	page("POST /deliveries", s.deliveriesNotify)
	page("GET /deliveries.xlsx", s.deliveriesExport)
	page("GET /deliveries/{id}", s.delivery)
	page("POST /deliveries/{id}", s.deliveryTake)
}

// registerArchive is the files of people, the boxes that they stand in, and their loans.
func (s *Server) registerArchive(mux *http.ServeMux, page func(string, gate.Handler)) {
	page("GET /archive", s.dossiers)
	mux.Handle("GET /archive/list.xlsx", s.door.Long(s.signed(s.dossiersExport)))
	mux.Handle("POST /archive/find", s.door.Upload(uploadLimit, s.signed(s.archiveFind)))
	page("GET /archive/files/{id}", s.dossier)
	page("GET /archive/files/{id}/papers.pdf", s.dossierPapers)
	page("POST /archive/files/{id}/pages", s.dossierCount)
	page("POST /archive/files/{id}/papers", s.dossierAdd)
	page("POST /archive/files/{id}/move", s.dossierMove)
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
}

// registerBlanks is the book of blanks, and the printers.
func (s *Server) registerBlanks(page func(string, gate.Handler)) {
	page("GET /printers", s.printers)
	page("POST /printers", s.printerAdd)
	page("GET /printers/new", s.printerNew)
	page("GET /printers/{id}", s.printer)
	page("POST /printers/{id}", s.printerSave)
	page("GET /printers/{id}/test.pdf", s.printerTest)
	page("GET /blanks", s.blanks)
	page("GET /blanks/list", s.blankList)
	page("GET /blanks/list/export", s.blankListExport)
	page("GET /blanks/receive", s.blanksReceive)
	page("POST /blanks/receive", s.blanksReceived)
	page("GET /blanks/issue", s.blanksIssue)
	page("POST /blanks/issue", s.blanksIssued)
	page("GET /blanks/return", s.blanksReturn)
	page("POST /blanks/return", s.blanksReturned)
	page("GET /blanks/lose", s.blanksLose)
	page("POST /blanks/lose", s.blanksLost)
	page("GET /blanks/close", s.blanksClose)
	page("POST /blanks/close", s.blanksClosed)
}

// registerNotices is public notices and objections.
func (s *Server) registerNotices(page func(string, gate.Handler)) {
	page("GET /notices", s.notices)
	page("POST /notices", s.noticeAdd)
	page("GET /notices/list.xlsx", s.noticesExport)
	page("GET /notices/new", s.noticeNew)
	page("GET /notices/{id}", s.notice)
	page("GET /notices/{id}/list.pdf", s.noticeList)
	page("POST /notices/{id}/close", s.noticeClose)
	page("POST /applications/{id}/announce", s.applicationAnnounce)
	page("POST /applications/{id}/object", s.applicationObject)
	page("POST /applications/{id}/resolve", s.applicationResolve)
	page("POST /applications/{id}/close", s.applicationClose)
}

// registerSessions is the hospitals' days and what doctors conclude there.
func (s *Server) registerSessions(mux *http.ServeMux, page func(string, gate.Handler)) {
	page("GET /sessions", s.sessions)
	page("GET /sessions/export", s.sessionsExport)
	page("GET /sessions/plan", s.sessionPlan)
	page("POST /sessions", s.sessionAdd)
	page("GET /sessions/tour", s.tour)
	page("POST /sessions/tour", s.tourMake)
	page("GET /sessions/{id}", s.session)
	page("GET /sessions/{id}/change", s.sessionChange)
	page("POST /sessions/{id}/change", s.sessionSave)
	page("POST /sessions/{id}/schedule", s.sessionSchedule)
	page("POST /sessions/{id}/miss", s.sessionMiss)
	page("GET /sessions/{id}/list.pdf", s.sessionList)
	page("GET /sessions/{id}/route.pdf", s.sessionRoute)
	page("GET /sessions/{id}/summons.pdf", s.sessionSummons)
	page("POST /applications/{id}/schedule", s.applicationSchedule)
	page("GET /applications/{id}/evaluation.pdf", s.applicationEvaluation)
	page("GET /applications/{id}/assess", s.applicationAssessForm)
	page("POST /applications/{id}/assess", s.applicationAssess)
	page("POST /applications/{id}/confirm", s.applicationConfirm)
	page("GET /applications/{id}/pathway", s.pathway)
	page("POST /applications/{id}/pathway", s.pathwayChoose)
	page("GET /applications/{id}/remote", s.remote)
	page("POST /applications/{id}/remote", s.remoteDo)
	mux.Handle("POST /applications/{id}/evidence", s.door.Upload(evidenceLimit, s.signed(s.evidenceAdd)))
	page("GET /pathways", s.pathways)
	mux.Handle("GET /pathways/list.xlsx", s.door.Long(s.signed(s.pathwaysExport)))
	page("GET /grading", s.grading)
	page("POST /grading", s.gradingTry)
}

// registerLists is the townships' lists, those of deaths and moves, and those with whole numbers that leave the register.
func (s *Server) registerLists(mux *http.ServeMux, page func(string, gate.Handler)) {
	page("GET /rosters", s.rosters)
	page("GET /rosters/new", s.rosterNew)
	mux.Handle("POST /rosters", s.door.Upload(fieldwork.FileLimit+1<<20, s.signed(s.rosterAdd)))
	page("GET /rosters/{id}", s.roster)
	page("GET /rosters/{id}/progress", s.rosterProgress)
	page("POST /rosters/{id}/confirm", s.rosterConfirm)
	page("POST /rosters/{id}/drop", s.rosterDrop)
	mux.Handle("GET /rosters/{id}/rejected.xlsx", s.door.Long(s.signed(s.rosterRejected)))
	page("GET /departures", s.departures)
	page("GET /departures/new", s.departuresNew)
	mux.Handle("POST /departures", s.door.Upload(registry.DepartureFileLimit+1<<20, s.signed(s.departuresTake)))
	page("POST /departures/decide", s.departuresDecide)
	mux.Handle("GET /departures/list.xlsx", s.door.Long(s.signed(s.departuresExport)))
	page("GET /disclosures", s.disclosures)
	page("GET /disclosures/new", s.disclosureNew)
	page("POST /disclosures", s.disclosureAsk)
	page("GET /disclosures/{id}", s.disclosure)
	page("POST /disclosures/{id}/judge", s.disclosureJudge)
	mux.Handle("POST /disclosures/{id}/take", s.door.Long(s.signed(s.disclosureTake)))
	page("GET /listed", s.listed)
	page("POST /listed", s.listedOpen)
	mux.Handle("GET /listed.xlsx", s.door.Long(s.signed(s.listedExport)))
}

// registerReminders is the letters of the renewal round and their slips.
func (s *Server) registerReminders(mux *http.ServeMux, page func(string, gate.Handler)) {
	long := func(pattern string, h gate.Handler) { mux.Handle(pattern, s.door.Long(s.signed(h))) }
	page("GET /reminders", s.reminders)
	page("POST /reminders/send", s.remindersSend)
	page("POST /reminders/round", s.remindersRound)
	page("GET /reminders/find", s.reminderFind)
	long("GET /reminders/list.xlsx", s.remindersExport)
	long("GET /reminders/roster.pdf", s.remindersRoster)
	long("GET /reminders/letters.pdf", s.remindersLetters)
	long("GET /reminders/letters.zip", s.remindersFiles)
	page("GET /reminders/scans", s.reminderScans)
	mux.Handle("POST /reminders/scans", s.door.Upload(uploadLimit, s.signed(s.reminderScansFile)))
	page("GET /reminders/villages", s.villages)
	page("GET /reminders/year", s.year)
	long("GET /reminders/year.xlsx", s.yearExport)
	page("GET /forms", s.reminderForms)
	page("GET /forms/{form}", s.reminderForm)
	page("GET /reminders/{id}", s.reminder)
	page("GET /reminders/{id}/letter", s.reminderLetter)
	page("GET /reminders/{id}/letter.pdf", s.reminderPrint)
	page("GET /reminders/{id}/proof", s.reminderProof)
	page("POST /reminders/{id}/send", s.reminderSend)
	mux.Handle("POST /reminders/{id}/receive", s.door.Upload(uploadLimit, s.signed(s.reminderReceive)))
	page("POST /reminders/{id}/urge", s.reminderUrge)
	page("POST /reminders/{id}/answer", s.reminderAnswer)
	page("GET /people/{id}/reminders", s.personReminders)
	page("POST /people/{id}/reminders", s.personRemind)
}

// registerLapses is what nobody renewed: put up, objected to, cancelled.
func (s *Server) registerLapses(mux *http.ServeMux, page func(string, gate.Handler)) {
	long := func(pattern string, h gate.Handler) { mux.Handle(pattern, s.door.Long(s.signed(h))) }
	page("GET /lapses", s.lapses)
	page("POST /lapses", s.lapseAnnounce)
	page("POST /lapses/tell", s.lapseTell)
	page("GET /lapses/new", s.lapseNew)
	page("POST /lapses/cancel", s.lapsesCancel)
	long("GET /lapses/list.xlsx", s.lapsesExport)
	long("GET /lapses/stops.xlsx", s.lapsesStops)
	page("GET /lapses/{id}", s.lapse)
	page("POST /lapses/{id}/object", s.lapseObject)
	page("POST /lapses/{id}/resolve", s.lapseResolve)
	page("POST /lapses/{id}/drop", s.lapseDrop)
	page("GET /postings", s.postings)
	page("GET /postings/{id}", s.posting)
	page("GET /postings/{id}/list.pdf", s.postingList)
}

// registerMessages is text messages.
func (s *Server) registerMessages(page func(string, gate.Handler)) {
	page("GET /messages", s.messages)
	page("POST /messages/retry", s.messagesRetry)
	page("GET /messages/campaign", s.campaign)
	page("POST /messages/campaign", s.campaignBegin)
	page("GET /messages/refused", s.unwanted)
	page("POST /messages/refused", s.unwantedAdd)
	page("POST /messages/refused/{id}/drop", s.unwantedDrop)
}

// registerOwn is the own account.
func (s *Server) registerOwn(page func(string, gate.Handler)) {
	page("GET /account", s.accountOwn)
	page("POST /account/others", s.accountOthers)
	page("POST /account/print-size", s.accountPrint)
	page("GET /account/password", s.accountPassword)
	page("POST /account/password", s.accountPasswordSet)
	page("GET /account/relatives", s.relatives)
	page("POST /account/relatives", s.relativeDeclare)
	page("POST /account/relatives/{id}/withdraw", s.relativeWithdraw)
	page("GET /kindred", s.kindred)
	page("GET /account/doubt", s.doubt)
	page("POST /account/doubt", s.doubtAnswer)
	page("GET /account/pledge", s.pledge)
	page("POST /account/pledge", s.pledgeGive)
	page("GET /account/second", s.second)
	page("POST /account/second", s.secondBegin)
	page("POST /account/second/confirm", s.secondConfirm)
	page("POST /account/second/drop", s.secondDrop)
}

// registerHouse is the register and the house itself.
func (s *Server) registerHouse(mux *http.ServeMux, page func(string, gate.Handler)) {
	long := func(pattern string, h gate.Handler) { mux.Handle(pattern, s.door.Long(s.signed(h))) }
	page("GET /people", s.people)
	page("GET /people/{id}", s.person)
	page("GET /people/{id}/edit", s.personEdit)
	page("POST /people/{id}/edit", s.personSave)
	page("GET /people/{id}/household", s.household)
	page("POST /people/{id}/household", s.householdSave)
	page("GET /helpers", s.helpers)
	page("GET /people/{id}/reveal", s.personReveal)
	page("POST /people/{id}/reveal", s.personRevealed)
	page("GET /certificates", s.certificates)
	long("GET /certificates/export", s.certificatesExport)
	page("GET /certificates/{id}", s.certificate)
	page("GET /certificates/{id}/electronic", s.electronic)
	page("GET /certificates/{id}/electronic.pdf", s.electronicPrint)

	page("GET /house", s.house)
	page("GET /roles", s.roles)
	page("GET /policies", s.policies)
	page("GET /policies/{key}", s.policy)
	page("POST /policies/{key}", s.policySet)
	page("GET /calendar", s.calendar)
	page("POST /calendar", s.calendarSet)
	page("POST /calendar/drop", s.calendarDrop)
	page("GET /regions", s.regions)
	page("GET /regions/new", s.regionNew)
	page("POST /regions", s.regionAdd)

	page("GET /accounts", s.accounts)
	page("POST /accounts", s.accountAdd)
	page("GET /accounts/new", s.accountNew)
	page("GET /accounts/{id}", s.account)
	page("GET /accounts/{id}/edit", s.accountEdit)
	page("POST /accounts/{id}/edit", s.accountSave)
	page("POST /accounts/{id}/disable", s.accountDisable)
	page("POST /accounts/{id}/enable", s.accountEnable)
	page("POST /accounts/{id}/unlock", s.accountUnlock)
	page("POST /accounts/{id}/reset", s.accountReset)
	page("POST /accounts/{id}/sign-out", s.accountEnd)
	page("POST /accounts/{id}/second", s.accountSecond)
	page("GET /tokens", s.tokens)
	page("POST /tokens/{id}/revoke", s.tokenRevoke)
	page("GET /backups", s.backups)
	page("POST /backups", s.backupAsk)
	page("GET /orgs", s.orgs)
	page("POST /orgs", s.orgAdd)
	page("GET /orgs/new", s.orgNew)
	page("GET /orgs/{id}", s.orgEdit)
	page("POST /orgs/{id}", s.orgSave)
	page("GET /audit", s.audit)
	long("GET /audit/export", s.auditExport)
	page("GET /audit/reveals", s.auditReveals)
	long("GET /audit/log", s.auditLog)
}

// registerHospitals is the agreements with hospitals and the doctors who assess there.
func (s *Server) registerHospitals(page func(string, gate.Handler)) {
	page("GET /agreements", s.agreements)
	page("POST /agreements", s.agreementAdd)
	page("GET /agreements/new", s.agreementNew)
	page("GET /agreements/{id}", s.agreement)
	page("POST /agreements/{id}", s.agreementSave)
	page("GET /doctors", s.doctors)
	page("GET /doctors/{id}", s.doctor)
	page("POST /doctors/{id}", s.doctorSave)
}
