package faults_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"net/url"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"hefa/internal/day"
)

// year is an office with 9,675 certificates whose days go by: on some mornings its program is killed while it makes letters, and it stays down for days.
type year struct {
	*office
	token string             // of the county's clerk
	ends  map[string]day.Day // person → last day of their certificate
	known map[string]day.Day // person and step → the day on which its letter was made
	nos   map[string]string  // person and step → number of the letter
	ran   []morning          // the days on which the program ran
	kills int
	had   int // letters in the evening of the last whole day
}

// morning is a day on which the program ran; whole says whether its round came to the end.
type morning struct {
	on    day.Day
	whole bool
}

// ask gets the whole of a list through the API, 200 at a time.
func ask[T any](t *testing.T, y *year, path string, take func(T)) {
	t.Helper()
	for after := ""; ; {
		var page struct {
			Items []T
			Next  string
		}
		y.must(t, "GET", path+"&limit=200&after="+url.QueryEscape(after), nil, &page)
		for _, item := range page.Items {
			take(item)
		}
		if after = page.Next; after == "" {
			return
		}
	}
}

// must sends a request as the county's clerk and reads what is answered.
func (y *year) must(t *testing.T, method, path string, body []byte, into any) {
	t.Helper()
	l := load{office: &office{token: y.token, address: y.address, client: y.client}}
	status, answer := l.ask(method, path, "", body)
	if status >= 300 || status == 0 {
		t.Fatalf("%s %s: %d %s\n%s", method, path, status, answer, y.said)
	}
	if raw, ok := into.(*[]byte); ok {
		*raw = answer
		return
	}
	if err := json.Unmarshal(answer, into); err != nil {
		t.Fatalf("%s %s: %v in %s", method, path, err, answer)
	}
}

// letters reads every letter there is and refuses a second one for a step.
func (y *year) letters(t *testing.T) {
	t.Helper()
	y.known, y.nos = map[string]day.Day{}, map[string]string{}
	ask(t, y, "/api/v1/reminders?kind=renew", func(r struct {
		No, Step string
		Made     day.Day
		Person   struct{ ID string }
	}) {
		k := r.Person.ID + " " + r.Step
		if y.known[k] != "" {
			t.Errorf("%s has two letters of the step of %s months", r.Person.ID, r.Step)
		}
		y.known[k], y.nos[k] = r.Made, r.No
	})
}

// count is how many letters there are.
func (y *year) count(t *testing.T) (n int) {
	t.Helper()
	var all struct {
		Items []struct{ Made, Sent, Received, Kept, Stopped int }
	}
	y.must(t, "GET", "/api/v1/reminders/villages", nil, &all)
	for _, v := range all.Items {
		n += v.Made + v.Sent + v.Received + v.Kept + v.Stopped
	}
	return n
}

// stepOf is the step that is due on the day for a certificate, by the calendar alone; 0 for none.
func stepOf(ends, on day.Day) int {
	for _, m := range []int{1, 3, 6} {
		if on <= ends && on >= ends.AddMonths(-m) {
			return m
		}
	}
	return 0
}

// due is how many letters the morning lacks.
func (y *year) due(on day.Day) (n int) {
	for who, ends := range y.ends {
		if step := stepOf(ends, on); step != 0 && y.known[who+" "+strconv.Itoa(step)] == "" {
			n++
		}
	}
	return n
}

// begin starts the office on the day.
func (y *year) begin(t *testing.T, on day.Day) {
	t.Helper()
	y.today = string(on)
	y.start(t)
}

// whole lets a morning's round come to its end.
func (y *year) whole(t *testing.T, on day.Day) {
	t.Helper()
	y.begin(t, on)
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if y.letters(t); y.due(on) == 0 {
			break
		}
		if time.Since(began) > patience {
			t.Fatalf("on %s %d letters were not made in %s:\n%s", on, y.due(on), patience, y.said)
		}
	}
	y.had = y.count(t)
	y.ran = append(y.ran, morning{on, true})
}

// killed ends the program in a morning's round, as soon as a letter more is there than the evening before. Nothing else is asked meanwhile: a round of two
// thousand letters takes a fifth of a second.
func (y *year) killed(t *testing.T, on day.Day) {
	t.Helper()
	y.begin(t, on)
	for began := time.Now(); y.count(t) <= y.had && time.Since(began) < 2*time.Second; {
	}
	y.kill()
	y.kills++
	y.ran = append(y.ran, morning{on, false})
}

// amid is how many killed mornings left some of their letters made and some not.
func (y *year) amid() (n int) {
	for _, m := range y.ran {
		made, due := 0, 0
		for who, ends := range y.ends {
			step := stepOf(ends, m.on)
			at, given := y.known[who+" "+strconv.Itoa(step)]
			switch {
			case step == 0 || given && at < m.on:
			case given && at == m.on:
				made++
				due++
			default:
				due++
			}
		}
		if !m.whole && made > 0 && made < due {
			n++
		}
	}
	return n
}

