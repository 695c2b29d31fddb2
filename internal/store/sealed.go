package store

// What is personal goes through these three on its way in and out; keys.go knows where it lies.

// seal is how a number, phone, address or finding is kept in its row.
func (tx *Tx) seal(clear string) string { return tx.db.keys.Seal(clear) }

// open is what was sealed.
func (tx *Tx) open(kept string) (string, error) { return tx.db.keys.Open(kept) }

// lookup is what a number is found by.
func (tx *Tx) lookup(number string) string { return tx.db.keys.Lookup(number) }

// sealed scans a kept value into a string type.
type sealed[T ~string] struct {
	tx *Tx
	to *T
}

// Scan opens the kept text; what is empty was never sealed.
func (s sealed[T]) Scan(src any) error {
	text, _ := src.(string)
	clear, err := s.tx.open(text)
	*s.to = T(clear)
	return err
}

// sealJSON is how what is personal and has parts, such as a face or findings, is kept in its row.
func (tx *Tx) sealJSON(v any) string { return tx.seal(jsonText(v)) }

// sealedJSON scans a kept JSON text into what it points at.
type sealedJSON struct {
	tx *Tx
	to any
}

// Scan opens and decodes the text; an empty one leaves what it points at as it is.
func (s sealedJSON) Scan(src any) error {
	text, _ := src.(string)
	clear, err := s.tx.open(text)
	if err != nil || clear == "" {
		return err
	}
	return asJSON{s.to}.Scan(clear)
}
