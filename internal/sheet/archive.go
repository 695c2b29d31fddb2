package sheet

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"hefa/internal/fault"
)

// archive is the parts of an XLSX file by their names in lower case.
type archive struct {
	parts map[string]*zip.File
}

func openArchive(r io.ReaderAt, size int64) (*archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	if len(z.File) > maxParts {
		return nil, fmt.Errorf("%d parts: %w", len(z.File), errHuge)
	}
	a := &archive{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, fault.New(fault.Invalid, "sheet.old")
		}
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if _, twice := a.parts[name]; !twice {
			a.parts[name] = f
		}
	}
	return a, nil
}

func (a *archive) has(name string) bool { return a.parts[strings.ToLower(name)] != nil }

// part opens one part as UTF-8, bounded.
func (a *archive) part(name string, limit int64) (io.ReadCloser, error) {
	f := a.parts[strings.ToLower(name)]
	if f == nil {
		return nil, fmt.Errorf("part %s is not in the file", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("opening part %s: %w", name, err)
	}
	b := bufio.NewReaderSize(&bound{r: r, packed: f.CompressedSize64, limit: limit}, 64<<10)
	var text io.Reader = b
	if mark, _ := b.Peek(3); len(mark) >= 2 {
		switch {
		case mark[0] == 0xff && mark[1] == 0xfe, mark[0] == 0xfe && mark[1] == 0xff:
			text = transform.NewReader(b, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
		case string(mark) == "\xef\xbb\xbf":
			_, _ = b.Discard(3)
		}
	}
	return struct {
		io.Reader
		io.Closer
	}{text, r}, nil
}

// each calls see for every opening tag of a small part.
func (a *archive) each(name string, see func(s *scanner)) error {
	r, err := a.part(name, maxSmall)
	if err != nil {
		return err
	}
	defer r.Close()
	s := newScanner(r)
	for {
		t, err := s.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading part %s: %w", name, err)
		}
		if t == opens {
			see(s)
		}
	}
}

// relation is where a part points.
type relation struct {
	kind   string // the last word of the type, which Strict and Transitional files share
	target string // the full name of a part
}

// relations reads what the part called name points at, by id; a part without relations points at nothing.
func (a *archive) relations(name string) (map[string]relation, error) {
	dir, base := path.Split(name)
	file := dir + "_rels/" + base + ".rels"
	out := map[string]relation{}
	if !a.has(file) {
		return out, nil
	}
	err := a.each(file, func(s *scanner) {
		if string(s.name) != "Relationship" || strings.EqualFold(s.attr("TargetMode"), "External") {
			return
		}
		target := strings.ReplaceAll(s.attr("Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		out[s.attr("Id")] = relation{path.Base(s.attr("Type")), strings.TrimPrefix(path.Clean("/"+target), "/")}
	})
	return out, err
}
