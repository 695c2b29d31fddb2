package faults_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"
)

// TestKilledAtAnyMomentNothingPromisedIsLost kills the server at random moments while 16 clerks open applications, starts it again and reads what
// was promised. What got no answer is sent again under its key and must then be there once.
func TestKilledAtAnyMomentNothingPromisedIsLost(t *testing.T) {
	engines(t, func(t *testing.T, o *office) {
		l, slowest := newLoad(o), time.Duration(0)
		rounds := times(5, 200)
		for range rounds {
			stop := l.run(16)
			l.more(t)
			time.Sleep(rand.N(150 * time.Millisecond))
			o.kill()
			stop()
			slowest = max(slowest, o.start(t))
			l.settle(t)
			l.kept(t)
			if t.Failed() {
				t.FailNow()
			}
		}
		l.forget()
		l.kept(t)
		o.end(t)
		o.command(t, "audit", "verify", "--witness", filepath.Join(o.data, "heads.jsonl"))
		report(t, fmt.Sprintf("%d kills", rounds), l, slowest)
	})
}
