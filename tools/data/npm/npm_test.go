package npm

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"
)

func archive(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	w := tar.NewWriter(zipped)
	for name, text := range map[string]string{"package/dist/a.csv": "a", "package/dist/b.csv": "b"} {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestUnpackFindsTheNamedFiles(t *testing.T) {
	t.Parallel()
	files, err := unpack(archive(t), []string{"dist/b.csv"})
	if err != nil || len(files) != 1 || string(files["dist/b.csv"]) != "b" {
		t.Errorf("%q, %v", files, err)
	}
	if files, err := unpack(archive(t), []string{"dist/b.csv", "dist/c.csv"}); err == nil {
		t.Errorf("a missing file went unseen: %q", files)
	}
}

// The cache holds the archive, so that npm is not asked.
func TestAnotherArchiveIsRefused(t *testing.T) {
	t.Chdir(t.TempDir())
	bytes := archive(t)
	sum := sha256.Sum256(bytes)
	p := Package{Name: "places", Version: "1.0.0", SHA256: hex.EncodeToString(sum[:])}
	if err := os.Mkdir(Cache, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(Cache, "places-1.0.0.tgz")
	if err := os.WriteFile(file, bytes, 0o644); err != nil {
		t.Fatal(err)
	}
	if files, err := p.Files("dist/a.csv"); err != nil || string(files["dist/a.csv"]) != "a" {
		t.Errorf("%q, %v", files, err)
	}
	if err := os.WriteFile(file, append(bytes, 0), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Files("dist/a.csv"); err == nil {
		t.Error("an archive with another digest was taken")
	}
}
