package portal

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"hefa/internal/fault"
	"hefa/internal/gate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
)

// verifyEnded is a county's signed list of cards that do not hold any more, as a file to be taken along.
func (s *Server) verifyEnded(w http.ResponseWriter, r *http.Request) error {
	county, ok := strings.CutSuffix(r.PathValue("county"), ".json")
	if !ok {
		return fault.New(fault.Missing, "record.missing")
	}
	if _, ok := s.verified.Allow(gate.Address(r.Context())); !ok {
		return fault.New(fault.Busy, "verify.busy")
	}
	e, err := s.records.Ended(r.Context(), anybody(r), region.Code(county))
	if err != nil {
		return err
	}
	body, err := json.Marshal(e)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="hefa-ended-`+county+`.json"`)
	_, _ = w.Write(body) // the reader has left; there is nobody to tell
	return nil
}

// publicKey is a key with which the offline page checks.
type publicKey struct {
	ID     string `json:"id"`
	Suite  string `json:"suite"`
	Public string `json:"public"` // base64 of the uncompressed point
}

// offlineWords is the sentences that the offline page's script says, by the name it knows them by.
var offlineWords = []string{"right", "wrong", "unreadable", "expired", "ended", "clear", "unlisted", "elsewhere", "stale", "forged", "pending", "at", "next"}

// verifyOffline is the checking page as one file without a server: script, public keys and words inside, nothing loaded.
func (s *Server) verifyOffline(w http.ResponseWriter, r *http.Request) error {
	keys, err := s.records.SignKeys(r.Context(), anybody(r))
	if err != nil {
		return err
	}
	known := []publicKey{}
	for _, k := range keys {
		known = append(known, publicKey{k.ID, k.Suite, k.Public})
	}
	words := map[string]string{}
	for _, name := range offlineWords {
		words[name] = lang.T("offline." + name)
	}
	for _, name := range []string{"name", "number", "sex", "birth", "category", "level", "issued", "expires", "issuer"} {
		words[name] = lang.T("verify." + name)
	}
	data, err := json.Marshal(map[string]any{"keys": known, "words": words})
	if err != nil {
		return err
	}
	script := look.Checker()
	sum := sha256.Sum256([]byte(script))
	v := offlineView{Policy: "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'",
		Script: "<script>" + script + "</script>", Data: string(data)}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="hefa-verify.html"`)
	return offlinePage(v).Render(r.Context(), w)
}

// offlineView is what the offline page is made of; Script is the whole element, whose hash stands in Policy.
type offlineView struct{ Policy, Script, Data string }

// data is the keys and words, which JSON keeps free of what would end the element.
func (v offlineView) data() templ.Component {
	return templ.Raw(`<script type="application/json" id="data">` + v.Data + `</script>`)
}
