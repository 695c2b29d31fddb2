package gate

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"

	"hefa/internal/fault"
	"hefa/internal/lang"
)

// statuses is the one place where a kind of fault becomes an HTTP status.
var statuses = map[fault.Kind]int{
	fault.Invalid:   http.StatusUnprocessableEntity,
	fault.Refused:   http.StatusConflict,
	fault.Missing:   http.StatusNotFound,
	fault.Forbidden: http.StatusForbidden,
	fault.Stale:     http.StatusConflict,
	fault.SignIn:    http.StatusUnauthorized,
	fault.Busy:      http.StatusTooManyRequests,
	fault.Full:      http.StatusInsufficientStorage,
	fault.Away:      http.StatusServiceUnavailable,
}

// statusGone is what the log shows when the reader left before the answer; nobody receives it.
const statusGone = 499

// Failure is what an error page, or an API problem, may tell the reader.
type Failure struct {
	Status    int
	Kind      fault.Kind // "" for a defect and for what HTTP itself refuses
	Title     string     // what sort of thing happened, as a heading
	Text      string     // what happened and what to do next
	Reference string     // the number by which the log finds this request
	Fields    []fault.Field
}

// Again is the address at which the reader may ask for the same page once more, "" where that helps nothing or would do something twice.
func (f Failure) Again(r *http.Request) string {
	if r.Method != http.MethodGet || f.Kind != fault.Busy && f.Kind != fault.Away {
		return ""
	}
	return r.URL.RequestURI()
}

// Status is the HTTP status of a kind; 500 for "", a defect. The API uses the same table as the pages.
func Status(kind fault.Kind) int {
	if s, ok := statuses[kind]; ok {
		return s
	}
	return http.StatusInternalServerError
}

// Fail turns err into what may be shown: a fault speaks for itself, a few errors of HTTP and of the disk have their own sentence, and
// everything else is a defect that shows its reference only.
func Fail(ctx context.Context, err error) Failure {
	f := Failure{Reference: Reference(ctx)}
	var large *http.MaxBytesError
	if found, ok := errors.AsType[*fault.Fault](err); ok {
		f.Kind, f.Status, f.Fields = found.Kind, Status(found.Kind), found.Fields
		f.Text = lang.T(found.Key, found.Args...)
	} else if errors.As(err, &large) {
		f.Status, f.Text = http.StatusRequestEntityTooLarge, lang.T("gate.text.large", size(large.Limit))
	} else if errors.Is(err, syscall.ENOSPC) {
		f.Kind, f.Status, f.Text = fault.Full, Status(fault.Full), lang.T("gate.text.full")
	} else if errors.Is(err, io.ErrUnexpectedEOF) {
		f.Status, f.Text = http.StatusBadRequest, lang.T("gate.text.broken")
	} else if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		f.Status = statusGone
	} else {
		f.Status, f.Text = http.StatusInternalServerError, lang.T("gate.text.defect", f.Reference)
	}
	f.Title = title(f.Status, f.Kind)
	return f
}

// bare is the failure behind a status that a mux or a check of HTTP answered by itself.
func bare(ctx context.Context, status int) Failure {
	f := Failure{Status: status, Reference: Reference(ctx)}
	switch status {
	case http.StatusNotFound:
		f.Kind, f.Text = fault.Missing, lang.T("gate.text.nopage")
	case http.StatusMethodNotAllowed:
		f.Text = lang.T("gate.text.method")
	case http.StatusForbidden:
		f.Kind, f.Text = fault.Forbidden, lang.T("gate.text.origin")
	case http.StatusTooManyRequests:
		f.Kind, f.Text = fault.Busy, lang.T("gate.text.busy")
	case http.StatusBadRequest:
		f.Text = lang.T("gate.text.form")
	default:
		f.Text = lang.T("gate.text.defect", f.Reference)
	}
	f.Title = title(status, f.Kind)
	return f
}

func title(status int, kind fault.Kind) string {
	if kind != "" {
		return lang.T("gate.title." + string(kind))
	}
	switch status {
	case http.StatusRequestEntityTooLarge:
		return lang.T("gate.title.large")
	case http.StatusBadRequest, http.StatusMethodNotAllowed:
		return lang.T("gate.title.request")
	default:
		return lang.T("gate.title.defect")
	}
}

// size is a limit as people say it: 1 MB, 512 KB.
func size(bytes int64) string {
	if bytes >= 1<<20 {
		return strings.TrimSuffix(decimal(bytes, 1<<20), ".0") + " MB"
	}
	return strings.TrimSuffix(decimal(bytes, 1<<10), ".0") + " KB"
}
