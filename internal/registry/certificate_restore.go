package registry

import (
	"context"
	"strings"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/departure"
	"hefa/internal/fault"
	"hefa/internal/person"
	"hefa/internal/store"
)

// RestoreCertificate lets a certificate that is frozen or lost hold again, for a reason: one that came so from another register, or whose card was found. What
// a list of moves or a running case holds back is settled there.
func (d *Desk) RestoreCertificate(ctx context.Context, by access.Actor, id certificate.ID, reason string) error {
	return d.db.Update(ctx, by, func(tx *store.Tx) error {
		c, err := tx.Certificate(id)
		if err != nil {
			return err
		}
		if err := by.May(access.CertificateRestore, c.Region); err != nil {
			return err
		}
		if err := tx.Unrelated(c.Person); err != nil {
			return err
		}
		reason = strings.Join(strings.Fields(reason), " ")
		if err := person.CheckReason(reason); err != nil {
			return err
		}
		moves, err := tx.DeparturesOf(c)
		if err != nil {
			return err
		}
		if departure.Freezes(moves) {
			return fault.New(fault.Refused, "certificate.restore.moved")
		}
		open, err := tx.OpenCase(c.County(), c.Person)
		if err != nil {
			return err
		}
		if open != "" {
			return fault.New(fault.Refused, "departure.case.open")
		}
		step := certificate.Thaw
		if c.State == certificate.Lost {
			step = certificate.Recover
		}
		if err := c.Take(step, tx.Today()); err != nil {
			return err
		}
		if err := tx.SaveCertificate(access.CertificateRestore, c); err != nil {
			return err
		}
		return tx.Note(access.CertificateRestore, store.Subject{Kind: "certificate", ID: string(c.ID), Region: c.Region, Note: reason})
	})
}
