package paper

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
)

//go:embed fonts
var fonts embed.FS

// look is one of the official faces of a paper.
type look int

// The looks; the order is also that of the files' table.
const (
	song look = iota // 宋: body text
	hei              // 黑: titles and heads
	kai              // 楷: the last fallback
)

// faces says which file holds a look, its PostScript name, and whether papers can be made without it.
var faces = [...]struct {
	file, name string
	optional   bool
}{
	song: {"fonts/song.ttf", "NotoSerifSC-Regular", false},
	hei:  {"fonts/hei.ttf", "NotoSansSC-Medium", false},
	kai:  {"fonts/kai.ttf", "LXGWWenKai-Regular", true},
}

// ErrFonts says that the program was built without typefaces.
var ErrFonts = errors.New("the typefaces of papers are missing: run `make fonts`, then build again")

// shelf holds the opened faces by look; an optional one may be nil.
type shelf [len(faces)]*trueType

// embedded opens the faces inside the program, once.
var embedded = sync.OnceValues(func() (*shelf, error) { return openShelf(fonts) })

// openShelf opens every face in files; ErrFonts when one that papers need is not there.
func openShelf(files fs.FS) (*shelf, error) {
	var s shelf
	for look, f := range faces {
		file, err := files.Open(f.file)
		if errors.Is(err, fs.ErrNotExist) {
			if f.optional {
				continue
			}
			return nil, ErrFonts
		}
		if err != nil {
			return nil, fmt.Errorf("opening %s: %w", f.file, err)
		}
		stat, err := file.Stat()
		if err != nil {
			return nil, fmt.Errorf("measuring %s: %w", f.file, err)
		}
		at, ok := file.(io.ReaderAt) // files of an embed.FS are
		if !ok {
			return nil, fmt.Errorf("opening %s: it cannot be read at a place", f.file)
		}
		if s[look], err = parseTrueType(at, stat.Size()); err != nil {
			return nil, fmt.Errorf("reading %s: %w", f.file, err)
		}
	}
	return &s, nil
}

// find is the first look of the chain (chosen, then 宋, then 楷) that draws r, and the glyph there. A glyph without ink counts for spaces only.
func (s *shelf) find(chosen look, r rune) (look, int, bool) {
	for _, l := range [...]look{chosen, song, kai} {
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
