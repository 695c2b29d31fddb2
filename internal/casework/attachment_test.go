package casework_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/person"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// scan is the least that passes for a whole PDF.
const scan = "%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

// picture is a portrait-like JPEG: white ground, a coloured body.
func picture(t *testing.T, wide, high int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			m.Set(x, y, color.White)
			if y > high/4 && x > wide/5 && x < wide*4/5 {
				m.Set(x, y, color.RGBA{180, 120, 90, 255})
			}
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAPaperIsKeptOpenedAndTakenOff(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Township)
		a := o.Case(t, o.Person(t), application.Draft)
		made, err := desk.AddAttachment(t.Context(), by, a.ID, casework.Upload{Paper: "identity", Name: `C:\扫描\533199196105040017 身份证.pdf`, Content: strings.NewReader(scan)})
		if err != nil {
			t.Fatal(err)
		}
		got, content, err := desk.Attachment(t.Context(), by, a.ID, made, "")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err = errors.Join(err, content.Close()); err != nil || string(text) != scan || got.Type != "application/pdf" || got.Name != "*** 身份证.pdf" {
			t.Errorf("opened %+v, %q, %v", got, text, err)
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			lines, err := tx.Timeline(testbed.County, "attachment", string(made))
			if len(lines) != 1 || lines[0].Act != access.AttachmentRead {
				t.Errorf("reading left %+v", lines)
			}
			return err
		})
		if err := desk.RemoveAttachment(t.Context(), by, a.ID, made); err != nil {
			t.Fatal(err)
		}
		if _, _, err := desk.Attachment(t.Context(), by, a.ID, made, ""); fault.Of(err) != fault.Missing {
			t.Errorf("still there after it was taken off: %v", err)
		}
	})
}

// Reading a scan of a file that lies in the archive leaves its reason.
func TestAScanOfTheArchiveWantsAReason(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Township)
		a := o.Case(t, o.Person(t), application.Draft)
		made, err := desk.AddAttachment(t.Context(), by, a.ID, casework.Upload{Paper: "identity", Name: "身份证.pdf", Content: strings.NewReader(scan)})
		if err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			a, err := tx.Application(a.ID)
			if err != nil {
				return err
			}
			a.State = application.Closed
			return tx.SaveApplication(access.ApplicationFile, application.Draft, a, "")
		})
		for _, reason := range []string{"", " 看  ", strings.Repeat("长", 201), "核对 " + string(person.MakeNumber("533199", "1950-01-01", 1))} {
			if _, _, err := desk.Attachment(t.Context(), by, a.ID, made, reason); fault.Of(err) != fault.Invalid {
				t.Errorf("for %q: %v", reason, err)
			}
		}
		_, content, err := desk.Attachment(t.Context(), by, a.ID, made, " 复核 原件 ")
		if err != nil {
			t.Fatal(err)
		}
		_ = content.Close()
		o.Update(t, access.Township, func(tx *store.Tx) error {
			lines, err := tx.Timeline(testbed.County, "attachment", string(made))
			if len(lines) != 1 || !strings.HasSuffix(lines[0].Note, "复核 原件") {
				t.Errorf("reading left %+v", lines)
			}
			return err
		})
	})
}

func TestAPhotoIsCutForTheCardAndTheSentOneKept(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Township)
		a := o.Case(t, o.Person(t), application.Draft)
		sent := picture(t, 900, 900)
		made, err := desk.AddAttachment(t.Context(), by, a.ID, casework.Upload{Paper: "photo", Name: "照片.jpg", Content: bytes.NewReader(sent)})
		if err != nil {
			t.Fatal(err)
		}
		got, content, err := desk.Attachment(t.Context(), by, a.ID, made, "")
		if err != nil {
			t.Fatal(err)
		}
		defer content.Close()
		m, kind, err := image.Decode(content)
		if err != nil || kind != "jpeg" || m.Bounds().Dx()*49/35 != m.Bounds().Dy() {
			t.Errorf("kept a %s of %v, %v", kind, m.Bounds(), err)
		}
		if len(got.Flaws) != 1 || got.Flaws[0] != "shape" {
			t.Errorf("a square photo is judged %v", got.Flaws)
		}
		f, err := o.Files.Open(got.Original)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if kept, err := io.ReadAll(f); err != nil || !bytes.Equal(kept, sent) {
			t.Errorf("the photo as sent is not kept: %v", err)
		}
	})
}

