package testbed

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/go-webauthn/webauthn/protocol/webauthncbor"

	"hefa/internal/seal"
)

// Origin is where the pages of the test office stand.
const Origin = "https://hefa.example"

// Passkeys asks keys for the test office.
func Passkeys(t testing.TB) *seal.Passkeys {
	t.Helper()
	p, err := seal.NewPasskeys("测试", []string{Origin})
	if err != nil || p == nil {
		t.Fatal(p, err)
	}
	return p
}

// Stick is a security key of the tests, with one credential, as a USB key has it (WebAuthn 6).
type Stick struct {
	Count  uint32 // signatures so far; a test may set it back as a copy would
	Origin string // the page that asks; a test may put another there
	id     []byte
	secret *ecdsa.PrivateKey
}

// NewStick is a key that has made no credential yet.
func NewStick(t testing.TB) *Stick {
	t.Helper()
	secret, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id)
	return &Stick{Origin: Origin, id: id, secret: secret}
}

type wanted struct {
	Challenge string                `json:"challenge"`
	RPID      string                `json:"rpId"`
	RP        struct{ ID string }   `json:"rp"`
	Allow     []struct{ ID string } `json:"allowCredentials"`
	Exclude   []struct{ ID string } `json:"excludeCredentials"`
}

func url64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// client is the clientDataJSON of an answer.
func (s *Stick) client(t testing.TB, kind string, options string) (wanted, []byte) {
	t.Helper()
	var w wanted
	if err := json.Unmarshal([]byte(options), &w); err != nil {
		t.Fatalf("%v in %s", err, options)
	}
	b, err := json.Marshal(map[string]any{"type": kind, "challenge": w.Challenge, "origin": s.Origin, "crossOrigin": false})
	if err != nil {
		t.Fatal(err)
	}
	return w, b
}

// head is the authenticator data before the credential: whose site, that somebody touched it and typed the PIN, how often it signed.
func (s *Stick) head(rp string, flags byte) []byte {
	of := sha256.Sum256([]byte(rp))
	return binary.BigEndian.AppendUint32(append(of[:], flags|0x05), s.Count)
}

// Create answers to what BeginKey asked.
func (s *Stick) Create(t testing.TB, options string) string {
	t.Helper()
	w, client := s.client(t, "webauthn.create", options)
	point, err := s.secret.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	public, err := webauthncbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	if err != nil {
		t.Fatal(err)
	}
	data := append(s.head(w.RP.ID, 0x40), make([]byte, 16)...)
	data = append(binary.BigEndian.AppendUint16(data, uint16(len(s.id))), s.id...)
	data = append(data, public...)
	object, err := webauthncbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": data})
	if err != nil {
		t.Fatal(err)
	}
	return s.pack(t, map[string]any{"clientDataJSON": url64(client), "attestationObject": url64(object)})
}

// Get answers to what AskKey asked, and counts.
func (s *Stick) Get(t testing.TB, options string) string {
	t.Helper()
	w, client := s.client(t, "webauthn.get", options)
	s.Count++
	data := s.head(w.RPID, 0)
	sum := sha256.Sum256(client)
	whole := sha256.Sum256(append(append([]byte{}, data...), sum[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, s.secret, whole[:])
	if err != nil {
		t.Fatal(err)
	}
	return s.pack(t, map[string]any{"clientDataJSON": url64(client), "authenticatorData": url64(data), "signature": url64(signature)})
}

func (s *Stick) pack(t testing.TB, response map[string]any) string {
	t.Helper()
	b, err := json.Marshal(map[string]any{"id": url64(s.id), "rawId": url64(s.id), "type": "public-key", "response": response})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
