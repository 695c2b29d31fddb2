package store

import (
	"hefa/internal/access"
	"hefa/internal/message"
	"hefa/internal/region"
)

// AddMessageParts keeps the carrier's names for parts of a message, in the transaction that notes on the message what the carrier said.
func (tx *Tx) AddMessageParts(m message.Message, parts []message.Part) error {
	rows := make([][]any, len(parts))
	for i, p := range parts {
		rows[i] = []any{string(m.County()), string(m.ID), p.No, p.Ref, tx.lookup(m.Phone), string(p.State), tx.at.UnixMicro()}
	}
	return tx.insert(`INSERT INTO message_part (county, message, part, ref, lookup, state, at) VALUES `, rows)
}

// MessageParts is the parts of a message that a carrier took, the first first.
func (tx *Tx) MessageParts(m message.Message) ([]message.Part, error) {
	return list(tx, func(p *message.Part) []any { return []any{&p.No, &p.Ref, &p.State} }, `
		SELECT part, ref, state
		FROM message_part
		WHERE county = $1 AND message = $2
		ORDER BY part`, string(m.County()), string(m.ID))
}

// MessagePart is the message and the number of the part that a carrier knows by a name; fault.Missing when there is none where the actor answers.
func (tx *Tx) MessagePart(ref string) (of message.ID, no int, err error) {
	type row struct {
		of message.ID
		no int
	}
	from, to := tx.by.Region.Range()
	r, err := one(tx, func(r *row) []any { return []any{&r.of, &r.no} }, `
		SELECT message, part
		FROM message_part
		WHERE ref = $1 AND county >= $2 AND county < $3
		ORDER BY at DESC
		LIMIT 1`, ref, from, to)
	return r.of, r.no, err
}

// SaveMessagePart notes what became of a part. It holds the message meanwhile: of two parts that are reported at once the second begins anew and sees the first.
func (tx *Tx) SaveMessagePart(m message.Message, p message.Part) error {
	if _, err := tx.exec(`UPDATE message SET version = version WHERE county = $1 AND id = $2`, string(m.County()), string(m.ID)); err != nil {
		return err
	}
	return tx.write(access.MessageReport, messageSubject(m, ""), `
		UPDATE message_part
		SET state = $1, at = $2
		WHERE county = $3 AND message = $4 AND part = $5`, string(p.State), tx.at.UnixMicro(), string(m.County()), string(m.ID), p.No)
}

// CountiesThatTexted is the counties from which a carrier took messages to a phone.
func (tx *Tx) CountiesThatTexted(phone string) ([]region.Code, error) {
	from, to := tx.by.Region.Range()
	return list(tx, func(c *region.Code) []any { return []any{c} }, `
		SELECT DISTINCT county
		FROM message_part
		WHERE lookup = $1 AND county >= $2 AND county < $3
		ORDER BY county`, tx.lookup(phone), from, to)
}
