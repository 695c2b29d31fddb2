package gate

import "net/http"

// recorder remembers the status, and can hold back the bare answer of a mux so that a page in Chinese takes its place.
type recorder struct {
	http.ResponseWriter
	code      int
	swallow   func(code int) bool
	swallowed int
}

// WriteHeader notes the first final status.
func (w *recorder) WriteHeader(code int) {
	if w.swallowed != 0 {
		return
	}
	if w.code == 0 && w.swallow != nil && w.swallow(code) {
		w.swallowed = code
		return
	}
	if w.code == 0 && code >= http.StatusOK {
		w.code = code
	}
	w.ResponseWriter.WriteHeader(code)
}

// Write counts as status 200 when none was set.
func (w *recorder) Write(b []byte) (int, error) {
	if w.swallowed != 0 {
		return len(b), nil
	}
	if w.code == 0 {
		w.code = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Flush passes a stream on at once.
func (w *recorder) Flush() {
	if w.code == 0 {
		w.code = http.StatusOK
	}
	_ = http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// status is what was sent; a handler that wrote nothing has sent 200.
func (w *recorder) status() int {
	if w.code == 0 {
		return http.StatusOK
	}
	return w.code
}
