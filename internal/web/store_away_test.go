package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/testbed"
)

// TestAFileThatCannotBeKeptIsSaidAtItsField: while the object store is full or away, the form comes again with everything that was typed, no half of the
// file is kept, and the same form is taken when the store is back.
func TestAFileThatCannotBeKeptIsSaidAtItsField(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		store := testbed.OpenObjectStore(t)
		front := store.Behind(t)
		o.Keep(t, store)
		s := openSite(t, o)
		clerk := s.as(access.Township)
		href := "/applications/" + string(o.Case(t, o.Person(t), application.Submitted).ID)
		send := func() answer {
			return clerk.upload(t, href+"/attachments", url.Values{"paper": {"identity"}}, sent{"file", "身份证.jpg", portrait(t)})
		}
		kept := func(want int) {
			t.Helper()
			n := 0
			if err := o.Files.Each(t.Context(), func(string) error { n++; return nil }); err != nil || n != want {
				t.Errorf("%d files are kept, %v; want %d", n, err, want)
			}
		}
		front.Full.Store(true)
		send().want(t, http.StatusInsufficientStorage, `id="f-file-error"`, "空间已满", `value="identity" selected`).lacks(t, "文件已上传")
		kept(0)
		front.Full.Store(false)
		store.Stop(t)
		send().want(t, http.StatusServiceUnavailable, `id="f-file-error"`, "刚才要上传的没有保存", `value="identity" selected`)
		pile := s.as(access.Clerk).upload(t, "/piles", url.Values{"signer": {"guardian"}}, sent{"scans", "一叠.jpg", portrait(t)})
		pile.want(t, http.StatusServiceUnavailable, `id="f-scans-error"`, "刚才要上传的没有保存", `value="guardian" checked`)
		clerk.get(t, href).want(t, http.StatusOK) // everything else goes on
		store.Start(t)
		kept(0)
		page := send().follow(t).want(t, http.StatusOK, "文件已上传")
		kept(1)
		file := fileAddress.FindString(page.body)
		clerk.get(t, file).want(t, http.StatusOK)
		store.Stop(t)
		clerk.get(t, file).want(t, http.StatusServiceUnavailable, "暂时没有应答")
	})
}
