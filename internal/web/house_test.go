package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/policy"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// doors is the pages of the house and who may open them; everybody else is told that their post may not.
var doors = map[string][]access.Role{
	"/accounts": {access.Secadmin}, "/accounts/new": {access.Secadmin}, "/tokens": {access.Secadmin}, "/orgs": {access.Sysadmin},
	"/orgs/new": {access.Sysadmin}, "/backups": {access.Sysadmin}, "/audit": {access.Auditor}, "/audit/reveals": {access.Auditor}, "/audit/log": {access.Auditor},
	"/account": access.Roles, "/account/password": access.Roles, "/account/second": access.Roles, "/account/pledge": access.Roles, "/house": access.Roles, "/roles": access.Roles, "/policies": access.Roles,
	"/policies/review.days": access.Roles, "/policies/announce.minors": access.Roles, "/policies/papers.new": access.Roles, "/calendar": access.Roles, "/regions": access.Roles,
	"/people": access.Allowed(access.PersonRead), "/certificates": access.Allowed(access.CertificateRead),
}

func TestEachPageOfTheHouseOpensForThoseWhoMay(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		for _, role := range access.Roles {
			b := s.as(role)
			for path, allowed := range doors {
				want := http.StatusForbidden
				for _, r := range allowed {
					if r == role {
						want = http.StatusOK
					}
				}
				if got := b.get(t, path); got.status != want {
					t.Errorf("%s at %s: %d, want %d", role, path, got.status, want)
				} else if strings.Contains(got.body, "⟦") {
					t.Errorf("%s: a word is missing on %s", role, path)
				} else if strings.Count(got.body, "<h1") != 1 {
					t.Errorf("%s: %d first headings on %s", role, strings.Count(got.body, "<h1"), path)
				}
			}
		}
	})
}

var code = regexp.MustCompile(`<code[^>]*>([^<]+)</code>`)

func TestASecurityAdministratorMakesAnAccountThatItsOwnerMustRenew(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		sec := s.as(access.Secadmin)
		form := url.Values{"login": {"li.na"}, "name": {"测试李娜"}, "role": {"clerk"}, "region": {"533103"}}
		sec.post(t, "/accounts", form).want(t, http.StatusUnprocessableEntity, "请选择所属机构", `value="li.na"`, `href="#f-org"`)
		form.Set("org", "federation-533103")
		page := sec.post(t, "/accounts", form).want(t, http.StatusOK, "只显示这一次", "li.na")
		first := code.FindStringSubmatch(page.body)
		if first == nil {
			t.Fatalf("no password on the page: %.2000s", page.body)
		}
		sec.get(t, "/accounts?q=li.na").want(t, http.StatusOK, "测试李娜", "须改密码")
		her := s.nobody()
		her.post(t, "/sign-in", url.Values{"account": {"li.na"}, "password": {first[1]}}).want(t, http.StatusSeeOther)
		if to := her.get(t, "/people").want(t, http.StatusSeeOther).header.Get("Location"); to != "/account/password" {
			t.Errorf("a fresh password leads to %q", to)
		}
		her.get(t, "/account/password").want(t, http.StatusOK, "请先修改密码")
		wrong := url.Values{"old": {"no"}, "new": {"Quite-long-7"}, "again": {"Quite-long-7"}}
		her.post(t, "/account/password", wrong).want(t, http.StatusUnprocessableEntity, "原密码不正确").lacks(t, "Quite-long-7")
		wrong.Set("old", first[1])
		her.post(t, "/account/password", wrong).follow(t).follow(t).want(t, http.StatusOK, "密码已修改", "保密承诺书", "承诺人：测试李娜")
		if to := her.get(t, "/people").want(t, http.StatusSeeOther).header.Get("Location"); to != "/account/pledge" {
			t.Errorf("without a pledge it leads to %q", to)
		}
		her.post(t, "/account/pledge", nil).want(t, http.StatusUnprocessableEntity, "请阅读后勾选", `href="#f-promised"`)
		her.post(t, "/account/pledge", url.Values{"promised": {"yes"}}).follow(t).want(t, http.StatusOK, "已签署保密承诺")
		her.get(t, "/people").want(t, http.StatusOK)
		her.get(t, "/account").want(t, http.StatusOK, "2020年4月1日")
	})
}

