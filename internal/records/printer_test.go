package records_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/records"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// printed is the text of a PDF, without spaces and line ends, and how many pages it has.
func printed(t *testing.T, pdf []byte) (text string, pages int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "printed.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-raw", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v; apt-get install poppler-utils", err)
	}
	return strings.Join(strings.Fields(string(out)), ""), bytes.Count(out, []byte{'\f'})
}

// TestTheCountySaysWhichCertificateItMakes changes the rule between two batches: each is printed as it was frozen, whatever changes later.
func TestTheCountySaysWhichCertificateItMakes(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		both := []application.Application{approved(t, o, o.Person(t), nil), approved(t, o, o.Person(t), func(a *application.Application) { a.Category = certificate.Vision })}
		book, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{both[0].ID})
		step(t, "prepare books", err)
		o.Policy(t, policy.CardKind, "card")
		cards, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{both[1].ID})
		step(t, "prepare cards", err)
		o.Policy(t, policy.MultipleRed, "no")
		for i, want := range []struct {
			batch  card.BatchID
			layout string
			made   certificate.Kind
			blank  card.Kind
			pages  int
		}{{book, card.BookLayout, certificate.Book, card.BookGreen, 1}, {cards, card.CardLayout, certificate.Card, card.CardRed, 2}} {
			_, k, c := now(t, o, both[i].ID)
			if k.Face.Layout != want.layout || c.Kind != want.made || k.Face.Kind() != want.blank {
				t.Errorf("frozen in %s on %s, the certificate a %s; want %+v", k.Face.Layout, k.Face.Kind(), c.Kind, want)
			}
			o.Update(t, access.Township, func(tx *store.Tx) error {
				p, err := tx.Person(both[i].Person)
				if err != nil {
					return err
				}
				p.Phone, p.Name = "13900009999", "后来改名"
				return tx.SavePerson(access.PersonEdit, p, p)
			})
			var pdf bytes.Buffer
			step(t, "write", desk.WriteBatch(ctx, clerk, want.batch, "", &pdf))
			text, pages := printed(t, pdf.Bytes())
			for _, v := range []string{k.Face.Name, string(k.Face.Number), k.Face.Category, k.Face.Address, k.Face.Phone, k.Face.Issuer, k.Face.Issued.Chinese(), k.Face.Expires.Chinese()} {
				if v == "" || !strings.Contains(text, v) {
					t.Errorf("%s has lost %q of its face: %s", want.layout, v, text)
				}
			}
			if pages != want.pages || strings.Contains(text, "13900009999") || strings.Contains(text, "后来改名") {
				t.Errorf("%s on %d pages: %s", want.layout, pages, text)
			}
			b, err := desk.Batch(ctx, clerk, want.batch)
			if err != nil || b.Make != want.made {
				t.Errorf("the batch is of %q, %v", b.Make, err)
			}
		}
	})
}

func TestAPrinterIsSetUpByTheCountyAndPrintsItsKind(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		set := func(make certificate.Kind, name string) card.Printer {
			t.Helper()
			p := card.Standard(make)
			p.Name = name
			id, err := desk.AddPrinter(ctx, clerk, p)
			step(t, "set up "+name, err)
			p, err = desk.Printer(ctx, clerk, id)
			step(t, "read "+name, err)
			return p
		}
		books, cards := set(certificate.Book, "1 号台"), set(certificate.Card, "卡机")
		twin := card.Standard(certificate.Book)
		twin.Name = "1 号台"
		if _, err := desk.AddPrinter(ctx, clerk, twin); fault.Of(err) != fault.Invalid {
			t.Errorf("a second printer of the name: %v", err)
		}
		if _, err := desk.AddPrinter(ctx, township, twin); fault.Of(err) != fault.Forbidden {
			t.Errorf("a township sets one up: %v", err)
		}
		changed := books
		changed.Front, changed.Make = card.Spot{X: -12, Y: 5}, certificate.Card
		step(t, "change", desk.EditPrinter(ctx, clerk, changed))
		if err := desk.EditPrinter(ctx, clerk, changed); fault.Of(err) != fault.Stale {
			t.Errorf("the same change again: %v", err)
		}
		if p, err := desk.Printer(ctx, clerk, books.ID); err != nil || p.Front != changed.Front || p.Make != certificate.Book || p.Version != 2 || len(p.Places) != 2 {
			t.Errorf("kept as %+v %v", p, err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			lines, err := tx.Timeline(testbed.County, "printer", string(books.ID))
			if len(lines) != 2 || !strings.Contains(lines[0].Note+lines[1].Note, "+(-1.2,0.5)") {
				t.Errorf("the audit says %+v", lines)
			}
			return err
		})
		a := approved(t, o, o.Person(t), nil)
		b, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID})
		step(t, "prepare", err)
		var pdf, test bytes.Buffer
		step(t, "write", desk.WriteBatch(ctx, clerk, b, books.ID, &pdf))
		step(t, "test print", desk.WriteTest(ctx, clerk, cards.ID, &test))
		if text, pages := printed(t, test.Bytes()); pages != 2 || !strings.Contains(text, "卡机第1个位置背面") {
			t.Errorf("the test page says %s on %d pages", text, pages)
		}
		if err := desk.WriteBatch(ctx, clerk, b, cards.ID, &bytes.Buffer{}); fault.Of(err) != fault.Refused {
			t.Errorf("books on a printer of cards: %v", err)
		}
		if err := desk.WriteBatch(ctx, clerk, b, "nobody", &bytes.Buffer{}); fault.Of(err) != fault.Missing {
			t.Errorf("on no printer: %v", err)
		}
		changed.Version, changed.Retired = 2, true
		step(t, "retire", desk.EditPrinter(ctx, clerk, changed))
		if s, err := desk.Batch(ctx, clerk, b); err != nil || len(s.Printers) != 0 {
			t.Errorf("offered %+v %v", s.Printers, err)
		}
		if all, err := desk.Printers(ctx, clerk, ""); err != nil || len(all) != 2 {
			t.Errorf("printers %+v %v", all, err)
		}
	})
}
