package lang

import "testing"

func TestGapsAreFilled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sentence string
		args     []any
		want     string
	}{
		{"共 {0} 人", []any{3}, "共 3 人"},
		{"{1}的{0}，{1}", []any{"证", "张三"}, "张三的证，张三"},
		{"{0}", []any{"{1}", "甲"}, "{1}"}, // what is filled in is no sentence
		{"{0} {2}", []any{"甲"}, "甲 {2}"},
		{"{ {0} }", []any{"甲"}, "{ 甲 }"},
		{"{}{x}{-1}{0", []any{"甲"}, "{}{x}{-1}{0"},
	} {
		if got := fill(c.sentence, c.args); got != c.want {
			t.Errorf("%q with %v is %q, not %q", c.sentence, c.args, got, c.want)
		}
	}
}
