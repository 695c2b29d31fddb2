package internal_test

import (
	"fmt"
	"go/ast"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// shown is where a clause of the two work plans can be seen working.
type shown struct {
	Test string // "internal/casework.TestX", or "e2e/walk.test.mjs: the title of a journey"
	Page string // the page that shows it, as routed: "/applications/{id}"; "" when only a command or a file shows it
}

// clauses is every clause that can be shown working. N1–N86 stand in the Nanyang plan, M1–M75 in the Mangshi plan.
var clauses = map[string]shown{
	"N54": {"internal/office.TestAnAccountInTwoPlacesIsAskedAboutAndThenLocked", "/account/doubt"},
	"N47": {"internal/casework.TestOnlyTheCityLetsAMoreSevereLevelThrough", "/applications/{id}"},
	"N28": {"internal/registry.TestAHouseholdHasMembersSupportsAndHelpers", "/helpers"},
	"N5":  {"internal/registry.TestAHouseholdHasMembersSupportsAndHelpers", "/people/{id}/household"},
	"N26": {"internal/outreach.TestMessagesWaitForTheMorningAndAreTriedAgain", "/messages"},
	"M3":  {"internal/records.TestACardIsCheckedByItsCode", "/verify"},
	"N22": {"internal/office.TestRelativesAreDeclaredAndScreened", "/kindred"},
	"M24": {"internal/casework.TestAnOfficerDecidesNothingAboutARelative", "/account/relatives"},
	"M29": {"internal/assessing.TestARoundIsPrintedAsRouteAndSummons", "/sessions/{id}"},
	"M44": {"internal/session.TestTheThirteenDaysOfMangshi", "/sessions/tour"},
	"N43": {"internal/assessing.TestATourIsProposedAndKept", "/sessions"},
	"N44": {"internal/assessing.TestARoundIsPrintedAsRouteAndSummons", "/sessions/{id}"},
	"N63": {"internal/casework.TestAnEvidencePackageShowsEveryChange", "/applications/{id}"},
	"N73": {"internal/paper.TestTheSixPapersSayWhatThePlanPrints", "/forms/{form}"},
	"N74": {"internal/paper.TestTheSixPapersSayWhatThePlanPrints", "/forms/{form}"},
	"N82": {"internal/application.TestAnExchangeIsExaminedWhereItsPlaceSaysSo", "/policies"},
	"N81": {"internal/paper.TestTheSixPapersSayWhatThePlanPrints", "/forms/{form}"},
	"N75": {"internal/paper.TestTheSixPapersSayWhatThePlanPrints", "/forms/{form}"},
	"N76": {"internal/paper.TestTheSixPapersSayWhatThePlanPrints", "/forms/{form}"},
	"N77": {"internal/paper.TestTheSixPapersSayWhatThePlanPrints", "/forms/{form}"},
	"N78": {"internal/paper.TestTheSixPapersSayWhatThePlanPrints", "/forms/{form}"},
	"N79": {"internal/paper.TestTheSixPapersSayWhatThePlanPrints", "/forms/{form}"},
	"N83": {"internal/paper.TestTheSixPapersSayWhatThePlanPrints", "/reminders/{id}"},
	"N85": {"internal/paper.TestTheSixPapersSayWhatThePlanPrints", "/reminders/{id}"},
	"N55": {"internal/registry.TestWholeNumbersLeaveByTwoPeopleOnly", "/disclosures"},
	"M61": {"internal/records.TestOldCardsAreKeptUntilTheyAreDestroyedTogether", "/recalls"},
	"N2":  {"internal/region.TestNanyangHasItsCountiesZonesAndLocalUnits", "/regions"},
	"N16": {"internal/assessing.TestWithoutAnAgreementNobodyIsScheduledOrAssessed", "/agreements"},
	"N17": {"internal/assessing.TestWithoutAnAgreementNobodyIsScheduledOrAssessed", "/agreements/{id}"},
	"N18": {"internal/web.TestEveryBlockIsRefusedThroughPageAndAPI", "/applications/{id}/assess"},
	"N19": {"internal/web.TestEveryBlockIsRefusedThroughPageAndAPI", "/doctors"},
	"N20": {"internal/web.TestEveryBlockIsRefusedThroughPageAndAPI", "/doctors"},
	"N45": {"internal/web.TestTheHealthCommissionCorrectsItsDoctors", "/doctors/{id}"},
	"N36": {"internal/renewing.TestPromiseOnTheSlipIsWatched", "/people/{id}/reminders"},
	"N37": {"internal/fieldwork.TestMobilisingIsRecordedBeforeAWaiver", "/people/{id}/attempts"},
	"N38": {"internal/fieldwork.TestAWaiverIsOnFileAndCanBeRevoked", "/statements/{id}"},
	"N39": {"internal/renewing.TestRosterAndLettersNameWhoIsAwaited", "/reminders"},
	"N40": {"internal/web.TestLettersAreListedSentInBulkReceivedUrgedAndAnswered", "/reminders/{id}"},
	"N41": {"internal/renewing.TestReviewRunsFifteenDaysFromTheReceipt", "/people/{id}/reminders"},
	"N42": {"internal/web.TestOverdueGoesFromItsPublicNoticeToItsCancellation", "/lapses/{id}"},
	"N80": {"internal/renewing.TestPromiseOnTheSlipIsWatched", "/reminders/villages"},
	"N84": {"internal/renewing.TestReviewRunsFifteenDaysFromTheReceipt", "/reminders/{id}"},
	"N46": {"internal/assessing.TestConclusionIsHeldToTheStandard", "/applications/{id}/assess"},
	"N48": {"internal/archiving.TestOneFileAPerson", "/applications"},
	"N49": {"internal/archiving.TestOneFileAPerson", "/archive/files/{id}"},
	"N50": {"internal/archiving.TestABoxIsFilledInOrder", "/archive/boxes/{id}"},
	"N51": {"internal/archiving.TestABoxIsPlacedCountedAndLabelled", "/archive/shelves.pdf"},
	"N52": {"internal/archive.TestWhatIsLackingIsNamed", "/archive/files/{id}"},
	"N53": {"internal/office.TestFiveWrongPasswordsLockTheAccountForHalfAnHour", "/account/password"},
	"M4":  {"internal/demo.TestTheCountyIsThePlans", "/overview"},
	"M9":  {"internal/renewing.TestReasonsAreCountedByPlaceAndEachFigureIsItsList", "/reminders/reasons"},
	"M5":  {"internal/registry.TestCertificatesAreListedByExpiry", "/certificates"},
	"M6":  {"internal/registry.TestOverviewCountsHoldersAndThoseWhoLapse", "/overview"},
	"M18": {"e2e/group.test.mjs: the clerk plans the day, the township gives thirty seats and prints who is called", "/sessions/{id}"},
	"M69": {"internal/web.TestEveryBlockIsRefusedThroughPageAndAPI", "/applications/{id}/assess"},
	"M20": {"e2e/main_job.test.mjs: it is handed over against a signature, and the case is filed", "/applications/{id}"},
	"M23": {"internal/assessing.TestConclusionIsHeldToTheStandard", "/applications/{id}/assess"},
	"M28": {"internal/assessing.TestPapersOfASession", "/sessions/{id}"},
	"M32": {"internal/grading.TestRehabilitationAndItsExemptions", "/grading"},
	"M33": {"internal/grading.TestRehabilitationAndItsExemptions", "/grading"},
	"M43": {"internal/fieldwork.TestBothListsAreStoredAsTheirTruthSaysAndOnlyOnce", "/rosters"},
	"M46": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M47": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M48": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M49": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M50": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M51": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M52": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M53": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M54": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M55": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M56": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M57": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M58": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M59": {"internal/demo.TestTheThirteenDaysAreThePlans", "/sessions"},
	"M62": {"internal/records.TestAnExchangeKeepsOrChangesTheNumberAndEndsTheOldOne", "/deliveries/{id}"},
	"M63": {"internal/records.TestTheBookletsAreSetFromTheFaceAndItsPhoto", "/batches/{id}/booklets.pdf"},
	"M64": {"internal/records.TestFromApprovedToTheShelf", "/deliveries"},
	"M65": {"internal/card.TestTheWayToTheHandIsCountedFromTheGoodPrint", "/batches/{id}"},
	"M74": {"internal/renewing.TestRosterAndLettersNameWhoIsAwaited", "/reminders"},
	"M75": {"internal/renewing.TestRosterAndLettersNameWhoIsAwaited", "/reminders"},
	"M34": {"internal/assessing.TestRecordsAreBroughtByTwoAndSeenInTheOriginal", "/applications/{id}/pathway"},
	"M35": {"internal/pathway.TestTheWayFollowsThePlan", "/pathways"},
	"M36": {"internal/pathway.TestTheWayFollowsThePlan", "/pathways"},
	"M37": {"internal/web.TestARemoteAssessmentOnItsPages", "/applications/{id}/remote"},
	"M38": {"e2e/remote.test.mjs: a bedridden person is assessed over live video through the relay", "/applications/{id}/call"},
	"M39": {"internal/assessing.TestADoctorSeesTheEvidenceAndMaySendTheCaseBack", "/applications/{id}/remote"},
	"M40": {"internal/assessing.TestARemoteCaseWaitsForConsentAndEvidence", "/applications/{id}/pathway"},
}

// allClauses is how many duties the two plans hold.
const allClauses = nanyangClauses + mangshiClauses

const (
	nanyangClauses = 86
	mangshiClauses = 75
)

func TestClausesAreShownWorking(t *testing.T) {
	t.Parallel()
	report(t, unshown(house(t), clauses))
	t.Logf("clauses shown working: %d of %d", len(clauses), allClauses)
}

var clauseForm = regexp.MustCompile(`^([NM])([1-9][0-9]?)$`)

// unshown are the entries that name no clause, no test or no page.
func unshown(tr tree, table map[string]shown) []string {
	var out []string
	tests, pages := testsIn(tr), pagesIn(tr)
	for _, id := range slices.Sorted(maps.Keys(table)) {
		c := table[id]
		if !isClause(id) {
			out = append(out, fmt.Sprintf("%s is no clause", id))
		}
		if file, title, journey := strings.Cut(c.Test, ": "); journey {
			if body, err := fs.ReadFile(tr.fsys, file); err != nil || !strings.Contains(string(body), title) {
				out = append(out, fmt.Sprintf("%s: there is no journey %s", id, c.Test))
			}
		} else if !tests[c.Test] {
			out = append(out, fmt.Sprintf("%s: there is no test %s", id, c.Test))
		}
		if c.Page != "" && !pages[c.Page] {
			out = append(out, fmt.Sprintf("%s: no door has the page %s", id, c.Page))
		}
	}
	return out
}

func isClause(id string) bool {
	m := clauseForm.FindStringSubmatch(id)
	if m == nil {
		return false
	}
	n, _ := strconv.Atoi(m[2])
	return m[1] == "N" && n <= nanyangClauses || m[1] == "M" && n <= mangshiClauses
}

// testsIn are the tests and fuzzers of tr as "folder.TestName".
func testsIn(tr tree) map[string]bool {
	out := map[string]bool{}
	for _, s := range sourcesOf(tr) {
		if !s.test {
			continue
		}
		for _, d := range s.file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && (strings.HasPrefix(f.Name.Name, "Test") || strings.HasPrefix(f.Name.Name, "Fuzz")) {
				out[s.dir()+"."+f.Name.Name] = true
			}
		}
	}
	return out
}

