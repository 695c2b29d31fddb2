package api

import (
	"bytes"
	"io"
	"net/http"

	"hefa/internal/fault"
	"hefa/internal/gate"
	"hefa/internal/seal"
)

// keyLimit is the longest Idempotency-Key, in bytes.
const keyLimit = 200

// once does a POST with an Idempotency-Key a single time; anything else goes straight through.
func (s *Server) once(w http.ResponseWriter, r *http.Request, do func(http.ResponseWriter, *http.Request)) error {
	key := r.Header.Get("Idempotency-Key")
	if r.Method != http.MethodPost || key == "" {
		do(w, r)
		return nil
	}
	if len(key) > keyLimit {
		return fault.New(fault.Refused, "api.key.long", keyLimit)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	by := actor(r.Context())
	answer, ok, err := s.Office.Repeat(r.Context(), by, key, seal.Digest(r.Method+" "+r.URL.RequestURI()+"\n"+string(body)))
	if err != nil {
		return err
	}
	if ok {
		w.Header().Set("Content-Type", kindOf(answer.Status))
		w.Header().Set("Idempotent-Replay", "true")
		w.WriteHeader(answer.Status)
		_, err := io.WriteString(w, answer.Body)
		return err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	kept := &copying{ResponseWriter: w, status: http.StatusOK}
	do(kept, r)
	// It is done and said. If only the copy cannot be kept, as on a disk that has just filled up, a repetition finds the step taken.
	gate.Mishap(r, s.Office.Keep(r.Context(), by, key, kept.status, kept.body.String()))
	return nil
}

func kindOf(status int) string {
	if status >= http.StatusBadRequest {
		return "application/problem+json"
	}
	return "application/json"
}

// copying keeps what is answered while it is sent.
type copying struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader notes the status.
func (c *copying) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

// Write keeps a copy.
func (c *copying) Write(b []byte) (int, error) {
	c.body.Write(b)
	return c.ResponseWriter.Write(b)
}
