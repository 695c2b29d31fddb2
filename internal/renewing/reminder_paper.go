package renewing

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/sheet"
	"hefa/internal/store"
)

// printMost is how many letters one file may hold; the largest township has a few thousand holders.
const printMost = 20_000

// filesMost is how many letters one archive may hold; each of its files carries its own typefaces, some 50 kB.
const filesMost = 2000

// house is what letters of a place have in common.
type house struct {
	issuer, contact, rule, quote string
	years, photos, days          int
}

// houses reads what is common once a township.
type houses struct {
	tx    *store.Tx
	known map[region.Code]house
}

func (h houses) at(where region.Code) (house, error) {
	town := where.Township()
	if known, ok := h.known[town]; ok {
		return known, nil
	}
	office, err := h.tx.Office(where)
	if err != nil {
		return house{}, err
	}
	county, err := h.tx.OrgAt(where.County())
	if err != nil {
		return house{}, fmt.Errorf("looking for the federation of %s: %w", where.County(), err)
	}
	near, err := h.tx.OrgAt(town)
	if err != nil {
		return house{}, err
	}
	p := office.Policy
	out := house{issuer: p.Find(policy.LetterIssuer).Value, rule: p.Find(policy.LocalRule).Value, quote: p.Find(policy.RenewQuote).Value,
		years: p.Count(policy.ValidYears), photos: p.Count(policy.Photos), days: p.Count(policy.ReviewWithin),
		contact: lang.T("reminder.contact", near.Name, near.Phone)}
	if out.issuer == "" {
		out.issuer = county.Name
	}
	h.known[town] = out
	return out, nil
}

// letter is a reminder as its paper.
func (h houses) letter(r Reminded, reading paper.Reading) (paper.Reminder, error) {
	at, err := h.at(r.Reminder.Region)
	n := r.Reminder
	return paper.Reminder{Kind: n.Kind, Number: n.No, Person: r.Person.Name, Issuer: at.issuer, Rule: at.rule, Quote: at.quote, Months: n.Months, Years: at.years,
		Photos: at.photos, Days: at.days, Expires: r.Expires, Contact: at.contact, Dated: n.Made, Reading: reading}, err
}

// Letter is what a letter says, for its page; the paper says the same.
func (d *Desk) Letter(ctx context.Context, by access.Actor, id reminder.ID, reading paper.Reading) (paper.Reminder, error) {
	var p paper.Reminder
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		r, err := load(tx, access.ReminderRead, id)
		if err != nil {
			return err
		}
		full := Reminded{Reminder: r.Reminder}
		if full.Person, err = tx.Person(r.Person); err != nil {
			return err
		}
		if r.Certificate != "" {
			c, err := tx.Certificate(r.Certificate)
			if err != nil {
				return err
			}
			full.Expires = c.Expires
		}
		p, err = houses{tx, map[region.Code]house{}}.letter(full, reading)
		return err
	})
	return p, err
}

// WriteReminder prints one letter, tagged for screen readers.
func (d *Desk) WriteReminder(ctx context.Context, by access.Actor, id reminder.ID, reading paper.Reading, w io.Writer) error {
	p, err := d.Letter(ctx, by, id, reading)
	if err != nil {
		return err
	}
	return paper.Write(w, p)
}

// gather reads every reminder that fits, by village, and notes that the list was taken out.
func (d *Desk) gather(ctx context.Context, by access.Actor, f Filter, use func(tx *store.Tx, l List) error) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		var err error
		if f.Region, err = scope(by, access.ListExport, f.Region); err != nil {
			return err
		}
		f.After, f.Limit = "", printMost
		l, err := listed(tx, f)
		if err != nil {
			return err
		}
		if err := use(tx, l); err != nil {
			return err
		}
		return tx.Note(access.ListExport, store.Subject{Kind: "reminder", ID: string(f.Region), Region: f.Region, Note: strconv.Itoa(len(l.Reminders))})
	})
}

// awaited narrows f to those from whom something is awaited, unless a state was chosen: what ended is not handed out any more, nor what a family that has
// lost somebody would get.
func awaited(f Filter) Filter {
	f.Open = f.State == ""
	f.Settled = f.Open
	return f
}

