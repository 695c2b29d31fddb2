package scanning_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"net"
	"path/filepath"
	"testing"

	"golang.org/x/image/draw"
	"rsc.io/qr"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/job"
	"hefa/internal/paper"
	"hefa/internal/pile"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/scan"
	"hefa/internal/scanning"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// site is an office with a desk for scans.
type site struct {
	*testbed.Office
	desk   *scanning.Desk
	files  *files.Cabinet
	letter renewing.Reminded       // one whose slip is awaited
	sheet  application.Application // one whose evaluation sheet comes back
}

func open(t testing.TB, o *testbed.Office) site {
	t.Helper()
	folder, err := files.Open(t.TempDir(), o.Keys)
	if err != nil {
		t.Fatal(err)
	}
	s := site{Office: o, desk: scanning.New(o.DB, folder), files: folder}
	o.Certificate(t, o.Person(t), o.Today().AddMonths(1))
	renew := renewing.New(o.DB, folder)
	if _, err := renew.RemindAll(t.Context(), access.Program(), testbed.County); err != nil {
		t.Fatal(err)
	}
	l, err := renew.Reminders(t.Context(), testbed.As(access.Township), renewing.Filter{Limit: 9})
	if err != nil || len(l.Reminders) == 0 {
		t.Fatal(l, err)
	}
	s.letter = l.Reminders[0]
	s.sheet = s.numbered(t)
	return s
}

// numbered is an assessed case with a number, as the township gave it.
func (s site) numbered(t testing.TB) application.Application {
	t.Helper()
	a := s.Case(t, s.Person(t), application.Assessed)
	s.Update(t, access.Township, func(tx *store.Tx) error {
		was := a.State
		a.No = "SL-533103-2020-000077"
		return tx.SaveApplication(access.ApplicationAccept, was, a, "")
	})
	return a
}

