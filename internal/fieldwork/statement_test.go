package fieldwork_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/scan"
	"hefa/internal/statement"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// back lets a paper come back with a scan.
func back(t *testing.T, o *testbed.Office, of statement.ID) {
	t.Helper()
	kept, err := o.Files.Put(strings.NewReader("%PDF-1.4 signed "+string(of)), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	o.Update(t, access.Township, func(tx *store.Tx) error {
		s, err := tx.Statement(of)
		if err != nil {
			return err
		}
		if err := s.Receive(statement.Scan{On: o.Today(), Hash: kept.Hash, Type: "application/pdf", Pages: 1}); err != nil {
			return err
		}
		return tx.SaveStatement(access.StatementReceive, s, "")
	})
}

// TestAWaiverIsOnFileAndCanBeRevoked is N38: printed for somebody with a number, kept when it is back, in the person's file as soon as there is one, and revoked
// when they apply after all.
func TestAWaiverIsOnFileAndCanBeRevoked(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, shelf, ctx, town := fieldwork.New(o.DB, o.Files), archiving.New(o.DB, o.Files), t.Context(), testbed.As(access.Township)
		p := o.Person(t)
		o.Visited(t, p, 2)
		id, err := desk.IssueStatements(ctx, town, statement.Order{Kind: statement.Waiver, Person: p.ID})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := desk.WriteStatements(ctx, town, id, &b); err != nil || !bytes.HasPrefix(b.Bytes(), []byte("%PDF")) {
			t.Fatalf("%.20q %v", b.Bytes(), err)
		}
		if err := desk.RevokeStatement(ctx, town, id, "本人决定申请"); fault.Of(err) != fault.Refused {
			t.Errorf("revoked before it was signed: %v", err)
		}
		back(t, o, id)
		a := o.Case(t, p, application.Delivered)
		if err := shelf.FileApplication(ctx, testbed.As(access.Clerk), a.ID, archive.Filing{Reason: "原件在乡镇"}); err != nil {
			t.Fatal(err)
		}
		b2 := o.Case(t, p, application.Delivered)
		if err := shelf.FileApplication(ctx, testbed.As(access.Clerk), b2.ID, archive.Filing{Reason: "原件在乡镇"}); err != nil {
			t.Fatal(err)
		}
		f, err := shelf.Dossier(ctx, testbed.As(access.Clerk), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, i := range f.Items {
			if i.Number == "533103-2020-F000001" && i.Application == "" && i.Origin == archive.Scan {
				n++
			}
		}
		if n != 1 {
			t.Errorf("the waiver lies %d times in the file: %+v", n, f.Items)
		}
		if err := desk.RevokeStatement(ctx, town, id, ""); fault.Of(err) != fault.Invalid {
			t.Errorf("revoked without a reason: %v", err)
		}
		if err := desk.RevokeStatement(ctx, town, id, "本人决定申请"); err != nil {
			t.Fatal(err)
		}
		all, err := desk.StatementsOf(ctx, town, p.ID)
		if err != nil || len(all) != 1 || all[0].State != statement.Revoked || !all[0].Lies() {
			t.Errorf("%+v %v", all, err)
		}
		if _, _, err := desk.StatementProof(ctx, town, id, " "); fault.Of(err) != fault.Invalid {
			t.Errorf("read without a reason: %v", err)
		}
		kind, content, err := desk.StatementProof(ctx, town, id, "核对签名")
		if err != nil || kind != "application/pdf" {
			t.Fatal(kind, err)
		}
		if text, err := io.ReadAll(content); err != nil || !strings.Contains(string(text), "signed") {
			t.Errorf("%q %v", text, err)
		}
		if err := content.Close(); err != nil {
			t.Error(err)
		}
	})
}

