package archiving

import (
	"slices"

	"hefa/internal/archive"
	"hefa/internal/attachment"
	"hefa/internal/lang"
)

// arrived is the papers that were born in another county and came from there with the certificate, and the scans of its file that hung on no case, as its signed list
// names them.
func (g *gathering) arrived() error {
	if len(g.made) == 0 {
		return nil
	}
	t, ok, err := g.tx.ArrivalOf(g.a)
	if err != nil || !ok {
		return err
	}
	for _, i := range t.Parcel.Papers {
		if i.Origin == archive.Paper || !slices.ContainsFunc(g.made, func(a attachment.Attachment) bool { return a.Hash == i.Hash }) {
			continue
		}
		i.Note, i.Version = lang.T("archive.note.arrived", t.Parcel.From), 0
		g.add(i)
	}
	return nil
}

// kept gives those papers that were born here the content that was kept of them.
func (g *gathering) kept(items []archive.Item) {
	for n, source := range archive.Sources(items) {
		for _, a := range g.made {
			if source != "" && a.Source == source {
				items[n].Hash, items[n].Pages = a.Hash, max(1, a.Pages)
			}
		}
	}
}
