package outreach

import (
	"context"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/job"
	"hefa/internal/lang"
	"hefa/internal/message"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/store"
)

// atOnce is how many messages one transaction makes.
const atOnce = 500

// fresh is for how many days a letter of expiry gets its message: where messages are turned on, nobody hears of letters of long ago.
const fresh = 7

// TextReminders makes a message beside every letter of expiry of the last days, of a county or with "" everywhere, where policy wants messages and the
// person has a mobile phone. It reads what is there, so days that were missed are caught up and nobody is told twice (N40).
func (d *Desk) TextReminders(ctx context.Context, by access.Actor, where region.Code) (made int, err error) {
	counties, err := d.counties(ctx, by, where)
	if err != nil {
		return 0, err
	}
	for _, c := range counties {
		var after reminder.ID
		for more := true; more; {
			n := 0
			err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
				n, after, more, err = textSome(tx, c, after)
				return err
			})
			if err != nil {
				return made, err
			}
			made += n
		}
	}
	return made, nil
}

// counties is the county for which messages are made, or with "" every one that has holders.
func (d *Desk) counties(ctx context.Context, by access.Actor, where region.Code) (all []region.Code, err error) {
	if err := by.May(access.MessageMake, where); err != nil || where != "" {
		return []region.Code{where.County()}, err
	}
	err = d.db.View(ctx, by, func(tx *store.Tx) (err error) { all, err = tx.CountiesWithCertificates(); return err })
	return all, err
}

// textSome makes the messages beside some letters after one, and says which was the last and whether more may follow.
func textSome(tx *store.Tx, county region.Code, after reminder.ID) (made int, last reminder.ID, more bool, err error) {
	o, err := tx.Office(county)
	if err != nil || !o.Policy.Is(policy.MessageOn) {
		return 0, after, false, err
	}
	letters, err := tx.Unanswered(county, o.Today.Add(-fresh), after, atOnce)
	if err != nil || len(letters) == 0 {
		return 0, after, false, err
	}
	var all []message.Message
	people := make([]person.Person, len(letters))
	for i, l := range letters {
		people[i] = l.Person
	}
	b, err := newBatch(tx, o, people)
	if err != nil {
		return 0, after, false, err
	}
	for _, l := range letters {
		m, ok, err := b.to(l.Person, message.Renew, string(l.Reminder.ID), policy.MessageRenew, map[string]string{"name": l.Person.Name,
			"months": strconv.Itoa(l.Reminder.Months), "expires": l.Expires.Chinese()})
		if err != nil {
			return 0, after, false, err
		}
		if ok {
			all = append(all, m)
		}
	}
	return len(all), letters[len(letters)-1].Reminder.ID, len(letters) == atOnce, tx.AddMessages(all, "")
}

// batch is messages that are made together.
type batch struct {
	tx      *store.Tx
	office  application.Office
	refused map[string]bool
}

func newBatch(tx *store.Tx, o application.Office, people []person.Person) (b batch, err error) {
	b = batch{tx: tx, office: o}
	var phones []string
	for _, p := range people {
		if phone := message.Phone(p); phone != "" {
			phones = append(phones, phone)
		}
	}
	if len(people) > 0 {
		b.refused, err = tx.Refuses(people[0].County(), phones)
	}
	return b, err
}

// hours is when messages of an office may go out.
func hours(o application.Office) message.Hours {
	return message.Hours{From: o.Policy.Count(policy.MessageFrom), Until: o.Policy.Count(policy.MessageUntil)}
}

// to is a message to a person; not ok when they cannot or do not want to be reached.
func (b batch) to(p person.Person, kind message.Kind, about string, wording policy.Key, values map[string]string) (m message.Message, ok bool, err error) {
	phone := message.Phone(p)
	if phone == "" || b.refused[phone] {
		return m, false, nil
	}
	text, err := message.Compose(b.office.Policy.Find(policy.MessageSigned).Value, b.office.Policy.Find(wording).Value, values)
	if err != nil {
		return m, false, err
	}
	return message.Message{ID: message.ID(id.New()), Region: p.Region, Person: p.ID, Kind: kind, About: about, Phone: phone, Text: text, Parts: message.Parts(text),
		State: message.Queued, Made: b.tx.Now(), Next: hours(b.office).Next(b.tx.Now().In(day.Beijing))}, true, nil
}

