package main

import (
	"context"
	"fmt"

	"hefa/internal/access"
	"hefa/internal/office"
	"hefa/internal/region"
	"hefa/internal/staff"
)

// account makes the first accounts of an installation and helps whoever is locked out of the last one.
type account struct {
	Create   accountCreate   `cmd:"" help:"Make an account and print its first password."`
	Password accountPassword `cmd:"" help:"Give an account a new first password and print it."`
}

// accountCreate makes one account.
type accountCreate struct {
	place
	Login  string      `help:"Name to sign in with." required:""`
	Name   string      `help:"Name of the one person who uses it." required:""`
	Role   access.Role `help:"Post: village, township, clerk, reviewer, approver, hospital, doctor, city, health, poverty, discipline, sysadmin, secadmin, auditor." required:""`
	Region region.Code `help:"Code of the area that it answers for."`
	Org    string      `help:"Name or id of its organisation; made when there is none. Without it the federation of the area."`
}

// Run makes the account and prints its first password, which must be changed at the first sign-in.
func (c *accountCreate) Run(ctx context.Context) error {
	return c.at(ctx, func(desk *office.Desk) error {
		a := staff.Account{Login: c.Login, Name: c.Name, Role: c.Role, Region: c.Region}
		if err := a.Check(); err != nil {
			return told(err)
		}
		var err error
		if a.Org, err = desk.OrgFor(ctx, access.Program(), c.Region, c.Org); err != nil {
			return told(err)
		}
		_, password, err := desk.AddAccount(ctx, access.Program(), a)
		if err != nil {
			return told(err)
		}
		fmt.Println(password)
		return nil
	})
}

// accountPassword resets one password.
type accountPassword struct {
	place
	Login string `help:"Name to sign in with." required:""`
}

// Run gives the account a new first password and ends its sign-ins.
func (c *accountPassword) Run(ctx context.Context) error {
	return c.at(ctx, func(desk *office.Desk) error {
		id, err := desk.AccountNamed(ctx, access.Program(), c.Login)
		if err != nil {
			return told(err)
		}
		password, err := desk.ResetPassword(ctx, access.Program(), id)
		if err != nil {
			return told(err)
		}
		fmt.Println(password)
		return nil
	})
}

// at runs fn with the office's desk of an installation.
func (p place) at(ctx context.Context, fn func(*office.Desk) error) error {
	h, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = h.db.Close() }() // what was committed is on disk already
	return fn(office.New(h.db))
}