// bomb is a PNG of a few bytes that says it has 60,000 × 60,000 dots.
func bomb(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	out := b.Bytes()
	copy(out[16:], "\x00\x00\xea\x60\x00\x00\xea\x60")
	copy(out[29:], "\x2e\xf6\xe2\x6b") // any checksum; the reader stops at it or at the size
	return out
}

func TestABadUploadIsRefusedAndLeavesNothing(t *testing.T) {
	t.Parallel()
	whole := picture(t, 400, 560)
	for _, c := range []struct {
		name, paper string
		content     io.Reader
		key         string // "" for a defect on the line
	}{
		{"empty", "identity", strings.NewReader(""), "attachment.empty"},
		{"a text", "identity", strings.NewReader("身份证"), "attachment.type"},
		{"a page with a script", "identity", strings.NewReader("<html><script>alert(1)</script>"), "attachment.type"},
		{"a PDF as a photo", "photo", strings.NewReader(scan), "attachment.photo.type"},
		{"a PDF without its end", "identity", strings.NewReader(scan[:20]), "attachment.broken"},
		{"half a JPEG", "identity", bytes.NewReader(whole[:len(whole)/2]), "attachment.broken"},
		{"a huge photo", "photo", io.MultiReader(bytes.NewReader(whole), io.LimitReader(zeros{}, 1<<20)), "attachment.size"},
		{"a pixel bomb", "identity", bytes.NewReader(bomb(t)), "attachment.broken"},
		{"an unknown paper", "passport", strings.NewReader(scan), "attachment.paper"},
		{"a line that breaks", "identity", io.MultiReader(strings.NewReader(scan), iotest.ErrReader(io.ErrUnexpectedEOF)), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := testbed.Open(t, "sqlite")
			root := t.TempDir()
			folder, err := files.Open(root, o.Keys)
			if err != nil {
				t.Fatal(err)
			}
			a := o.Case(t, o.Person(t), application.Draft)
			desk, by := casework.New(o.DB, folder), testbed.As(access.Township)
			_, err = desk.AddAttachment(t.Context(), by, a.ID, casework.Upload{Paper: c.paper, Name: "扫描件", Content: c.content})
			if fields := fault.Fields(err); c.key != "" && (len(fields) != 1 || fields[0].Key != c.key) || c.key == "" && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("want %q, got %v", c.key, err)
			}
			if f, err := desk.Application(t.Context(), by, a.ID); err != nil || len(f.Attachments) != 0 {
				t.Errorf("left %+v, %v", f.Attachments, err)
			}
			_ = filepath.WalkDir(root, func(name string, e os.DirEntry, err error) error {
				if err == nil && !e.IsDir() && e.Name() != "sealed" {
					t.Errorf("left the file %s", name)
				}
				return err
			})
		})
	}
}

type zeros struct{}

// Read gives zeros without end.
func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestADecidedCaseTakesNoPapers(t *testing.T) {
	t.Parallel()
	for _, s := range []application.State{application.Approved, application.Delivered, application.Closed, application.Refused} {
		t.Run(string(s), func(t *testing.T) {
			t.Parallel()
			o := testbed.Open(t, "sqlite")
			a := o.Case(t, o.Person(t), s)
			_, err := casework.New(o.DB, o.Files).AddAttachment(t.Context(), testbed.As(access.Township), a.ID, casework.Upload{Paper: "identity", Content: strings.NewReader(scan)})
			if fault.Of(err) != fault.Refused {
				t.Errorf("got %v", err)
			}
		})
	}
}
