package web

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// printers is the printers of the county.
func (s *Server) printers(w http.ResponseWriter, r *http.Request) error {
	all, err := s.records.Printers(r.Context(), actor(r), "")
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, printersPage(s.page(w, r, lang.T("printers.title")), printersTable(all)))
}

// printersTable is a printer a line, with its test print.
func printersTable(all []card.Printer) look.Table {
	t := look.Table{Caption: lang.T("printers.title"), Quiet: true, Empty: lang.T("printers.empty"), Columns: []look.Column{{Text: lang.T("printer.name")},
		{Text: lang.T("printer.make")}, {Text: lang.T("printer.sheet"), Tight: true}, {Text: lang.T("printer.count"), Number: true},
		{Text: lang.T("printer.front"), Tight: true}, {Text: lang.T("cards.column.state"), Tight: true}}}
	for _, p := range all {
		state := look.Tag{Text: lang.T("printer.used"), Colour: look.Green}
		if p.Retired {
			state = look.Tag{Text: lang.T("printer.retired"), Colour: look.Grey}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: p.Name, Href: printerHref(p.ID)}, {Text: word(p.Make)},
			{Text: lang.T("printer.sheet.text", p.Width, p.Height)}, {Text: strconv.Itoa(len(p.Places))}, {Text: lang.T("printer.offset.text", p.Front.X, p.Front.Y)}, {Tag: state}}})
	}
	return t
}

func printerHref(id card.PrinterID) string { return "/printers/" + string(id) }

// printerForm is a printer as its form shows it: what was typed, beside what could be read of it.
type printerForm struct {
	card.Printer
	typed  map[string]string
	Others *card.Printer // what somebody else saved meanwhile
}

// lengths is the fields of the form that are millimetres, with what they mean in the printer.
func (f *printerForm) lengths() map[string]*card.Tenth {
	return map[string]*card.Tenth{"width": &f.Width, "height": &f.Height, "front_x": &f.Front.X, "front_y": &f.Front.Y, "back_x": &f.Back.X, "back_y": &f.Back.Y}
}

// formOf is the form of a printer as it stands.
func formOf(p card.Printer) printerForm {
	f := printerForm{Printer: p, typed: map[string]string{}}
	for name, at := range f.lengths() {
		f.typed[name] = at.String()
	}
	f.typed["places"] = placesText(p)
	return f
}

// placesText is a place a line.
func placesText(p card.Printer) string {
	var lines []string
	for _, s := range p.Places {
		lines = append(lines, s.String())
	}
	return strings.Join(lines, "\n")
}

// printerNew shows the form of a new printer, filled with the standard sheet of what it prints.
func (s *Server) printerNew(w http.ResponseWriter, r *http.Request) error {
	if err := actor(r).May(access.PrinterKeep, actor(r).Region); err != nil {
		return err
	}
	return s.printerShow(w, r, http.StatusOK, formOf(card.Standard(certificate.Kind(r.URL.Query().Get("make")))), nil)
}

// printer shows one printer.
func (s *Server) printer(w http.ResponseWriter, r *http.Request) error {
	p, err := s.records.Printer(r.Context(), actor(r), card.PrinterID(r.PathValue("id")))
	if err != nil {
		return err
	}
	return s.printerShow(w, r, http.StatusOK, formOf(p), nil)
}

// typedPrinter is what the form sent; the error names what is no length.
func typedPrinter(r *http.Request) (printerForm, error) {
	f := printerForm{Printer: card.Printer{ID: card.PrinterID(r.PathValue("id")), Name: r.PostFormValue("name"), Make: certificate.Kind(r.PostFormValue("make")),
		Mirrored: r.PostFormValue("mirrored") == "yes", Retired: r.PostFormValue("retired") == "yes"}, typed: map[string]string{}}
	f.Version, _ = strconv.Atoi(r.PostFormValue("version"))
	var wrong fault.Problems
	for name, at := range f.lengths() {
		f.typed[name] = look.Narrow(r.PostFormValue(name))
		var ok bool
		if *at, ok = card.ReadTenth(f.typed[name]); !ok && (f.typed[name] != "" || !strings.HasPrefix(name, "back")) {
			wrong.Add(name, "printer.length.wrong")
		}
	}
	f.typed["places"] = r.PostFormValue("places")
	var ok bool
	if f.Places, ok = card.ReadPlaces(look.Narrow(f.typed["places"])); !ok {
		wrong.Add("places", "printer.places.wrong")
	}
	return f, wrong.Fault()
}

