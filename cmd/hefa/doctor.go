package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hefa/internal/acme"
	"hefa/internal/demo"
	"hefa/internal/files"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/upkeep"
)

// doctor looks for what is wrong with an installation.
type doctor struct {
	place
	depot
	Backups string `help:"Folder of nightly backups, as serve has it." type:"path"`
	TLSCert string `name:"tls-cert" help:"Certificate of the server, as serve has it." type:"path"`
	JSON    bool   `name:"json" help:"Print one JSON array."`
}

// Run prints a line a check with what to do, and fails when something must be mended. Nothing is changed; the server may run meanwhile.
func (c *doctor) Run(ctx context.Context) error {
	now, err := c.clock()
	if err != nil {
		return err
	}
	keys, err := c.ring(c.Data)
	if err != nil {
		return told(err)
	}
	secrets := []string{c.MasterPassphrase}
	if c.MasterPassphrase == "" {
		secrets = []string{c.file(c.Data)}
	}
	var scanner *files.Clamd
	if c.Clamd != "" {
		if scanner, err = files.NewClamd(c.Clamd); err != nil {
			return told(err)
		}
	}
	bucket, err := c.bucket()
	if err != nil {
		return err
	}
	if bucket != nil {
		secrets = append(secrets, bucket.SecretFile())
	}
	secrets = append(secrets, filepath.Join(c.Data, acme.Folder))
	shipped, name, err := c.shelf()
	if err != nil {
		return err
	}
	found := upkeep.Examination{Bucket: bucket, Depot: shipped, DepotName: name, Data: c.Data, Database: c.Database, Backups: c.Backups, Certificate: c.TLSCert, Secrets: secrets, Passwords: []string{demo.Password},
		Keys: keys, Now: now, Zone: time.Local, Space: upkeep.DiskSpace, Fangsong: paper.HasFangsong, Scanner: scanner}.Examine(ctx)
	if c.JSON {
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		err = out.Encode(found)
	} else {
		say(found)
	}
	bad := 0
	for _, f := range found {
		if f.Gravity == upkeep.Bad {
			bad++
		}
	}
	if err == nil && bad > 0 {
		err = errors.New(lang.T("doctor.bad", bad))
	}
	return err
}

// say prints findings for people.
func say(found []upkeep.Finding) {
	for _, f := range found {
		fmt.Printf("%s %s\n", lang.T("doctor.mark."+string(f.Gravity)), f.Text)
		if f.Advice != "" {
			fmt.Printf("    → %s\n", f.Advice)
		}
	}
}
