package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/attachment"
	"hefa/internal/call"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/disclosure"
	"hefa/internal/lapse"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/roster"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/statement"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/transfer"
)

// otherTown is the clerk of 遮放镇, another township of the same county.
var otherTown = access.Actor{Account: "township-other", Name: "测试别镇", Role: access.Township, Region: "533103101", Org: "federation-533103105"}

// scoped is every page of routes.go that names a record, with an id for each gap and the post that reads it at home.
var scoped = map[string]struct {
	ids  []string
	role access.Role
}{
	"/applications/{id}":                    {[]string{"sent"}, access.Township},
	"/applications/{id}/edit":               {[]string{"draft"}, access.Township},
	"/applications/{id}/next":               {[]string{"draft"}, access.Township},
	"/applications/{id}/form.pdf":           {[]string{"sent"}, access.Township},
	"/applications/{id}/letters/{letter}":   {[]string{"sent", "letter"}, access.Township},
	"/applications/{id}/attachments/{file}": {[]string{"sent", "scan"}, access.Township},
	"/applications/{id}/evaluation.pdf":     {[]string{"seated"}, access.Township},
	"/applications/{id}/assess":             {[]string{"seated"}, access.Doctor},
	"/disclosures/{id}":                     {[]string{"disclosure"}, access.Township},
	"/transfers/{id}":                       {[]string{"transfer"}, access.Township},
	"/transfers/{id}/sheet.pdf":             {[]string{"transfer"}, access.Township},
	"/referrals/{id}":                       {[]string{"referral"}, access.Township},
	"/referrals/{id}/sheet.pdf":             {[]string{"referral"}, access.Township},
	"/referrals/{id}/package.zip":           {[]string{"handed"}, access.Clerk},
	"/recalls/{id}/record.pdf":              {[]string{"destruction"}, access.Clerk},
	"/batches/{id}":                         {[]string{"batch"}, access.Clerk},
	"/batches/{id}/chips":                   {[]string{"frozen"}, access.Clerk},
	"/batches/{id}/booklets.pdf":            {[]string{"frozen"}, access.Clerk},
	"/printers/{id}":                        {[]string{"printer"}, access.Clerk},
	"/printers/{id}/test.pdf":               {[]string{"printer"}, access.Clerk},
	"/batches/{id}/dispatch.pdf":            {[]string{"batch"}, access.Clerk},
	"/batches/{id}/register.pdf":            {[]string{"batch"}, access.Township},
	"/batches/{id}/cards.xlsx":              {[]string{"batch"}, access.Township},
	"/deliveries/{id}":                      {[]string{"sent"}, access.Township},
	"/notices/{id}":                         {[]string{"notice"}, access.Township},
	"/notices/{id}/list.pdf":                {[]string{"notice"}, access.Township},
	"/sessions/{id}":                        {[]string{"session"}, access.Township},
	"/sessions/{id}/change":                 {[]string{"session"}, access.Clerk},
	"/sessions/{id}/calls.pdf":              {[]string{"session"}, access.Township},
	"/sessions/{id}/route.pdf":              {[]string{"session"}, access.Township},
	"/sessions/{id}/summons.pdf":            {[]string{"session"}, access.Township},
	"/sessions/{id}/list.pdf":               {[]string{"session"}, access.Township},
	"/rosters/{id}":                         {[]string{"list"}, access.Township},
	"/rosters/{id}/columns":                 {[]string{"list"}, access.Township},
	"/rosters/{id}/progress":                {[]string{"list"}, access.Township},
	"/rosters/{id}/rejected.xlsx":           {[]string{"list"}, access.Township},
	"/people/{id}":                          {[]string{"person"}, access.Township},
	"/people/{id}/edit":                     {[]string{"person"}, access.Township},
	"/applications/{id}/call":               {[]string{"seated"}, access.Township},
	"/applications/{id}/call/{call}":        {[]string{"seated", "call"}, access.Township},
	"/applications/{id}/pathway":            {[]string{"sent"}, access.Township},
	"/applications/{id}/remote":             {[]string{"sent"}, access.Township},
	"/applications/{id}/appeal":             {[]string{"sent"}, access.Township},
	"/applications/{id}/appeal/order":       {[]string{"judged"}, access.City},
	"/reassessments/{id}":                   {[]string{"reassessment"}, access.Doctor},
	"/people/{id}/household":                {[]string{"person"}, access.Township},
	"/people/{id}/reveal":                   {[]string{"person"}, access.Township},
	"/certificates/{id}":                    {[]string{"held"}, access.Township},
	"/certificates/{id}/electronic":         {[]string{"held"}, access.Clerk},
	"/certificates/{id}/electronic.pdf":     {[]string{"held"}, access.Clerk},
	"/people/{id}/attempts":                 {[]string{"person"}, access.Township},
	"/people/{id}/reminders":                {[]string{"person"}, access.Township},
	"/reminders/{id}":                       {[]string{"reminder"}, access.Township},
	"/reminders/{id}/letter":                {[]string{"reminder"}, access.Township},
	"/reminders/{id}/letter.pdf":            {[]string{"reminder"}, access.Township},
	"/bundles/{id}":                         {[]string{"bundle"}, access.Township},
	"/bundles/{id}/progress":                {[]string{"bundle"}, access.Township},
	"/bundles/{id}/parts/{no}":              {[]string{"bundle", "no"}, access.Township},
	"/lapses/{id}":                          {[]string{"lapse"}, access.Township},
	"/postings/{id}":                        {[]string{"posting"}, access.Township},
	"/postings/{id}/list.pdf":               {[]string{"posting"}, access.Township},
	"/reminders/{id}/proof":                 {[]string{"reminder"}, access.Township},
	"/accounts/{id}":                        {[]string{"account"}, access.Secadmin},
	"/accounts/{id}/edit":                   {[]string{"account"}, access.Secadmin},
	"/agreements/{id}":                      {[]string{"agreement"}, access.Clerk},
	"/agreements/{id}/scans/{no}":           {[]string{"agreement", "no"}, access.Clerk},
	"/orgs/{id}/scans/{no}":                 {[]string{"org", "no"}, access.Clerk},
	"/doctors/{id}/scans/{no}":              {[]string{"doctor", "no"}, access.Health},
	"/doctors/{id}":                         {[]string{"doctor"}, access.Health},
	"/orgs/{id}":                            {[]string{"org"}, access.Sysadmin},
	"/piles/{id}":                           {[]string{"pile"}, access.Township},
	"/piles/{id}/progress":                  {[]string{"pile"}, access.Township},
	"/piles/{id}/pages/{page}":              {[]string{"pile", "leaf"}, access.Township},
	"/piles/{id}/pieces/{piece}":            {[]string{"pile", "piece"}, access.Township},
	"/statements/{id}":                      {[]string{"statement"}, access.Township},
	"/statements/{id}/forms.pdf":            {[]string{"statement"}, access.Township},
	"/statements/{id}/proof":                {[]string{"statement"}, access.Township},
	"/archive/files/{id}":                   {[]string{"person"}, access.Clerk},
	"/archive/files/{id}/papers.pdf":        {[]string{"person"}, access.Clerk},
	"/archive/boxes/{id}":                   {[]string{"box"}, access.Clerk},
	"/archive/boxes/{id}/labels.pdf":        {[]string{"box"}, access.Clerk},
	"/archive/appraisals/{id}":              {[]string{"appraisal"}, access.Clerk},
	"/archive/appraisals/{id}/register.pdf": {[]string{"appraisal"}, access.Clerk},
}

