package archive_test

import (
	"slices"
	"testing"

	"hefa/internal/archive"
	"hefa/internal/reminder"
	"hefa/internal/statement"
)

// TestWhatIsStillLacking: a paper of the case ends its lack, one that was put in by hand later ends one lack, the oldest, and nothing else does.
func TestWhatIsStillLacking(t *testing.T) {
	t.Parallel()
	closings := func() []archive.Closing {
		return []archive.Closing{
			{Kind: archive.CaseEnd, ID: "a", Mark: "2", Lacking: []archive.Lack{"form", "notice", "receipt:unsigned"}},
			{Kind: archive.LapseEnd, ID: "b", Mark: "3", Lacking: []archive.Lack{"form"}},
		}
	}
	hand := archive.Item{ID: "4", Kind: archive.Form, Origin: archive.Paper}
	for name, c := range map[string]struct {
		items []archive.Item
		a, b  []archive.Lack
	}{
		"nothing came":                         {nil, []archive.Lack{"form", "notice"}, []archive.Lack{"form"}},
		"a paper of the case":                  {[]archive.Item{{ID: "1", Application: "a", Kind: archive.Notice, Origin: archive.Scan}}, []archive.Lack{"form"}, []archive.Lack{"form"}},
		"of another case":                      {[]archive.Item{{ID: "5", Application: "c", Kind: archive.Notice}}, []archive.Lack{"form", "notice"}, []archive.Lack{"form"}},
		"one put in by hand":                   {[]archive.Item{hand}, []archive.Lack{"notice"}, []archive.Lack{"form"}},
		"two of them":                          {[]archive.Item{hand, {ID: "5", Kind: archive.Form, Origin: archive.Paper}}, []archive.Lack{"notice"}, nil},
		"one that lay there before":            {[]archive.Item{{ID: "1", Kind: archive.Form, Origin: archive.Paper}}, []archive.Lack{"form", "notice"}, []archive.Lack{"form"}},
		"what another end outside a case left": {[]archive.Item{{ID: "5", Kind: archive.Form, Origin: archive.Born}}, []archive.Lack{"form", "notice"}, []archive.Lack{"form"}},
		"one that was scanned to the file":     {[]archive.Item{{ID: "5", Kind: archive.Form, Origin: archive.Scan}}, []archive.Lack{"notice"}, []archive.Lack{"form"}},
	} {
		all := closings()
		archive.Want(all, c.items, []string{"TX1"})
		if !slices.Equal(all[0].Wanting, c.a) || !slices.Equal(all[1].Wanting, c.b) {
			t.Errorf("%s: %v and %v", name, all[0].Wanting, all[1].Wanting)
		}
	}
}

// TestWhatBelongsToALetterOrAStatementEndsNoLack: the slip of a letter, on paper or scanned, and a signed statement are further information, and none of what a case lacks.
func TestWhatBelongsToALetterOrAStatementEndsNoLack(t *testing.T) {
	t.Parallel()
	letter := reminder.Reminder{Kind: reminder.Review, No: "TX1", Signer: reminder.Self}
	slip := archive.OfReminder(letter)[1]
	letter.Proof = "hash"
	scanned := archive.OfReminder(letter)[1]
	if slip.Origin != archive.Paper || scanned.Origin != archive.Scan {
		t.Fatal(slip, scanned)
	}
	for name, c := range map[string]struct {
		item archive.Item
		ends bool
	}{
		"a slip on paper":     {slip, false},
		"a scanned slip":      {scanned, false},
		"a statement":         {statement.Statement{No: "SM1", Received: "2020-04-01"}.Item("5"), false},
		"a paper put in":      {archive.Item{Kind: archive.Supplement, Origin: archive.Paper}, true},
		"one with a number":   {archive.Item{Kind: archive.Supplement, Origin: archive.Paper, Number: "2020 1"}, true},
		"a scan to the file":  {archive.Item{Kind: archive.Supplement, Origin: archive.Scan}, true},
		"a scan of some case": {archive.Item{Kind: archive.Supplement, Origin: archive.Scan, Application: "c"}, false},
	} {
		c.item.ID = "5"
		all := []archive.Closing{{Kind: archive.CaseEnd, ID: "a", Mark: "2", Lacking: []archive.Lack{"supplement"}}}
		archive.Want(all, []archive.Item{c.item}, []string{"TX1"})
		if ended := len(all[0].Wanting) == 0; ended != c.ends {
			t.Errorf("%s: still lacking %v", name, all[0].Wanting)
		}
	}
}
