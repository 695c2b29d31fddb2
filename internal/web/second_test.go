package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"hefa/internal/access"
	"hefa/internal/policy"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

var (
	secretOn = regexp.MustCompile(`密钥：\s*<code>([A-Z2-7 ]+)</code>`)
	spareOn  = regexp.MustCompile(`<li><code>([a-z2-7-]{11})</code>`)
)

// app is the code that the phone shows now.
func (s *site) app(t *testing.T, secret string) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, s.office.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// bind sets up the second factor of whoever b is, and gives its secret and a recovery code.
func (b *browser) bind(t *testing.T) (secret, spare string) {
	t.Helper()
	page := b.post(t, "/account/second", url.Values{"confirm": {password}}).follow(t).want(t, http.StatusOK, "扫描二维码", "确认绑定", `src="data:image/png;base64,`)
	secret = strings.ReplaceAll(secretOn.FindStringSubmatch(page.body)[1], " ", "")
	b.post(t, "/account/second/confirm", url.Values{"code": {"12345"}}).want(t, http.StatusUnprocessableEntity, "验证码不正确", `href="#f-code"`, secretOn.FindStringSubmatch(page.body)[1])
	page = b.post(t, "/account/second/confirm", url.Values{"code": {b.site.app(t, secret)}}).want(t, http.StatusOK, "只显示这一次")
	spares := spareOn.FindAllStringSubmatch(page.body, -1)
	if len(spares) != 10 {
		t.Fatalf("%d recovery codes", len(spares))
	}
	return secret, spares[0][1]
}

func TestACodeIsAskedForBehindThePassword(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.office.Update(t, access.Approver, func(tx *store.Tx) error {
			a, err := tx.Account(staff.ID(testbed.As(access.Approver).Account))
			if err != nil {
				return err
			}
			a.Hash, a.Changed, a.Fresh, a.Pledged = seal.Password(password), s.office.Now().UnixMicro(), false, s.office.Now().UnixMicro()
			return tx.SaveAccount(access.SelfManage, a, "test")
		})
		secret, spare := s.as(access.Approver).bind(t)
		s.office.Pass(30 * time.Second)

		b := s.nobody()
		in := url.Values{"account": {testbed.As(access.Approver).Account}, "password": {password}, "next": {"/people?q=李"}}
		b.post(t, "/sign-in", in).want(t, http.StatusSeeOther)
		to := b.get(t, "/people?q=李").want(t, http.StatusSeeOther).header.Get("Location")
		if !strings.HasPrefix(to, "/sign-in/code?next=%2Fpeople") {
			t.Fatalf("half signed in it goes to %s", to)
		}
		b.post(t, "/account/second/drop", url.Values{"old": {password}}).want(t, http.StatusSeeOther)
		b.get(t, to).want(t, http.StatusOK, "请输入验证码", "换一个账号登录").lacks(t, "审批人")
		b.post(t, "/sign-in/code", url.Values{"code": {"000"}, "next": {"/people"}}).want(t, http.StatusUnprocessableEntity, "验证码不正确", `value="/people"`)
		b.post(t, "/sign-in/code", url.Values{"code": {s.app(t, secret)}, "next": {"/people"}}).want(t, http.StatusSeeOther)
		b.get(t, "/people").want(t, http.StatusOK)
		b.get(t, "/account/second").want(t, http.StatusOK, "已绑定", "还剩 10 个")

		other := s.nobody()
		other.post(t, "/sign-in", in).want(t, http.StatusSeeOther)
		other.post(t, "/sign-in/code", url.Values{"code": {spare}}).want(t, http.StatusSeeOther)
		other.get(t, "/account/second").want(t, http.StatusOK, "还剩 9 个")
		other.post(t, "/account/second/drop", url.Values{"old": {"x"}}).want(t, http.StatusUnprocessableEntity, "原密码不正确")
		other.post(t, "/account/second/drop", url.Values{"old": {password}}).follow(t).want(t, http.StatusOK, "已解除动态验证码", "开始绑定")
	})
}

func TestAPostThatMustHaveACodeIsLedToIt(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.office.Policy(t, policy.SecondFactor, "approver")
		s.password(t, access.Approver)
		b := s.as(access.Approver)
		if to := b.get(t, "/people").want(t, http.StatusSeeOther).header.Get("Location"); to != "/account/second" {
			t.Fatalf("it leads to %s", to)
		}
		b.get(t, "/account/second").want(t, http.StatusOK, "请先绑定")
		b.bind(t)
		b.get(t, "/people").want(t, http.StatusOK)
		sec, at := s.as(access.Secadmin), "/accounts/"+testbed.As(access.Approver).Account
		sec.get(t, at).want(t, http.StatusOK, "解除动态验证码")
		sec.post(t, at+"/second", nil).follow(t).want(t, http.StatusOK, "已解除该账号的动态验证码").lacks(t, `action="`+at+`/second"`)
		sec.post(t, at+"/second", nil).want(t, http.StatusUnprocessableEntity, "没有绑定动态验证码")
		b.get(t, "/people").want(t, http.StatusSeeOther)
		s.as(access.Sysadmin).get(t, "/policies/second.factor").want(t, http.StatusOK, "县级审批人")
	})
}
