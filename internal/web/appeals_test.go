package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestAnAppealGoesToTheCityAndBack(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a := s.office.Case(t, s.office.Person(t), application.Reviewed)
		township, city, at := s.as(access.Township), s.as(access.City), "/applications/"+string(a.ID)+"/appeal"
		township.get(t, at).want(t, http.StatusOK, "没有可以申请再次评定的结论")
		s.office.Update(t, access.Reviewer, func(tx *store.Tx) error {
			a, err := tx.Application(a.ID)
			if err != nil {
				return err
			}
			a.Category, a.Level, a.Assessed = certificate.Physical, certificate.Third, s.office.Today()
			return tx.SaveApplication(access.ApplicationAssess, a.State, a, "")
		})
		township.get(t, "/applications/"+string(a.ID)).want(t, http.StatusOK, at)
		township.get(t, at).want(t, http.StatusOK, "肢体三级", "2020年4月16日")
		township.post(t, at, url.Values{"do": {"file"}}).want(t, http.StatusUnprocessableEntity, "请填写不服的理由")
		township.post(t, at, url.Values{"do": {"file"}, "reason": {"应为二级"}}).follow(t).want(t, http.StatusOK, "待市（省）残联同意", "应为二级").lacks(t, "指定这家医院")
		s.as(access.Approver).post(t, "/applications/"+string(a.ID)+"/approve", nil).want(t, http.StatusUnprocessableEntity, "还没有办结，不能决定")
		city.get(t, "/appeals").want(t, http.StatusOK, "请先选择县")
		city.get(t, "/appeals?region=533103").want(t, http.StatusOK, at, "待市（省）残联同意")
		page := city.get(t, at).want(t, http.StatusOK, "同意，指定这家医院", "不予受理")
		id := regexp.MustCompile(`name="appeal" value="([^"]+)"`).FindStringSubmatch(page.body)[1]
		city.post(t, at, url.Values{"do": {"admit"}, "appeal": {id}}).want(t, http.StatusUnprocessableEntity, "请填写指定的医院")
		city.post(t, at, url.Values{"do": {"admit"}, "appeal": {id}, "hospital": {"市中心医院"}}).follow(t).want(t, http.StatusOK, "市中心医院", "登记结论")
		form := url.Values{"do": {"conclude"}, "appeal": {id}, "on": {"bad"}, "first": {"甲"}, "second": {"甲"}}
		city.post(t, at, form).want(t, http.StatusUnprocessableEntity, "请选择残疾类别和等级", "评定日期不能早于", "不能是同一人", "请填写意见", `value="bad"`)
		form = url.Values{"do": {"conclude"}, "appeal": {id}, "on": {"2020-04-01"}, "first": {"甲"}, "second": {"乙"}, "category": {"4"}, "level": {"2"}, "opinion": {"复查"}}
		city.post(t, at, form).follow(t).want(t, http.StatusOK, "改变原结论", "肢体二级")
		township.get(t, "/applications/"+string(a.ID)).want(t, http.StatusOK, "待公示", "肢体 二级")
		township.get(t, at).want(t, http.StatusOK, "登记再次评定申请") // to the province now
	})
}

func TestAScanOfTheArchiveIsOpenedForAReason(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		a := s.office.Case(t, s.office.Person(t), application.Draft)
		desk := casework.New(s.office.DB, s.office.Files)
		scan, err := desk.AddAttachment(t.Context(), testbed.As(access.Township), a.ID, casework.Upload{Paper: "identity", Name: "身份证.pdf", Content: strings.NewReader("%PDF-1.4\n%%EOF\n")})
		if err != nil {
			t.Fatal(err)
		}
		township, at := s.as(access.Township), "/applications/"+string(a.ID)+"/attachments/"+string(scan)
		township.get(t, at).want(t, http.StatusOK, "%PDF-1.4")
		s.office.Update(t, access.Township, func(tx *store.Tx) error {
			a, err := tx.Application(a.ID)
			if err != nil {
				return err
			}
			a.State = application.Closed
			return tx.SaveApplication(access.ApplicationFile, application.Draft, a, "")
		})
		township.get(t, at).want(t, http.StatusOK, "查阅扫描件要写明原因").lacks(t, "%PDF-1.4")
		township.post(t, at, url.Values{"reason": {"看"}}).want(t, http.StatusUnprocessableEntity, "至少 4 个字", "看")
		township.post(t, at, url.Values{"reason": {"与原件核对"}}).want(t, http.StatusOK, "%PDF-1.4")
	})
}
