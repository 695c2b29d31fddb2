package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/testbed"
)

func form(pairs ...string) url.Values {
	out := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		out.Add(pairs[i], pairs[i+1])
	}
	return out
}

// stock takes ten green blanks in and hands four of them to a desk.
func stock(t *testing.T, clerk *browser) {
	t.Helper()
	clerk.post(t, "/blanks/receive", form("kind", "book-green", "first", "yn0001", "count", "１０", "supplier", "云南省残联")).follow(t).want(t, http.StatusOK, "空白证已入库", "YN0001 至 YN0010")
	clerk.post(t, "/blanks/issue", form("first", "YN0001", "count", "4", "desk", "1 号台")).follow(t).want(t, http.StatusOK, "空白证已发给制证台", "第二代证（绿色封皮） 4 本", "待日结")
}

func TestTheBookOfBlanksOnItsPages(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		clerk.get(t, "/blanks").want(t, http.StatusOK, "还没有登记空白证", "/blanks/receive").lacks(t, "/blanks/lose")
		clerk.post(t, "/blanks/receive", form("first", "YN", "count", "many")).want(t, http.StatusUnprocessableEntity, "请选择空白证的种类", "序号应以数字结尾", "数量应在", "请填写来源单位", `value="YN"`, `value="many"`)
		stock(t, clerk)
		clerk.post(t, "/blanks/receive", form("kind", "book-green", "first", "YN0010", "count", "2", "supplier", "云南省残联")).want(t, http.StatusUnprocessableEntity, "有序号已经登记过")
		clerk.post(t, "/blanks/lose", form("serial", "YN0004", "reason", "不见", "witness", testbed.As(access.Clerk).Name)).want(t, http.StatusUnprocessableEntity, "不能是登记人本人")
		clerk.post(t, "/blanks/close", form("desk", "1 号台")).want(t, http.StatusUnprocessableEntity, "没有就填 0")
		clerk.post(t, "/blanks/close", form("desk", "1 号台", "book-green", "3")).want(t, http.StatusUnprocessableEntity, "台账应有 4 本，清点为 3 本", `value="3"`)
		clerk.post(t, "/blanks/lose", form("what", "lost", "serial", "yn0004", "reason", "清点时不见", "witness", "测试见证")).follow(t).want(t, http.StatusOK, "已登记")
		clerk.get(t, "/blanks/list?state=lost").want(t, http.StatusOK, "YN0004", "在场：测试见证").lacks(t, "YN0003")
		clerk.post(t, "/blanks/return", form("first", "YN0003", "count", "1", "reason", "多领")).follow(t).want(t, http.StatusOK, "空白证已退回")
		clerk.post(t, "/blanks/close", form("desk", "1 号台", "book-green", "2")).follow(t).want(t, http.StatusOK, "制证台已日结", "已日结")
		if got := clerk.get(t, "/blanks/list/export?kind=book-green").want(t, http.StatusOK); !strings.HasPrefix(got.body, "PK") {
			t.Errorf("the workbook begins with %.8q", got.body)
		}
		s.as(access.Reviewer).get(t, "/blanks").want(t, http.StatusOK, "空白证台账").lacks(t, "/blanks/receive")
		s.as(access.Reviewer).get(t, "/blanks/issue").want(t, http.StatusForbidden)
		s.actor(testbed.Stranger(access.Clerk)).get(t, "/blanks?region="+string(testbed.County)).want(t, http.StatusNotFound)
	})
}

func TestABatchTakesItsBlanksFromTheBook(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		ids := form("region", "533103105")
		var cases []application.Application
		for range 3 {
			cases = append(cases, s.inState(t, application.Approved))
			ids.Add("id", string(cases[len(cases)-1].ID))
		}
		stock(t, clerk)
		batch := clerk.post(t, "/batches", ids).header.Get("Location")
		first := string(cases[0].ID)
		clerk.get(t, batch).want(t, http.StatusOK, "每本都要扫描", "1 号台（第二代证（绿色封皮） 4 本）")
		clerk.post(t, batch+"/good", form("card", first)).want(t, http.StatusUnprocessableEntity, "请扫描或填写空白证序号")
		clerk.post(t, batch+"/spoil", form("card", first, "reason", "卡纸")).want(t, http.StatusUnprocessableEntity, "请扫描或填写空白证序号", "卡纸")
		clerk.post(t, batch+"/spoil", form("card", first, "blank", "yn0001", "reason", "卡纸")).follow(t).want(t, http.StatusOK, "已登记废证")
		clerk.post(t, batch+"/good", form("card", first, "serial", "YN0001")).want(t, http.StatusUnprocessableEntity, "空白证 YN0001 现在是“已作废”")
		clerk.post(t, batch+"/good", form("card", first, "serial", "YN0002")).want(t, http.StatusSeeOther)
		clerk.post(t, batch+"/print", nil).want(t, http.StatusUnprocessableEntity, "请填写制证台名称")
		clerk.post(t, batch+"/print", form("desk", "1 号台")).follow(t).want(t, http.StatusOK, "YN0003", "YN0004")
		page := "/applications/" + first
		clerk.get(t, page).want(t, http.StatusOK, "重印证件")
		clerk.post(t, page+"/reprint", form("reason", "钢印压偏")).want(t, http.StatusUnprocessableEntity, "请选择已打印的证件在不在手", "钢印压偏", "href=\"#f-lost\"")
		clerk.post(t, page+"/reprint", form("lost", "no")).want(t, http.StatusUnprocessableEntity, "请填写重印的原因", "checked")
		clerk.post(t, page+"/reprint", form("reason", "钢印压偏", "lost", "no")).follow(t).want(t, http.StatusOK, "另一本空白证")
		clerk.get(t, "/blanks").want(t, http.StatusOK, "/blanks/list?kind=book-green&amp;state=spoiled")
	})
}
