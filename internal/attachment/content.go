package attachment

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	_ "image/png" // so that image.DecodeConfig knows PNG
	"io"
	"path"
	"regexp"
	"strings"
	"unicode"

	"hefa/internal/fault"
	"hefa/internal/policy"
)

// mostPixels is the largest picture that is taken: an A4 page at 600 dots an inch has 35 million.
const mostPixels = 40_000_000

// Kind is the content type that the bytes show, "" when it is neither one of Types nor a video.
func Kind(content []byte) string {
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xd8\xff")):
		return "image/jpeg"
	case bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case bytes.HasPrefix(content, []byte("%PDF-")):
		return "application/pdf"
	case len(content) >= 12 && string(content[4:8]) == "ftyp":
		return MP4
	case bytes.HasPrefix(content, []byte("\x1a\x45\xdf\xa3")):
		return WebM
	}
	return ""
}

// Read takes in a file for a paper, up to the paper's limit, and says by its bytes what it is; what rules do not allow is refused. Whether it is Whole is
// asked apart, because that opens pictures.
func Read(from io.Reader, paper string, rules policy.Set) (kind string, content []byte, err error) {
	a := Attachment{Paper: paper}
	if content, err = io.ReadAll(io.LimitReader(from, a.Limit(rules)+1)); err != nil {
		return "", nil, fmt.Errorf("taking in a file: %w", err)
	}
	a.Size, a.Type = int64(len(content)), Kind(content)
	return a.Type, content, a.Check(rules)
}

// Whole refuses a content of the type that was cut off on its way, or is too large a picture to be opened.
func Whole(kind string, content []byte) error {
	ok := true
	switch kind {
	case "application/pdf":
		ok = bytes.Contains(content[max(0, len(content)-1024):], []byte("%%EOF"))
	case "image/png", "image/jpeg":
		size, _, err := image.DecodeConfig(bytes.NewReader(content))
		if err == nil && size.Width*size.Height > mostPixels {
			return flaw("attachment.pixels", mostPixels/10_000)
		}
		ok = err == nil && ends(kind, content)
	}
	if !ok {
		return flaw("attachment.broken")
	}
	return nil
}

// ends says whether a picture is there to its last byte. A JPEG may be followed by what the camera adds, so only decoding tells.
func ends(kind string, content []byte) bool {
	if kind == "image/png" {
		return bytes.Contains(content[max(0, len(content)-64):], []byte("IEND"))
	}
	_, err := jpeg.Decode(bytes.NewReader(content))
	return err == nil
}

func flaw(key string, args ...any) error {
	var p fault.Problems
	p.Add("file", key, args...)
	return p.Fault()
}

var longNumber = regexp.MustCompile(`[0-9]{14,17}[0-9Xx]`)

// nameLength is how many letters of a sender's file name are kept.
const nameLength = 80

// Title is a sender's file name as it is kept: without folders, without signs that cannot be read, and without identity numbers, because it stands in
// the audit.
func Title(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
	name = longNumber.ReplaceAllString(name, "***")
	if r := []rune(name); len(r) > nameLength {
		name = string(r[len(r)-nameLength:])
	}
	return strings.TrimSpace(name)
}
