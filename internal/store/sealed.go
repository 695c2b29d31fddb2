package store

// What is personal goes through these three on its way in and out. Sealing (SM4-GCM) and the keyed index (HMAC-SM3) belong here and nowhere else.

// box is how personal texts are shut and opened; both nil keeps them clear.
type box struct{ shut, open func(string) string }

// seal is how a number, phone, address or finding is kept in its row.
func (tx *Tx) seal(clear string) string {
	if tx.db.box.shut == nil {
		return clear
	}
	return tx.db.box.shut(clear)
}

// open is what was sealed.
func (tx *Tx) open(kept string) string {
	if tx.db.box.open == nil {
		return kept
	}
	return tx.db.box.open(kept)
}

// lookup is what a number is found by.
func (tx *Tx) lookup(number string) string { return number }

// sealed scans a kept value into a string type.
type sealed[T ~string] struct {
	tx *Tx
	to *T
}

// Scan opens the kept text; what a join did not find is empty and was never sealed.
func (s sealed[T]) Scan(src any) error {
	text, _ := src.(string)
	if text != "" {
		text = s.tx.open(text)
	}
	*s.to = T(text)
	return nil
}

// sealJSON is how what is personal and has parts, such as a face or findings, is kept in its row.
func (tx *Tx) sealJSON(v any) string { return tx.seal(jsonText(v)) }

// sealedJSON scans a kept JSON text into what it points at.
type sealedJSON struct {
	tx *Tx
	to any
}

// Scan opens and decodes the text.
func (s sealedJSON) Scan(src any) error {
	text, _ := src.(string)
	return asJSON{s.to}.Scan(s.tx.open(text))
}