// page is a scanned page in grey: a code of 25 mm, or none, and n dots that make it differ from every other page; turned clockwise.
func page(t testing.TB, code string, n, turned int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 827, 1169))
	draw.Draw(m, m.Bounds(), image.White, image.Point{}, draw.Src)
	for i := range 40 + n {
		m.SetGray(100+i, 100, color.Gray{})
	}
	if code != "" {
		c, err := qr.Encode(code, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		small, err := png.Decode(bytes.NewReader(c.PNG()))
		if err != nil {
			t.Fatal(err)
		}
		draw.NearestNeighbor.Scale(m, image.Rect(60, 900, 180, 1020), small, small.Bounds(), draw.Src, nil)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, scan.Turned(m, turned), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// book is a PDF as a scanner makes it.
func book(t testing.TB, pages ...[]byte) []byte {
	t.Helper()
	leaves := make([]scan.Leaf, len(pages))
	for i, p := range pages {
		leaves[i].Picture = p
	}
	made, err := scan.Bind(leaves)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// take hands files in as the township.
func (s site) take(t testing.TB, contents ...[]byte) pile.ID {
	t.Helper()
	id, again, err := s.desk.TakePile(t.Context(), testbed.As(access.Township), named(contents...), s.receipt())
	if err != nil || again {
		t.Fatal(again, err)
	}
	return id
}

func named(contents ...[]byte) []scanning.File {
	var out []scanning.File
	for _, c := range contents {
		out = append(out, scanning.File{Name: "扫描0001.pdf", Content: bytes.NewReader(c)})
	}
	return out
}

func (s site) receipt() reminder.Receipt {
	return reminder.Receipt{On: s.Today(), Signer: reminder.Self}
}

// apart takes a pile apart and reads it.
func (s site) apart(t testing.TB, id pile.ID) scanning.Pile {
	t.Helper()
	if err := s.desk.TakeApart(t.Context(), access.Program(), id); err != nil {
		t.Fatal(err)
	}
	return s.read(t, id)
}

// worked takes the jobs of piles away, as if their worker had given up, and says how many there were.
func (s site) worked(t testing.TB) int {
	t.Helper()
	rows, err := s.DB.Claim(t.Context(), []string{job.TakeApart{}.Kind()}, 9, job.Lease)
	for _, r := range rows {
		err = errors.Join(err, s.DB.Finish(t.Context(), r, nil))
	}
	if err != nil {
		t.Fatal(err)
	}
	return len(rows)
}

func (s site) read(t testing.TB, id pile.ID) scanning.Pile {
	t.Helper()
	p, err := s.desk.Pile(t.Context(), testbed.As(access.Township), id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// content is what was filed under a hash.
func (s site) content(t testing.TB, hash string) []byte {
	t.Helper()
	f, err := s.files.Open(hash)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // it was only read
	out, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A form is printed before its case has a number; signed and scanned it comes to the case all the same, and not to one of another county.
func TestASignedFormFilesItselfBeforeTheCaseHasANumber(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s := open(t, o)
		a := o.Case(t, o.Person(t), application.Submitted)
		p := s.apart(t, s.take(t, book(t, page(t, paper.FormCode(a.No, string(a.ID)), 1, 0), page(t, "", 2, 0))))
		if len(p.Pieces) != 1 || p.Pieces[0].State != pile.Filed || p.Pieces[0].Subject != string(a.ID) {
			t.Fatalf("%+v", p.Pieces)
		}
		s.Update(t, access.Township, func(tx *store.Tx) error {
			all, err := tx.Attachments(a)
			if len(all) != 1 || all[0].Paper != "form" {
				t.Errorf("filed as %+v", all)
			}
			return err
		})
		elsewhere := s.take(t, book(t, page(t, paper.FormCode("", "019a0000-0000-7000-8000-000000000000"), 3, 0)))
		if p := s.apart(t, elsewhere); p.Pieces[0].State != pile.Waiting {
			t.Errorf("a form of nobody is %+v", p.Pieces[0])
		}
	})
}

func TestAMixedPileSplitsAndFilesItself(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s := open(t, o)
		id := s.take(t, book(t,
			page(t, "", 1, 0), // before any form
			page(t, s.letter.Reminder.No, 2, 180),
			page(t, pile.Code(s.sheet.No, pile.SheetMark), 3, 90), page(t, "", 4, 90), page(t, pile.Code(s.sheet.No, pile.SheetMark), 5, 0),
			page(t, "533103-2020-T9999999", 6, 0),
			page(t, s.sheet.No, 7, 0)))
		p := s.apart(t, id)
		if p.State != pile.Open || p.Pages != 7 || p.Read != 7 || p.Filed != 2 || p.Waiting != 3 || len(p.Pieces) != 5 {
			t.Fatalf("%+v", p.Pile)
		}
		want := []struct {
			state   pile.PieceState
			kind    pile.Kind
			subject string
			pages   int
		}{{pile.Waiting, "", "", 1}, {pile.Filed, pile.Slip, string(s.letter.Reminder.ID), 1}, {pile.Filed, pile.Case, string(s.sheet.ID), 3}, {pile.Waiting, "", "", 1}, {pile.Waiting, "", "", 1}}
		for i, w := range want {
			k := p.Pieces[i]
			if k.State != w.state || k.Kind != w.kind || k.Subject != w.subject || k.Pages != w.pages || k.State == pile.Waiting && k.Why == "" {
				t.Errorf("paper %d: %+v, want %+v", i, k, w)
			}
		}
		filed := s.content(t, p.Pieces[2].Hash)
		b, err := scan.Open(t.Context(), filed)
		if err != nil || b.Pages() != 3 {
			t.Fatal(b, err)
		}
		for i := range 3 {
			m, _, err := b.Picture(i + 1)
			if err != nil || m == nil || m.Bounds().Dx() > m.Bounds().Dy() {
				t.Errorf("page %d does not stand upright: %v, %v", i+1, m.Bounds(), err)
			}
		}
		s.checkFiled(t, p)
		s.checkSmall(t, id)
		if again := s.apart(t, id); again.Version != p.Version {
			t.Error("a pile that is done was done again")
		}
	})
}

// checkSmall says that each page has a small picture that was made once, and that lists are given it while the readable one stays.
func (s site) checkSmall(t *testing.T, id pile.ID) {
	t.Helper()
	var leaves []pile.Leaf
	err := s.DB.View(t.Context(), testbed.As(access.Township), func(tx *store.Tx) error {
		p, err := tx.Pile(id)
		if err == nil {
			leaves, err = tx.Leaves(p)
		}
		return err
	})
	if err != nil || len(leaves) != 7 {
		t.Fatalf("%d pages, %v", len(leaves), err)
	}
	for _, l := range leaves {
		for hash, side := range map[string]int{l.Small: scanning.Thumbnail, l.Picture: 1170} {
			m, err := scan.Decode(s.content(t, hash))
			if err != nil || max(m.Bounds().Dx(), m.Bounds().Dy()) > side {
				t.Fatalf("page %d: %v, %v", l.No, m.Bounds(), err)
			}
		}
		if err := s.files.Remove(l.Picture); err != nil { // so that only the small one can answer
			t.Fatal(err)
		}
		if got, err := s.desk.Page(t.Context(), testbed.As(access.Township), id, scanning.View{No: l.No, Side: scanning.Thumbnail}); err != nil || len(got) == 0 {
			t.Errorf("page %d in a list: %v", l.No, err)
		}
	}
}

// checkFiled looks at what the pile left with the letter and the case.
func (s site) checkFiled(t *testing.T, p scanning.Pile) {
	t.Helper()
	err := s.DB.View(t.Context(), testbed.As(access.Township), func(tx *store.Tx) error {
		r, err := tx.Reminder(s.letter.Reminder.ID)
		if err != nil || r.State != reminder.Received || r.Proof != p.Pieces[1].Hash || r.ProofType != "application/pdf" {
			t.Errorf("%+v %v", r, err)
		}
		all, err := tx.Attachments(s.sheet)
		if err != nil || len(all) != 1 || all[0].Paper != "assessment" || all[0].Pages != 3 || all[0].Hash != p.Pieces[2].Hash {
			t.Errorf("%+v %v", all, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheSamePileIsTakenOnce(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		s := open(t, o)
		scanned := book(t, page(t, s.letter.Reminder.No, 1, 0))
		id := s.take(t, scanned)
		s.apart(t, id)
		same, again, err := s.desk.TakePile(t.Context(), testbed.As(access.Township), named(scanned), s.receipt())
		if err != nil || !again || same != id {
			t.Errorf("%s %v %v, want %s", same, again, err, id)
		}
		third := book(t, page(t, "", 3, 0))
		stuck := s.take(t, third)
		s.worked(t)
		if again, _, err := s.desk.TakePile(t.Context(), testbed.As(access.Township), named(third), s.receipt()); err != nil || again != stuck || s.worked(t) != 1 {
			t.Errorf("handed in again, a pile whose work had died stays so: %s %v", again, err)
		}
		other := s.take(t, book(t, page(t, s.letter.Reminder.No, 1, 0), page(t, "", 2, 0)))
		if p := s.apart(t, other); p.Pieces[0].State != pile.Waiting || p.Pieces[0].Why == "" {
			t.Errorf("a slip was taken in twice: %+v", p.Pieces[0])
		}
	})
}

func TestWhatCannotBeAPileIsRefusedInWords(t *testing.T) {
	t.Parallel()
	s := open(t, testbed.Open(t, "sqlite"))
	good := page(t, "", 1, 0)
	for _, c := range []struct {
		key   string
		files [][]byte
	}{
		{"pile.scans.missing", nil},
		{"pile.scans.missing", [][]byte{nil}},
		{"pile.scans.kind", [][]byte{[]byte("PK\x03\x04 a spreadsheet")}},
		{"scan.pdf.broken", [][]byte{[]byte("%PDF-1.7\n%%EOF")}},
		{"attachment.broken", [][]byte{good, good[:len(good)/2]}},
	} {
		_, _, err := s.desk.TakePile(t.Context(), testbed.As(access.Township), named(c.files...), s.receipt())
		if f := fault.Fields(err); len(f) == 0 || f[0].Key != c.key || f[0].Name != "scans" {
			t.Errorf("%v, want %s", err, c.key)
		}
	}
	s.Policy(t, "pile.pages", "2")
	_, _, err := s.desk.TakePile(t.Context(), testbed.As(access.Township), named(book(t, good, good, good)), s.receipt())
	if f := fault.Fields(err); len(f) == 0 || f[0].Key != "pile.scans.pages" {
		t.Errorf("three pages where two may be: %v", err)
	}
}

// scanner is a clamd that says of every content what it is told to.
func scanner(t *testing.T, answer string) *files.Clamd {
	t.Helper()
	at := filepath.Join(t.TempDir(), "clamd.ctl")
	l, err := net.Listen("unix", at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(c, answer+"\x00")
			go func() { _, _ = io.Copy(io.Discard, c) }() // until the other end hangs up
		}
	}()
	c, err := files.NewClamd("unix:" + at)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestWhatTheVirusScannerSaysIsSaid: the clerk reads which file is infected or too large; when nobody looks at it just now, it is to be handed in later.
func TestWhatTheVirusScannerSaysIsSaid(t *testing.T) {
	t.Parallel()
	s := open(t, testbed.Open(t, "sqlite"))
	for answer, want := range map[string]struct {
		kind fault.Kind
		key  string
	}{
		"stream: Eicar-Test-Signature FOUND":  {fault.Invalid, "files.infected"},
		"INSTREAM size limit exceeded. ERROR": {fault.Invalid, "files.clamd.large"},
		"stream: Can't allocate memory ERROR": {fault.Away, "files.clamd.away"},
	} {
		s.files.Clamd = scanner(t, answer)
		_, _, err := s.desk.TakePile(t.Context(), testbed.As(access.Township), named(page(t, "", 1, 0)), s.receipt())
		if f := fault.Fields(err); fault.Of(err) != want.kind || len(f) != 1 || f[0].Name != "scans" || f[0].Key != want.key {
			t.Errorf("%s: %v %+v, want %s", answer, err, f, want.key)
		}
	}
}
