package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"hefa/internal/acme"
	"hefa/internal/api"
	"hefa/internal/archiving"
	"hefa/internal/assessing"
	"hefa/internal/casework"
	"hefa/internal/day"
	"hefa/internal/demo"
	"hefa/internal/fieldwork"
	"hefa/internal/gate"
	"hefa/internal/lang"
	"hefa/internal/ledger"
	"hefa/internal/office"
	"hefa/internal/oidc"
	"hefa/internal/outreach"
	"hefa/internal/oversight"
	"hefa/internal/portal"
	"hefa/internal/records"
	"hefa/internal/region"
	"hefa/internal/registry"
	"hefa/internal/relay"
	"hefa/internal/renewing"
	"hefa/internal/scanning"
	"hefa/internal/seal"
	"hefa/internal/sms"
	"hefa/internal/web"
	"hefa/internal/witness"
	"hefa/internal/worker"
)

// serve is the server.
type serve struct {
	place
	Addr    string   `help:"Address of the pages and the API." default:"127.0.0.1:8080"`
	Metrics string   `help:"Address of the metrics; empty for none." default:"127.0.0.1:9090"`
	Demo    bool     `help:"Fill an empty installation with the demonstration county and print its accounts."`
	Home    string   `help:"Code of the county that the public pages show first; without it they ask, where there is more than one."`
	Secure  bool     `help:"Pages travel over TLS at a proxy in front."`
	Origin  []string `help:"Address under which browsers reach the pages, such as https://hefa.example.cn; may be given again. Security keys are bound to the first name; without it they work on this machine only (http://localhost)." placeholder:"URL"`
	TLSCert string   `name:"tls-cert" help:"Certificate with its chain (PEM): pages travel over TLS from here; a renewed file is served within a minute." type:"path" and:"tls" xor:"certificate"`
	TLSKey  string   `name:"tls-key" help:"Key of the certificate (PEM)." type:"path" and:"tls"`

	acmeOrder

	Province string `help:"Configuration of the province's single sign-on (OpenID Connect, JSON); without it people sign in with their password." type:"path"`

	Backups    string `help:"Folder of backups, best on another disk: each night one is taken and restored on trial; without it none is." type:"path"`
	BackupKeep int    `help:"How many nightly backups stay; 0 keeps all." default:"60"`

	depot
	ShipDays int `name:"ship-days" help:"For how many days each second can be had back." default:"7"`

	Witness       string `help:"File, best on another machine, to which each new signed head of the audit is added." type:"path"`
	WitnessURL    string `name:"witness-url" help:"Address (https) of a witness outside, to which the newest heads are posted each hour; its receipts are kept." placeholder:"URL"`
	WitnessSecret string `name:"witness-secret" help:"File with the bearer token that this witness wants." type:"path"`

	SMS     string `name:"sms" help:"Configuration of the carriers or the gateway for text messages (JSON); without it they are only written into an outbox beside the data, numbers masked." type:"path"`
	SMSRate int    `name:"sms-rate" help:"Text messages that may go out in a second." default:"10"`

	Relay       string        `help:"Address of the relay of live video, UDP and TCP, such as 0.0.0.0:3478; without it there is none here."`
	RelayPublic string        `help:"Host and port at which browsers reach the relay; without it those of --relay at the host of the page."`
	passes      *relay.Issuer // for the relay, nil when there is none
	RelaySecret string        `help:"File of a secret, 32 bytes or more, that several processes share with the one that relays." type:"path"`

	AddressRate float64 `help:"Requests a second that one network address may make, six times as many at once; 0 is 50." placeholder:"N"`
	AccountRate float64 `help:"Requests a second that one account may make, six times as many at once; 0 is 20." placeholder:"N"`
}

// A page leaves some 200 KB of garbage on a heap of 10 MB; collecting it when the heap has grown threefold rather than twofold takes some percent off
// every page. What grows beyond heapLimit is collected at once, whatever the factor; what starting and its first jobs left behind is given back when
// that has settled.
const (
	heapGrowth = 200 // percent
	heapLimit  = 512 << 20
	settled    = 5 * time.Second
)

func boundHeap() {
	debug.SetGCPercent(heapGrowth)
	debug.SetMemoryLimit(heapLimit)
	time.AfterFunc(settled, debug.FreeOSMemory)
}

