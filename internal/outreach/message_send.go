package outreach

import (
	"context"
	"errors"
	"sync"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/message"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/reminder"
	"hefa/internal/sms"
	"hefa/internal/store"
)

// SendMessages hands up to limit messages whose turn has come to the carrier, and says how many it took. A message is marked as being with the carrier
// before it is handed over and as taken after: should the program die between, a gateway that knows its id is given it again, and of a carrier that would send
// it twice an officer decides. What is no longer wanted is dropped: the person takes no messages, came, or has no certificate any more (N40).
func (d *Desk) SendMessages(ctx context.Context, by access.Actor, limit int) (sent int, err error) {
	if by.Role != access.System {
		return 0, fault.New(fault.Missing, "record.missing")
	}
	if d.carrier == nil {
		return 0, nil
	}
	var counties []region.Code
	if err := d.db.View(ctx, by, func(tx *store.Tx) (err error) { counties, err = tx.CountiesWithMessages(); return err }); err != nil {
		return 0, err
	}
	for _, c := range counties {
		var given []message.Message
		tries := 0
		err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
			given, tries, err = d.give(tx, c, limit-sent)
			return err
		})
		if err != nil {
			return sent, err
		}
		if err := d.handAll(ctx, by, given, tries); err != nil {
			return sent, err
		}
		if sent += len(given); sent >= limit {
			break
		}
	}
	return sent, nil
}

// handsAtOnce is how many messages are with the carrier at the same time.
const handsAtOnce = 16

// handAll hands messages over, several at once, and waits for what came of each.
func (d *Desk) handAll(ctx context.Context, by access.Actor, given []message.Message, tries int) error {
	var all sync.WaitGroup
	faults := make([]error, len(given))
	free := make(chan struct{}, handsAtOnce)
	for i, m := range given {
		free <- struct{}{}
		all.Go(func() {
			defer func() { <-free }()
			faults[i] = d.hand(ctx, by, m, tries)
		})
	}
	all.Wait()
	return errors.Join(faults...)
}

// once says whether a message may be with a carrier that would send it twice.
func (d *Desk) once(m message.Message) bool {
	n, ok := d.carrier.(network)
	return ok && !m.Given.IsZero() && n.Once(m.Phone)
}

// give marks the messages of a county that may go out now; the others wait for the morning or are dropped.
func (d *Desk) give(tx *store.Tx, county region.Code, limit int) (given []message.Message, tries int, err error) {
	o, err := tx.Office(county)
	if err != nil {
		return nil, 0, err
	}
	now := tx.Now().In(day.Beijing)
	next := hours(o).Next(now)
	due, err := tx.DueMessages(county, limit)
	if err != nil {
		return nil, 0, err
	}
	phones := make([]string, len(due))
	for i, m := range due {
		phones[i] = m.Phone
	}
	refused, err := tx.Refuses(county, phones)
	if err != nil {
		return nil, 0, err
	}
	for _, m := range due {
		unwanted, waits, err := unwanted(tx, m, refused)
		if err != nil {
			return nil, 0, err
		}
		switch {
		case unwanted != "":
			err = m.Drop(unwanted)
		case d.once(m):
			err = m.Unsure(lang.T("message.unsure"))
		case waits:
			m.Next = hours(o).Next(now.AddDate(0, 0, 1))
		case next.After(now):
			m.Next = next
		default:
			err = m.Give(tx.Now())
		}
		if err == nil {
			err = tx.SaveMessage(access.MessageSend, m, "")
		}
		if err != nil {
			return nil, 0, err
		}
		m.Version++
		if m.State == message.Queued && !next.After(now) && !waits {
			given = append(given, m)
		}
	}
	return given, o.Policy.Count(policy.MessageTries), nil
}

