package testbed

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Standing says how the area of an account lies to where Records lie.
type Standing string

// The standings: the post of As, the area next to its own, the one above, the one below in which the village of the records lies, another one below, and one of
// another province.
const (
	Own       Standing = "own"
	Neighbour Standing = "neighbour"
	Parent    Standing = "parent"
	Child     Standing = "child"
	Beside    Standing = "beside"
	None      Standing = "none"
)

// Standings is every standing, in the order of the scope matrices' letters.
var Standings = []Standing{Own, Neighbour, Parent, Child, Beside, None}

// standings is the areas by the level at which a post has its own.
var standings = map[region.Level]map[Standing]region.Code{
	region.Village:    {Own: Village, Neighbour: "533103105202", Parent: Township, None: "440106"}, // nothing lies below
	region.Township:   {Own: Township, Neighbour: "533103101", Parent: County, Child: Village, Beside: "533103105202", None: "440106"},
	region.County:     {Own: County, Neighbour: Elsewhere, Parent: "5331", Child: Township, Beside: "533103101", None: "440106"},
	region.Prefecture: {Own: "5331", Neighbour: "5329", Parent: "53", Child: County, Beside: Elsewhere, None: "4401"},
}

// Standing is somebody of the post who stands so, with an account that is made when there is none; not ok where the post has no such area.
func (o *Office) Standing(t testing.TB, role access.Role, s Standing) (by access.Actor, ok bool) {
	t.Helper()
	where, ok := standings[As(role).Region.Level()][s]
	if !ok {
		return by, false
	}
	by = actor(role, where)
	err := o.DB.Update(t.Context(), access.Program(), func(tx *store.Tx) error {
		if _, err := tx.Account(staff.ID(by.Account)); fault.Of(err) != fault.Missing {
			return err
		}
		if _, err := tx.Region(where); fault.Of(err) == fault.Missing {
			if err := tx.AddRegion(region.Region{Code: where, Name: "测试" + string(where)}); err != nil {
				return err
			}
		}
		x := org.Org{ID: org.ID(by.Org), Region: where, Kind: org.Federation, Name: "测试" + by.Org}
		if role.Clinical() {
			x.Kind = org.Hospital
		}
		if _, err := tx.Org(x.ID); fault.Of(err) == fault.Missing {
			if err := tx.AddOrg(x); err != nil {
				return err
			}
		}
		return tx.AddAccount(staff.Account{ID: staff.ID(by.Account), Login: by.Account, Name: by.Name, Role: role, Region: where, Org: x.ID})
	})
	if err != nil {
		t.Fatal(err)
	}
	return by, true
}
