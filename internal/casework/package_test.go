package casework_test

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// remade is a package with each file as change leaves it; nil drops it.
func remade(t *testing.T, whole []byte, change func(name string, content []byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if content = change(f.Name, content); content == nil {
			continue
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnEvidencePackageShowsEveryChange(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		p := o.Person(t)
		a := o.Case(t, p, application.Draft)
		if _, err := desk.AddAttachment(t.Context(), testbed.As(access.Township), a.ID, casework.Upload{Paper: "identity", Name: "身份证.pdf", Content: strings.NewReader(scan)}); err != nil {
			t.Fatal(err)
		}
		inspector := testbed.As(access.Discipline)
		for _, reason := range []string{"", " 查 ", strings.Repeat("长", application.TextMost+1)} {
			if err := desk.WritePackage(t.Context(), inspector, a.ID, reason, io.Discard); fault.Of(err) != fault.Invalid {
				t.Errorf("%q is a reason: %v", reason, err)
			}
		}
		if err := desk.WritePackage(t.Context(), testbed.As(access.Township), a.ID, "县纪委调取", io.Discard); fault.Of(err) != fault.Forbidden {
			t.Errorf("a township took it: %v", err)
		}
		var b bytes.Buffer
		if err := desk.WritePackage(t.Context(), inspector, a.ID, "县纪委调取", &b); err != nil {
			t.Fatal(err)
		}
		check := func(whole []byte, public string) (archive.Package, error) {
			return casework.CheckPackage(bytes.NewReader(whole), int64(len(whole)), public)
		}
		got, err := check(b.Bytes(), "")
		if err != nil || got.Application != string(a.ID) || got.Reason != "县纪委调取" || got.By != inspector.Name || len(got.Files) != 4 || got.Files[3].Name != "papers/01-identity.pdf" {
			t.Fatalf("%+v %v", got, err)
		}
		if _, err := check(b.Bytes(), got.Public); err != nil {
			t.Errorf("under the key that is known: %v", err)
		}
		if _, err := check(b.Bytes(), "BA"+got.Public[2:len(got.Public)-4]+"AAAA"); err == nil {
			t.Error("it fits the key of somebody else")
		}
		var names []string
		remade(t, b.Bytes(), func(name string, content []byte) []byte {
			names = append(names, name)
			if name == "papers/01-identity.pdf" && string(content) != scan {
				t.Error("the scan is another one")
			}
			if name == "case.json" && (bytes.Contains(content, []byte(p.Number)) || !bytes.Contains(content, []byte("attachment.add"))) {
				t.Errorf("the case: %s", content)
			}
			return content
		})
		for _, name := range names {
			for what, change := range map[string]func([]byte) []byte{
				"changed": func(c []byte) []byte { c = slices.Clone(c); c[len(c)/2] ^= 1; return c },
				"longer":  func(c []byte) []byte { return append(slices.Clone(c), '\n') },
				"gone":    func([]byte) []byte { return nil },
			} {
				if _, err := check(remade(t, b.Bytes(), func(n string, c []byte) []byte {
					if n == name {
						return change(c)
					}
					return c
				}), ""); err == nil {
					t.Errorf("%s was %s, and nobody saw it", name, what)
				}
			}
		}
		more := remade(t, b.Bytes(), func(name string, c []byte) []byte { return c })
		z, _ := zip.NewReader(bytes.NewReader(more), int64(len(more)))
		var added bytes.Buffer
		w := zip.NewWriter(&added)
		for _, f := range z.File {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
		extra, _ := w.Create("papers/99-other.pdf")
		_, _ = extra.Write([]byte("x"))
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := check(added.Bytes(), ""); err == nil {
			t.Error("a file that is not on the list was let through")
		}
		taken := 0
		err = o.DB.View(t.Context(), inspector, func(tx *store.Tx) error {
			lines, err := tx.Timeline(testbed.County, "application", string(a.ID))
			for _, l := range lines {
				if l.Act == access.PackageTake && l.Note == "县纪委调取" {
					taken++
				}
			}
			return err
		})
		if err != nil || taken != 1 {
			t.Errorf("%d lines say that it was taken: %v", taken, err)
		}
	})
}

// TestAPackageHoldsWhatTheProgramWrote: the letters of a case that nobody filed yet are in its package, as they were sent, and stay so when it is taken again.
func TestAPackageHoldsWhatTheProgramWrote(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := casework.New(o.DB, o.Files)
		a := o.Case(t, o.Person(t), application.Submitted)
		o.Update(t, access.Approver, func(tx *store.Tx) error {
			_, err := tx.SendLetter(a, store.Letter{Kind: application.CorrectionLetter, Reason: "照片不清楚"})
			return err
		})
		var first archive.PackageFile
		for range 2 {
			var b bytes.Buffer
			if err := desk.WritePackage(t.Context(), testbed.As(access.Discipline), a.ID, "县纪委调取", &b); err != nil {
				t.Fatal(err)
			}
			got, err := casework.CheckPackage(bytes.NewReader(b.Bytes()), int64(b.Len()), "")
			if err != nil || len(got.Files) != 4 || got.Files[3].Name != "papers/01-made.pdf" || first.Name != "" && !bytes.Equal(got.Files[3].Hash, first.Hash) {
				t.Fatalf("%+v, %v", got.Files, err)
			}
			first = got.Files[3]
		}
	})
}

func FuzzCheckPackage(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	part, _ := w.Create(archive.PackageList)
	_, _ = part.Write(archive.Package{Format: archive.PackageFormat, Suite: "sm"}.Text())
	_ = w.Close()
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, whole []byte) {
		if _, err := casework.CheckPackage(bytes.NewReader(whole), int64(len(whole)), ""); err == nil {
			t.Error("something that nobody signed was taken for a package")
		}
	})
}
