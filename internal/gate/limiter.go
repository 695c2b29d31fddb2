package gate

import (
	"sync"
	"time"
)

// Limiter is a token bucket for each key (an address, an account), with bounded memory: it keeps two generations of keys and forgets the older
// one when the newer is full. A forgotten key starts with a full bucket.
type Limiter struct {
	rate  float64 // tokens a second
	burst float64
	keys  int // in one generation
	now   func() time.Time

	mu    sync.Mutex
	young map[string]bucket
	old   map[string]bucket
}

type bucket struct {
	tokens float64
	at     time.Time
}

// NewLimiter allows burst acts at once and then rate acts a second for each key, and remembers at most 2×keys keys (about 150 bytes each).
// Doors use one of their own for what is dear, such as sign-in.
func NewLimiter(rate float64, burst, keys int, now func() time.Time) *Limiter {
	return &Limiter{rate: rate, burst: float64(burst), keys: keys, now: now, young: map[string]bucket{}}
}

// Allow takes one token of key; when there is none it says how long to wait for the next.
func (l *Limiter) Allow(key string) (wait time.Duration, ok bool) {
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	b, known := l.young[key]
	if !known {
		if b, known = l.old[key]; !known {
			b = bucket{l.burst, now}
		}
		if len(l.young) >= l.keys {
			l.old, l.young = l.young, make(map[string]bucket, l.keys)
		}
	}
	b.tokens = min(l.burst, b.tokens+max(0, now.Sub(b.at).Seconds())*l.rate)
	b.at = now
	if b.tokens >= 1 {
		b.tokens--
		ok = true
	} else {
		wait = time.Duration((1 - b.tokens) / l.rate * float64(time.Second))
	}
	l.young[key] = b
	return wait, ok
}
