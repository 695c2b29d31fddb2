package testbed

import (
	"image"
	"image/png"
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
	"hefa/internal/message"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/pile"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/roster"
	"hefa/internal/session"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/transfer"
)

// Records puts one of everything into 风平镇 and gives the ids by name: "person", "sent" (a case whose card was sent out), "held" (a certificate), "printer" and
// so on, for whoever asks every address of a door.
func (o *Office) Records(t testing.TB) map[string]string {
	t.Helper()
	p := o.Person(t)
	held := o.Certificate(t, p, "2020-12-31")
	scan := o.file(t, "%PDF-1.4 scan")
	ids := map[string]string{"scan": "scan", "photo": "photo", "leaf": "1", "no": "1", "person": string(p.ID), "held": string(held.ID), "agreement": "agreement-hospital-533103", "doctor": As(access.Doctor).Account,
		"account": As(access.Township).Account, "org": As(access.Doctor).Org}
	sent := o.cases(t, ids, p, scan)
	o.places(t, ids, scan)
	o.kept(t, ids, p, scan)
	o.anew(t, ids)
	o.across(t, ids, p, held, sent)
	ids["statement"] = o.stated(t, p, scan)
	ids["pile"], ids["piece"] = o.piled(t)
	ids["posting"], ids["lapse"] = "posting", o.putUp(t, held)
	ids["reminder"] = o.reminded(t, held.ID, p.ID, scan)
	ids["bundle"] = o.printed(t, scan)
	o.Carded(t, sent, "batch", held.ID, card.Dispatched)
	o.Carded(t, o.Case(t, o.Person(t), application.Printing), "frozen", held.ID, card.Frozen)
	ids["batch"], ids["frozen"], ids["signed"] = "batch", "frozen", o.signed(t, scan)
	return ids
}

// Home is where one of Records lies: what the whole county keeps is the county's, a list or a journey the township's, and all else is of somebody of the village.
func Home(name string) region.Code {
	switch name {
	case "agreement", "doctor", "org", "printer", "destruction", "box", "appraisal":
		return County
	case "account", "batch", "frozen", "notice", "session", "list", "bundle", "posting", "pile", "disclosure", "token", "relative":
		return Township
	}
	return Village
}

func (o *Office) file(t testing.TB, content string) (hash string) {
	t.Helper()
	f, err := o.Files.Put(strings.NewReader(content), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return f.Hash
}

// cases is a case with its letter and a scan, a draft, and one with a seat and a call.
func (o *Office) cases(t testing.TB, ids map[string]string, p person.Person, scan string) application.Application {
	t.Helper()
	sent, seated, draft := o.Case(t, p, application.Dispatched), o.Case(t, o.Person(t), application.Scheduled), o.Case(t, o.Person(t), application.Draft)
	ids["sent"], ids["seated"], ids["draft"], ids["call"], ids["session"] = string(sent.ID), string(seated.ID), string(draft.ID), "call", "session"
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		if err := tx.AddSession(session.Session{ID: "session", Region: Township, Hospital: org.ID(As(access.Doctor).Org), Kind: session.Central, Day: o.Today(), Capacity: 9, Taken: 1}); err != nil {
			return err
		}
		if err := tx.AddCall(call.Call{ID: "call", Application: string(seated.ID), Region: seated.Region, Near: As(access.Township).Account, Opened: tx.Now()}, ""); err != nil {
			return err
		}
		seated.Session = "session"
		if err := tx.SaveApplication(access.ApplicationSchedule, seated.State, seated, ""); err != nil {
			return err
		}
		photo := attachment.Attachment{ID: "photo", Region: draft.Region, Application: string(draft.ID), Paper: "photo", Name: "照片.jpg", Type: "image/jpeg", Size: 13, Hash: scan, Small: scan}
		if err := tx.AddAttachment(photo); err != nil {
			return err
		}
		err := tx.AddAttachment(attachment.Attachment{ID: "scan", Region: sent.Region, Application: string(sent.ID), Paper: "identity", Name: "身份证.pdf", Type: "application/pdf", Size: 13, Hash: scan})
		if err != nil {
			return err
		}
		l, err := tx.SendLetter(sent, store.Letter{Kind: application.CorrectionLetter, Reason: "缺照片"})
		ids["letter"] = l.ID + ".pdf"
		return err
	})
	return sent
}

