package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"hefa/internal/access"
	"hefa/internal/message"
	"hefa/internal/outreach"
	"hefa/internal/policy"
	"hefa/internal/store"
)

func TestMessagesAreSeenRetriedAndRefused(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		clerk.get(t, "/messages").want(t, http.StatusOK, "短信没有启用")
		s.as(access.City).get(t, "/messages").want(t, http.StatusOK, "请先选择县")
		s.as(access.Village).get(t, "/messages").want(t, http.StatusForbidden)
		s.password(t, access.Clerk)
		clerk.post(t, "/messages/campaign", url.Values{"expires": {"bad"}}).want(t, http.StatusUnprocessableEntity, `value="bad"`)
		clerk.post(t, "/messages/campaign", url.Values{"region": {"533103105"}}).want(t, http.StatusUnprocessableEntity, "请再输入一次您的登录密码")
		clerk.post(t, "/messages/campaign", url.Values{"region": {"533103105"}, "confirm": {password}}).want(t, http.StatusUnprocessableEntity, "短信没有启用")
		s.office.Policy(t, policy.MessageOn, "yes")
		clerk.post(t, "/messages/campaign", url.Values{"region": {"533103105"}, "confirm": {password}}).follow(t).want(t, http.StatusOK, "正在生成短信")
		p := s.office.Person(t)
		s.office.Certificate(t, p, "2030-01-01")
		desk := outreach.New(s.office.DB, nil)
		if n, err := desk.TextCampaign(t.Context(), access.Program(), outreach.Audience{Region: "533103105"}, "spring"); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		clerk.get(t, "/messages").want(t, http.StatusOK, p.Name, "139****0000", "待发送", "政策宣传").lacks(t, "13900000000", "重新发送")
		s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
			all, err := tx.Messages(store.MessageFilter{Region: "533103", Limit: 1})
			if err != nil {
				return err
			}
			m := all[0].Message
			m.State, m.Fault = message.Failed, "空号"
			return tx.SaveMessage(access.MessageSend, m, "")
		})
		page := clerk.get(t, "/messages?state=failed").want(t, http.StatusOK, "空号", "重新发送勾选的短信")
		clerk.post(t, "/messages/retry", nil).want(t, http.StatusUnprocessableEntity, "请勾选要重新发送的短信")
		id := regexp.MustCompile(`name="ids" value="([^"]+)"`).FindStringSubmatch(page.body)[1]
		clerk.post(t, "/messages/retry", url.Values{"ids": {id}}).follow(t).want(t, http.StatusOK, "已重新排队")

		village := s.as(access.Village)
		village.get(t, "/messages/refused").want(t, http.StatusOK, "还没有登记拒收的号码")
		village.post(t, "/messages/refused", url.Values{"phone": {"12"}}).want(t, http.StatusUnprocessableEntity, "请填写 11 位手机号码", `value="12"`)
		list := village.post(t, "/messages/refused", url.Values{"phone": {"１３９００００００００"}}).follow(t).want(t, http.StatusOK, "139****0000").lacks(t, "13900000000")
		drop := regexp.MustCompile(`/messages/refused/[^"]+/drop`).FindString(list.body)
		village.post(t, drop, nil).follow(t).want(t, http.StatusOK, "已恢复发送", "还没有登记拒收的号码")
	})
}
