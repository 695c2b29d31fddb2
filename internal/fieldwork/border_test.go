package fieldwork_test

import (
	"context"
	"io"
	"reflect"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/attempt"
	"hefa/internal/fault"
	"hefa/internal/fieldwork"
	"hefa/internal/person"
	"hefa/internal/roster"
	"hefa/internal/sheet"
	"hefa/internal/statement"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// borders tries each method of the desk on a list of 风平镇 as an officer of the neighbour county whose role would be right.
var borders = map[string]func(ctx context.Context, d *fieldwork.Desk, id roster.ID) error{
	"CheckRoster": func(ctx context.Context, d *fieldwork.Desk, id roster.ID) error {
		return d.CheckRoster(ctx, testbed.Stranger(access.Township), id)
	},
	"ConfirmRoster": func(ctx context.Context, d *fieldwork.Desk, id roster.ID) error {
		return d.ConfirmRoster(ctx, testbed.Stranger(access.Township), id)
	},
	"Differences": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		_, err := d.Differences(ctx, testbed.Stranger(access.Clerk), fieldwork.DifferenceFilter{Region: testbed.Township, Limit: 1})
		return err
	},
	"DecideDifferences": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		return d.DecideDifferences(ctx, testbed.Stranger(access.Clerk), []roster.Seen{{ID: "difference", Version: 1}}, roster.Send, "")
	},
	"ExportDifferences": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		return d.ExportDifferences(ctx, testbed.Stranger(access.Clerk), fieldwork.DifferenceFilter{Region: testbed.Township}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"DropRoster": func(ctx context.Context, d *fieldwork.Desk, id roster.ID) error {
		return d.DropRoster(ctx, testbed.Stranger(access.Township), id)
	},
	"ExportListed": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		return d.ExportListed(ctx, testbed.Stranger(access.Township), fieldwork.ListedFilter{Kind: roster.Expired, Region: testbed.Township}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Listed": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		_, err := d.Listed(ctx, testbed.Stranger(access.Township), fieldwork.ListedFilter{Kind: roster.Expired, Region: testbed.Township, Limit: 1})
		return err
	},
	"RosterColumns": func(ctx context.Context, d *fieldwork.Desk, id roster.ID) error {
		_, err := d.RosterColumns(ctx, testbed.Stranger(access.Clerk), id, roster.Span{})
		return err
	},
	"TellColumns": func(ctx context.Context, d *fieldwork.Desk, id roster.ID) error {
		return d.TellColumns(ctx, testbed.Stranger(access.Clerk), id, roster.Span{Row: 1, Last: 1}, []string{"name"})
	},
	"Roster": func(ctx context.Context, d *fieldwork.Desk, id roster.ID) error {
		_, _, err := d.Roster(ctx, testbed.Stranger(access.Township), id, 0, 1)
		return err
	},
	"RosterReport": func(ctx context.Context, d *fieldwork.Desk, id roster.ID) error {
		_, _, err := d.RosterReport(ctx, testbed.Stranger(access.Township), id)
		return err
	},
	"Rosters": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		_, _, err := d.Rosters(ctx, testbed.Stranger(access.Township), testbed.Township, fieldwork.Page{Limit: 1})
		return err
	},
	"Statements": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		_, _, err := d.Statements(ctx, testbed.Stranger(access.Township), fieldwork.StatementFilter{Region: testbed.Township, Limit: 1})
		return err
	},
	"Statement": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		_, err := d.Statement(ctx, testbed.Stranger(access.Township), "statement")
		return err
	},
	"IssueStatements": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		_, err := d.IssueStatements(ctx, testbed.Stranger(access.Township), statement.Order{Kind: statement.Survey, Region: testbed.Township, Count: 1})
		return err
	},
	"Attempts": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		_, err := d.Attempts(ctx, testbed.Stranger(access.Township), "somebody")
		return err
	},
	"RecordAttempt": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		return d.RecordAttempt(ctx, testbed.Stranger(access.Township), attempt.Attempt{Person: "somebody"})
	},
	"StatementsOf": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		_, err := d.StatementsOf(ctx, testbed.Stranger(access.Township), "nobody")
		return err
	},
	"WriteStatements": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		return d.WriteStatements(ctx, testbed.Stranger(access.Township), "statement", io.Discard)
	},
	"NameOnStatement": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		return d.NameOnStatement(ctx, testbed.Stranger(access.Township), "statement", "53319919500101001X")
	},
	"SpoilStatement": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		return d.SpoilStatement(ctx, testbed.Stranger(access.Township), "statement", "弄脏")
	},
	"RevokeStatement": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		return d.RevokeStatement(ctx, testbed.Stranger(access.Township), "statement", "改主意了")
	},
	"TakeOffStatement": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		return d.TakeOffStatement(ctx, testbed.Stranger(access.Township), "statement", "person", "登记错了")
	},
	"StatementProof": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		_, _, err := d.StatementProof(ctx, testbed.Stranger(access.Township), "statement", "核对")
		return err
	},
	"StoreRoster": func(ctx context.Context, d *fieldwork.Desk, id roster.ID) error {
		return d.StoreRoster(ctx, testbed.Stranger(access.Township), id)
	},
	"UploadRoster": func(ctx context.Context, d *fieldwork.Desk, _ roster.ID) error {
		_, err := d.UploadRoster(ctx, testbed.Stranger(access.Township), fieldwork.Paper{Kind: roster.Expired, Region: testbed.Township, File: strings.NewReader("x")})
		return err
	},
	"WriteRejected": func(ctx context.Context, d *fieldwork.Desk, id roster.ID) error {
		return d.WriteRejected(ctx, testbed.Stranger(access.Township), id, io.Discard)
	},
}

// own is the methods that only ever show what lies in the actor's own region.
var own = map[string]bool{"RosterPlaces": true}

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		file, _ := shared(t, roster.Suspected)
		desk, id := hand(t, o, roster.Suspected, strings.NewReader(string(file)))
		who := o.Person(t)
		somebody := person.Person{ID: "somebody", Region: who.Region, Name: "测试某人", Number: person.MakeNumber("533199", "1950-01-01", 7)}
		somebody.Fill()
		o.Update(t, access.Township, func(tx *store.Tx) error { return tx.AddPerson(access.ApplicationOpen, somebody) })
		o.Update(t, access.Township, func(tx *store.Tx) error {
			return tx.AddStatement(statement.Statement{ID: "statement", Issue: "statement", Region: who.Region, No: "533103-2020-F000001", Kind: statement.Waiver, State: statement.Out, Printed: o.Today()},
				[]person.Person{who})
		})
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			return tx.AddDifferences([]roster.Difference{{ID: "difference", Region: who.Region, Roster: id, Person: who.ID, Field: roster.FieldNation, Ours: "汉族", Theirs: "傣族", State: roster.Undecided}})
		})
		for i := range reflect.TypeFor[*fieldwork.Desk]().NumMethod() {
			name := reflect.TypeFor[*fieldwork.Desk]().Method(i).Name
			try, ok := borders[name]
			switch {
			case own[name]:
			case !ok:
				t.Errorf("%s is not tried as a stranger", name)
			default:
				if err := try(t.Context(), desk, id); fault.Of(err) != fault.Missing {
					t.Errorf("%s let a stranger in: %v", name, err)
				}
			}
		}
	})
}
