package web_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

var providerOn = regexp.MustCompile(`href="(http://127\.0\.0\.1:\d+/authorize[^"]+)"`)

// come goes to the identity provider from the sign-in and comes back as somebody.
func (b *browser) come(t *testing.T, who string) answer {
	t.Helper()
	to := b.get(t, "/sign-in/province?next=/people").want(t, http.StatusSeeOther).header.Get("Location")
	return b.get(t, "/sign-in/province/back?"+b.site.province.Agree(t, to, who).Encode())
}

func TestPeopleComeInByTheProvince(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.password(t, access.Clerk)
		b := s.nobody()
		b.get(t, "/sign-in").want(t, http.StatusOK, "用测试省统一认证登录", "/sign-in/province?next=")
		b.come(t, "张三").want(t, http.StatusUnprocessableEntity, "测试省统一认证认得您，但本系统没有账号与您绑定", "用测试省统一认证登录", `name="password"`)

		clerk := s.as(access.Clerk)
		clerk.get(t, "/account/province").want(t, http.StatusOK, "可以在登录页选择", "您的登录密码")
		clerk.post(t, "/account/province", url.Values{"confirm": {"x"}}).want(t, http.StatusUnprocessableEntity, "登录密码不对")
		page := clerk.post(t, "/account/province", url.Values{"confirm": {password}}).want(t, http.StatusOK, "到测试省统一认证确认")
		back := s.province.Agree(t, html.UnescapeString(providerOn.FindStringSubmatch(page.body)[1]), "张三")
		b.get(t, "/sign-in/province/back?"+back.Encode()).want(t, http.StatusUnprocessableEntity, "不是在这个浏览器里开始的")
		clerk.get(t, "/sign-in/province/back?"+back.Encode()).follow(t).want(t, http.StatusOK, "已绑定统一身份认证", "张三", "解除绑定")
		clerk.get(t, "/sign-in/province/back?"+back.Encode()).want(t, http.StatusUnprocessableEntity, "不是在这个浏览器里开始的")

		if to := b.come(t, "张三").want(t, http.StatusSeeOther).header.Get("Location"); to != "/people" {
			t.Errorf("it leads to %s", to)
		}
		b.get(t, "/account").want(t, http.StatusOK, testbed.As(access.Clerk).Name)
		for name := range b.cookies {
			if strings.HasSuffix(name, "errand") {
				t.Errorf("the browser keeps %s", name)
			}
		}

		sec, at := s.as(access.Secadmin), "/accounts/"+testbed.As(access.Clerk).Account
		sec.get(t, at).want(t, http.StatusOK, "统一身份标识", `value="张三"`)
		sec.post(t, at+"/linked", url.Values{"linked": {strings.Repeat("长", 100)}}).want(t, http.StatusUnprocessableEntity, "最长 255 个字节", `href="#f-linked"`)
		sec.post(t, at+"/linked", url.Values{"linked": {""}}).follow(t).want(t, http.StatusOK, "已保存统一身份认证的绑定").lacks(t, `value="张三"`)
		b.get(t, "/people").want(t, http.StatusSeeOther)
		clerk = s.as(access.Clerk)
		clerk.post(t, "/account/province/drop", url.Values{"confirm": {password}}).want(t, http.StatusNotFound)
		s.province.Down = true
		to := b.get(t, "/sign-in/province").want(t, http.StatusSeeOther).header.Get("Location") // asked about itself before
		b.get(t, "/sign-in/province/back?"+s.province.Agree(t, to, "张三").Encode()).want(t, http.StatusUnprocessableEntity, "没有回应", "账号和密码")
	})
}
