package web_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestPrintersAreSetUpOnTheirPages(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		clerk.get(t, "/printers").want(t, http.StatusOK, "还没有登记打印机", "/printers/new?make=card")
		clerk.get(t, "/printers/new").want(t, http.StatusOK, `value="297"`, "43.5,20\n43.5,115").lacks(t, "背面向右偏移")
		clerk.get(t, "/printers/new?make=card").want(t, http.StatusOK, `value="85.6"`, "背面向右偏移")
		s.as(access.Township).get(t, "/printers").want(t, http.StatusForbidden)
		s.as(access.Township).get(t, "/printers/new").want(t, http.StatusForbidden)
		bad := form("make", "book", "width", "宽", "height", "210", "places", "43.5;20;1", "front_x", "1.25", "front_y", "0")
		clerk.post(t, "/printers", bad).want(t, http.StatusUnprocessableEntity, "每行应是两个毫米数", "最多一位小数", `value="宽"`, `value="1.25"`, "43.5;20;1")
		good := form("name", "1 号台", "make", "book", "width", "２９７", "height", "210", "places", "43.5,20", "front_x", "-0.5", "front_y", "1", "version", "0")
		at := clerk.post(t, "/printers", good).header.Get("Location")
		clerk.get(t, at).want(t, http.StatusOK, "打印机设置已保存", `value="297"`, `value="-0.5"`, "停用", at+"/test.pdf").lacks(t, "背面向右偏移")
		clerk.post(t, "/printers", good).want(t, http.StatusUnprocessableEntity, "已有名为“1 号台”的打印机")
		good.Set("version", "1")
		good.Set("front_x", "-1.5")
		clerk.post(t, at, good).follow(t).want(t, http.StatusOK, `value="-1.5"`)
		good.Set("front_x", "3")
		clerk.post(t, at, good).want(t, http.StatusConflict, "右 -1.5，下 1", `value="3"`)
		good.Set("version", "2")
		good.Set("retired", "yes")
		good.Set("places", "43.5,20\n43.5,90")
		clerk.post(t, at, good).want(t, http.StatusUnprocessableEntity, "第 1 个和第 2 个位置重叠：证件为 210×75 毫米", "43.5,90")
		good.Set("places", "43.5,20")
		clerk.post(t, at, good).follow(t).want(t, http.StatusOK)
		clerk.get(t, "/printers").want(t, http.StatusOK, "已停用", "297×210 毫米", "右 3，下 1")
		if got := clerk.get(t, at+"/test.pdf"); !strings.HasPrefix(got.body, "%PDF-") {
			t.Errorf("no test page: %.40q", got.body)
		}
	})
}

// TestABatchIsPrintedOnAPrinterOfTheCounty picks it on the page of the batch.
func TestABatchIsPrintedOnAPrinterOfTheCounty(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		a := s.office.Case(t, s.office.Person(t), application.Printing)
		s.office.Carded(t, a, "frozen", "", card.Frozen)
		clerk.get(t, "/batches/frozen").want(t, http.StatusOK, "第二代残疾人证（本）", "第二代证（绿色封皮）", "/batches/frozen/booklets.pdf").lacks(t, `name="printer"`)
		p := card.Standard(certificate.Book)
		p.Name = "1 号台"
		p.ID, p.Region = "printer", testbed.County
		s.office.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.AddPrinter(p) })
		clerk.get(t, "/batches/frozen").want(t, http.StatusOK, `name="printer"`, "1 号台", "标准位置")
		got := clerk.get(t, "/batches/frozen/booklets.pdf?printer=printer").want(t, http.StatusOK)
		if !strings.HasPrefix(got.body, "%PDF-") {
			t.Errorf("no PDF: %.40q", got.body)
		}
	})
}
