// Package policy holds every limit and switch that the law or a local rule sets: which value is in force in a place on a day, since when and on
// what basis.
package policy

import (
	"slices"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/region"
)

// Key names one limit or switch.
type Key string

// The keys that the course of a case uses.
const (
	AcceptDays       Key = "accept.days"       // working days from submission to acceptance
	ScheduleDays     Key = "schedule.days"     // working days from acceptance to a place in a session
	AnnounceWithin   Key = "announce.within"   // working days from the conclusion to the public notice
	AnnounceDays     Key = "announce.days"     // working days that the public notice runs
	AnnounceExempt   Key = "announce.exempt"   // categories that are not published
	AnnounceMinors   Key = "announce.minors"   // whether minors are published
	ReviewDays       Key = "review.days"       // working days for review and approval
	RereviewOn       Key = "rereview.on"       // whether the city reviews again before approval
	PrintDays        Key = "print.days"        // working days from approval to the printed card
	DispatchDays     Key = "dispatch.days"     // working days from print to dispatch
	DeliverDays      Key = "deliver.days"      // working days from dispatch to the hand
	FetchRemind      Key = "fetch.remind"      // working days after which a holder who did not come is reminded, and again
	FetchVisit       Key = "fetch.visit"       // working days after which the township brings the card home
	FileDays         Key = "file.days"         // working days from delivery to the shelf
	ResolveDays      Key = "resolve.days"      // working days to decide an objection
	AppealDays       Key = "appeal.days"       // working days to ask the city for re-assessment
	ResultMonths     Key = "result.months"     // months that a conclusion stays usable
	ValidYears       Key = "valid.years"       // years that a certificate is valid
	Photos           Key = "photos"            // 2-inch photos wanted
	GuardianCategory Key = "guardian.category" // categories that need a guardian at any age
	AdultAge         Key = "adult.age"         // full years from which a person acts alone
	RenewAssess      Key = "renew.assess"      // whether an exchange at expiry needs a new assessment
	PapersNew        Key = "papers.new"        // papers for a first certificate
	PapersRenew      Key = "papers.renew"      // papers for an exchange at expiry
	PhotoKilobytes   Key = "photo.kilobytes"   // largest photo file
	ScanMegabytes    Key = "scan.megabytes"    // largest scan
	PileMegabytes    Key = "pile.megabytes"    // largest pile of scanned papers
	PilePages        Key = "pile.pages"        // most pages of a pile
	LockTries        Key = "lock.tries"        // wrong passwords until an account locks
	LockMinutes      Key = "lock.minutes"      // minutes that a locked account stays locked
	IdleMinutes      Key = "idle.minutes"      // minutes without a request until signed out
	SessionHours     Key = "session.hours"     // hours after which a sign-in ends, however busy; 0 for never
	PasswordLength   Key = "password.length"   // least characters of a password
	PasswordDays     Key = "password.days"     // days until a password must be changed
	PasswordHistory  Key = "password.history"  // how many former passwords may not be taken again
	LendingWatch     Key = "lending.watch"     // whether sign-ins are asked about that may be another person's
	LendingMost      Key = "lending.most"      // from how many such answers within a day an account is locked
	DutyFrom         Key = "duty.from"         // the hour from which an office works
	DutyUntil        Key = "duty.until"        // the hour until which it does
	SecondFactor     Key = "second.factor"     // posts that must prove themselves with a one-time code too
	StepUpFactor     Key = "stepup.factor"     // whether a grave act asks for the second factor in place of the password
	RevealMost       Key = "reveal.most"       // from how many full numbers a day an account's sight is unusual
	ReceiptFirst     Key = "receipt.first"     // whether a township must count a batch before it hands a card out
	PledgeMonths     Key = "pledge.months"     // months after which everybody promises confidentiality again; 0 for never
	BaseEstimate     Key = "base.estimate"     // disabled people of the place, by survey: what the holding rate is measured against
)

// Kind is the form of a value.
type Kind string

// The forms that a value takes.
const (
	Count  Kind = "count"  // a whole number, 0 or more
	Hour   Kind = "hour"   // an hour of the day, 0 to 24
	Switch Kind = "switch" // yes or no
	List   Kind = "list"   // words joined by commas
	Text   Kind = "text"   // a name or a sentence as papers print it
	Choice Kind = "choice" // one of several words
)

