package store

import (
	"time"

	"hefa/internal/ledger"
)

// HeadReceipt is what a witness answered when it took a head of the audit.
type HeadReceipt struct {
	County  string
	Size    int64
	At      time.Time
	Receipt string
}

// HeadReceipts is the newest receipt of each county of the actor's region.
func (tx *Tx) HeadReceipts() ([]HeadReceipt, error) {
	from, to := tx.by.Region.Range()
	return list(tx, func(r *HeadReceipt) []any { return []any{&r.County, &r.Size, micros{&r.At}, &r.Receipt} }, `
		SELECT county, size, at, receipt
		FROM head_receipt h
		WHERE county >= $1 AND county < $2 AND size = (SELECT MAX(size) FROM head_receipt l WHERE l.county = h.county)
		ORDER BY county`, from, to)
}

// AddHeadReceipt keeps a receipt. It leaves no audit line, which would be a new head to be taken; the first receipt of a head stays.
func (tx *Tx) AddHeadReceipt(h ledger.Head, receipt string) error {
	_, err := tx.exec(`
		INSERT INTO head_receipt (county, size, at, receipt)
		VALUES ($1, $2, $3, $4)
		ON CONFLICT (county, size) DO NOTHING`, h.County, h.Size, tx.at.UnixMicro(), receipt)
	return err
}
