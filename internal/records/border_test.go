package records_test

import (
	"context"
	"errors"
	"io"
	"reflect"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/disclosure"
	"hefa/internal/fault"
	"hefa/internal/paper"
	"hefa/internal/records"
	"hefa/internal/sheet"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// stranger is the officer of the neighbour county whose role would be right.
var stranger = testbed.Stranger(access.Clerk)

// open is the methods that everybody may ask, and why, and those that another test tries.
var open = map[string]string{
	"Verify":   "whoever holds a card may check it; TestACardIsCheckedByItsCode",
	"Ended":    "the list tells nothing without the code of a card; TestTheListOfEndedCards",
	"SignKeys": "public keys are public",

	"WriteDestruction": "TestOldCardsAreKeptUntilTheyAreDestroyedTogether",

	"Electronic":      "TestAnElectronicCardIsTakenOutByTheCountyAlone",
	"WriteElectronic": "TestAnElectronicCardIsTakenOutByTheCountyAlone",
}

// borders tries each method of the desk on a case and a batch of 芒市 as a stranger.
var borders = map[string]func(ctx context.Context, d *records.Desk, id application.ID, b card.BatchID) error{
	"ReceiveBlanks": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.ReceiveBlanks(ctx, stranger, card.Receipt{Region: testbed.County, Supplier: "省残联", Run: card.Run{Kind: card.BookGreen, First: "A1", Count: 1}})
	},
	"IssueBlanks": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.IssueBlanks(ctx, stranger, testbed.County, card.Run{First: "A1", Count: 1}, "1")
	},
	"ReturnBlanks": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.ReturnBlanks(ctx, stranger, testbed.County, card.Run{First: "A1", Count: 1}, "多领")
	},
	"LoseBlank": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.LoseBlank(ctx, stranger, testbed.County, records.Loss{Serial: "A1", Reason: "丢失", Witness: "证人"})
	},
	"CloseDesk": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.CloseDesk(ctx, stranger, testbed.County, "1", card.Count{})
	},
	"Waits": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.Waits(ctx, stranger, testbed.County)
		return err
	},
	"Alarms": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.Alarms(ctx, stranger, testbed.County)
		return err
	},
	"Recalls": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.Recalls(ctx, stranger, records.RecallFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"Owings": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.Owings(ctx, stranger, records.OwedFilter{Region: testbed.County, Limit: 1})
		return err
	},
	"TakeRecalled": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.TakeRecalled(ctx, stranger, card.Surrender{Day: "2020-01-01", Obtained: true}, []certificate.ID{"x"})
	},
	"RetractRecalled": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.RetractRecalled(ctx, stranger, true, []certificate.ID{"x"})
	},
	"DestroyRecalled": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.DestroyRecalled(ctx, stranger, card.Destruction{Region: testbed.County, Day: "2020-01-01", Way: "粉碎", First: "甲", Second: "乙"}, []card.ID{"x"})
		return err
	},
	"Paces": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.Paces(ctx, stranger, testbed.County, "")
		return err
	},
	"ExportPaces": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.ExportPaces(ctx, stranger, testbed.County, "", sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"ExportRecalls": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.ExportRecalls(ctx, stranger, records.RecallFilter{Region: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"VoidApplication": func(ctx context.Context, d *records.Desk, id application.ID, _ card.BatchID) error {
		return d.VoidApplication(ctx, testbed.Stranger(access.Approver), id, application.Void{Cause: application.VoidWish, Reason: "声明"})
	},
	"UnbatchApplication": func(ctx context.Context, d *records.Desk, id application.ID, _ card.BatchID) error {
		return d.UnbatchApplication(ctx, stranger, id, "住址太长")
	},
	"ReprintApplication": func(ctx context.Context, d *records.Desk, id application.ID, _ card.BatchID) error {
		return d.ReprintApplication(ctx, stranger, id, records.Remake{Reason: "照片模糊"})
	},
	"ExportBlanks": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.ExportBlanks(ctx, stranger, records.BlankFilter{County: testbed.County}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"Book": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.Book(ctx, stranger, testbed.County)
		return err
	},
	"Blanks": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, _, err := d.Blanks(ctx, stranger, records.BlankFilter{County: testbed.County, Limit: 1})
		return err
	},
	"PrepareBatch": func(ctx context.Context, d *records.Desk, id application.ID, _ card.BatchID) error {
		_, err := d.PrepareBatch(ctx, stranger, testbed.Township, []application.ID{id})
		return err
	},
	"PrintApplication": func(ctx context.Context, d *records.Desk, id application.ID, _ card.BatchID) error {
		return d.PrintApplication(ctx, stranger, id, "")
	},
	"PrintBatch": func(ctx context.Context, d *records.Desk, _ application.ID, b card.BatchID) error {
		_, err := d.PrintBatch(ctx, stranger, b, "")
		return err
	},
	"SpoilApplication": func(ctx context.Context, d *records.Desk, id application.ID, _ card.BatchID) error {
		return d.SpoilApplication(ctx, stranger, id, "", "卡纸")
	},
	"ReceiveBatch": func(ctx context.Context, d *records.Desk, _ application.ID, b card.BatchID) error {
		return d.ReceiveBatch(ctx, testbed.Stranger(access.Township), b, card.Found{})
	},
	"DispatchBatch": func(ctx context.Context, d *records.Desk, _ application.ID, b card.BatchID) error {
		return d.DispatchBatch(ctx, stranger, b, card.Parcel{})
	},
	"DispatchApplication": func(ctx context.Context, d *records.Desk, id application.ID, _ card.BatchID) error {
		return d.DispatchApplication(ctx, stranger, id, "")
	},
	"NotifyHolders": func(ctx context.Context, d *records.Desk, id application.ID, _ card.BatchID) error {
		return d.NotifyHolders(ctx, stranger, []application.ID{id}, "电话")
	},
	"DeliverApplication": func(ctx context.Context, d *records.Desk, id application.ID, _ card.BatchID) error {
		return d.DeliverApplication(ctx, stranger, id, card.Delivery{Receiver: "测试"})
	},
	"Batches": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.Batches(ctx, stranger, records.BatchFilter{Region: testbed.Township, Limit: 1})
		return err
	},
	"Batch": func(ctx context.Context, d *records.Desk, _ application.ID, b card.BatchID) error {
		_, err := d.Batch(ctx, stranger, b)
		return err
	},
	"Printable": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.Printable(ctx, stranger, testbed.Township)
		return err
	},
	"Handouts": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.Handouts(ctx, stranger, records.HandoutFilter{Region: testbed.Township, Limit: 1})
		return err
	},
	"Handout": func(ctx context.Context, d *records.Desk, id application.ID, _ card.BatchID) error {
		_, err := d.Handout(ctx, stranger, id)
		return err
	},
	"FetchLetter": func(ctx context.Context, d *records.Desk, id application.ID, _ card.BatchID) error {
		_, err := d.FetchLetter(ctx, stranger, id)
		return err
	},
	"WriteFetchLetters": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.WriteFetchLetters(ctx, stranger, records.HandoutFilter{Region: testbed.Township}, paper.Ordinary, io.Discard)
	},
	"ExportHandouts": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.ExportHandouts(ctx, stranger, records.HandoutFilter{Region: testbed.Township}, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"ExportBatch": func(ctx context.Context, d *records.Desk, _ application.ID, b card.BatchID) error {
		return d.ExportBatch(ctx, stranger, b, sheet.Out{To: io.Discard, As: sheet.XLSX})
	},
	"WriteBatch": func(ctx context.Context, d *records.Desk, _ application.ID, b card.BatchID) error {
		return d.WriteBatch(ctx, stranger, b, "", io.Discard)
	},
	"AskChips": func(ctx context.Context, d *records.Desk, _ application.ID, b card.BatchID) error {
		_, err := d.AskChips(ctx, stranger, b, "制卡机写入芯片")
		return err
	},
	"TakeChips": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.TakeChips(ctx, stranger, "chips", io.Discard)
	},
	"Printers": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.Printers(ctx, stranger, testbed.County)
		return err
	},
	"Printer": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		_, err := d.Printer(ctx, stranger, "printer")
		return err
	},
	"AddPrinter": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		p := card.Standard(certificate.Card)
		p.Region, p.Name = testbed.County, "台"
		_, err := d.AddPrinter(ctx, stranger, p)
		return err
	},
	"EditPrinter": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.EditPrinter(ctx, stranger, card.Printer{ID: "printer"})
	},
	"WriteTest": func(ctx context.Context, d *records.Desk, _ application.ID, _ card.BatchID) error {
		return d.WriteTest(ctx, stranger, "printer", io.Discard)
	},
	"WriteDispatchList": func(ctx context.Context, d *records.Desk, _ application.ID, b card.BatchID) error {
		return d.WriteDispatchList(ctx, stranger, b, io.Discard)
	},
	"WriteDeliveryRegister": func(ctx context.Context, d *records.Desk, _ application.ID, b card.BatchID) error {
		return d.WriteDeliveryRegister(ctx, stranger, b, io.Discard)
	},
	"SignedPage": func(ctx context.Context, d *records.Desk, _ application.ID, b card.BatchID) error {
		_, _, err := d.SignedPage(ctx, stranger, b, "scan", "核对签字")
		return err
	},
}

func TestNoMethodLetsAStrangerIn(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, a := records.New(o.DB, o.Files), approved(t, o, o.Person(t), nil)
		b, err := desk.PrepareBatch(t.Context(), clerk, testbed.Township, []application.ID{a.ID})
		if err != nil {
			t.Fatal(err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			p := card.Standard(certificate.Book)
			p.ID, p.Region, p.Name = "printer", testbed.County, "1 号台"
			x := disclosure.Disclosure{ID: "chips", Region: testbed.Township, Columns: disclosure.Chip, Author: stranger.Account, State: disclosure.Asked}
			x.Filter.Batch = string(b)
			return errors.Join(tx.AddPrinter(p), tx.AddDisclosure(x))
		})
		for i := range reflect.TypeFor[*records.Desk]().NumMethod() {
			name := reflect.TypeFor[*records.Desk]().Method(i).Name
			try, ok := borders[name]
			if open[name] != "" {
				continue
			}
			if !ok {
				t.Errorf("%s is not tried as a stranger", name)
			} else if err := try(t.Context(), desk, a.ID, b); fault.Of(err) != fault.Missing {
				t.Errorf("%s let a stranger in: %v", name, err)
			}
		}
	})
}
