package registry_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/attachment"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/registry"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/transfer"
)

// filedBefore is a case that was sent back once with a letter, went on and was filed.
func filedBefore(t *testing.T, o *testbed.Office, p person.Person) application.Application {
	t.Helper()
	a := o.Case(t, p, application.Delivered)
	o.Update(t, access.Approver, func(tx *store.Tx) error {
		_, err := tx.SendLetter(a, store.Letter{Kind: application.CorrectionLetter, Reason: "照片不清楚"})
		return err
	})
	if err := archiving.New(o.DB, o.Files).FileApplication(t.Context(), testbed.As(access.Clerk), a.ID, archive.Filing{Reason: "原件在乡镇"}); err != nil {
		t.Fatal(err)
	}
	return a
}

// letterOf is the letter among papers.
func letterOf(t *testing.T, all []archive.Item) archive.Item {
	t.Helper()
	i := slices.IndexFunc(all, func(i archive.Item) bool {
		return i.Kind == archive.Decision && i.Title == "申请材料补正告知书"
	})
	if i < 0 {
		t.Fatalf("no letter among %+v", all)
	}
	return all[i]
}

func TestPapersThatWereBornHereTravelWithTheirHash(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, here, there := registry.New(o.DB, o.Files), testbed.As(access.Clerk), testbed.Stranger(access.Clerk)
		files := archiving.New(o.DB, o.Files)
		p := o.Person(t)
		done := filedBefore(t, o, p)
		s := sendOffOne(t, o, p, testbed.Elsewhere)
		letter := letterOf(t, s.out.Parcel.Papers)
		if letter.Hash == "" || letter.Digest == "" || letter.Suite == "" || letter.Origin != archive.Born {
			t.Fatalf("the signed list names it only: %+v", letter)
		}
		if f, err := files.Dossier(t.Context(), here, p.ID); err != nil || letterOf(t, f.Items).Hash != letter.Hash {
			t.Errorf("the stub: %+v %v", f.Items, err)
		}
		if err := casework.New(o.DB, o.Files).KeepPapers(t.Context(), access.Program(), testbed.County, done.ID); err != nil {
			t.Fatal(err)
		}
		made, err := desk.TakeTransfer(t.Context(), there, s.out.Twin, transfer.Arrival{Village: newVillage(t, o), Seen: true})
		if err != nil {
			t.Fatal(err)
		}
		got, err := desk.Person(t.Context(), there, made)
		if err != nil {
			t.Fatal(err)
		}
		left := got.Cases[0].Application
		if err := files.FileApplication(t.Context(), there, left.ID, archive.Filing{Reason: "随迁移转来"}); err != nil {
			t.Fatal(err)
		}
		f, err := files.Dossier(t.Context(), there, made)
		if err != nil {
			t.Fatal(err)
		}
		if i := letterOf(t, f.Items); i.Hash != letter.Hash || i.Digest != letter.Digest || i.Number != letter.Number || i.Note == "" || i.Application != string(left.ID) {
			t.Errorf("in the file there: %+v", i)
		}
		opens(t, o, left, letter.Hash)
	})
}

// opens reads the paper with the hash in the case that the taking over left.
func opens(t *testing.T, o *testbed.Office, left application.Application, hash string) {
	t.Helper()
	desk, there := casework.New(o.DB, o.Files), testbed.Stranger(access.Clerk)
	f, err := desk.Application(t.Context(), there, left.ID)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(f.Attachments, func(a attachment.Attachment) bool { return a.Hash == hash })
	if i < 0 || !f.Attachments[i].Fixed() {
		t.Fatalf("the case there has %+v", f.Attachments)
	}
	_, content, err := desk.Attachment(t.Context(), there, left.ID, f.Attachments[i].ID, "核对迁入档案")
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	if text, err := io.ReadAll(content); err != nil || !bytes.HasPrefix(text, []byte("%PDF")) {
		t.Errorf("%d bytes, %v", len(text), err)
	}
}