// Run serves until the program is told to stop.
func (c *serve) Run(ctx context.Context) error {
	boundHeap()
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	c.follow = c.Ship != "" || c.ShipS3 != ""
	h, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = h.db.Close() }() // what was committed is on disk already
	if err := errors.Join(c.demonstrate(ctx, h), c.shipper(&h, log)); err != nil {
		return err
	}
	carrier, err := c.carrier(h, log)
	if err != nil {
		return err
	}
	messages := outreach.New(h.db, carrier)
	hand, err := c.hand()
	if err != nil {
		return err
	}
	c.Secure = c.Secure || c.TLSCert != "" || len(c.ACME) > 0
	scans := scanning.New(h.db, h.files)
	if c.passes, err = c.relay(ctx, h); err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	defer func() { _ = l.Close() }() // the server has closed it already unless it never began
	desk, err := c.office(h, l.Addr())
	if err != nil {
		return err
	}
	handler, figures, err := c.handler(h, desk, messages, scans, log)
	if err != nil {
		return err
	}
	server := gate.NewServer(c.Addr, handler, log)
	scheme, err := c.encrypt(server, log)
	if err != nil {
		return err
	}
	fmt.Printf("listening on %s://%s\n", scheme, l.Addr())
	defer h.shipping(ctx)()
	working, stop := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() {
		w := worker.New(c.later(h, messages, scans), log)
		w.Witness, w.Hand, w.Rate, w.Moved = c.witness(), hand, c.SMSRate, c.Today != ""
		w.Run(working)
	})
	done.Go(func() { c.figures(working, figures, log) })
	done.Go(func() { c.keep(working, log) })
	defer done.Wait()
	defer stop()
	return gate.Serve(ctx, server, l)
}

// encrypt gives the server its certificate when there is one, and the scheme of its address.
func (c *serve) encrypt(server *http.Server, log *slog.Logger) (scheme string, err error) {
	if len(c.ACME) > 0 {
		return "https", c.obtain(server, filepath.Join(c.Data, acme.Folder), log)
	}
	if c.TLSCert == "" {
		return "http", nil
	}
	cert, err := gate.NewCertificate(c.TLSCert, c.TLSKey, log, time.Now)
	if err != nil {
		return "", err
	}
	server.TLSConfig = cert.Config()
	return "https", nil
}

// later is the desks that do what was left for later.
func (c *serve) later(h house, messages *outreach.Desk, scans *scanning.Desk) worker.Desks {
	return worker.Desks{Office: office.New(h.db), Fieldwork: fieldwork.New(h.db, h.files), Casework: casework.New(h.db, h.files), Renewing: renewing.New(h.db, h.files),
		Outreach: messages, Upkeep: h.upkeep(c.place, c.Backups, c.BackupKeep), Scanning: scans, Archiving: archiving.New(h.db, h.files)}
}

// office is the desk of accounts, with the addresses under which security keys can be asked and the province's single sign-on.
func (c *serve) office(h house, at net.Addr) (*office.Desk, error) {
	origins := c.origins(c.Origin)
	if tcp, ok := at.(*net.TCPAddr); ok && len(origins) == 0 && tcp.IP.IsLoopback() {
		scheme := "http"
		if c.TLSCert != "" {
			scheme = "https"
		}
		origins = []string{fmt.Sprintf("%s://localhost:%d", scheme, tcp.Port)}
	}
	keys, err := seal.NewPasskeys(lang.T("second.issuer"), origins)
	if err != nil {
		return nil, err
	}
	desk := office.New(h.db).WithKeys(keys)
	if c.Province == "" {
		return desk, nil
	}
	province, err := oidc.Read(c.Province, h.db.Now)
	if err != nil {
		return nil, err
	}
	return desk.WithProvince(province), nil
}

// relay opens the relay when one is wanted here, until ctx ends, and is the issuer of its passes.
func (c *serve) relay(ctx context.Context, h house) (*relay.Issuer, error) {
	i, err := c.issuer(h)
	if err != nil || c.Relay == "" {
		return i, err
	}
	r, err := relay.Open(c.Relay, i)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { _ = r.Close() }) // nobody is on the line any more
	if c.RelayPublic == "" {
		_, port, err := net.SplitHostPort(r.Addr())
		if err != nil {
			return nil, errors.Join(err, r.Close())
		}
		i.Reached(":" + port)
	}
	fmt.Printf("relaying on %s\n", r.Addr())
	return i, nil
}

// issuer writes passes for the relay, nil when there is none to be reached.
func (c *serve) issuer(h house) (*relay.Issuer, error) {
	if c.Relay == "" && c.RelayPublic == "" {
		return nil, nil
	}
	var secret []byte
	if c.RelaySecret != "" {
		text, err := os.ReadFile(c.RelaySecret)
		if err != nil {
			return nil, err
		}
		if secret = bytes.TrimSpace(text); len(secret) < 32 {
			return nil, errors.New(lang.T("relay.secret.short", 32))
		}
	}
	return relay.NewIssuer(secret, c.RelayPublic, h.db.Now), nil
}

