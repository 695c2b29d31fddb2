package correction_test

import (
	"testing"

	"hefa/internal/correction"
	"hefa/internal/fault"
	"hefa/internal/person"
)

func TestACorrectionIsCheckedAndDecidedBySomebodyElse(t *testing.T) {
	t.Parallel()
	was, right := person.MakeNumber("533199", "1961-05-04", 1), person.MakeNumber("533199", "1961-05-04", 2)
	for name, try := range map[string]struct {
		c     correction.Correction
		wrong int
	}{
		"whole":         {correction.Correction{Was: was, Number: " " + right, Cause: correction.Typed, Reason: "录入时看错", Evidence: "身份证原件"}, 0},
		"empty":         {correction.Correction{Was: was}, 4},
		"the same":      {correction.Correction{Was: was, Number: was, Cause: correction.Police, Reason: "录入时看错", Evidence: "身份证原件"}, 1},
		"a wrong check": {correction.Correction{Was: was, Number: right[:17] + "?", Cause: correction.Listed, Reason: "录入时看错", Evidence: "身份证原件"}, 1},
		"a number told": {correction.Correction{Was: was, Number: right, Cause: correction.Typed, Reason: "录入时看错", Evidence: "身份证" + string(right)}, 1},
	} {
		if got := len(fault.Fields(try.c.Check())); got != try.wrong {
			t.Errorf("%s: %d problems", name, got)
		}
	}
	c := correction.Correction{State: correction.Asked, Author: "clerk", Number: right}
	if err := c.Decide(correction.Verdict{Account: "clerk", Grant: true}, "2020-04-01"); fault.Of(err) != fault.Refused {
		t.Errorf("granted one's own: %v", err)
	}
	if err := c.Decide(correction.Verdict{Account: "approver", Grant: true, Number: was}, "2020-04-01"); fault.Of(err) != fault.Invalid {
		t.Errorf("granted without the papers: %v", err)
	}
	if err := c.Decide(correction.Verdict{Account: "approver"}, "2020-04-01"); fault.Of(err) != fault.Invalid {
		t.Errorf("denied without a word: %v", err)
	}
	if err := c.Decide(correction.Verdict{Account: "approver", Grant: true, Number: right + " "}, "2020-04-01"); err != nil || c.State != correction.Granted {
		t.Errorf("%s %v", c.State, err)
	}
	if err := c.Decide(correction.Verdict{Account: "approver", Grant: true}, "2020-04-01"); fault.Of(err) != fault.Refused {
		t.Errorf("granted twice: %v", err)
	}
}
