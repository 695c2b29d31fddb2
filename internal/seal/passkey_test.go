package seal_test

import (
	"strings"
	"testing"

	"hefa/internal/seal"
)

func TestKeysAreBoundToANameOverTLSOrToTheMachineItself(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		origins string
		made    bool
		wrong   string
	}{
		{"", false, ""},
		{"https://hefa.example", true, ""},
		{"https://hefa.example https://desk.hefa.example:8443", true, ""},
		{"http://localhost:8080", true, ""},
		{"https://10.1.2.3 http://hefa.example", false, ""},
		{"https://10.1.2.3 https://hefa.example", true, ""},
		{"https://hefa.example https://nothefa.example", false, "does not lie below"},
		{"https://hefa.example/", false, "no origin"},
		{"hefa.example", false, "no origin"},
		{"ftp://hefa.example", false, "no origin"},
	} {
		p, err := seal.NewPasskeys("核发", strings.Fields(c.origins))
		if (p != nil) != c.made || (err == nil) != (c.wrong == "") || err != nil && !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%q: made %v, %v", c.origins, p != nil, err)
		}
	}
}

// FuzzPasskeyAnswer: whatever a browser sends, it is refused without harm.
func FuzzPasskeyAnswer(f *testing.F) {
	p, err := seal.NewPasskeys("核发", []string{"https://hefa.example"})
	if err != nil {
		f.Fatal(err)
	}
	h := seal.KeyHolder{ID: "a", Login: "a", Name: "a"}
	_, kept, err := p.Create(h)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(`{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}`)
	f.Add(`{`)
	f.Fuzz(func(t *testing.T, answer string) {
		if _, _, err := p.Created(h, kept, answer); err == nil {
			t.Errorf("%q made a key", answer)
		}
		if _, _, _, err := p.Answered(h, kept, answer); err == nil {
			t.Errorf("%q is a key's answer", answer)
		}
	})
}
