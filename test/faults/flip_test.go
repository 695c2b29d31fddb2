package faults_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// shelf is a database file with what was saved in it, for reading after damage.
type shelf struct {
	file  []byte
	saved map[certificate.ID]string // every certificate with its holder, as a page would show them
	spots []int                     // where an id of a certificate or a person stands in the file
}

// shown is what a page shows of a certificate and its holder.
func shown(h store.Holder) string { return fmt.Sprintf("%+v", h) }

// stocked is the file of an office with so many certificates.
func stocked(t *testing.T, n int) shelf {
	t.Helper()
	o, s := testbed.Open(t, "sqlite"), shelf{saved: map[certificate.ID]string{}}
	for range n {
		p := o.Person(t)
		c := o.Certificate(t, p, "2029-12-31")
		o.Update(t, access.Township, func(tx *store.Tx) (err error) {
			var h store.Holder
			if h.Certificate, err = tx.Certificate(c.ID); err == nil {
				h.Person, err = tx.Person(p.ID)
			}
			s.saved[c.ID] = shown(h)
			return err
		})
	}
	err := o.DB.Close() // which folds the log into the file
	if err == nil {
		s.file, err = os.ReadFile(o.Address)
	}
	if err != nil {
		t.Fatal(err)
	}
	for c := range s.saved {
		for at, from := 0, 0; ; from = at + 1 {
			if at = bytes.Index(s.file[from:], []byte(c)); at < 0 {
				break
			}
			at += from
			s.spots = append(s.spots, at)
		}
	}
	if len(s.spots) < n {
		t.Fatalf("%d places for %d certificates", len(s.spots), n)
	}
	return s
}

// TestNoFlippedByteOfADatabaseShowsAWrongCertificate turns bits of one byte at a time, half of them near a certificate's row or index entry, and reads
// every certificate by itself and in the list: it is refused, or it is exactly what was saved.
func TestNoFlippedByteOfADatabaseShowsAWrongCertificate(t *testing.T) {
	s := stocked(t, 40)
	refused, harmless, chance := 0, 0, rand.New(rand.NewPCG(7, 11))
	flips := times(60, 1000)
	for i := range flips {
		at, bits := chance.IntN(len(s.file)), byte(1+chance.IntN(255))
		if i%2 == 0 {
			at = min(max(0, s.spots[chance.IntN(len(s.spots))]+chance.IntN(700)-200), len(s.file)-1)
		}
		s.file[at] ^= bits
		if s.read(t, at) {
			harmless++
		} else {
			refused++
		}
		s.file[at] ^= bits
	}
	if refused == 0 {
		t.Error("no flip was noticed, so that nothing was tried")
	}
	t.Logf("%d bytes flipped one by one: %d noticed and refused, %d changed nothing that is shown, 0 wrong certificates", flips, refused, harmless)
}

// read reads all certificates of the file and says whether each could be read; one that reads otherwise than it was saved fails the test.
func (s shelf) read(t *testing.T, at int) (whole bool) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "flipped.db")
	if err := os.WriteFile(name, s.file, 0o600); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(name)
	db, err := store.Open(t.Context(), name, store.Options{Keys: testbed.Keys(), Look: true})
	if err != nil {
		return false
	}
	defer db.Close()
	whole = true
	compare := func(h store.Holder, err error) {
		if err != nil {
			whole = false
		} else if shown(h) != s.saved[h.Certificate.ID] {
			t.Errorf("the byte at %d was flipped and shows\n%s instead of\n%s", at, shown(h), s.saved[h.Certificate.ID])
		}
	}
	for c := range s.saved {
		err := db.View(t.Context(), clerk, func(tx *store.Tx) (err error) {
			var h store.Holder
			if h.Certificate, err = tx.Certificate(c); err == nil {
				h.Person, err = tx.Person(h.Certificate.Person)
			}
			compare(h, err)
			return nil
		})
		if err != nil {
			whole = false
		}
	}
	err = db.View(t.Context(), clerk, func(tx *store.Tx) error {
		all, err := tx.Certificates(store.CertificateFilter{Region: testbed.Township, Limit: 100})
		for _, h := range all {
			compare(h, nil)
		}
		return err
	})
	return whole && err == nil
}

// clerk is who reads.
var clerk = access.Actor{Account: "clerk", Name: "验", Role: access.Clerk, Region: testbed.County}
