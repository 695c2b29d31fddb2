package paper

// Spot is where something stands, in millimetres from the left and from the top.
type Spot struct{ X, Y float64 }

// Tray is what a printer takes at once: the size of its sheet, where the certificates lie on it, and how far the printer is off. All are millimetres.
type Tray struct {
	Width, Height float64
	Places        []Spot // the top left corner of each certificate
	Front         Spot   // what is added to each place of the front so that it comes out there
	Back          Spot   // the same for the back
	Mirrored      bool   // the sheet is turned over like a page: the back of what lies at the left lies at the right
}

// sheet is a sheet of the tray, without margins.
func (t Tray) sheet(d *document) *sheet {
	return &sheet{document: d, width: t.Width * mm, height: t.Height * mm}
}

// sound refuses a tray without a place, which holds nothing.
func (t Tray) sound(d *document) bool {
	if len(t.Places) == 0 || t.Width <= 0 || t.Height <= 0 {
		d.refuse("paper.tray.empty")
		return false
	}
	return true
}

// front is where the front of a place is drawn, in points.
func (t Tray) front(place int) (x, y float64) {
	p := t.Places[place]
	return (p.X + t.Front.X) * mm, (p.Y + t.Front.Y) * mm
}

// back is where the back of a place is drawn, in points; width is that of the certificate.
func (t Tray) back(place int, width float64) (x, y float64) {
	p := t.Places[place]
	x, y = p.X*mm, p.Y*mm
	if t.Mirrored {
		x = t.Width*mm - x - width
	}
	return x + t.Back.X*mm, y + t.Back.Y*mm
}
