package casework_test

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"
	"io"
	"slices"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestAPageShowsASmallPhoto: the page of a case shows a small picture, of which the audit says once a day who saw it; the photo itself stays as it is.
func TestAPageShowsASmallPhoto(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, ctx := casework.New(o.DB, o.Files), testbed.As(access.Township), t.Context()
		a := o.Case(t, o.Person(t), application.Draft)
		id, err := desk.AddAttachment(ctx, by, a.ID, casework.Upload{Paper: "photo", Name: "照片.jpg", Content: bytes.NewReader(picture(t, 900, 1260))})
		if err != nil {
			t.Fatal(err)
		}
		photo := attached(t, o, a, id)
		first := small(t, desk, a.ID, id)
		if second := small(t, desk, a.ID, id); !bytes.Equal(first, second) {
			t.Error("another picture the second time")
		}
		m, err := jpeg.Decode(bytes.NewReader(first))
		if err != nil || m.Bounds().Dx() != 350 || m.Bounds().Dy() != attachment.SmallSide {
			t.Errorf("%v %v", m.Bounds(), err)
		}
		lookedAt(t, o, id, 1)
		if _, err := desk.SmallPhoto(ctx, testbed.As(access.Clerk), a.ID, id); err != nil {
			t.Error(err)
		}
		lookedAt(t, o, id, 2)
		o.Wait(2)
		small(t, desk, a.ID, id)
		lookedAt(t, o, id, 3)
		o.Update(t, access.Township, func(tx *store.Tx) error {
			old := photo
			old.Small = ""
			return tx.KeepSmall(old)
		})
		if again := small(t, desk, a.ID, id); !bytes.Equal(first, again) {
			t.Error("a photo of before got another picture")
		}
		if got := attached(t, o, a, id); hashes(got) != hashes(photo) {
			t.Errorf("%+v is not %+v", got, photo)
		}
		keptAndUsed(t, o, photo)
	})
}

// hashes is what can be compared of a photo.
func hashes(a attachment.Attachment) [4]string { return [4]string{a.Hash, a.Original, a.Small, a.Type} }

func attached(t *testing.T, o *testbed.Office, of application.Application, id attachment.ID) (a attachment.Attachment) {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) (err error) { a, err = tx.Attachment(of, id); return err })
	return a
}

func small(t *testing.T, desk *casework.Desk, of application.ID, id attachment.ID) []byte {
	t.Helper()
	f, err := desk.SmallPhoto(t.Context(), testbed.As(access.Township), of, id)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return b
}

// lookedAt counts the lines of the audit about the photo.
func lookedAt(t *testing.T, o *testbed.Office, id attachment.ID, want int) {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) error {
		lines, err := tx.Timeline(testbed.County, "attachment", string(id))
		if len(lines) != want {
			t.Errorf("%d of %d lines: %+v", len(lines), want, lines)
		}
		return err
	})
}

// keptAndUsed finds the small picture, the photo and what was sent among what a backup takes and a check knows.
func keptAndUsed(t *testing.T, o *testbed.Office, a attachment.Attachment) {
	t.Helper()
	all, err := o.DB.Contents(context.Background())
	for _, hash := range []string{a.Hash, a.Original, a.Small} {
		uses, wrong := o.DB.FileUses(context.Background(), hash)
		if err = errors.Join(err, wrong); err != nil || hash == "" || !slices.Contains(all, hash) || len(uses) != 1 {
			t.Errorf("%q is used by %+v, among %d: %v", hash, uses, len(all), err)
		}
	}
}

// TestNothingElseIsShownSmall: another paper, a stranger's case and a case that is over.
func TestNothingElseIsShownSmall(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by, ctx := casework.New(o.DB, o.Files), testbed.As(access.Township), t.Context()
		a := o.Case(t, o.Person(t), application.Draft)
		paper, err := desk.AddAttachment(ctx, by, a.ID, casework.Upload{Paper: "identity", Name: "身份证.jpg", Content: bytes.NewReader(picture(t, 600, 840))})
		if err != nil {
			t.Fatal(err)
		}
		photo, err := desk.AddAttachment(ctx, by, a.ID, casework.Upload{Paper: "photo", Name: "照片.jpg", Content: bytes.NewReader(picture(t, 600, 840))})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.SmallPhoto(ctx, by, a.ID, paper); fault.Of(err) != fault.Missing {
			t.Errorf("another paper: %v", err)
		}
		if _, err := desk.SmallPhoto(ctx, testbed.Stranger(access.Township), a.ID, photo); fault.Of(err) != fault.Missing {
			t.Errorf("a stranger: %v", err)
		}
		if err := desk.WithdrawApplication(ctx, by, a.ID, "本人不办了"); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.SmallPhoto(ctx, by, a.ID, photo); fault.Of(err) != fault.Missing {
			t.Errorf("a case that is over: %v", err)
		}
	})
}
