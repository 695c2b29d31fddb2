package web_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/image/draw"
	"rsc.io/qr"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/pile"
	"hefa/internal/scanning"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// scanned is a scanned page with a code, or without; n makes it differ from others.
func scanned(t testing.TB, code string, n int) []byte {
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
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// apart takes a pile apart and answers its first paper.
func (s *site) apart(t *testing.T, by access.Actor, id pile.ID) string {
	t.Helper()
	desk := scanning.New(s.office.DB, s.office.Files)
	if err := desk.TakeApart(t.Context(), access.Program(), id); err != nil {
		t.Fatal(err)
	}
	p, err := desk.Pile(t.Context(), by, id)
	if err != nil {
		t.Fatal(err)
	}
	return string(p.Pieces[0].ID)
}

func TestAPileFromTheScannerToTheCase(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a := s.office.Case(t, s.office.Person(t), application.Assessed)
		s.office.Update(t, access.Township, func(tx *store.Tx) error {
			a.No = "533103-2020-000088"
			return tx.SaveApplication(access.ApplicationAccept, a.State, a, "")
		})
		clerk := s.as(access.Township)
		clerk.get(t, "/piles").want(t, http.StatusOK, "还没有扫描件", "上传扫描件")
		clerk.get(t, "/piles/new").want(t, http.StatusOK, "multipart/form-data", "multiple")
		form := url.Values{"received": {string(s.office.Today())}, "signer": {"guardian"}}
		clerk.upload(t, "/piles", form).want(t, http.StatusUnprocessableEntity, "请选择扫描件", `value="guardian" checked`)
		clerk.upload(t, "/piles", form, sent{"scans", "表.xlsx", []byte("PK\x03\x04")}).want(t, http.StatusUnprocessableEntity, "不是 PDF、JPEG 或 PNG")
		taken := clerk.upload(t, "/piles", form, sent{"scans", `C:\扫描\0001.jpg`, scanned(t, pile.Code(a.No, pile.SheetMark), 1)}, sent{"scans", "0002.jpg", scanned(t, "", 2)},
			sent{"scans", "0003.jpg", scanned(t, "533103-2020-T9999999", 3)})
		at := taken.header.Get("Location")
		taken.follow(t).want(t, http.StatusOK, "正在读页", "data-poll").lacks(t, `C:\`)
		clerk.get(t, at+"/progress").want(t, http.StatusOK, "data-poll").lacks(t, "<html")
		s.apart(t, testbed.As(access.Township), pile.ID(strings.TrimPrefix(at, "/piles/")))
		clerk.get(t, at+"/progress").want(t, http.StatusOK, "data-then")
		page := clerk.get(t, at).want(t, http.StatusOK, a.No, "残疾评定", "第 1–2 页", "第 3 页", "不是本地区")
		waits := regexp.MustCompile(at + `/pieces/[^"]+`).FindString(page.body)
		clerk.get(t, waits).want(t, http.StatusOK, "转 90 度", "第 3 页").lacks(t, "从这页起拆成另一份")
		if p := clerk.get(t, at+"/pages/3?size=full").want(t, http.StatusOK); !strings.HasPrefix(p.body, "\xff\xd8") || !strings.Contains(p.header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("no picture: %q", p.header)
		}
		clerk.get(t, at+"/pages/9").want(t, http.StatusNotFound)
		clerk.post(t, waits+"/arrange", url.Values{"move": {"rotate"}, "page": {"3"}}).follow(t).want(t, http.StatusOK, "turn=90")
		clerk.post(t, waits+"/arrange", url.Values{"move": {"split"}, "page": {"3"}}).want(t, http.StatusUnprocessableEntity, "它已是第一页")
		clerk.post(t, waits+"/file", url.Values{"no": {"533103-2020-1"}, "title": {"甲"}}).want(t, http.StatusUnprocessableEntity, "没有“533103-2020-1”这个编号", `value="甲"`)
		clerk.post(t, waits+"/file", url.Values{"no": {a.No}}).want(t, http.StatusUnprocessableEntity)
		clerk.post(t, waits+"/file", url.Values{"no": {a.No}, "paper": {"records"}, "received": {"4月1"}, "promised": {"2020-04-31"}}).want(t, http.StatusUnprocessableEntity,
			"日期应写成", `id="f-received-error"`, `id="f-promised-error"`, `value="4月1"`, `value="2020-04-31"`)
		clerk.post(t, waits+"/discard", url.Values{"reason": {""}}).want(t, http.StatusUnprocessableEntity, "请写明作废的原因")
		clerk.post(t, waits+"/file", url.Values{"no": {a.No}, "paper": {"records"}}).follow(t).want(t, http.StatusOK, "已归入", "全部办完")
		clerk.post(t, waits+"/discard", url.Values{"reason": {"重复扫描"}}).want(t, http.StatusUnprocessableEntity)
		clerk.get(t, waits).want(t, http.StatusOK, "已归入").lacks(t, "转 90 度")
		whyRead(t, clerk, at+"/pages/3?size=full", "\xff\xd8")
		if p := clerk.get(t, at+"/pages/3").want(t, http.StatusOK); !strings.HasPrefix(p.body, "\xff\xd8") {
			t.Error("a small picture asks why")
		}
		clerk.get(t, "/applications/"+string(a.ID)).want(t, http.StatusOK, "残疾评定表 "+a.No)
		clerk.post(t, waits+"/back", url.Values{"reason": {" "}}).want(t, http.StatusUnprocessableEntity, "撤回原因")
		clerk.post(t, waits+"/back", url.Values{"reason": {"归到了同名人的办件"}}).follow(t).want(t, http.StatusOK, "已撤回，请重新归入")
		clerk.get(t, waits).want(t, http.StatusOK, "转 90 度", "撤回记录", "归到了同名人的办件", a.No)
		clerk.post(t, waits+"/file", url.Values{"no": {a.No}, "paper": {"records"}}).follow(t).want(t, http.StatusOK, "全部办完")
		clerk.get(t, "/piles?state=done").want(t, http.StatusOK, "0001.jpg")
		clerk.upload(t, "/piles", form, sent{"scans", "again.jpg", scanned(t, pile.Code(a.No, pile.SheetMark), 1)}, sent{"scans", "0002.jpg", scanned(t, "", 2)},
			sent{"scans", "0003.jpg", scanned(t, "533103-2020-T9999999", 3)}).follow(t).want(t, http.StatusOK, "没有重复接收")
		s.as(access.Doctor).get(t, "/piles").want(t, http.StatusForbidden)
		s.as(access.Clerk).get(t, at).want(t, http.StatusOK)
	})
}

// whyRead opens a scan of the archive: without a reason it is not shown, with one it is, and the audit says why.
func whyRead(t *testing.T, by *browser, at, begins string) {
	t.Helper()
	by.get(t, at).want(t, http.StatusOK, "查阅扫描件要写明原因", "<form")
	by.post(t, at, url.Values{"reason": {" "}}).want(t, http.StatusUnprocessableEntity, "<form")
	if p := by.post(t, at, url.Values{"reason": {"核对签名是否本人"}}).want(t, http.StatusOK); !strings.HasPrefix(p.body, begins) {
		t.Errorf("%s: %.40q", at, p.body)
	}
}
