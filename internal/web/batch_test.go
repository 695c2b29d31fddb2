package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// inState is a case whose conclusion is physical, third level, in a state before the print.
func (s *site) inState(t *testing.T, state application.State) application.Application {
	t.Helper()
	a := s.office.Case(t, s.office.Person(t), state)
	s.office.Update(t, access.Reviewer, func(tx *store.Tx) (err error) {
		a.Category, a.Level, a.Assessed = certificate.Physical, certificate.Third, s.office.Today()
		if state == application.Approved {
			a.Approved = s.office.Today()
		}
		if err := tx.SaveApplication(access.ApplicationAssess, a.State, a, ""); err != nil {
			return err
		}
		a, err = tx.Application(a.ID)
		return err
	})
	return a
}

// personName is the name of the case's person.
func (s *site) personName(t *testing.T, a application.Application) (name string) {
	t.Helper()
	s.office.Update(t, access.Reviewer, func(tx *store.Tx) error {
		p, err := tx.Person(a.Person)
		name = p.Name
		return err
	})
	return name
}

func TestPagesLeadFromReviewToTheShelf(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		reviewer, approver, clerk, township := s.as(access.Reviewer), s.as(access.Approver), s.as(access.Clerk), s.as(access.Township)
		a := s.inState(t, application.Review)
		page, name := "/applications/"+string(a.ID), s.personName(t, a)
		reviewer.get(t, page).want(t, http.StatusOK, "核对事项", "没有评定结论", "有缺").lacks(t, "/approve")
		reviewer.post(t, page+"/review", url.Values{"note": {strings.Repeat("长", 501)}}).want(t, http.StatusUnprocessableEntity, "不能超过 500 个字", "长长长")
		reviewer.post(t, page+"/review", url.Values{"note": {"材料齐全"}}).follow(t).want(t, http.StatusOK, "审核完成", "材料齐全")
		approver.get(t, "/").want(t, http.StatusOK, "批准所选办件", name)
		approver.post(t, "/applications/approve", nil).want(t, http.StatusOK, "没有选择办件")
		approver.post(t, "/applications/approve", url.Values{"id": {string(a.ID)}}).want(t, http.StatusOK, "批准 1 件，没有批准 0 件", name)
		approver.post(t, "/applications/approve", url.Values{"id": {string(a.ID)}}).want(t, http.StatusOK, "批准 0 件，没有批准 1 件", "待打印")
		clerk.get(t, page).want(t, http.StatusOK, "/batches/new?region=533103105")
		clerk.get(t, "/batches/new").want(t, http.StatusOK, "风平镇", "/batches/new?region=533103105")
		clerk.get(t, "/batches/new?region=533103105").want(t, http.StatusOK, name, "肢体三级", "checked")
		clerk.post(t, "/batches", url.Values{"region": {"533103105"}}).want(t, http.StatusUnprocessableEntity, "请至少勾选一件", name).lacks(t, "checked")
		made := clerk.post(t, "/batches", url.Values{"region": {"533103105"}, "id": {string(a.ID)}})
		batch := made.header.Get("Location")
		made.follow(t).want(t, http.StatusOK, "第一步", "第二步：登记打印结果——"+name, "打印中，完好 0/1", "绿色封皮")
		clerk.post(t, batch+"/dispatch", nil).want(t, http.StatusUnprocessableEntity, "还有 1 本没有登记")
		clerk.post(t, batch+"/spoil", url.Values{"card": {string(a.ID)}}).want(t, http.StatusUnprocessableEntity, "请写明废证原因")
		clerk.post(t, batch+"/spoil", url.Values{"card": {string(a.ID)}, "reason": {"卡纸"}}).follow(t).want(t, http.StatusOK, "已登记废证")
		clerk.post(t, batch+"/good", url.Values{"card": {string(a.ID)}, "serial": {"yn001"}}).want(t, http.StatusSeeOther)
		clerk.get(t, batch).want(t, http.StatusOK, "YN001", "第三步")
		clerk.get(t, "/batches").want(t, http.StatusOK, "533103-ZK-2020-0001", "待下发")
		clerk.get(t, "/batches?region=533103101").want(t, http.StatusOK, "还没有制证批次").lacks(t, "533103-ZK-2020-0001")
		clerk.post(t, batch+"/dispatch", url.Values{"seal": {"000123"}, "bearer": {"县邮政"}}).follow(t).want(t, http.StatusOK, "已下发，发放中", "封签 000123，运送：县邮政")
		receiver := s.as(access.Township)
		receiver.get(t, batch).want(t, http.StatusOK, "清点签收")
		receiver.post(t, batch+"/receive", url.Values{"serials": {"X1"}}).want(t, http.StatusUnprocessableEntity, "请填写实收本数", "请写明情况", "X1")
		receiver.post(t, batch+"/receive", url.Values{"count": {"99"}, "whole": {"yes"}, "note": {"数量不符，已报"}}).want(t, http.StatusUnprocessableEntity, "请填写实收本数")
		receiver.post(t, batch+"/receive", url.Values{"count": {"1"}, "whole": {"yes"}, "note": {"少装，已报县残联"}}).follow(t).want(t, http.StatusOK, "已签收", "少装，已报县残联", "清点 1 本").lacks(t, "清点签收")
		s.office.Wait(30)
		township.get(t, "/deliveries?name="+url.QueryEscape(name)).want(t, http.StatusOK, name, "30 天，超期").lacks(t, "没有等待发放")
		township.get(t, "/deliveries?name=nobody").want(t, http.StatusOK, "没有符合条件的证件")
		take := "/deliveries/" + string(a.ID)
		township.get(t, take).want(t, http.StatusOK, `value="`+name+`"`)
		township.post(t, take, url.Values{"receiver": {"某某"}}).want(t, http.StatusUnprocessableEntity, "请填写与持证人的关系", "请填写代领人出示的材料", `value="某某"`)
		township.post(t, "/deliveries", url.Values{"ids": {string(a.ID)}}).want(t, http.StatusUnprocessableEntity, "请填写怎样通知的", "checked")
		told := township.post(t, "/deliveries", url.Values{"ids": {string(a.ID)}, "how": {"电话通知本人"}, "region": {string(testbed.Township)}})
		if to := told.header.Get("Location"); to != "/deliveries?region="+string(testbed.Township) {
			t.Errorf("after the notice the list is %s", to)
		}
		told.follow(t).want(t, http.StatusOK, "已登记通知 1 人", "已通知 1 次")
		township.post(t, "/deliveries", url.Values{"ids": {string(a.ID)}, "how": {"电话通知本人"}}).want(t, http.StatusUnprocessableEntity, "今天已经登记过通知")
		list := township.get(t, "/deliveries?late=yes").want(t, http.StatusOK, name)
		printed := regexp.MustCompile(`/deliveries/letters\.pdf\?[^"]*`).FindAllString(list.body, -1)
		if len(printed) != 3 {
			t.Fatalf("the notices can be had in %d readings", len(printed))
		}
		for _, at := range append(printed, "/deliveries/letters.pdf?reading=tiny") {
			if a := township.get(t, strings.ReplaceAll(at, "&amp;", "&")); strings.HasPrefix(a.body, "%PDF") == strings.HasSuffix(at, "tiny") {
				t.Errorf("%s answers %d", at, a.status)
			}
		}
		s.as(access.Village).get(t, "/deliveries").want(t, http.StatusForbidden)
		township.post(t, take, url.Values{"receiver": {"某某"}, "relation": {"父子"}, "papers": {"委托书、户口簿"}, "means": {"post"}, "tracking": {"EA123456789CN"}}).follow(t).want(t, http.StatusOK, "已发放，新证生效")
		clerk.get(t, page).want(t, http.StatusOK, "某某（父子）", "出示：委托书、户口簿", "邮寄（邮件号码 EA123456789CN）", "待归档")
		clerk.get(t, page).want(t, http.StatusOK, "卷内材料", "领证签收记录", "将新建档案盒", "缺少")
		clerk.post(t, page+"/file", nil).want(t, http.StatusUnprocessableEntity, "材料不全，缺少：申请表、补充资料")
		clerk.post(t, page+"/file", url.Values{"reason": {"原件在乡镇"}}).follow(t).want(t, http.StatusOK, "533103-CJ·2020-D30-0001 533103-H·2020-D30-001", "申请表、补充资料（原件在乡镇）", "已办结")
	})
}

