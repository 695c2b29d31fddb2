// Package demo makes the demonstration county: 芒市 as its work plan of 2020 describes it (芒政办发〔2020〕23号), with invented people.
//
// The same seed gives the same county. Identity numbers begin with the unassigned area code 533199. By default the county stands relative to
// today; on 2020-04-01 it shows the plan's own figures and dates.
package demo

import (
	"math/rand/v2"

	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/id"
	"hefa/internal/person"
	"hefa/internal/region"
)

// County is 芒市.
const County region.Code = "533103"

// The figures of the plan (clauses M4–M6).
const (
	Estimated = 23900 // disabled people, by sample survey
	Holders   = 9675  // people with a certificate
	Lapsing   = 2708  // of these, certificates that end by the last day of the plan's year
	Poor      = 1754  // of the holders, members of households on file as poor
)

// Plan is the day on which the plan's figures hold.
const Plan day.Day = "2020-04-01"

// shift moves a date of the plan to the county's today.
type shift int

func (s shift) of(d day.Day) day.Day { return d.Add(int(s)) }

// Holder is one generated person with the certificate.
type Holder struct {
	Person      person.Person
	Certificate certificate.Certificate
}

// holders makes n holders in the villages, the first lapsing of which end between January and December of the plan's year, and poor of which are
// poor; the order is that of the villages.
func holders(seed uint64, villages []region.Code, s shift) []Holder {
	r := rand.New(rand.NewPCG(seed, 1))
	lapse, needy := chosen(r, Holders, Lapsing), chosen(r, Holders, Poor)
	used := map[person.Number]bool{}
	out := make([]Holder, 0, Holders)
	for i := range Holders {
		p := somebody(r, used, villages[i*len(villages)/Holders])
		p.Poor = needy[i]
		out = append(out, Holder{p, held(r, p, lapse[i], s)})
	}
	return out
}

// chosen is n places, k of them true, by chance.
func chosen(r *rand.Rand, n, k int) []bool {
	out := make([]bool, n)
	for _, i := range r.Perm(n)[:k] {
		out[i] = true
	}
	return out
}

// somebody is an invented person of a village whose number nobody has yet.
func somebody(r *rand.Rand, used map[person.Number]bool, village region.Code) person.Person {
	p := person.Person{ID: person.ID(id.New()), Region: village, Name: name(r), Nation: pick(r, []string{"汉族", "傣族", "景颇族", "阿昌族", "德昂族", "傈僳族"})}
	for {
		birth := day.New(1932, 1, 1).Add(r.IntN(80 * 365))
		p.Number = person.MakeNumber("533199", birth, 1+r.IntN(999))
		if !used[p.Number] {
			break
		}
	}
	used[p.Number] = true
	p.Fill()
	if r.IntN(3) > 0 {
		p.Phone = "199" + digits(r, 8)
	}
	p.Address = string(rune('0'+1+r.IntN(9))) + "组"
	if r.IntN(4) == 0 || p.Birth.Age(Plan) < 18 {
		p.Guardian = person.Guardian{Name: name(r), Relation: pick(r, []string{"父母", "配偶", "子女", "兄弟姐妹"}), Phone: "199" + digits(r, 8)}
	}
	return p
}

func digits(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + r.IntN(10))
	}
	return string(b)
}

// held is p's certificate: it ends in the plan's year when it lapses, later otherwise; ten years before its end it was issued.
func held(r *rand.Rand, p person.Person, lapses bool, s shift) certificate.Certificate {
	grade := certificate.Grade{Category: certificate.Categories[weighted(r, []int{12, 12, 3, 50, 9, 10, 4})], Level: certificate.Levels[weighted(r, []int{16, 25, 29, 30})]}
	expires := day.Day("2021-01-05").Add(r.IntN(9 * 365))
	if lapses {
		expires = day.Day("2020-01-05").Add(r.IntN(355)) // to 2020-12-24 at the latest: nine months from any day hold them
	}
	expires = s.of(expires)
	c := certificate.Certificate{ID: certificate.ID(id.New()), Region: p.Region, Person: p.ID, Category: grade.Category, Level: grade.Level,
		State: certificate.Valid, Issued: expires.Add(1).AddYears(-10), Expires: expires, Issuer: "芒市残疾人联合会",
		Number: certificate.MakeNumber(p.Number, grade.Category, grade.Level), Grades: []certificate.Grade{grade}}
	if grade.Category == certificate.Multiple {
		c.Grades = []certificate.Grade{{Category: certificate.Physical, Level: grade.Level}, {Category: certificate.Speech, Level: certificate.Fourth}}
	}
	return c
}
