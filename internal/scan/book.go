package scan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	_ "golang.org/x/image/tiff" // what pdfcpu makes of pictures for the press

	"hefa/internal/fault"
)

// The limits within which a PDF is opened. A scanner's page is one picture of some 200 KB; what goes far beyond that is no scan.
const (
	MostPages  = 500        // of one PDF
	MostPixels = 40_000_000 // of one picture: an A4 page at 600 dots an inch has 35 million
	mostStrips = 24         // pictures of one page that are looked at: some scanners cut a page into strips

	mostObjects = 200_000
	mostStream  = 64 << 20  // bytes of one part as it lies in the file
	mostClear   = 160 << 20 // and unpacked: 40 million dots in colour are 120 MB
	deepest     = 64

	opening = 20 * time.Second // for reading the parts of a PDF; a stack of 500 pages takes one
)

// Book is a PDF of which pages are wanted. One goroutine uses it at a time.
type Book struct{ ctx *model.Context }

// still keeps pdfcpu from making a folder of its own in the home of whoever runs the program.
var still = sync.OnceFunc(api.DisableConfigDir)

func config() *model.Configuration {
	still()
	c := model.NewDefaultConfiguration()
	c.Cmd, c.Offline, c.ValidationMode = model.EXTRACTIMAGES, true, model.ValidationRelaxed
	c.OptimizeResourceDicts, c.OptimizeDuplicateContentStreams = false, false
	c.UnsupportedResourcePolicy = model.UnsupportedResourceFail
	c.Limits = model.ResourceLimits{MaxStreamBytes: mostStream, MaxDecodeBytes: mostClear, MaxImagePixels: MostPixels, MaxImageBytes: mostClear,
		MaxObjectCount: mostObjects, MaxObjectStreamCount: mostObjects, MaxObjectStreamFirst: 4 << 20, MaxXRefEntries: mostObjects, MaxRecursionDepth: deepest}
	return c
}

// Open reads the parts of a PDF, not its pictures. What is damaged, locked by a password, too long or built to exhaust is refused in words.
func Open(ctx context.Context, content []byte) (*Book, error) {
	ctx, cancel := context.WithTimeout(ctx, opening)
	defer cancel()
	type result struct {
		book *Book
		err  error
	}
	done := make(chan result, 1)
	go func() { // it ends by the limits above; who waits does not wait for it longer than is fair
		b, err := open(ctx, content)
		done <- result{b, err}
	}()
	select {
	case r := <-done:
		return r.book, r.err
	case <-ctx.Done():
		return nil, fault.New(fault.Refused, "scan.pdf.slow").Because(ctx.Err())
	}
}

func open(ctx context.Context, content []byte) (b *Book, err error) {
	defer func() {
		if p := recover(); p != nil {
			b, err = nil, broken(fmt.Errorf("the reader of PDF panicked: %v", p))
		}
	}()
	c, err := pdfcpu.ReadWithContext(ctx, bytes.NewReader(content), config())
	if errors.Is(err, pdfcpu.ErrWrongPassword) {
		return nil, fault.New(fault.Refused, "scan.pdf.locked").Because(err)
	}
	if err != nil {
		return nil, broken(err)
	}
	if err := c.EnsurePageCount(); err != nil {
		return nil, broken(err)
	}
	switch {
	case c.PageCount < 1:
		return nil, broken(errors.New("a PDF without pages"))
	case c.PageCount > MostPages:
		return nil, fault.New(fault.Refused, "scan.pdf.pages", c.PageCount, MostPages)
	}
	for _, step := range []func(*model.Context) error{api.ValidateContext, api.OptimizeContext} {
		if err := step(c); err != nil {
			return nil, broken(err)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return &Book{c}, nil
}

func broken(err error) error { return fault.New(fault.Refused, "scan.pdf.broken").Because(err) }

// PagesOf is how many pages a content of the type has, 0 for a PDF that cannot be opened here, such as one with a password: then a person counts.
func PagesOf(ctx context.Context, kind string, content []byte) int {
	if kind != "application/pdf" {
		return 1
	}
	b, err := Open(ctx, content)
	if err != nil {
		return 0
	}
	return b.Pages()
}

// Pages is how many pages the PDF has.
func (b *Book) Pages() int { return b.ctx.PageCount }

// Picture is the n-th page (from 1) as it is to be looked at, when the page is a scan: one picture, or the largest of several strips. It is nil for a page
// that is text or drawn, or a picture in a form that cannot be opened here (JBIG2, JPEG 2000). The rest are the page's other strips, where a code may be.
func (b *Book) Picture(n int) (page image.Image, rest []image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			page, rest, err = nil, nil, broken(fmt.Errorf("page %d: the reader of PDF panicked: %v", n, p))
		}
	}()
	_, _, inherited, err := b.ctx.PageDict(n, false)
	if err != nil {
		return nil, nil, broken(err)
	}
	objects := pdfcpu.ImageObjNrs(b.ctx, n)
	slices.Sort(objects)
	var all []image.Image
	for _, o := range objects[:min(len(objects), mostStrips)] {
		found := b.ctx.Optimize.ImageObjects[o]
		if found == nil {
			continue
		}
		if m := b.draw(found, n, o); m != nil {
			all = append(all, m)
		}
	}
	if len(all) == 0 {
		return nil, nil, nil
	}
	slices.SortStableFunc(all, func(x, y image.Image) int { return area(y) - area(x) })
	return Turned(all[0], inherited.Rotate), all[1:], nil
}

