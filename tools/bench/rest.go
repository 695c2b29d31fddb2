package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"hefa/internal/day"
	"hefa/internal/person"
)

// township and village are where the bench asks and writes.
const (
	township = "533103105"
	village  = "533103105201"
)

// rest asks the REST API of a server, or the bare handlers that do the same, and prints how long the answers took.
type rest struct {
	load  `embed:""`
	Token string `help:"Token of an officer of the township, who reads; without it the server is the bare handlers."`
	Desk  string `help:"Token of an officer who opens applications."`
	First int    `help:"Number of the first person who applies; each person applies once." default:"1"`
}

// Run prints a row for one certificate, one for fifty of a township by expiry, one for an application that is opened, and the three at a fixed rate.
func (l *rest) Run(ctx context.Context) error {
	ids, err := l.certificates()
	if err != nil {
		return err
	}
	var made atomic.Int64
	made.Store(int64(l.First))
	kinds := []struct {
		name string
		next func(*rand.Rand) request
	}{
		{"one certificate", func(r *rand.Rand) request { return l.get("/api/v1/certificates/" + ids[r.IntN(len(ids))]) }},
		{"50 of a township", func(*rand.Rand) request { return l.get("/api/v1/certificates?region=" + township + "&limit=50") }},
		{"open an application", func(*rand.Rand) request { return l.opening(int(made.Add(1))) }},
	}
	l.heading()
	failed := 0
	for _, k := range kinds {
		if l.Only != "" && l.Only != k.name {
			continue
		}
		l.closed(ctx, k.next, time.Second) // warms the server up
		failed += l.row(k.name, func() []answered { return l.closed(ctx, k.next, l.Time) })
		failed += l.row(fmt.Sprintf("  at %d a second", l.Rate), func() []answered { return l.open(ctx, k.next) })
	}
	if failed > 0 {
		return fmt.Errorf("%d requests went wrong", failed)
	}
	return nil
}

func (l *rest) get(path string) request { return request{path: path, token: l.Token} }

// opening is the n-th person's first application. Each number is given out once: whoever runs the bench twice on one store says where it goes on.
func (l *rest) opening(n int) request {
	born := day.Day("1950-01-01").Add(n / 900)
	body, err := json.Marshal(map[string]any{"matter": "new", "wanted": []string{"1"}, "person": map[string]any{
		"name": "岩测" + string(rune('一'+n%20000)), "number": person.MakeNumber("533199", born, 100+n%900), "region": village, "nation": "傣族", "address": "测试路1号", "phone": "13900000000"}})
	if err != nil {
		panic(err) // it holds texts only
	}
	return request{method: http.MethodPost, path: "/api/v1/applications", token: l.Desk, body: string(body)}
}

// certificates is which certificates can be asked for: some 4,000 of the township.
func (l *rest) certificates() ([]string, error) {
	var ids []string
	after := ""
	for range 20 {
		page, err := l.page(after)
		if err != nil {
			return nil, err
		}
		for _, c := range page.Items {
			ids = append(ids, c.ID)
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("the township %s has no certificate", township)
	}
	return ids, nil
}

// certificatePage is one page of certificates, as far as the bench reads it.
type certificatePage struct {
	Items []struct {
		ID string `json:"id"`
	} `json:"items"`
	Next string `json:"next"`
}

func (l *rest) page(after string) (p certificatePage, err error) {
	path := "/api/v1/certificates?region=" + township + "&limit=200&after=" + strings.ReplaceAll(after, " ", "+")
	asked, err := http.NewRequest(http.MethodGet, "http://"+l.Server+path, nil)
	if err != nil {
		return p, err
	}
	asked.Header.Set("Authorization", "Bearer "+l.Token)
	res, err := http.DefaultClient.Do(asked)
	if err != nil {
		return p, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: status %d: %s", path, res.StatusCode, body)
	}
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal(body, &p)
}
