package web_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/org"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestHowGradesFallOutIsShownAsAPictureAndATable(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		reviewer := s.as(access.Reviewer)
		reviewer.get(t, "/watch").want(t, http.StatusOK, "评定等级分布", "没有已签字的评定结论").lacks(t, "<svg")
		s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
			for i := range 40 {
				hospital, level := testbed.As(access.Doctor).Org, certificate.Third
				if i%2 == 0 {
					hospital, level = testbed.Stranger(access.Doctor).Org, certificate.First
				}
				a := application.Application{ID: application.ID(fmt.Sprint("case-", i)), Region: testbed.Village}
				err := tx.AddGrades(a, store.Graded{Assessment: string(a.ID), Hospital: org.ID(hospital), Spent: map[string]time.Duration{testbed.As(access.Doctor).Account: time.Duration(i*10+30) * time.Second}}, assessment.Conclusion{On: "2020-03-02", Findings: []assessment.Finding{
					{Category: certificate.Physical, Level: level, Meets: true, Doctor: testbed.As(access.Doctor).Account}}})
				if err != nil {
					return err
				}
			}
			return nil
		})
		page := reviewer.get(t, "/watch").want(t, http.StatusOK, "<svg", "明显偏高", "明显偏低", "20/20", "100.0%", "/watch/cases?unit=")
		page.lacks(t, "⟦")
		reviewer.get(t, "/watch?by=doctor&share=met").want(t, http.StatusOK, "正常范围内")
		reviewer.get(t, "/watch/cases?unit="+testbed.Stranger(access.Doctor).Org).want(t, http.StatusOK, "肢体一级", "/applications/case-38", "风平镇")
		reviewer.get(t, "/watch/cases?unit=none").want(t, http.StatusOK, "没有符合条件的评定")
		reviewer.get(t, "/watch?share=quick&by=doctor").want(t, http.StatusOK, "3.8 分钟", "不足 5 分钟：27/40", "不代表有问题")
		reviewer.get(t, "/watch/cases?share=quick&by=doctor&unit="+testbed.As(access.Doctor).Account).want(t, http.StatusOK, "用时（分钟）", "0.5")
		reviewer.get(t, "/watch/list.xlsx").want(t, http.StatusOK)
		for _, wrong := range []string{"?from=x", "?from=2020-04-01&to=2020-01-01", "?by=x", "?share=x"} {
			reviewer.get(t, "/watch"+wrong).want(t, http.StatusUnprocessableEntity)
		}
		s.as(access.Clerk).get(t, "/watch").want(t, http.StatusForbidden)
		s.as(access.Health).get(t, "/watch/list.xlsx").want(t, http.StatusForbidden)
	})
}
