package renewing_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"testing"

	"golang.org/x/image/draw"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	scanner "hefa/internal/scan"
	"hefa/internal/testbed"
)

// pageOf is a scanned page with the code of a number, or an empty one.
func pageOf(t testing.TB, no string) scanner.Leaf {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 600, 840))
	draw.Draw(m, m.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if no != "" {
		code, err := png.Decode(bytes.NewReader(slipOf(no)))
		if err != nil {
			t.Fatal(err)
		}
		draw.NearestNeighbor.Scale(m, image.Rect(60, 600, 240, 780), code, code.Bounds(), draw.Src, nil)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return scanner.Leaf{Picture: b.Bytes()}
}

func bookOf(t testing.TB, leaves ...scanner.Leaf) io.Reader {
	t.Helper()
	made, err := scanner.Bind(leaves)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(made)
}

// TestASlipThatWasScannedAsAPDFFilesItself takes a PDF of one slip with its back, and refuses one of several.
func TestASlipThatWasScannedAsAPDFFilesItself(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, worker := renewing.New(o.DB, o.Files), testbed.As(access.Village)
		for range 2 {
			o.Certificate(t, o.Person(t), o.Today().AddMonths(1))
		}
		if _, err := desk.RemindAll(t.Context(), access.Program(), ""); err != nil {
			t.Fatal(err)
		}
		l, err := desk.Reminders(t.Context(), worker, renewing.Filter{Limit: 9})
		if err != nil || len(l.Reminders) != 2 {
			t.Fatal(l, err)
		}
		one, two := l.Reminders[0].Reminder.No, l.Reminders[1].Reminder.No
		filed, err := desk.FileScans(t.Context(), worker, []renewing.Scanned{
			{Name: "1.pdf", File: bookOf(t, pageOf(t, one), pageOf(t, ""))},
			{Name: "2.pdf", File: bookOf(t, pageOf(t, one), pageOf(t, two))},
			{Name: "3.pdf", File: bookOf(t, pageOf(t, two), pageOf(t, ""), pageOf(t, ""), pageOf(t, ""), pageOf(t, ""))},
			{Name: "4.pdf", File: bookOf(t, pageOf(t, ""))},
		}, reminder.Receipt{On: o.Today(), Signer: reminder.Self})
		if err != nil || len(filed) != 4 || filed[0].Err != nil || filed[0].No != one {
			t.Fatal(filed, err)
		}
		for i, want := range []string{"refused: reminder.scan.several", "refused: reminder.scan.several", "refused: reminder.scan.none"} {
			if got := filed[i+1].Err; got == nil || got.Error() != want {
				t.Errorf("%s: %v, want %s", filed[i+1].Name, got, want)
			}
		}
		kind, f, err := desk.Proof(t.Context(), worker, l.Reminders[0].Reminder.ID, "")
		if err != nil || kind != "application/pdf" {
			t.Fatal(kind, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
}

// N41: who refuses to sign before a witness has been told; the 15 days run from that day.
func TestARefusedSlipWithAWitnessStartsTheFifteenDays(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, worker := renewing.New(o.DB, o.Files), testbed.As(access.Village)
		p := o.Person(t)
		o.Certificate(t, p, "2025-01-01")
		id, err := desk.MakeReminder(t.Context(), testbed.As(access.Township), p.ID, reminder.Review)
		if err != nil {
			t.Fatal(err)
		}
		slip := renewing.Slip{Receipt: reminder.Receipt{On: "2020-04-01", Signer: reminder.Refused}, File: scan(t)}
		if err := desk.ReceiveReminder(t.Context(), worker, id, slip); len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Name != "witness" {
			t.Errorf("without a witness: %v", err)
		}
		slip.Witness, slip.File = "测试见证人", scan(t)
		if err := desk.ReceiveReminder(t.Context(), worker, id, slip); err != nil {
			t.Fatal(err)
		}
		f, err := desk.Reminder(t.Context(), worker, id)
		if r := f.Reminder; err != nil || r.State != reminder.Received || r.Due != "2020-04-16" || r.Signer != reminder.Refused || r.Witness != "测试见证人" {
			t.Errorf("%+v %v", r, err)
		}
	})
}
