package main

import (
	"context"
	"fmt"

	"hefa/internal/lang"
)

// migrate brings the schema of an installation up to date without serving.
type migrate struct {
	place
	Distributed bool `help:"Then spread the tables over the nodes of a PostgreSQL with Citus, by county; once."`
}

// Run says at which version the schema stands.
func (c *migrate) Run(ctx context.Context) error {
	h, err := c.open(ctx)
	if err != nil {
		return told(err)
	}
	defer func() { _ = h.db.Close() }() // what was done is on disk already
	stands, _, err := h.db.Schema(ctx)
	if err != nil {
		return told(err)
	}
	fmt.Println(lang.T("store.migrated", stands))
	if !c.Distributed {
		return nil
	}
	if err := h.db.Distribute(ctx); err != nil {
		return told(err)
	}
	fmt.Println(lang.T("store.distributed"))
	return nil
}
