package store

import (
	"fmt"

	"hefa/internal/card"
	"hefa/internal/region"
)

// SignChips signs the lines of a file of chip data with the key that signs now.
func (tx *Tx) SignChips(lines []byte) (foot card.ChipFoot, err error) {
	foot.Suite = tx.db.keys.Suite()
	foot.Signature, err = tx.db.keys.Sign(func(key string) []byte {
		foot.Key = key
		return card.ChipMessage(key, lines)
	})
	return foot, err
}

// DisclosureNo is the next number of the county's disclosures of the year: 533103-2020-M0001.
func (tx *Tx) DisclosureNo(county region.Code) (string, error) {
	year := tx.Today().Year()
	n, err := tx.Next(county, fmt.Sprintf("disclosure-%d", year))
	return fmt.Sprintf("%s-%d-M%04d", county, year, n), err
}
