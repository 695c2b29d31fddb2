package web_test

import (
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/fieldwork"
	"hefa/internal/roster"
	"hefa/internal/testbed"
)

func TestAListFromTheFileToTheCases(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		file, err := os.ReadFile("../sheet/testdata/533103105-expired.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		clerk, desk := s.as(access.Township), fieldwork.New(s.office.DB, s.office.Files)
		clerk.get(t, "/rosters").want(t, http.StatusOK, "还没有上传过名单", "上传名单")
		clerk.get(t, "/listed").want(t, http.StatusOK, "没有符合条件的人")
		clerk.get(t, "/rosters/new?kind=expired").want(t, http.StatusOK, "风平镇", "multipart/form-data")

		clerk.upload(t, "/rosters", url.Values{"kind": {"suspected"}, "region": {"533103105"}}).
			want(t, http.StatusUnprocessableEntity, "请选择要上传的名单文件", `value="suspected" checked`)
		sent := clerk.upload(t, "/rosters", url.Values{"kind": {"expired"}, "region": {"533103105"}}, sent{"file", `C:\名单\风平.xlsx`, file})
		sent.follow(t).want(t, http.StatusOK, "正在核对", "可以离开这个页面", "data-poll")
		at := sent.header.Get("Location")
		clerk.get(t, at+"/progress").want(t, http.StatusOK, "data-poll").lacks(t, "<html")
		id := roster.ID(strings.TrimPrefix(at, "/rosters/"))
		if err := desk.CheckRoster(t.Context(), access.Program(), id); err != nil {
			t.Fatal(err)
		}
		clerk.get(t, at+"/progress").want(t, http.StatusOK, "data-then").lacks(t, "data-poll")
		page := clerk.get(t, at).want(t, http.StatusOK, "确认导入 251 人", "表头在第 3 行，共 261 人", "5.3320e+19", "与第 7 行是同一个人", "风平.xlsx")
		page.lacks(t, `C:\`, "data-poll")
		if n := len(regexp.MustCompile(`533199[12]\d{11}`).FindAllString(page.body, -1)); n < 3 || n > 8 { // only the wrong ones
			t.Errorf("%d full numbers on the page", n)
		}
		book := clerk.get(t, at+"/rejected.xlsx").want(t, http.StatusOK)
		if !strings.HasPrefix(book.body, "PK") || !strings.Contains(book.header.Get("Content-Disposition"), "xlsx") {
			t.Errorf("no spreadsheet: %q", book.header)
		}
		clerk.post(t, at+"/confirm", nil).follow(t).want(t, http.StatusOK, "正在入库")
		clerk.post(t, at+"/confirm", nil).want(t, http.StatusUnprocessableEntity, "正在入库")
		if err := desk.StoreRoster(t.Context(), access.Program(), id); err != nil {
			t.Fatal(err)
		}
		clerk.get(t, at).want(t, http.StatusOK, "新登记 251 人", "去待办名单")
		clerk.get(t, "/rosters").want(t, http.StatusOK, "已入库", "251")

		list := clerk.get(t, "/listed?kind=expired").want(t, http.StatusOK, "为选中的人开办件", "下一页")
		picks := regexp.MustCompile(`name="listed" value="([^"]+)"`).FindAllStringSubmatch(list.body, 3)
		form := url.Values{"kind": {"expired"}}
		for _, p := range picks {
			form.Add("listed", p[1])
		}
		clerk.post(t, "/listed", url.Values{"kind": {"expired"}}).want(t, http.StatusUnprocessableEntity)
		clerk.post(t, "/listed", form).want(t, http.StatusOK, "已开 3 件")
		clerk.post(t, "/listed", form).want(t, http.StatusOK, "没有开成的 3 人")
		clerk.get(t, "/listed?kind=expired&case=all").want(t, http.StatusOK, "查看办件")
		clerk.get(t, "/listed?kind=expired&poor=yes&region=533103105201").want(t, http.StatusOK)
		if x := clerk.get(t, "/listed.xlsx?kind=expired").want(t, http.StatusOK); !strings.HasPrefix(x.body, "PK") {
			t.Error("no spreadsheet")
		}

		stranger := s.actor(testbed.Stranger(access.Township))
		stranger.get(t, at).want(t, http.StatusNotFound)
		stranger.get(t, "/listed?region=533103105").want(t, http.StatusNotFound)
		s.as(access.City).get(t, "/listed").want(t, http.StatusOK)
		s.as(access.City).get(t, "/rosters").want(t, http.StatusOK, "请先选择县")
		s.as(access.City).get(t, "/rosters?region=533103").want(t, http.StatusOK, "风平.xlsx").lacks(t, "上传名单")
		s.as(access.Reviewer).get(t, "/rosters/new").want(t, http.StatusForbidden)
	})
}

