// Package access says who may do what, where: roles, acts and the table that joins them. It is pure; the desks ask it before they decide.
package access

import (
	"hefa/internal/fault"
	"hefa/internal/region"
)

// Role is the post that an account holds; one account is one person in one post.
type Role string

// The posts of product.md §1. System does the daily round; Public is somebody without an account.
const (
	Village    Role = "village"    // 村（社区）专职委员、联络员
	Township   Role = "township"   // 乡镇（街道）残联经办人
	Clerk      Role = "clerk"      // 县残联办证员
	Reviewer   Role = "reviewer"   // 县残联初审员
	Approver   Role = "approver"   // 县残联审批人
	Hospital   Role = "hospital"   // 评定机构经办
	Doctor     Role = "doctor"     // 评残医生
	City       Role = "city"       // 市残联组联部
	Health     Role = "health"     // 卫健委
	Poverty    Role = "poverty"    // 乡村振兴（扶贫）
	Discipline Role = "discipline" // 纪检、督查
	Sysadmin   Role = "sysadmin"   // 系统管理员
	Secadmin   Role = "secadmin"   // 安全管理员
	Auditor    Role = "auditor"    // 审计管理员
	System     Role = "system"     // the program itself, for what a clerk could do by hand
	Public     Role = "public"     // anybody at the public door
)

// Roles is every post that an account can hold, in the order of the roles page.
var Roles = []Role{Village, Township, Clerk, Reviewer, Approver, Hospital, Doctor, City, Health, Poverty, Discipline, Sysadmin, Secadmin, Auditor}

// Word is the key of r's name in the catalogue.
func (r Role) Word() string { return "role." + string(r) }

// Valid says whether an account can hold r.
func (r Role) Valid() bool {
	for _, k := range Roles {
		if k == r {
			return true
		}
	}
	return false
}

// Admin says whether r keeps the house itself and so may not touch a case.
func (r Role) Admin() bool { return r == Sysadmin || r == Secadmin || r == Auditor }

// Clinical says whether r belongs to a hospital and so sees only the people whom its own sessions call.
func (r Role) Clinical() bool { return r == Hospital || r == Doctor }

// Actor is who acts: an account, its post and the area that it answers for.
type Actor struct {
	Account string
	Name    string
	Role    Role
	Region  region.Code
	Org     string // the organisation that the account belongs to; hospitals see only their own sessions
	Addr    string // the network address that the act comes from
}

// Program is the actor of the daily round and of jobs without a person behind them.
func Program() Actor { return Actor{Account: "system", Name: "系统", Role: System} }

// Console is the actor of a list that is taken in from the command line: it may do there what the clerk of the township may.
func Console(where region.Code) Actor {
	return Actor{Account: "console", Name: "命令行", Role: Township, Region: where}
}

// Anybody is the actor at the public door.
func Anybody(addr string) Actor {
	return Actor{Account: "public", Name: "公众", Role: Public, Addr: addr}
}

// May hides what lies outside the actor's region and refuses what lies outside the role.
func (a Actor) May(act Act, where region.Code) error {
	if !a.Region.Contains(where) {
		return fault.New(fault.Missing, "record.missing")
	}
	if !a.Can(act) {
		return fault.New(fault.Forbidden, "act.forbidden", act)
	}
	return nil
}

// Scope is the area of a list: what was asked for, else all that the actor answers for; the role is asked first.
func (a Actor) Scope(act Act, asked region.Code) (region.Code, error) {
	if asked == "" {
		asked = a.Region
	}
	return asked, a.May(act, asked)
}

// Can says whether the role has act at all; pages use it to leave out what would be refused.
func (a Actor) Can(act Act) bool { return grants[act].has(a.Role) }

// Allowed is the roles that have act, in the order of Roles.
func Allowed(act Act) []Role {
	var out []Role
	for _, r := range Roles {
		if grants[act].has(r) {
			out = append(out, r)
		}
	}
	return out
}

type roles []Role

func (rs roles) has(r Role) bool {
	for _, k := range rs {
		if k == r {
			return true
		}
	}
	return false
}
