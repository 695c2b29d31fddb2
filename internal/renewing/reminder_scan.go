package renewing

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"

	"hefa/internal/access"
	"hefa/internal/attachment"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/reminder"
	"hefa/internal/scan"
)

// ScanMost is how many scans are filed at once.
const ScanMost = 30

// Scanned is a scan or photo of a slip that came back, as it was sent.
type Scanned struct {
	Name string
	File io.Reader
}

// Filed is what became of a scan: the letter that its code names, and why it was not filed when Err is not nil.
type Filed struct {
	Name     string
	Reminder reminder.ID
	No       string
	Err      error
}

// FileScans takes in the slips on scans by the codes on them, each by itself, so that one that cannot be read holds up no other: all came back on the
// same day and were signed by the same sort of person. A scan that was filed before is refused as a slip that came back before.
func (d *Desk) FileScans(ctx context.Context, by access.Actor, scans []Scanned, r reminder.Receipt) ([]Filed, error) {
	var p fault.Problems
	switch {
	case len(scans) == 0:
		p.Add("scans", "reminder.scans.missing")
	case len(scans) > ScanMost:
		p.Add("scans", "reminder.scans.many", len(scans), ScanMost)
	}
	if r.On == "" || r.On > day.Of(d.db.Now(), day.Beijing) {
		p.Add("received", "reminder.scans.day")
	}
	if r.Signer != reminder.Self && r.Signer != reminder.Guardian { // a refusal has a witness of its own
		p.Add("signer", "reminder.signer.wrong")
	}
	if err := p.Fault(); err != nil {
		return nil, err
	}
	if err := by.May(access.ReminderReceive, by.Region); err != nil {
		return nil, err
	}
	var out []Filed
	for _, s := range scans {
		f := Filed{Name: attachment.Title(s.Name)}
		f.Err = d.fileScan(ctx, by, s, r, &f)
		switch fault.Of(f.Err) {
		case "", fault.Invalid, fault.Refused, fault.Missing, fault.Forbidden, fault.Stale:
		default:
			return out, inTrouble(f.Err)
		}
		out = append(out, f)
	}
	return out, nil
}

// inTrouble is what befell the house, not the scan; where it could not be kept, the form says so.
func inTrouble(err error) error {
	if len(fault.Fields(err)) > 0 {
		return fault.At("scans", err)
	}
	return err
}

// scanLimit is the largest scan whose code is looked for; policy may allow less.
const scanLimit = 32 << 20

func (d *Desk) fileScan(ctx context.Context, by access.Actor, s Scanned, r reminder.Receipt, f *Filed) error {
	content, err := io.ReadAll(io.LimitReader(s.File, scanLimit))
	if err != nil {
		return fmt.Errorf("taking in a scan: %w", err)
	}
	d.decoding.Lock()
	text, err := slipCode(ctx, content)
	d.decoding.Unlock()
	if err != nil {
		return err
	}
	if f.No = strings.TrimSpace(text); f.No == "" {
		return fault.New(fault.Refused, "reminder.scan.none")
	}
	id, err := d.FindReminder(ctx, by, f.No)
	if fault.Of(err) == fault.Missing {
		f.No = "" // it is nobody's business what else a code may say
		return fault.New(fault.Refused, "reminder.scan.unknown")
	}
	if err != nil {
		return err
	}
	f.Reminder = id
	err = d.ReceiveReminder(ctx, by, id, Slip{Receipt: r, File: bytes.NewReader(content)})
	for _, wrong := range fault.Fields(err) {
		if wrong.Name == "promised" { // what somebody wrote on the slip by hand
			return fault.New(fault.Refused, "reminder.scan.promise")
		}
	}
	return err
}

// slipPages is how many pages the scan of one slip may have; whole piles are taken apart by another desk.
const slipPages = 4

// slipCode is the code on the scan of one slip: a picture, or a PDF of a few pages on which all codes are the same.
func slipCode(ctx context.Context, content []byte) (string, error) {
	switch kind := attachment.Kind(content); kind {
	case "image/jpeg", "image/png":
		if err := attachment.Whole(kind, content); err != nil {
			return "", fault.New(fault.Refused, "reminder.scan.broken")
		}
		text, err := scan.Code(content)
		if err != nil {
			return "", fault.New(fault.Refused, "reminder.scan.broken")
		}
		return text, nil
	case "application/pdf":
		return bookCode(ctx, content)
	}
	return "", fault.New(fault.Refused, "reminder.scan.kind")
}

func bookCode(ctx context.Context, content []byte) (string, error) {
	b, err := scan.Open(ctx, content)
	if err != nil {
		return "", err
	}
	if b.Pages() > slipPages {
		return "", fault.New(fault.Refused, "reminder.scan.several")
	}
	found := ""
	for n := range b.Pages() {
		page, _, err := b.Picture(n + 1)
		if err != nil || page == nil {
			continue // it bears no code that can be read
		}
		text := scan.Find(page).Text
		if text != "" && found != "" && text != found {
			return "", fault.New(fault.Refused, "reminder.scan.several")
		}
		if text != "" {
			found = text
		}
	}
	return found, nil
}