// TextHolders makes messages to the holders of cards that wait to be fetched, notes on each case that its holder is told, all in one transaction, and says
// to how many; the others cannot or do not want to be reached, or have theirs of today, and nothing is noted.
func (d *Desk) TextHolders(ctx context.Context, by access.Actor, cases []application.ID) (made int, err error) {
	if len(cases) == 0 {
		var p fault.Problems
		p.Add("ids", "card.notify.none")
		return 0, p.Fault()
	}
	err = d.db.Update(ctx, by, func(tx *store.Tx) error {
		made = 0
		for _, of := range cases {
			ok, err := textHolder(tx, of)
			if err != nil {
				return err
			}
			if ok {
				made++
			}
		}
		return nil
	})
	return made, err
}

// textHolder makes the message to the holder of one card; not ok when there is none to make.
func textHolder(tx *store.Tx, of application.ID) (ok bool, err error) {
	a, err := tx.Application(of)
	if err != nil {
		return false, err
	}
	if err := tx.By().May(access.CardNotify, a.Region); err != nil {
		return false, err
	}
	return textWaiting(tx, a)
}

// textWaiting makes the message to the holder of the card of a case; not ok when there is none to make.
func textWaiting(tx *store.Tx, a application.Application) (ok bool, err error) {
	p, err := tx.Person(a.Person)
	if err != nil {
		return false, err
	}
	o, err := tx.Office(a.Region)
	if err != nil {
		return false, err
	}
	if !o.Policy.Is(policy.MessageOn) {
		return false, fault.New(fault.Refused, "message.off")
	}
	b, err := newBatch(tx, o, []person.Person{p})
	if err != nil {
		return false, err
	}
	about := string(a.ID) + " " + string(o.Today) // one a day, however often the button is pushed
	had, err := tx.HasMessage(p, message.Card, about)
	if err != nil || had {
		return false, err
	}
	m, ok, err := b.to(p, message.Card, about, policy.MessageCard, map[string]string{"name": p.Name})
	if err != nil || !ok {
		return false, err
	}
	if err := tx.TellHolder(a, lang.T("card.notify.sms.how")); err != nil {
		return false, err
	}
	return true, tx.AddMessages([]message.Message{m}, a.No)
}

// Audience is who a campaign is for.
type Audience = store.Audience

// BeginCampaign has the approved wording about assessment sent to the holders of an area (N26), once a day and area.
func (d *Desk) BeginCampaign(ctx context.Context, by access.Actor, to Audience) error {
	var err error
	if to.Region, err = scope(by, access.MessageMake, to.Region); err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		o, err := tx.Office(to.Region)
		if err != nil {
			return err
		}
		if !o.Policy.Is(policy.MessageOn) {
			return fault.New(fault.Refused, "message.off")
		}
		j := job.Campaign{Day: string(o.Today), Region: string(to.Region), Poor: to.Poor, Expires: string(to.Expires)}
		if err := tx.Note(access.MessageMake, store.Subject{Kind: "campaign", ID: j.Key(), Region: to.Region, Note: lang.T("message.campaign.note", o.Today)}); err != nil {
			return err
		}
		return tx.Enqueue(j)
	})
}

// TextCampaign makes the messages of a campaign; called again after a break it goes on with whoever has none yet.
func (d *Desk) TextCampaign(ctx context.Context, by access.Actor, to Audience, campaign string) (made int, err error) {
	if err := by.May(access.MessageMake, to.Region); err != nil {
		return 0, err
	}
	var after person.ID
	for more := true; more; {
		n := 0
		err := d.db.Update(ctx, by, func(tx *store.Tx) error {
			o, err := tx.Office(to.Region)
			if err != nil {
				return err
			}
			people, err := tx.Hearers(to, campaign, after, atOnce)
			if err != nil {
				return err
			}
			b, err := newBatch(tx, o, people)
			if err != nil {
				return err
			}
			var all []message.Message
			for _, p := range people {
				m, ok, err := b.to(p, message.Campaign, campaign, policy.MessageCampaign, map[string]string{"name": p.Name})
				if err != nil {
					return err
				}
				if ok {
					all = append(all, m)
				}
				after = p.ID
			}
			n, more = len(all), len(people) == atOnce
			return tx.AddMessages(all, "")
		})
		if err != nil {
			return made, err
		}
		made += n
	}
	return made, nil
}