func TestARegisterOfACountyShowsItsDifferences(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p, q := s.office.Person(t), s.office.Person(t)
		c := s.office.Certificate(t, p, "2030-01-01")
		s.office.Certificate(t, q, "2030-01-01")
		clerk, desk := s.as(access.Clerk), fieldwork.New(s.office.DB, s.office.Files)
		clerk.get(t, "/rosters/new?kind=register").want(t, http.StatusOK, "持证残疾人名册", "芒市（全县，只用于持证残疾人名册）")
		file := []byte("姓名,残疾人证号,乡镇,有效期至\n" + p.Name + "," + string(c.Number) + ",风平镇,2031-01-01\n")
		at := clerk.upload(t, "/rosters", url.Values{"kind": {"register"}, "region": {"533103"}}, sent{"file", "名册.csv", file}).header.Get("Location")
		id := roster.ID(strings.TrimPrefix(at, "/rosters/"))
		if err := desk.CheckRoster(t.Context(), access.Program(), id); err != nil {
			t.Fatal(err)
		}
		clerk.post(t, at+"/confirm", nil).want(t, http.StatusSeeOther)
		if err := desk.StoreRoster(t.Context(), access.Program(), id); err != nil {
			t.Fatal(err)
		}
		clerk.get(t, at).want(t, http.StatusOK, "有效期不一致", "2031-01-01", "1 本在用的残疾人证不在这份名册上", "/certificates?absent=").lacks(t, "去待办名单")
		clerk.get(t, "/").want(t, http.StatusOK, "名册差异待处理")
		page := clerk.get(t, "/differences").want(t, http.StatusOK, p.Name, "有效期", "2030-01-01", "2031-01-01", "随下次交换更正").lacks(t, string(p.Number))
		one := regexp.MustCompile(`name="ids" value="([^"]+)"`).FindStringSubmatch(page.body)
		if len(one) != 2 {
			t.Fatal("no row can be ticked")
		}
		clerk.post(t, "/differences/decide", url.Values{"do": {"ours"}, "ids": one[1:]}).want(t, http.StatusUnprocessableEntity, "请写明理由", "checked")
		clerk.post(t, "/differences/decide", url.Values{"do": {"theirs"}}).want(t, http.StatusUnprocessableEntity, "请勾选要处理的差异")
		id1, version, _ := strings.Cut(one[1], " ")
		old := url.Values{"do": {"ours"}, "ids": {id1 + " 0"}, "reason": {"入户核实过"}}
		if version != "1" {
			t.Errorf("version %q", version)
		}
		clerk.post(t, "/differences/decide", old).want(t, http.StatusConflict, "别人刚刚修改过", "入户核实过", one[1]).lacks(t, "checked")
		clerk.post(t, "/differences/decide", url.Values{"do": {"theirs"}, "ids": one[1:]}).follow(t).want(t, http.StatusOK, "已处理", "没有待处理的差异")
		clerk.get(t, "/differences?state=all&roster="+string(id)).want(t, http.StatusOK, "已采用名册")
		s.as(access.Reviewer).get(t, "/differences?state=all").want(t, http.StatusOK, "已采用名册").lacks(t, "name=\"do\"")
		s.as(access.City).get(t, "/differences").want(t, http.StatusOK, "请先选择县")
		s.as(access.Doctor).get(t, "/differences").want(t, http.StatusForbidden)
		clerk.get(t, "/certificates?absent="+string(id)+"&region=533103").want(t, http.StatusOK, "名册上没有", q.Name, `name="absent"`).lacks(t, p.Name)
		clerk.get(t, "/disclosures").want(t, http.StatusOK, "与全国系统交换", "columns=standing")
		clerk.get(t, "/disclosures/new?since=2020-01-01").want(t, http.StatusOK, "这一天起有变动的", "2020-01-01")
	})
}

func TestAnUnreadableListSaysWhatToDo(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, desk := s.as(access.Clerk), fieldwork.New(s.office.DB, s.office.Files)
		clerk.get(t, "/rosters/new").want(t, http.StatusOK, "请选择", "风平镇")
		clerk.upload(t, "/rosters", nil).want(t, http.StatusUnprocessableEntity, "请选择是哪一种名单", "请选择上报的乡镇", "请选择要上传的名单文件")
		at := clerk.upload(t, "/rosters", url.Values{"kind": {"expired"}, "region": {"533103105"}}, sent{"file", "a.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}).header.Get("Location")
		if err := desk.CheckRoster(t.Context(), access.Program(), roster.ID(strings.TrimPrefix(at, "/rosters/"))); err != nil {
			t.Fatal(err)
		}
		clerk.get(t, at).want(t, http.StatusOK, "无法读取", "旧版 Excel", "重新上传")
		clerk.post(t, at+"/drop", nil).follow(t).want(t, http.StatusOK, "已放弃")
	})
}
