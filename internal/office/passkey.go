package office

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/id"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// askedFor is how long a key may take to answer.
const askedFor = 5 * time.Minute

// asked is what a key, or the identity provider, was asked under a sign-in; Name is that of a new key, "" when an old one is asked.
type asked struct {
	Name  string `json:"name,omitempty"`
	Kept  string `json:"kept"`
	Link  string `json:"link,omitempty"` // in place of a key: the errand to the identity provider that links the account
	Until int64  `json:"until"`
}

// holder is whose keys are asked; keys that may have been copied are not.
func (s seconds) holder() seal.KeyHolder {
	h := seal.KeyHolder{ID: string(s.of.ID), Login: s.of.Login, Name: s.of.Name}
	for _, k := range s.keys {
		if k.Good() {
			h.Credentials = append(h.Credentials, k.Credential)
		}
	}
	return h
}

// BeginKey begins the actor's new key once they proved who they are, and gives what the browser is told to make it, as JSON; AddKey takes the answer.
func (d *Desk) BeginKey(ctx context.Context, by access.Actor, name string, p Proof) (string, error) {
	if d.keys == nil {
		return "", fault.New(fault.Refused, "key.unready")
	}
	name = strings.TrimSpace(name)
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		_, s, err := own(tx, by)
		if err == nil {
			err = staff.Passkey{Name: name}.CheckName("name", s.keys)
		}
		return err
	})
	if err == nil {
		err = d.Confirm(ctx, by, p)
	}
	if err != nil {
		return "", err
	}
	var options string
	return options, d.db.Update(ctx, by, func(tx *store.Tx) error {
		_, s, err := own(tx, by)
		if err != nil {
			return err
		}
		var kept string
		if options, kept, err = d.keys.Create(s.holder()); err != nil {
			return err
		}
		return ask(tx, p.Token, asked{Name: name, Kept: kept})
	})
}

// ask keeps what a key is asked under the sign-in of a token.
func ask(tx *store.Tx, token string, a asked) error {
	a.Until = tx.Now().Add(askedFor).UnixMicro()
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return tx.AskSignin(seal.Digest(token), string(text))
}

// take is what was asked under the sign-in with the hash; one that nobody asked, or long ago, is empty.
func take(tx *store.Tx, hash string) (asked, error) {
	var a asked
	text, err := tx.TakeAsked(hash)
	if err != nil || text == "" {
		return a, err
	}
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		return a, err
	}
	if a.Until < tx.Now().UnixMicro() {
		return asked{}, nil
	}
	return a, nil
}

// AddKey takes the answer of the new key that was begun under the sign-in of token, and signs the other devices out. Who had no second factor before gets
// recovery codes, which are shown once.
func (d *Desk) AddKey(ctx context.Context, by access.Actor, token, answer string) ([]string, error) {
	if d.keys == nil {
		return nil, fault.New(fault.Refused, "key.unready")
	}
	var codes []string
	wrong := false
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		codes = nil
		a, s, err := own(tx, by)
		if err != nil {
			return err
		}
		was, err := take(tx, seal.Digest(token))
		if err != nil {
			return err
		}
		if wrong = was.Name == ""; wrong {
			return nil
		}
		k := staff.Passkey{ID: id.New(), Name: was.Name, Since: tx.Now().UnixMicro()}
		k.Credential, k.Handle, err = d.keys.Created(s.holder(), was.Kept, answer)
		if wrong = errors.Is(err, seal.ErrPasskey); wrong {
			return nil
		}
		if err != nil {
			return err
		}
		if err := tx.AddPasskey(a, k); err != nil {
			return err
		}
		if len(s.factor.Spare) == 0 {
			codes = seal.SpareCodes(spares)
			if err := tx.PutSpare(a, spareIndexes(tx, a.ID, codes)); err != nil {
				return err
			}
		}
		return tx.EndSignins(access.SelfManage, a, seal.Digest(token), "others")
	})
	if err == nil && wrong {
		err = beside("key", "key.wrong.new")
	}
	return codes, err
}

// AskKey is what the browser is told to ask a key of whoever is signed in under token, wholly or by half, as JSON.
func (d *Desk) AskKey(ctx context.Context, by access.Actor, token string) (string, error) {
	if d.keys == nil {
		return "", fault.New(fault.Refused, "key.unready")
	}
	var options string
	return options, d.db.Update(ctx, by, func(tx *store.Tx) error {
		_, s, err := own(tx, by)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(s.keys, staff.Passkey.Good) {
			return fault.New(fault.Refused, "key.none")
		}
		var kept string
		if options, kept, err = d.keys.Ask(s.holder()); err != nil {
			return err
		}
		return ask(tx, token, asked{Kept: kept})
	})
}

// answer says what is wrong with a key's answer under the sign-in with the hash, "" when it is right. A key whose count went back is taken no more, and the
// audit says so.
func (d *Desk) answer(tx *store.Tx, s seconds, hash, text string) (wrong string, err error) {
	if d.keys == nil {
		return "key.unready", nil
	}
	was, err := take(tx, hash)
	if err != nil {
		return "", err
	}
	if was.Kept == "" || was.Name != "" {
		return "key.late", nil
	}
	good := slices.DeleteFunc(slices.Clone(s.keys), func(k staff.Passkey) bool { return !k.Good() })
	nth, credential, doubled, err := d.keys.Answered(s.holder(), was.Kept, text)
	switch {
	case errors.Is(err, seal.ErrPasskey):
		return "key.wrong", nil
	case err != nil:
		return "", err
	case nth < 0 || nth >= len(good):
		return "key.wrong", nil
	}
	k, note := good[nth], "key-ok"
	k.Credential, k.Used = credential, tx.Now().UnixMicro()
	if doubled {
		k.Doubled, note, wrong = k.Used, "key-doubled", "key.doubled"
	}
	return wrong, tx.SavePasskey(s.of, k, note)
}

// DropKey takes one of the actor's own keys off, once they proved who they are; with the last second factor its recovery codes go too.
func (d *Desk) DropKey(ctx context.Context, by access.Actor, key string, p Proof) error {
	has := func(s seconds) bool {
		return slices.ContainsFunc(s.keys, func(k staff.Passkey) bool { return k.ID == key })
	}
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		_, s, err := own(tx, by)
		if err == nil && !has(s) {
			err = fault.New(fault.Missing, "record.missing")
		}
		return err
	})
	if err == nil {
		err = d.Confirm(ctx, by, p)
	}
	if err != nil {
		return err
	}
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, s, err := own(tx, by)
		switch {
		case err != nil:
			return err
		case !has(s):
			return fault.New(fault.Missing, "record.missing")
		}
		if err := tx.DropPasskey(access.SelfManage, a, key, "key-off"); err != nil {
			return err
		}
		if len(s.keys) > 1 || s.factor.Secret != "" || s.factor.Version == 0 {
			return nil
		}
		return tx.DropFactor(access.SelfManage, a, "spare-off")
	})
}
