package store_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/assessment"
	"hefa/internal/attachment"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/departure"
	"hefa/internal/disclosure"
	"hefa/internal/household"
	"hefa/internal/job"
	"hefa/internal/lapse"
	"hefa/internal/message"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/roster"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestPersonalTextsAreSealedInTheirRowsAndComeBackWhole(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := o.Person(t)
		was := p
		p.Address, p.Phone = "风平镇那目村三组 12 号", "13900000009"
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			p.Version = 1
			return tx.SavePerson(access.PersonEdit, was, p)
		})
		held := o.Certificate(t, p, "2020-12-31")
		a := o.Case(t, p, application.Scheduled)
		want := keepAll(t, o, p, held, a)
		keepMore(t, o, a)
		keepReminder(t, o, p)
		keepLapse(t, o, held)
		keepFactor(t, o)
		keepLoan(t, o, p)
		keepAppraisal(t, o)
		keepDeparture(t, o, held)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.Surrender(held, card.Surrender{Day: tx.Today(), Reason: "家属称已随葬"})
		})
		keepTransfer(t, o, held)
		keepReferral(t, o)
		keepDisclosure(t, o)
		keepCorrection(t, o, p)
		keepLikeness(t, o, a)
		keepAbsence(t, o, a)
		keepRelative(t, o, p)
		keepMessages(t, o, p)
		keepAppeal(t, o, a)
		keepDifference(t, o, p)
		keepProposal(t, o, a)
		keepPile(t, o)
		keepHousehold(t, o, p)
		o.Visited(t, p, 1)
		keepEvidence(t, o, a)
		if got := readAll(t, o, p, a); cmp.Diff(want, got) != "" {
			t.Errorf("what came back:\n%s", cmp.Diff(want, got))
		}
		for table, columns := range store.Sealed() {
			for _, column := range columns {
				rows, err := o.DB.Raw(t.Context(), table, column)
				if err != nil || len(rows) == 0 || !slices.ContainsFunc(rows, func(s string) bool { return s != "" }) {
					t.Errorf("%s.%s: %d rows, %v", table, column, len(rows), err)
				}
				for _, s := range rows {
					if _, ok := o.Keys.KeyOf(s); s != "" && !ok {
						t.Errorf("%s.%s holds %q", table, column, s)
					}
				}
			}
		}
	})
}

// kept is one of everything personal.
type kept struct {
	Person   person.Person
	Held     certificate.Number
	Findings []assessment.Finding
	Signed   []assessment.Finding
	Face     card.Face
	Objector string
	Returned []store.Rejected
	Sickness string
	Answer   string
}

func keepAll(t *testing.T, o *testbed.Office, p person.Person, held certificate.Certificate, a application.Application) kept {
	k := kept{
		Findings: []assessment.Finding{{Category: certificate.Physical, Level: certificate.Third, Meets: true, Findings: "右下肢短缩", Cause: "外伤"}},
		Face:     card.Face{Name: p.Name, Number: held.Number, Phone: p.Phone},
		Objector: "王某 13900000002 不属实",
		Returned: []store.Rejected{{Rejection: roster.Rejection{Row: 4, Value: "53319919610504", Message: "少几位"}, Cells: []string{"1", p.Name}}},
		Sickness: "精神分裂症",
		Answer:   `{"phone":"13900000000"}`,
	}
	k.Signed = k.Findings
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		u := roster.Upload{ID: "list", Region: testbed.Township, Kind: roster.Suspected, Name: "名单", State: roster.Checking, At: tx.Now()}
		text := strings.Fields(k.Objector)
		for _, do := range []func() error{
			func() error { return tx.KeepFindings(a, k.Findings) },
			func() error {
				return tx.AddAssessment(a, "signed", assessment.Conclusion{Findings: k.Signed, On: tx.Today()})
			},
			func() error { return tx.AddBatch(card.Batch{ID: "batch", Region: a.Region, No: "1", Made: tx.Today()}) },
			func() error {
				return tx.AddCard(card.Card{ID: "card", Region: a.Region, Batch: "batch", Application: string(a.ID), Certificate: held.ID, Face: k.Face, State: card.Frozen})
			},
			func() error {
				return tx.AddObjection(announcement.Objection{ID: "objection", Region: a.Region, No: "1", Application: string(a.ID), Name: text[0], Phone: text[1], Text: text[2]})
			},
			func() error { return tx.AddRoster(u) },
			func() error { return tx.AddRejected(u, k.Returned) },
			func() error {
				return tx.TakeIn(u, []store.Intake{{Person: p, Listed: &store.Listed{ID: "row", Region: p.Region, Kind: u.Kind, Roster: u.ID, Person: p.ID, Condition: k.Sickness, Remark: "家属代办"}}})
			},
			func() error { return tx.BeginAnswer("key", "digest") },
			func() error { return tx.KeepAnswer("key", 200, k.Answer) },
		} {
			if err := do(); err != nil {
				return err
			}
		}
		return nil
	})
	k.Person, k.Held = p, held.Number
	k.Person.Version = 2
	return k
}

