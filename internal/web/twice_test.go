package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/policy"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// twice is acts that are sent two times at once, by an impatient clerk or by two of them, with the state that one of them leads to.
var twice = map[string]struct {
	role     access.Role
	from, to application.State
	form     url.Values
}{
	"submit":   {access.Township, application.Draft, application.Submitted, url.Values{"number": {"1"}}},
	"accept":   {access.Township, application.Submitted, application.Accepted, url.Values{"sighted": policy.Papers}},
	"return":   {access.Township, application.Submitted, application.Returned, url.Values{"return-missing": {"photo"}, "return-note": {"照片底色不符"}}},
	"decline":  {access.Township, application.Submitted, application.Declined, url.Values{"decline-reason": {"户籍不在本县"}}},
	"withdraw": {access.Township, application.Submitted, application.Withdrawn, url.Values{"withdraw-reason": {"外出务工"}}},
	"review":   {access.Reviewer, application.Review, application.Reviewed, url.Values{"note": {"材料齐全"}}},
	"refuse":   {access.Approver, application.Reviewed, application.Refused, url.Values{"reason": {"未达到评定标准"}}},
}

func TestAnActThatIsSentTwiceIsDoneOnceAndSaysSo(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		for act, c := range twice {
			a := s.inState(t, c.from)
			both := [2]*browser{s.as(c.role), s.as(c.role)}
			for _, b := range both {
				b.get(t, "/applications/"+string(a.ID)).want(t, http.StatusOK)
			}
			var answers [2]answer
			var done sync.WaitGroup
			for i, b := range both {
				done.Go(func() { answers[i] = b.post(t, "/applications/"+string(a.ID)+"/"+act, c.form) })
			}
			done.Wait()
			if answers[0].status != http.StatusSeeOther {
				answers[0], answers[1] = answers[1], answers[0]
			}
			if no := answers[1]; answers[0].status != http.StatusSeeOther || no.status != http.StatusUnprocessableEntity && no.status != http.StatusConflict {
				t.Errorf("%s: status %d and %d; %.2000s", act, answers[0].status, no.status, no.body)
			} else if !strings.Contains(no.body, "不能") && !strings.Contains(no.body, "别人刚刚修改过") {
				t.Errorf("%s: the second answer does not say why: %.2000s", act, no.body)
			}
			s.office.Update(t, access.Clerk, func(tx *store.Tx) error {
				got, err := tx.Application(a.ID)
				lines, lineErr := tx.Timeline(testbed.County, "application", string(a.ID))
				n := 0
				for _, l := range lines {
					if strings.HasSuffix(string(l.Act), "."+act) {
						n++
					}
				}
				if got.State != c.to || n != 1 || lineErr != nil {
					t.Errorf("%s: the case is %s after %d lines, want %s after one", act, got.State, n, c.to)
				}
				return err
			})
		}
	})
}
