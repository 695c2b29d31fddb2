// Package staff is the people who hold accounts: one account is one person in one post.
package staff

import (
	"strings"
	"unicode"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/region"
)

// ID names an account.
type ID string

// Account is one person's way in.
type Account struct {
	ID         ID
	Login      string
	Name       string
	Role       access.Role
	Region     region.Code
	Org        org.ID
	Title      string                 // 职称, for doctors
	Categories []certificate.Category // for doctors: what they may assess (N18)
	Hash       string                 // argon2id, with its salt and cost
	Changed    int64                  // instant of the last change of password, microseconds
	Fresh      bool                   // the password was set by an administrator and must be changed
	Failed     int                    // wrong passwords since the last right one
	Locked     int64                  // locked until this instant, microseconds; 0 for not
	Disabled   bool
	Pledged    int64 // instant of the last pledge of confidentiality, microseconds; 0 for never
	Version    int
}

// Actor is the account as the one who acts.
func (a Account) Actor(addr string) access.Actor {
	return access.Actor{Account: string(a.ID), Name: a.Name, Role: a.Role, Region: a.Region, Org: string(a.Org), Addr: addr}
}

// Check finds every wrong value of an account as typed.
func (a Account) Check() error {
	var p fault.Problems
	if n := len(a.Login); n < 3 || n > 32 || strings.Trim(a.Login, "abcdefghijklmnopqrstuvwxyz0123456789-._") != "" {
		p.Add("login", "staff.login.wrong")
	}
	if strings.TrimSpace(a.Name) == "" {
		p.Add("name", "staff.name.missing")
	}
	if !a.Role.Valid() {
		p.Add("role", "staff.role.missing")
	}
	if !a.Region.Valid() || a.Region == "" && !a.Role.Admin() { // the whole country is for whoever keeps the house
		p.Add("region", "org.region.wrong")
	}
	if a.Role == access.Doctor && len(a.Categories) == 0 {
		p.Add("categories", "staff.categories.missing")
	}
	return p.Fault()
}

// CheckPassword refuses a password that is short, of one kind of character, or holds the account's own name; least is in characters.
func CheckPassword(field, password, login string, least int) error {
	var p fault.Problems
	kinds := map[string]bool{}
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			kinds["upper"] = true
		case unicode.IsLower(r):
			kinds["lower"] = true
		case unicode.IsDigit(r):
			kinds["digit"] = true
		default:
			kinds["other"] = true
		}
	}
	switch {
	case len([]rune(password)) < least:
		p.Add(field, "staff.password.short", least)
	case len(password) > 200:
		p.Add(field, "staff.password.long")
	case len(kinds) < 3:
		p.Add(field, "staff.password.plain")
	case login != "" && strings.Contains(strings.ToLower(password), strings.ToLower(login)):
		p.Add(field, "staff.password.login")
	}
	return p.Fault()
}
