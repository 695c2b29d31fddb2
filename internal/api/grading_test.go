package api_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestProgramsTryTheStandard(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		one := `{"category":"4","values":{"rightarm-lost":"forearm","adl":"3","origin":"amputation"}}`
		a := p.must(200, access.Township, "POST", "/api/v1/grading", `{"age":40,"findings":[`+one+`]}`)
		if a.field("outcome") != "met" || a.field("level") != "3" || !strings.Contains(a.field("clause"), "肢体残疾三级 b)") {
			t.Error(a.text)
		}
		two := `{"category":"1","values":{"right-acuity":"nlp","left-acuity":"lp"}}`
		a = p.must(200, access.Township, "POST", "/api/v1/grading", `{"age":40,"findings":[`+one+`,`+two+`]}`)
		if a.field("category") != "7" || a.field("level") != "1" {
			t.Error(a.text)
		}
		a = p.must(422, access.Township, "POST", "/api/v1/grading", `{"age":40,"findings":[{"category":"1","values":{"right-acuity":"9"}}]}`)
		if a.field("errors.0.field") != "f1-right-acuity" {
			t.Error(a.text)
		}
		p.must(422, access.Township, "POST", "/api/v1/grading", `{"age":40,"findings":[`+one+`,`+one+`]}`)
		if a := p.must(200, access.Township, "GET", "/api/v1/grading/fields", ""); !strings.Contains(a.text, `"unit":"db"`) {
			t.Error(a.text)
		}
	})
}
