package archive_test

import (
	"slices"
	"testing"

	"hefa/internal/archive"
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
	} {
		all := closings()
		archive.Want(all, c.items)
		if !slices.Equal(all[0].Wanting, c.a) || !slices.Equal(all[1].Wanting, c.b) {
			t.Errorf("%s: %v and %v", name, all[0].Wanting, all[1].Wanting)
		}
	}
}
