package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/card"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestAFileIsKeptFoundAndLent(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, approver, reviewer := s.as(access.Clerk), s.as(access.Approver), s.as(access.Reviewer)
		p := s.office.Person(t)
		a := s.office.Case(t, p, application.Delivered)
		clerk.post(t, "/applications/"+string(a.ID)+"/file", url.Values{"reason": {"原件在乡镇"}}).want(t, http.StatusSeeOther)
		file := "/archive/files/" + string(p.ID)
		clerk.get(t, "/archive").want(t, http.StatusOK, p.Name, "533103-CJ·2020-D30-0001", file, "在库")
		clerk.get(t, "/archive?no=X").want(t, http.StatusOK, "没有符合条件的档案").lacks(t, file)
		clerk.post(t, "/archive/find", url.Values{"code": {"不存在"}}).want(t, http.StatusUnprocessableEntity, "没有档号或盒号是“不存在”的档案", `value="不存在"`)
		clerk.post(t, "/archive/find", url.Values{"code": {"533103-CJ·2020-D30-0001"}}).follow(t).want(t, http.StatusOK, p.Name, "第 1 件")
		box := clerk.post(t, "/archive/find", url.Values{"code": {"533103-H·2020-D30-001"}}).header.Get("Location")
		clerk.get(t, box).want(t, http.StatusOK, "盒内档案", p.Name, "清点这一盒")
		clerk.post(t, box, url.Values{"version": {"2"}, "room": {"1 号库"}}).want(t, http.StatusUnprocessableEntity, "请填写架号", `value="1 号库"`)
		clerk.post(t, box, url.Values{"version": {"2"}, "room": {"1 号库"}, "rack": {"3 架"}, "shelf": {"2 层"}}).follow(t).want(t, http.StatusOK, "1 号库 3 架 2 层")
		clerk.post(t, box+"/count", url.Values{"codes": {"533103-CJ·2020-D30-0001\r\nX9"}}).follow(t).want(t, http.StatusOK, "已记录清点结果", "X9")
		clerk.post(t, file+"/papers", url.Values{"title": {"病历"}, "kind": {"supplement"}, "day": {"2020-03-01"}, "pages": {"两"}}).want(t, http.StatusUnprocessableEntity, "页数应是 1 至 999 的整数", `value="病历"`)
		clerk.post(t, file+"/papers", url.Values{"title": {"病历"}, "kind": {"supplement"}, "day": {"2020-03-01"}, "pages": {"2"}}).follow(t).want(t, http.StatusOK, "已补入材料", "1 件，2 页")
		clerk.get(t, "/archive/list.xlsx").want(t, http.StatusOK)
		clerk.post(t, file+"/loans", url.Values{"borrower": {"测试借阅人"}}).want(t, http.StatusUnprocessableEntity, "请填写借阅事由", `value="测试借阅人"`)
		clerk.post(t, file+"/loans", url.Values{"borrower": {"测试借阅人"}, "unit": {"市残联"}, "reason": {"抽查"}}).follow(t).want(t, http.StatusOK, "等待审批")
		clerk.get(t, "/archive/loans").want(t, http.StatusOK, "测试借阅人").lacks(t, "/decide")
		page := approver.get(t, "/archive/loans").want(t, http.StatusOK, "同意借阅").body
		_, rest, _ := strings.Cut(page, `action="/archive/loans/`)
		loan, _, _ := strings.Cut(rest, "/")
		loan = "/archive/loans/" + loan
		reviewer.post(t, loan+"/decide", url.Values{"grant": {"no"}}).want(t, http.StatusUnprocessableEntity, "不同意的，请写明理由")
		clerk.post(t, loan+"/decide", url.Values{"grant": {"yes"}}).want(t, http.StatusForbidden)
		reviewer.post(t, loan+"/decide", url.Values{"grant": {"yes"}}).follow(t).want(t, http.StatusOK, "已审批借阅申请")
		clerk.post(t, loan+"/take", nil).follow(t).want(t, http.StatusOK, "已登记借出", "登记归还")
		clerk.get(t, file).want(t, http.StatusOK, "借出")
		clerk.get(t, "/archive/loans?late=yes").want(t, http.StatusOK).lacks(t, "测试借阅人")
		clerk.get(t, "/").want(t, http.StatusOK).lacks(t, "档案逾期未还")
		s.office.Wait(30)
		clerk.get(t, "/archive/loans?late=yes").want(t, http.StatusOK, "测试借阅人", "只看逾期未还的")
		clerk.get(t, "/").want(t, http.StatusOK, "档案逾期未还", "/archive/loans?late=yes")
		clerk.post(t, loan+"/return", nil).follow(t).want(t, http.StatusOK, "已登记归还，档案在库")
		s.actor(testbed.Stranger(access.Clerk)).post(t, loan+"/return", nil).want(t, http.StatusNotFound)
		s.as(access.Village).get(t, "/archive").want(t, http.StatusForbidden)
	})
}

