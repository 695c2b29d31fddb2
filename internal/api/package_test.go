package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/testbed"
)

func TestAPackageThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		at := "/api/v1/applications/" + string(o.Case(t, o.Person(t), application.Submitted).ID) + "/package"
		if a := p.call(access.Discipline, "POST", at, `{"reason":"查"}`); a.status != http.StatusUnprocessableEntity {
			t.Errorf("without a reason: %d", a.status)
		}
		if a := p.call(access.Township, "POST", at, `{"reason":"市纪检组调取"}`); a.status != http.StatusForbidden {
			t.Errorf("a township: %d", a.status)
		}
		a := p.call(access.Discipline, "POST", at, `{"reason":"市纪检组调取"}`)
		got, err := casework.CheckPackage(strings.NewReader(a.text), int64(len(a.text)), "")
		if a.status != http.StatusOK || err != nil || got.Reason != "市纪检组调取" {
			t.Errorf("%d %+v %v", a.status, got, err)
		}
	})
}
