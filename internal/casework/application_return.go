package casework

import (
	"context"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/store"
)

// ReturnApplication sends a case back once with all that is missing, papers and what the note says, and keeps the letter that tells so.
// The papers of the checklist that are not missing count as seen, so that nobody asks for them again.
func (d *Desk) ReturnApplication(ctx context.Context, by access.Actor, id application.ID, missing []string, note string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationReturn, id)
		if err != nil {
			return err
		}
		note = strings.TrimSpace(note)
		handed, err := a.handed(tx, missing)
		if err != nil {
			return err
		}
		if err := a.Return(missing, note, a.office); err != nil {
			return err
		}
		if err := a.save(tx, access.ApplicationReturn, told(missing, note)); err != nil {
			return err
		}
		if err := tx.Sight(a.Application, handed); err != nil {
			return err
		}
		_, err = tx.SendLetter(a.Application, store.Letter{Kind: application.CorrectionLetter, Missing: missing, Reason: note})
		return err
	})
}

// handed is the papers of the checklist but the missing ones; a missing paper that nobody asked for is refused at its field.
func (l loaded) handed(tx *store.Tx, missing []string) ([]string, error) {
	p, err := tx.Person(l.Person)
	if err != nil {
		return nil, err
	}
	list := l.Checklist(p.Birth, l.office)
	var problems fault.Problems
	for _, m := range missing {
		if !slices.Contains(list, m) {
			problems.Add("missing", "application.return.unknown")
			return nil, problems.Fault()
		}
	}
	return slices.DeleteFunc(list, func(paper string) bool { return slices.Contains(missing, paper) }), nil
}

// told is what the timeline says of a return.
func told(missing []string, note string) string {
	var parts []string
	for _, m := range missing {
		parts = append(parts, lang.T("paper."+m))
	}
	s := strings.Join(parts, "、")
	if s != "" && note != "" {
		s += "；"
	}
	return s + note
}
