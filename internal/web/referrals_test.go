package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/testbed"
)

// referralOn is the first referral that a page leads to.
func referralOn(t *testing.T, a answer) string {
	t.Helper()
	m := regexp.MustCompile(`href="(/referrals/[0-9a-f-]{36})"`).FindStringSubmatch(a.body)
	if m == nil {
		t.Fatal("the page leads to no referral")
	}
	return m[1]
}

// caseOn is the first case that a page leads to.
func caseOn(t *testing.T, a answer) string {
	t.Helper()
	m := regexp.MustCompile(`(/applications/[0-9a-f-]{36})`).FindString(a.body)
	if m == "" {
		t.Fatal("the page leads to no case")
	}
	return m
}

// guestForm is what the counter types of somebody who is registered in 瑞丽市.
func guestForm(number string) url.Values {
	return url.Values{"guest": {"yes"}, "number": {number}, "home": {"533102"}, "matter": {string(application.Cancel)}, "cause": {"wish"}, "stated": {"本人不再需要"}, "wanted": {"3"}, "name": {"测试外来人"},
		"region": {string(testbed.Village)}, "address": {"出租屋 3 号"}, "phone": {"13900000002"}, "do": {"submit"}}
}

func TestSomebodyRegisteredElsewhereAsksHere(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		here, there := s.as(access.Clerk), s.actor(testbed.Stranger(access.Clerk))
		p := s.office.Born(t, "1970-03-02") // somebody of this county, whose number cannot ask as a guest
		here.get(t, "/applications/new").want(t, http.StatusOK, "户籍不在本县")
		here.get(t, "/referrals").want(t, http.StatusOK, "没有跨省通办的申请")
		asked := guestForm(string(p.Number))
		here.post(t, "/applications/new", asked).want(t, http.StatusUnprocessableEntity, "这个人登记在本县", "出租屋 3 号")
		asked.Set("number", string(person.MakeNumber("533199", "1971-03-02", 777)))
		asked.Set("do", "look")
		here.post(t, "/applications/new", asked).want(t, http.StatusOK, "户籍所在县（市、区）代码", `value="533199"`)
		asked.Set("do", "submit")
		asked.Set("home", "")
		here.post(t, "/applications/new", asked).want(t, http.StatusUnprocessableEntity, "请填写户籍所在县", "本人不再需要")
		asked.Set("home", "533102")
		one := here.post(t, "/applications/new", asked).follow(t).want(t, http.StatusOK, "户籍地（审批）", "瑞丽")
		at := caseOn(t, one)
		here.post(t, at+"/accept", url.Values{"sighted": policy.Papers}).follow(t).want(t, http.StatusOK, "待转户籍地", "照户口簿抄写")
		here.post(t, at+"/send", url.Values{}).want(t, http.StatusUnprocessableEntity, "请照户口簿填写住址")
		page := here.post(t, at+"/send", url.Values{"registered": {"瑞丽市勐卯街道 8 号"}}).follow(t).want(t, http.StatusOK, "户籍地办理中", "查看跨省通办进度")
		if a := here.get(t, at+"/letters/slip.pdf").want(t, http.StatusOK); !strings.HasPrefix(a.body, "%PDF") {
			t.Error("no slip")
		}
		out := referralOn(t, page)
		s.takenThere(t, there, here, out)
		here.get(t, "/referrals/list.xlsx?as=utf8").want(t, http.StatusOK, "测试外来人", "受理地")
		s.as(access.Village).get(t, "/referrals").want(t, http.StatusForbidden)
	})
}

// takenThere follows a referral into the county of registration and back.
func (s *site) takenThere(t *testing.T, there, here *browser, out string) {
	t.Helper()
	there.get(t, "/").want(t, http.StatusOK, "件外地代收的申请", "/referrals?side=home&amp;state=sent")
	in := referralOn(t, there.get(t, "/referrals?side=home").want(t, http.StatusOK, "测试外来人", "待户籍地接收"))
	there.get(t, out).want(t, http.StatusNotFound)
	here.get(t, in).want(t, http.StatusNotFound)
	there.get(t, in).want(t, http.StatusOK, "清单与受理地签名一致", "退回受理地补正", "瑞丽市勐卯街道 8 号").lacks(t, "撤回转办", "登记户籍地纸质结果")
	here.get(t, out).want(t, http.StatusOK, "撤回转办", "登记户籍地纸质结果", "转办材料包").lacks(t, "退回受理地补正")
	there.post(t, in, url.Values{}).want(t, http.StatusUnprocessableEntity)
	there.post(t, in, url.Values{"do": {"take"}, "address": {"测试社区"}}).want(t, http.StatusUnprocessableEntity, "测试社区")
	there.post(t, in, url.Values{"do": {"return"}, "decline-reason": {"户籍"}}).want(t, http.StatusUnprocessableEntity, "请写明理由", "户籍")
	there.post(t, in, url.Values{"do": {"place"}, "township": {"533102001"}}).want(t, http.StatusOK, "533102001")
	there.post(t, in, url.Values{"do": {"return"}, "return-reason": {"缺死亡证明"}}).follow(t).want(t, http.StatusOK, "户籍地退回补正", "缺死亡证明")
	home := here.get(t, out).want(t, http.StatusOK, "户籍地退回补正", "待转户籍地")
	here.post(t, caseOn(t, home)+"/send", url.Values{"registered": {"瑞丽市勐卯街道 8 号"}}).follow(t).want(t, http.StatusOK, "户籍地办理中")
	here.post(t, out, url.Values{"do": {"confirm"}, "confirm-reason": {"证明不足"}}).want(t, http.StatusUnprocessableEntity, "请选择结果", "请填写户籍地文书的编号", "证明不足")
	if a := here.get(t, out+"/sheet.pdf").want(t, http.StatusOK); !strings.HasPrefix(a.body, "%PDF") {
		t.Error("no sheet")
	}
	if a := here.get(t, out+"/package.zip").want(t, http.StatusOK); !strings.HasPrefix(a.body, "PK") {
		t.Error("no package")
	}
	there.post(t, in, url.Values{"do": {"decline"}, "decline-reason": {"户籍不在本县"}}).follow(t).want(t, http.StatusOK, "户籍地不接收")
	here.get(t, out).want(t, http.StatusOK, "户籍地不接收", "户籍不在本县").lacks(t, "撤回转办")
	here.get(t, caseOn(t, home)).want(t, http.StatusOK, "异地代收事项办理结果告知书", "不予受理")
}
