package web_test

import (
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/ledger"
	"hefa/internal/office"
)

var headOn = regexp.MustCompile(`<code>(\{[^<]+\})</code>`)

// The auditor prints a head; what is printed is what a later look is compared with.
func TestAHeadIsPrintedWithItsCodeAndReadsBack(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		desk, auditor := office.New(s.office.DB), s.as(access.Auditor)
		auditor.get(t, "/audit/log").want(t, http.StatusOK, "打印封存点")
		if err := desk.SealAudit(t.Context(), access.Program(), nil); err != nil {
			t.Fatal(err)
		}
		page := auditor.get(t, "/audit/heads").want(t, http.StatusOK, "二维码", `src="data:image/png;base64,`, "还没有交给外部见证", "hefa audit verify --head")
		var h ledger.Head
		if err := json.NewDecoder(strings.NewReader(html.UnescapeString(headOn.FindStringSubmatch(page.body)[1]))).Decode(&h); err != nil || h.Size == 0 {
			t.Fatalf("%+v, %v", h, err)
		}
		if v, err := desk.VerifyAudit(t.Context(), auditor.by, []ledger.Head{h}); err != nil || v[0].Trouble != nil {
			t.Errorf("%+v, %v", v, err)
		}
		h.Size++
		if v, err := desk.VerifyAudit(t.Context(), auditor.by, []ledger.Head{h}); err != nil || v[0].Trouble == nil {
			t.Errorf("a head of another size: %+v, %v", v, err)
		}
		s.as(access.Clerk).get(t, "/audit/heads").want(t, http.StatusForbidden)
	})
}
