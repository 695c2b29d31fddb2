package access

import "slices"

// Act is something that can be done; the same word names the permission, the route, the API call and the audit line.
type Act string

// The acts on a case, in the order of its course.
const (
	ApplicationRead     Act = "application.read"
	ApplicationOpen     Act = "application.open"
	ApplicationEdit     Act = "application.edit"
	ApplicationSubmit   Act = "application.submit"
	ApplicationAccept   Act = "application.accept"
	ApplicationReturn   Act = "application.return"
	ApplicationDecline  Act = "application.decline"
	ApplicationSchedule Act = "application.schedule"
	ApplicationAssess   Act = "application.assess"
	ApplicationMiss     Act = "application.miss"
	ApplicationAnnounce Act = "application.announce"
	ApplicationObject   Act = "application.object"
	ApplicationResolve  Act = "application.resolve"
	ApplicationClose    Act = "application.close"
	ApplicationReview   Act = "application.review"
	ApplicationRereview Act = "application.rereview"
	ApplicationApprove  Act = "application.approve"
	ApplicationRefuse   Act = "application.refuse"
	ApplicationPrint    Act = "application.print"
	ApplicationSpoil    Act = "application.spoil"
	ApplicationDispatch Act = "application.dispatch"
	ApplicationDeliver  Act = "application.deliver"
	ApplicationFile     Act = "application.file"
	ApplicationVoid     Act = "application.void" // ended after the approval, before the hand-over
	ApplicationWithdraw Act = "application.withdraw"
	ApplicationUrge     Act = "application.urge"
	ApplicationHandover Act = "application.handover"
	ApplicationAid      Act = "application.aid"
	AttachmentAdd       Act = "attachment.add"
	AttachmentRead      Act = "attachment.read"
	AttachmentRemove    Act = "attachment.remove"
)

// The acts on lists, people, sessions and the public.
const (
	RosterImport    Act = "roster.import"
	RosterRead      Act = "roster.read"
	PersonRead      Act = "person.read"
	PersonSearch    Act = "person.search" // whoever may read may search; the audit tells the two apart
	PersonEdit      Act = "person.edit"
	PersonReveal    Act = "person.reveal"
	CertificateRead Act = "certificate.read"

	CertificateRestore Act = "certificate.restore"
	SessionRead        Act = "session.read"
	SessionPlan        Act = "session.plan"
	NoticeRead         Act = "notice.read"
	ListExport         Act = "list.export"
)

// The acts on letters with a receipt, and on certificates that nobody renews.
const (
	ReminderRead    Act = "reminder.read"
	ReminderMake    Act = "reminder.make"
	ReminderSend    Act = "reminder.send"
	ReminderReceive Act = "reminder.receive"
	ReminderUrge    Act = "reminder.urge"
	ReminderAnswer  Act = "reminder.answer"
	ReminderEnd     Act = "reminder.end"
	LapseRead       Act = "lapse.read"
	LapseAnnounce   Act = "lapse.announce"
	LapseObject     Act = "lapse.object"
	LapseResolve    Act = "lapse.resolve"
	LapseDrop       Act = "lapse.drop"
	LapseCancel     Act = "lapse.cancel"
	LapseExport     Act = "lapse.export"
)

// The acts that keep the house itself.
const (
	RegionAdd     Act = "region.add"
	CalendarSet   Act = "calendar.set"
	PolicyRead    Act = "policy.read"
	PolicySet     Act = "policy.set"
	AccountManage Act = "account.manage"
	OrgManage     Act = "org.manage"
	TokenCreate   Act = "token.create"
	AuditRead     Act = "audit.read"
	KeyRotate     Act = "key.rotate"
	SelfManage    Act = "self.manage"
)

// The acts that keep what is kept safe.
const (
	BackupRead     Act = "backup.read"
	BackupTake     Act = "backup.take"
	ClockTrust     Act = "clock.trust"
	BackupRehearse Act = "backup.rehearse"
)

// Word is the key of a's name in the catalogue.
func (a Act) Word() string { return "act." + string(a) }

