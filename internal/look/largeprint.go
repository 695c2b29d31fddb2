package look

import (
	"errors"
	"net/http"

	"hefa/internal/fault"
)

const printCookie = "hefa-print"

// Large says whether the reader asked for large print.
func Large(r *http.Request) bool {
	c, err := r.Cookie(printCookie)
	return err == nil && c.Value == "large"
}

// SetLarge keeps the reader's choice of print for a year; it tells nothing about the reader and so needs no consent.
func SetLarge(w http.ResponseWriter, large, secure bool) {
	c := &http.Cookie{Name: printCookie, Value: "large", Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode, MaxAge: 365 * 86400}
	if !large {
		c.Value, c.MaxAge = "", -1
	}
	http.SetCookie(w, c)
}

func asFault(err error) (*fault.Fault, bool) { return errors.AsType[*fault.Fault](err) }
