package seal

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hefa/internal/fault"
)

// Master wraps and unwraps the keys that lie in the database. It comes from a file, a passphrase or another program, and is asked only when keys
// are made or the store is opened.
type Master struct {
	ready  func(fresh bool) error // makes what is missing when the installation is fresh
	secret func(salt []byte) ([]byte, error)
	run    func(verb string, in []byte) ([]byte, error) // another program wraps; nil when secret does
	salted bool

	mu    sync.Mutex
	known map[string][]byte // secrets by salt, because a passphrase takes 30 ms
}

// masterSize is the bytes of a master key.
const masterSize = 32

// MasterSecret is the master key itself, for tests and for programs that hold it in memory.
func MasterSecret(secret []byte) *Master {
	return &Master{ready: func(bool) error { return nil }, secret: func([]byte) ([]byte, error) { return secret, nil }}
}

// MasterFile is a master key of 64 hexadecimal digits in a file that only its owner may read. A fresh installation makes the file; a missing one
// is never made anew for an installation that has keys, because it could not open them.
func MasterFile(name string) *Master {
	return &Master{
		ready: func(fresh bool) error {
			if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) || !fresh {
				return err
			}
			return makeMaster(name)
		},
		secret: func([]byte) ([]byte, error) {
			text, err := os.ReadFile(name)
			if errors.Is(err, fs.ErrNotExist) {
				return nil, fault.New(fault.Refused, "seal.master.missing", name).Because(err)
			}
			if err != nil {
				return nil, err
			}
			secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
			if err != nil || len(secret) != masterSize {
				return nil, fault.New(fault.Refused, "seal.master.damaged", name)
			}
			return secret, nil
		},
	}
}

// makeMaster writes a fresh key whole or not at all, and never over another one.
func makeMaster(name string) error {
	secret := make([]byte, masterSize)
	_, _ = rand.Read(secret) // crypto/rand ends the program rather than fail
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, ".master-*") // mode 0600
	if err != nil {
		return fmt.Errorf("making the master key: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.WriteString(hex.EncodeToString(secret) + "\n")
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return fmt.Errorf("making the master key: %w", err)
	}
	if err := os.Link(tmp.Name(), name); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("making the master key: %w", err)
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// MasterPassphrase is a master key derived by argon2id from the passphrase in a file.
func MasterPassphrase(name string) *Master {
	m := MasterSecret(nil)
	m.salted = true
	m.secret = func(salt []byte) ([]byte, error) {
		text, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fault.New(fault.Refused, "seal.master.missing", name).Because(err)
		}
		if err != nil {
			return nil, err
		}
		phrase := strings.TrimRight(string(text), "\r\n")
		if len(phrase) < 16 {
			return nil, fault.New(fault.Refused, "seal.master.short", name)
		}
		return derive(phrase, salt, memory, passes), nil
	}
	return m
}

// commandTime is how long another program may take to wrap or unwrap a key.
const commandTime = 10 * time.Second

// MasterCommand has another program wrap and unwrap: it is called with one more word, wrap or unwrap, gets bytes on its standard input and gives
// bytes on its standard output. So a key service or a cryptographic machine keeps the master key.
func MasterCommand(words []string) *Master {
	m := MasterSecret(nil)
	m.run = func(verb string, in []byte) ([]byte, error) {
		ctx, stop := context.WithTimeout(context.Background(), commandTime)
		defer stop()
		c := exec.CommandContext(ctx, words[0], append(words[1:len(words):len(words)], verb)...)
		c.Stdin = bytes.NewReader(in)
		out, err := c.Output()
		if err != nil || len(out) == 0 {
			return nil, fault.New(fault.Refused, "seal.master.command", words[0]).Because(err)
		}
		return out, nil
	}
	return m
}

// name tells one master key from another without telling the key.
func (m *Master) name(salt []byte) (string, error) {
	if m.run != nil {
		return "command", nil
	}
	secret, err := m.from(salt)
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(International.MAC(secret, []byte("hefa master name"))[:4]), nil
}

// from is the secret with a salt.
func (m *Master) from(salt []byte) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.known[string(salt)]; ok {
		return s, nil
	}
	s, err := m.secret(salt)
	if err != nil {
		return nil, err
	}
	if m.known == nil {
		m.known = map[string][]byte{}
	}
	m.known[string(salt)] = s
	return s, nil
}

// salt is the one that a passphrase was derived with here before, or a fresh one.
func (m *Master) salt() []byte {
	if !m.salted {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for s := range m.known {
		return []byte(s)
	}
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // crypto/rand ends the program rather than fail
	return salt
}

// wrap is secret under the master key, bound to what says, with the salt before it.
func (m *Master) wrap(s Suite, what string, secret []byte) (wrapped, name string, err error) {
	salt := m.salt()
	if name, err = m.name(salt); err != nil {
		return "", "", err
	}
	if m.run != nil {
		out, err := m.run("wrap", secret)
		return "." + encoding.EncodeToString(out), name, err
	}
	aead, err := m.wrapping(s, salt)
	if err != nil {
		return "", "", err
	}
	raw := make([]byte, nonceSize)
	_, _ = rand.Read(raw) // crypto/rand ends the program rather than fail
	raw = aead.Seal(raw, raw, secret, []byte(what))
	return encoding.EncodeToString(salt) + "." + encoding.EncodeToString(raw), name, nil
}

// unwrap is the secret that wrap hid; under another master key it is refused in words that an operator understands.
func (m *Master) unwrap(s Suite, what, wrapped string) ([]byte, error) {
	head, body, ok := strings.Cut(wrapped, ".")
	salt, err1 := encoding.DecodeString(head)
	raw, err2 := encoding.DecodeString(body)
	if !ok || err1 != nil || err2 != nil || len(raw) < nonceSize {
		return nil, fault.New(fault.Refused, "seal.wrapped.damaged", what)
	}
	if m.run != nil {
		return m.run("unwrap", raw)
	}
	aead, err := m.wrapping(s, salt)
	if err != nil {
		return nil, err
	}
	secret, err := aead.Open(nil, raw[:nonceSize], raw[nonceSize:], []byte(what))
	if err != nil {
		return nil, fault.New(fault.Refused, "seal.master.wrong").Because(err)
	}
	return secret, nil
}
