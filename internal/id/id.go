// Package id makes the names of records: time-ordered UUIDs (version 7, RFC 9562), so that a phone in a village can make them too.
package id

import "github.com/google/uuid"

// New is a fresh id; later ids sort after earlier ones.
func New() string { return uuid.Must(uuid.NewV7()).String() }
