package upkeep

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"hefa/internal/day"
	"hefa/internal/lang"
)

// shipped finds a depot that is away, damaged, or that nothing came to for long.
func (e Examination) shipped(ctx context.Context, f *findings) {
	if e.Depot == nil {
		f.add("ship", Fine, lang.T("doctor.ship.none"))
		return
	}
	seen, ahead, err := e.seen(ctx)
	switch {
	case len(ahead) > 0:
		f.add("ship", Bad, lang.T("doctor.ship.ahead", e.DepotName, strings.Join(ahead, "、")))
	case err != nil:
		f.add("ship", Bad, lang.T("doctor.ship.away", e.DepotName, words(err)))
	case seen.IsZero():
		f.add("ship", Bad, lang.T("doctor.ship.empty", e.DepotName))
	case time.Since(seen) > time.Minute:
		f.add("ship", Bad, lang.T("doctor.ship.late", e.DepotName, seen.In(day.Beijing).Format(time.DateTime)))
	default:
		f.add("ship", Fine, lang.T("doctor.ship.ok", e.DepotName))
	}
}

// seen is until when the depot's newest chain goes, zero when it has none that can be restored; ahead is the chains from the future.
func (e Examination) seen(ctx context.Context) (seen time.Time, ahead []string, err error) {
	scratch, err := os.MkdirTemp("", "hefa-")
	if err != nil {
		return seen, nil, err
	}
	at := yard(e.Depot, scratch, e.Keys)
	_, last, err := at.Resume(ctx)
	if err == nil {
		ahead, err = at.Ahead(ctx, time.Now())
	}
	return last.Seen, ahead, errors.Join(err, os.RemoveAll(scratch))
}