// TestASurveySheetStandsInEachOnesFile: a sheet of a household names its members; one that was filled in by hand is told who is on it, before or after it is back.
func TestASurveySheetStandsInEachOnesFile(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, shelf, ctx, town := fieldwork.New(o.DB, o.Files), archiving.New(o.DB, o.Files), t.Context(), testbed.As(access.Township)
		first, second := o.Person(t), o.Person(t)
		o.Certificate(t, first, "2020-12-31")
		for _, p := range []person.Person{first, second} {
			o.Update(t, access.Township, func(tx *store.Tx) error {
				return tx.SaveLife(household.Life{}, household.Life{Person: p.ID, Region: p.Region, Household: "home"}, "")
			})
		}
		id, err := desk.IssueStatements(ctx, town, statement.Order{Kind: statement.Survey, Person: first.ID})
		if err != nil {
			t.Fatal(err)
		}
		if s, err := desk.Statement(ctx, town, id); err != nil || len(s.People) != 2 || s.Region != first.Region {
			t.Errorf("%+v %v", s, err)
		}
		many, err := desk.IssueStatements(ctx, town, statement.Order{Kind: statement.Survey, Region: testbed.Village, Count: 3})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := desk.WriteStatements(ctx, town, many, &b); err != nil {
			t.Fatal(err)
		}
		if book, err := scan.Open(ctx, b.Bytes()); err != nil || book.Pages() != 3 {
			t.Errorf("%v pages, %v", book, err)
		}
		for _, p := range []person.Person{first, second} {
			a := o.Case(t, p, application.Delivered)
			if err := shelf.FileApplication(ctx, testbed.As(access.Clerk), a.ID, archive.Filing{Reason: "原件在乡镇"}); err != nil {
				t.Fatal(err)
			}
		}
		if err := desk.NameOnStatement(ctx, town, many, first.Number); err != nil {
			t.Fatal(err)
		}
		back(t, o, many)
		if err := desk.NameOnStatement(ctx, town, many, second.Number); err != nil {
			t.Fatal(err)
		}
		if err := desk.NameOnStatement(ctx, town, many, second.Number); fault.Of(err) != fault.Refused {
			t.Errorf("named twice: %v", err)
		}
		takenOff(t, desk, shelf, many, second.ID)
		if err := desk.NameOnStatement(ctx, town, many, second.Number); err != nil {
			t.Errorf("named again: %v", err)
		}
		if err := desk.NameOnStatement(ctx, town, many, "53319919500101001X"); fault.Of(err) != fault.Invalid {
			t.Errorf("somebody unknown: %v", err)
		}
		f, err := shelf.Dossier(ctx, testbed.As(access.Clerk), second.ID)
		if err != nil || f.Items[len(f.Items)-1].Number != "533103-2020-F000002" {
			t.Errorf("%+v %v", f.Items, err)
		}
	})
}

// ADR 121: a statement of giving up names one person, a pledge nobody but its signer.
func TestNobodyElseIsNamedOnSomebodysStatement(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx, town := fieldwork.New(o.DB, o.Files), t.Context(), testbed.As(access.Township)
		first, second := o.Person(t), o.Person(t)
		o.Policy(t, policy.WaiverVisits, "0")
		for _, c := range []struct {
			kind statement.Kind
			want [2]fault.Kind
		}{{statement.Waiver, [2]fault.Kind{"", fault.Refused}}, {statement.Pledge, [2]fault.Kind{fault.Refused, fault.Refused}}, {statement.Survey, [2]fault.Kind{}}} {
			of, err := desk.IssueStatements(ctx, town, statement.Order{Kind: c.kind, Region: testbed.Village, Count: 1})
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range []person.Person{first, second} {
				if err := desk.NameOnStatement(ctx, town, of, p.Number); fault.Of(err) != c.want[i] {
					t.Errorf("person %d on a %s: %v", i+1, c.kind, err)
				}
			}
		}
	})
}

// takenOff takes somebody off a sheet on which they were named wrongly: for a reason, once, and out of their file.
func takenOff(t *testing.T, desk *fieldwork.Desk, shelf *archiving.Desk, of statement.ID, who person.ID) {
	t.Helper()
	ctx, town := t.Context(), testbed.As(access.Township)
	before, err := shelf.Dossier(ctx, testbed.As(access.Clerk), who)
	if err != nil {
		t.Fatal(err)
	}
	if err := desk.TakeOffStatement(ctx, town, of, who, " "); fault.Of(err) != fault.Invalid {
		t.Errorf("taken off without a reason: %v", err)
	}
	if err := desk.TakeOffStatement(ctx, testbed.As(access.Reviewer), of, who, "同名的另一人"); fault.Of(err) != fault.Forbidden {
		t.Errorf("taken off by a reviewer: %v", err)
	}
	if err := desk.TakeOffStatement(ctx, town, of, who, "同名的另一人"); err != nil {
		t.Fatal(err)
	}
	if err := desk.TakeOffStatement(ctx, town, of, who, "同名的另一人"); fault.Of(err) != fault.Missing {
		t.Errorf("taken off twice: %v", err)
	}
	after, err := shelf.Dossier(ctx, testbed.As(access.Clerk), who)
	if err != nil || len(after.Items) != len(before.Items)-1 {
		t.Errorf("in the file: %+v, before %+v, %v", after.Items, before.Items, err)
	}
}