func TestAPaperIsMarkedAndTheMarkLifted(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Clerk)
		p := s.office.Person(t)
		a := s.office.Case(t, p, application.Delivered)
		s.office.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.Sight(a, []string{"form"}) })
		at, file := "/applications/"+string(a.ID), "/archive/files/"+string(p.ID)
		paper := regexp.MustCompile(`<option value="([^"]+ paper form [^"]+)"`).FindStringSubmatch(clerk.get(t, at).want(t, http.StatusOK, "标记有问题的材料").body)
		if paper == nil {
			t.Fatal("no paper to choose")
		}
		clerk.post(t, at+"/marks", url.Values{"why": {"下半页全黑"}}).want(t, http.StatusUnprocessableEntity, "请选择材料", "请选择问题", "下半页全黑")
		clerk.post(t, at+"/marks", url.Values{"marked": {paper[1]}, "flaw": {"unreadable"}, "why": {"下半页全黑"}}).follow(t).want(t, http.StatusOK, "已标记", "申请表（无法辨认）", "下半页全黑")
		clerk.get(t, "/archive/lacks?flaw=unreadable").want(t, http.StatusOK, p.Name, "（无法辨认）", "下半页全黑")
		clerk.get(t, "/archive/lacks?flaw=wrong").want(t, http.StatusOK, "没有缺少或有问题的材料").lacks(t, p.Name)
		clerk.get(t, "/archive/lacks.xlsx?as=utf8").want(t, http.StatusOK, "无法辨认")
		clerk.post(t, at+"/file", nil).want(t, http.StatusUnprocessableEntity, "申请表（无法辨认）")
		clerk.post(t, at+"/file", url.Values{"reason": {"原件遗失"}}).want(t, http.StatusSeeOther)
		mark := regexp.MustCompile(`<option value="([0-9a-f-]{36})"`).FindStringSubmatch(clerk.get(t, file).want(t, http.StatusOK, "问题：无法辨认").body)
		if mark == nil {
			t.Fatal("no mark to lift")
		}
		clerk.post(t, file+"/marks/lift", url.Values{"mark": {mark[1]}}).want(t, http.StatusUnprocessableEntity, "请写明撤销标记的理由")
		clerk.post(t, file+"/marks/lift", url.Values{"mark": {mark[1]}, "answer": {"已重新扫描"}}).follow(t).want(t, http.StatusOK, "已撤销标记").lacks(t, "下半页全黑")
		s.actor(testbed.Stranger(access.Clerk)).post(t, file+"/marks", url.Values{"why": {"x"}}).want(t, http.StatusNotFound)
	})
}