func area(m image.Image) int { return m.Bounds().Dx() * m.Bounds().Dy() }

// draw opens one picture of a page, nil when it cannot be opened or is too large.
func (b *Book) draw(found *model.ImageObject, page, object int) image.Image {
	wide, high := found.ImageDict.IntEntry("Width"), found.ImageDict.IntEntry("Height")
	if wide == nil || high == nil || *wide < 1 || *high < 1 || *wide > MostPixels / *high {
		return nil
	}
	made, err := pdfcpu.ExtractImage(b.ctx, found.ImageDict, false, found.ResourceNames[page-1], object, false)
	found.ImageDict.Content = nil // 120 MB of one page are not kept for the next
	if err != nil || made == nil || made.Reader == nil {
		return nil
	}
	content, err := io.ReadAll(io.LimitReader(made.Reader, mostClear))
	if err != nil {
		return nil
	}
	m, err := Decode(content)
	if err != nil {
		return nil
	}
	return m
}

// Decode opens a picture that is not larger than MostPixels.
func Decode(content []byte) (image.Image, error) {
	c, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || c.Width < 1 || c.Height < 1 || c.Width > MostPixels/c.Height {
		return nil, errors.Join(errors.New("a picture that is damaged or too large"), err)
	}
	m, _, err := image.Decode(bytes.NewReader(content))
	return m, err
}

// Leaf is one page that goes into a paper: of a PDF, or a picture.
type Leaf struct {
	Book    *Book  // nil for a picture
	Page    int    // of the book, from 1
	Picture []byte // JPEG or PNG
	Turn    int    // degrees clockwise by which it is turned to be read: 0, 90, 180 or 270
}

// Bind makes one PDF of pages, in their order, each as it was scanned and turned upright. One book's pages are copied, not drawn anew.
func Bind(leaves []Leaf) (made []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			made, err = nil, broken(fmt.Errorf("the writer of PDF panicked: %v", p))
		}
	}()
	var parts []io.ReadSeeker
	for len(leaves) > 0 {
		n := 1
		for n < len(leaves) && leaves[0].Book != nil && leaves[n].Book == leaves[0].Book {
			n++
		}
		part, err := bindRun(leaves[:n])
		if err != nil {
			return nil, err
		}
		parts, leaves = append(parts, bytes.NewReader(part)), leaves[n:]
	}
	var out bytes.Buffer
	if len(parts) == 1 {
		_, err = io.Copy(&out, parts[0])
		return out.Bytes(), err
	}
	c := config()
	c.Cmd = model.MERGECREATE
	c.CreateBookmarks = false
	if err := api.MergeRaw(parts, &out, false, c); err != nil {
		return nil, broken(err)
	}
	return out.Bytes(), nil
}

// bindRun is a PDF of pages of one book, or of one picture.
func bindRun(run []Leaf) ([]byte, error) {
	var to *model.Context
	var err error
	if run[0].Book == nil {
		if to, err = mounted(run[0].Picture); err != nil {
			return nil, broken(err)
		}
	} else {
		pages := make([]int, len(run))
		for i, l := range run {
			pages[i] = l.Page
		}
		if to, err = pdfcpu.ExtractPages(run[0].Book.ctx, pages, false); err != nil {
			return nil, broken(err)
		}
	}
	to.PageCount = len(run)
	for i, l := range run {
		d, _, inherited, err := to.PageDict(i+1, false)
		if err != nil {
			return nil, broken(err)
		}
		d["Rotate"] = types.Integer((inherited.Rotate + l.Turn + 360) % 360)
	}
	var out bytes.Buffer
	if err := api.WriteContext(to, &out); err != nil {
		return nil, broken(err)
	}
	return out.Bytes(), nil
}

// mounted is a PDF of one picture, as large as the picture.
func mounted(picture []byte) (*model.Context, error) {
	var one bytes.Buffer
	c := config()
	c.Cmd = model.IMPORTIMAGES
	if err := api.ImportImages(nil, &one, []io.Reader{bytes.NewReader(picture)}, pdfcpu.DefaultImportConfig(), c); err != nil {
		return nil, err
	}
	return api.ReadValidateAndOptimize(bytes.NewReader(one.Bytes()), config())
}
