// Package attempt is that somebody went, called or wrote to win a person over: to renew, to come to the review, to apply at all. Each is kept with its day and
// with who went, because the plan wants who denies or does not want to be asked again before they sign that they give it up (宛残联〔2022〕24号二（三）, attachment 4).
package attempt

import (
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/reminder"
)

// Way is how the person was reached.
type Way string

// The ways; only a visit is what attachment 4 calls 入户.
const (
	Visit   Way = "visit"
	Meeting Way = "meeting" // in the village or at the office
	Phone   Way = "phone"
	Message Way = "message"
)

// Ways is every way, in the order of the form.
var Ways = []Way{Visit, Meeting, Phone, Message}

// Word is the key of w's name in the catalogue.
func (w Way) Word() string { return "attempt.way." + string(w) }

// Post is what somebody who went is there.
type Post string

// The posts (N30, N37).
const (
	Delegate  Post = "delegate"  // 村（社区）专职委员
	Committee Post = "committee" // 村委
	Cadre     Post = "cadre"     // 包村干部
	Team      Post = "team"      // 驻村队员
	Contact   Post = "contact"   // 帮扶责任人
	Doctor    Post = "doctor"    // 家庭医生
	Neighbour Post = "neighbour"
	Township  Post = "township" // 乡镇残联
	County    Post = "county"   // 县残联
	Somebody  Post = "other"
)

// Posts is every post, in the order of the form.
var Posts = []Post{Delegate, Committee, Cadre, Team, Contact, Doctor, Neighbour, Township, County, Somebody}

// Word is the key of p's name in the catalogue.
func (p Post) Word() string { return "attempt.post." + string(p) }

// PostOf is the post of somebody with an account of the role, "" for one who does not go to people.
func PostOf(r access.Role) Post {
	return map[access.Role]Post{access.Village: Delegate, access.Township: Township, access.Clerk: County}[r]
}

// Result is what came of it: Agreed, or why the person does not come, as a letter's answer says it.
type Result string

// Agreed is that the person will come.
const Agreed Result = "agreed"

// Results is every result, in the order of the form.
func Results() []Result {
	out := []Result{Agreed}
	for _, r := range reminder.Reasons {
		out = append(out, Result(r))
	}
	return out
}

// Reason is why the person does not come, "" when they will.
func (r Result) Reason() reminder.Reason {
	if r == Agreed {
		return ""
	}
	return reminder.Reason(r)
}

// Word is the key of r's name in the catalogue.
func (r Result) Word() string {
	if r == Agreed {
		return "attempt.agreed"
	}
	return r.Reason().Word()
}

// Goer is somebody who went.
type Goer struct {
	Name string
	Post Post
}

// Attempt is one time.
type Attempt struct {
	ID     string
	Region region.Code // of the person's registration then, which says whose tenant the row is
	Person person.ID
	Day    day.Day
	Way    Way
	Party  []Goer
	Result Result
	Note   string // personal: kept sealed
	Author string // who entered it
}

// County is the tenant that answers for the attempt.
func (a Attempt) County() region.Code { return a.Region.County() }

// The most that an attempt holds.
const (
	PartyMost = 8
	nameMost  = 40
	noteMost  = 200
	late      = 12 // months within which an attempt is entered
)

// Check finds every wrong value as typed. Rows of the party without a name and a post are left out; the others are named name1, post1 and so on by their row.
func (a *Attempt) Check(today day.Day) error {
	var p fault.Problems
	if a.Day == "" || a.Day > today || a.Day < today.AddMonths(-late) {
		p.Add("day", "attempt.day.wrong", today.AddMonths(-late), today)
	}
	if !slices.Contains(Ways, a.Way) {
		p.Add("way", "attempt.way.missing")
	}
	a.party(&p)
	if !slices.Contains(Results(), a.Result) {
		p.Add("result", "attempt.result.missing")
	}
	a.Note = strings.TrimSpace(a.Note)
	if len([]rune(a.Note)) > noteMost {
		p.Add("note", "reminder.remark.long")
	}
	if a.Result.Reason() == reminder.Other && a.Note == "" {
		p.Add("note", "reminder.remark.missing")
	}
	return p.Fault()
}

// party checks who went, and leaves out empty rows and names that stand there twice.
func (a *Attempt) party(p *fault.Problems) {
	var went []Goer
	for i, g := range a.Party {
		row := string(rune('1' + i))
		g.Name = strings.TrimSpace(g.Name)
		switch {
		case i >= PartyMost:
			p.Add("name1", "attempt.party.many", PartyMost)
			return
		case g.Name == "" && g.Post == "":
			continue
		case g.Name == "":
			p.Add("name"+row, "attempt.name.missing")
		case len([]rune(g.Name)) > nameMost || strings.ContainsAny(g.Name, "\n\t"):
			p.Add("name"+row, "person.name.long")
		case !slices.Contains(Posts, g.Post):
			p.Add("post"+row, "attempt.post.missing")
		}
		if !slices.ContainsFunc(went, func(o Goer) bool { return o.Name == g.Name && o.Post == g.Post }) {
			went = append(went, g)
		}
	}
	if len(went) == 0 {
		p.Add("name1", "attempt.party.missing")
	}
	a.Party = went
}

// Visits is the attempts at the person's home, one a day at most, of those until a day: what attachment 4 says of itself.
func Visits(all []Attempt, until day.Day) []Attempt {
	var out []Attempt
	for _, a := range all {
		if a.Way != Visit || a.Day > until || slices.ContainsFunc(out, func(o Attempt) bool { return o.Day == a.Day }) {
			continue
		}
		out = append(out, a)
	}
	return out
}

// Went is everybody who went, each once, in the order of the attempts.
func Went(all []Attempt) []Goer {
	var out []Goer
	for _, a := range all {
		for _, g := range a.Party {
			if !slices.Contains(out, g) {
				out = append(out, g)
			}
		}
	}
	return out
}
