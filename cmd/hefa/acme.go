package main

import (
	"context"
	"log/slog"
	"net"
	"net/http"

	"hefa/internal/acme"
	"hefa/internal/gate"
)

// acmeOrder is the certificates that are had from an ACME server.
type acmeOrder struct {
	ACME          []string `name:"acme" help:"Host name of the pages for which a certificate is had from an ACME server and renewed, by which that server's terms are agreed to; may be given again. The server must reach --addr at port 443 of that name, or --acme-http at port 80." placeholder:"NAME" xor:"certificate"`
	ACMEDirectory string   `name:"acme-directory" help:"Address of the ACME server's directory." default:"https://acme-v02.api.letsencrypt.org/directory" placeholder:"URL"`
	ACMECA        string   `name:"acme-ca" help:"Certificates (PEM) that vouch for the ACME server, when the machine's do not." type:"path"`
	ACMEEmail     string   `name:"acme-email" help:"To which the ACME server may write."`
	ACMEHTTP      string   `name:"acme-http" help:"Address, such as 0.0.0.0:80, at which the ACME server's questions are answered over plain HTTP and everybody else is sent to https; empty for none."`

	automatic *acme.Automatic
}

// obtain gives the server certificates that come from the ACME server.
func (c *acmeOrder) obtain(server *http.Server, folder string, log *slog.Logger) (err error) {
	c.automatic, err = acme.NewAutomatic(acme.Order{Names: c.ACME, Directory: c.ACMEDirectory, CA: c.ACMECA, Email: c.ACMEEmail, Folder: folder}, log)
	if err == nil {
		server.TLSConfig = c.automatic.Config()
	}
	return err
}

// keep has certificates renewed and answers the ACME server over plain HTTP, until ctx ends.
func (c *acmeOrder) keep(ctx context.Context, log *slog.Logger) {
	if c.automatic == nil {
		return
	}
	if c.ACMEHTTP != "" {
		l, err := net.Listen("tcp", c.ACMEHTTP)
		if err != nil {
			log.Error("the ACME server is not answered over plain HTTP", "error", err)
		} else {
			ended := make(chan struct{})
			defer func() { <-ended }()
			go func() {
				defer close(ended)
				if err := gate.Serve(ctx, gate.NewServer(c.ACMEHTTP, c.automatic.Challenges(), log), l); err != nil {
					log.Error("plain HTTP", "error", err)
				}
			}()
		}
	}
	c.automatic.Keep(ctx)
}

// origins is the addresses of the pages: those that were given, else those of the certificates.
func (c *acmeOrder) origins(given []string) []string {
	if len(given) > 0 {
		return given
	}
	var out []string
	for _, name := range c.ACME {
		out = append(out, "https://"+name)
	}
	return out
}