// unwanted says why a message need not go out any more, "" when it must; waits, while nobody has decided about a list that names the holder as dead
// or moved.
func unwanted(tx *store.Tx, m message.Message, refused map[string]bool) (why string, waits bool, err error) {
	if refused[m.Phone] {
		return lang.T("message.dropped.refused"), false, nil
	}
	if m.Kind != message.Renew {
		return "", false, nil
	}
	r, err := tx.Reminder(reminder.ID(m.About))
	switch {
	case err != nil:
		return "", false, err
	case r.State == reminder.Kept:
		return lang.T("message.dropped.came"), false, nil
	case !r.State.Open():
		return lang.T("message.dropped.stopped"), false, nil
	}
	waits, err = tx.Departing(r.County(), r.Certificate)
	return "", waits, err
}

// hand gives one message to the carrier and keeps what came of it, also when the program is told to stop meanwhile.
func (d *Desk) hand(ctx context.Context, by access.Actor, m message.Message, tries int) error {
	taken := map[int]bool{}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		parts, err := tx.MessageParts(m)
		for _, p := range parts {
			taken[p.No] = true
		}
		return err
	})
	if err != nil {
		return err
	}
	answer, failed := d.carrier.Send(ctx, sms.Message{ID: string(m.ID), Phone: m.Phone, Text: m.Text, Taken: taken})
	return d.db.Update(context.WithoutCancel(ctx), by, func(tx *store.Tx) error {
		m := m
		why, err := outcome(&m, answer, failed, outcomeAt{tries, tx.Now()})
		if err != nil {
			return err
		}
		parts := make([]message.Part, len(answer.Parts))
		for i, p := range answer.Parts {
			parts[i] = message.Part{No: p.No, Ref: p.Ref, State: message.PartTaken}
		}
		if err := tx.AddMessageParts(m, parts); err != nil {
			return err
		}
		return tx.SaveMessage(access.MessageSend, m, why)
	})
}

// outcomeAt is how often a message may be tried, and the moment.
type outcomeAt struct {
	tries int
	now   time.Time
}

// outcome notes on a message what the carrier said, and gives the words for it, "" when it was taken.
func outcome(m *message.Message, answer sms.Answer, failed error, at outcomeAt) (why string, err error) {
	if failed == nil {
		return "", m.Taken(answer.Ref, at.now)
	}
	if u, ok := errors.AsType[*sms.Unsure](failed); ok {
		return u.Text, m.Unsure(lang.T("message.unsure"))
	}
	if b, ok := errors.AsType[*sms.Busy](failed); ok {
		why = lang.T("message.busy", b.Text)
		return why, m.Postpone(why, at.now.Add(b.Wait))
	}
	why = lang.T("message.line.broken")
	if r, ok := errors.AsType[*sms.Refusal](failed); ok {
		why = r.Text
	}
	return why, m.Refused(why, at.tries, at.now)
}

// ReportMessage keeps what the gateway says became of a message that it took.
func (d *Desk) ReportMessage(ctx context.Context, by access.Actor, of message.ID, delivered bool, why string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		m, err := load(tx, access.MessageReport, of)
		if err != nil {
			return err
		}
		if r := []rune(why); len(r) > whyMost {
			why = string(r[:whyMost])
		}
		if err := m.Report(delivered, why); err != nil {
			return err
		}
		return tx.SaveMessage(access.MessageReport, m, "")
	})
}

// whyMost is how many characters of a gateway's words are kept.
const whyMost = 100

// RetryMessages queues messages that failed once more, all or none.
func (d *Desk) RetryMessages(ctx context.Context, by access.Actor, ids []message.ID) error {
	if len(ids) == 0 {
		var p fault.Problems
		p.Add("ids", "message.ids.missing")
		return p.Fault()
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		for _, of := range ids {
			m, err := load(tx, access.MessageMake, of)
			if err != nil {
				return err
			}
			if err := m.Again(tx.Now()); err != nil {
				return err
			}
			if err := tx.SaveMessage(access.MessageMake, m, ""); err != nil {
				return err
			}
		}
		return nil
	})
}
