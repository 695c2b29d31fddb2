package testbed

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/org"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// Other is the hospital of the neighbour county that the city can name for a re-assessment, and two of its doctors, for vision and limbs both.
const Other org.ID = "hospital-other"

// OtherDoctors furnishes Other and gives its two doctors.
func (o *Office) OtherDoctors(t testing.TB) [2]access.Actor {
	t.Helper()
	var out [2]access.Actor
	o.Update(t, access.System, func(tx *store.Tx) error {
		return tx.AddOrg(org.Org{ID: Other, Region: Elsewhere, Kind: org.Hospital, Name: "测试另一医院", Categories: certificate.Categories[:6]})
	})
	for i, name := range []string{"测试复评甲", "测试复评乙"} {
		by := Stranger(access.Doctor)
		by.Account, by.Name, by.Org = "other-"+string(rune('a'+i)), name, string(Other)
		o.Update(t, access.System, func(tx *store.Tx) error {
			a := staff.Account{ID: staff.ID(by.Account), Login: by.Account, Name: name, Title: "主治医师", Role: access.Doctor, Region: by.Region, Org: Other,
				Categories: []certificate.Category{certificate.Vision, certificate.Physical}}
			if err := tx.AddAccount(a); err != nil {
				return err
			}
			return tx.SavePractice(Practice(a))
		})
		out[i] = by
	}
	return out
}
