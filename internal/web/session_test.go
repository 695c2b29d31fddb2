package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/attachment"
	"hefa/internal/certificate"
	"hefa/internal/grading"
	"hefa/internal/org"
	"hefa/internal/session"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// planning is the form of a session as a clerk fills it in.
func planning(day, capacity string) url.Values {
	return url.Values{"region": {string(testbed.Township)}, "hospital": {testbed.As(access.Doctor).Org}, "kind": {"central"}, "day": {day}, "capacity": {capacity}, "place": {"门诊三楼"}}
}

// planSession is the address of a new session of 风平镇.
func (s *site) planSession(t *testing.T, day, capacity string) string {
	t.Helper()
	a := s.as(access.Clerk).post(t, "/sessions", planning(day, capacity)).want(t, http.StatusSeeOther)
	return a.header.Get("Location")
}

// accepted is a case that waits for a seat and wants the categories.
func (s *site) accepted(t *testing.T, wanted ...certificate.Category) application.Application {
	t.Helper()
	a := s.office.Case(t, s.office.Person(t), application.Accepted)
	s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
		a.Wanted = wanted
		return tx.SaveApplication(access.ApplicationEdit, a.State, a, "")
	})
	return a
}

func TestSessionIsPlannedFilledAndChanged(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, town := s.as(access.Clerk), s.as(access.Township)
		clerk.get(t, "/sessions").want(t, http.StatusOK, "没有符合条件的场次", "新增场次")
		clerk.get(t, "/sessions/plan").want(t, http.StatusOK, "风平镇", "测试533103医院")
		bad := clerk.post(t, "/sessions", planning("2020-04-06", "两个")).want(t, http.StatusUnprocessableEntity, "可评人数应为 1 到 1000", "2020-04-06", "门诊三楼")
		bad.want(t, http.StatusUnprocessableEntity, `value="两个"`)
		clerk.post(t, "/sessions", planning("2020-04-06", "1")).want(t, http.StatusUnprocessableEntity, "2020年4月6日不是工作日")
		href := s.planSession(t, "20200402", "1")
		town.get(t, href).want(t, http.StatusOK, "没有等待安排的人", "剩余 1 个")
		first, second := s.accepted(t, certificate.Physical), s.accepted(t, certificate.Physical)
		town.get(t, href).want(t, http.StatusOK, "等待安排的人", string(first.ID))
		town.post(t, href+"/schedule", url.Values{}).want(t, http.StatusUnprocessableEntity, "请先勾选要安排的人")
		both := url.Values{"application": {string(first.ID), string(second.ID)}}
		town.post(t, href+"/schedule", both).want(t, http.StatusUnprocessableEntity, "只剩 1 个名额，您选了 2 人", "checked")
		town.post(t, href+"/schedule", url.Values{"application": {string(first.ID)}}).follow(t).want(t, http.StatusOK, "已安排 1 人", "剩余 0 个", "139****0000").lacks(t, "13900000000")
		clerk.post(t, href+"/change", url.Values{"version": {"2"}, "day": {"2020-04-03"}, "capacity": {"0"}}).want(t, http.StatusUnprocessableEntity, "可评人数应为")
		clerk.post(t, href+"/change", url.Values{"version": {"1"}, "day": {"2020-04-03"}, "capacity": {"5"}, "place": {"二楼"}}).want(t, http.StatusConflict, "别人刚保存的内容", "门诊三楼", "二楼")
		clerk.post(t, href+"/change", url.Values{"version": {"2"}, "day": {"2020-04-03"}, "capacity": {"5"}, "place": {"二楼"}}).follow(t).want(t, http.StatusOK, "2020年4月3日", "二楼")
		if pdf := town.get(t, href+"/list.pdf").want(t, http.StatusOK); !strings.HasPrefix(pdf.body, "%PDF-") {
			t.Error("the day list is no PDF")
		}
		if book := clerk.get(t, "/sessions/export").want(t, http.StatusOK); !strings.HasPrefix(book.body, "PK") {
			t.Error("the export is no workbook")
		}
		town.get(t, "/sessions/plan").want(t, http.StatusForbidden)
		clerk.get(t, "/sessions?from=nonsense").want(t, http.StatusUnprocessableEntity, "看不懂这个日期", "nonsense")
		s.actor(testbed.Stranger(access.Clerk)).get(t, href).want(t, http.StatusNotFound)
	})
}

