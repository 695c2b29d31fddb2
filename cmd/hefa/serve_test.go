package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"hefa/internal/sms"
)

// Without --sms no text message leaves the machine: it is written into the outbox beside the data, its number masked.
func TestServedWithoutCarriersMessagesStayInTheOutbox(t *testing.T) {
	t.Parallel()
	var p program
	line, err := kong.New(&p, kong.Name("hefa"))
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "data")
	if _, err := line.Parse([]string{"serve", "--data", data}); err != nil {
		t.Fatal(err)
	}
	h, err := p.Serve.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.db.Close() }()
	carrier, err := p.Serve.carrier(h, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := carrier.(*sms.Outbox); !ok {
		t.Fatalf("messages are given to %T", carrier)
	}
	if _, err := carrier.Send(t.Context(), sms.Message{ID: "m1", Phone: "13800001000", Text: "【残疾人联合会】"}); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(data, "outbox", "*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the outbox holds %q: %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil || !bytes.Contains(text, []byte(`"138****1000"`)) || strings.Contains(string(text), "13800001000") {
		t.Errorf("%s, %v", text, err)
	}
	p.Serve.SMS = filepath.Join(data, "sms.json")
	if err := os.WriteFile(p.Serve.SMS, []byte(`{"url":"http://127.0.0.1:9/send","headers":{"Content-Type":"application/json"},"body":"{\"to\":\"{phone}\",\"text\":\"{text}\"}"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if carrier, err = p.Serve.carrier(h, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	if _, ok := carrier.(*sms.Gateway); !ok {
		t.Errorf("with a gateway messages are given to %T", carrier)
	}
}