var gap = regexp.MustCompile(`\{\w+\}`)

func TestNoPageShowsARecordOfAnotherPlace(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		ids := s.records(t)
		neighbour := map[access.Role]*browser{}
		home := map[access.Role]*browser{}
		for _, role := range []access.Role{access.Township, access.Clerk, access.Doctor, access.Health, access.Secadmin, access.Sysadmin, access.City} {
			neighbour[role], home[role] = s.stranger(t, role), s.as(role)
		}
		town := s.actor(otherTown)
		for pattern, c := range scoped {
			n := 0
			path := gap.ReplaceAllStringFunc(pattern, func(string) string { n++; return ids[c.ids[n-1]] })
			if a := home[c.role].get(t, path); a.status != http.StatusOK && a.status != http.StatusSeeOther {
				t.Errorf("%s at home: status %d, %.600s", pattern, a.status, a.body)
			}
			if a := neighbour[c.role].get(t, path); a.status != http.StatusNotFound {
				t.Errorf("%s from the neighbour county: status %d", pattern, a.status)
			}
			if a := town.get(t, path); a.status != http.StatusNotFound && (a.status != http.StatusForbidden || c.role == access.Township) {
				t.Errorf("%s from another township: status %d", pattern, a.status)
			}
			if a := s.nobody().get(t, path); a.status != http.StatusSeeOther || !strings.HasPrefix(a.header.Get("Location"), "/sign-in") {
				t.Errorf("%s without a sign-in: status %d to %q", pattern, a.status, a.header.Get("Location"))
			}
		}
	})
}

