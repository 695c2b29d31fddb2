package upkeep_test

import (
	"strings"
	"testing"
	"time"

	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

func TestAStandbyThatIsAwayOrBehindIsNamed(t *testing.T) {
	t.Parallel()
	good := store.Standby{Name: "b", State: "streaming", Sync: "sync"}
	with := func(change func(*store.Standby)) []store.Standby {
		s := good
		change(&s)
		return []store.Standby{s}
	}
	for name, c := range map[string]struct {
		all   []store.Standby
		waits bool
		want  upkeep.Gravity
		says  string
	}{
		"none":                {nil, false, upkeep.Fine, "没有备机"},
		"one in step":         {[]store.Standby{good}, true, upkeep.Fine, "1 台备机"},
		"one that went away":  {nil, true, upkeep.Bad, "没有一台连着"},
		"only a spare one":    {with(func(s *store.Standby) { s.Sync = "async" }), true, upkeep.Bad, "没有一台连着"},
		"not waited for":      {with(func(s *store.Standby) { s.Sync = "async" }), false, upkeep.Warning, "不等备机"},
		"a little late":       {with(func(s *store.Standby) { s.Lag = 2 * time.Minute }), true, upkeep.Warning, "120 秒"},
		"very late":           {with(func(s *store.Standby) { s.Lag = time.Hour }), true, upkeep.Bad, "3600 秒"},
		"much behind":         {with(func(s *store.Standby) { s.Behind = 2 << 30 }), true, upkeep.Bad, "2048 MB"},
		"still catching up":   {with(func(s *store.Standby) { s.State = "catchup" }), true, upkeep.Warning, "b"},
		"one that tells none": {with(func(s *store.Standby) { s.State = "" }), true, upkeep.Warning, "b"},
	} {
		if g, text := upkeep.Standby(c.all, c.waits); g != c.want || !strings.Contains(text, c.says) {
			t.Errorf("%s: %s %s", name, g, text)
		}
	}
}

func TestAnArchiveThatIsOffOrFailsIsNamed(t *testing.T) {
	t.Parallel()
	at := time.Date(2020, 3, 4, 5, 6, 7, 0, time.UTC)
	for name, c := range map[string]struct {
		a    store.Archiving
		want upkeep.Gravity
		says string
	}{
		"off":             {store.Archiving{}, upkeep.Warning, "不能恢复"},
		"on":              {store.Archiving{On: true, Archived: at}, upkeep.Fine, "在归档"},
		"failing":         {store.Archiving{On: true, Archived: at, Failed: at.Add(time.Second), Name: "00000001"}, upkeep.Bad, "00000001"},
		"failed from on":  {store.Archiving{On: true, Failed: at, Name: "00000001"}, upkeep.Bad, "13:06:07"},
		"well once again": {store.Archiving{On: true, Archived: at.Add(time.Minute), Failed: at}, upkeep.Fine, "在归档"},
	} {
		if g, text := upkeep.Archive(c.a); g != c.want || !strings.Contains(text, c.says) {
			t.Errorf("%s: %s %s", name, g, text)
		}
	}
}

func TestAClockFarFromTheDatabasesIsNamed(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		e := healthy(t, o)
		for _, apart := range []time.Duration{-time.Hour, time.Hour} {
			e.Machine = func() time.Time { return time.Now().Add(apart) }
			f, found := said(t, e)["server"]
			if want := store.Postgres(o.Address); found != want || found && f.Gravity != upkeep.Bad {
				t.Errorf("%v apart: %+v", apart, f)
			}
		}
	})
}