func TestCasePageGivesAndMovesASeat(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		town := s.as(access.Township)
		a := s.accepted(t, certificate.Physical)
		href := "/applications/" + string(a.ID)
		town.get(t, href).want(t, http.StatusOK, "近期没有评残场次")
		one, two := s.planSession(t, "2020-04-02", "1"), s.planSession(t, "2020-04-03", "1")
		town.post(t, href+"/schedule", url.Values{}).want(t, http.StatusUnprocessableEntity, "请选择一个评残场次")
		for _, to := range []string{one, two} {
			town.post(t, href+"/schedule", url.Values{"session": {strings.TrimPrefix(to, "/sessions/")}}).follow(t).want(t, http.StatusOK, "已安排评残", "待评定")
		}
		town.get(t, one).want(t, http.StatusOK, "剩余 1 个")
		town.get(t, two).want(t, http.StatusOK, "剩余 0 个")
	})
}

func TestHospitalWorksFromItsOwnSessions(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		href := s.planSession(t, "2020-04-02", "5")
		s.office.Employ(t, "hearing", "测试耳科", certificate.Hearing)
		a := s.accepted(t, certificate.Physical, certificate.Hearing)
		loose := s.accepted(t, certificate.Physical)
		s.as(access.Township).post(t, href+"/schedule", url.Values{"application": {string(a.ID)}}).want(t, http.StatusSeeOther)
		s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.AddSession(session.Session{ID: "theirs", Region: testbed.Township, Hospital: org.ID("another"), Kind: session.Central, Day: "2020-04-02", Capacity: 1})
		})
		form := "/applications/" + string(a.ID) + "/assess"
		for _, role := range []access.Role{access.Doctor, access.Hospital} {
			b := s.as(role)
			b.get(t, "/").want(t, http.StatusOK, "评残安排", "风平镇").lacks(t, "theirs")
			b.get(t, href).want(t, http.StatusOK, "已安排的人员").lacks(t, "安排所选")
			b.get(t, "/sessions/theirs").want(t, http.StatusNotFound)
			b.get(t, "/applications/"+string(loose.ID)).want(t, http.StatusNotFound)
		}
		s.as(access.Doctor).get(t, form).want(t, http.StatusConflict, "到当天才能填写")
		s.as(access.Hospital).get(t, form).want(t, http.StatusForbidden)
		s.as(access.Clerk).get(t, form).want(t, http.StatusForbidden)
	})
}

func TestDoctorFillsInOnlyWhatIsTheirs(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		href := s.planSession(t, "2020-04-02", "5")
		a, other := s.accepted(t, certificate.Physical, certificate.Hearing), s.accepted(t, certificate.Physical)
		seats := url.Values{"application": {string(a.ID), string(other.ID)}}
		s.office.Employ(t, "hearing", "测试耳科", certificate.Hearing)
		s.as(access.Township).post(t, href+"/schedule", seats).want(t, http.StatusSeeOther)
		s.office.Until("2020-04-02")
		doctor, form := s.as(access.Doctor), "/applications/"+string(a.ID)+"/assess"
		doctor.get(t, href).want(t, http.StatusOK, form)
		doctor.get(t, form).want(t, http.StatusOK, "您没有这个类别的评定资格", `name="category-4"`, `value="测试doctor"`).lacks(t, `name="category-2"`)
		filled := url.Values{"category-4": {"met"}, "level-4": {"3"}, "findings-4": {"左下肢肌力三级"}, "on": {"2020-04-02"}, "first": {"测试doctor"}, "second_name": {"测试主任"}}
		for name, value := range testbed.Measured(certificate.Physical, "3") {
			filled.Set(grading.Input(certificate.Physical, name), value)
		}
		forged := url.Values{"category-2": {"met"}, "level-2": {"1"}, "findings-2": {"越权"}}
		for k, v := range filled {
			forged[k] = v
		}
		doctor.post(t, form, forged).want(t, http.StatusUnprocessableEntity, "不得跨类别评定", "左下肢肌力三级")
		doctor.post(t, form, url.Values{"category-4": {"met"}}).want(t, http.StatusUnprocessableEntity, "选择等级", "检查所见和测量值", "第二位签名医师")
		doctor.post(t, form, url.Values{"findings-4": {"只写了所见"}}).want(t, http.StatusUnprocessableEntity, "是否达到残疾标准", "只写了所见")
		weigh := url.Values{"do": {"weigh"}, "f4-adl": {"4"}, "f4-stiff": {"yes"}, "f4-origin": {"congenital"}}
		doctor.post(t, form, weigh).want(t, http.StatusOK, "标准建议", "肢体残疾四级 c)", "达到残疾标准：肢体四级")
		weigh.Set("f4-kyphosis", "弯")
		doctor.post(t, form, weigh).want(t, http.StatusUnprocessableEntity, "“脊柱后凸”请填写 0 到 180 之间的数字", `value="弯"`)
		doctor.post(t, form, filled).want(t, http.StatusUnprocessableEntity, "还有申请的类别没有评定：听力")
		keep := url.Values{"do": {"keep"}, "version": {"3"}}
		for k, v := range filled {
			keep[k] = v
		}
		doctor.post(t, form, keep).follow(t).want(t, http.StatusOK, "本科结论已暂存", "待评定")
		doctor.get(t, form).want(t, http.StatusOK, "左下肢肌力三级")
		doctor.post(t, form, keep).want(t, http.StatusConflict, "同事已保存的内容", "左下肢肌力三级")
		doctor.post(t, "/applications/"+string(other.ID)+"/assess", filled).want(t, http.StatusUnprocessableEntity, "请先在办件上传有两位医师签名的残疾评定表扫描件", "左下肢肌力三级")
		s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.AddAttachment(attachment.Attachment{ID: "sheet", Region: other.Region, Application: string(other.ID), Paper: "assessment", Name: "评定表.pdf", Type: "application/pdf"})
		})
		doctor.post(t, "/applications/"+string(other.ID)+"/assess", filled).follow(t).want(t, http.StatusOK, "评定结论已提交", "待公示", "左下肢肌力三级", "日常生活活动（不用辅助器具）：能部分独立实现")
	})
}