func TestAnAccountIsEditedDisabledAndSignedOut(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		sec, clerk := s.as(access.Secadmin), s.as(access.Clerk)
		href := "/accounts/" + testbed.As(access.Clerk).Account
		clerk.get(t, "/people").want(t, http.StatusOK)
		sec.get(t, href).want(t, http.StatusOK, "强制退出登录", "停用账号")
		edit := sec.get(t, href+"/edit").want(t, http.StatusOK)
		version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(edit.body)[1]
		form := url.Values{"version": {version}, "name": {"测试改名"}, "role": {"clerk"}, "region": {"533103"}, "org": {"federation-533103"}}
		sec.post(t, href+"/edit", form).follow(t).want(t, http.StatusOK, "账号已修改", "测试改名")
		form.Set("name", "测试再改")
		sec.post(t, href+"/edit", form).want(t, http.StatusConflict, "别人刚刚保存了", "测试改名", `value="测试再改"`)
		sec.post(t, href+"/sign-out", nil).follow(t).want(t, http.StatusOK, "没有设备处于登录状态")
		clerk.get(t, "/people").want(t, http.StatusSeeOther)
		sec.post(t, href+"/disable", nil).follow(t).want(t, http.StatusOK, "已停用", "启用账号")
		sec.post(t, href+"/enable", nil).follow(t).want(t, http.StatusOK, "账号已启用")
		sec.post(t, href+"/reset", nil).want(t, http.StatusOK, "初始密码")
		own := "/accounts/" + testbed.As(access.Secadmin).Account
		sec.get(t, own).want(t, http.StatusOK, "这是您自己的账号").lacks(t, "停用账号")
		sec.post(t, own+"/disable", nil).want(t, http.StatusUnprocessableEntity, "不能修改、停用或重置自己的账号")
		s.actor(testbed.Stranger(access.Secadmin)).get(t, href).want(t, http.StatusNotFound)
	})
}

func TestASystemAdministratorKeepsRulesDaysPlacesAndOrganisations(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		sys := s.as(access.Sysadmin)
		set := url.Values{"region": {"533103"}, "value": {"十"}, "effective": {"五月"}, "basis": {""}}
		sys.post(t, "/policies/review.days", set).want(t, http.StatusUnprocessableEntity, "之间的整数", "请填写生效日期", "请填写依据", `value="五月"`)
		set = url.Values{"region": {"533103"}, "value": {"８"}, "effective": {"2020年4月1日"}, "basis": {"测试文件"}}
		sys.post(t, "/policies/review.days", set).follow(t).want(t, http.StatusOK, "规则参数已设置", "测试文件", "2020-04-01")
		s.as(access.Clerk).get(t, "/policies?region=533103105").want(t, http.StatusOK, "测试文件")
		s.as(access.Clerk).post(t, "/policies/review.days", set).want(t, http.StatusForbidden)
		sys.post(t, "/policies/papers.new", url.Values{"region": {"533103"}, "value": {"identity", "photo"}, "effective": {"20200401"}, "basis": {"测试"}}).
			follow(t).want(t, http.StatusOK, "居民身份证、近期二寸")

		sys.get(t, "/calendar?from=2020-04-28&days=5").want(t, http.StatusOK, "2020年5月8日 星期五")
		sys.get(t, "/calendar?from=x&days=y").want(t, http.StatusUnprocessableEntity, "请填写日期", "0 到 1000")
		sys.get(t, "/calendar?year=2031").want(t, http.StatusOK, "2031 年还没有节假日数据")
		sys.post(t, "/calendar", url.Values{"day": {"2020-04-29"}, "working": {"no"}, "name": {"测试节"}}).follow(t).want(t, http.StatusOK, "测试节")
		sys.post(t, "/calendar", url.Values{"day": {"2020-04-29"}, "working": {"yes"}, "name": {"x"}}).want(t, http.StatusUnprocessableEntity, "本来就是工作日")
		sys.post(t, "/calendar/drop", url.Values{"day": {"2020-04-29"}}).follow(t).want(t, http.StatusOK).lacks(t, "测试节")

		sys.get(t, "/regions").want(t, http.StatusOK, "风平镇", "增设没有国家代码的单位")
		sys.get(t, "/regions?q=风平").want(t, http.StatusOK, "533103105")
		sys.post(t, "/regions", url.Values{"at": {"533103"}, "name": {"测"}, "code": {"533103100"}}).want(t, http.StatusUnprocessableEntity, "至少两个字", "533103901")
		sys.post(t, "/regions", url.Values{"at": {"533103"}, "name": {"测试工区"}}).follow(t).want(t, http.StatusOK, "533103901", "自编代码")

		add := url.Values{"kind": {"hospital"}, "name": {"测试中医院"}, "region": {"533103"}}
		sys.post(t, "/orgs", add).want(t, http.StatusUnprocessableEntity, "可以评定的类别", `value="测试中医院"`)
		add["categories"] = []string{"1", "4"}
		add.Set("daily", "many")
		sys.post(t, "/orgs", add).want(t, http.StatusUnprocessableEntity, "请填写 0 到 1000 的整数")
		add.Set("daily", "60")
		add["weekdays"], add["designation"], add["hours"] = []string{"2", "4"}, []string{"省残联〔2019〕1号"}, []string{"上午 8:00–11:30"}
		list := sys.post(t, "/orgs", add).follow(t).want(t, http.StatusOK, "测试中医院", "视力、肢体")
		edit := regexp.MustCompile(`/orgs/[0-9a-f-]{36}`).FindString(list.body[strings.Index(list.body, "测试中医院")-200:])
		sys.get(t, edit).want(t, http.StatusOK, "省残联〔2019〕1号", "上午 8:00–11:30", `value="60"`, `value="2" checked`)
		sys.post(t, "/orgs/hospital-533103", url.Values{"version": {"1"}, "name": {"测试改名医院"}, "categories": {"1"}}).follow(t).want(t, http.StatusOK, "测试改名医院")
		sys.post(t, "/orgs/hospital-533103", url.Values{"version": {"1"}, "name": {"测试旧表"}, "categories": {"1"}}).want(t, http.StatusConflict, "测试改名医院", "测试旧表")
	})
}

