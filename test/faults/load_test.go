package faults_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hefa/internal/day"
	"hefa/internal/person"
)

// village is where the people of the load live; the token's account is of its township.
const village = "533103105201"

// load opens applications at an office as fast as they are answered and remembers what was promised.
type load struct {
	*office
	n atomic.Int64 // applications sent so far

	mu       sync.Mutex
	promised map[string]string // name → id of the application whose opening was answered with 201
	times    map[string]span   // name → when it was asked for and promised
	open     map[string]int    // name → number of the request that got no answer
	statuses map[int]int       // answers by HTTP status
	checked  map[string]bool   // names whose promise was found kept
	bears    int               // the status with which the office may say that it cannot just now
	odd      []string          // the first answer of each further status that is neither a promise nor a refusal
}

// span is from when something was asked for until it was promised.
type span struct{ begun, done time.Time }

func newLoad(o *office) *load {
	return &load{office: o, promised: map[string]string{}, times: map[string]span{}, open: map[string]int{}, statuses: map[int]int{}, checked: map[string]bool{}}
}

// name is a different name for every i.
func name(i int) string {
	digits := []rune("甲乙丙丁戊己庚辛壬癸")
	out := []rune("验")
	for _, d := range fmt.Sprintf("%06d", i) {
		out = append(out, digits[d-'0'])
	}
	return string(out)
}

// body is the i-th opening.
func body(i int) []byte {
	born := day.Day("1931-01-01").Add(i / 900)
	b, err := json.Marshal(map[string]any{"matter": "new", "wanted": []string{"1"},
		"person": map[string]any{"name": name(i), "number": person.MakeNumber("533199", born, i%900), "region": village}})
	if err != nil {
		panic(err) // a map of words is always written
	}
	return b
}

// ask sends one request in the clerk's name; status 0 is no answer.
func (l *load) ask(method, path, key string, body []byte) (status int, answer []byte) {
	req, err := http.NewRequest(method, "http://"+l.address+path, bytes.NewReader(body))
	if err != nil {
		return 0, []byte(err.Error())
	}
	req.Header.Set("Authorization", "Bearer "+l.token)
	req.Header.Set("Content-Type", "application/json")
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	res, err := l.client.Do(req)
	if err != nil {
		return 0, []byte(err.Error())
	}
	defer res.Body.Close()
	answer, err = io.ReadAll(res.Body)
	if err != nil {
		return 0, []byte(err.Error())
	}
	return res.StatusCode, answer
}

// send opens the i-th application under a key and keeps what was answered.
func (l *load) send(i int, key string) (status int, answer []byte) {
	begun := time.Now()
	status, answer = l.ask("POST", "/api/v1/applications", key, body(i))
	var told struct{ ID string }
	l.mu.Lock()
	defer l.mu.Unlock()
	l.statuses[status]++
	delete(l.open, name(i))
	switch {
	case status == http.StatusCreated && json.Unmarshal(answer, &told) == nil && told.ID != "":
		l.promised[name(i)], l.times[name(i)] = told.ID, span{begun, time.Now()}
	case status == 0 || status >= 500:
		l.open[name(i)] = i
	}
	if status >= 400 && status != http.StatusConflict && status != l.bears && l.statuses[status] == 1 {
		l.odd = append(l.odd, string(answer))
	}
	return status, answer
}

// next opens an application of somebody new.
func (l *load) next() (status int, answer []byte) {
	i := int(l.n.Add(1))
	return l.send(i, fmt.Sprint("faults-", i))
}

// run keeps clerks sending until stop is called, which waits for their last answers.
func (l *load) run(clerks int) (stop func()) {
	over := make(chan struct{})
	var done sync.WaitGroup
	for range clerks {
		done.Go(func() {
			for {
				select {
				case <-over:
					return
				default:
				}
				switch status, _ := l.next(); {
				case status == 0:
					return // the line is dead
				case status >= 500:
					time.Sleep(50 * time.Millisecond)
				}
			}
		})
	}
	return func() {
		close(over)
		done.Wait()
	}
}

// settle sends again what got no answer, under a new key, for the old one waits for its program: it was either done, and is refused now, or not, and
// is done now, so that the person is known once.
func (l *load) settle(t *testing.T) {
	t.Helper()
	l.mu.Lock()
	var again []int
	for _, i := range l.open {
		again = append(again, i)
	}
	l.mu.Unlock()
	for _, i := range again {
		status, answer := l.send(i, fmt.Sprint("faults-again-", i, "-", l.n.Add(1)))
		done := status == http.StatusCreated || status == http.StatusConflict || status == http.StatusUnprocessableEntity
		if !done {
			t.Errorf("%s, sent again: status %d %s", name(i), status, answer)
		}
		if n := l.known(t, name(i)); n != 1 {
			t.Errorf("%s, sent again (status %d %s), is known %d times", name(i), status, answer, n)
		}
	}
}

// known is how often the register knows a name.
func (l *load) known(t *testing.T, name string) int {
	t.Helper()
	status, answer := l.ask("GET", "/api/v1/people?q="+url.QueryEscape(name), "", nil)
	if status != http.StatusOK {
		t.Errorf("people named %s: status %d %s", name, status, answer)
	}
	return strings.Count(string(answer), `"name":"`+name+`"`)
}

// kept reads every promise that was not read before: the whole case must be there, with its person and the line of its opening.
func (l *load) kept(t *testing.T) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, id := range l.promised {
		if l.checked[name] {
			continue
		}
		status, answer := l.ask("GET", "/api/v1/applications/"+id, "", nil)
		var read struct {
			State    string
			Person   struct{ Name string }
			Timeline []struct{ Act string }
		}
		if err := json.Unmarshal(answer, &read); status != http.StatusOK || err != nil {
			t.Errorf("lost: %s was promised %s, and now: status %d %s", name, id, status, answer)
			continue
		}
		if read.Person.Name != name || read.State == "" || len(read.Timeline) != 1 || read.Timeline[0].Act != "application.open" {
			t.Errorf("half a case: %s reads %s", name, answer)
			continue
		}
		l.checked[name] = true
	}
}

// forget lets kept read every promise again.
func (l *load) forget() { l.checked = map[string]bool{} }

// report prints what happened; a test in which little was promised has tried nothing.
func report(t *testing.T, what string, l *load, slowest time.Duration) {
	t.Helper()
	l.mu.Lock() // the clerks may still be sending
	defer l.mu.Unlock()
	if len(l.promised) < 10 {
		t.Errorf("only %d applications were promised, so that little was tried", len(l.promised))
	}
	for _, answer := range l.odd {
		t.Errorf("neither done nor refused: %s", answer)
	}
	t.Logf("%s: %d applications promised; answers by status (0 is none): %v; ready after at most %s", what, len(l.promised), l.statuses, slowest.Round(10*time.Millisecond))
}

// more waits for a further promise, so that what comes falls into work.
func (l *load) more(t *testing.T) {
	t.Helper()
	before, began := len(l.snapshot()), time.Now()
	for len(l.snapshot()) == before {
		if time.Since(began) > patience {
			l.mu.Lock()
			defer l.mu.Unlock()
			t.Fatalf("nothing was promised in %s; answers %v:\n%s", patience, l.statuses, l.said)
		}
		time.Sleep(time.Millisecond)
	}
}

// snapshot is the promises so far.
func (l *load) snapshot() map[string]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.promised)
}
