package api_test

import (
	"bytes"
	"image"
	"image/png"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/pile"
	"hefa/internal/scanning"
	"hefa/internal/testbed"
)

func TestPilesThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 80))); err != nil {
			t.Fatal(err)
		}
		p.must(422, access.Township, "POST", "/api/v1/piles?name=a.png", "no picture")
		p.must(403, access.Doctor, "POST", "/api/v1/piles?name=a.png", b.String())
		made := p.must(201, access.Township, "POST", "/api/v1/piles?name=a.png", b.String())
		id := regexp.MustCompile(`"id":"([^"]+)"`).FindStringSubmatch(made.text)[1]
		if again := p.must(200, access.Township, "POST", "/api/v1/piles?name=b.png", b.String()); !strings.Contains(again.text, id) {
			t.Errorf("the same file made another pile: %s", again.text)
		}
		if err := scanning.New(o.DB, o.Files).TakeApart(t.Context(), access.Program(), pile.ID(id)); err != nil {
			t.Fatal(err)
		}
		one := "/api/v1/piles/" + id
		read := p.must(200, access.Township, "GET", one, "")
		piece := regexp.MustCompile(`"pieces":\[\{"id":"([^"]+)","pages":\[1\],"state":"waiting"`).FindStringSubmatch(read.text)
		if piece == nil {
			t.Fatal(read.text)
		}
		p.must(200, access.Township, "POST", one+"/pieces/"+piece[1]+"/arrange", `{"move":"rotate","page":1}`)
		p.must(422, access.Township, "POST", one+"/pieces/"+piece[1]+"/file", `{"no":"533103-2020-1"}`)
		p.must(422, access.Township, "POST", one+"/pieces/"+piece[1]+"/discard", `{"reason":""}`)
		p.must(200, access.Township, "POST", one+"/pieces/"+piece[1]+"/discard", `{"reason":"空白页"}`)
		p.must(409, access.Township, "POST", one+"/pieces/"+piece[1]+"/discard", `{"reason":"空白页"}`)
		if all := p.must(200, access.Township, "GET", "/api/v1/piles?state=done", ""); !strings.Contains(all.text, id) {
			t.Errorf("%s", all.text)
		}
	})
}

// TestAFileThatCannotBeKeptIsAProblemOfItsKind: 507 and 503 in words, and the same request is taken when the store is back.
func TestAFileThatCannotBeKeptIsAProblemOfItsKind(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		store := testbed.OpenObjectStore(t)
		front := store.Behind(t)
		o.Keep(t, store)
		p := newProgram(t, o)
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 80))); err != nil {
			t.Fatal(err)
		}
		send := func(status int, words ...string) {
			t.Helper()
			a := p.must(status, access.Township, "POST", "/api/v1/piles?name=a.png", b.String())
			for _, w := range words {
				if !strings.Contains(a.text, w) {
					t.Errorf("%q is not said: %s", w, a.text)
				}
			}
		}
		front.Full.Store(true)
		send(507, `"kind":"full"`, "空间已满", `"field":"scans"`)
		front.Full.Store(false)
		store.Stop(t)
		send(503, `"kind":"away"`, "刚才要上传的没有保存")
		store.Start(t)
		if all := p.must(200, access.Township, "GET", "/api/v1/piles", ""); !strings.Contains(all.text, `"items":[]`) {
			t.Errorf("half a pile is there: %s", all.text)
		}
		send(201)
	})
}
