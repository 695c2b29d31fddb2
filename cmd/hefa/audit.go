package main

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"hefa/internal/access"
	"hefa/internal/lang"
	"hefa/internal/ledger"
	"hefa/internal/office"
	"hefa/internal/region"
	"hefa/internal/seal"
)

// audit shows that nobody has changed the audit.
type audit struct {
	Verify auditVerify `cmd:"" help:"Go through every line and head, and name the first that is not as it was sealed."`
	Head   auditHead   `cmd:"" help:"Print the newest signed heads, one JSON object a line, for a witness."`
	Prove  auditProve  `cmd:"" help:"Print a proof that one line stands in its county's log."`
	Check  auditCheck  `cmd:"" help:"Check a proof without the database."`
}

// auditVerify verifies the logs of all counties.
type auditVerify struct {
	place
	Witness string   `help:"File of heads that a witness has kept, as serve --witness writes it." type:"existingfile"`
	Head    []string `help:"A head as the page of heads prints it and its code holds it; may be given again." placeholder:"JSON" sep:"none"`
	JSON    bool     `name:"json" help:"Print one JSON array."`
	Mend    bool     `help:"Forget nodes of a tree that do not fit its lines, which are whole; the server makes them again."`
}

// Run prints a line a county and fails when something is not as it was sealed.
func (c *auditVerify) Run(ctx context.Context) error {
	witnessed, err := readHeads(c.Witness)
	if err != nil {
		return err
	}
	for _, text := range c.Head {
		var h ledger.Head
		if err := json.Unmarshal([]byte(text), &h); err != nil || h.Size < 1 {
			return errors.New(lang.T("heads.unread"))
		}
		witnessed = append(witnessed, h)
	}
	return c.at(ctx, func(desk *office.Desk) error {
		verdicts, err := desk.VerifyAudit(ctx, access.Program(), witnessed)
		if err != nil {
			return told(err)
		}
		if c.JSON {
			out := json.NewEncoder(os.Stdout)
			out.SetIndent("", "  ")
			err = out.Encode(verdicts)
		}
		bad := 0
		for _, v := range verdicts {
			if v.Trouble != nil {
				bad++
			}
			if !c.JSON {
				fmt.Println(v.Words())
			}
			if c.Mend && err == nil && v.Trouble != nil && v.Trouble.How == "tile" {
				err = told(desk.MendTiles(ctx, access.Program(), v.County))
			}
		}
		if err == nil && bad > 0 {
			err = errors.New(lang.T("audit.log.bad", bad))
		}
		return err
	})
}

// readHeads reads the heads of a witness's file, none without a name.
func readHeads(name string) ([]ledger.Head, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []ledger.Head
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		var h ledger.Head
		if err := json.Unmarshal(lines.Bytes(), &h); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", name, n, err)
		}
		out = append(out, h)
	}
	return out, lines.Err()
}

// auditHead prints the newest heads.
type auditHead struct{ place }

// Run prints a county's newest head a line.
func (c *auditHead) Run(ctx context.Context) error {
	return c.at(ctx, func(desk *office.Desk) error {
		heads, err := desk.AuditHeads(ctx, access.Program())
		if err != nil {
			return told(err)
		}
		out := json.NewEncoder(os.Stdout)
		for _, h := range heads {
			if err == nil {
				err = out.Encode(h)
			}
		}
		return err
	})
}

// auditProve proves one line.
type auditProve struct {
	place
	County region.Code `arg:"" help:"Code of the county, 6 digits; '-' for lines that belong to none."`
	Line   string      `arg:"" help:"Id of the line."`
}

// Run prints the proof as JSON.
func (c *auditProve) Run(ctx context.Context) error {
	if c.County == "-" {
		c.County = ""
	}
	return c.at(ctx, func(desk *office.Desk) error {
		e, err := desk.ProveLine(ctx, access.Program(), c.County, c.Line)
		if err != nil {
			return told(err)
		}
		out := json.NewEncoder(os.Stdout)
		out.SetIndent("", "  ")
		return out.Encode(e)
	})
}

// auditCheck checks a proof.
type auditCheck struct {
	File   string `arg:"" help:"The proof, as prove printed it." type:"existingfile"`
	Public string `help:"The installation's public key as the checker has it from elsewhere; without it the proof's own is taken, which shows only that it fits itself."`
}

// Run says what the proof shows, and fails when it shows nothing.
func (c *auditCheck) Run(context.Context) error {
	text, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	var e office.Evidence
	if err := json.Unmarshal(text, &e); err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	public := e.Public
	if c.Public != "" {
		public = c.Public
	}
	point, err := base64.RawStdEncoding.DecodeString(public)
	suite := seal.Suite(e.Head.Suite)
	if err == nil && !suite.Valid() {
		err = fmt.Errorf("unknown suite %q", suite)
	}
	if err == nil {
		err = seal.VerifySignature(suite, point, e.Head.Message(), e.Head.Signature)
	}
	if err == nil {
		err = e.Check(suite.Sum)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", lang.T("audit.proof.bad"), err)
	}
	fmt.Println(lang.T("audit.proof.ok", e.Leaf+1, e.Head.County, e.Head.Size, e.Head.At.Format(time.RFC3339)))
	return nil
}
