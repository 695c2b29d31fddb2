package internal_test

// floor is how high a room lies; stairs lead only down.
type floor int

const (
	ground floor = iota // words that need nothing
	nouns               // what a thing is and which steps it may take; pure
	tools               // the only input and output
	desks               // what officers do; one method is one decision
	doors               // HTTP, files, the clock
	beside              // not part of the house: what tests and demonstrations need
)

// room is one package below internal.
type room struct {
	name    string
	floor   floor
	purpose string
}

// rooms is every package there may be, from the bottom up. A noun may use the nouns above it in this list. A new room is a new line here.
var rooms = []room{
	{"fault", ground, "what went wrong, in a word that a clerk may read"},
	{"day", ground, "a calendar date, working days, statutory clocks"},
	{"id", ground, "names of records that sort by time and can be made on a device"},
	{"lang", ground, "the catalogue of words"},

	{"region", nouns, "the country's tree of places and the area an officer answers for"},
	{"person", nouns, "a human being in the register and who speaks for them"},
	{"household", nouns, "how a person lives: family state, supports, who helps the household"},
	{"certificate", nouns, "the disability certificate, its number and how long it holds"},
	{"access", nouns, "who may do which act where"},
	{"policy", nouns, "legal values with their date, place and basis"},
	{"grading", nouns, "the level that GB/T 26341-2010 suggests from findings"},
	{"org", nouns, "federations, hospitals and the units beside them"},
	{"staff", nouns, "the people who work here, their accounts and passwords"},
	{"roster", nouns, "a township's lists of expired holders and suspected persons"},
	{"session", nouns, "a hospital's day for one township, a home round, a remote sitting"},
	{"assessment", nouns, "the hospital's findings and the conclusion from them"},
	{"application", nouns, "one request about a certificate with its whole course"},
	{"appeal", nouns, "a re-assessment for who disputes the result: by the city, then by the province"},
	{"reassessment", nouns, "an examination by other doctors who see nothing of the first"},
	{"announcement", nouns, "a published list, its period and the objections to it"},
	{"reminder", nouns, "a letter with a tear-off slip: who is due, what came back, what came of it"},
	{"attempt", nouns, "somebody went to win a person over: when, who, by which way, what came of it"},
	{"message", nouns, "a text message: its wording, when it may go out, what became of it"},
	{"departure", nouns, "who died or moved by the lists of others, and what becomes of the certificate"},
	{"lapse", nouns, "a certificate that ran out or was not reviewed, on its way to cancellation"},
	{"disclosure", nouns, "lists with whole numbers that leave the register: asked for, granted by somebody else, taken"},
	{"correction", nouns, "an identity number that is wrong: stated by one officer, granted by another"},
	{"watch", nouns, "shares beside what chance would give"},
	{"card", nouns, "the printed card: frozen face, print batch, hand-over"},
	{"attachment", nouns, "a scan or a photo and what it must satisfy"},
	{"evidence", nouns, "what a remote assessment rests on, the consent to it and what more is asked for"},
	{"call", nouns, "live video between a village and a hospital: who joined, what became of it"},
	{"pathway", nouns, "the way on which somebody comes before a hospital, and what it needs"},
	{"archive", nouns, "a person's file: its papers, its number, its box and who borrowed it"},
	{"transfer", nouns, "a certificate with its holder's file on its way from county to county"},
	{"referral", nouns, "a case that one county takes and another decides, with what goes between the two"},
	{"statement", nouns, "a numbered paper that somebody signs outside of a case: survey sheet, waiver, pledge"},
	{"pile", nouns, "a scanned pile of papers: its pages, the papers that they make up, where each goes"},
	{"job", nouns, "work for later, typed"},
	{"ledger", nouns, "the audit as a tree of hashes with signed heads"},
	{"key", nouns, "the keys that personal data is sealed with, wrapped by the master key"},

	{"store", tools, "the database: all SQL, the write path with its audit line, the clock"},
	{"seal", tools, "encryption, signatures, hashes, passwords"},
	{"witness", tools, "handing signed heads of the audit to a witness outside"},
	{"acme", tools, "certificates that come from an ACME server and renew themselves"},
	{"oidc", tools, "single sign-on at a province's identity provider"},
	{"files", tools, "attachments on a disk or in S3"},
	{"vault", tools, "backups: rows and files of one moment, sealed, with a manifest that proves them"},
	{"paper", tools, "PDF with real fonts"},
	{"sheet", tools, "XLSX and CSV"},
	{"scan", tools, "scanned papers taken apart, and the codes on them"},
	{"relay", tools, "live video carried between the two sides of a call"},
	{"sms", tools, "messages to phones"},
	{"gate", tools, "what every HTTP door shares: log, recover, limits, headers, fault to status"},
	{"look", tools, "the parts that pages are made of, styles and scripts"},

	{"registry", desks, "people, certificates and lists of them: taking in, finding, correcting"},
	{"casework", desks, "applications from the counter to the card in the hand"},
	{"assessing", desks, "sessions, findings and conclusions"},
	{"renewing", desks, "expiry: reminders, overdue, cancellation"},
	{"fieldwork", desks, "door-to-door surveys and what they find"},
	{"records", desks, "cards from the printer to the hand"},
	{"archiving", desks, "files of people on the shelf and their loans"},
	{"scanning", desks, "scanned piles of papers: taken apart, filed by their codes, and the rest by hand"},
	{"people", desks, "training, examinations and pledges of those who do the work"},
	{"outreach", desks, "publicity and messages"},
	{"oversight", desks, "plans, reports, spot checks, ranking"},
	{"upkeep", desks, "the installation itself: backups, their rehearsals, restoring, what is wrong with it"},
	{"office", desks, "the house itself: regions, calendar, policies, organisations, accounts, sign-in, audit"},

	{"web", doors, "the pages of those who work here"},
	{"portal", doors, "the pages of the public"},
	{"api", doors, "REST for other programs"},
	{"field", doors, "the phone in the village"},
	{"exchange", doors, "spreadsheets in and out of the command line"},
	{"feeder", doors, "the folder that a scanner drops into, handed in over the API from the clerk's own PC"},
	{"worker", doors, "the clock: jobs and daily rounds"},

	{"testbed", beside, "a real office on both engines for tests"},
	{"demo", beside, "the seeded generator of the demonstration county"},
}

// httpDoors are the doors that speak HTTP, and so the only ones that may use gate and look.
var httpDoors = []string{"web", "portal", "api", "field"}

// noNames are names that say nothing.
var noNames = []string{"util", "utils", "common", "helper", "helpers", "model", "models", "type", "types", "service", "services", "misc", "shared", "base", "core", "lib", "pkg"}

// databases are the import paths that only store may use.
var databases = []string{
	"database/sql", "modernc.org/sqlite", "github.com/jackc/pgx", "github.com/pressly/goose", "github.com/lib/pq",
	"github.com/mattn/go-sqlite3", "github.com/ncruces/go-sqlite3",
}

// impure are the import paths that would let a noun reach out of itself.
var impure = []string{
	"context", "crypto/rand", "io/fs", "log", "math/rand", "net", "os", "os/exec", "path/filepath", "runtime", "syscall", "testing/fstest",
}

// clocks are the calls that give a noun time or chance; both are handed in.
var clocks = []string{"time.Now", "time.Since", "time.Until", "time.Sleep", "time.After", "time.Tick", "time.NewTimer", "time.NewTicker", "id.New"}