func TestEveryPageOfARecordIsTriedFromOtherPlaces(t *testing.T) {
	t.Parallel()
	source := routesSource(t)
	for _, m := range regexp.MustCompile(`"GET (/[^"]*\{\w+\}[^"]*)"`).FindAllStringSubmatch(string(source), -1) {
		if _, ok := scoped[m[1]]; !ok && m[1] != "/policies/{key}" && m[1] != "/forms/{form}" { // rules and empty forms are no secret
			t.Errorf("%s is not tried", m[1])
		}
	}
}

// records is one of everything in 风平镇, by the names that scoped uses.
func (s *site) records(t *testing.T) map[string]string {
	t.Helper()
	o := s.office
	p := o.Person(t)
	held := o.Certificate(t, p, "2020-12-31")
	sent, printing, seated := o.Case(t, p, application.Dispatched), o.Case(t, o.Person(t), application.Printing), o.Case(t, o.Person(t), application.Scheduled)
	draft := o.Case(t, o.Person(t), application.Draft)
	listed, err := o.Files.Put(strings.NewReader("姓名,身份证号\n测试,53319919500101001X\n"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	scan, err := o.Files.Put(strings.NewReader("%PDF-1.4 scan"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{"call": "call", "sent": string(sent.ID), "draft": string(draft.ID), "seated": string(seated.ID), "scan": "scan", "batch": "batch", "frozen": "frozen", "notice": "notice",
		"session": "session", "list": "list", "person": string(p.ID), "held": string(held.ID), "agreement": "agreement-hospital-533103", "doctor": testbed.As(access.Doctor).Account, "account": testbed.As(access.Township).Account, "org": testbed.As(access.Doctor).Org}
	must := func(role access.Role, fn func(*store.Tx) error) { o.Update(t, role, fn) }
	must(access.Secadmin, func(tx *store.Tx) error {
		return tx.AddAccount(staff.Account{ID: staff.ID(otherTown.Account), Login: otherTown.Account, Name: otherTown.Name, Role: otherTown.Role, Region: otherTown.Region, Org: org.ID(otherTown.Org)})
	})
	must(access.Clerk, func(tx *store.Tx) error {
		if err := tx.AddSession(session.Session{ID: "session", Region: testbed.Township, Hospital: org.ID(testbed.As(access.Doctor).Org), Kind: session.Central, Day: o.Today(), Capacity: 9, Taken: 1}); err != nil {
			return err
		}
		if err := tx.AddNotice(announcement.Notice{ID: "notice", Region: testbed.Township, No: "1", Starts: o.Today(), Ends: o.Today().Add(8), People: 1}); err != nil {
			return err
		}
		u := roster.Upload{ID: "list", Region: testbed.Township, Kind: roster.Suspected, Name: "名单.csv", Hash: listed.Hash, State: roster.Ready, Account: testbed.As(access.Township).Account, At: tx.Now()}
		if err := tx.AddRoster(u); err != nil {
			return err
		}
		for _, paper := range []org.Paper{{Kind: org.AgreementDeed, Owner: ids["agreement"]}, {Kind: org.DesignationDeed, Owner: ids["org"]}, {Kind: org.SpecimenDeed, Owner: ids["doctor"]}} {
			if err := tx.AddDeed(access.AgreementEdit, org.Deed{Paper: paper, Region: testbed.County, No: 1, Type: "application/pdf", Hash: scan.Hash}); err != nil {
				return err
			}
		}
		l, err := tx.SendLetter(sent, store.Letter{Kind: application.CorrectionLetter, Reason: "缺照片"})
		ids["letter"] = l.ID + ".pdf"
		return err
	})
	ids["box"] = "box"
	must(access.Clerk, func(tx *store.Tx) error {
		b := archive.Box{ID: "box", Region: testbed.County, No: "533103-H·2020-D30-001", Year: 2020, Term: archive.Thirty, Holds: 30, Filled: 1}
		if err := tx.AddBox(access.ArchiveKeep, b); err != nil {
			return err
		}
		return tx.AddDossier(access.ApplicationFile, archive.Dossier{Person: p.ID, Region: p.Region, No: "533103-CJ·2020-D30-0001", Year: 2020, Term: archive.Thirty, Box: "box", Order: 1, Opened: o.Today(),
			Closed: o.Today(), State: archive.Shelved})
	})
	s.anew(t, ids)
	ids["disclosure"] = "disclosure"
	must(access.Township, func(tx *store.Tx) error {
		return tx.AddDisclosure(disclosure.Disclosure{ID: "disclosure", Region: p.Region.Township(), No: "533103-2020-M0009", Columns: disclosure.Columns, Reason: "核对低保", Receiver: "民政局",
			Author: "township-533103105", On: o.Today(), State: disclosure.Asked})
	})
	ids["statement"] = s.stated(t, p, scan.Hash)
	ids["transfer"] = "transfer"
	must(access.Clerk, func(tx *store.Tx) error {
		x := transfer.Transfer{ID: "transfer", Way: transfer.Out, Region: testbed.Village, Abroad: "533123", Twin: "twin", Person: p.ID, Certificate: held.ID,
			Parcel: transfer.Parcel{From: "芒市残联", Name: "测试", Number: p.Number, Certificate: held.Number, Category: held.Category, Level: held.Level}, State: transfer.Sent,
			Sent: o.Today(), Due: o.Today()}
		if err := tx.SignTransfer(&x); err != nil {
			return err
		}
		return tx.AddTransfer(access.ApplicationApprove, x)
	})
	ids["referral"], ids["handed"] = s.referredTo(t, p, sent.ID)
	ids["destruction"] = "destruction"
	must(access.Clerk, func(tx *store.Tx) error {
		return tx.AddDestruction(card.Destruction{ID: "destruction", Region: testbed.County, No: "533103-2020-X0001", Day: o.Today(), Way: "粉碎", First: "甲", Second: "乙"}, nil)
	})
	ids["printer"] = "printer"
	must(access.Clerk, func(tx *store.Tx) error {
		p := card.Standard(certificate.Card)
		p.ID, p.Region, p.Name = "printer", testbed.County, "卡机"
		return tx.AddPrinter(p)
	})
	ids["pile"], ids["piece"] = s.piled(t, testbed.As(access.Township), scanned(t, "", 1))
	ids["leaf"] = "1"
	ids["posting"], ids["lapse"] = "posting", s.putUp(t, held)
	ids["reminder"] = s.reminded(t, held.ID, p.ID, scan.Hash)
	ids["bundle"], ids["no"] = s.printed(t, scan.Hash), "1"
	s.carded(t, sent, "batch", held.ID, card.Dispatched)
	s.carded(t, printing, "frozen", held.ID, card.Frozen)
	must(access.Clerk, func(tx *store.Tx) error {
		if err := tx.AddCall(call.Call{ID: "call", Application: string(seated.ID), Region: seated.Region, Near: testbed.As(access.Township).Account, Opened: tx.Now()}, ""); err != nil {
			return err
		}
		seated.Session = "session"
		if err := tx.SaveApplication(access.ApplicationSchedule, seated.State, seated, ""); err != nil {
			return err
		}
		return tx.AddAttachment(attachment.Attachment{ID: "scan", Region: sent.Region, Application: string(sent.ID), Paper: "identity", Name: "身份证.pdf", Type: "application/pdf",
			Size: scan.Size, Hash: scan.Hash})
	})
	return ids
}

// stated is a signed waiver of somebody that came back.
func (s *site) stated(t *testing.T, who person.Person, scan string) string {
	t.Helper()
	s.office.Update(t, access.Township, func(tx *store.Tx) error {
		x := statement.Statement{ID: "statement", Issue: "statement", Region: who.Region, No: "533103-2020-F000001", Kind: statement.Waiver, State: statement.Out, Printed: s.office.Today(), Version: 1}
		if err := tx.AddStatement(x, []person.Person{who}); err != nil {
			return err
		}
		if err := x.Receive(statement.Scan{On: s.office.Today(), Hash: scan, Type: "application/pdf", Pages: 1}); err != nil {
			return err
		}
		return tx.SaveStatement(access.StatementReceive, x, "")
	})
	return "statement"
}

// carded puts a case into a batch with its card.
func (s *site) carded(t *testing.T, a application.Application, batch string, held certificate.ID, state card.State) {
	t.Helper()
	s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
		a.No, a.Accepted, a.Approved, a.Batch, a.Notice = "533103-2020-"+batch, s.office.Today(), s.office.Today(), batch, "notice"
		a.Category, a.Level = certificate.Physical, certificate.Third
		if err := tx.SaveApplication(access.ApplicationPrint, a.State, a, ""); err != nil {
			return err
		}
		b := card.Batch{ID: card.BatchID(batch), Region: region.Code(testbed.Township), No: batch, Cards: 1, Made: s.office.Today()}
		if err := tx.AddBatch(b); err != nil {
			return err
		}
		face := card.Face{Name: "测试", Number: "53319919610504001X43", Level: certificate.Third, Category: "肢体", Issued: s.office.Today(), Expires: s.office.Today()}
		k := card.Card{ID: card.ID("card-" + batch), Region: a.Region, Batch: b.ID, Application: string(a.ID), Certificate: held, Face: face, State: state}
		return tx.AddCard(k)
	})
}

// reminded is a letter about a certificate whose slip was scanned.
func (s *site) reminded(t *testing.T, held certificate.ID, who person.ID, scan string) string {
	t.Helper()
	s.office.Update(t, access.Township, func(tx *store.Tx) error {
		r := reminder.Reminder{ID: "reminder", Region: testbed.Village, No: "533103-2020-T0000001", Kind: reminder.Renew, Step: "6", Person: who, Certificate: held, State: reminder.Made,
			Made: s.office.Today(), Months: 6, Due: "2020-12-31"}
		if err := tx.AddReminder(r); err != nil {
			return err
		}
		r.State, r.Received, r.Signer, r.Proof, r.ProofType, r.Version = reminder.Received, s.office.Today(), reminder.Self, scan, "application/pdf", 1
		return tx.SaveReminder(access.ReminderReceive, r)
	})
	return "reminder"
}

// printed is a bundle with a file that is ready.
func (s *site) printed(t *testing.T, hash string) string {
	t.Helper()
	s.office.Update(t, access.Township, func(tx *store.Tx) error {
		b := reminder.Bundle{ID: "bundle", Region: testbed.Township, About: "凤平镇", Letters: 1, State: reminder.BundleWorking, Made: tx.Now(), Last: s.office.Today().Add(7)}
		if err := tx.AddBundle(b, []reminder.ID{"reminder"}, ""); err != nil {
			return err
		}
		return tx.AddBundlePart(b, reminder.Part{No: 1, Letters: 1, Hash: hash, Size: 1})
	})
	return "bundle"
}

// putUp is the certificate on a published list of those to be cancelled.
func (s *site) putUp(t *testing.T, held certificate.Certificate) string {
	t.Helper()
	s.office.Update(t, access.Township, func(tx *store.Tx) error {
		p := lapse.Posting{ID: "posting", Region: testbed.Township, No: "533103-2020-Z0001", Starts: s.office.Today(), Ends: s.office.Today().Add(7), People: 1}
		if err := tx.AddPosting(p); err != nil {
			return err
		}
		return tx.AddLapse(lapse.Lapse{ID: "lapse", Region: held.Region, Certificate: held.ID, Person: held.Person, Cause: lapse.Expired, State: lapse.Announced, Posting: p.ID, Ends: p.Ends})
	})
	return "lapse"
}
