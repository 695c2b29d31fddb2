package office

import (
	"context"
	"net/netip"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// doubted says whether a sign-in that is complete now gives reason for a question.
func doubted(tx *store.Tx, a staff.Account, addr string) (staff.Doubt, error) {
	office, err := tx.Office(a.Region)
	if err != nil || !office.Policy.Is(policy.LendingWatch) {
		return staff.NoDoubt, err
	}
	all, err := tx.Signins(a.ID)
	if err != nil {
		return staff.NoDoubt, err
	}
	var others []staff.Use
	for _, s := range all {
		others = append(others, staff.Use{Network: network(s.Addr), Seen: s.Seen})
	}
	duty := staff.Duty{From: office.Policy.Count(policy.DutyFrom), Until: office.Policy.Count(policy.DutyUntil)}
	return staff.Question(network(addr), tx.Now().In(day.Beijing), others, duty), nil
}

// doubtLock is how long an account is locked that was lent or stolen, unless a security administrator opens it: until somebody has looked.
const doubtLock = 24 * time.Hour

// AnswerDoubt takes what the person of an account says about a sign-in that is doubted. Theirs, proved by the password once more: the others end, because
// one person is in one place; after policy lending.most such answers within a day the account is locked all the same. Not theirs: every sign-in ends, the
// account is locked and wants a new password (N54).
func (d *Desk) AnswerDoubt(ctx context.Context, by access.Actor, token string, mine bool, password string) error {
	if mine {
		if err := d.confirmPassword(ctx, by, password); err != nil {
			return err
		}
	}
	var refused error
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		refused = nil
		s, err := tx.SignedIn(seal.Digest(token))
		if err != nil {
			return err
		}
		a := s.Holder
		if string(a.ID) != by.Account || s.Doubt == staff.NoDoubt {
			return fault.New(fault.Refused, "doubt.none")
		}
		if err := tx.AnswerDoubt(a.ID, s.Doubt, mine); err != nil {
			return err
		}
		office, err := tx.Office(a.Region)
		if err != nil {
			return err
		}
		n, err := tx.Answers(a.ID, staff.Elsewhere, tx.Now().Add(-24*time.Hour))
		if err != nil {
			return err
		}
		switch {
		case !mine:
			a.Locked, a.Fresh = tx.Now().Add(doubtLock).UnixMicro(), true
			refused = fault.New(fault.SignIn, "doubt.locked")
			if err := tx.EndSignins(access.SelfManage, a, "", "doubt-other"); err != nil {
				return err
			}
			return tx.SaveAccount(access.SelfManage, a, "doubt-other")
		case s.Doubt == staff.Elsewhere && n >= office.Policy.Count(policy.LendingMost):
			a.Locked = tx.Now().Add(doubtLock).UnixMicro()
			refused = fault.New(fault.SignIn, "doubt.often", n)
			if err := tx.EndSignins(access.SelfManage, a, "", "doubt-often"); err != nil {
				return err
			}
			return tx.SaveAccount(access.SelfManage, a, "doubt-often")
		}
		if err := tx.TrustSignin(s.Hash); err != nil {
			return err
		}
		return tx.EndSignins(access.SelfManage, a, s.Hash, "doubt-mine")
	})
	return first(err, refused)
}

// network is what the devices of one office have in common: the first 24 bits of an address, of the newer kind 48; "" for one that says nothing.
func network(addr string) string {
	a, err := netip.ParseAddr(addr)
	if err != nil || a.IsLoopback() {
		return ""
	}
	a = a.Unmap()
	bits := 24
	if a.Is6() {
		bits = 48
	}
	p, err := a.Prefix(bits)
	if err != nil {
		return ""
	}
	return p.String()
}
