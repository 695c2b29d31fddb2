package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/office"
)

// token is how other programs come in.
type token struct {
	Create tokenCreate `cmd:"" help:"Make a token for the API and print it once."`
	List   tokenList   `cmd:"" help:"List the tokens."`
	Revoke tokenRevoke `cmd:"" help:"End a token."`
}

// tokenCreate makes one token.
type tokenCreate struct {
	place
	User  string   `help:"Login of the account that the token acts as." required:""`
	Name  string   `help:"What it is for." required:""`
	Days  int      `help:"How many days it holds, 1 to 730; 1 to 90 with --grave." default:"365"`
	Grave []string `help:"A grave act that it may do without being asked again: lapse.cancel, departure.apply, disclosure.take, message.make; may be given again." placeholder:"ACT"`
}

// Run makes the token and prints it alone on a line, so that scripts can take it.
func (c *tokenCreate) Run(ctx context.Context) error {
	return c.at(ctx, func(desk *office.Desk) error {
		o := office.TokenOrder{Login: c.User, Name: c.Name, Days: c.Days}
		for _, act := range c.Grave {
			o.Grave = append(o.Grave, access.Act(act))
		}
		t, err := desk.CreateToken(ctx, access.Program(), o)
		if err != nil {
			return told(err)
		}
		fmt.Println(t)
		return nil
	})
}

// tokenList shows the tokens.
type tokenList struct{ place }

// Run prints a line a token: id, login, last day, state and name.
func (c *tokenList) Run(ctx context.Context) error {
	return c.at(ctx, func(desk *office.Desk) error {
		for after := ""; ; {
			l, err := desk.Tokens(ctx, access.Program(), after, 500)
			if err != nil {
				return told(err)
			}
			for _, t := range l.Tokens {
				state := "valid"
				if t.Token.Revoked {
					state = "revoked"
				} else if !l.Now.Before(t.Token.Expires) {
					state = "over"
				}
				fmt.Printf("%s\t%s\t%s\t%s\t%s\n", t.Token.ID, t.Login, t.Token.Expires.Format(time.DateOnly), state, t.Token.Name)
				after = t.Token.ID
			}
			if !l.More {
				return nil
			}
		}
	})
}

// tokenRevoke ends one token.
type tokenRevoke struct {
	place
	ID string `arg:"" help:"The id that list shows."`
}

// Run ends the token at once.
func (c *tokenRevoke) Run(ctx context.Context) error {
	return c.at(ctx, func(desk *office.Desk) error { return told(desk.RevokeToken(ctx, access.Program(), c.ID)) })
}

// told is err in the words that a page would say, each wrong value on a line.
func told(err error) error {
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		return err
	}
	var b strings.Builder
	b.WriteString(lang.T(f.Key, f.Args...))
	for _, p := range f.Fields {
		b.WriteString("\n  " + p.Name + ": " + lang.T(p.Key, p.Args...))
	}
	return errors.New(b.String())
}
