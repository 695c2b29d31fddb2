package store

import (
	"fmt"

	"hefa/internal/access"
	"hefa/internal/region"
	"hefa/internal/staff"
)

// Colleagues is the accounts in use that hold one of the posts for an area around a place of the actor's region, by level and name.
func (tx *Tx) Colleagues(where region.Code, posts []access.Role) ([]staff.Account, error) {
	if _, err := tx.area(where); err != nil || len(posts) == 0 {
		return nil, err
	}
	var args []any
	for _, r := range posts {
		args = append(args, string(r))
	}
	for c := where; c != ""; c = c.Parent() {
		args = append(args, string(c))
	}
	return list(tx, scanAccount, fmt.Sprintf(`
		SELECT `+accountColumns+`
		FROM account
		WHERE role IN (%s) AND region IN (%s) AND disabled = FALSE
		ORDER BY LENGTH(region) DESC, name, id
		LIMIT 500`, marks(1, len(posts)), marks(len(posts)+1, len(args)-len(posts))), args...)
}

// HandlerNames is the names of the accounts that have cases in hand; names alone are known beyond the actor's region, as the audit shows them.
func (tx *Tx) HandlerNames(ids ...string) (map[string]string, error) {
	out := map[string]string{}
	var args []any
	for _, id := range ids {
		if id != "" && out[id] == "" {
			out[id] = id
			args = append(args, id)
		}
	}
	if len(args) == 0 {
		return out, nil
	}
	rows, err := list(tx, func(r *[2]string) []any { return []any{&r[0], &r[1]} },
		`SELECT id, name FROM account WHERE id IN (`+marks(1, len(args))+`)`, args...)
	for _, r := range rows {
		out[r[0]] = r[1]
	}
	return out, err
}

// marks is n placeholders from the number on: $3, $4, $5.
func marks(from, n int) string {
	s := ""
	for i := range n {
		if i > 0 {
			s += ", "
		}
		s += fmt.Sprintf("$%d", from+i)
	}
	return s
}
