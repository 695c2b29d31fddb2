package paper

import (
	"bytes"
	"compress/gzip"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

//go:embed fonts
var fonts embed.FS

// look is one of the official faces of a paper.
type look int

// The looks; the order is also that of the files' table.
const (
	song look = iota // 宋: the text of forms and slips
	hei              // 黑: titles and heads
	rare             // 楷: the last fallback, which has only what 宋 does not draw
	fang             // 仿宋: the text of official letters (GB/T 9704-2012, 5.2.2)
)

// faces says which file holds a look, its PostScript name, whether papers can be made without it, and whether it lies beside the program instead of in it:
// a face whose licence the program does not share.
var faces = [...]struct {
	file, name       string
	optional, beside bool
}{
	song: {"fonts/song.ttf", "NotoSerifSC-Regular", false, false},
	hei:  {"fonts/hei.ttf", "NotoSansSC-Medium", false, false},
	rare: {"fonts/rare.ttf.gz", "LXGWWenKai-Regular", true, false},
	fang: {"fonts/fang.ttf", "FandolFang-Regular", true, true},
}

// ErrFonts says that the program was built without typefaces.
var ErrFonts = errors.New("the typefaces of papers are missing: run `make fonts`, then build again")

// shelf holds the opened faces by look; an optional one may be nil.
type shelf [len(faces)]*trueType

// embedded opens the faces inside the program and beside it, once.
var embedded = sync.OnceValues(func() (*shelf, error) { return openShelf(fonts, os.DirFS(besideProgram())) })

// besideProgram is the folder that holds the faces beside the program; tests of papers look where `make fonts` puts them.
var besideProgram = home

// home is the folder of the program's file.
func home() string {
	file, err := os.Executable()
	if err != nil {
		return "."
	}
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	return filepath.Dir(file)
}

// HasFangsong says whether official letters are set in 仿宋; without that face they are set in 宋. Its error is ErrFonts when no paper can be printed.
func HasFangsong() (bool, error) {
	s, err := embedded()
	return err == nil && s[fang] != nil, err
}

// openShelf opens every face in the program's files and beside it; ErrFonts when one that papers need is not there.
func openShelf(inside, beside fs.FS) (*shelf, error) {
	var s shelf
	for look, f := range faces {
		open, files := openFace, inside
		if f.beside {
			open, files = readFace, beside
		}
		face, err := open(files, f.file)
		switch {
		case err == nil:
			s[look] = face
		case !errors.Is(err, fs.ErrNotExist):
			return nil, err
		case !f.optional:
			return nil, ErrFonts
		}
	}
	return &s, nil
}

// readFace reads one face into memory: a file beside the program would be asked for each sign (measured: an eighth of a letter).
func readFace(files fs.FS, name string) (*trueType, error) {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", name, err)
	}
	return inMemory(data, name)
}

// openFace opens one face inside the program, where its outlines are read as they lie; one that few papers need lies packed, and is read into memory.
func openFace(files fs.FS, name string) (*trueType, error) {
	file, err := files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", name, err)
	}
	if strings.HasSuffix(name, ".gz") {
		return unpackFace(file, name)
	}
	stat, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("measuring %s: %w", name, err)
	}
	at, ok := file.(io.ReaderAt) // files of an embed.FS are
	if !ok {
		return nil, fmt.Errorf("opening %s: it cannot be read at a place", name)
	}
	face, err := parseTrueType(at, stat.Size())
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return face, nil
}

// unpackFace reads a face that lies packed.
func unpackFace(file io.Reader, name string) (*trueType, error) {
	var data []byte
	packed, err := gzip.NewReader(file)
	if err == nil {
		data, err = io.ReadAll(packed)
	}
	if err != nil {
		return nil, fmt.Errorf("unpacking %s: %w", name, err)
	}
	return inMemory(data, name)
}

// inMemory opens a face of which all is read.
func inMemory(data []byte, name string) (*trueType, error) {
	face, err := parseTrueType(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return face, nil
}

// find is the first look of the chain (chosen, then 宋, then 楷) that draws r, and the glyph there. A glyph without ink counts for spaces only.
func (s *shelf) find(chosen look, r rune) (look, int, bool) {
	for _, l := range [...]look{chosen, song, rare} {
		if s[l] == nil {
			continue
		}
		if g := s[l].glyph(r); g != 0 && (!s[l].blank(g) || isSpace(r)) {
			return l, g, true
		}
	}
	return 0, 0, false
}

// isSpace says that r is drawn by moving on: the space, the no-break space and the full-width space.
func isSpace(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\u3000' }
