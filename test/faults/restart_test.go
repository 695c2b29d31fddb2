package faults_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"
)

// TestADatabaseThatRestartsLosesNothingPromised ends PostgreSQL without a checkpoint under 16 clerks and starts it again. The program stays up: it
// says that the database is away, reads and writes again by itself when it is back, and what was promised stands.
func TestADatabaseThatRestartsLosesNothingPromised(t *testing.T) {
	o, c := furnishedIn(t, t.TempDir())
	c.start(t)
	o.start(t)
	l, slowest := newLoad(o), time.Duration(0)
	l.bears = http.StatusServiceUnavailable
	restarts := times(3, 50)
	for range restarts {
		stop := l.run(16)
		l.more(t)
		time.Sleep(rand.N(100 * time.Millisecond))
		c.kill(t)
		if status, answer := l.next(); status != http.StatusServiceUnavailable {
			t.Errorf("without its database the office answers %d %s", status, answer)
		}
		c.start(t)
		began := time.Now()
		l.more(t)
		slowest = max(slowest, time.Since(began))
		stop()
		l.settle(t)
		l.kept(t)
		if t.Failed() {
			t.FailNow()
		}
	}
	l.forget()
	l.kept(t)
	report(t, fmt.Sprintf("%d restarts of the database", restarts), l, slowest)
}
