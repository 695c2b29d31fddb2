package renewing_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/roster"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// year is a simulated one: which days the program ran through, on which its round was broken off and the program stayed down, what it must give.
type year struct {
	o      *testbed.Office
	desk   *renewing.Desk
	r      *rand.Rand
	held   []certificate.Certificate
	gone   map[certificate.ID]day.Day // since when a certificate is not in the hand any more
	ran    []morning
	broken int
}

// morning is a day on which the program ran; whole says whether its round came to the end.
type morning struct {
	on    day.Day
	whole bool
}

// dying is a context that ends when it was asked for its end a number of times: the program is killed in the middle of whatever it does then.
type dying struct {
	context.Context
	left atomic.Int64
	kill context.CancelFunc
}

// Done counts how often it is asked.
func (d *dying) Done() <-chan struct{} {
	if d.left.Add(-1) == 0 {
		d.kill()
	}
	return d.Context.Done()
}

// Everybody gets each step that is due exactly once, on the first day on which the program runs after it, whatever breaks in between: ten outages of 1 to
// 20 days, each begun by a kill in the middle of a round, and rounds that are killed and begun again the same morning (N39, N40).
func TestYearWithOutagesGivesEachStepExactlyOnce(t *testing.T) {
	t.Parallel()
	n := 10_000
	if testing.Short() {
		n /= 10
	}
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := testbed.Open(t, engine)
			y := &year{o: o, desk: renewing.New(o.DB, o.Files), r: rand.New(rand.NewPCG(2020, 4)), gone: map[certificate.ID]day.Day{}}
			y.furnish(t, n)
			y.live(t)
			y.check(t)
		})
	}
}

// furnish enters n people whose certificates end within the next twenty months.
func (y *year) furnish(t *testing.T, n int) {
	t.Helper()
	y.furnishAll(t, n, func(int) day.Day { return y.o.Today().Add(y.r.IntN(600)) })
}

// furnishAll enters n people of two villages whose certificates end when ends says.
func (y *year) furnishAll(t *testing.T, n int, ends func(int) day.Day) {
	t.Helper()
	homes, _ := villages(t)
	u := roster.Upload{ID: "list", Region: testbed.Township, Kind: roster.Expired, Name: "名单", State: roster.Checking, At: y.o.Now()}
	for from := 0; from < n; from += 1000 {
		var rows []store.Intake
		for i := from; i < min(n, from+1000); i++ {
			p := person.Person{ID: person.ID(id.New()), Region: homes[i%2], Name: fmt.Sprintf("测试%d", i),
				Number: person.MakeNumber("533199", day.Day("1950-01-01").Add(i/1000), i%1000)}
			p.Fill()
			c := certificate.Certificate{ID: certificate.ID(id.New()), Region: p.Region, Person: p.ID, State: certificate.Valid, Expires: ends(i),
				Number:   certificate.MakeNumber(p.Number, certificate.Physical, certificate.Third),
				Category: certificate.Physical, Level: certificate.Third, Grades: []certificate.Grade{{Category: certificate.Physical, Level: certificate.Third}}}
			y.held = append(y.held, c)
			rows = append(rows, store.Intake{Person: p, New: true, Certificate: &c})
		}
		y.o.Update(t, access.Township, func(tx *store.Tx) error {
			if from == 0 {
				if err := tx.AddRoster(u); err != nil {
					return err
				}
			}
			return tx.TakeIn(u, rows)
		})
	}
}

// live goes through the year day by day.
func (y *year) live(t *testing.T) {
	t.Helper()
	outages := map[int]int{} // first day → days
	for k := range 10 {
		outages[10+35*k+y.r.IntN(14)] = 1 + y.r.IntN(20)
	}
	for d, down := 0, 0; d < 365; d, down = d+1, down-1 {
		if down <= 0 {
			y.lose(t)
			down = outages[d]
			y.morning(t, down > 0)
		}
		y.o.Wait(1)
	}
	if y.broken < 20 {
		t.Errorf("only %d rounds were broken off", y.broken)
	}
}

// lose takes a few certificates out of the hand before the round.
func (y *year) lose(t *testing.T) {
	t.Helper()
	y.o.Update(t, access.Clerk, func(tx *store.Tx) error {
		for range 3 {
			of := y.held[y.r.IntN(len(y.held))].ID
			if y.gone[of] != "" {
				continue
			}
			c, err := tx.Certificate(of)
			if err != nil {
				return err
			}
			c.State = certificate.Replaced
			if err := tx.SaveCertificate(access.ApplicationDeliver, c); err != nil {
				return err
			}
			y.gone[of] = y.o.Today()
		}
		return nil
	})
}

// morning is one day's round, killed in the middle every now and then; last says that the program then stays down.
func (y *year) morning(t *testing.T, last bool) {
	t.Helper()
	whole := false
	for try := 0; !whole; try++ {
		ctx := context.Context(t.Context())
		if try < 2 && (last || y.r.IntN(3) == 0) {
			inner, kill := context.WithCancel(ctx)
			d := &dying{Context: inner, kill: kill}
			d.left.Store(1 + y.r.Int64N(60))
			ctx = d
			defer kill()
		}
		_, err := y.desk.RemindAll(ctx, access.Program(), "")
		whole = err == nil
		if err != nil {
			if ctx.Err() == nil {
				t.Fatalf("the round of %s: %v", y.o.Today(), err)
			}
			y.broken++
			if last {
				break
			}
		}
	}
	y.ran = append(y.ran, morning{y.o.Today(), whole})
}

// stepOf is the step that is due on the day for a certificate, 0 for none: the latest whose day has come.
func stepOf(expires, on day.Day) int {
	for _, m := range []int{1, 3, 6} {
		if on <= expires && on >= expires.AddMonths(-m) {
			return m
		}
	}
	return 0
}

// check compares what was given with what each certificate was due by the calendar alone.
func (y *year) check(t *testing.T) {
	t.Helper()
	l, err := y.desk.Reminders(t.Context(), testbed.As(access.Clerk), renewing.Filter{Kind: reminder.Renew, Limit: 10 * len(y.held)})
	if err != nil {
		t.Fatal(err)
	}
	type key struct {
		of   certificate.ID
		step string
	}
	got := map[key]day.Day{}
	for _, r := range l.Reminders {
		k := key{r.Reminder.Certificate, r.Reminder.Step}
		if got[k] != "" {
			t.Errorf("twice: %+v", k)
		}
		got[k] = r.Reminder.Made
		if since := y.gone[k.of]; r.Reminder.State.Open() != (since == "") {
			t.Errorf("%+v is %s, the certificate is gone since %q", k, r.Reminder.State, since)
		}
	}
	due := 0
	for _, c := range y.held {
		seen := map[int]bool{} // steps that were due already on a day with a whole round
		for _, m := range y.ran {
			step := stepOf(c.Expires, m.on)
			if since := y.gone[c.ID]; step == 0 || seen[step] || since != "" && since <= m.on {
				continue
			}
			k := key{c.ID, fmt.Sprint(step)}
			made, given := got[k]
			if m.whole {
				seen[step] = true
				due++
				if !given || made > m.on {
					t.Errorf("%s ends on %s: the step of %d months was due by %s, given %q", c.ID, c.Expires, step, m.on, made)
				}
			}
			if given && made == m.on {
				seen[step] = true
				delete(got, k)
			}
		}
	}
	if len(got) > 0 {
		t.Errorf("%d were given that nobody was due, or too early", len(got))
	}
	t.Logf("%d steps for %d certificates, %d mornings, %d rounds broken off", due, len(y.held), len(y.ran), y.broken)
}
