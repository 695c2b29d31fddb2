package fault

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKindIsFoundThroughWrapping(t *testing.T) {
	t.Parallel()
	refused := New(Refused, "certificate.notice.running", 3).Because(io.ErrUnexpectedEOF)
	wrapped := fmt.Errorf("cancelling: %w", refused)
	for err, want := range map[error]Kind{wrapped: Refused, refused: Refused, io.EOF: ""} {
		if got := Of(err); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
	if Of(nil) != "" || !errors.Is(wrapped, io.ErrUnexpectedEOF) {
		t.Error("nothing, and the cause")
	}
	if got := wrapped.Error(); got != "cancelling: refused: certificate.notice.running: unexpected EOF" {
		t.Error(got)
	}
}

func TestAllProblemsOfAFormComeAtOnce(t *testing.T) {
	t.Parallel()
	var p Problems
	if err := p.Fault(); err != nil {
		t.Errorf("a form without problems: %v", err)
	}
	p.Add("name", "form.missing")
	p.Add("number", "form.length", 18)
	err := fmt.Errorf("saving: %w", p.Fault())
	want := []Field{{Name: "name", Key: "form.missing"}, {Name: "number", Key: "form.length", Args: []any{18}}}
	if diff := cmp.Diff(want, Fields(err)); diff != "" || Of(err) != Invalid {
		t.Errorf("%s: %s", Of(err), diff)
	}
	if got := err.Error(); got != "saving: invalid: form.invalid name=form.missing number=form.length" {
		t.Error(got)
	}
	if Fields(io.EOF) != nil || Fields(nil) != nil {
		t.Error("what is no fault has no fields")
	}
}
