package announcement_test

import (
	"strings"
	"testing"

	"hefa/internal/announcement"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

func TestNoticeIsPublicFromTheFirstDayToTheLast(t *testing.T) {
	t.Parallel()
	n := announcement.Notice{Starts: "2020-04-28", Ends: "2020-05-08"}
	for on, want := range map[day.Day]bool{"2020-04-27": false, "2020-04-28": true, "2020-05-02": true, "2020-05-08": true, "2020-05-09": false} {
		if got := n.Public(on); got != want {
			t.Errorf("public on %s: %v", on, got)
		}
	}
}

func TestNoticeIsOfATownshipOrAVillage(t *testing.T) {
	t.Parallel()
	for where, want := range map[region.Code]string{"533103105": "", "533103105201": "", "533103": "region", "": "region", "53310310a": "region"} {
		if got := flaws(announcement.Notice{Region: where}.Check(1)); got != want {
			t.Errorf("a notice of %q: wrong are %q, not %q", where, got, want)
		}
	}
	if got := flaws(announcement.Notice{Region: "533103105"}.Check(0)); got != "ids" {
		t.Errorf("a notice of nobody: wrong are %q", got)
	}
}

func TestObjectionMayBeAnonymousButNotEmpty(t *testing.T) {
	t.Parallel()
	whole := announcement.Objection{Application: "a", Text: "此人行走正常"}
	for name, try := range map[string]struct {
		change func(*announcement.Objection)
		want   string
	}{
		"anonymous":        {func(*announcement.Objection) {}, ""},
		"with a name":      {func(o *announcement.Objection) { o.Name, o.Phone = "测试", "0692-2100000" }, ""},
		"against nobody":   {func(o *announcement.Objection) { o.Application = "" }, "row"},
		"of four letters":  {func(o *announcement.Objection) { o.Text = " 不对不对 " }, "text"},
		"of five letters":  {func(o *announcement.Objection) { o.Text = "不对不对啊" }, ""},
		"as long as may":   {func(o *announcement.Objection) { o.Text = strings.Repeat("长", 2000) }, ""},
		"too long":         {func(o *announcement.Objection) { o.Text = strings.Repeat("长", 2001) }, "text"},
		"with a long name": {func(o *announcement.Objection) { o.Name = strings.Repeat("长", 41) }, "name"},
		"with half phone":  {func(o *announcement.Objection) { o.Phone = "1390000" }, ""},
		"with no phone":    {func(o *announcement.Objection) { o.Phone = "13" }, "phone"},
	} {
		o := whole
		try.change(&o)
		if got := flaws(o.Check()); got != try.want {
			t.Errorf("an objection %s: wrong are %q, not %q", name, got, try.want)
		}
	}
}

// flaws is the names of the wrong fields.
func flaws(err error) string {
	var out []string
	for _, f := range fault.Fields(err) {
		out = append(out, f.Name)
	}
	return strings.Join(out, " ")
}