// keepLoan is a file that somebody asked for in vain.
func keepLoan(t *testing.T, o *testbed.Office, p person.Person) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		d := archive.Dossier{Person: p.ID, Region: p.Region, No: "1", Year: 2020, Term: archive.Ten, Opened: tx.Today(), Closed: tx.Today(), State: archive.Shelved}
		if err := tx.AddDossier(access.ApplicationFile, d); err != nil {
			return err
		}
		l := archive.Loan{ID: "loan", Person: p.ID, Region: p.Region, Borrower: "测试借阅人", Unit: "市残联", Reason: "精神分裂症病历复核", Asked: tx.Today(), State: archive.Asked}
		if err := tx.AddLoan(access.LoanAsk, l); err != nil {
			return err
		}
		l.Answer, l.State, l.Version = "病历不外借", archive.Denied, 1
		if err := tx.SaveLoan(access.LoanDecide, l); err != nil {
			return err
		}
		m := archive.Mark{ID: "mark", Region: p.Region, Person: p.ID, Paper: "scan", Kind: archive.Form, Title: "申请表", Flaw: archive.Unsigned, Reason: "精神残疾人监护人未签", Day: tx.Today(), Clerk: "clerk"}
		if err := tx.AddMark(access.ArchiveKeep, m); err != nil {
			return err
		}
		m.Lifted, m.Lifter, m.Answer, m.Version = tx.Today(), "clerk", "监护人已补签", 1
		return tx.SaveMark(access.ArchiveKeep, m)
	})
}

// keepDeparture is a list of deaths with somebody who lives.
func keepDeparture(t *testing.T, o *testbed.Office, held certificate.Certificate) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		l := departure.List{ID: "list", Region: held.County(), Kind: departure.Move, Source: "公安局", Name: "测试人.xlsx", On: tx.Today()}
		if err := tx.AddDepartureList(l); err != nil {
			return err
		}
		d := departure.Departure{ID: "departure", Region: held.Region, List: l.ID, Kind: l.Kind, Person: held.Person, Certificate: held.ID, Named: "测试人",
			Whither: "邻县城关镇一组", State: departure.Proposed}
		if err := tx.AddDeparture(d); err != nil {
			return err
		}
		d.State, d.Reason, d.Version = departure.Dismissed, "家属称其仍住三组", 1
		return tx.SaveDeparture(access.DepartureDismiss, d)
	})
}

// keepDifference is a phone that another register tells otherwise.
func keepDifference(t *testing.T, o *testbed.Office, p person.Person) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		d := roster.Difference{ID: "difference", Region: p.Region, Roster: "list", Person: p.ID, Field: roster.FieldPhone, Ours: "13812345678", Theirs: "13987654321", State: roster.Undecided}
		if err := tx.AddDifferences([]roster.Difference{d}); err != nil {
			return err
		}
		d.State, d.Reason, d.Version = roster.Ours, "精神残疾人的号码由其父代管", 1
		return tx.SaveDifference(d)
	})
}

// keepProposal is a phone that a case asks to change.
func keepProposal(t *testing.T, o *testbed.Office, a application.Application) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		return tx.KeepProposal(a, []person.Change{{Field: "phone", Before: "13812345678", After: "13987654321"}})
	})
}

