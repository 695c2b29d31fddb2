package api_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/testbed"
)

func TestLettersAndFormsThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		at := "/api/v1/applications/" + string(o.Case(t, o.Person(t), application.Dispatched).ID)
		for _, path := range []string{"/form", "/form?whole=true", "/letters/fetch", "/letters/fetch?reading=large", "/letters/fetch?reading=easy"} {
			if a := p.call(access.Township, "GET", at+path, ""); a.status != http.StatusOK || !strings.HasPrefix(a.text, "%PDF") {
				t.Errorf("%s: %d %.80s", path, a.status, a.text)
			}
		}
		for path, status := range map[string]int{"/letters/nobody": http.StatusNotFound, "/letters/summons": http.StatusConflict, "/letters/fetch?reading=tiny": http.StatusUnprocessableEntity} {
			if a := p.call(access.Township, "GET", at+path, ""); a.status != status {
				t.Errorf("%s: %d %s", path, a.status, a.text)
			}
		}
	})
}
