package web_test

import (
	"net/http"
	"net/url"
	"strings"
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
		for _, try := range []struct{ category, found, want, clause string }{
			{"1", "right-acuity=0.04 left-acuity=0.04 right-field=30 left-field=30", "视力二级", "第5.2条"}, {"2", "method=pure months=24 right-500=95 right-1000=95 right-2000=95 right-4000=95 left-500=95 left-1000=95 left-2000=95 left-4000=95", "听力一级", "第5.3条"},
			{"3", "type=aphasia treated=12 clarity=20 expressive=2", "言语二级", "第5.4条"}, {"4", "origin=congenital rightarm-lost=forearm adl=3", "肢体三级", "第5.5条"},
			{"5", "instrument=WISC iq=34 adaptive=2", "智力二级", "第5.6条"}, {"6", "diagnosis=F20 months=36 items=36 whodas=110 adaptive=2", "精神二级", "第5.7条"},
		} {
			typed := url.Values{"category": {try.category}, "age": {"40"}}
			for pair := range strings.FieldsSeq(try.found) {
				name, value, _ := strings.Cut(pair, "=")
				typed.Set("f"+try.category+"-"+name, value)
			}
			town.post(t, "/grading", typed).want(t, http.StatusOK, try.want, try.clause)
		}
		s.nobody().get(t, "/grading").want(t, http.StatusSeeOther)
	})
}
