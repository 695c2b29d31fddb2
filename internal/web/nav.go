package web

import (
	"strings"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// section is one part of the site; who may open it is asked of the permission table.
type section struct {
	word, href string
	act        access.Act
	under      []string // paths that belong to it beside its own and what lies below it
}

// shelf is one entry of the navigation: a section alone, or several that are shown in a second line once one of them is open.
type shelf struct {
	word     string // of several
	sections []section
}

// shelves is the navigation: at most seven entries for every post, so that they stand in one line on a PC and in two on a phone.
var shelves = []shelf{
	{sections: []section{{"nav.tray", "/", access.SelfManage, nil}}},
	{sections: []section{{"nav.intake", "/applications/new", access.ApplicationOpen, nil}}},
	{"nav.lists", []section{{"nav.listed", "/listed", access.RosterRead, nil}, {"nav.rosters", "/rosters", access.RosterRead, nil}, {"nav.differences", "/differences", access.DifferenceRead, nil},
		{"nav.departures", "/departures", access.DepartureRead, nil}, {"nav.transfers", "/transfers", access.TransferRead, nil}, {"nav.referrals", "/referrals", access.ReferralRead, nil}}},
	{"nav.assessing", []section{{"nav.sessions", "/sessions", access.SessionRead, nil}, {"nav.pathways", "/pathways", access.PathList, nil}, {"nav.agreements", "/agreements", access.AgreementRead, nil},
		{"nav.doctors", "/doctors", access.DoctorRead, nil}, {"nav.watch", "/watch", access.GradeWatch, nil}, {"nav.appeals", "/appeals", access.AppealRead, nil}, {"nav.signatures", "/signatures", access.ApplicationCountersign, nil}, {"nav.reassessments", "/reassessments", access.ReassessmentRead, nil}, {"nav.kindred", "/kindred", access.RelativeScreen, nil},
		{"nav.grading", "/grading", access.PolicyRead, nil}}},
	{"nav.renewing", []section{{"nav.reminders", "/reminders", access.ReminderRead, []string{"/forms"}}, {"nav.villages", "/reminders/villages", access.ReminderRead, nil}, {"nav.statements", "/statements", access.StatementRead, nil},
		{"nav.year", "/reminders/year", access.ReminderRead, nil},
		{"nav.messages", "/messages", access.MessageRead, nil},
		{"nav.lapses", "/lapses", access.LapseRead, []string{"/postings"}}, {"nav.notices", "/notices", access.NoticeRead, nil}}},
	{"nav.cards", []section{{"nav.batches", "/batches", access.ApplicationPrint, nil}, {"nav.deliveries", "/deliveries", access.ApplicationDeliver, nil},
		{"nav.blanks", "/blanks", access.BlankRead, nil}, {"nav.printers", "/printers", access.PrinterKeep, nil}, {"nav.recalls", "/recalls", access.RecallRead, nil}, {"nav.archive", "/archive", access.ArchiveRead, nil}, {"nav.piles", "/piles", access.PileRead, nil}}},
	{sections: []section{{"nav.accounts", "/accounts", access.AccountManage, nil}}},
	{sections: []section{{"nav.tokens", "/tokens", access.TokenCreate, nil}}},
	{sections: []section{{"nav.orgs", "/orgs", access.OrgManage, nil}}},
	{sections: []section{{"nav.backups", "/backups", access.BackupRead, nil}}},
	{sections: []section{{"nav.audit", "/audit", access.AuditRead, nil}}},
	{"nav.search", []section{{"nav.cases", "/applications", access.ApplicationRead, nil},
		{"nav.people", "/people", access.PersonRead, []string{"/certificates"}}, {"nav.helpers", "/helpers", access.HouseholdRead, nil}, {"nav.disclosures", "/disclosures", access.DisclosureRead, nil}, {"nav.overview", "/overview", access.CertificateRead, nil},
		{"nav.pace", "/pace", access.CertificateRead, nil},
		{"nav.house", "/house", access.SelfManage, []string{"/policies", "/calendar", "/regions", "/roles"}}}},
}

// near is how closely a path belongs to the section: the length of the address that leads to it, 0 when it does not.
func (s section) near(path string) int {
	best := 0
	for _, at := range append([]string{s.href}, s.under...) {
		if path == at || at != "/" && strings.HasPrefix(path, at+"/") {
			best = max(best, len(at))
		}
	}
	return best
}

// standing is the section's address that path belongs to most closely, "" for a page of none: the own account.
func standing(path string) string {
	best, at := 0, ""
	for _, sh := range shelves {
		for _, s := range sh.sections {
			if n := s.near(path); n > best {
				best, at = n, s.href
			}
		}
	}
	return at
}

// nav is the entries that the actor may open, and the second line of the one that path stands in. An entry of several leads to its first.
func nav(by access.Actor, path string) (first, second []look.Link) {
	at := standing(path)
	for _, sh := range shelves {
		may := sh.may(by, path, at)
		if len(may) == 0 {
			continue
		}
		l := may[0]
		if len(may) > 1 {
			l = look.Link{Text: lang.T(sh.word), Href: may[0].Href}
			for _, m := range may {
				if m.Current || m.Inside {
					l.Inside, second = true, may
				}
			}
		}
		first = append(first, l)
	}
	return first, second
}

// may is the sections of the shelf that the actor may open.
func (sh shelf) may(by access.Actor, path, at string) []look.Link {
	var out []look.Link
	for _, s := range sh.sections {
		if by.Can(s.act) {
			out = append(out, look.Link{Text: lang.T(s.word), Href: s.href, Current: path == s.href, Inside: path != s.href && at == s.href})
		}
	}
	return out
}

// everySection is where the actor can go from the first page.
func everySection(by access.Actor) []look.Link {
	var out []look.Link
	for _, sh := range shelves {
		for _, l := range sh.may(by, "", "") {
			if l.Href != "/" {
				out = append(out, l)
			}
		}
	}
	return out
}