func TestAFullNumberIsShownOnceForAReasonAndCounted(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p := s.office.Person(t)
		c := s.office.Certificate(t, p, "2020-12-31")
		s.office.Case(t, p, application.Submitted)
		clerk, href := s.as(access.Clerk), "/people/"+string(p.ID)
		clerk.get(t, "/people?q="+url.QueryEscape(p.Name)).want(t, http.StatusOK, p.Number.Masked(), href).lacks(t, string(p.Number)+"<")
		clerk.get(t, href).want(t, http.StatusOK, c.Number.Masked(), "肢体三级", "新办", "58 周岁").lacks(t, string(p.Number))
		clerk.post(t, href+"/reveal", url.Values{"reason": {"看"}}).want(t, http.StatusUnprocessableEntity, "至少 4 个字").lacks(t, string(p.Number))
		shown := clerk.post(t, href+"/reveal", url.Values{"reason": {"与户口簿核对"}}).want(t, http.StatusOK, string(p.Number), string(c.Number))
		if shown.header.Get("Cache-Control") != "no-store" {
			t.Errorf("a full number may be kept: %q", shown.header.Get("Cache-Control"))
		}
		s.as(access.Village).get(t, href).want(t, http.StatusOK, "139****0000").lacks(t, "13900000000", "/reveal")
		s.as(access.Village).post(t, href+"/reveal", url.Values{"reason": {"与户口簿核对"}}).want(t, http.StatusForbidden)
		s.actor(testbed.Stranger(access.Clerk)).get(t, href).want(t, http.StatusNotFound)
		auditor := s.as(access.Auditor)
		auditor.get(t, "/audit").want(t, http.StatusOK).lacks(t, "明显多于平时")
		auditor.get(t, "/audit/reveals").want(t, http.StatusOK, "1 次", "测试clerk")
		s.office.Policy(t, policy.RevealMost, "1")
		auditor.get(t, "/audit").want(t, http.StatusOK, "明显多于平时")
		auditor.get(t, "/audit/reveals").want(t, http.StatusOK, "异常：1 次")
		auditor.get(t, "/audit?act=person.reveal").want(t, http.StatusOK, "与户口簿核对").lacks(t, string(p.Number))
		auditor.get(t, "/audit?from=x").want(t, http.StatusUnprocessableEntity, "日期应写成")
		auditor.get(t, "/audit/export?act=person.reveal").want(t, http.StatusOK, "PK")
		auditor.get(t, href).want(t, http.StatusForbidden)
	})
}

