package api_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestAttemptsThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p, who := newProgram(t, o), o.Person(t)
		at, waiver := "/api/v1/people/"+string(who.ID)+"/attempts", `{"kind":"waiver","person":"`+string(who.ID)+`"}`
		if got := p.must(200, access.Township, "GET", at, ""); got.field("wanted") != "2" || strings.Contains(got.text, "null") {
			t.Errorf("nothing kept: %s", got.text)
		}
		p.must(409, access.Township, "POST", "/api/v1/statements", waiver)
		entry := func(on string) string {
			return `{"day":"` + on + `","way":"visit","party":[{"name":"岩旺","post":"delegate"}],"result":"refuses"}`
		}
		p.must(422, access.Village, "POST", at, `{"day":"2020-04-01","way":"visit","party":[],"result":"refuses"}`)
		p.must(403, access.Reviewer, "POST", at, entry("2020-04-01"))
		p.must(200, access.Village, "POST", at, entry("2020-03-31"))
		if got := p.must(422, access.Village, "POST", at, entry("2020-03-31")); !strings.Contains(got.text, "不要重复登记") {
			t.Errorf("twice: %s", got.text)
		}
		if got := p.must(200, access.Village, "POST", at, entry("2020-04-01")); got.field("visits") != "2" || got.field("attempts.1.party.0.name") != "岩旺" {
			t.Errorf("recorded: %s", got.text)
		}
		p.must(201, access.Township, "POST", "/api/v1/statements", waiver)
	})
}