var (
	desk     = roles{Township, Clerk}
	counter  = roles{Village, Township, Clerk}
	casework = roles{Village, Township, Clerk, Reviewer, Approver, Hospital, Doctor, City, Discipline}
	everyone = Roles
)

// grants is the whole permission table; the roles page prints it. System may do what the daily round does, make the first accounts from the
// command line of the server, and nothing else.
var grants = map[Act]roles{
	ApplicationRead:     append(roles{System}, casework...),
	ApplicationOpen:     counter,
	ApplicationEdit:     counter,
	ApplicationSubmit:   counter,
	ApplicationAccept:   desk,
	ApplicationReturn:   desk,
	ApplicationDecline:  desk,
	ApplicationSchedule: desk,
	ApplicationAssess:   {Doctor},
	ApplicationMiss:     {Township, Clerk, Hospital, Doctor},
	ApplicationAnnounce: desk,
	ApplicationObject:   {Township, Clerk, Reviewer, Public},
	ApplicationResolve:  {Reviewer, Approver},
	ApplicationClose:    {System, Township, Clerk, Reviewer},
	ApplicationReview:   {Reviewer},
	ApplicationRereview: {City},
	ApplicationApprove:  {Approver},
	ApplicationRefuse:   {Approver},
	ApplicationPrint:    {Clerk},
	ApplicationSpoil:    {Clerk},
	ApplicationDispatch: {Clerk},
	ApplicationDeliver:  desk,
	ApplicationFile:     {Clerk},
	ApplicationVoid:     {Approver},
	ApplicationWithdraw: counter,
	ApplicationUrge:     {Township, Clerk, Reviewer, Approver, City},
	ApplicationHandover: {Township, Clerk, Reviewer, Approver},
	ApplicationAid:      {Village, Township, Clerk},
	AttachmentAdd:       {Village, Township, Clerk, Hospital, Doctor},
	AttachmentRead:      {Village, Township, Clerk, Reviewer, Approver, Hospital, Doctor, Discipline},
	AttachmentRemove:    counter,

	RosterImport:       desk,
	RosterRead:         {Village, Township, Clerk, Reviewer, Approver, City, Poverty, Discipline, System},
	PersonRead:         {Village, Township, Clerk, Reviewer, Approver, Hospital, Doctor, City, Poverty, Discipline},
	PersonSearch:       {Village, Township, Clerk, Reviewer, Approver, Hospital, Doctor, City, Poverty, Discipline},
	PersonEdit:         desk,
	HouseholdRead:      {Village, Township, Clerk, Reviewer, Approver, City, Poverty, Discipline},
	HouseholdEdit:      {Village, Township, Clerk, Poverty},
	PersonReveal:       {Township, Clerk, Reviewer, Approver, Doctor, Discipline},
	CertificateRestore: {Approver},
	CertificateRead:    {Village, Township, Clerk, Reviewer, Approver, City, Poverty, Discipline},
	SessionRead:        {Village, Township, Clerk, Reviewer, Approver, Hospital, Doctor, City, Health},
	SessionPlan:        {Clerk},
	PathRead:           {Village, Township, Clerk, Reviewer, Approver, Hospital, Doctor, City, Discipline},
	PathList:           {Village, Township, Clerk, Reviewer, Approver, City, Discipline},
	PathChoose:         desk,
	ConsentTake:        counter,
	EvidenceAsk:        {Doctor},
	EvidenceAnswer:     counter,
	CallHold:           {Village, Township, Clerk, Doctor},
	NoticeRead:         {Village, Township, Clerk, Reviewer, Approver, City, Discipline, Public},
	ListExport:         {Township, Clerk, Reviewer, Approver, City, Discipline},

	ReminderRead:    {Village, Township, Clerk, Reviewer, Approver, City, Discipline},
	ReminderMake:    {System, Township, Clerk},
	ReminderSend:    counter,
	ReminderReceive: counter,
	ReminderUrge:    counter,
	ReminderAnswer:  counter,
	ReminderEnd:     {System, Township, Clerk},
	LapseRead:       {Village, Township, Clerk, Reviewer, Approver, City, Discipline, Public},
	LapseAnnounce:   desk,
	LapseObject:     {Township, Clerk, Reviewer, Public},
	LapseResolve:    {Reviewer, Approver},
	LapseDrop:       {System, Township, Clerk},
	LapseCancel:     {Approver},
	LapseExport:     {Clerk, Approver},

	MessageRead:   {Township, Clerk, Reviewer, Approver, City, Discipline},
	MessageMake:   {System, Clerk},
	MessageSend:   {System},
	MessageReport: {System, Clerk},
	MessageRefuse: counter,

	TransferRead:    {Township, Clerk, Reviewer, Approver, City, Discipline},
	TransferTake:    {Clerk},
	TransferReturn:  {Clerk},
	TransferRecall:  {Clerk},
	TransferConfirm: {Clerk},

	ReferralRead:    {Township, Clerk, Reviewer, Approver, City, Discipline},
	ReferralSend:    {Clerk},
	ReferralRecall:  {Clerk},
	ReferralConfirm: {Clerk},
	ReferralTake:    {Clerk},
	ReferralReturn:  {Clerk},
	ReferralDecline: {Clerk},
	ReferralPost:    {Clerk},
	ReferralReceive: desk,
	ReferralHand:    desk,
	ReferralTell:    {System},

	DifferenceRead:   {Township, Clerk, Reviewer, Approver, City, Discipline},
	DifferenceDecide: {Clerk},

	DepartureRead:    {Clerk, Reviewer, Approver, Discipline},
	DepartureTake:    {Clerk},
	DepartureApply:   {Approver},
	DepartureDismiss: {Clerk, Approver},

	CorrectionRead:  {Clerk, Reviewer, Approver, Discipline},
	CorrectionAsk:   {Clerk},
	CorrectionJudge: {Approver},
	CorrectionApart: {Clerk, Approver},

	DisclosureRead:  {Township, Clerk, Reviewer, Approver, City, Discipline},
	DisclosureAsk:   {Township, Clerk, Reviewer, Approver, City, Discipline},
	DisclosureJudge: {Approver},
	DisclosureTake:  {Township, Clerk, Reviewer, Approver, City, Discipline},

	AppealRead:     {Village, Township, Clerk, Reviewer, Approver, City, Discipline},
	AppealFile:     counter,
	AppealAdmit:    {City},
	AppealConclude: {City},

	ApplicationCountersign: {Doctor},

	ReassessmentRead:  {Doctor},
	ReassessmentOrder: {City},
	ReassessmentKeep:  {Doctor},
	ReassessmentSign:  {Doctor},

	ApplicationReprint: {Clerk},
	ApplicationUnbatch: {Clerk},
	BlankRead:          {Clerk, Reviewer, Approver, Discipline},
	BlankReceive:       {Clerk},
	BlankMove:          {Clerk},
	BlankLose:          {Clerk},
	BlankClose:         {Clerk},
	PrinterKeep:        {Clerk},
	CardNotify:         desk,
	BatchReceive:       desk,
	RecallRead:         {Clerk, Reviewer, Approver, Discipline},
	RecallTake:         {Clerk},
	RecallDestroy:      {Clerk},

	ArchiveRead:     {Clerk, Reviewer, Approver, Discipline},
	ArchiveKeep:     {Clerk},
	ArchiveAppraise: {Clerk},
	ArchiveSentence: {Approver},
	ArchiveDestroy:  {Clerk},
	LoanAsk:         {Clerk, Reviewer, Approver, Discipline},
	LoanDecide:      {Reviewer, Approver},
	LoanTake:        {Clerk},
	PackageTake:     {Reviewer, Approver, Discipline},

	PileRead:    append(roles{System}, desk...), // the program reads a pile to take it apart
	PileAdd:     desk,
	PileFile:    desk,
	PileDiscard: desk,
	PileBack:    desk,

	StatementRead:    {Village, Township, Clerk, Reviewer, Approver, City, Discipline},
	StatementIssue:   desk,
	StatementReceive: desk,
	StatementEnd:     desk,

	AgreementRead:  {Clerk, Reviewer, Approver, Hospital, City, Health, Discipline},
	AgreementEdit:  {Clerk},
	DoctorRead:     {Clerk, Reviewer, Approver, Hospital, City, Health},
	DoctorEdit:     {Clerk, Health},
	RelativeScreen: {Approver, City, Discipline},
	GradeWatch:     {Reviewer, Approver, City, Health, Discipline},

	RegionAdd:      {Sysadmin},
	CalendarSet:    {Sysadmin},
	PolicyRead:     append(roles{System}, everyone...),
	PolicySet:      {Sysadmin},
	AccountManage:  {Secadmin, System},
	OrgManage:      {Sysadmin, System},
	TokenCreate:    {Secadmin, System},
	AuditRead:      {Auditor, System},
	KeyRotate:      {System},
	BackupRead:     {Sysadmin, System},
	BackupTake:     {Sysadmin, System},
	ClockTrust:     {Sysadmin},
	BackupRehearse: {System},
	SelfManage:     everyone,
}

