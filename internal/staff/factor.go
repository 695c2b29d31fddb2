package staff

import "slices"

// Factor is what proves a person beside the password: one-time codes of an app, and codes on paper for the day when the phone is lost.
type Factor struct {
	Account ID
	Secret  string
	Since   int64    // instant from which it is asked for, microseconds; 0 until a first code was right
	Step    int64    // the last step of time whose code was used
	Spare   []string // the recovery codes that are left, as blind indexes
	Version int
}

// On says whether the factor is asked for.
func (f Factor) On() bool { return f.Since > 0 }

// Spend takes a recovery code, which is good once.
func (f *Factor) Spend(code string) bool {
	i := slices.Index(f.Spare, code)
	if i < 0 {
		return false
	}
	f.Spare = slices.Delete(slices.Clone(f.Spare), i, i+1)
	return true
}
