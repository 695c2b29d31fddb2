package web_test

import (
	"net/http"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// carding is a batch of one card of the third generation whose face is frozen.
func (s *site) carding(t *testing.T) {
	t.Helper()
	p := s.office.Person(t)
	held := s.office.Certificate(t, p, "2030-12-31")
	a := s.office.Case(t, p, application.Printing)
	s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
		if err := tx.AddBatch(card.Batch{ID: "cards", Region: testbed.Township, No: "533103-ZK-2020-0007", Cards: 1, Made: s.office.Today()}); err != nil {
			return err
		}
		face := card.Face{Name: "测试卡", Number: "53319919610504001X43", Level: certificate.Third, Category: "肢体", Layout: card.CardLayout, Issued: s.office.Today(), Expires: "2030-03-31"}
		return tx.AddCard(card.Card{ID: "card-cards", Region: a.Region, Batch: "cards", Application: string(a.ID), Certificate: held.ID, Face: face, State: card.Frozen})
	})
}

func TestChipDataIsAskedForGrantedAndTakenOnItsPages(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.carding(t)
		s.password(t, access.Clerk)
		clerk, approver := s.as(access.Clerk), s.as(access.Approver)
		clerk.get(t, "/batches/cards").want(t, http.StatusOK, "第三代残疾人证（卡）", "第三代证（蓝色）", "每张纸（卡）先印正面", "/batches/cards/chips")
		s.as(access.Township).get(t, "/batches/cards/chips").want(t, http.StatusForbidden)
		clerk.get(t, "/batches/cards/chips").want(t, http.StatusOK, "没有电话、住址和监护人")
		clerk.post(t, "/batches/cards/chips", form("reason", "核对 "+string(s.office.Person(t).Number))).want(t, http.StatusUnprocessableEntity, `value="核对 53319919`)
		at := clerk.post(t, "/batches/cards/chips", form("reason", "制卡机写入芯片")).header.Get("Location")
		clerk.get(t, at).want(t, http.StatusOK, "一个打印批次的第三代证芯片数据", "/batches/cards", "制卡机写入芯片").lacks(t, "/chips\"")
		approver.post(t, at+"/judge", form("do", "grant")).follow(t).want(t, http.StatusOK, "已批准")
		clerk.get(t, at).want(t, http.StatusOK, at+"/chips", "写入芯片后请立即删除文件").lacks(t, `name="as"`)
		clerk.post(t, at+"/chips", form("confirm", "wrong")).want(t, http.StatusUnprocessableEntity)
		got := clerk.post(t, at+"/chips", form("confirm", password))
		if lines := strings.Split(strings.TrimSpace(got.body), "\n"); got.status != http.StatusOK || len(lines) != 3 || !strings.Contains(lines[1], `"number":"53319919610504001X43"`) {
			t.Errorf("%d %s", got.status, got.body)
		}
	})
}
