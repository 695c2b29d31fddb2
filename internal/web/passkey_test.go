package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/policy"
	"hefa/internal/testbed"
)

var (
	createOn = regexp.MustCompile(`data-create="([^"]+)"`)
	dropOn   = regexp.MustCompile(`href="(/account/second/keys/drop\?id=[^"]+)"`)
)

// stick adds a key to the account of whoever b is, whose password is password.
func (b *browser) stick(t *testing.T, name string) *testbed.Stick {
	t.Helper()
	page := b.post(t, "/account/second/keys", url.Values{"name": {name}, "confirm": {password}}).want(t, http.StatusOK, "开始，然后触摸密钥", `src="/assets/passkey`, "浏览器没有启用脚本")
	k := testbed.NewStick(t)
	b.post(t, "/account/second/keys/add", url.Values{"key": {k.Create(t, html.UnescapeString(createOn.FindStringSubmatch(page.body)[1]))}}).want(t, http.StatusOK, "只显示这一次")
	return k
}

// touch is what the key answers to what the address asks.
func (b *browser) touch(t *testing.T, k *testbed.Stick, at string) string {
	t.Helper()
	a := b.post(t, at, nil).want(t, http.StatusOK, "challenge")
	if got := a.header.Get("Content-Type"); got != "application/json" {
		t.Errorf("what is asked comes as %s", got)
	}
	return k.Get(t, a.body)
}

func TestAKeyIsAddedAskedForAndTakenOff(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.office.Policy(t, policy.SecondFactor, "approver")
		s.password(t, access.Approver)
		b := s.as(access.Approver)
		b.get(t, "/people").want(t, http.StatusSeeOther)
		b.get(t, "/account/second/keys").want(t, http.StatusOK, "还没有安全密钥", "须动态验证码或安全密钥", "假网站骗不走").lacks(t, "passkey-")
		b.post(t, "/account/second/keys", url.Values{"name": {""}, "confirm": {password}}).want(t, http.StatusUnprocessableEntity, "请给安全密钥起一个名称", `href="#f-name"`)
		b.post(t, "/account/second/keys", url.Values{"name": {"柜里的"}, "confirm": {"x"}}).want(t, http.StatusUnprocessableEntity, "登录密码不对", `value="柜里的"`)
		b.post(t, "/account/second/keys/add", url.Values{"key": {"{}"}}).want(t, http.StatusUnprocessableEntity, "没有添加成功")
		k := b.stick(t, "柜里的")
		b.get(t, "/people").want(t, http.StatusOK)
		b.get(t, "/account/second/keys").want(t, http.StatusOK, "柜里的", "可用", "未使用", "用安全密钥确认", "备用码", `src="/assets/passkey`)

		in := s.nobody()
		in.post(t, "/sign-in", url.Values{"account": {testbed.As(access.Approver).Account}, "password": {password}}).want(t, http.StatusSeeOther)
		in.get(t, "/sign-in/code?next=/people").want(t, http.StatusOK, "请用安全密钥确认", "浏览器没有启用脚本", `data-ask="/sign-in/code/ask"`, "密钥不在身边").lacks(t, "审批人", "6 位数字")
		in.post(t, "/account/second/keys/ask", nil).want(t, http.StatusSeeOther)
		in.post(t, "/sign-in/code/key", url.Values{"key": {"{}"}, "next": {"/people"}}).want(t, http.StatusUnprocessableEntity, "等待太久", `href="#f-key"`, `value="/people"`)
		to := in.post(t, "/sign-in/code/key", url.Values{"key": {in.touch(t, k, "/sign-in/code/ask")}, "next": {"/people"}}).want(t, http.StatusSeeOther)
		if at := to.header.Get("Location"); at != "/people" {
			t.Errorf("it leads to %s", at)
		}
		page := in.get(t, "/account/second/keys").want(t, http.StatusOK).lacks(t, "未使用")
		drop := html.UnescapeString(dropOn.FindStringSubmatch(page.body)[1])
		in.get(t, drop).want(t, http.StatusOK, "丢失的密钥请马上移除")
		in.get(t, drop+"x").want(t, http.StatusNotFound)
		id := strings.TrimPrefix(drop, "/account/second/keys/drop?id=")
		s.as(access.Clerk).get(t, drop).want(t, http.StatusNotFound)
		in.post(t, "/account/second/keys/drop", url.Values{"id": {id}, "confirm": {password}}).want(t, http.StatusUnprocessableEntity, "验证码不正确")
		in.post(t, "/account/second/keys/drop", url.Values{"id": {id}, "key": {in.touch(t, k, "/account/second/keys/ask")}}).follow(t).want(t, http.StatusOK, "已移除安全密钥", "还没有安全密钥")
		in.post(t, "/account/second/keys/ask", nil).want(t, http.StatusConflict)
	})
}

// A page on which a grave act is done asks for the key of whoever has one, and takes nothing less.
func TestAGraveActTakesAKeyInPlaceOfThePassword(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.password(t, access.Approver)
		b := s.as(access.Approver)
		k := b.stick(t, "随身")
		form := url.Values{"ids": {"none"}, "confirm": {password}}
		b.post(t, "/lapses/cancel", form).want(t, http.StatusUnprocessableEntity, "验证码不正确")
		form.Set("confirm", "")
		b.post(t, "/lapses/cancel", form).want(t, http.StatusUnprocessableEntity, "请填写动态验证码，或用安全密钥确认")
		form.Set("key", b.touch(t, k, "/account/second/keys/ask"))
		b.post(t, "/lapses/cancel", form).lacks(t, "验证码不正确", "安全密钥没有确认")
		s.as(access.Secadmin).post(t, "/accounts/"+testbed.As(access.Approver).Account+"/second", nil).follow(t).want(t, http.StatusOK, "动态验证码和安全密钥，并让其退出")
	})
}

func TestATokenIsIssuedOnThePageOnceThePersonIsProved(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.password(t, access.Secadmin)
		b := s.as(access.Secadmin)
		b.get(t, "/tokens").want(t, http.StatusOK, "签发接口令牌", "批准逾期注销", "最多 90 天")
		form := url.Values{"login": {testbed.As(access.Approver).Account}, "name": {"注销平台"}, "days": {"365"}, "grave": {"lapse.cancel"}, "confirm": {password}}
		b.post(t, "/tokens", form).want(t, http.StatusUnprocessableEntity, "最多有效 90 天", `href="#f-days"`, `value="注销平台"`, `value="365"`)
		form.Set("days", "许多")
		b.post(t, "/tokens", form).want(t, http.StatusUnprocessableEntity, "有效天数应为 1 到 730")
		form.Set("days", "30")
		b.post(t, "/tokens", form).want(t, http.StatusOK, "只显示这一次")
		b.get(t, "/tokens").want(t, http.StatusOK, "注销平台", "批准逾期注销").lacks(t, "还没有签发过")
		s.as(access.Clerk).post(t, "/tokens", form).want(t, http.StatusForbidden)
	})
}
