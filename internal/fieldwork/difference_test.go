package fieldwork_test

import (
	"bytes"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/person"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// national hands a register of the county in as another system keeps it, and gives what differs, by field.
func national(t *testing.T, o *testbed.Office, line ...string) (*fieldwork.Desk, map[roster.Field]fieldwork.Differing) {
	t.Helper()
	var file bytes.Buffer
	columns := sheet.Columns("姓名", "残疾人证号", "所属乡镇", "民族", "家庭住址", "联系电话", "监护人", "发证日期", "有效期至", "证件状态")
	if err := sheet.WriteXLSX(&file, sheet.Table{Name: "名册", Columns: columns, Rows: sheet.Rows([][]string{line})}); err != nil {
		t.Fatal(err)
	}
	desk, clerk := fieldwork.New(o.DB, o.Files), testbed.As(access.Clerk)
	id, err := desk.UploadRoster(t.Context(), clerk, fieldwork.Paper{Kind: roster.Register, Region: testbed.County, Name: "全国.xlsx", File: bytes.NewReader(file.Bytes())})
	if err == nil {
		err = desk.CheckRoster(t.Context(), access.Program(), id)
	}
	if err == nil {
		err = desk.ConfirmRoster(t.Context(), clerk, id)
	}
	if err == nil {
		err = desk.StoreRoster(t.Context(), access.Program(), id)
	}
	if err != nil {
		t.Fatal(err)
	}
	return desk, differing(t, desk)
}

// differing is every difference, by field; of one field the newest.
func differing(t *testing.T, desk *fieldwork.Desk) map[roster.Field]fieldwork.Differing {
	t.Helper()
	l, err := desk.Differences(t.Context(), testbed.As(access.Clerk), fieldwork.DifferenceFilter{Region: testbed.County, Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	out := map[roster.Field]fieldwork.Differing{}
	for _, x := range l.Differing {
		out[x.Difference.Field] = x
	}
	return out
}

// holderKnown is somebody of whom the register knows everything, with a certificate.
func holderKnown(t *testing.T, o *testbed.Office) (person.Person, certificate.Certificate) {
	t.Helper()
	p := o.Person(t)
	c := o.Certificate(t, p, "2030-01-01")
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		was, err := tx.Person(p.ID)
		if err != nil {
			return err
		}
		p = was
		p.Phone, p.Address, p.Nation, p.Guardian = "13812345678", "三组", "傣族", person.Guardian{Name: "测试监护", Relation: "父亲"}
		return tx.SavePerson(access.PersonEdit, was, p)
	})
	p.Version++
	return p, c
}

func TestEveryFieldThatTwoRegistersTellDifferentlyIsKeptAndDecided(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p, c := holderKnown(t, o)
		ctx, clerk := t.Context(), testbed.As(access.Clerk)
		desk, all := national(t, o, p.Name, string(c.Number)+"B1", "勐戛镇", "汉族", "五组", "0692-2121212", "别的监护", "2019-12-31", "2031-01-01", "冻结")
		want := map[roster.Field][2]string{roster.FieldNumber: {string(c.Number), string(c.Number) + "B1"}, roster.FieldNation: {"傣族", "汉族"}, roster.FieldAddress: {"三组", "五组"},
			roster.FieldPhone: {"13812345678", "06922121212"}, roster.FieldGuardian: {"测试监护", "别的监护"}, roster.FieldExpires: {"2030-01-01", "2031-01-01"},
			roster.FieldStanding: {"valid", "frozen"}, roster.FieldPlace: {string(p.Region), "533103103"}}
		if c.Issued != "" {
			want[roster.FieldIssued] = [2]string{string(c.Issued), "2019-12-31"}
		}
		for f, w := range want {
			if d := all[f].Difference; [2]string{d.Ours, d.Theirs} != w || d.State != roster.Undecided {
				t.Errorf("%s: %+v, want %q", f, d, w)
			}
		}
		if len(all) != len(want) {
			t.Errorf("%d differences, want %d", len(all), len(want))
		}
		decide := func(to roster.Choice, reason string, fields ...roster.Field) error {
			var ids []roster.Seen
			for _, f := range fields {
				ids = append(ids, all[f].Difference.Seen())
			}
			return desk.DecideDifferences(ctx, clerk, ids, to, reason)
		}
		for _, wrong := range []error{decide(roster.Theirs, "", roster.FieldNumber), decide(roster.Theirs, "", roster.FieldPlace), decide(roster.Ours, " ", roster.FieldPhone),
			decide(roster.Settled, "", roster.FieldPhone), decide(roster.Send, "")} {
			if fault.Of(wrong) != fault.Invalid {
				t.Errorf("decided: %v", wrong)
			}
		}
		if err := desk.DecideDifferences(ctx, testbed.As(access.Reviewer), []roster.Seen{all[roster.FieldPhone].Difference.Seen()}, roster.Send, ""); fault.Of(err) != fault.Forbidden {
			t.Errorf("a reviewer decides: %v", err)
		}
		if err := decide(roster.Theirs, "", roster.FieldPhone, roster.FieldExpires, roster.FieldStanding); err != nil {
			t.Fatal(err)
		}
		if err := decide(roster.Ours, "入户核实为傣族", roster.FieldNation); err != nil {
			t.Fatal(err)
		}
		if err := decide(roster.Send, "", roster.FieldGuardian); err != nil {
			t.Fatal(err)
		}
		if err := decide(roster.Ours, "监护人未变", roster.FieldGuardian); fault.Of(err) != fault.Stale {
			t.Errorf("decided over a colleague's head: %v", err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			now, err := tx.Person(p.ID)
			held, err2 := tx.Certificate(c.ID)
			if err != nil || err2 != nil || now.Phone != "06922121212" || now.Nation != "傣族" || held.Expires != "2031-01-01" || held.State != certificate.Frozen {
				t.Errorf("taken over: %+v %+v, %v %v", now, held, err, err2)
			}
			changes, err := tx.PersonChanges(now, 1)
			if err != nil || len(changes) != 1 || changes[0].Field != "phone" || changes[0].Before != "13812345678" {
				t.Errorf("history: %+v, %v", changes, err)
			}
			o.Wait(30)
			return nil
		})
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			due, err := tx.Certificates(store.CertificateFilter{Region: testbed.County, Since: tx.Today(), Limit: 9})
			if err != nil || len(due) != 1 || due[0].Person.ID != p.ID {
				t.Errorf("the next exchange holds %d, %v", len(due), err)
			}
			return nil
		})
		before := all
		// The same list again asks nothing anew; one that agrees settles what was open.
		_, all = national(t, o, p.Name, string(c.Number), "风平镇", "汉族", "三组", "06922121212", "测试监护", "", "2031-01-01", "冻结")
		if d := all[roster.FieldNation].Difference; d.ID != before[roster.FieldNation].Difference.ID || d.State != roster.Ours || d.Reason != "入户核实为傣族" {
			t.Errorf("asked again: %+v", d)
		}
		for _, f := range []roster.Field{roster.FieldNumber, roster.FieldPlace, roster.FieldAddress, roster.FieldGuardian} {
			if d := all[f].Difference; d.State != roster.Settled {
				t.Errorf("%s: %+v", f, d)
			}
		}
		if err := desk.DecideDifferences(ctx, clerk, []roster.Seen{all[roster.FieldPhone].Difference.Seen()}, roster.Ours, "理由"); fault.Of(err) != fault.Refused {
			t.Errorf("decided twice: %v", err)
		}
		var b bytes.Buffer
		if err := desk.ExportDifferences(ctx, clerk, fieldwork.DifferenceFilter{Region: testbed.County}, sheet.Out{To: &b, As: sheet.UTF8}); err != nil || !strings.Contains(b.String(), "入户核实为傣族") ||
			strings.Contains(b.String(), string(c.Number)) {
			t.Errorf("exported: %v\n%s", err, b.String())
		}
	})
}

