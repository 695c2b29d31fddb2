package web_test

import (
	"net/http"
	"regexp"
	"testing"

	"hefa/internal/access"
	"hefa/internal/person"
)

func TestAWrongNumberIsCorrectedOnItsPage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p, n := s.office.Person(t), string(person.MakeNumber("533199", "1962-06-05", 903))
		s.office.Certificate(t, p, "2030-01-01")
		clerk, approver := s.as(access.Clerk), s.as(access.Approver)
		home := "/people/" + string(p.ID)
		page := home + "/correction"
		s.as(access.Township).get(t, home).want(t, http.StatusOK).lacks(t, page)
		s.as(access.Township).get(t, page).want(t, http.StatusForbidden)
		clerk.get(t, home).want(t, http.StatusOK, page, "更正身份证号").lacks(t, "办理资料更新")
		clerk.get(t, page).want(t, http.StatusOK, "性别和出生日期按新号码一并更正").lacks(t, string(p.Number))
		clerk.post(t, page, form("number", n[:17]+"?", "reason", "录入时看错一位")).want(t, http.StatusUnprocessableEntity, `href="#f-number"`, `href="#f-cause"`, `href="#f-evidence"`, "录入时看错一位")
		clerk.post(t, page, form("number", n, "cause", "typed", "reason", "录入时看错一位", "evidence", "居民身份证原件")).follow(t).want(t, http.StatusOK, "待批准", "居民身份证原件").lacks(t, n, "照证件再输一遍")
		approver.get(t, "/").want(t, http.StatusOK, "/corrections?state=asked")
		approver.get(t, "/corrections?state=asked").want(t, http.StatusOK, page)
		approver.get(t, page).want(t, http.StatusOK, "照证件再输一遍").lacks(t, n)
		read := regexp.MustCompile(`name="correction" value="([^"]+)"`).FindStringSubmatch(approver.get(t, page).body)
		if len(read) != 2 {
			t.Fatal("the form does not say which correction it is about")
		}
		approver.post(t, page+"/judge", form("do", "deny", "correction", "another", "opinion", "没有附证件")).want(t, http.StatusConflict, "没有附证件")
		approver.post(t, page+"/judge", form("do", "grant", "correction", read[1], "again", string(p.Number))).want(t, http.StatusUnprocessableEntity, "与提出人填写的不一致")
		approver.post(t, page+"/judge", form("do", "grant", "correction", read[1], "again", n)).follow(t).want(t, http.StatusOK, "身份证号已更正", "手中的残疾人证上还是原号码").lacks(t, n)
		clerk.get(t, home).want(t, http.StatusOK, "/applications/new?matter=update", "1962")
		formerOnPages(t, s, p, n)
	})
}

// formerOnPages looks for p by the number before, types it at the counter, and finds that it is another's.
func formerOnPages(t *testing.T, s *site, p person.Person, now string) {
	t.Helper()
	clerk, counter, home := s.as(access.Clerk), s.as(access.Township), "/people/"+string(p.ID)
	clerk.get(t, "/people?q="+string(p.Number)).want(t, http.StatusOK, home, "原号码").lacks(t, now)
	ask := form("number", string(p.Number), "do", "look")
	counter.post(t, "/applications/new", ask).want(t, http.StatusUnprocessableEntity, `href="#f-number"`, "更正为", home, "查看此人更正后的登记").lacks(t, now)
	read := regexp.MustCompile(`name="former" value="([^"]+)"`).FindStringSubmatch(clerk.get(t, home+"/correction").want(t, http.StatusOK, "原身份证号", "不能再用它登记").body)
	if len(read) != 2 {
		t.Fatal("there is no form about the number before")
	}
	post, field := home+"/correction/former", "former-"+read[1]+"-reason"
	clerk.post(t, post, form("former", read[1], "do", "apart", field, "短")).want(t, http.StatusUnprocessableEntity, `href="#f-`+field+`"`)
	clerk.post(t, post, form("former", read[1], "do", "apart", field, "两人户口簿已核对")).follow(t).want(t, http.StatusOK, "已认定属于另一人", "两人户口簿已核对")
	counter.post(t, "/applications/new", ask).want(t, http.StatusOK).lacks(t, "查看此人更正后的登记")
	clerk.post(t, post, form("former", read[1], "do", "back", field, "核对有误，是同一人")).follow(t).want(t, http.StatusOK, "已撤销认定")
	counter.post(t, "/applications/new", ask).want(t, http.StatusUnprocessableEntity, "更正为")
	clerk.post(t, post, form("former", read[1], "do", "apart", field, "两人户口簿已核对")).follow(t).want(t, http.StatusOK, "已认定属于另一人")
	other := s.office.Renumber(t, s.office.Person(t), p.Number)
	clerk.get(t, "/people/"+string(other.ID)+"/correction").want(t, http.StatusOK, "曾误登记在他人名下", home+"/correction", "两人户口簿已核对").lacks(t, now)
}