// places is what a county and a township keep: a notice, a list that was handed in, scanned deeds, a printer, a phone that wants no messages, what belongs to an account.
func (o *Office) places(t testing.TB, ids map[string]string, scan string) {
	t.Helper()
	for _, name := range []string{"notice", "list", "printer", "unwanted", "token", "relative"} {
		ids[name] = name
	}
	clerk := staff.ID(As(access.Township).Account)
	o.Update(t, access.Township, func(tx *store.Tx) error {
		if err := tx.AddRelative(staff.Relative{ID: "relative", Account: clerk, Name: "亲属", Number: person.MakeNumber("533199", "1990-01-01", 999), Relation: staff.Child, Declared: o.Today()}); err != nil {
			return err
		}
		if err := tx.AddUnwanted(store.Unwanted{ID: "unwanted", Region: Village, Phone: "13900000009", Day: o.Today(), Author: "测试"}); err != nil {
			return err
		}
		return tx.AddToken(store.Token{ID: "token", Hash: "token", Account: clerk, Name: "test", Created: o.Now(), Expires: o.Now().AddDate(0, 0, 9)}, Township)
	})
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		if err := tx.AddNotice(announcement.Notice{ID: "notice", Region: Township, No: "1", Starts: o.Today(), Ends: o.Today().Add(8), People: 1}); err != nil {
			return err
		}
		u := roster.Upload{ID: "list", Region: Township, Kind: roster.Suspected, Name: "名单.csv", Hash: o.file(t, "姓名,身份证号\n测试,53319919500101001X\n"), State: roster.Ready,
			Account: As(access.Township).Account, At: tx.Now()}
		if err := tx.AddRoster(u); err != nil {
			return err
		}
		for _, paper := range []org.Paper{{Kind: org.AgreementDeed, Owner: ids["agreement"]}, {Kind: org.DesignationDeed, Owner: ids["org"]}, {Kind: org.SpecimenDeed, Owner: ids["doctor"]}} {
			if err := tx.AddDeed(access.AgreementEdit, org.Deed{Paper: paper, Region: County, No: 1, Type: "application/pdf", Hash: scan}); err != nil {
				return err
			}
		}
		x := card.Standard(certificate.Card)
		x.ID, x.Region, x.Name = "printer", County, "卡机"
		return tx.AddPrinter(x)
	})
}

// kept is a file in its box with a loan, the record of a destruction, and a message.
func (o *Office) kept(t testing.TB, ids map[string]string, p person.Person, scan string) {
	t.Helper()
	for _, name := range []string{"box", "destruction", "item", "loan", "mark", "message"} {
		ids[name] = name
	}
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		b := archive.Box{ID: "box", Region: County, No: "533103-H·2020-D30-001", Year: 2020, Term: archive.Thirty, Holds: 30, Filled: 1}
		if err := tx.AddBox(access.ArchiveKeep, b); err != nil {
			return err
		}
		d := archive.Dossier{Person: p.ID, Region: p.Region, No: "533103-CJ·2020-D30-0001", Year: 2020, Term: archive.Thirty, Box: "box", Order: 1, Opened: o.Today(), Closed: o.Today(), State: archive.Shelved}
		if err := tx.AddDossier(access.ApplicationFile, d); err != nil {
			return err
		}
		if err := tx.AddItems(d, []archive.Item{{ID: "item", Kind: archive.Supplement, Title: "病历", Day: o.Today(), Pages: 1, Origin: archive.Scan, Hash: scan}}); err != nil {
			return err
		}
		if err := tx.AddLoan(access.ArchiveKeep, archive.Loan{ID: "loan", Person: p.ID, Region: p.Region, Borrower: "借阅人", Unit: "民政局", Reason: "核对", Asked: o.Today(), State: archive.Asked}); err != nil {
			return err
		}
		if err := tx.AddMark(access.ArchiveKeep, archive.Mark{ID: "mark", Region: p.Region, Person: p.ID, Paper: "form", Kind: archive.Form, Title: "申请表", Flaw: archive.Unsigned, Reason: "未签名", Day: o.Today(), Clerk: "clerk"}); err != nil {
			return err
		}
		m := message.Message{ID: "message", Region: Village, Person: p.ID, Kind: message.Campaign, About: "日", Phone: "13900000008", Text: "测试", Parts: 1, State: message.Queued, Next: o.Now(), Made: o.Now()}
		if err := tx.AddMessages([]message.Message{m}, ""); err != nil {
			return err
		}
		return tx.AddDestruction(card.Destruction{ID: "destruction", Region: County, No: "533103-2020-X0001", Day: o.Today(), Way: "粉碎", First: "甲", Second: "乙"}, nil)
	})
}