// pagesIn are the paths that the HTTP doors route, from literals such as "GET /applications/{id}".
func pagesIn(tr tree) map[string]bool {
	out := map[string]bool{}
	for _, s := range sourcesOf(tr) {
		if s.test || !slices.Contains(httpDoors, strings.TrimPrefix(s.dir(), "internal/")) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if e, ok := n.(*ast.BasicLit); ok {
				if p, ok := spelt(e); ok {
					_, page, _ := strings.Cut(p.prefix, " ")
					out[page] = true
				}
			}
			return true
		})
	}
	return out
}

func TestUnshownClausesAreCaught(t *testing.T) {
	t.Parallel()
	tr := model(t, map[string]string{
		"internal/casework/a_test.go": "package casework\n\nfunc TestAccept() {}\n\nfunc (x) TestMethod() {}\n",
		"internal/casework/a.go":      "package casework\n\nfunc TestKit() {}\n",
		"internal/web/routes.go":      "package web\n\nvar routes = []string{\"GET /applications/{id}\"}\n",
		"e2e/walk.test.mjs":           "test('the whole walk', () => {})\n",
	})
	good := shown{"internal/casework.TestAccept", "/applications/{id}"}
	for _, c := range []struct {
		name, id string
		clause   shown
		says     string
	}{
		{"a test and a page", "N86", good, ""},
		{"a test alone", "M75", shown{Test: good.Test}, ""},
		{"a journey", "N1", shown{"e2e/walk.test.mjs: the whole walk", good.Page}, ""},

		{"a clause beyond the plan", "N87", good, "N87 is no clause"},
		{"no clause at all", "X1", good, "X1 is no clause"},
		{"a test that does not exist", "N1", shown{"internal/casework.TestRefuse", good.Page}, "there is no test"},
		{"a method", "N1", shown{"internal/casework.TestMethod", good.Page}, "there is no test"},
		{"a function outside tests", "N1", shown{"internal/casework.TestKit", good.Page}, "there is no test"},
		{"no test", "N1", shown{"", good.Page}, "there is no test"},
		{"a journey that does not exist", "N1", shown{"e2e/walk.test.mjs: half a walk", good.Page}, "there is no journey"},
		{"a page that does not exist", "N1", shown{good.Test, "/applications"}, "no door has the page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.Join(unshown(tr, map[string]shown{c.id: c.clause}), "\n")
			if c.says == "" && got != "" || !strings.Contains(got, c.says) {
				t.Errorf("the rule says %q, want %q", got, c.says)
			}
		})
	}
}
