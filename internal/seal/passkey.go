package seal

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Passkeys asks keys and checks what they answer (Web Authentication Level 3, W3C), for the addresses under which this installation is reached.
type Passkeys struct{ rp *webauthn.WebAuthn }

// NewPasskeys is for pages at the origins, such as https://hefa.example.cn; name is what the browser calls the installation. Browsers ask keys under a name
// only, over TLS or on the machine itself (http://localhost): of origins without a name nothing is made. The first name is the one that keys are bound to, so the
// others must be it or lie below it.
func NewPasskeys(name string, origins []string) (*Passkeys, error) {
	id, named := "", []string{}
	for _, o := range origins {
		u, err := url.Parse(o)
		if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.Scheme != "https" && u.Scheme != "http" {
			return nil, fmt.Errorf("%q is no origin: one is https://NAME or https://NAME:PORT", o)
		}
		host := strings.ToLower(u.Hostname())
		if _, err := netip.ParseAddr(host); err == nil || u.Scheme == "http" && host != "localhost" {
			continue
		}
		if id == "" {
			id = host
		}
		if host != id && !strings.HasSuffix(host, "."+id) {
			return nil, fmt.Errorf("the origin %q does not lie below %s, which keys would be bound to", o, id)
		}
		named = append(named, strings.ToLower(o))
	}
	if id == "" {
		return nil, nil
	}
	rp, err := webauthn.New(&webauthn.Config{RPID: id, RPDisplayName: name, RPOrigins: named, AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementDiscouraged, UserVerification: protocol.VerificationPreferred}})
	if err != nil {
		return nil, fmt.Errorf("keys for %s: %w", id, err)
	}
	return &Passkeys{rp}, nil
}

// KeyHolder is whose keys are asked: what the authenticator shows of them, and the credential records of the keys that they have.
type KeyHolder struct {
	ID, Login, Name string
	Credentials     []string
}

type keyUser struct {
	KeyHolder
	credentials []webauthn.Credential
}

// WebAuthnID is the digest of the account's id: what lies on a key tells nothing about its person.
func (u keyUser) WebAuthnID() []byte                         { return []byte(Digest("passkey " + u.ID))[:32] }
func (u keyUser) WebAuthnName() string                       { return u.Login }
func (u keyUser) WebAuthnDisplayName() string                { return u.Name }
func (u keyUser) WebAuthnCredentials() []webauthn.Credential { return u.credentials }

func (h KeyHolder) user() (keyUser, error) {
	u := keyUser{KeyHolder: h}
	for _, text := range h.Credentials {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			return u, fmt.Errorf("reading a credential record: %w", err)
		}
		u.credentials = append(u.credentials, c)
	}
	return u, nil
}

// Create is what the browser is told to make a new key for h, as JSON, and what must be kept until it answers. Keys that h has already are left out.
func (p *Passkeys) Create(h KeyHolder) (options, kept string, err error) {
	u, err := h.user()
	if err != nil {
		return "", "", err
	}
	var had []protocol.CredentialDescriptor
	for _, c := range u.credentials {
		had = append(had, c.Descriptor())
	}
	creation, session, err := p.rp.BeginRegistration(u, webauthn.WithExclusions(had))
	if err != nil {
		return "", "", fmt.Errorf("asking for a new key: %w", err)
	}
	return asJSON(creation.Response), asJSON(session), nil
}

// ErrPasskey says that what came back is not what a key of the account answers to what was asked.
var ErrPasskey = errors.New("the key's answer does not hold")

// Created is the credential record of the key that answered, and the digest of its id, which no other key has.
func (p *Passkeys) Created(h KeyHolder, kept, answer string) (credential, handle string, err error) {
	u, session, err := again(h, kept)
	if err != nil {
		return "", "", err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return "", "", ErrPasskey
	}
	c, err := p.rp.CreateCredential(u, session, parsed)
	if err != nil {
		return "", "", ErrPasskey
	}
	return asJSON(c), Digest("passkey " + string(c.ID)), nil
}

// Ask is what the browser is told to ask one of h's keys, as JSON, and what must be kept until it answers.
func (p *Passkeys) Ask(h KeyHolder) (options, kept string, err error) {
	u, err := h.user()
	if err != nil {
		return "", "", err
	}
	assertion, session, err := p.rp.BeginLogin(u)
	if err != nil {
		return "", "", fmt.Errorf("asking a key: %w", err)
	}
	return asJSON(assertion.Response), asJSON(session), nil
}

// Answered is which of h's keys answered, its record as it stands now, and whether its count of signatures went back: then a copy of it may be about
// (6.1.1).
func (p *Passkeys) Answered(h KeyHolder, kept, answer string) (nth int, credential string, doubled bool, err error) {
	u, session, err := again(h, kept)
	if err != nil {
		return 0, "", false, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return 0, "", false, ErrPasskey
	}
	c, err := p.rp.ValidateLogin(u, session, parsed)
	if err != nil {
		return 0, "", false, ErrPasskey
	}
	nth = slices.IndexFunc(u.credentials, func(had webauthn.Credential) bool { return string(had.ID) == string(c.ID) })
	return nth, asJSON(c), c.Authenticator.CloneWarning, nil
}

// again is a ceremony as it was begun.
func again(h KeyHolder, kept string) (keyUser, webauthn.SessionData, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal([]byte(kept), &session); err != nil {
		return keyUser{}, session, fmt.Errorf("reading what a key was asked: %w", err)
	}
	u, err := h.user()
	return u, session, err
}

func asJSON(v any) string {
	b, _ := json.Marshal(v) // these records always marshal
	return string(b)
}
