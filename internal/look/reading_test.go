package look

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hefa/internal/day"
)

func TestReadDayTakesWhatPeopleType(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]day.Day{
		"2020-04-01": "2020-04-01", "20200401": "2020-04-01", "2020/4/1": "2020-04-01", "2020.4.1": "2020-04-01", "2020年4月1日": "2020-04-01", "2020年04月01号": "2020-04-01",
		"２０２０－０４－０１": "2020-04-01", "　2020-4-1 ": "2020-04-01", "2020 4 1": "2020-04-01", "2020年2月29日": "2020-02-29", "": "", " ": "",
	} {
		if got, ok := ReadDay(typed); !ok || got != want {
			t.Errorf("ReadDay(%q) = %q, %v; want %q", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"2019-02-29", "2020-13-01", "2020-00-10", "2020-04-31", "20-4-1", "2020-04", "一九五〇年", "2020-04-01-01", "2020-004-1", "+020-1-1", "2020年4月1日生", "202004011", "0000-01-01"} {
		if got, ok := ReadDay(typed); ok {
			t.Errorf("ReadDay(%q) = %q, want refusal", typed, got)
		}
	}
}

func TestReadDayReadsEveryWayOfWritingTheSameDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := day.New(1880, time.January, 1).Add(rapid.IntRange(0, 80000).Draw(t, "days"))
		at := d.Time()
		for _, form := range []string{"2006-01-02", "20060102", "2006/1/2", "2006.01.02", "2006年1月2日", "2006年01月02"} {
			if got, ok := ReadDay(at.Format(form)); !ok || got != d {
				t.Fatalf("%s as %s = %q, %v", d, form, got, ok)
			}
		}
	})
}

func FuzzReadDay(f *testing.F) {
	for _, s := range []string{"2020-04-01", "２０２０年4月1日", "2020-2-30", "\xff", "年月日"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := ReadDay(s)
		if !ok || d == "" {
			return
		}
		if again, err := day.Parse(string(d)); err != nil || again != d {
			t.Errorf("ReadDay(%q) = %q, which is no day: %v", s, d, err)
		}
	})
}

func TestMomentIsEmptyForNoInstant(t *testing.T) {
	t.Parallel()
	at := time.Date(2020, 5, 7, 9, 5, 0, 0, time.UTC)
	if got := fmt.Sprint(Moment(at), Moment(time.Time{})); got != "2020年5月7日 09:05" {
		t.Errorf("Moment = %q", got)
	}
}