// WriteReminders prints every letter that fits into one file, ordered by village, behind a cover list that says what went into it; and returns how many
// letters there are. Letters that were not noted as sent come again the next time, so a print that broke off loses nothing; those from whom nothing is
// awaited any more come only when their state was chosen.
func (d *Desk) WriteReminders(ctx context.Context, by access.Actor, f Filter, reading paper.Reading, w io.Writer) (int, error) {
	batch, err := d.letters(ctx, by, f, reading)
	if err != nil {
		return 0, err
	}
	papers := []paper.Paper{batch.cover}
	for _, p := range batch.letters {
		papers = append(papers, p)
	}
	return len(batch.letters), paper.WriteAll(w, lang.T("reminder.list.title"), paper.All(papers))
}

// WriteReminderFiles prints the same letters into a file each, tagged for screen readers and named by village, person and number, in one archive (ZIP):
// for those who send letters by mail or message. More than filesMost are fault.Refused reminder.files.many.
func (d *Desk) WriteReminderFiles(ctx context.Context, by access.Actor, f Filter, reading paper.Reading, w io.Writer) (int, error) {
	batch, err := d.letters(ctx, by, f, reading)
	if err != nil {
		return 0, err
	}
	if len(batch.letters) > filesMost {
		return 0, fault.New(fault.Refused, "reminder.files.many", strconv.Itoa(len(batch.letters)), strconv.Itoa(filesMost))
	}
	files := []paper.Named{{Name: lang.T("reminder.file.cover"), Paper: batch.cover}}
	for i, p := range batch.letters {
		files = append(files, paper.Named{Name: lang.T("reminder.file", batch.villages[i], p.Person, p.Number), Paper: p})
	}
	return len(batch.letters), paper.WriteEach(w, files)
}

// batch is letters of one reading with the list that lies on top.
type batch struct {
	cover    paper.Report
	letters  []paper.Reminder
	villages []string // where the person of each letter lives
}

func (d *Desk) letters(ctx context.Context, by access.Actor, f Filter, reading paper.Reading) (batch, error) {
	var b batch
	err := d.gather(ctx, by, awaited(f), func(tx *store.Tx, l List) error {
		b = batch{cover: l.cover()}
		h := houses{tx, map[region.Code]house{}}
		for _, r := range l.Reminders {
			p, err := h.letter(r, reading)
			if err != nil {
				return err
			}
			b.letters, b.villages = append(b.letters, p), append(b.villages, l.village(r))
		}
		return nil
	})
	return b, err
}

// village is the name of a reminder's village.
func (l List) village(r Reminded) string {
	if c := r.Reminder.Region; c.Level() == region.Village {
		return l.Places[c]
	}
	return ""
}

// cover is the list that lies on top of a batch: who gets a letter, with room for the worker's mark.
func (l List) cover() paper.Report {
	place := l.Places[l.Region.Township()]
	return paper.Report{Name: lang.T("reminder.cover.title", place), About: lang.T("reminder.cover.about", l.Today, len(l.Reminders)), Columns: []paper.Column{
		{Head: lang.T("reminder.column.order"), Width: 1, Number: true}, {Head: lang.T("reminder.column.village"), Width: 3}, {Head: lang.T("reminder.column.name"), Width: 2},
		{Head: lang.T("reminder.column.no"), Width: 5}, {Head: lang.T("reminder.column.kind"), Width: 3}, {Head: lang.T("reminder.column.expires"), Width: 3},
		{Head: lang.T("reminder.column.mark"), Width: 2}},
		Rows: func(yield func([]string) bool) {
			for i, r := range l.Reminders {
				if !yield([]string{strconv.Itoa(i + 1), l.village(r), r.Person.Name, r.Reminder.No, lang.T(r.Reminder.Kind.Word()), string(r.Expires), ""}) {
					return
				}
			}
		}}
}

// ReminderColumns is what can be taken out of a list of reminders.
var ReminderColumns = []string{"reminder.column.village", "reminder.column.name", "reminder.column.sex", "reminder.column.number", "reminder.column.expires",
	"reminder.column.phone", "reminder.column.guardian", "reminder.column.kind", "reminder.column.no", "reminder.column.made", "reminder.column.state",
	"reminder.column.channel", "reminder.column.sent", "reminder.column.received", "reminder.column.promised", "reminder.column.due", "reminder.column.urges",
	"reminder.column.reason", "reminder.column.offer"}