// Acts is every act, in the order in which the constants stand, for the roles page.
var Acts = slices.Concat([]Act{
	ApplicationRead, ApplicationOpen, ApplicationEdit, ApplicationSubmit, ApplicationAccept, ApplicationReturn, ApplicationDecline, ApplicationSchedule,
	ApplicationAssess, ApplicationMiss, ApplicationAnnounce, ApplicationObject, ApplicationResolve, ApplicationClose, ApplicationReview, ApplicationRereview, ApplicationApprove,
	ApplicationRefuse, ApplicationPrint, ApplicationSpoil, ApplicationDispatch, ApplicationDeliver, ApplicationFile, ApplicationVoid, ApplicationWithdraw, ApplicationUrge,
	ApplicationHandover, ApplicationAid, AttachmentAdd, AttachmentRead, AttachmentRemove, RosterImport, RosterRead, PersonRead, PersonSearch, PersonEdit, PersonReveal, CertificateRead, CertificateRestore, HouseholdRead, HouseholdEdit,
	SessionRead, SessionPlan, PathRead, PathList, PathChoose, ConsentTake, EvidenceAsk, EvidenceAnswer, CallHold, NoticeRead, ListExport, ReminderRead, ReminderMake, ReminderSend, ReminderReceive, ReminderUrge, ReminderAnswer, ReminderEnd,
	LapseRead, LapseAnnounce, LapseObject, LapseResolve, LapseDrop, LapseCancel, LapseExport,
	MessageRead, MessageMake, MessageSend, MessageReport, MessageRefuse,
	DifferenceRead, DifferenceDecide, DepartureRead, DepartureTake, DepartureApply, DepartureDismiss,
	TransferRead, TransferTake, TransferReturn, TransferRecall, TransferConfirm,
	AppealRead, AppealFile, AppealAdmit, AppealConclude, ApplicationCountersign, ReassessmentRead, ReassessmentOrder, ReassessmentKeep, ReassessmentSign,
	DisclosureRead, DisclosureAsk, DisclosureJudge, DisclosureTake, CorrectionRead, CorrectionAsk, CorrectionJudge, CorrectionApart,
	RegionAdd, CalendarSet, PolicyRead, PolicySet, AccountManage, OrgManage, TokenCreate, AuditRead, KeyRotate,
	SelfManage, BackupRead, BackupTake, BackupRehearse, ClockTrust,
	ApplicationReprint, ApplicationUnbatch, BlankRead, BlankReceive, BlankMove, BlankLose, BlankClose, CardNotify, BatchReceive, RecallRead, RecallTake, RecallDestroy, AgreementRead, AgreementEdit,
	DoctorRead, DoctorEdit, GradeWatch, RelativeScreen, ArchiveRead, ArchiveKeep, ArchiveAppraise, ArchiveSentence, ArchiveDestroy, LoanAsk, LoanDecide, LoanTake, PackageTake,
	PileRead, PileAdd, PileFile, PileDiscard, PileBack, StatementRead, StatementIssue, StatementReceive, StatementEnd,
}, ReferralActs)
