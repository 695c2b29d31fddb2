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
		town.post(t, "/statements", url.Values{"form": {"waiver"}, "person": {string(who.ID)}}).want(t, http.StatusSeeOther)
		town.get(t, "/people/"+string(who.ID)).want(t, http.StatusOK, "533103-2020-F000003", "自愿放弃办理残疾人证的声明")
	})
}
