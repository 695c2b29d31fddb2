package store

import "hefa/internal/region"

// Undecided is how many things other than cases wait in an area for somebody to decide.
type Undecided struct {
	Arrivals    int // certificates that other counties sent here
	Departures  int // deaths and moves by lists of others, of which nothing was done yet
	Disclosures int // lists with whole numbers that somebody else asked for
	Corrections int // identity numbers that somebody else says are wrong
	Loans       int // files that somebody asks for
	LateLoans   int // files that are out past their last day
	Referrals   int // cases that other counties took for this one
	Posted      int // cards on their way here from counties that decided
	Late        int // certificates on their way in or out past their days
	Returned    int // certificates that another county sent back within the last days
	Differences int // in which another register tells otherwise
	LateCases   int // cases sent to another county, or here, that nobody took within their days
}

// returnedDays is for how many days a certificate that came back is told; the list keeps it.
const returnedDays = 30

// Undecided is how much waits in the area.
func (tx *Tx) Undecided(where region.Code) (Undecided, error) {
	a, err := tx.area(where)
	if err != nil {
		return Undecided{}, err
	}
	return one(tx, func(u *Undecided) []any {
		return []any{&u.Arrivals, &u.Departures, &u.Disclosures, &u.Loans, &u.LateLoans, &u.Referrals, &u.Posted, &u.Late, &u.Returned, &u.LateCases, &u.Differences, &u.Corrections}
	}, `
		SELECT (SELECT COUNT(*) FROM transfer WHERE county = $1 AND way = 'in' AND state = 'sent' AND region >= $2 AND region < $3),
			(SELECT COUNT(*) FROM departure WHERE county = $1 AND state = 'proposed' AND region >= $2 AND region < $3),
			(SELECT COUNT(*) FROM disclosure WHERE county = $1 AND state = 'asked' AND region >= $2 AND region < $3 AND author <> $4),
			(SELECT COUNT(*) FROM loan WHERE county = $1 AND state = 'asked' AND region >= $2 AND region < $3),
			(SELECT COUNT(*) FROM loan WHERE county = $1 AND state = 'lent' AND due < $5 AND region >= $2 AND region < $3),
			(SELECT COUNT(*) FROM referral WHERE county = $1 AND side = 'home' AND state = 'sent' AND region >= $2 AND region < $3),
			(SELECT COUNT(*) FROM referral WHERE county = $1 AND side = 'host' AND state = 'posted' AND region >= $2 AND region < $3),
			(SELECT COUNT(*) FROM transfer WHERE county = $1 AND state = 'sent' AND due < $5 AND region >= $2 AND region < $3),
			(SELECT COUNT(*) FROM transfer WHERE county = $1 AND way = 'out' AND state = 'returned' AND decided >= $6 AND region >= $2 AND region < $3),
			(SELECT COUNT(*) FROM referral WHERE county = $1 AND state = 'sent' AND due < $5 AND region >= $2 AND region < $3),
			(SELECT COUNT(*) FROM difference WHERE county = $1 AND state = 'open' AND region >= $2 AND region < $3),
			(SELECT COUNT(*) FROM correction WHERE county = $1 AND state = 'asked' AND region >= $2 AND region < $3 AND author <> $4)`,
		a.county, a.from, a.to, tx.by.Account, string(tx.Today()), string(tx.Today().Add(-returnedDays)))
}
