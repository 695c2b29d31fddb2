package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"hefa/internal/access"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
)

func TestADoubtedSignInIsAskedFirst(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		s.password(t, access.Clerk)
		clerk.get(t, "/account/doubt").want(t, http.StatusOK, "这次登录不需要确认").lacks(t, "不是我")
		doubt := func() {
			t.Helper()
			err := s.office.DB.Update(t.Context(), clerk.by, func(tx *store.Tx) error {
				hash := seal.Digest(clerk.cookies["hefa"])
				if err := tx.DropSignin(staff.ID(clerk.by.Account), hash); err != nil {
					return err
				}
				return tx.AddSignin(store.Signin{Hash: hash, Account: staff.ID(clerk.by.Account), Created: s.office.Now(), Seen: s.office.Now(), Addr: "10.1.1.1", Agent: "测试浏览器", Doubt: staff.Elsewhere})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		doubt()
		if a := clerk.get(t, "/people"); a.status != http.StatusSeeOther || a.header.Get("Location") != "/account/doubt" {
			t.Errorf("a page opens: %d %s", a.status, a.header.Get("Location"))
		}
		clerk.get(t, "/account/doubt").want(t, http.StatusOK, "请确认是您本人", "测试浏览器", "10.1.1.1", "不是我").lacks(t, "登记申请")
		clerk.post(t, "/account/doubt", url.Values{"do": {"mine"}}).want(t, http.StatusUnprocessableEntity, "请再输入一次您的登录密码")
		clerk.post(t, "/account/doubt", url.Values{"do": {"mine"}, "confirm": {password}}).want(t, http.StatusSeeOther)
		clerk.get(t, "/people").want(t, http.StatusOK)
		doubt()
		clerk.post(t, "/account/doubt", url.Values{"do": {"other"}}).want(t, http.StatusSeeOther)
		if a := clerk.get(t, "/people"); a.status == http.StatusOK {
			t.Error("the sign-in goes on")
		}
	})
}
