package store

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"hefa/internal/fault"
)

// told is trouble, after which the connections of an SQLite file that could not be read are given up: they may still hold pages of what was read wrong,
// and would show them when the disk is well again.
func (h *handle) told(err error) error {
	switch liteCode(err) {
	case 10, 11, 26: // SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB
		h.SetMaxIdleConns(0)
		h.SetMaxIdleConns(cap(h.slots) + 1)
	}
	return trouble(err)
}

// liteCode is the primary code of an error of SQLite, 0 for every other.
func liteCode(err error) int {
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code() & 0xff
	}
	return 0
}

// trouble turns what befell the database itself into words: a full disk, one that fails, or a server that is away.
func trouble(err error) error {
	var pg *pgconn.PgError
	code := liteCode(err)
	switch {
	case err == nil:
		return nil
	case code == 13, errors.As(err, &pg) && pg.Code == "53100": // SQLITE_FULL, disk_full
		return fault.New(fault.Full, "store.full").Because(err)
	case code == 10, code == 14, pg != nil && pg.Code == "58030": // SQLITE_IOERR, SQLITE_CANTOPEN, io_error
		return fault.New(fault.Away, "store.broken").Because(err)
	case code == 11, code == 26, pg != nil && pg.Code[:2] == "XX" && pg.Code != "XX000": // SQLITE_CORRUPT, SQLITE_NOTADB, data_corrupted and index_corrupted
		return fault.New(fault.Away, "store.corrupt").Because(err)
	case pg != nil && (away[pg.Code] || pg.Code[:2] == "08"), pg == nil && cut(err):
		return fault.New(fault.Away, "store.away").Because(err)
	}
	return err
}

// away are the codes with which PostgreSQL says that it stops, starts, stands by for another server, or has no connection left.
var away = map[string]bool{"57P01": true, "57P02": true, "57P03": true, "25006": true, "53300": true}

// cut says whether the line to the database could not be had or broke off.
func cut(err error) bool {
	var none *pgconn.ConnectError
	var network *net.OpError
	return errors.As(err, &none) || errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.ErrUnexpectedEOF) ||
		pgconn.SafeToRetry(err)
}
