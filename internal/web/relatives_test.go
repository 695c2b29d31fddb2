package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"testing"

	"hefa/internal/access"
)

func TestRelativesAreDeclaredAndKeptAway(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p := s.office.Person(t)
		reviewer := s.as(access.Reviewer)
		reviewer.get(t, "/account").want(t, http.StatusOK, "/account/relatives")
		reviewer.post(t, "/account/relatives", url.Values{"name": {p.Name}, "number": {"5331"}}).want(t, http.StatusUnprocessableEntity, "请选择与您的关系", p.Name, `value="5331"`)
		page := reviewer.post(t, "/account/relatives", url.Values{"name": {p.Name}, "number": {string(p.Number)}, "relation": {"sibling"}}).follow(t).
			want(t, http.StatusOK, "已申报", p.Number.Masked(), "兄弟姐妹").lacks(t, string(p.Number))
		s.as(access.Discipline).get(t, "/kindred").want(t, http.StatusOK, p.Name, "测试reviewer")
		s.as(access.City).get(t, "/kindred").want(t, http.StatusOK, "请先选择县")
		s.as(access.Township).get(t, "/kindred").want(t, http.StatusForbidden)
		withdraw := regexp.MustCompile(`/account/relatives/[0-9a-f-]{36}/withdraw`).FindString(page.body)
		s.as(access.Clerk).post(t, withdraw, url.Values{}).want(t, http.StatusNotFound)
		reviewer.post(t, withdraw, url.Values{}).follow(t).want(t, http.StatusOK, "已撤回").lacks(t, p.Number.Masked())
		s.as(access.Discipline).get(t, "/kindred").want(t, http.StatusOK, "2020年4月1日撤回")
	})
}