func TestABatchPrintsItsPapers(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		form := url.Values{"region": {"533103105"}}
		for range 3 {
			form.Add("id", string(s.inState(t, application.Approved).ID))
		}
		batch := clerk.post(t, "/batches", form).header.Get("Location")
		for file, head := range map[string]string{"/booklets.pdf": "%PDF-", "/dispatch.pdf": "%PDF-", "/register.pdf": "%PDF-", "/cards.xlsx": "PK"} {
			got := clerk.get(t, batch+file).want(t, http.StatusOK)
			if !strings.HasPrefix(got.body, head) || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") {
				t.Errorf("%s begins with %.8q, disposition %q", file, got.body, got.header.Get("Content-Disposition"))
			}
		}
		clerk.post(t, batch+"/print", nil).follow(t).want(t, http.StatusOK, "全部登记为打印完好")
		clerk.get(t, batch+"/booklets.pdf").want(t, http.StatusConflict, "都已登记打印结果")
		clerk.post(t, batch+"/print", nil).want(t, http.StatusUnprocessableEntity, "都已登记打印结果")
		s.as(access.Township).get(t, batch+"/booklets.pdf").want(t, http.StatusForbidden)
		s.as(access.Township).get(t, batch+"/register.pdf").want(t, http.StatusOK)
		s.as(access.Township).get(t, "/deliveries.xlsx").want(t, http.StatusOK)
		s.actor(testbed.Stranger(access.Clerk)).get(t, batch).want(t, http.StatusNotFound)
	})
}

