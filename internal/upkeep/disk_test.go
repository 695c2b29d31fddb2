package upkeep_test

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

func TestADiskIsTightBeforeItIsFull(t *testing.T) {
	t.Parallel()
	const gb = 1 << 30
	for s, want := range map[upkeep.Space]upkeep.Gravity{{Free: 3 * gb, Total: 20 * gb}: upkeep.Fine, {Free: 2*gb - 1, Total: 10 * gb}: upkeep.Warning, {Free: gb - 1, Total: 10 * gb}: upkeep.Bad,
		{Free: 9 * gb, Total: 100 * gb}: upkeep.Warning, {Free: 4 * gb, Total: 100 * gb}: upkeep.Bad, {}: upkeep.Bad} {
		if got := s.Level(); got != want {
			t.Errorf("%+v is %s, want %s", s, got, want)
		}
	}
	o := testbed.Open(t, "sqlite")
	desk := upkeep.New(o.DB, o.Files, o.Keys, upkeep.Place{Data: t.TempDir(), Space: func(string) (upkeep.Space, error) { return upkeep.Space{Free: gb / 2, Total: 10 * gb}, nil }})
	l, err := desk.Backups(t.Context(), access.Program(), "", "", 1)
	if err != nil || len(l.Tight) != 1 || l.Tight[0].Free != gb/2 {
		t.Errorf("%+v, %v", l.Tight, err)
	}
	if all, err := desk.Tight(t.Context(), testbed.As(access.Sysadmin)); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := desk.Tight(t.Context(), testbed.As(access.Clerk)); fault.Of(err) != fault.Forbidden {
		t.Errorf("a clerk: %v", err)
	}
}