// ExportReminders writes every reminder that fits as a workbook with masked numbers.
func (d *Desk) ExportReminders(ctx context.Context, by access.Actor, f Filter, to sheet.Out) error {
	if err := to.Check(ReminderColumns); err != nil {
		return err
	}
	var file bytes.Buffer
	err := d.gather(ctx, by, f, func(_ *store.Tx, l List) error {
		file.Reset()
		return to.Into(&file).Write(sheet.Table{Name: lang.T("reminder.list.title"), Title: lang.T("reminder.list.title"), Columns: sheet.Keyed(ReminderColumns),
			Rows: func(yield func([]string, error) bool) {
				for _, r := range l.Reminders {
					if !yield(l.row(r, by.Can(access.PersonEdit)), nil) {
						return
					}
				}
			}})
	})
	if err != nil {
		return err
	}
	_, err = file.WriteTo(to.To)
	return err
}

// row is one line of the workbook; only who may edit people sees telephone numbers in clear.
func (l List) row(r Reminded, clear bool) []string {
	n, phone := r.Reminder, r.Person.Phone
	if !clear {
		phone = person.MaskedPhone(phone)
	}
	channel, reason, offer := "", "", ""
	if n.Channel != "" {
		channel = lang.T(n.Channel.Word())
	}
	if r.Why != "" {
		reason, offer = lang.T(r.Why.Word()), lang.T(r.Why.Offer().Word())
	}
	number := r.Number.Masked()
	if r.Number == "" {
		number = r.Person.Number.Masked()
	}
	return []string{l.village(r), r.Person.Name, lang.T("sex." + string(r.Person.Sex)), number, string(r.Expires), phone, r.Person.Guardian.Name, lang.T(n.Kind.Word()), n.No,
		string(n.Made), lang.T(n.State.Word()), channel, string(n.Sent), string(n.Received), string(n.Promised), string(n.Due), strconv.Itoa(n.Urges), reason, offer}
}

// Blank is a form to be filled in by hand.
type Blank string

// The forms: attachments 1 to 6 of 宛残联〔2022〕24号 but the letters, which are named by their kind, and the two with which somebody applies.
const (
	BlankPledge Blank = "pledge"
	BlankSurvey Blank = "survey"
	BlankWaiver Blank = "waiver"
	BlankForm   Blank = "form"   // 申请表
	BlankChange Blank = "change" // 变更申请表
)

// Blanks is every form, those of the plan first and in its order.
var Blanks = []Blank{BlankPledge, BlankSurvey, Blank(reminder.Flow), BlankWaiver, Blank(reminder.Renew), Blank(reminder.Review), BlankForm, BlankChange}

// Word is the key of b's name in the catalogue.
func (b Blank) Word() string { return "reminder.blank." + string(b) }

// Wanted is a form with as many rows as are asked for, in each block of the survey; 0 fills one page.
type Wanted struct {
	Form Blank
	Rows int
}

// check says that there are too many or too few rows.
func (w Wanted) check() error {
	var p fault.Problems
	if w.Rows < 0 || w.Rows > mostRows {
		p.Add("rows", "reminder.blank.rows.wrong", mostRows)
	}
	return p.Fault()
}

// WriteBlank prints a form for a place, with the rule that policy names there and this year.
func (d *Desk) WriteBlank(ctx context.Context, by access.Actor, where region.Code, of Wanted, w io.Writer) error {
	form := of.Form
	var p paper.Paper
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		where, err := scope(by, access.ReminderRead, where)
		if err != nil {
			return err
		}
		if err := of.check(); err != nil {
			return err
		}
		at, err := houses{tx, map[region.Code]house{}}.at(where)
		if err != nil {
			return err
		}
		switch kind := reminder.Kind(form); {
		case form == BlankPledge:
			p = paper.Pledge{Rule: at.rule}
		case form == BlankSurvey:
			p = paper.Survey{Lines: cmp.Or(of.Rows, surveyLines)}
		case form == BlankWaiver:
			p = paper.Waiver{Year: tx.Today().Year()}
		case form == BlankForm || form == BlankChange:
			p = paper.Form{Change: form == BlankChange, Matters: paper.FormMatters("", form == BlankChange), Categories: paper.FormCategories(nil)}
		case kind.Valid():
			p = paper.Reminder{Kind: kind, Issuer: at.issuer, Rule: at.rule, Quote: at.quote, Years: at.years, Photos: at.photos, Days: at.days, Year: tx.Today().Year()}
		default:
			return missing()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return paper.Write(w, p)
}

// surveyLines is how many rows of each block fill one page of a blank survey form.
const surveyLines = 5

// mostRows is how many rows of each block a blank survey form may have.
const mostRows = 500
