package access_test

import (
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
)

// The three administrators are separate (GB/T 22239-2019 8.1.5; product.md §1): none can do another's work, none can touch a case.
func TestAdministratorsAreSeparateAndTouchNoCase(t *testing.T) {
	t.Parallel()
	keeps := map[access.Act]access.Role{access.RegionAdd: access.Sysadmin, access.CalendarSet: access.Sysadmin, access.PolicySet: access.Sysadmin,
		access.OrgManage: access.Sysadmin, access.BackupRead: access.Sysadmin, access.BackupTake: access.Sysadmin, access.ClockTrust: access.Sysadmin, access.AccountManage: access.Secadmin, access.TokenCreate: access.Secadmin, access.AuditRead: access.Auditor}
	for _, act := range access.Acts {
		allowed := slices.DeleteFunc(slices.Clone(access.Allowed(act)), func(r access.Role) bool { return r == access.System })
		if only, ok := keeps[act]; ok && (len(allowed) != 1 || allowed[0] != only) {
			t.Errorf("%s is granted to %v, want %s alone", act, allowed, only)
		}
		for _, role := range allowed {
			if _, ok := keeps[act]; role.Admin() && !ok && act != access.PolicyRead && act != access.SelfManage {
				t.Errorf("%s may %s", role, act)
			}
			if strings.HasPrefix(string(act), "application.") && role.Admin() {
				t.Errorf("%s touches cases: %s", role, act)
			}
		}
	}
}
