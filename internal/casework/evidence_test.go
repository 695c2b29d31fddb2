package casework_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/pathway"
	"hefa/internal/policy"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// video is the least that passes for a whole MP4, with size bytes of pictures.
func video(size int) string {
	box := func(name, body string) string {
		n := 8 + len(body)
		return string([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}) + name + body
	}
	return box("ftyp", "isom0000") + box("moov", "metadata") + box("mdat", strings.Repeat("v", size))
}

// remoteCase is a case on the remote way to which the guardian consented, or nobody.
func remoteCase(t *testing.T, o *testbed.Office, s application.State, consented bool) application.Application {
	t.Helper()
	a := o.Case(t, o.Person(t), s)
	o.Update(t, access.Township, func(tx *store.Tx) error {
		w, err := tx.Way(a)
		if err != nil {
			return err
		}
		if w.Path = pathway.Remote; consented {
			w.Consent = &evidence.Consent{Giver: evidence.Guardian, Name: "测试监护", Manner: evidence.Written, On: tx.Today()}
		}
		return tx.SaveWay(access.PathChoose, w, "")
	})
	return a
}

// piece is a piece of evidence as the village would send it.
func piece(o *testbed.Office, k evidence.Kind, content string) casework.Piece {
	return casework.Piece{Name: "右下肢 533199196105040017.mp4", Content: strings.NewReader(content),
		Item: evidence.Item{Kind: k, Taken: o.Now().Add(-time.Hour), Detail: evidence.Detail{Shows: "右下肢抬高", Taker: "测试联络员"}}}
}

func TestEvidenceIsKeptWithHashTimeAndTaker(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Village)
		a := remoteCase(t, o, application.Accepted, true)
		content := video(200_000)
		made, err := desk.AddEvidence(t.Context(), by, a.ID, piece(o, evidence.Video, content))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.AddEvidence(t.Context(), by, a.ID, piece(o, evidence.Photo, string(picture(t, 300, 300)))); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			all, err := tx.Evidence(a)
			if err != nil || len(all) != 2 || all[0].Attachment != made || all[0].Taker != "测试联络员" || all[0].By != by.Name || !all[0].Received.Equal(o.Now().UTC()) ||
				!all[0].Taken.Equal(o.Now().Add(-time.Hour)) {
				t.Errorf("kept %+v, %v", all, err)
			}
			return nil
		})
		got, opened, err := desk.Attachment(t.Context(), testbed.As(access.Township), a.ID, made, "")
		if err != nil {
			t.Fatal(err)
		}
		defer opened.Close()
		text, err := io.ReadAll(opened)
		if err != nil || string(text) != content || got.Type != "video/mp4" || len(got.Hash) != 64 || got.Size != int64(len(content)) || strings.Contains(got.Name, "5331") {
			t.Errorf("opened %+v, %v", got, err)
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			lines, err := tx.Timeline(testbed.County, "attachment", string(made))
			if len(lines) != 1 || lines[0].Act != access.AttachmentRead {
				t.Errorf("reading left %+v", lines)
			}
			return err
		})
	})
}

func TestBadEvidenceIsRefusedAndLeavesNothing(t *testing.T) {
	t.Parallel()
	o := testbed.Open(t, "sqlite")
	o.Policy(t, policy.VideoMegabytes, "1")
	root := t.TempDir()
	folder, err := files.Open(root, o.Keys)
	if err != nil {
		t.Fatal(err)
	}
	desk, by := casework.New(o.DB, folder), testbed.As(access.Village)
	a := remoteCase(t, o, application.Accepted, true)
	for _, c := range []struct {
		name, key string
		change    func(*casework.Piece)
	}{
		{"empty", "attachment.empty", func(p *casework.Piece) { p.Content = strings.NewReader("") }},
		{"a text", "evidence.type", func(p *casework.Piece) { p.Content = strings.NewReader("<html><script>alert(1)") }},
		{"half a video", "evidence.broken", func(p *casework.Piece) { p.Content = strings.NewReader(video(200)[:90]) }},
		{"a video beyond the limit", "files.large", func(p *casework.Piece) { p.Content = strings.NewReader(video(2 << 20)) }},
		{"a picture as a video", "evidence.kind.wrong", func(p *casework.Piece) { p.Content = bytes.NewReader(picture(t, 90, 90)) }},
		{"from the future", "evidence.taken.ahead", func(p *casework.Piece) { p.Taken = o.Now().Add(time.Hour) }},
		{"a line that breaks", "", func(p *casework.Piece) {
			p.Content = io.MultiReader(strings.NewReader(video(200)[:90]), iotest.ErrReader(io.ErrClosedPipe))
		}},
	} {
		p := piece(o, evidence.Video, video(200))
		c.change(&p)
		_, err := desk.AddEvidence(t.Context(), by, a.ID, p)
		if fields := fault.Fields(err); err == nil || c.key != "" && (len(fields) != 1 || fields[0].Key != c.key) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	_ = filepath.WalkDir(root, func(name string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() && e.Name() != "sealed" {
			t.Errorf("left the file %s", name)
		}
		return err
	})
	for name, b := range map[string]application.Application{"without consent": remoteCase(t, o, application.Accepted, false), "decided": remoteCase(t, o, application.Approved, true),
		"on another way": o.Case(t, o.Person(t), application.Accepted)} {
		if _, err := desk.AddEvidence(t.Context(), by, b.ID, piece(o, evidence.Video, video(200))); fault.Of(err) != fault.Refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A piece that nobody has accepted the case on can be taken off again; what is known of it goes with it.
func TestEvidenceIsTakenOff(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, by := casework.New(o.DB, o.Files), testbed.As(access.Village)
		a := remoteCase(t, o, application.Submitted, true)
		made, err := desk.AddEvidence(t.Context(), by, a.ID, piece(o, evidence.Video, video(20)))
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.RemoveAttachment(t.Context(), by, a.ID, made); err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Township, func(tx *store.Tx) error {
			all, err := tx.Evidence(a)
			if len(all) != 0 {
				t.Errorf("left %+v", all)
			}
			return err
		})
	})
}