// carrier is who takes text messages away: the lines or the gateway that are configured, else an outbox beside the data.
func (c *serve) carrier(h house, log *slog.Logger) (outreach.Carrier, error) {
	if c.SMS == "" {
		return sms.NewOutbox(filepath.Join(c.Data, "outbox"), h.db.Now), nil
	}
	config, err := sms.ReadConfig(c.SMS)
	if err != nil {
		return nil, err
	}
	if len(config.Lines) > 0 {
		return sms.NewNetwork(config, log), nil
	}
	return sms.NewGateway(config), nil
}

// hand is who takes heads over HTTP, nil when there is nobody.
func (c *serve) hand() (worker.Hand, error) {
	if c.WitnessURL == "" {
		return nil, nil
	}
	w, err := witness.New(c.WitnessURL, c.WitnessSecret)
	if err != nil {
		return nil, err
	}
	return w.Hand, nil
}

// witness adds each head of the audit to the witness's file, nil when there is none.
func (c *serve) witness() func(ledger.Head) error {
	if c.Witness == "" {
		return nil
	}
	return func(h ledger.Head) error {
		f, err := os.OpenFile(c.Witness, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		return errors.Join(json.NewEncoder(f).Encode(h), f.Close())
	}
}

// handler joins the doors behind one gate.
func (c *serve) handler(h house, desk *office.Desk, messages *outreach.Desk, scans *scanning.Desk, log *slog.Logger) (offices, figures http.Handler, err error) {
	today := func() day.Day { return day.Of(h.db.Now(), day.Beijing) }
	g, err := gate.New(gate.Options{Log: log, Secure: c.Secure, Page: web.Trouble, Origins: c.origins(c.Origin), AddressRate: c.AddressRate, AddressBurst: int(6 * c.AddressRate),
		AccountRate: c.AccountRate, AccountBurst: int(6 * c.AccountRate)})
	if err != nil {
		return nil, nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /healthz", gate.Health())
	mux.Handle("GET /readyz", gate.Ready(log, h.db.Ping))
	desks := web.Desks{Office: desk, Casework: casework.New(h.db, h.files), Records: records.New(h.db, h.files), Registry: registry.New(h.db, h.files),
		Fieldwork: fieldwork.New(h.db, h.files), Assessing: assessing.New(h.db, h.files), Upkeep: h.upkeep(c.place, c.Backups, c.BackupKeep),
		Renewing: renewing.New(h.db, h.files), Oversight: oversight.New(h.db), Archiving: archiving.New(h.db, h.files), Outreach: messages, Scanning: scans}
	web.New(g, desks, web.Options{Today: today, Demo: c.Demo, Relay: c.passes}).Register(mux)
	api.New(g, api.Desks{Office: desks.Office, Casework: desks.Casework, Assessing: desks.Assessing, Records: desks.Records,
		Registry: desks.Registry, Renewing: desks.Renewing, Oversight: desks.Oversight, Archiving: desks.Archiving, Outreach: messages,
		Scanning: scans, Fieldwork: desks.Fieldwork}).Register(mux)
	portal.New(g, desks.Casework, desks.Renewing, desks.Records, portal.Options{Today: today, Now: h.db.Now, Home: region.Code(c.Home), Demo: c.Demo, Secure: c.Secure}).Register(mux)
	return g.Wrap(mux), g.Metrics(), nil
}

// figures serves the metrics on their own address until ctx ends; when the address is taken the offices are served all the same.
func (c *serve) figures(ctx context.Context, h http.Handler, log *slog.Logger) {
	if c.Metrics == "" {
		return
	}
	l, err := net.Listen("tcp", c.Metrics)
	if err != nil {
		log.Warn("no metrics: their address is taken", "address", c.Metrics)
		return
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", h)
	if err := gate.Serve(ctx, gate.NewServer(c.Metrics, mux, log), l); err != nil {
		log.Error("metrics", "error", err)
	}
}

// demonstrate fills an empty installation with the demonstration county, when that is wanted, and prints who can sign in.
func (c *serve) demonstrate(ctx context.Context, h house) error {
	if !c.Demo {
		return nil
	}
	filled, err := demo.Fill(ctx, h.db)
	if err == nil && filled {
		err = demo.Remote(ctx, h.db, h.files)
	}
	if err != nil {
		return fmt.Errorf("filling the demonstration: %w", err)
	}
	fmt.Printf("%s\n", lang.T("demo.accounts", demo.Password))
	for _, a := range demo.Accounts() {
		fmt.Printf("  %-22s %s  %s\n", a.Login, lang.T(a.Role), a.Name)
	}
	return nil
}
