package main

import (
	"context"
	"fmt"

	"hefa/internal/store"
)

// database makes or drops a database on a PostgreSQL server, so that the bench leaves nothing behind.
type database struct {
	Server string `arg:"" help:"Address of the server."`
	Name   string `arg:"" help:"Name of the database."`
	Drop   bool   `help:"Drop it."`
}

// Run prints the address of a database that it made.
func (d *database) Run(ctx context.Context) error {
	if d.Drop {
		return store.DropDatabase(ctx, d.Server, d.Name)
	}
	address, err := store.CreateDatabase(ctx, d.Server, d.Name, "")
	if err == nil {
		fmt.Println(address)
	}
	return err
}