// check compares the letters with what each certificate was due.
func (y *year) check(t *testing.T) (steps int) {
	t.Helper()
	got := y.known
	for who, ends := range y.ends {
		seen := map[int]bool{}
		for _, m := range y.ran {
			step := stepOf(ends, m.on)
			if step == 0 || seen[step] {
				continue
			}
			k := who + " " + strconv.Itoa(step)
			made, given := got[k]
			if m.whole {
				seen[step] = true
				steps++
				if !given || made > m.on {
					t.Errorf("%s ends on %s: the step of %d months was due by %s, made on %q", who, ends, step, m.on, made)
				}
			}
			if given && made == m.on {
				seen[step] = true
			}
			if seen[step] {
				delete(got, k)
			}
		}
	}
	if len(got) > 0 {
		t.Errorf("%d letters were made that nobody was due, such as %v", len(got), func() string {
			for k, on := range got {
				return k + " on " + string(on)
			}
			return ""
		}())
	}
	return steps
}

// TestAYearOfRoundsIsKilledAndNobodyIsForgottenOrToldTwice kills the shipped program with SIGKILL while its rounds make letters, lets it stay down for 1 to
// 20 days each time, once for five months, and compares the letters with the calendar (N39, N40). Then it kills the printing of them.
func TestAYearOfRoundsIsKilledAndNobodyIsForgottenOrToldTwice(t *testing.T) {
	engines(t, func(t *testing.T, o *office) {
		y := &year{office: o, ends: map[string]day.Day{}}
		y.token = strings.TrimSpace(o.command(t, "token", "create", "--user", "banzheng", "--name", "faults"))
		ask(t, y, "/api/v1/certificates?state=valid", func(c struct {
			Expires day.Day
			Person  struct{ ID string }
		}) {
			y.ends[c.Person.ID] = c.Expires
		})
		o.end(t)
		on := day.Of(time.Now(), day.Beijing)
		y.whole(t, on) // what the first start had begun
		y.kill()
		last := on.Add(times(180, 365))
		for on = on.Add(150); on < last; {
			if y.kills < times(3, 10) || rand.IntN(times(3, 25)) == 0 {
				y.killed(t, on)
				on = on.Add(1 + rand.IntN(20))
				continue
			}
			y.whole(t, on)
			y.kill()
			on = on.Add(1 + rand.IntN(times(8, 1)))
		}
		y.whole(t, on)
		mornings, amid, numbers := len(y.ran), y.amid(), slices.Collect(maps.Values(y.nos))
		if long && amid == 0 {
			t.Errorf("none of %d kills fell amid a round: little was tried", y.kills)
		}
		steps := y.check(t)
		t.Logf("%d certificates, %d mornings: %d kills, of them %d amid the making of letters; %d steps, each once", len(y.ends), mornings, y.kills, amid, steps)
		y.print(t, on, numbers)
		y.end(t)
		y.command(t, "audit", "verify", "--witness", y.data+"/heads.jsonl")
	})
}

// numbers is the number of a letter as papers bear it.
var numbers = regexp.MustCompile(`533103-\d{4}-T\d{7}`)

// print has every letter printed in the background and kills the program again and again meanwhile; each letter must be in one file once.
func (y *year) print(t *testing.T, on day.Day, wanted []string) {
	t.Helper()
	type bundle struct {
		ID, State            string
		Letters, Done, Ended int
		Parts                []struct{ No, Letters int }
	}
	var b bundle
	y.must(t, "POST", "/api/v1/bundles", []byte(`{"kind":"renew"}`), &b)
	at, killed, amid := "/api/v1/bundles/"+b.ID, 0, 0
	for b.State == "working" {
		if killed < times(3, 20) {
			want := b.Done + 1
			for began := time.Now(); b.Done < want && b.State == "working" && time.Since(began) < 5*time.Second; {
				y.must(t, "GET", at, nil, &b)
			}
			time.Sleep(rand.N(30 * time.Millisecond))
			y.kill()
			killed++
			if b.Done > 0 && b.State == "working" {
				amid++
			}
			on = on.Add(1) // whoever holds a job that died is waited for a minute; a day is over it
			y.begin(t, on)
		}
		time.Sleep(20 * time.Millisecond)
		b = bundle{}
		y.must(t, "GET", at, nil, &b)
	}
	if b.State != "done" || b.Done != b.Letters || amid == 0 {
		t.Fatalf("after %d kills, %d of them amid the printing: %+v", killed, amid, b)
	}
	printed := map[string]int{}
	for _, p := range b.Parts {
		var file []byte
		y.must(t, "GET", at+"/parts/"+strconv.Itoa(p.No), nil, &file)
		text := exec.Command("pdftotext", "-raw", "-", "-")
		text.Stdin = bytes.NewReader(file)
		out, err := text.Output()
		if err != nil {
			t.Fatalf("part %d, pdftotext (apt-get install poppler-utils): %v", p.No, err)
		}
		here := map[string]bool{}
		for _, no := range numbers.FindAllString(string(out), -1) {
			here[no] = true
		}
		if len(here) != p.Letters {
			t.Errorf("part %d says it has %d letters and has %d", p.No, p.Letters, len(here))
		}
		for no := range here {
			printed[no]++
		}
	}
	open := 0
	for _, no := range wanted {
		if printed[no] > 1 {
			t.Errorf("%s is in %d files", no, printed[no])
		}
		open += printed[no]
	}
	if open+b.Ended != b.Letters || len(printed) != open {
		t.Errorf("%d letters were to be printed, %d ended meanwhile, %d are in the files, of them %d known", b.Letters, b.Ended, len(printed), open)
	}
	t.Logf("%d letters printed in %d files through %d kills, %d of them amid the printing; each once", open, len(b.Parts), killed, amid)
}