// Rule is what is known of a key before any place sets a value.
type Rule struct {
	Key     Key
	Kind    Kind
	Default string
	Basis   string   // article, clause or reason
	Of      []string // for a List or a Choice: the words that may stand in it
}

var categories = []string{"1", "2", "3", "4", "5", "6", "7"}

// posts is every post that an account can hold.
func posts() []string {
	var out []string
	for _, r := range access.Roles {
		out = append(out, string(r))
	}
	return out
}

// Papers is every paper that a checklist may want.
var Papers = append([]string{"identity", "household", "photo", "form", "assessment", "records", "guardian", "old"}, registerPapers...)

// Returned is the papers that were printed for a case and come back signed; no checklist wants them.
var Returned = []string{"strip", "service"} // 受理回执存根、送达回执

// Rules is every key, in the order of the course; the policy page prints it.
var Rules = slices.Concat([]Rule{
	{AcceptDays, Count, "5", "行政许可法第三十二条（参照）", nil},
	{Photos, Count, "3", "残疾人证管理办法第九条；N79", nil},
	{PapersNew, List, "identity,household,photo,form,records,guardian", "残疾人证管理办法第九条；N79", Papers},
	{PapersRenew, List, "identity,photo,form,records,guardian,old", "N83", Papers},
	{PhotoKilobytes, Count, "1024", "本地约定", nil},
	{ScanMegabytes, Count, "10", "本地约定", nil},
	{PileMegabytes, Count, "60", "本地约定", nil},
	{PilePages, Count, "200", "本地约定", nil},
	{GuardianCategory, List, "5,6", "残疾人证管理办法第九条", categories},
	{AdultAge, Count, "18", "民法典第十七条", nil},
	{ScheduleDays, Count, "20", "本地约定", nil},
	{RenewAssess, Switch, "yes", "河南省实施细则；N82", nil},
	{ResultMonths, Count, "12", "本地约定", nil},
	{AnnounceWithin, Count, "3", "本地约定", nil},
	{AnnounceDays, Count, "5", "残疾人证管理办法第九条", nil},
	{AnnounceMinors, Switch, "no", "残疾人证管理办法第九条", nil},
	{AnnounceExempt, List, "", "精神卫生法第四条（可由各地设为 5、6）", categories},
	{ResolveDays, Count, "5", "本地约定", nil},
	{ReviewDays, Count, "10", "残疾人证管理办法第九条", nil},
	{RereviewOn, Switch, "no", "2008 年办法的市级复审，2018 年起取消", nil},
	{AppealDays, Count, "10", "残疾人证管理办法第二十五条", nil},
	{ValidYears, Count, "10", "残疾人证管理办法第十九条", nil},
	{PrintDays, Count, "5", "本地约定", nil},
	{DispatchDays, Count, "5", "M65", nil},
	{DeliverDays, Count, "10", "M65", nil},
	{FetchRemind, Count, "3", "M64、M65；本地约定", nil},
	{FetchVisit, Count, "7", "M64、M65；本地约定", nil},
	{ReceiptFirst, Switch, "no", "M64；本地约定", nil},
	{FileDays, Count, "10", "N48", nil},
	{LockTries, Count, "5", "GB/T 22239-2019 8.1.4.1", nil},
	{LockMinutes, Count, "30", "GB/T 22239-2019 8.1.4.1", nil},
	{IdleMinutes, Count, "30", "GB/T 22239-2019 8.1.4.1", nil},
	{SessionHours, Count, "12", "GB/T 22239-2019 8.1.4.1", nil},
	{PasswordLength, Count, "10", "GB/T 22239-2019 8.1.4.1", nil},
	{PasswordDays, Count, "90", "GB/T 22239-2019 8.1.4.1", nil},
	{PasswordHistory, Count, "5", "GB/T 22239-2019 8.1.4.1", nil},
	{LendingWatch, Switch, "yes", "N54", nil},
	{LendingMost, Count, "3", "N54；本地约定", nil},
	{DutyFrom, Count, "0", "N54；本地约定", nil},
	{DutyUntil, Count, "24", "N54；本地约定", nil},
	{SecondFactor, List, "", "GB/T 22239-2019 8.1.4.1 d）", posts()},
	{StepUpFactor, Switch, "yes", "GB/T 22239-2019 8.1.4.1 d）；本地约定", nil},
	{RevealMost, Count, "30", "个人信息保护法第五十一条；N55", nil},
	{PledgeMonths, Count, "12", "N55；个人信息保护法第五十一条", nil},
	{BaseEstimate, Count, "0", "当地抽样调查；M4", nil},
}, cardRules(), assessmentRules(), pathRules(), seatRules(), renewalRules(), registerRules(), referralRules(), archiveRules(), messageRules())