// TestWhatEndedIsFiledFromItsList ticks what waits: a case that was declined, whose form is lacking, goes for a reason only, and what was typed stays.
func TestWhatEndedIsFiledFromItsList(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, p := s.as(access.Clerk), s.office.Person(t)
		a := s.office.Case(t, p, application.Declined)
		s.office.Wait(40)
		clerk.get(t, "/").want(t, http.StatusOK, "/archive/ends?late=yes", "逾期未归档")
		clerk.get(t, "/archive/ends?kind=letter").want(t, http.StatusOK, "没有待归档的事项").lacks(t, p.Name)
		clerk.get(t, "/archive/ends?late=yes").want(t, http.StatusOK, p.Name, "不予受理", "/applications/"+string(a.ID), "/archive/ends.xlsx?late=yes")
		clerk.get(t, "/archive/lacks?late=yes").want(t, http.StatusOK, p.Name, "逾期未归档", "/archive/lacks.xlsx?late=yes", `href="/applications/`+string(a.ID)+`">不予受理`)
		clerk.get(t, "/archive/ends.xlsx?as=utf8").want(t, http.StatusOK, "不予受理", p.Number.Masked())
		s.as(access.Reviewer).get(t, "/archive/ends").want(t, http.StatusOK, p.Name).lacks(t, "将勾选的归档")
		clerk.post(t, "/archive/ends", url.Values{"late": {"yes"}}).want(t, http.StatusUnprocessableEntity, "请至少勾选一项", `name="late"`)
		named := "case:" + string(a.ID)
		clerk.post(t, "/archive/ends", url.Values{"ends": {named}}).want(t, http.StatusUnprocessableEntity, "材料不全", "checked")
		clerk.post(t, "/archive/ends", url.Values{"ends": {named}, "reason": {"原件已退还"}}).follow(t).want(t, http.StatusOK, "已归档", "没有待归档的事项")
		clerk.get(t, "/applications/"+string(a.ID)).want(t, http.StatusOK, "原件已退还", "/archive/files/"+string(p.ID)).lacks(t, "/file\"")
		clerk.get(t, "/archive/lacks?filed=yes").want(t, http.StatusOK, p.Name, "缺件归档原因：原件已退还", "/archive/lacks.xlsx?filed=yes", "/archive/files/"+string(p.ID))
		file := "/archive/files/" + string(p.ID)
		clerk.get(t, file).want(t, http.StatusOK, "缺件归档的事项", "原件已退还", "现在还缺")
		for _, kind := range archive.Kinds {
			clerk.post(t, file+"/papers", url.Values{"title": {"补交"}, "kind": {string(kind)}, "day": {"2020-03-01"}, "pages": {"2"}}).follow(t).want(t, http.StatusOK, "已补入材料")
		}
		clerk.get(t, file).want(t, http.StatusOK, "已补齐")
		clerk.get(t, "/archive/lacks?filed=yes").want(t, http.StatusOK, "没有缺少或有问题的材料").lacks(t, p.Name)
	})
}

// TestAPaperOfAFileIsOpenedFromItsPage: each content has an address of its own in the file, and is read for a reason that the audit keeps.
func TestAPaperOfAFileIsOpenedFromItsPage(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		ids := s.office.Records(t)
		clerk, file := s.as(access.Clerk), "/archive/files/"+ids["person"]
		at := file + "/papers/" + ids["item"]
		clerk.get(t, file).want(t, http.StatusOK, at+`"`)
		whyRead(t, clerk, at, "%PDF")
		clerk.get(t, file+"/papers/nothing").want(t, http.StatusNotFound)
		s.actor(testbed.Stranger(access.Clerk)).post(t, at, url.Values{"reason": {"核对签名是否本人"}}).want(t, http.StatusNotFound)
		s.as(access.Auditor).get(t, "/audit").want(t, http.StatusOK, "核对签名是否本人")
		whyRead(t, s.as(access.Township), "/statements/"+ids["statement"]+"/proof", "%PDF")
		s.signedFor(t, ids)
		slip := "/reminders/" + ids["reminder"]
		if p := s.as(access.Township).get(t, slip+"/proof").want(t, http.StatusOK); !strings.HasPrefix(p.body, "%PDF") {
			t.Errorf("a slip at hand asks why: %.40q", p.body)
		}
		clerk.post(t, "/archive/ends", url.Values{"ends": {"letter:" + ids["reminder"]}}).want(t, http.StatusSeeOther)
		whyRead(t, s.as(access.Township), slip+"/proof", "%PDF")
	})
}

// signedFor reads the sheet on which somebody signed for a card, from its batch and from the case.
func (s *site) signedFor(t *testing.T, ids map[string]string) {
	t.Helper()
	s.office.Update(t, access.Township, func(tx *store.Tx) error {
		a, err := tx.Application(application.ID(ids["sent"]))
		if err != nil {
			return err
		}
		k, err := tx.CardOf(a)
		if err != nil {
			return err
		}
		k.State, k.Delivered, k.Receiver = card.Delivered, s.office.Today(), "测试"
		return tx.SaveCard(access.ApplicationDeliver, k, "")
	})
	town, at := s.as(access.Township), "/batches/"+ids["batch"]+"/signed/"+ids["signed"]
	town.get(t, "/batches/"+ids["batch"]).want(t, http.StatusOK, "533103-QS-2020-0001", "收回 1/1 页", at)
	town.get(t, "/applications/"+ids["sent"]).want(t, http.StatusOK, "签名见领证签收表 533103-QS-2020-0001 第 1 页序号 1", at)
	whyRead(t, town, at, "%PDF")
	s.actor(testbed.Stranger(access.Clerk)).post(t, at, url.Values{"reason": {"核对签名是否本人"}}).want(t, http.StatusNotFound)
}
