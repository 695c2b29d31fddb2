package records_test

import (
	"bytes"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/archiving"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/records"
	"hefa/internal/region"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestABatchIsRefusedAsAWhole(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		good, reviewed := approved(t, o, o.Person(t), nil), o.Case(t, o.Person(t), application.Reviewed)
		unassessed := approved(t, o, o.Person(t), func(a *application.Application) { a.Category = "" })
		holder := o.Person(t)
		o.Certificate(t, holder, "2029-01-01")
		second := approved(t, o, holder, nil)
		many := make([]application.ID, records.Most+1)
		for i := range many {
			many[i] = application.ID(strings.Repeat("x", i+1))
		}
		cases := map[string]struct {
			by    access.Actor
			where region.Code
			ids   []application.ID
			kind  fault.Kind
			key   string
		}{
			"nothing chosen":       {clerk, "533103105", nil, fault.Invalid, ""},
			"too many":             {clerk, "533103105", many, fault.Invalid, ""},
			"a whole county":       {clerk, "533103", []application.ID{good.ID}, fault.Invalid, ""},
			"another township":     {clerk, "533103101", []application.ID{good.ID}, fault.Refused, "batch.elsewhere"},
			"one not approved":     {clerk, "533103105", []application.ID{good.ID, reviewed.ID}, fault.Refused, "batch.moved"},
			"one without a grade":  {clerk, "533103105", []application.ID{good.ID, unassessed.ID}, fault.Refused, "batch.unassessed"},
			"one with a valid one": {clerk, "533103105", []application.ID{good.ID, second.ID}, fault.Refused, "batch.second"},
			"a case that is not":   {clerk, "533103105", []application.ID{good.ID, "none"}, fault.Missing, "record.missing"},
			"the township's clerk": {township, "533103105", []application.ID{good.ID}, fault.Forbidden, "act.forbidden"},
			"a neighbour's clerk":  {stranger, "533103105", []application.ID{good.ID}, fault.Missing, "record.missing"},
		}
		for name, c := range cases {
			_, err := desk.PrepareBatch(ctx, c.by, c.where, c.ids)
			f, _ := err.(*fault.Fault)
			if f == nil || f.Kind != c.kind || c.key != "" && f.Key != c.key {
				t.Errorf("%s: %v, want %s %s", name, err, c.kind, c.key)
			}
		}
		all, err := desk.Batches(ctx, clerk, records.BatchFilter{Limit: 9})
		if err != nil || len(all.Rows) != 0 {
			t.Errorf("refused batches left %d rows, %v", len(all.Rows), err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			a, err := tx.Application(good.ID)
			if a.State != application.Approved {
				t.Errorf("the good case is %s", a.State)
			}
			return err
		})
	})
}

