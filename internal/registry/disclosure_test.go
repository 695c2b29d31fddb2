package registry_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/disclosure"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/registry"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// wanted is a list with whole numbers as a clerk asks for one.
func wanted() disclosure.Disclosure {
	return disclosure.Disclosure{Columns: []disclosure.Column{disclosure.Number, disclosure.Name, disclosure.Certificate, disclosure.Phone}, Reason: "与民政核对  低保对象",
		Receiver: "县民政局"}
}

func TestWholeNumbersLeaveByTwoPeopleOnly(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, clerk, approver := registry.New(o.DB, o.Files), t.Context(), testbed.As(access.Clerk), testbed.As(access.Approver)
		var people []string
		for range 2 {
			p := o.Person(t)
			people = append(people, string(p.Number))
			o.Certificate(t, p, "2030-01-01")
		}
		for name, spoil := range map[string]func(*disclosure.Disclosure){
			"a number as the reason": func(x *disclosure.Disclosure) { x.Reason = "核对 " + people[0] },
			"no reason":              func(x *disclosure.Disclosure) { x.Reason = " " },
			"nobody to have it":      func(x *disclosure.Disclosure) { x.Receiver = "" },
			"nobody on it":           func(x *disclosure.Disclosure) { x.Filter.Category = certificate.Vision },
		} {
			x := wanted()
			spoil(&x)
			if _, err := desk.AskDisclosure(ctx, clerk, x); fault.Of(err) != fault.Invalid && fault.Of(err) != fault.Refused {
				t.Errorf("%s: %v", name, err)
			}
		}
		id, err := desk.AskDisclosure(ctx, clerk, wanted())
		if err != nil {
			t.Fatal(err)
		}
		take := func(by access.Actor) (string, error) {
			var b bytes.Buffer
			err := desk.TakeDisclosure(ctx, by, id, sheet.UTF8, &b)
			return b.String(), err
		}
		if got, err := take(clerk); fault.Of(err) != fault.Refused || got != "" {
			t.Errorf("before the grant: %q %v", got, err)
		}
		if err := desk.JudgeDisclosure(ctx, clerk, id, true, ""); fault.Of(err) != fault.Forbidden {
			t.Errorf("the clerk grants: %v", err)
		}
		own, err := desk.AskDisclosure(ctx, approver, wanted())
		if err != nil {
			t.Fatal(err)
		}
		if err := desk.JudgeDisclosure(ctx, approver, own, true, ""); fault.Of(err) != fault.Refused {
			t.Errorf("an approver grants the own: %v", err)
		}
		if err := desk.JudgeDisclosure(ctx, approver, id, true, ""); err != nil {
			t.Fatal(err)
		}
		if err := desk.JudgeDisclosure(ctx, approver, id, false, "后悔"); fault.Of(err) != fault.Refused {
			t.Errorf("decided twice: %v", err)
		}
		if got, err := take(approver); fault.Of(err) != fault.Forbidden || got != "" {
			t.Errorf("somebody else takes it: %q %v", got, err)
		}
		f, err := desk.Disclosure(ctx, clerk, id)
		if err != nil || f.No != "533103-2020-M0001" || f.Rows != 2 || f.Reason != "与民政核对 低保对象" || !f.CanTake || f.CanJudge {
			t.Errorf("%+v %v", f, err)
		}
		if err := desk.TakeDisclosure(ctx, clerk, id, "xls", io.Discard); fault.Of(err) != fault.Invalid {
			t.Errorf("no format: %v", err)
		}
		got, err := take(clerk)
		if err != nil || !strings.Contains(got, people[0]+"\t") || !strings.Contains(got, people[1]) || strings.Count(got, "533103-2020-M0001 "+clerk.Name) != 2 {
			t.Errorf("the list: %q %v", got, err)
		}
		if first, _, _ := strings.Cut(got, "\r\n"); first != "\ufeff\"姓名\",\"身份证号\",\"联系电话\",\"残疾人证号\",\"提取标记（请勿删除）\"" {
			t.Errorf("the header: %q", first)
		}
		if _, err := take(clerk); err != nil {
			t.Error(err)
		}
		if got, err := take(clerk); fault.Of(err) != fault.Refused || got != "" {
			t.Errorf("a third time: %q %v", got, err)
		}
		lines := 0
		err = o.DB.View(ctx, clerk, func(tx *store.Tx) error {
			all, err := tx.Timeline(testbed.County, "disclosure", string(id))
			for _, l := range all {
				if l.Act == access.DisclosureTake && strings.Contains(l.Note, "2 人") {
					lines++
				}
			}
			return err
		})
		if err != nil || lines != 2 {
			t.Errorf("%d lines in the audit, %v", lines, err)
		}
	})
}

func TestAGrantEndsWithItsDays(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, town, approver := registry.New(o.DB, o.Files), t.Context(), testbed.As(access.Township), testbed.As(access.Approver)
		o.Certificate(t, o.Person(t), "2030-01-01")
		o.Policy(t, policy.DiscloseDays, "1")
		for _, days := range []int{1, 2} {
			id, err := desk.AskDisclosure(ctx, town, wanted())
			if err != nil {
				t.Fatal(err)
			}
			if err := desk.JudgeDisclosure(ctx, approver, id, true, "同意"); err != nil {
				t.Fatal(err)
			}
			o.Wait(days)
			if err := desk.TakeDisclosure(ctx, town, id, sheet.GB, io.Discard); (err == nil) != (days == 1) || days == 2 && fault.Of(err) != fault.Refused {
				t.Errorf("after %d days: %v", days, err)
			}
		}
		if l, err := desk.Disclosures(ctx, town, registry.DisclosureFilter{Limit: 1}); err != nil || len(l.Disclosures) != 1 || l.Next == "" {
			t.Errorf("%+v %v", l, err)
		}
		other := town
		other.Account, other.Region = "township-other", "533103101"
		if l, err := desk.Disclosures(ctx, other, registry.DisclosureFilter{Limit: 9}); err != nil || len(l.Disclosures) != 0 {
			t.Errorf("another township sees %d: %v", len(l.Disclosures), err)
		}
	})
}

// firstDisclosure is the first list that was asked for; an office without one ends the test.
func firstDisclosure(ctx context.Context, d *registry.Desk) disclosure.ID {
	l, err := d.Disclosures(ctx, testbed.As(access.Clerk), registry.DisclosureFilter{Limit: 1})
	if err != nil || len(l.Disclosures) == 0 {
		panic(fmt.Sprint("no disclosure: ", err))
	}
	return l.Disclosures[0].ID
}