// keepMore is what no page reads back in the same words.
func keepMore(t *testing.T, o *testbed.Office, a application.Application) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		u, err := tx.Roster("list")
		if err != nil {
			return err
		}
		u.Sample = []roster.Preview{{Number: "533199196105040011"}}
		c, err := tx.CardOf(a)
		if err != nil {
			return err
		}
		c.Receiver, c.Note, c.Papers, c.Tracking = "测试人", "代领", "委托书", "EA123456789CN"
		said, err := tx.Objections(a)
		if err != nil {
			return err
		}
		said[0].Reason = "查无此事"
		for _, do := range []func() error{
			func() error { return tx.KeepRoster(u) },
			func() error { return tx.SaveCard(access.ApplicationDeliver, c, "") },
			func() error { return tx.SaveObjection(said[0]) },
			func() error {
				return tx.AddAttachment(attachment.Attachment{ID: "scan", Region: a.Region, Application: string(a.ID), Paper: "identity", Name: "533199196105040011.jpg", Hash: "x"})
			},
			func() error {
				_, err := tx.SendLetter(a, store.Letter{Kind: application.RejectionLetter, Reason: "精神分裂症材料不齐"})
				return err
			},
			func() error {
				return tx.AddSession(session.Session{ID: "home", Region: a.Region, Hospital: org.ID("hospital-" + string(testbed.County)), Kind: session.Home, Day: tx.Today(), Place: "风平镇那目村", Capacity: 1})
			},
			func() error { return tx.Enqueue(job.CheckRoster{County: string(testbed.County), Roster: "list"}) },
		} {
			if err := do(); err != nil {
				return err
			}
		}
		return nil
	})
	rows, err := o.DB.Claim(t.Context(), []string{job.CheckRoster{}.Kind()}, 1, job.Lease)
	if err != nil || len(rows) != 1 || !strings.Contains(rows[0].Args, "list") {
		t.Fatalf("claimed %v, %v", rows, err)
	}
	if err := o.DB.Finish(t.Context(), rows[0], errors.New("row 3 of 533199196105040011")); err != nil {
		t.Fatal(err)
	}
}

func readAll(t *testing.T, o *testbed.Office, p person.Person, a application.Application) kept {
	var k kept
	o.Update(t, access.Clerk, func(tx *store.Tx) (err error) {
		ok := func(e error) {
			if e != nil && err == nil {
				err = e
			}
		}
		k.Person, err = tx.Person(p.ID)
		cards, e := tx.CertificatesOf(p.County(), p.ID)
		ok(e)
		k.Held = cards[0].Number
		k.Findings, e = tx.Findings(a)
		ok(e)
		signed, e := tx.Assessments(a)
		ok(e)
		k.Signed = signed[0].Findings
		c, e := tx.CardOf(a)
		ok(e)
		k.Face = c.Face
		said, e := tx.Objections(a)
		ok(e)
		k.Objector = said[0].Name + " " + said[0].Phone + " " + said[0].Text
		u, e := tx.Roster("list")
		ok(e)
		k.Returned, e = tx.RejectedLines(u, 0, 10)
		ok(e)
		listed, e := tx.ListedPeople(store.ListedFilter{Kind: roster.Suspected, Limit: 10})
		ok(e)
		k.Sickness = listed[0].Condition
		answer, e := tx.Answered("key")
		ok(e)
		k.Answer = answer.Body
		return err
	})
	return k
}

