package main

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/testbed"
)

// TestAPackageOnTheCommandLine checks packages as an inspector does: a good one, one with a changed byte or a changed paper, one that lacks a file, one under another key.
func TestAPackageOnTheCommandLine(t *testing.T) {
	t.Parallel()
	o := testbed.Open(t, "sqlite")
	desk, a := casework.New(o.DB, o.Files), o.Case(t, o.Person(t), application.Draft)
	if _, err := desk.AddAttachment(t.Context(), testbed.As(access.Township), a.ID, casework.Upload{Paper: "identity", Name: "身份证.pdf", Content: strings.NewReader("%PDF-1.4 a scan\n%%EOF")}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := desk.WritePackage(t.Context(), testbed.As(access.Discipline), a.ID, "县纪委调取", &b); err != nil {
		t.Fatal(err)
	}
	good := b.Bytes()
	p, err := casework.CheckPackage(bytes.NewReader(good), int64(len(good)), "")
	if err != nil {
		t.Fatal(err)
	}
	byteOff := slices.Clone(good)
	byteOff[len(byteOff)/3] ^= 1
	kept := map[string][]byte{"good.zip": good, "byte.zip": byteOff,
		"paper.zip": rezipped(t, good, func(c []byte) []byte { return append(slices.Clone(c), '\n') }), "gone.zip": rezipped(t, good, func([]byte) []byte { return nil })}
	testscript.Run(t, testscript.Params{Dir: "testdata/package", Setup: func(e *testscript.Env) error {
		e.Setenv("PUBLIC", p.Public)
		e.Setenv("OTHER", otherKey(p.Public))
		for name, content := range kept {
			if err := os.WriteFile(filepath.Join(e.WorkDir, name), content, 0o600); err != nil {
				return err
			}
		}
		return nil
	}})
}

// otherKey is a public key that is not p.
func otherKey(p string) string {
	point, _ := base64.StdEncoding.DecodeString(p) // the program wrote it
	point[len(point)-1] ^= 1
	return base64.StdEncoding.EncodeToString(point)
}

// rezipped is a package whose first paper is as change leaves it; nil drops it.
func rezipped(t *testing.T, whole []byte, change func([]byte) []byte) []byte {
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
		if strings.HasPrefix(f.Name, "papers/01-") {
			if content = change(content); content == nil {
				continue
			}
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
