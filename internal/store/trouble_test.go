package store

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"hefa/internal/fault"
)

// The codes are those of PostgreSQL's manual, appendix A.
func TestWhatBefallsTheDatabaseIsSaidInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want fault.Kind
	}{
		{&pgconn.PgError{Code: "53100"}, fault.Full},
		{&pgconn.PgError{Code: "58030"}, fault.Away},
		{&pgconn.PgError{Code: "XX001"}, fault.Away}, // a page that does not fit its sum
		{&pgconn.PgError{Code: "XX000"}, ""},
		{&pgconn.PgError{Code: "57P01"}, fault.Away},
		{&pgconn.PgError{Code: "57P02"}, fault.Away},
		{&pgconn.PgError{Code: "57P03"}, fault.Away},
		{&pgconn.PgError{Code: "25006"}, fault.Away},
		{&pgconn.PgError{Code: "53300"}, fault.Away},
		{&pgconn.PgError{Code: "08006"}, fault.Away},
		{&net.OpError{Op: "read", Err: errors.New("connection reset by peer")}, fault.Away},
		{driver.ErrBadConn, fault.Away},
		{io.ErrUnexpectedEOF, fault.Away},
		{&pgconn.PgError{Code: "42703"}, ""}, // a wrong column is a defect
		{&pgconn.PgError{Code: "23505"}, ""},
		{errors.New("other"), ""},
		{fault.New(fault.Refused, "record.stale"), fault.Refused},
	} {
		if got := fault.Of(trouble(fmt.Errorf("running: %w", c.err))); got != c.want {
			t.Errorf("%v is %q, not %q", c.err, got, c.want)
		}
	}
	if trouble(nil) != nil {
		t.Error("no error is an error")
	}
}
