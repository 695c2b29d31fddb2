package sms

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var one = Message{ID: "01", Phone: "13900000000", Text: "【芒市残联】“您”的\\证\n到期"}

func TestTheOutboxHoldsNoNumber(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "outbox")
	o := NewOutbox(folder, func() time.Time { return time.Date(2020, 4, 1, 1, 0, 0, 0, time.UTC) })
	for range 2 {
		if a, err := o.Send(t.Context(), one); err != nil || a.Ref != "01" {
			t.Fatal(a, err)
		}
	}
	text, err := os.ReadFile(filepath.Join(folder, "2020-04-01.jsonl"))
	if err != nil || strings.Count(string(text), "\n") != 2 || strings.Contains(string(text), one.Phone) || !strings.Contains(string(text), "139****0000") {
		t.Errorf("%s %v", text, err)
	}
}

func TestAGatewayIsSpokenToAsItIsConfigured(t *testing.T) {
	t.Parallel()
	answers := map[string]string{"json": `{"code":0,"data":{"id":77}}`, "form": `{"code":0,"data":{"id":"x"}}`, "refused": `{"code":5,"msg":"黑名单 13900000000"}`, "plain": "OK", "broken": "", "elsewhere": ""}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got := map[string]string{}
		kind := strings.TrimPrefix(r.URL.Path, "/")
		switch kind {
		case "form":
			q, _ := url.ParseQuery(string(body))
			got["phone"], got["text"] = q.Get("mobile"), q.Get("content")
		case "plain":
			got["phone"], got["text"] = r.URL.Query().Get("m"), r.URL.Query().Get("t")
		default:
			if err := json.Unmarshal(body, &got); err != nil {
				t.Error(err)
			}
		}
		if got["phone"] != one.Phone || got["text"] != one.Text || r.Header.Get("Idempotency-Key") != one.ID || r.Header.Get("Authorization") != "Bearer secret" {
			t.Errorf("%s got %v %v", kind, got, r.Header)
		}
		switch kind {
		case "broken":
			w.WriteHeader(http.StatusBadGateway)
		case "elsewhere":
			http.Redirect(w, r, "/json", http.StatusFound)
		}
		_, _ = io.WriteString(w, answers[kind])
	}))
	defer server.Close()
	asJSON := Config{Headers: map[string]string{"Content-Type": "application/json", "Authorization": "Bearer secret"}, Body: `{"phone":"{phone}","text":"{text}"}`, OK: Expect{"code", "0"},
		Ref: "data.id", Reason: "msg"}
	asForm := Config{Headers: map[string]string{"Content-Type": "application/x-www-form-urlencoded", "Authorization": "Bearer secret"}, Body: "mobile={phone}&content={text}", Ref: "data.id"}
	for kind, want := range map[string]string{"json": "77", "form": "x", "plain": "", "refused": "!200 黑名单 139****0000", "broken": "!502", "elsewhere": "!302"} {
		c := asJSON
		c.URL = server.URL + "/" + kind
		switch kind {
		case "form":
			c = asForm
			c.URL = server.URL + "/form"
		case "plain":
			c = Config{URL: server.URL + "/plain?m={phone}&t={text}", Method: http.MethodGet, Headers: map[string]string{"Authorization": "Bearer secret"}}
		}
		answer, err := NewGateway(c).Send(t.Context(), one)
		ref := answer.Ref
		if r, ok := errors.AsType[*Refusal](err); ok {
			ref, err = "!"+r.Text, nil
		}
		if err != nil || ref != want {
			t.Errorf("%s gives %q, %v, want %q", kind, ref, err, want)
		}
	}
}

func TestALineThatBreaksNamesNoNumber(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	_, err := NewGateway(Config{URL: server.URL + "/?m={phone}"}).Send(t.Context(), one)
	if err == nil || strings.Contains(err.Error(), one.Phone) {
		t.Error(err)
	}
	if _, refused := errors.AsType[*Refusal](err); refused {
		t.Error("a broken line is taken for a refusal")
	}
}

func TestAConfigurationIsCheckedWhenItIsRead(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "sms.json")
	for text, right := range map[string]bool{`{"url":"https://gateway.invalid/send"}`: true, `{"url":"file:///etc/passwd"}`: false, `{"url":"https://gateway.invalid","unknown":1}`: false, `{}`: false, "": false} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadConfig(file); (err == nil) != right {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := ReadConfig(file + "x"); err == nil {
		t.Error("a file that is not there is read")
	}
}
