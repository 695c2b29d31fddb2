package gate

import (
	"fmt"
	"net/http"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// limits are the upper ends of the duration buckets in seconds, as Prometheus reads them.
var limits = []float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10}

// observe counts one request by its route pattern, so that no path with a name or a number in it becomes a label.
func (g *Gate) observe(route, method string, status int, took time.Duration) {
	s := took.Seconds()
	g.set.GetOrCreateCounter(fmt.Sprintf("hefa_http_requests_total{route=%q,method=%q,status=\"%d\"}", route, method, status)).Inc()
	for _, l := range limits {
		c := g.set.GetOrCreateCounter(fmt.Sprintf("hefa_http_seconds_bucket{route=%q,le=\"%g\"}", route, l))
		if s <= l {
			c.Inc()
		}
	}
	g.set.GetOrCreateCounter(fmt.Sprintf("hefa_http_seconds_bucket{route=%q,le=\"+Inf\"}", route)).Inc()
	g.set.GetOrCreateCounter(fmt.Sprintf("hefa_http_seconds_count{route=%q}", route)).Inc()
	g.set.GetOrCreateFloatCounter(fmt.Sprintf("hefa_http_seconds_sum{route=%q}", route)).Add(s)
}

// Metrics answers /metrics in the text form of Prometheus: this gate's figures, those that other rooms registered, and the process's own.
// It belongs on a separate address.
func (g *Gate) Metrics() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		g.set.WritePrometheus(w)
		metrics.WritePrometheus(w, true)
	})
}
