package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestSignedPapersAreNumberedPrintedNamedAndEnded(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		town, who := s.as(access.Township), s.office.Person(t)
		town.get(t, "/forms").want(t, http.StatusOK, `href="/statements"`)
		town.get(t, "/statements").want(t, http.StatusOK, "还没有印发带编号的表单")
		town.post(t, "/statements", url.Values{"form": {""}, "count": {"二"}, "signer": {"某人"}, "place": {""}}).want(t, http.StatusUnprocessableEntity, "请选择表单", `value="某人"`)
		town.post(t, "/statements", url.Values{"form": {"survey"}, "count": {"999"}, "place": {string(testbed.Township)}}).want(t, http.StatusUnprocessableEntity, "份数应当是 1 到 200 的整数", `value="999"`)
		a := town.post(t, "/statements", url.Values{"form": {"survey"}, "count": {"2"}, "place": {string(testbed.Township)}}).want(t, http.StatusSeeOther)
		one := a.header.Get("Location")
		one = regexp.MustCompile(`/statements/[0-9a-z-]+`).FindString(one)
		town.get(t, one).want(t, http.StatusOK, "533103-2020-F000001", "已印发，未收回", "还没有登记表上是谁")
		if b := town.get(t, one+"/forms.pdf").want(t, http.StatusOK).body; !strings.HasPrefix(b, "%PDF") {
			t.Errorf("%.40q", b)
		}
		town.post(t, one+"/people", url.Values{"number": {"1"}}).want(t, http.StatusUnprocessableEntity, `value="1"`)
		town.post(t, one+"/people", url.Values{"number": {string(who.Number)}}).want(t, http.StatusSeeOther)
		town.get(t, one).want(t, http.StatusOK, who.Name, who.Number.Masked())
		town.get(t, "/people/"+string(who.ID)).want(t, http.StatusOK, "533103-2020-F000001", "打印放弃声明")
		town.post(t, one+"/end", url.Values{"do": {"spoil"}, "reason": {""}}).want(t, http.StatusUnprocessableEntity, "请写明原因")
		town.post(t, one+"/end", url.Values{"do": {"spoil"}, "reason": {"淋湿了"}}).want(t, http.StatusSeeOther)
		town.get(t, "/statements?state=void").want(t, http.StatusOK, "533103-2020-F000001")
		if body := town.get(t, "/statements?state=out").body; strings.Contains(body, "F000001") || !strings.Contains(body, "F000002") {
			t.Error("the spoiled one is still out")
		}
		person := "/people/" + string(who.ID)
		town.post(t, "/statements", url.Values{"form": {"waiver"}, "person": {string(who.ID)}}).want(t, http.StatusUnprocessableEntity, "还不能填写放弃声明", "请再入户动员 2 次并登记", `action="`+person+`/attempts"`)
		town.get(t, person+"/attempts").want(t, http.StatusOK, "还没有登记过动员", "须在不同日期入户动员 2 次，已登记 0 次", `value="测试township"`)
		wrong := url.Values{"day": {"昨天"}, "way": {""}, "name1": {"岩旺"}, "post1": {""}, "name3": {"李四"}, "post3": {"cadre"}, "result": {"other"}}
		town.post(t, person+"/attempts", wrong).want(t, http.StatusUnprocessableEntity, "日期应在2019年4月1日至2020年4月1日之间", "请选择方式", "请选择动员人身份", "请填写说明", `value="昨天"`, `value="李四"`,
			`<details class="govuk-details" open>`)
		for _, on := range []string{"2020年3月30日", "2020-03-31"} {
			right := url.Values{"day": {on}, "way": {"visit"}, "name1": {"岩旺"}, "post1": {"delegate"}, "helper": {"team 测试队员"}, "result": {"refuses"}}
			town.post(t, person+"/attempts", right).want(t, http.StatusSeeOther)
		}
		town.get(t, person).want(t, http.StatusOK, "岩旺（专职委员）、测试队员（驻村队员）", "2020-03-31")
		town.post(t, "/statements", url.Values{"form": {"waiver"}, "person": {string(who.ID)}}).want(t, http.StatusSeeOther)
		town.get(t, "/people/"+string(who.ID)).want(t, http.StatusOK, "533103-2020-F000003", "自愿放弃办理残疾人证的声明")
	})
}
