package web_test

import (
	"encoding/csv"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
)

// lists is every list whose columns can be chosen, with a post that may take it out.
var lists = map[string]access.Role{
	"/applications.xlsx": access.Clerk, "/pace.xlsx": access.Clerk, "/watch/list.xlsx": access.Reviewer, "/recalls/list.xlsx": access.Clerk, "/deliveries.xlsx": access.Clerk,
	"/blanks/list/export": access.Clerk, "/notices/list.xlsx": access.Clerk, "/sessions/export": access.Clerk, "/pathways/list.xlsx": access.Clerk,
	"/transfers/list.xlsx": access.Clerk, "/differences/list.xlsx": access.Clerk, "/departures/list.xlsx": access.Clerk, "/listed.xlsx?kind=expired": access.Clerk, "/reminders/list.xlsx": access.Clerk,
	"/lapses/list.xlsx": access.Clerk, "/lapses/stops.xlsx": access.Clerk, "/certificates/export": access.Clerk, "/audit/export": access.Auditor,
	"/archive/list.xlsx": access.Clerk, "/referrals/list.xlsx": access.Clerk, "/reminders/reasons.xlsx": access.Clerk,
	"/archive/lacks.xlsx": access.Clerk, "/archive/ends.xlsx": access.Clerk,
}

// TestEveryListIsTakenOutWithTheChosenColumns asks each list for its form, takes it out with its second column alone, and without any.
func TestEveryListIsTakenOutWithTheChosenColumns(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		box := regexp.MustCompile(`name="columns"[^>]*value="([^"]+)"[^>]*>\s*<label[^>]*>\s*([^<]+?)\s*</label>`)
		for path, role := range lists {
			by, mark := s.as(role), "?"
			if strings.Contains(path, "?") {
				mark = "&"
			}
			form := by.get(t, path+mark+"choose=yes").want(t, http.StatusOK, "要导出的列", "文件格式")
			boxes := box.FindAllStringSubmatch(form.body, -1)
			if len(boxes) < 5 {
				t.Errorf("%s offers %d columns", path, len(boxes))
				continue
			}
			one := boxes[1]
			a := by.get(t, path+mark+url.Values{"chosen": {"yes"}, "as": {"utf8"}, "columns": {one[1]}}.Encode()).want(t, http.StatusOK)
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.body, "\ufeff"))).ReadAll()
			if err != nil || len(rows) == 0 || len(rows[0]) != 1 || rows[0][0] != html.UnescapeString(one[2]) {
				t.Errorf("%s with %s alone: %v, %v", path, one[1], rows, err)
			}
			whole := by.get(t, path+mark+"as=utf8").want(t, http.StatusOK)
			rows, err = csv.NewReader(strings.NewReader(strings.TrimPrefix(whole.body, "\ufeff"))).ReadAll()
			if err != nil || len(rows) == 0 || len(rows[0]) != len(boxes) {
				t.Errorf("%s with all %d columns: %v, %v", path, len(boxes), rows, err)
			}
			by.get(t, path+mark+"chosen=yes&as=utf8").want(t, http.StatusUnprocessableEntity, "请至少勾选一列", "要导出的列", "#f-columns")
			by.get(t, path+mark+"chosen=yes&as=doc&columns="+one[1]).want(t, http.StatusUnprocessableEntity, "请选择文件格式", `value="`+one[1]+`" checked`)
			by.get(t, path+mark+"as=utf8&columns=identity").want(t, http.StatusUnprocessableEntity)
		}
	})
}
