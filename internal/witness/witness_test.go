package witness_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hefa/internal/ledger"
	"hefa/internal/witness"
)

func TestHeadsGoToTheFixedAddressAndTheReceiptComesBack(t *testing.T) {
	t.Parallel()
	var got []ledger.Head
	answer := func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer token" || json.NewDecoder(r.Body).Decode(&got) != nil {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = w.Write([]byte(" taken 7 \x00"))
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { answer(w, r) }))
	defer s.Close()
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("token\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := witness.New(s.URL+"/heads", secret)
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := w.Hand(t.Context(), []ledger.Head{{County: "533103", Size: 3, Root: []byte{1}}})
	if err != nil || receipt != "taken 7" || len(got) != 1 || got[0].County != "533103" || got[0].Size != 3 {
		t.Errorf("%q, %v, %+v", receipt, err, got)
	}
	for name, other := range map[string]http.HandlerFunc{
		"another place": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusTemporaryRedirect)
		},
		"a refusal": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
	} {
		answer = other
		if _, err := w.Hand(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "answered") {
			t.Errorf("%s: %v", name, err)
		}
	}
	answer = func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 1<<20)) }
	if receipt, err := w.Hand(t.Context(), nil); err != nil || len(receipt) > 4<<10 {
		t.Errorf("an endless receipt: %d bytes, %v", len(receipt), err)
	}
}

func TestAWitnessIsReachedOverTLSOrOnThisMachine(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{"https://witness.example/heads": true, "http://127.0.0.1:9/": true, "http://localhost:9": true, "http://10.0.0.1/": false,
		"http://witness.example": false, "https://me:word@witness.example": false, "file:///etc/passwd": false, "": false} {
		if _, err := witness.New(address, ""); (err == nil) != good {
			t.Errorf("%q: %v", address, err)
		}
	}
	if _, err := witness.New("https://witness.example", "/nowhere/at/all"); err == nil {
		t.Error("a secret that is not there")
	}
}
