package staff

import (
	"testing"

	"hefa/internal/access"
	"hefa/internal/fault"
)

func TestOnlyAdministratorsAnswerForTheWholeCountry(t *testing.T) {
	t.Parallel()
	for _, role := range access.Roles {
		a := Account{Login: "somebody", Name: "测试", Role: role}
		if role == access.Doctor {
			a.Categories = append(a.Categories, "1")
		}
		if got := fault.Fields(a.Check()); role.Admin() != (len(got) == 0) || len(got) > 0 && got[0].Name != "region" {
			t.Errorf("%s without an area: %v", role, got)
		}
	}
}
