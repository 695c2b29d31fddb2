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

// TestASynchronousStandbyTakesOverWithEverythingPromised ends the primary under 16 clerks and promotes its synchronous standby. The program knows both
// servers from its address, follows by itself, and what the primary promised stands on the standby.
func TestASynchronousStandbyTakesOverWithEverythingPromised(t *testing.T) {
	for i := range times(1, 5) {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			o, primary := furnishedIn(t, t.TempDir())
			primary.start(t)
			standby := primary.standby(t)
			standby.start(t)
			primary.stop(t)
			primary.start(t, "synchronous_standby_names=standby")
			o.database = fmt.Sprintf("postgres://postgres@127.0.0.1:%d,127.0.0.1:%d/postgres?sslmode=disable&target_session_attrs=read-write", primary.port, standby.port)
			o.start(t)
			primary.await(t, "SELECT sync_state FROM pg_stat_replication", "sync")
			l := newLoad(o)
			l.bears = http.StatusServiceUnavailable
			stop := l.run(16)
			l.more(t)
			time.Sleep(200*time.Millisecond + rand.N(100*time.Millisecond))
			primary.kill(t)
			began := time.Now()
			if out, err := asServer(t, "pg_ctl", "-D", standby.folder, "-w", "promote"); err != nil {
				t.Fatalf("promoting: %v\n%s", err, out)
			}
			l.more(t)
			back := time.Since(began)
			stop()
			l.settle(t)
			l.kept(t)
			report(t, "a standby took over", l, back)
		})
	}
}
