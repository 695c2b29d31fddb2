package main

import (
	"context"
	"fmt"
	"time"

	"hefa/internal/access"
	"hefa/internal/key"
	"hefa/internal/lang"
	"hefa/internal/office"
)

// keys looks after the keys that personal data is sealed with.
type keys struct {
	List   keysList   `cmd:"" help:"List the keys."`
	Rotate keysRotate `cmd:"" help:"Make a new data key and seal everything anew with it, while officers go on working."`
	Seal   keysSeal   `cmd:"" help:"Seal with the current data key whatever is not: what an older version left clear, or an interrupted rotation."`
	Master keysMaster `cmd:"" help:"Wrap the keys with another master key; stop the server before and give it the new one after."`
}

// keysList shows the keys.
type keysList struct{ place }

// Run prints a line a key: id, purpose, suite, state, master key and day.
func (c *keysList) Run(ctx context.Context) error {
	return c.at(ctx, func(desk *office.Desk) error {
		all, err := desk.Keys(ctx, access.Program())
		if err != nil {
			return told(err)
		}
		for _, k := range all {
			fmt.Printf("%s\t%s\t%s\t%s\t%s\t%s\n", k.ID, k.Purpose, k.Suite, k.State, k.Master, k.Created.Format(time.DateOnly))
		}
		return nil
	})
}

// keysRotate makes a new data key.
type keysRotate struct{ place }

// Run makes the key current and seals everything anew.
func (c *keysRotate) Run(ctx context.Context) error {
	h, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = h.db.Close() }() // what was committed is on disk already
	k, err := h.keys.Make(key.Data)
	if err != nil {
		return told(err)
	}
	if err := office.New(h.db).RotateKey(ctx, access.Program(), k); err != nil {
		return told(err)
	}
	fmt.Println(lang.T("keys.rotated", k.ID))
	return h.reseal(ctx, learn)
}

// learn is how long a running server may take to see a new key; until then it seals with the one before.
const learn = 6 * time.Second

// keysSeal finishes what was interrupted.
type keysSeal struct{ place }

// Run seals whatever is not sealed with the current key.
func (c *keysSeal) Run(ctx context.Context) error {
	h, err := c.open(ctx) // which seals what is clear
	if err != nil {
		return err
	}
	defer func() { _ = h.db.Close() }() // what was committed is on disk already
	return h.reseal(ctx, 0)
}

// reseal passes over rows and files until a pass that began late enough finds nothing.
func (h house) reseal(ctx context.Context, late time.Duration) error {
	desk, sum := office.New(h.db), 0
	settled := time.Now().Add(late)
	for {
		began := time.Now()
		n, err := desk.Reseal(ctx, access.Program(), sealing)
		if err != nil {
			return told(err)
		}
		if sum += n; n == 0 && !began.Before(settled) {
			break
		}
		select {
		case <-time.After(time.Until(settled)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	files, err := h.files.Reseal(ctx, func(done int) { sealing("files", done) })
	if err != nil {
		return told(err)
	}
	fmt.Println(lang.T("keys.sealed", sum, files))
	return nil
}

// keysMaster wraps all keys anew.
type keysMaster struct {
	place
	NewMasterKey        string `help:"File of the new master key; made when there is none." type:"path" xor:"new" required:""`
	NewMasterPassphrase string `help:"File of the new passphrase." type:"path" xor:"new" required:""`
	NewMasterCommand    string `help:"Program that wraps and unwraps from now on." xor:"new" required:""`
}

// Run wraps every key with the new master key in one transaction.
func (c *keysMaster) Run(ctx context.Context) error {
	h, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = h.db.Close() }() // what was committed is on disk already
	to := keyring{MasterKey: c.NewMasterKey, MasterPassphrase: c.NewMasterPassphrase, MasterCommand: c.NewMasterCommand}.master(c.Data)
	desk := office.New(h.db)
	all, err := desk.Keys(ctx, access.Program())
	if err != nil {
		return told(err)
	}
	for i := range all {
		if all[i], err = h.keys.Rewrap(all[i], to); err != nil {
			return told(err)
		}
	}
	if err := desk.RewrapKeys(ctx, access.Program(), all); err != nil {
		return told(err)
	}
	fmt.Println(lang.T("keys.rewrapped", len(all)))
	return nil
}