// printerAdd sets up a printer.
func (s *Server) printerAdd(w http.ResponseWriter, r *http.Request) error {
	f, err := typedPrinter(r)
	var id card.PrinterID
	if err == nil {
		id, err = s.records.AddPrinter(r.Context(), actor(r), f.Printer)
	}
	if again(err) {
		return s.printerShow(w, r, http.StatusUnprocessableEntity, f, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, printerHref(id), "printer.done")
}

// printerSave keeps the changes; when somebody was faster the form shows both.
func (s *Server) printerSave(w http.ResponseWriter, r *http.Request) error {
	f, err := typedPrinter(r)
	if err == nil {
		err = s.records.EditPrinter(r.Context(), actor(r), f.Printer)
	}
	if err == nil {
		return s.done(w, r, printerHref(f.ID), "printer.done")
	}
	now, loadErr := s.records.Printer(r.Context(), actor(r), f.ID)
	if loadErr != nil {
		return loadErr
	}
	f.Region, f.Make = now.Region, now.Make
	switch {
	case again(err):
		return s.printerShow(w, r, http.StatusUnprocessableEntity, f, err)
	case fault.Of(err) == fault.Stale:
		f.Version, f.Others = now.Version, &now
		return s.printerShow(w, r, http.StatusConflict, f, err)
	}
	return err
}

// printerTest is the page by which a printer is set up.
func (s *Server) printerTest(w http.ResponseWriter, r *http.Request) error {
	return file(w, lang.T("printer.test.file"), pdf, func(b *bytes.Buffer) error {
		return s.records.WriteTest(r.Context(), actor(r), card.PrinterID(r.PathValue("id")), b)
	})
}

func (s *Server) printerShow(w http.ResponseWriter, r *http.Request, status int, f printerForm, wrong error) error {
	title := lang.T("printer.new")
	if f.ID != "" {
		title = lang.T("printer.title", f.Name)
	}
	p := s.page(w, r, title)
	p.Problems, p.Crumbs = look.Find(wrong), []look.Link{{Text: lang.T("printers.title"), Href: "/printers"}}
	return show(w, r, status, printerPage(p, f))
}

func (f printerForm) action() string {
	if f.ID == "" {
		return "/printers"
	}
	return printerHref(f.ID)
}

func (f printerForm) makes() look.Choice {
	c := look.Choice{Field: look.Field{Name: "make", Label: lang.T("printer.make"), Hint: lang.T("printer.make.hint")}, Value: string(f.Make)}
	for _, k := range certificate.Kinds {
		c.Options = append(c.Options, look.Option{Value: string(k), Text: word(k)})
	}
	return c
}

// length is a field of millimetres.
func (f printerForm) length(name, label, hint string) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: lang.T(label), Hint: hint}, Value: f.typed[name], Width: look.W5, Suffix: lang.T("printer.mm"), Complete: "off"}
}

func (f printerForm) places() look.Area {
	return look.Area{Field: look.Field{Name: "places", Label: lang.T("printer.places"), Hint: lang.T("printer.places.hint")}, Value: f.typed["places"], Rows: 5}
}

func ticked(name, label, text string, on bool) look.Choices {
	c := look.Choices{Field: look.Field{Name: name, Label: lang.T(label), Optional: true}, Options: []look.Option{{Value: "yes", Text: lang.T(text)}}}
	if on {
		c.Values = []string{"yes"}
	}
	return c
}

// card says whether the printer prints cards, which have a back.
func (f printerForm) card() bool { return f.Make == certificate.Card }

// details is a printer as it stands.
func printerDetails(p card.Printer) []look.Detail {
	return []look.Detail{{Key: lang.T("printer.name"), Value: p.Name}, {Key: lang.T("printer.sheet"), Value: lang.T("printer.sheet.text", p.Width, p.Height)},
		{Key: lang.T("printer.places"), Value: strings.ReplaceAll(placesText(p), "\n", "；")}, {Key: lang.T("printer.front"), Value: lang.T("printer.offset.text", p.Front.X, p.Front.Y)},
		{Key: lang.T("printer.back"), Value: lang.T("printer.offset.text", p.Back.X, p.Back.Y)}}
}