// Of is the rule of key; ok is false for a key that nobody knows.
func Of(key Key) (Rule, bool) {
	i := slices.IndexFunc(Rules, func(r Rule) bool { return r.Key == key })
	if i < 0 {
		return Rule{}, false
	}
	return Rules[i], true
}

// Word is the key of the rule's name in the catalogue; what it steers stands under the same key with ".steers".
func (k Key) Word() string { return "policy." + string(k) }

// most is the largest count: the country's disabled people.
const most = 100_000_000

// Check refuses a value that has not the rule's form.
func (r Rule) Check(value string) error {
	var p fault.Problems
	switch r.Kind {
	case Count:
		if n, err := strconv.Atoi(value); err != nil || n < 0 || n > most {
			p.Add("value", "policy.value.count")
		}
	case Hour:
		if n, err := strconv.Atoi(value); err != nil || n < 0 || n > 24 {
			p.Add("value", "policy.value.hour")
		}
	case Switch:
		if value != "yes" && value != "no" {
			p.Add("value", "policy.value.switch")
		}
	case Text:
		if len([]rune(value)) > 200 {
			p.Add("value", "policy.value.text")
		}
	case Choice:
		if !slices.Contains(r.Of, value) {
			p.Add("value", "policy.value.choice", strings.Join(r.Of, "、"))
		}
	case List:
		for _, w := range Split(value) {
			if !slices.Contains(r.Of, w) {
				p.Add("value", "policy.value.list", strings.Join(r.Of, "、"))
				break
			}
		}
	}
	return p.Fault()
}

// Split is the words of a list value.
func Split(value string) []string {
	if value == "" {
		return nil
	}
	return strings.Split(value, ",")
}

// Value is one decision: in this place, from this day, the key has this value, on this basis.
type Value struct {
	Key       Key
	Region    region.Code
	Effective day.Day
	Value     string
	Basis     string
	Version   int
}

// Book is every decided value; it answers which one is in force.
type Book []Value

// Set is the values in force at one place on one day.
type Set struct {
	book  Book
	where region.Code
	on    day.Day
}

// At is the set for a place and a day.
func (b Book) At(where region.Code, on day.Day) Set { return Set{b, where, on} }

// Find is the value in force for key: that of the nearest place that has one on the day, and of these the latest; else the default.
func (s Set) Find(key Key) Value {
	r, _ := Of(key)
	best := Value{Key: key, Value: r.Default, Basis: r.Basis}
	for _, v := range s.book {
		if v.Key != key || v.Effective > s.on || !v.Region.Contains(s.where) {
			continue
		}
		if len(v.Region) > len(best.Region) || len(v.Region) == len(best.Region) && v.Effective >= best.Effective {
			best = v
		}
	}
	return best
}

// Count is the number in force for key, in the unit that the key's comment names.
func (s Set) Count(key Key) int {
	n, _ := strconv.Atoi(s.Find(key).Value)
	return n
}

// Is is the switch in force for key.
func (s Set) Is(key Key) bool { return s.Find(key).Value == "yes" }

// Word is the one word in force for key.
func (s Set) Word(key Key) string { return s.Find(key).Value }

// List is the words in force for key.
func (s Set) List(key Key) []string { return Split(s.Find(key).Value) }

// Has says whether word stands in the list in force for key.
func (s Set) Has(key Key, word string) bool { return slices.Contains(s.List(key), word) }