func TestCertificatesAreFilteredAndExported(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p := s.office.Person(t)
		c := s.office.Certificate(t, p, "2020-12-31")
		clerk := s.as(access.Clerk)
		clerk.get(t, "/certificates?state=valid&from=20200101&to=2020-12-31&category=4&level=3").want(t, http.StatusOK, p.Name, c.Number.Masked())
		clerk.get(t, "/certificates?to=2020-12-30").want(t, http.StatusOK, "没有符合条件的残疾人证").lacks(t, p.Name)
		clerk.get(t, "/certificates?to=x").want(t, http.StatusUnprocessableEntity, "日期应写成", `value="x"`)
		clerk.get(t, "/certificates/"+string(c.ID)).want(t, http.StatusOK, p.Name, "2020年12月31日").lacks(t, string(p.Number))
		clerk.get(t, "/certificates/export?state=valid").want(t, http.StatusOK, "PK")
		s.as(access.City).get(t, "/certificates").want(t, http.StatusOK, "请先在“地区”中选到一个县")
		s.as(access.City).get(t, "/certificates?region=533103").want(t, http.StatusOK, p.Name)
		s.as(access.Village).get(t, "/certificates/export").want(t, http.StatusForbidden)
		s.actor(testbed.Stranger(access.Clerk)).get(t, "/certificates/"+string(c.ID)).want(t, http.StatusNotFound)
	})
}

func TestAPersonsContactIsCorrectedAndAStaleFormShowsBoth(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p := s.office.Person(t)
		clerk, href := s.as(access.Township), "/people/"+string(p.ID)
		form := url.Values{"version": {"1"}, "phone": {"12"}, "address": {"三组 5 号"}}
		clerk.post(t, href+"/edit", form).want(t, http.StatusUnprocessableEntity, "7 至 13 位", `value="三组 5 号"`)
		form.Set("phone", "１３９００００００１１")
		clerk.post(t, href+"/edit", form).follow(t).want(t, http.StatusOK, "13900000011", "三组 5 号")
		form.Set("phone", "13900000012")
		clerk.post(t, href+"/edit", form).want(t, http.StatusConflict, "13900000011", `value="13900000012"`)
	})
}

func TestTheSignInAnswersAlikeAndLocks(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		for range 5 {
			s.nobody().post(t, "/sign-in", url.Values{"account": {"nobody-here"}, "password": {"x"}}).want(t, http.StatusUnprocessableEntity, "登录名或密码不正确")
		}
		login := testbed.As(access.Clerk).Account
		for i := range 5 {
			want := "登录名或密码不正确"
			if i == 4 {
				want = "30 分钟后再试"
			}
			s.nobody().post(t, "/sign-in", url.Values{"account": {login}, "password": {"x"}}).want(t, http.StatusUnprocessableEntity, want)
		}
		sec := s.as(access.Secadmin)
		sec.get(t, "/accounts/"+login).want(t, http.StatusOK, "已锁定", "密码多次输错，账号锁定")
		sec.post(t, "/accounts/"+login+"/unlock", nil).follow(t).want(t, http.StatusOK, "已解除锁定")
	})
}

func TestTheAuditorSeesThatTheLogIsWholeOrWhatWasDoneToIt(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		if err := s.office.DB.SealAll(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		auditor := s.as(access.Auditor)
		auditor.get(t, "/audit/log").want(t, http.StatusOK, "核对结果", "533103", "与封存时一样").lacks(t, "被改动过")
		if err := store.Outside(t.Context(), s.office.Address, `UPDATE audit SET name = '别人' WHERE leaf = 0`); err != nil {
			t.Fatal(err)
		}
		auditor.get(t, "/audit/log").want(t, http.StatusOK, "第 1 行", "被改动过", "不要再改动数据库")
	})
}