// keepLapse is a certificate that was put up for cancellation, objected to and taken off.
func keepLapse(t *testing.T, o *testbed.Office, held certificate.Certificate) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		l := lapse.Lapse{ID: "lapse", Region: held.Region, Certificate: held.ID, Person: held.Person, Cause: lapse.Expired, State: lapse.Announced, Posting: "posting", Version: 1}
		said := announcement.Objection{ID: "said", Region: held.Region, No: "2", Notice: "posting", Application: "lapse", Name: "李某", Phone: "13900000003", Text: "他常年在家", Version: 1}
		decided := said
		decided.Decision, decided.Reason, decided.Decided = "upheld", "属实", tx.Today()
		for _, do := range []func() error{
			func() error {
				return tx.AddPosting(lapse.Posting{ID: "posting", Region: testbed.Township, No: "1", People: 1})
			},
			func() error { return tx.AddLapse(l) },
			func() error { return tx.AddLapseObjection(said) },
			func() error { return tx.SaveLapseObjection(decided) },
			func() error {
				l.State, l.Reason = lapse.Dropped, "本人卧床"
				return tx.SaveLapse(access.LapseDrop, l)
			},
		} {
			if err := do(); err != nil {
				return err
			}
		}
		return nil
	})
}

func keepFactor(t *testing.T, o *testbed.Office) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		a, err := tx.Account(staff.ID(testbed.As(access.Clerk).Account))
		if err != nil {
			return err
		}
		if err := tx.PutLinked(access.SelfManage, a, "https://id.example 测试"); err != nil {
			return err
		}
		if err := tx.AddPasskey(a, staff.Passkey{ID: "k", Name: "k", Handle: "k", Credential: "{}"}); err != nil {
			return err
		}
		return tx.PutFactor(a, "JBSWY3DPEHPK3PXP")
	})
}

func keepDisclosure(t *testing.T, o *testbed.Office) {
	t.Helper()
	d := disclosure.Disclosure{ID: "disclosure", Region: testbed.Township, No: "533103-2020-M0001", Columns: []disclosure.Column{disclosure.Name}, Reason: "与民政核对低保",
		Receiver: "县民政局", Author: "clerk", AuthorName: "测试办证员", On: o.Today(), State: disclosure.Asked}
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		if err := tx.AddDisclosure(d); err != nil {
			return err
		}
		d.State, d.Judge, d.Opinion, d.Version = disclosure.Denied, "approver", "不必要", 1
		return tx.SaveDisclosure(access.DisclosureJudge, d, d.No)
	})
}

func keepAbsence(t *testing.T, o *testbed.Office, a application.Application) {
	t.Helper()
	s := session.Session{ID: "missed", Region: testbed.Township, Hospital: "hospital", Kind: session.Central, Day: o.Today(), Capacity: 9, Round: session.Round{Team: "测试医师甲"}}
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		if err := tx.AddSession(s); err != nil {
			return err
		}
		if err := tx.SaveAids(a, application.Aids{All: []application.Aid{application.Wheelchair}}); err != nil {
			return err
		}
		return tx.AddAbsence(a.County(), store.Absence{Application: a.ID, Session: s.ID, Day: s.Day, Why: application.Otherwise, Note: "家人称其住院"})
	})
}

func keepRelative(t *testing.T, o *testbed.Office, p person.Person) {
	t.Helper()
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		return tx.AddRelative(staff.Relative{ID: "relative", Account: "clerk", Name: p.Name, Number: p.Number, Relation: staff.Sibling, Declared: o.Today()})
	})
}

func keepHousehold(t *testing.T, o *testbed.Office, p person.Person) {
	t.Helper()
	l := household.Life{Person: p.ID, Region: p.Region, Household: "household", LivesAt: "县城某小区", Guardian: p.Number}
	h := household.Helper{ID: "helper", Region: p.Region, Household: l.Household, Role: household.Team, Name: "测试队员", Phone: "13900000002", Span: household.Span{From: o.Today()}}
	o.Update(t, access.Township, func(tx *store.Tx) error { return errors.Join(tx.SaveLife(household.Life{}, l, ""), tx.AddHelper(h, p)) })
}

func keepMessages(t *testing.T, o *testbed.Office, p person.Person) {
	t.Helper()
	m := message.Message{ID: "message", Region: p.Region, Person: p.ID, Kind: message.Card, About: "case", Phone: "13900000003", Text: p.Name + "同志", Parts: 1, State: message.Queued}
	u := store.Unwanted{ID: "unwanted", Region: p.Region, Phone: "13900000004", Day: o.Today(), Author: "测试"}
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		return errors.Join(tx.AddMessages([]message.Message{m}, ""), tx.AddUnwanted(u))
	})
}
