package main

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// load asks a server for pages and prints how long they took.
type load struct {
	Server      string        `arg:"" help:"Host and port of the server."`
	Connections int           `help:"Connections that stay open, each asking as soon as it was answered." default:"32"`
	Time        time.Duration `help:"How long each row is measured." default:"10s"`
	Rate        int           `help:"Requests a second of the last row, which comes at fixed times whatever the server does." default:"100"`
	Accounts    []string      `help:"Who is signed in." default:"banzheng,chushen,shenpi,fengping,zhefang,mengga,mangshizhen,menghuan,xuangang,zhongshan"`
	Password    string        `help:"Their password." default:"Hefa-Demo-2020"`
	Bare        bool          `help:"The server is the bare handlers, which have no sign-in."`
	Only        string        `help:"Measure this page alone."`
	Process     int           `help:"The server's process, so that its processor time for each request can be told."`
}

// answered is one answer of a page.
type answered struct {
	took time.Duration
	sent int64
	ok   bool
}

// Run prints a row for each page alone, one for the mix, and one at the fixed rate.
func (l *load) Run(ctx context.Context) error {
	site, err := l.explore()
	if err != nil {
		return err
	}
	l.heading()
	l.closed(ctx, site.mix, time.Second) // warms the server up
	failed := 0
	for _, p := range site.pages {
		if l.Only == "" || l.Only == p.name {
			failed += l.row(p.name, func() []answered { return l.closed(ctx, p.pick, l.Time) })
		}
	}
	if l.Only == "" {
		failed += l.row("mix", func() []answered { return l.closed(ctx, site.mix, l.Time) })
		failed += l.row(fmt.Sprintf("mix at %d a second", l.Rate), func() []answered { return l.open(ctx, site.mix) })
	}
	if failed > 0 {
		return fmt.Errorf("%d requests went wrong", failed)
	}
	return nil
}

func (l *load) heading() {
	fmt.Printf("%-22s %9s %7s %9s %9s %9s %11s %9s %9s\n", "page", "requests", "errors", "p50 ms", "p99 ms", "max ms", "requests/s", "KB each", "CPU ms")
}

// row measures, prints what was measured and tells how many answers were wrong.
func (l *load) row(name string, measure func() []answered) (failed int) {
	before := l.spent()
	all := measure()
	spent := l.spent() - before
	if len(all) == 0 {
		fmt.Printf("%-22s none\n", name)
		return 1
	}
	sort.Slice(all, func(i, j int) bool { return all[i].took < all[j].took })
	sent := int64(0)
	for _, a := range all {
		sent += a.sent
		if !a.ok {
			failed++
		}
	}
	n := float64(len(all))
	at := func(share float64) float64 { return all[int(share*(n-1))].took.Seconds() * 1000 }
	fmt.Printf("%-22s %9d %7d %9.1f %9.1f %9.1f %11.0f %9.1f %9.2f\n", name, len(all), failed, at(0.5), at(0.99), at(1), n/l.Time.Seconds(),
		float64(sent)/n/1000, spent.Seconds()*1000/n)
	return failed
}

// tick is the unit of /proc/PID/stat.
const tick = 10 * time.Millisecond

// spent is the processor time that the server has used so far, 0 when its process is not known.
func (l *load) spent() time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", l.Process))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // the name before may hold spaces
	fields := strings.Fields(rest)
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick
}

// closed keeps every connection asking for a time.
func (l *load) closed(ctx context.Context, next func(*rand.Rand) request, long time.Duration) []answered {
	end := time.Now().Add(long)
	var all gathered
	var wait sync.WaitGroup
	for i := range l.Connections {
		wait.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), 1))
			c := connection{server: l.Server}
			defer c.close()
			var mine []answered
			for ctx.Err() == nil {
				start := time.Now()
				if start.After(end) {
					break
				}
				mine = append(mine, c.ask(next(r), start))
			}
			all.add(mine)
		})
	}
	wait.Wait()
	return all.answers
}

// open asks at fixed times; an answer's time runs from when it should have been asked for, so that waiting for a connection counts.
func (l *load) open(ctx context.Context, next func(*rand.Rand) request) []answered {
	due := make(chan time.Time, l.Rate*int(l.Time/time.Second+1))
	start := time.Now()
	for i := range l.Rate * int(l.Time/time.Second) {
		due <- start.Add(time.Duration(i) * time.Second / time.Duration(l.Rate))
	}
	close(due)
	var all gathered
	var wait sync.WaitGroup
	for i := range l.Connections {
		wait.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), 2))
			c := connection{server: l.Server}
			defer c.close()
			var mine []answered
			for at := range due {
				time.Sleep(time.Until(at))
				if ctx.Err() != nil {
					break
				}
				mine = append(mine, c.ask(next(r), at))
			}
			all.add(mine)
		})
	}
	wait.Wait()
	return all.answers
}

// gathered is the answers of all connections.
type gathered struct {
	mu      sync.Mutex
	answers []answered
}

func (g *gathered) add(more []answered) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.answers = append(g.answers, more...)
}

// request is one page for one signed-in officer, or one call of the API for a token.
type request struct{ method, path, cookie, token, body string }

// text is the request as it goes over the connection.
func (q request) text(host string) string {
	var b strings.Builder
	b.WriteString(cmp.Or(q.method, http.MethodGet) + " " + q.path + " HTTP/1.1\r\nHost: " + host + "\r\nAccept-Encoding: gzip\r\nUser-Agent: bench\r\n")
	if q.cookie != "" {
		b.WriteString("Cookie: " + q.cookie + "\r\n")
	}
	if q.token != "" {
		b.WriteString("Authorization: Bearer " + q.token + "\r\n")
	}
	if q.body != "" {
		b.WriteString("Content-Type: application/json\r\nContent-Length: " + strconv.Itoa(len(q.body)) + "\r\n")
	}
	b.WriteString("\r\n" + q.body)
	return b.String()
}