// across is what goes to other places: a transfer, a referral, columns for another office.
func (o *Office) across(t testing.TB, ids map[string]string, p person.Person, held certificate.Certificate, sent application.Application) {
	t.Helper()
	ids["transfer"], ids["disclosure"] = "transfer", "disclosure"
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		x := transfer.Transfer{ID: "transfer", Way: transfer.Out, Region: Village, Abroad: "533123", Twin: "twin", Person: p.ID, Certificate: held.ID,
			Parcel: transfer.Parcel{From: "芒市残联", Name: "测试", Number: p.Number, Certificate: held.Number, Category: held.Category, Level: held.Level}, State: transfer.Sent,
			Sent: o.Today(), Due: o.Today()}
		if err := tx.SignTransfer(&x); err != nil {
			return err
		}
		return tx.AddTransfer(access.ApplicationApprove, x)
	})
	o.Update(t, access.Township, func(tx *store.Tx) error {
		return tx.AddDisclosure(disclosure.Disclosure{ID: "disclosure", Region: p.Region.Township(), No: "533103-2020-M0009", Columns: disclosure.Columns, Reason: "核对低保", Receiver: "民政局",
			Author: "township-533103105", On: o.Today(), State: disclosure.Asked})
	})
	ids["referral"], ids["handed"] = o.referredTo(t, p, sent.ID)
}

// scanned is a page as a scanner gives it.
func scanned() string {
	var b strings.Builder
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))) // into memory
	return b.String()
}

// piled is a scanned pile that was taken apart, and its one paper.
func (o *Office) piled(t testing.TB) (which, piece string) {
	t.Helper()
	picture := scanned()
	page := o.file(t, picture)
	s := pile.Pile{ID: "pile", Region: Township, Name: "扫描.png", Digest: page, State: pile.Open, Pages: 1, Received: o.Today(), Signer: reminder.Self,
		Account: As(access.Township).Account, Author: As(access.Township).Name, At: o.Now(), Version: 1}
	o.Update(t, access.Township, func(tx *store.Tx) error {
		if err := tx.AddPile(s, []pile.Source{{Hash: page, Type: "image/png", Size: int64(len(picture)), Pages: 1}}); err != nil {
			return err
		}
		leaf := pile.Leaf{No: 1, Page: 1, Piece: "piece", Order: 1, Picture: page, Small: page}
		if err := tx.AddLeaf(s, leaf); err != nil {
			return err
		}
		x := pile.Piece{ID: "piece", Pile: s.ID, Region: s.Region, Order: 1, State: pile.Waiting, Pages: 1}
		if err := tx.AddPiece(x); err != nil {
			return err
		}
		if err := tx.PutLeaves(x, []pile.Leaf{leaf}); err != nil {
			return err
		}
		s.Read, s.Waiting = 1, 1
		return tx.KeepPile(s)
	})
	return "pile", "piece"
}
