package oidc_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/oidc"
)

func TestAConfigurationIsReadWithItsSecretOrSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "province.json")
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("s\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := `{"name":"省统一认证","issuer":"https://id.example","client_id":"hefa","secret_file":"secret","redirect":"https://hefa.example/sign-in/province/back"}`
	for _, c := range []struct{ text, wrong string }{
		{good, ""},
		{strings.Replace(good, "https://id.example", "http://127.0.0.1:9", 1), ""},
		{strings.Replace(good, "https://id.example", "http://id.example", 1), "issuer must be"},
		{strings.Replace(good, "https://id.example", "https://me:word@id.example", 1), "issuer must be"},
		{strings.Replace(good, "https://hefa.example", "http://hefa.example", 1), "redirect must be"},
		{strings.Replace(good, `"hefa"`, `""`, 1), "no client_id"},
		{strings.Replace(good, `"secret"`, `"nowhere"`, 1), "secret of single sign-on"},
		{strings.Replace(good, `"name"`, `"nome"`, 1), "unknown field"},
		{"", "EOF"},
	} {
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := oidc.Read(file, time.Now)
		if c.wrong == "" && (err != nil || p.Name() != "省统一认证") || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%.60s: %v", c.text, err)
		}
	}
	if _, err := oidc.Read(filepath.Join(dir, "none"), time.Now); err == nil {
		t.Error("a file that is not there")
	}
}
