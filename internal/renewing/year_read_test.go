package renewing_test

import (
	"bytes"
	"fmt"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/policy"
	"hefa/internal/renewing"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestYearCountsByTownshipAndMonthAndForecastsAtTheRateOfTheYearBefore(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := renewing.New(o.DB, o.Files), testbed.As(access.Clerk)
		for _, expires := range []string{"2020-04-01", "2020-04-30", "2020-05-01", "2021-03-31", "2021-04-01"} {
			o.Certificate(t, o.Person(t), day.Day(expires))
		}
		y, err := desk.Year(t.Context(), clerk, "")
		if err != nil || len(y.Months) != 12 || y.Months[0] != "2020-04" || len(y.Towns) != 1 || y.Towns[0].Code != testbed.Township || y.Sum.Lost != -1 {
			t.Fatalf("%+v, %v", y, err)
		}
		if got := fmt.Sprint(y.Towns[0].Counts, y.Sum.Total); got != "[2 1 0 0 0 0 0 0 0 0 0 1] 4" {
			t.Errorf("the counts are %s", got)
		}
		for i := range 20 {
			c := o.Certificate(t, o.Person(t), "2020-01-31")
			if i < 15 {
				o.Update(t, access.Clerk, func(tx *store.Tx) error {
					c, err := tx.Certificate(c.ID)
					if err != nil {
						return err
					}
					c.State = certificate.Replaced
					return tx.SaveCertificate(access.ApplicationDeliver, c)
				})
			}
		}
		if y, err = desk.Year(t.Context(), clerk, ""); err != nil || y.Holding.Lost != 5 || y.Holding.Renewed != 15 || y.Sum.Lost != 1 {
			t.Errorf("at a quarter: %+v, %v", y, err)
		}
		if y.Outlook.Estimated != 0 || y.Rates() != nil {
			t.Errorf("a rate of nobody knows how many: %+v", y.Outlook)
		}
		o.Policy(t, policy.BaseEstimate, "50")
		// Ten still count as held: five that end later or within the year, and the five that ran out unrenewed; nine of them end.
		if y, err = desk.Year(t.Context(), clerk, ""); err != nil || fmt.Sprint(y.Outlook) != "{50 10 9 3}" || fmt.Sprint(y.Rates()) !=
			"[[现在的持证率 20.00%] [一年后的持证率，到期的都不换证 2.00%] [一年后的持证率，按过去一年的换证比例 14.00%]]" {
			t.Errorf("the outlook is %v, %v: %v", y.Outlook, y.Rates(), err)
		}
		if y, err := desk.Year(t.Context(), clerk, testbed.Township); err != nil || y.Outlook.Estimated != 0 {
			t.Errorf("a township has no estimate: %+v, %v", y.Outlook, err)
		}
		var b bytes.Buffer
		if err := desk.ExportYear(t.Context(), clerk, "", sheet.Out{To: &b, As: sheet.XLSX}); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("PK")) {
			t.Errorf("the workbook: %v", err)
		}
	})
}
