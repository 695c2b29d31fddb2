package gate

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"time"
)

// Health answers /healthz: the process lives.
func Health() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, "ok\n")
	})
}

// Ready answers /readyz: 200 when check finds within two seconds that work can be done, else 503; the reason goes to the log only.
func Ready(log *slog.Logger, check func(context.Context) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if err := check(ctx); err != nil {
			log.ErrorContext(ctx, "not ready", "error", scrub(err.Error()))
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, "not ready\n")
			return
		}
		_, _ = io.WriteString(w, "ready\n")
	})
}
