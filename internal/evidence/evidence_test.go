package evidence

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hefa/internal/fault"
)

var now = time.Date(2020, 4, 1, 1, 0, 0, 0, time.UTC)

func keys(err error) []string {
	var out []string
	for _, f := range fault.Fields(err) {
		out = append(out, f.Key)
	}
	return out
}

func TestAPieceSaysWhatWhenAndWho(t *testing.T) {
	t.Parallel()
	good := Item{Kind: Video, Taken: now.Add(-time.Hour), Detail: Detail{Shows: "右下肢抬高", Taker: "测试联络员"}}
	for _, c := range []struct {
		name, kind string
		change     func(*Item)
		keys       []string
	}{
		{"a video", "video/mp4", func(*Item) {}, nil},
		{"a picture as a video", "image/jpeg", func(*Item) {}, []string{"evidence.kind.wrong"}},
		{"a PDF as a picture", "application/pdf", func(i *Item) { i.Kind = Photo }, []string{"evidence.kind.wrong"}},
		{"a picture of a letter", "image/jpeg", func(i *Item) { i.Kind = Document }, nil},
		{"a video as a letter", "video/webm", func(i *Item) { i.Kind = Document }, []string{"evidence.kind.wrong"}},
		{"nothing said", "video/webm", func(i *Item) { *i = Item{} }, []string{"evidence.kind.missing", "evidence.shows.missing", "evidence.taker.missing", "evidence.taken.missing"}},
		{"from tomorrow", "video/mp4", func(i *Item) { i.Taken = now.Add(2 * time.Minute) }, []string{"evidence.taken.ahead"}},
		{"a phone whose clock is ahead", "video/mp4", func(i *Item) { i.Taken = now.Add(30 * time.Second) }, nil},
		{"from long ago", "video/mp4", func(i *Item) { i.Taken = now.AddDate(-1, 0, -1) }, []string{"evidence.taken.old"}},
		{"from a year ago to the day", "video/mp4", func(i *Item) { i.Taken = now.AddDate(-1, 0, 0) }, nil},
		{"too much said", "video/mp4", func(i *Item) { i.Shows = strings.Repeat("长", TextMost+1) }, []string{"application.text.long"}},
	} {
		i := good
		c.change(&i)
		if got := keys(i.Check(c.kind, now, 12)); !slices.Equal(got, c.keys) {
			t.Errorf("%s: %v, want %v", c.name, got, c.keys)
		}
	}
}

func TestWhoIsSpokenForDoesNotConsentAlone(t *testing.T) {
	t.Parallel()
	c := Consent{Giver: Self, Name: "甲", Manner: Spoken}
	if err := c.Check(false); err != nil {
		t.Error(err)
	}
	if got := keys(c.Check(true)); !slices.Equal(got, []string{"evidence.giver.guardian.only"}) {
		t.Error(got)
	}
	if got := keys((Consent{}).Check(false)); len(got) != 3 {
		t.Error(got)
	}
	var none *Consent
	if none.Holds() || !(&Consent{Giver: Guardian}).Holds() || (&Consent{Withdrawn: "2020-04-01"}).Holds() {
		t.Error("a consent holds from when it is given until it is withdrawn")
	}
}

func TestARequestIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	r := Request{Asked: now}
	if got := keys(r.Answer([]Item{{Received: now.Add(-time.Hour)}}, "", now.Add(time.Hour))); !slices.Equal(got, []string{"evidence.reply.missing"}) {
		t.Errorf("with what was there already: %v", got)
	}
	if err := r.Answer([]Item{{Received: now.Add(time.Minute)}}, "", now.Add(time.Hour)); err != nil || r.Open() {
		t.Errorf("with a new piece: %v", err)
	}
	if err := r.Answer(nil, "没有更多材料", now); fault.Of(err) != fault.Refused {
		t.Errorf("twice: %v", err)
	}
	for reason, ok := range map[string]bool{"": false, "太暗": false, "右手看不清": true, strings.Repeat("长", TextMost+1): false} {
		if err := CheckReason(reason); (err == nil) != ok {
			t.Errorf("%.20s: %v", reason, err)
		}
	}
}
