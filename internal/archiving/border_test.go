package archiving_test

import (
	"context"
	"io"
	"reflect"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// shelf is what a stranger tries to reach: a case, its person's file, its box and a loan.
type shelf struct {
	application application.ID
	person      person.ID
	box         archive.BoxID
	loan        string
	appraisal   archive.AppraisalID
}

// borders tries each method of the desk as the officer of the neighbour county whose role would be right.
var borders = map[string]func(ctx context.Context, d *archiving.Desk, s shelf) error{
	"Filing": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		_, err := d.Filing(ctx, stranger, s.application)
		return err
	},
	"FileApplication": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.FileApplication(ctx, stranger, s.application, archive.Filing{Reason: "测试"})
	},
	"FileEnds": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.FileEnds(ctx, stranger, []archive.End{{Kind: archive.CaseEnd, ID: string(s.application)}}, archive.Filing{Reason: "测试"})
	},
	"Ends": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		_, _, err := d.Ends(ctx, stranger, archiving.EndFilter{Region: testbed.Township, Limit: 1})
		return err
	},
	"ExportEnds": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		return d.ExportEnds(ctx, stranger, archiving.EndFilter{Region: testbed.Township}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Late": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		_, err := d.Late(ctx, stranger, testbed.Township)
		return err
	},
	"Paper": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		_, _, err := d.Paper(ctx, stranger, s.person, "item", "核对")
		return err
	},
	"Dossiers": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		_, _, err := d.Dossiers(ctx, stranger, archiving.DossierFilter{Region: testbed.Township, Limit: 1})
		return err
	},
	"ExportDossiers": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		return d.ExportDossiers(ctx, stranger, archiving.DossierFilter{Region: testbed.Township}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Dossier": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		_, err := d.Dossier(ctx, stranger, s.person)
		return err
	},
	"CountPages": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.CountPages(ctx, stranger, s.person, nil)
	},
	"MarkPaper": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.MarkPaper(ctx, stranger, s.person, unsigned)
	},
	"MarkFiling": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.MarkFiling(ctx, stranger, s.application, unsigned)
	},
	"LiftMark": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.LiftMark(ctx, stranger, s.person, "nobody", "已补签")
	},
	"Lackers": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		_, _, err := d.Lackers(ctx, stranger, archiving.LackFilter{Region: testbed.Township, Limit: 1})
		return err
	},
	"ExportLackers": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		return d.ExportLackers(ctx, stranger, archiving.LackFilter{Region: testbed.Township}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"AddPaper": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.AddPaper(ctx, stranger, s.person, paper)
	},
	"MoveDossier": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.MoveDossier(ctx, stranger, s.person, "")
	},
	"Appraisals": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		_, err := d.Appraisals(ctx, stranger, testbed.County, "", 1)
		return err
	},
	"DrawAppraisal": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		_, err := d.DrawAppraisal(ctx, stranger, archive.Appraisal{Region: testbed.County, Head: "组长", Members: []string{"甲", "乙"}})
		return err
	},
	"Appraisal": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		_, err := d.Appraisal(ctx, stranger, s.appraisal, archiving.AppraisalFilter{Limit: 1})
		return err
	},
	"AppraiseFiles": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.AppraiseFiles(ctx, stranger, s.appraisal, []person.ID{s.person}, archive.Finding{Verdict: archive.Destroy})
	},
	"ProposeAppraisal": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.ProposeAppraisal(ctx, stranger, s.appraisal)
	},
	"DecideAppraisal": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.DecideAppraisal(ctx, testbed.Stranger(access.Approver), s.appraisal, true, "")
	},
	"DestroyFiles": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.DestroyFiles(ctx, stranger, s.appraisal, witnessed)
	},
	"WriteAppraisal": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.WriteAppraisal(ctx, stranger, s.appraisal, io.Discard)
	},
	"Shred": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.Shred(ctx, clerk, testbed.County, s.appraisal)
	},
	"AskLoan": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.AskLoan(ctx, stranger, s.person, loan)
	},
	"DecideLoan": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.DecideLoan(ctx, testbed.Stranger(access.Approver), s.loan, true, "")
	},
	"TakeLoan": func(ctx context.Context, d *archiving.Desk, s shelf) error { return d.TakeLoan(ctx, stranger, s.loan) },
	"ReturnLoan": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.ReturnLoan(ctx, stranger, s.loan)
	},
	"Loans": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		_, err := d.Loans(ctx, stranger, archiving.LoanFilter{County: testbed.County, Limit: 1})
		return err
	},
	"Boxes": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		_, _, err := d.Boxes(ctx, stranger, archiving.BoxFilter{County: testbed.County, Limit: 1})
		return err
	},
	"Box": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		_, err := d.Box(ctx, stranger, s.box)
		return err
	},
	"PlaceBox": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.PlaceBox(ctx, stranger, s.box, archiving.Place{Room: "1", Rack: "1", Shelf: "1"}, 1)
	},
	"TakeStock": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		_, err := d.TakeStock(ctx, stranger, s.box, []string{"1"})
		return err
	},
	"WriteDossier": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.WriteDossier(ctx, stranger, s.person, io.Discard)
	},
	"WriteBox": func(ctx context.Context, d *archiving.Desk, s shelf) error {
		return d.WriteBox(ctx, stranger, s.box, io.Discard)
	},
	"WriteShelves": func(ctx context.Context, d *archiving.Desk, _ shelf) error {
		return d.WriteShelves(ctx, stranger, testbed.County, io.Discard)
	},
}