func TestStepsOutOfTurnAreRefused(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		a, b := approved(t, o, o.Person(t), nil), approved(t, o, o.Person(t), nil)
		id, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID, b.ID})
		step(t, "prepare", err)
		refused := func(name string, err error, kind fault.Kind) {
			t.Helper()
			if fault.Of(err) != kind {
				t.Errorf("%s: %v, want %s", name, err, kind)
			}
		}
		refused("dispatch before the print", desk.DispatchApplication(ctx, clerk, a.ID, ""), fault.Refused)
		refused("dispatch of a batch before the print", desk.DispatchBatch(ctx, clerk, id, card.Parcel{}), fault.Refused)
		refused("delivery before the print", desk.DeliverApplication(ctx, township, a.ID, card.Delivery{Receiver: "某"}), fault.Refused)
		refused("filing before the delivery", archiving.New(o.DB, o.Files).FileApplication(ctx, clerk, a.ID, archive.Filing{}), fault.Refused)
		refused("spoiling without a reason", desk.SpoilApplication(ctx, clerk, a.ID, "", " "), fault.Invalid)
		refused("a print by the township", desk.PrintApplication(ctx, township, a.ID, ""), fault.Forbidden)
		refused("a serial as long as a letter", desk.PrintApplication(ctx, clerk, a.ID, strings.Repeat("9", 41)), fault.Invalid)
		step(t, "print", desk.PrintApplication(ctx, clerk, a.ID, "YN1"))
		refused("a serial that was used", desk.PrintApplication(ctx, clerk, b.ID, "yn1"), fault.Refused)
		refused("a second print", desk.PrintApplication(ctx, clerk, a.ID, "YN2"), fault.Refused)
		refused("spoiling a good one", desk.SpoilApplication(ctx, clerk, a.ID, "", "卡纸"), fault.Refused)
		n, err := desk.PrintBatch(ctx, clerk, id, "")
		if err != nil || n != 1 {
			t.Errorf("the rest of the batch: %d, %v", n, err)
		}
		_, err = desk.PrintBatch(ctx, clerk, id, "")
		refused("a print of nothing", err, fault.Refused)
		refused("a dispatch by the township", desk.DispatchBatch(ctx, township, id, card.Parcel{}), fault.Forbidden)
		step(t, "dispatch", desk.DispatchBatch(ctx, clerk, id, card.Parcel{}))
		refused("a second dispatch", desk.DispatchBatch(ctx, clerk, id, card.Parcel{}), fault.Refused)
		refused("a delivery to nobody", desk.DeliverApplication(ctx, township, a.ID, card.Delivery{}), fault.Invalid)
		_, k, _ := now(t, o, a.ID)
		step(t, "deliver", desk.DeliverApplication(ctx, township, a.ID, card.Delivery{Receiver: k.Face.Name}))
		refused("a second delivery", desk.DeliverApplication(ctx, township, a.ID, card.Delivery{Receiver: k.Face.Name}), fault.Refused)
		refused("filing with papers lacking and no reason", archiving.New(o.DB, o.Files).FileApplication(ctx, clerk, a.ID, archive.Filing{Reason: " "}), fault.Invalid)
	})
}

// TestTheBookletsAreSetFromTheFaceAndItsPhoto prints a batch with a photo, and refuses one whose photo is lost rather than print a card without it.
func TestTheBookletsAreSetFromTheFaceAndItsPhoto(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		kept, err := o.Files.Put(bytes.NewReader(portrait(t)), 1<<20)
		step(t, "keep the photo", err)
		with, lost := approved(t, o, o.Person(t), nil), approved(t, o, o.Person(t), nil)
		attach(t, o, with, kept.Hash)
		attach(t, o, lost, strings.Repeat("0", 64))
		one, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{with.ID})
		step(t, "prepare", err)
		two, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{lost.ID})
		step(t, "prepare", err)
		var pages, none bytes.Buffer
		step(t, "write", desk.WriteBatch(ctx, clerk, one, "", &pages))
		if _, k, _ := now(t, o, with.ID); k.Face.Photo != kept.Hash || !bytes.HasPrefix(pages.Bytes(), []byte("%PDF-")) || !bytes.Contains(pages.Bytes(), []byte("/DCTDecode")) {
			t.Errorf("face with photo %q, %d bytes of pages", k.Face.Photo, pages.Len())
		}
		if err := desk.WriteBatch(ctx, clerk, two, "", &none); fault.Of(err) != fault.Missing || none.Len() > 0 {
			t.Errorf("a lost photo: %v, %d bytes", err, none.Len())
		}
		b, err := desk.Batch(ctx, clerk, one)
		step(t, "read", err)
		if b.Lines[0].Place != "风平村民委员会" || b.Place != "风平镇" {
			t.Errorf("places %q %q", b.Lines[0].Place, b.Place)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			lines, err := tx.Timeline(testbed.County, "batch", string(one))
			if len(lines) != 2 || lines[1].Note != "生成证件打印页 1 本，打印机：标准位置" {
				t.Errorf("the batch's course: %v", lines)
			}
			return err
		})
	})
}