func TestWhoDidNotComeIsRecordedOnTheDay(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		href := s.planSession(t, "2020-04-02", "5")
		a := s.accepted(t, certificate.Physical)
		town := s.as(access.Township)
		town.post(t, href+"/schedule", url.Values{"application": {string(a.ID)}}).want(t, http.StatusSeeOther)
		town.get(t, href).want(t, http.StatusOK).lacks(t, "还没有评定的人")
		s.office.Wait(1)
		town = s.as(access.Township)
		town.get(t, href).want(t, http.StatusOK, "还没有评定的人", "行动不便，不能到场")
		s.as(access.Village).get(t, href).want(t, http.StatusOK).lacks(t, "还没有评定的人")
		town.post(t, href+"/miss", url.Values{"note": {"邻居说去女儿家了"}}).want(t, http.StatusUnprocessableEntity, "请勾选没有到场的人", "邻居说去女儿家了")
		town.post(t, href+"/miss", url.Values{"missed": {string(a.ID)}, "absence": {"other"}}).want(t, http.StatusUnprocessableEntity, "请写明原因", "checked")
		town.post(t, href+"/miss", url.Values{"missed": {string(a.ID)}, "absence": {"immobile"}, "note": {"卧床"}}).follow(t).
			want(t, http.StatusOK, "已登记 1 人未到场", "未到场的人员（1 人）", "卧床", "剩余 5 个").lacks(t, "还没有评定的人")
		town.get(t, "/applications/"+string(a.ID)).want(t, http.StatusOK, "待安排评残", "2020年4月2日未到场：行动不便，不能到场 卧床")
		town.get(t, s.planSession(t, "2020-04-03", "5")).want(t, http.StatusOK, "曾 1 次未到场，最近一次：行动不便")
	})
}

// Clause N22: who got no seat because of a relative is named, and who keeps away stands beside the person.
func TestRelativesAreToldWhenSeatsAreGiven(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		at, kin, rest := s.planSession(t, "2020-04-02", "9"), s.accepted(t, certificate.Physical), s.accepted(t, certificate.Physical)
		s.office.Declare(t, testbed.As(access.Doctor), kin.Person)
		town := s.as(access.Township)
		pick := url.Values{"application": {string(kin.ID), string(rest.ID)}}
		town.post(t, at+"/schedule", pick).want(t, http.StatusOK, "已安排 1 人", "没有安排", "测试doctor", "N22").lacks(t, " checked")
		s.office.Employ(t, "colleague", "测试同事", certificate.Physical)
		town.post(t, at+"/schedule", url.Values{"application": {string(kin.ID)}}).want(t, http.StatusOK, "已安排 1 人", "由其他医师评定", "回避：测试doctor")
		town.get(t, "/applications/"+string(kin.ID)).want(t, http.StatusOK, "亲属回避：测试doctor")
	})
}