// own is the methods that look only into the actor's own county, and the test that shows it.
var own = map[string]string{"Find": "TestALabelLeadsHomeOnly", "FindPicture": "TestALabelLeadsHomeOnly"}

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := archiving.New(o.DB, o.Files)
		s := stored(t, o, desk)
		if err := desk.AskLoan(t.Context(), clerk, s.person, loan); err != nil {
			t.Fatal(err)
		}
		l, err := desk.Loans(t.Context(), clerk, archiving.LoanFilter{Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		s.loan, s.appraisal = l.Rows[0].ID, "list"
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			_, err := tx.DrawAppraisal(archive.Appraisal{ID: s.appraisal, Region: testbed.County, No: "X", Head: "组长", Members: []string{"甲", "乙"}, State: archive.Drawn}, archive.Ended{}, 1)
			return err
		})
		for i := range reflect.TypeFor[*archiving.Desk]().NumMethod() {
			name := reflect.TypeFor[*archiving.Desk]().Method(i).Name
			if own[name] != "" {
				continue
			}
			if try, ok := borders[name]; !ok {
				t.Errorf("%s is not tried as a stranger", name)
			} else if err := try(t.Context(), desk, s); fault.Of(err) != fault.Missing {
				t.Errorf("%s let a stranger in: %v", name, err)
			}
		}
	})
}

func TestALabelLeadsHomeOnly(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk := archiving.New(o.DB, o.Files)
		s := stored(t, o, desk)
		d, err := desk.Dossier(t.Context(), clerk, s.person)
		if err != nil {
			t.Fatal(err)
		}
		for _, code := range []string{d.No, d.InBox} {
			found, err := desk.Find(t.Context(), clerk, " "+code+" ")
			if err != nil || found.Person == "" && found.Box == "" {
				t.Errorf("%s at home: %+v %v", code, found, err)
			}
			if _, err := desk.Find(t.Context(), stranger, code); fault.Of(err) != fault.Invalid {
				t.Errorf("%s from the neighbour county: %v", code, err)
			}
		}
		if _, err := desk.FindPicture(t.Context(), clerk, strings.NewReader("no picture")); fault.Of(err) != fault.Invalid {
			t.Errorf("a picture that is none: %v", err)
		}
		if _, err := desk.FindPicture(t.Context(), testbed.As(access.Village), strings.NewReader("")); fault.Of(err) != fault.Forbidden {
			t.Errorf("a village worker: %v", err)
		}
	})
}
