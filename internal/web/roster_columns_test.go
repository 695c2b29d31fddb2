package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fieldwork"
	"hefa/internal/roster"
)

func TestColumnsThatNobodyKnowsAreTold(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, desk := s.as(access.Township), fieldwork.New(s.office.DB, s.office.Files)
		file := []byte("某系统导出,,\nXM,ZJHM,CM\n岩温,533199195001010013,风平村\n")
		sent := clerk.upload(t, "/rosters", url.Values{"kind": {"suspected"}, "region": {"533103105"}}, sent{"file", "导出.csv", file})
		at := sent.header.Get("Location")
		check := func() {
			t.Helper()
			if err := desk.CheckRoster(t.Context(), access.Program(), roster.ID(strings.TrimPrefix(at, "/rosters/"))); err != nil {
				t.Fatal(err)
			}
		}
		clerk.get(t, at+"/columns").want(t, http.StatusConflict)
		check()
		clerk.get(t, at).want(t, http.StatusOK, "指定各列的含义", at+"/columns")
		clerk.get(t, at+"/columns").want(t, http.StatusOK, "第 2 行作为表头", "第 1 列：XM", "例如：岩温", "第 3 行：").lacks(t, "533199195001010013")
		clerk.get(t, at+"/columns?row=3").want(t, http.StatusOK, "第 3 行作为表头")
		clerk.get(t, at+"/columns?row=2&last=3").want(t, http.StatusOK, "第 2、3 两行合起来作为表头", `name="last" value="3"`)
		clerk.get(t, at+"/columns").want(t, http.StatusOK, "第 2、3 两行合起来（", at+"/columns?row=2&amp;last=3")
		clerk.post(t, at+"/columns", url.Values{"row": {"2"}, "last": {"3"}}).want(t, http.StatusUnprocessableEntity, "还缺：", "第 2、3 两行合起来作为表头")
		clerk.post(t, at+"/columns", url.Values{"row": {"2"}}).want(t, http.StatusUnprocessableEntity, "还缺：")
		clerk.post(t, at+"/columns", url.Values{"row": {"2"}, "column-0": {"name"}, "column-1": {"name"}, "column-2": {"village"}}).
			want(t, http.StatusUnprocessableEntity, "“姓名”已经选过", `value="village" selected`)
		s.as(access.Reviewer).get(t, at+"/columns").want(t, http.StatusForbidden)
		clerk.post(t, at+"/columns", url.Values{"row": {"2"}, "column-0": {"name"}, "column-1": {"identity"}, "column-2": {"village"}}).follow(t).want(t, http.StatusOK, "正在核对")
		check()
		clerk.get(t, at).want(t, http.StatusOK, "确认导入 1 人", "列认错了")
		clerk.get(t, at+"/columns").want(t, http.StatusOK, "这种表头已经指定过（导出.csv")
	})
}