func TestAChangedBornPaperIsRefused(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, there := registry.New(o.DB, o.Files), testbed.Stranger(access.Clerk)
		p := o.Person(t)
		filedBefore(t, o, p)
		s := sendOffOne(t, o, p, testbed.Elsewhere)
		hash := letterOf(t, s.out.Parcel.Papers).Hash
		name := filepath.Join(o.Folder, hash[:2], hash)
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		broken := bytes.Clone(whole)
		broken[len(broken)/2] ^= 1
		arrival := transfer.Arrival{Village: newVillage(t, o), Seen: true}
		for what, change := range map[string]func() error{"a changed byte": func() error { return os.WriteFile(name, broken, 0o600) }, "nothing": func() error { return os.Remove(name) }} {
			if err := change(); err != nil {
				t.Fatal(err)
			}
			if _, err := desk.TakeTransfer(t.Context(), there, s.out.Twin, arrival); fault.Of(err) != fault.Refused {
				t.Errorf("%s was taken over: %v", what, err)
			}
		}
		if err := os.WriteFile(name, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := desk.TakeTransfer(t.Context(), there, s.out.Twin, arrival); err != nil {
			t.Errorf("mended: %v", err)
		}
	})
}

// TestScansThatHangOnNoCaseTravelToo moves somebody whose file holds a slip that came back, and a scan that was destroyed: the first opens in the county of arrival,
// the second leaves no row there.
func TestScansThatHangOnNoCaseTravelToo(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, here, there := registry.New(o.DB, o.Files), testbed.As(access.Clerk), testbed.Stranger(access.Clerk)
		files, p := archiving.New(o.DB, o.Files), o.Person(t)
		done := filedBefore(t, o, p)
		slip, err := o.Files.PutMade(strings.NewReader("%PDF-1.4 slip"), 99)
		if err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			if err := tx.AddAttachment(attachment.Attachment{ID: "gone", Region: p.Region, Application: string(done.ID), Paper: "records", Name: "病历.pdf", Type: "application/pdf", Size: 9, Hash: slip.Hash + "0"}); err != nil {
				return err
			}
			d, _, err := tx.Dossier(testbed.County, p.ID)
			if err != nil {
				return err
			}
			return tx.AddItems(d, []archive.Item{{ID: "slip", Kind: archive.Supplement, Title: "换证告知单回执", Number: "告知 1 号", Day: "2020-03-01", Pages: 1, Origin: archive.Scan, Hash: slip.Hash}})
		})
		if err := store.Outside(t.Context(), o.Address, `UPDATE attachment SET destroyed = '鉴定 1 号' WHERE id = 'gone'`); err != nil {
			t.Fatal(err)
		}
		s := sendOffOne(t, o, p, testbed.Elsewhere)
		made, err := desk.TakeTransfer(t.Context(), there, s.out.Twin, transfer.Arrival{Village: newVillage(t, o), Seen: true})
		if err != nil {
			t.Fatal(err)
		}
		got, err := desk.Person(t.Context(), there, made)
		if err != nil {
			t.Fatal(err)
		}
		left := got.Cases[0].Application
		opens(t, o, left, slip.Hash)
		f, err := casework.New(o.DB, o.Files).Application(t.Context(), there, left.ID)
		if err != nil || slices.ContainsFunc(f.Attachments, func(a attachment.Attachment) bool { return a.Name == "病历.pdf" }) {
			t.Errorf("what was destroyed: %+v %v", f.Attachments, err)
		}
		if err := files.FileApplication(t.Context(), there, left.ID, archive.Filing{Reason: "随迁移转来"}); err != nil {
			t.Fatal(err)
		}
		d, err := files.Dossier(t.Context(), there, made)
		if err != nil || !slices.ContainsFunc(d.Items, func(i archive.Item) bool {
			return i.Hash == slip.Hash && i.Title == "换证告知单回执" && i.Number == "告知 1 号" && i.Origin == archive.Scan
		}) {
			t.Errorf("in the file there: %+v %v", d.Items, err)
		}
		if d, err = files.Dossier(t.Context(), here, p.ID); err != nil || len(d.Items) == 0 {
			t.Errorf("the stub: %+v %v", d.Items, err)
		}
	})
}
