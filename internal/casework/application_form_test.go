package casework_test

import (
	"context"
	"io"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// The form to sign holds what the register knows; whole numbers are for those who may see them, and count as looking (办法 art. 9, rules.md §4.1).
func TestTheFormHoldsWhatIsKnownAndMasksItsNumbers(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, clerk := casework.New(o.DB, o.Files), testbed.As(access.Township)
		p := o.Person(t)
		o.Update(t, access.Township, func(tx *store.Tx) error {
			return tx.SaveLife(household.Life{}, household.Life{Person: p.ID, Region: p.Region, Marital: household.Married, Education: household.Junior, LivesAt: "团结社区3幢"}, "")
		})
		a := o.Case(t, p, application.Submitted)
		form := func(by access.Actor, id application.ID, whole bool) func(context.Context, io.Writer) error {
			return func(ctx context.Context, w io.Writer) error { return desk.WriteForm(ctx, by, id, whole, w) }
		}
		text := pdf(t, form(clerk, a.ID, false))
		says(t, text, "残疾人证申请表", p.Name, p.Number.Masked(), "已婚", "初中", "团结社区3幢", "■新办", "□换领", "■肢体")
		if strings.Contains(text, string(p.Number)) {
			t.Error("the form shows the whole identity number")
		}
		if n := looks(t, o); n != 0 {
			t.Errorf("%d looks before anybody looked", n)
		}
		says(t, pdf(t, form(clerk, a.ID, true)), string(p.Number))
		if n := looks(t, o); n != 1 {
			t.Errorf("a form with whole numbers counts as %d looks", n)
		}
		if err := desk.WriteForm(t.Context(), testbed.As(access.Doctor), a.ID, true, io.Discard); fault.Of(err) == "" {
			t.Error("a doctor got whole numbers")
		}
	})
}

// Who asks for another level signs 变更申请表, which says what is held.
func TestAChangeHasItsOwnForm(t *testing.T) {
	t.Parallel()
	matters(t, func(m matterOffice) {
		p := m.Person(m.t)
		held := m.Certificate(m.t, p, "2028-01-01")
		id := m.ask(p, application.Request{Matter: application.Regrade, Stated: "病情加重"})
		text := pdf(m.t, func(ctx context.Context, w io.Writer) error {
			return m.desk.WriteForm(ctx, testbed.As(access.Township), id, false, w)
		})
		says(m.t, text, "残疾人证变更申请表", held.Number.Masked(), "至2028年1月1日", "■类别、等级变更", "病情加重")
	})
}

// looks is how often somebody looked at whole numbers today.
func looks(t *testing.T, o *testbed.Office) (n int) {
	t.Helper()
	o.Update(t, access.Township, func(tx *store.Tx) error {
		all, err := tx.Counts(testbed.County, access.PersonReveal, tx.Today().Begins(day.Beijing))
		for _, d := range all {
			n += d.Count
		}
		return err
	})
	return n
}
