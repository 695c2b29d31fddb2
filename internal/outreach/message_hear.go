package outreach

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/lang"
	"hefa/internal/message"
	"hefa/internal/region"
	"hefa/internal/sms"
	"hefa/internal/store"
)

// HearCarriers keeps the lines to the carriers standing and notes what comes over them, until ctx ends. It comes back at once where none are.
func (d *Desk) HearCarriers(ctx context.Context, by access.Actor) error {
	if by.Role != access.System {
		return fault.New(fault.Missing, "record.missing")
	}
	n, ok := d.carrier.(network)
	if !ok {
		return nil
	}
	return n.Run(ctx, sms.Ears{
		Report: func(ctx context.Context, r sms.Report) error { return unknown(d.ReportPart(ctx, by, r)) },
		Speech: func(ctx context.Context, phone, text string) error {
			return unknown(d.HearSpeech(ctx, by, phone, text))
		},
	})
}

// unknown is err in the word of the lines.
func unknown(err error) error {
	if fault.Of(err) == fault.Missing {
		return sms.ErrUnknown
	}
	return err
}

// ReportPart keeps what a carrier says became of a part: one that failed fails its message, and a message has arrived when all its parts have.
func (d *Desk) ReportPart(ctx context.Context, by access.Actor, r sms.Report) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		of, no, err := tx.MessagePart(r.Ref)
		if err != nil {
			return err
		}
		m, err := load(tx, access.MessageReport, of)
		if err != nil {
			return err
		}
		parts, err := tx.MessageParts(m)
		if err != nil {
			return err
		}
		for i, p := range parts {
			if p.No != no || p.State != message.PartTaken { // a report that came before counts
				continue
			}
			parts[i].State = message.PartFailed
			if r.Delivered {
				parts[i].State = message.PartDelivered
			}
			if err := tx.SaveMessagePart(m, parts[i]); err != nil {
				return err
			}
		}
		failed := !r.Delivered
		if !failed && !message.Arrived(parts, m.Parts) || m.Report(!failed, r.Why) != nil { // more is awaited, or it was decided before
			return nil
		}
		return tx.SaveMessage(access.MessageReport, m, r.Why)
	})
}

// noMore is the words with which somebody asks for no more messages, as the carriers advise them (通信短信息服务管理规定第二十条).
var noMore = map[string]bool{"T": true, "TD": true, "N": true, "0000": true, "00000": true, lang.T("message.stop"): true}

// HearSpeech takes a phone down that asks for no more messages, in every county that sent it some. Other words are for nobody here, and not kept; fault.Missing
// says that no county sent it any.
func (d *Desk) HearSpeech(ctx context.Context, by access.Actor, phone, text string) error {
	if by.Role != access.System {
		return fault.New(fault.Missing, "record.missing")
	}
	if !message.Mobile(phone) || !noMore[strings.ToUpper(strings.Trim(text, " \t\r\n\x00。.！!"))] {
		return nil
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		counties, err := tx.CountiesThatTexted(phone)
		if err == nil && len(counties) == 0 {
			err = fault.New(fault.Missing, "record.missing")
		}
		if err != nil {
			return err
		}
		for _, c := range counties {
			if err := refuse(tx, c, phone); err != nil {
				return err
			}
		}
		return nil
	})
}

// refuse takes a phone down for a county that has not done so.
func refuse(tx *store.Tx, county region.Code, phone string) error {
	had, err := tx.Refuses(county, []string{phone})
	if err != nil || had[phone] {
		return err
	}
	return tx.AddUnwanted(Unwanted{ID: id.New(), Region: county, Phone: phone, Day: tx.Today(), Author: lang.T("message.stop.author")})
}
