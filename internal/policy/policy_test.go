package policy

import "testing"

func TestAValueHasTheFormOfItsKey(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind  Kind
		value string
		ok    bool
	}{
		{Count, "0", true}, {Count, "100000000", true}, {Count, "100000001", false}, {Count, "-1", false}, {Count, "1.5", false}, {Count, "", false}, {Count, "五", false},
		{Hour, "0", true}, {Hour, "24", true}, {Hour, "25", false}, {Hour, "-1", false}, {Hour, "8:30", false}, {Hour, "", false},
		{Switch, "yes", true}, {Switch, "no", true}, {Switch, "是", false}, {Switch, "", false},
		{Choice, "a", true}, {Choice, "c", false}, {Choice, "", false},
		{List, "", true}, {List, "a,b", true}, {List, "a,c", false}, {List, "a，b", false},
		{Text, "", true}, {Text, "《河南省细则》", true},
	} {
		if err := (Rule{Kind: c.kind, Of: []string{"a", "b"}}).Check(c.value); (err == nil) != c.ok {
			t.Errorf("%s %q: %v", c.kind, c.value, err)
		}
	}
}

func TestEveryDefaultHasTheFormOfItsKey(t *testing.T) {
	t.Parallel()
	for _, r := range Rules {
		if err := r.Check(r.Default); err != nil {
			t.Errorf("%s stands at %q: %v", r.Key, r.Default, err)
		}
		if r.Basis == "" {
			t.Errorf("%s has no basis", r.Key)
		}
	}
}
