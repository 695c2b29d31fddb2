package casework

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"hefa/internal/archive"
	"hefa/internal/seal"
)

// largestPart is the most that one file of a package may unpack to, in bytes.
const largestPart = 64 << 20

// CheckPackage says with nil that a package is as it was signed: the signature over its list fits the key, every file on the list is there with its hash,
// and there is no other. public is the installation's public point as the checker has it from elsewhere, base64; "" takes the package's own, which shows
// only that the package fits itself.
func CheckPackage(r io.ReaderAt, size int64, public string) (p archive.Package, err error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return p, err
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		if _, twice := parts[f.Name]; twice {
			return p, fmt.Errorf("%s: twice", f.Name)
		}
		if parts[f.Name], err = part(f); err != nil {
			return p, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	text := parts[archive.PackageList]
	if err := json.Unmarshal(text, &p); err != nil {
		return p, fmt.Errorf("%s: %w", archive.PackageList, err)
	}
	if p.Format != archive.PackageFormat {
		return p, fmt.Errorf("format %q", p.Format)
	}
	suite := seal.Suite(p.Suite)
	if !suite.Valid() {
		return p, fmt.Errorf("suite %q", p.Suite)
	}
	if public == "" {
		public = p.Public
	}
	point, err := base64.RawStdEncoding.DecodeString(public)
	if err == nil {
		err = seal.VerifySignature(suite, point, archive.PackageMessage(text), parts[archive.PackageSignature])
	}
	if err != nil {
		return p, fmt.Errorf("%s: %w", archive.PackageSignature, err)
	}
	course, proofs := parts[archive.PackageCase], parts[archive.PackageProofs]
	if err := whole(p, parts, suite); err != nil {
		return p, err
	}
	if proofs == nil {
		return p, nil // a package from before there were proofs in it
	}
	if p.Proved, p.Waiting, err = proved(p, course, proofs); err != nil {
		return p, fmt.Errorf("%s: %w", archive.PackageProofs, err)
	}
	return p, nil
}

// whole compares what is in a package with what its list says.
func whole(p archive.Package, parts map[string][]byte, suite seal.Suite) error {
	for _, f := range p.Files {
		content, ok := parts[f.Name]
		switch {
		case !ok:
			return fmt.Errorf("%s: missing", f.Name)
		case int64(len(content)) != f.Size || !bytes.Equal(suite.Sum(content), f.Hash):
			return fmt.Errorf("%s: changed", f.Name)
		}
		delete(parts, f.Name)
	}
	delete(parts, archive.PackageList)
	delete(parts, archive.PackageSignature)
	for name := range parts {
		return fmt.Errorf("%s: not on the list", name)
	}
	return nil
}

func part(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(r, largestPart+1))
	if err = errors.Join(err, r.Close()); err == nil && len(content) > largestPart {
		err = errors.New("too large")
	}
	return content, err
}