func TestADifferenceIsNotTakenOverWhereTheRegisterChangedMeanwhile(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p, c := holderKnown(t, o)
		desk, all := national(t, o, p.Name, string(c.Number), "风平镇", "", "", "13987654321", "", "", "2030-01-01", "有效")
		if len(all) != 1 {
			t.Fatalf("%+v", all)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			was, err := tx.Person(p.ID)
			if err != nil {
				return err
			}
			p := was
			p.Phone = "13700000000"
			return tx.SavePerson(access.PersonEdit, was, p)
		})
		if err := desk.DecideDifferences(t.Context(), testbed.As(access.Clerk), []roster.Seen{all[roster.FieldPhone].Difference.Seen()}, roster.Theirs, ""); fault.Of(err) != fault.Refused {
			t.Errorf("taken over: %v", err)
		}
		_, all = national(t, o, p.Name, string(c.Number), "风平镇", "", "", "13987654321", "", "", "2030-01-01", "有效")
		if d := all[roster.FieldPhone].Difference; d.Ours != "13700000000" || d.State != roster.Undecided {
			t.Errorf("compared again: %+v", d)
		}
	})
}

func TestWhatNobodyCouldTypeIsNotTakenOver(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p, c := holderKnown(t, o)
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			var err error
			if c, err = tx.Certificate(c.ID); err != nil {
				return err
			}
			c.Issued = "2020-01-01"
			return tx.SaveCertificate(access.PersonEdit, c)
		})
		desk, all := national(t, o, p.Name, string(c.Number), "风平镇", "", "", p.Phone, "", "2031-01-01", "2041-01-01", "有效")
		take := func(fields ...roster.Field) error {
			var seen []roster.Seen
			for _, f := range fields {
				seen = append(seen, all[f].Difference.Seen())
			}
			return desk.DecideDifferences(t.Context(), testbed.As(access.Clerk), seen, roster.Theirs, "")
		}
		if err := take(roster.FieldIssued); fault.Of(err) != fault.Refused {
			t.Errorf("issued after it ends: %v", err)
		}
		if err := take(roster.FieldIssued, roster.FieldExpires); err != nil {
			t.Errorf("both days: %v", err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.AddDifferences([]roster.Difference{{ID: "wrong", Region: p.Region, Roster: all[roster.FieldIssued].Difference.Roster, Person: p.ID, Field: roster.FieldPhone, Ours: p.Phone,
				Theirs: "12", State: roster.Undecided}})
		})
		if err := desk.DecideDifferences(t.Context(), testbed.As(access.Clerk), []roster.Seen{{ID: "wrong", Version: 1}}, roster.Theirs, ""); fault.Of(err) != fault.Invalid {
			t.Errorf("a phone of two digits: %v", err)
		}
	})
}

func TestAListDoesNotRestoreACertificate(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		for _, step := range []certificate.Step{certificate.Freeze, certificate.Lose} {
			p, c := holderKnown(t, o)
			if err := c.Take(step, o.Today()); err != nil {
				t.Fatal(err)
			}
			o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.SaveCertificate(access.RosterImport, c) })
			desk, all := national(t, o, p.Name, string(c.Number), "风平镇", "", "", p.Phone, "", "", "2030-01-01", "有效")
			d := all[roster.FieldStanding].Difference
			if d.ID == "" || d.Takeable() || d.Instead() != "difference.restore" {
				t.Errorf("%s: %+v", step, d)
			}
			if err := desk.DecideDifferences(t.Context(), testbed.As(access.Clerk), []roster.Seen{d.Seen()}, roster.Theirs, ""); fault.Of(err) != fault.Invalid {
				t.Errorf("%s: a clerk restores it: %v", step, err)
			}
		}
	})
}
