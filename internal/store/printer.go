package store

import (
	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/region"
)

const printerColumns = `county, id, name, make, width, height, places, front, back, mirrored, retired, version`

func scanPrinter(p *card.Printer) []any {
	return []any{&p.Region, &p.ID, &p.Name, &p.Make, &p.Width, &p.Height, asJSON{&p.Places}, asJSON{&p.Front}, asJSON{&p.Back}, &p.Mirrored, &p.Retired, &p.Version}
}

// Printers is the printers of a county by name.
func (tx *Tx) Printers(county region.Code) ([]card.Printer, error) {
	return list(tx, scanPrinter, `
		SELECT `+printerColumns+`
		FROM printer
		WHERE county = $1
		ORDER BY name`, string(county))
}

// Printer is the printer with the id.
func (tx *Tx) Printer(id card.PrinterID) (card.Printer, error) {
	county, err := tx.home("printer", string(id))
	if err != nil {
		return card.Printer{}, err
	}
	return one(tx, scanPrinter, `SELECT `+printerColumns+` FROM printer WHERE county = $1 AND id = $2`, county, string(id))
}

func printerSubject(p card.Printer) Subject {
	return Subject{Kind: "printer", ID: string(p.ID), Region: p.Region, Note: p.Text()}
}

// AddPrinter keeps a printer; a name that the county has already is refused.
func (tx *Tx) AddPrinter(p card.Printer) error {
	return named(p, tx.write(access.PrinterKeep, printerSubject(p), `
		INSERT INTO printer (county, id, name, make, width, height, places, front, back, mirrored, retired)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		string(p.County()), string(p.ID), p.Name, string(p.Make), int(p.Width), int(p.Height), jsonText(p.Places), jsonText(p.Front), jsonText(p.Back), p.Mirrored, p.Retired))
}

// SavePrinter refuses a row that changed since p was read. What a printer prints never changes; the audit keeps what it was.
func (tx *Tx) SavePrinter(p card.Printer) error {
	return named(p, tx.write(access.PrinterKeep, printerSubject(p), `
		UPDATE printer
		SET name = $1, width = $2, height = $3, places = $4, front = $5, back = $6, mirrored = $7, retired = $8, version = version + 1
		WHERE county = $9 AND id = $10 AND version = $11`,
		p.Name, int(p.Width), int(p.Height), jsonText(p.Places), jsonText(p.Front), jsonText(p.Back), p.Mirrored, p.Retired, string(p.County()), string(p.ID), p.Version))
}

// named says of a clash that the name is taken.
func named(p card.Printer, err error) error {
	if !clash(err) {
		return err
	}
	var wrong fault.Problems
	wrong.Add("name", "printer.name.taken", p.Name)
	return wrong.Fault()
}
