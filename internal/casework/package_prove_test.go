package casework_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/casework"
	"hefa/internal/ledger"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// resigned is a package in which the office itself changed one file and signed it all anew, as only who has the key can.
func resigned(t *testing.T, o *testbed.Office, whole []byte, name string, change func([]byte) []byte) []byte {
	t.Helper()
	var p archive.Package
	var text, signature []byte
	remade(t, whole, func(n string, c []byte) []byte {
		if n == archive.PackageList {
			if err := json.Unmarshal(c, &p); err != nil {
				t.Fatal(err)
			}
		}
		return c
	})
	parts := map[string][]byte{}
	remade(t, whole, func(n string, c []byte) []byte {
		if parts[n] = c; n == name {
			parts[n] = change(c)
		}
		return c
	})
	err := o.DB.View(t.Context(), testbed.As(access.Discipline), func(tx *store.Tx) (err error) {
		for i, f := range p.Files {
			p.Files[i].Size, p.Files[i].Hash = int64(len(parts[f.Name])), tx.Sum(parts[f.Name])
		}
		text, signature, err = tx.SignPackage(p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	parts[archive.PackageList], parts[archive.PackageSignature] = text, signature
	return remade(t, whole, func(n string, _ []byte) []byte { return parts[n] })
}

// TestAPackageProvesItsCourse: each line of a case's course comes with its path in the county's log, and not even the office can change, drop or add one afterwards.
func TestAPackageProvesItsCourse(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		a := o.Case(t, o.Person(t), application.Draft)
		if _, err := desk.AddAttachment(t.Context(), testbed.As(access.Township), a.ID, casework.Upload{Paper: "identity", Name: "身份证.pdf", Content: strings.NewReader(scan)}); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			o.Person(t) // other lines of the county
		}
		if err := o.DB.SealAll(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		o.Wait(1)
		var b bytes.Buffer
		if err := desk.WritePackage(t.Context(), testbed.As(access.Discipline), a.ID, "县纪委调取", &b); err != nil {
			t.Fatal(err)
		}
		check := func(whole []byte) (archive.Package, error) {
			return casework.CheckPackage(bytes.NewReader(whole), int64(len(whole)), "")
		}
		got, err := check(b.Bytes())
		if err != nil || got.Proved < 2 || got.Waiting != 1 { // the line that says that it was taken is fresh
			t.Fatalf("%d proved, %d waiting, %v", got.Proved, got.Waiting, err)
		}
		shown := func(change func(*ledger.Shown)) func([]byte) []byte {
			return func(c []byte) []byte {
				var s ledger.Shown
				if err := json.Unmarshal(c, &s); err != nil {
					t.Fatal(err)
				}
				change(&s)
				out, _ := json.Marshal(s)
				return out
			}
		}
		for what, x := range map[string]struct {
			name   string
			change func([]byte) []byte
		}{
			"another act":  {archive.PackageCase, func(c []byte) []byte { return bytes.Replace(c, []byte("attachment.add"), []byte("attachment.read"), 1) }},
			"another note": {archive.PackageCase, func(c []byte) []byte { return bytes.Replace(c, []byte("身份证.pdf"), []byte("户口簿.pdf"), 1) }},
			"a line less":  {archive.PackageProofs, shown(func(s *ledger.Shown) { s.Lines = s.Lines[1:] })},
			"a sealed line called fresh": {archive.PackageProofs, shown(func(s *ledger.Shown) {
				parts, _ := ledger.Decode(s.Lines[0].Line)
				s.Lines, s.Waiting = s.Lines[1:], append(s.Waiting, parts[1])
			})},
			"another place": {archive.PackageProofs, shown(func(s *ledger.Shown) { s.Lines[0].Leaf++ })},
			"another path":  {archive.PackageProofs, shown(func(s *ledger.Shown) { s.Lines[0].Path[0][0] ^= 1 })},
			"another head":  {archive.PackageProofs, shown(func(s *ledger.Shown) { s.Head.Size++ })},
		} {
			if _, err := check(resigned(t, o, b.Bytes(), x.name, x.change)); err == nil {
				t.Errorf("%s was let through", what)
			}
		}
		if _, err := check(resigned(t, o, b.Bytes(), archive.PackageCase, func(c []byte) []byte { return c })); err != nil {
			t.Errorf("signed anew without a change: %v", err)
		}
	})
}
