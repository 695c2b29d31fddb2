package web_test

import (
	"net/http"
	"net/url"
	"testing"

	"hefa/internal/access"
)

func TestAnybodySignedInTriesTheStandard(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		for _, role := range access.Roles {
			s.as(role).get(t, "/grading").want(t, http.StatusOK, "标准试算", "右眼最佳矫正视力", "nlp")
		}
		town := s.as(access.Township)
		ears := url.Values{"category": {"2"}, "age": {"40"}, "f2-method": {"pure"}, "f2-months": {"24"}}
		for _, f := range []string{"500", "1000", "2000", "4000"} {
			ears.Set("f2-right-"+f, "95")
			ears.Set("f2-left-"+f, "70")
		}
		town.post(t, "/grading", ears).want(t, http.StatusOK, "听力三级", "第5.3条", "较好耳 70 dB HL", `value="95"`)
		ears.Set("f2-left-500", "响")
		ears.Set("age", "四十")
		town.post(t, "/grading", ears).want(t, http.StatusUnprocessableEntity, "“左耳 500 Hz”请填写 -10 到 130 之间的数字", "年龄请填写 0 到 130", `value="响"`, `value="四十"`)
		s.nobody().get(t, "/grading").want(t, http.StatusSeeOther)
	})
}
