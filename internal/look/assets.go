package look

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed assets
var embedded embed.FS

// Root is where the compiled assets are served.
const Root = "/assets/"

var names = manifest(embedded)

// manifest joins plain names (look.css) to names with their hash (look-3FA9.css); it is empty when the assets were never compiled.
func manifest(files fs.FS) map[string]string {
	out := map[string]string{}
	text, err := fs.ReadFile(files, "assets/manifest.json")
	if err != nil {
		return out
	}
	_ = json.Unmarshal(text, &out) // written by the build and tested there
	return out
}

// URL is the address of an asset by its plain name, with the hash that lets browsers keep it for ever.
func URL(name string) string {
	if hashed, ok := names[name]; ok {
		return Root + hashed
	}
	return Root + name
}

// Passkey is the script of the places at which a security key is asked.
const Passkey = "passkey.js"

// Checker is the script of the page that checks cards without a server; "" when the assets were never compiled.
func Checker() string {
	text, _ := fs.ReadFile(embedded, "assets/"+names["checker.js"])
	return string(text)
}

// Assets serves the compiled assets under Root, compressed as the browser likes, to be kept for a year.
func Assets() http.Handler { return assets(embedded) }

// types are the kinds of files that the build writes; the tables of the machine are not asked.
var types = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

func assets(files fs.FS) http.Handler {
	built := len(manifest(files)) > 0
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		if !built {
			h.Set("Content-Type", "text/plain; charset=utf-8")
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = w.Write([]byte("The assets have not been compiled. Run `make assets` and build again.\n"))
			return
		}
		name := strings.TrimPrefix(r.URL.Path, Root)
		kind, known := types[path.Ext(name)]
		if !known || strings.Contains(name, "/") {
			http.NotFound(w, r)
			return
		}
		encoding, body := pick(files, name, r.Header.Get("Accept-Encoding"))
		if body == nil {
			http.NotFound(w, r)
			return
		}
		h.Set("Content-Type", kind)
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("Vary", "Accept-Encoding")
		if encoding != "" {
			h.Set("Content-Encoding", encoding)
		}
		h.Set("Content-Length", strconv.Itoa(len(body)))
		if r.Method != http.MethodHead {
			_, _ = w.Write(body) // the reader has left; there is nobody to tell
		}
	})
}

// pick is the smallest form of the file that accept allows; body is nil when there is no such file.
func pick(files fs.FS, name, accept string) (encoding string, body []byte) {
	for _, e := range []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}, {"", ""}} {
		if e.encoding != "" && !accepts(accept, e.encoding) {
			continue
		}
		if b, err := fs.ReadFile(files, "assets/"+name+e.suffix); err == nil {
			return e.encoding, b
		}
	}
	return "", nil
}

// accepts reads Accept-Encoding; a coding with q=0 is refused.
func accepts(header, coding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), coding) {
			q = strings.ReplaceAll(q, " ", "")
			return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
		}
	}
	return false
}
