package faults_test

import (
	"math/rand/v2"
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
			before := len(l.promised)
			stop := l.run(16)
			for len(l.snapshot()) == before { // the first answer, so that the kill falls into work
				time.Sleep(time.Millisecond)
			}
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
		if len(l.promised) < rounds {
			t.Errorf("only %d applications were promised in %d rounds, so that little was tried", len(l.promised), rounds)
		}
		t.Logf("%d kills: %s; the slowest start took %s", rounds, l.figures(), slowest.Round(10*time.Millisecond))
	})
}
