package seal

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"hefa/internal/fault"
	"hefa/internal/key"
)

// wrapping is what the master key's secret encrypts with: a key of the suite's own length.
func (m *Master) wrapping(s Suite, salt []byte) (cipher.AEAD, error) {
	secret, err := m.from(salt)
	if err != nil {
		return nil, err
	}
	return s.aead(s.MAC(secret, []byte("hefa wrapping"))[:suites[s].keySize])
}

// Ring is the opened keys of one installation. It may be used by many at once; a key that another process made is fetched when it is met.
type Ring struct {
	master *Master
	suite  Suite
	held   atomic.Pointer[held]

	mu    sync.Mutex
	again func() ([]key.Key, error)
	lost  string // the id that was asked for last and not found
	asked time.Time
}

// held is the keys as they were last read.
type held struct {
	data    map[string]*Key
	current *Key
	index   *Index
	signers map[string]*Signer
	signer  *Signer
}

// NewRing is a ring without keys yet; new ones are made for the suite.
func NewRing(m *Master, s Suite) (*Ring, error) {
	if !s.Valid() {
		return nil, fault.New(fault.Refused, "seal.suite.unknown", string(s))
	}
	return &Ring{master: m, suite: s}, nil
}

// Fresh makes the keys of an installation that has none, and the master key's file when there is none.
func (r *Ring) Fresh() ([]key.Key, error) {
	if err := r.master.ready(true); err != nil {
		return nil, err
	}
	var out []key.Key
	for _, p := range []key.Purpose{key.Data, key.Index, key.Sign} {
		k, err := r.Make(p)
		if err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, nil
}

// Make is a new key, wrapped; it seals nothing before it is loaded.
func (r *Ring) Make(p key.Purpose) (key.Key, error) {
	random := make([]byte, idSize/2+32)
	_, _ = rand.Read(random) // crypto/rand ends the program rather than fail
	k := key.Key{ID: hex.EncodeToString(random[:idSize/2]), Suite: string(r.suite), Purpose: p, State: key.Current}
	secret := random[idSize/2:]
	switch p {
	case key.Data:
		secret = secret[:suites[r.suite].keySize]
	case key.Sign:
		s, err := MakeSigner(k.ID, r.suite)
		if err != nil {
			return k, err
		}
		secret, k.Public = s.private, encoding.EncodeToString(s.Public)
	}
	var err error
	k.Wrapped, k.Master, err = r.master.wrap(r.suite, bound(k), secret)
	return k, err
}

// bound is what a wrapped key is bound to, so that none can be passed off as another.
func bound(k key.Key) string { return k.ID + " " + k.Suite + " " + string(k.Purpose) }

// Load unwraps the keys that are not held yet. again reads them anew when a text turns up that was sealed with an unknown one.
func (r *Ring) Load(keys []key.Key, again func() ([]key.Key, error)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if again != nil {
		r.again = again
	}
	return r.load(keys)
}

func (r *Ring) load(keys []key.Key) error {
	h := held{data: map[string]*Key{}, signers: map[string]*Signer{}}
	if was := r.held.Load(); was != nil {
		h = *was
		h.data, h.signers = maps.Clone(was.data), maps.Clone(was.signers)
	}
	for _, k := range keys {
		if err := r.hold(&h, k); err != nil {
			return err
		}
	}
	if h.current == nil || h.index == nil {
		return fault.New(fault.Refused, "seal.keys.missing")
	}
	r.held.Store(&h)
	return nil
}

// hold unwraps one key into h, unless it is there.
func (r *Ring) hold(h *held, k key.Key) error {
	current := k.State == key.Current
	data, signer := h.data[k.ID], h.signers[k.ID]
	known := data != nil || signer != nil || k.Purpose == key.Index && h.index != nil
	if !known {
		secret, err := r.master.unwrap(Suite(k.Suite), bound(k), k.Wrapped)
		if err != nil {
			return err
		}
		switch k.Purpose {
		case key.Data:
			if data, err = NewKey(k.ID, Suite(k.Suite), secret); err != nil {
				return err
			}
			h.data[k.ID] = data
		case key.Sign:
			if signer, err = NewSigner(k.ID, Suite(k.Suite), secret); err != nil {
				return err
			}
			h.signers[k.ID] = signer
		case key.Index:
			h.index = NewIndex(Suite(k.Suite), secret)
		}
	}
	if current && data != nil {
		h.current = data
	}
	if current && signer != nil {
		h.signer = signer
	}
	return nil
}

// Seal is clear under the current data key.
func (r *Ring) Seal(clear string) string { return r.held.Load().current.Seal(clear) }

// Open is what was sealed under any key of the ring. A clear text is refused: everything kept is sealed.
func (r *Ring) Open(kept string) (string, error) {
	if kept == "" {
		return "", nil
	}
	id, ok := KeyOf(kept)
	if !ok {
		return "", ErrClear
	}
	k, err := r.find(id)
	if err != nil {
		return "", err
	}
	return k.Open(kept)
}

// find is the data key with the id, fetched anew when it is not held; an unknown id is asked for once a second at most.
func (r *Ring) find(id string) (*Key, error) {
	if k := r.held.Load().data[id]; k != nil {
		return k, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if k := r.held.Load().data[id]; k != nil {
		return k, nil
	}
	if r.again == nil || id == r.lost && time.Since(r.asked) < time.Second {
		return nil, fmt.Errorf("key %s: %w", id, ErrKey)
	}
	r.lost, r.asked = id, time.Now()
	keys, err := r.again()
	if err == nil {
		err = r.load(keys)
	}
	if err != nil {
		return nil, err
	}
	if k := r.held.Load().data[id]; k != nil {
		return k, nil
	}
	return nil, fmt.Errorf("key %s: %w", id, ErrKey)
}

// Lookup is what a number is found by: "=" and its blind index, so that a clear number is never taken for one.
func (r *Ring) Lookup(number string) string {
	if number == "" {
		return ""
	}
	return "=" + r.held.Load().index.Lookup(number)
}

// Looked says whether a text is what Lookup gives.
func (r *Ring) Looked(text string) bool { return text == "" || text[0] == '=' && len(text) == 23 }

// KeyOf is the id of the key that a kept text was sealed with; false when it is a clear text.
func (r *Ring) KeyOf(kept string) (id string, ok bool) { return KeyOf(kept) }

// Current is the id of the data key that seals now.
func (r *Ring) Current() string { return r.held.Load().current.ID }

// Suite is the algorithms of new keys.
func (r *Ring) Suite() string { return string(r.suite) }

// Sum is the hash of data in a suite, 32 bytes.
func (r *Ring) Sum(suite string, data []byte) []byte { return Suite(suite).Sum(data) }

// Sign signs the message that is made of the id of the key that signs now.
func (r *Ring) Sign(message func(key string) []byte) ([]byte, error) {
	s := r.held.Load().signer
	if s == nil {
		return nil, fault.New(fault.Refused, "seal.keys.missing")
	}
	return s.Sign(message(s.ID))
}

// Signed says with nil that the signing key made the signature over the message.
func (r *Ring) Signed(k key.Key, message, signature []byte) error {
	public, err := encoding.DecodeString(k.Public)
	if err != nil || k.Purpose != key.Sign {
		return fmt.Errorf("key %s signs nothing: %w", k.ID, errors.Join(err, errSignature))
	}
	return VerifySignature(Suite(k.Suite), public, message, signature)
}

// Rewrap is the key under another master key, whose file is made when there is none.
func (r *Ring) Rewrap(k key.Key, to *Master) (key.Key, error) {
	if err := to.ready(true); err != nil {
		return k, err
	}
	secret, err := r.master.unwrap(Suite(k.Suite), bound(k), k.Wrapped)
	if err != nil {
		return k, err
	}
	k.Wrapped, k.Master, err = to.wrap(Suite(k.Suite), bound(k), secret)
	return k, err
}

// fileSalt is the random bytes that make each file's own key.
const fileSalt = 16

// FileKey is the cipher of one file. head is the id of a data key and a salt, as they stand at the file's beginning; nil makes a new file's, which
// comes back. The file's key is derived from both, so that its pieces may count their nonces.
func (r *Ring) FileKey(head []byte) (with cipher.AEAD, fresh []byte, err error) {
	k := r.held.Load().current
	if head == nil {
		head = freshHead(k.ID)
	} else if len(head) != idSize+fileSalt {
		return nil, nil, fmt.Errorf("a file's head of %d bytes", len(head))
	} else if k, err = r.find(string(head[:idSize])); err != nil {
		return nil, nil, err
	}
	with, err = k.suite.aead(k.suite.MAC(k.secret, head)[:suites[k.suite].keySize])
	return with, head, err
}

// freshHead is the head of a new file: the key's id and a salt.
func freshHead(id string) []byte {
	head := append(make([]byte, 0, idSize+fileSalt), id...)
	head = head[:idSize+fileSalt]
	_, _ = rand.Read(head[idSize:]) // crypto/rand ends the program rather than fail
	return head
}