func TestTheApproverRefusesWithALetter(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		approver, a := s.as(access.Approver), s.inState(t, application.Reviewed)
		page := "/applications/" + string(a.ID)
		approver.post(t, page+"/refuse", url.Values{"reason": {" "}}).want(t, http.StatusUnprocessableEntity, "请写明理由")
		approver.post(t, page+"/refuse", url.Values{"reason": {"病历与所见不符"}}).follow(t).want(t, http.StatusOK, "不予办理", "病历与所见不符")
		approver.post(t, page+"/approve", nil).want(t, http.StatusUnprocessableEntity, "不能办理")
	})
}

// TestListsOfCardsArePagedWithoutGaps opens every page of the hand-out list and counts each card once.
func TestListsOfCardsArePagedWithoutGaps(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		const cards = 53 // a page holds 50
		form := url.Values{"region": {"533103105"}}
		for range cards {
			form.Add("id", string(s.inState(t, application.Approved).ID))
		}
		clerk, township := s.as(access.Clerk), s.as(access.Township)
		batch := clerk.post(t, "/batches", form).header.Get("Location")
		clerk.post(t, batch+"/print", nil).follow(t)
		clerk.post(t, batch+"/dispatch", nil).follow(t)
		first := township.get(t, "/deliveries").want(t, http.StatusOK)
		at := strings.Index(first.body, "/deliveries?after=")
		if at < 0 {
			t.Fatal("the first page leads to no second one")
		}
		next, _, _ := strings.Cut(first.body[at:], `"`)
		second := township.get(t, next).want(t, http.StatusOK, `href="/deliveries?"`)
		row := regexp.MustCompile(`href="/deliveries/[0-9a-f-]{36}"`)
		if n, m := len(row.FindAllString(first.body, -1)), len(row.FindAllString(second.body, -1)); n != 50 || m != cards-50 {
			t.Errorf("pages of %d and %d rows", n, m)
		}
	})
}
