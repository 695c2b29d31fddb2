// Package fault says what went wrong in a word that a clerk may read.
//
// A fault carries a kind, which a door turns into a status, and the key of a sentence in the catalogue of words. The cause beneath it is for
// the log and is never shown. An error that is not a fault is a defect: the door shows a reference number only.
package fault

import (
	"errors"
	"strings"
)

// Kind is the sort of thing that went wrong; each door maps it to a status in one place.
type Kind string

// The kinds, from the most to the least ordinary.
const (
	Invalid   Kind = "invalid"   // a value was typed wrong; Fields says which
	Refused   Kind = "refused"   // a rule says no
	Missing   Kind = "missing"   // there is no such record, or it lies outside the actor's region
	Forbidden Kind = "forbidden" // the record is here, but the role may not do this
	Stale     Kind = "stale"     // somebody else changed the record first
	SignIn    Kind = "signin"    // nobody is signed in
	Busy      Kind = "busy"      // too much at once; try again later
	Full      Kind = "full"      // the disk is full
	Away      Kind = "away"      // the database, or the store of files, does not answer; it is tried again by itself
)

// Field is one problem with one value: the form field's name, a key of the catalogue and what fills its gaps.
type Field struct {
	Name string
	Key  string
	Args []any
}

// Fault is an error that a user can act on.
type Fault struct {
	Kind   Kind
	Key    string
	Args   []any
	Fields []Field
	cause  error
}

// New makes a fault whose sentence is key in the catalogue, with args in its gaps.
func New(kind Kind, key string, args ...any) *Fault {
	return &Fault{Kind: kind, Key: key, Args: args}
}

// Because keeps the cause for the log.
func (f *Fault) Because(err error) *Fault {
	f.cause = err
	return f
}

// Error is for logs and tests; doors show the sentence behind Key instead.
func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(string(f.Kind) + ": " + f.Key)
	for _, p := range f.Fields {
		b.WriteString(" " + p.Name + "=" + p.Key)
	}
	if f.cause != nil {
		b.WriteString(": " + f.cause.Error())
	}
	return b.String()
}

// Unwrap gives the cause to errors.Is and errors.As.
func (f *Fault) Unwrap() error { return f.cause }

// Of is the kind of err, or "" when err is nil or no fault.
func Of(err error) Kind {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f.Kind
	}
	return ""
}

// At puts the sentence of a fault at a field of the form, which then is shown again with it; what is no fault stays as it is.
func At(field string, err error) error {
	f, ok := errors.AsType[*Fault](err)
	if !ok {
		return err
	}
	return &Fault{Kind: f.Kind, Key: f.Key, Args: f.Args, Fields: []Field{{field, f.Key, f.Args}}, cause: err}
}

// Problems collects the wrong values of one form, so that all of them are shown at once.
type Problems []Field

// Add notes that the field name is wrong, as the sentence key says.
func (p *Problems) Add(name, key string, args ...any) {
	*p = append(*p, Field{Name: name, Key: key, Args: args})
}

// Fault is nil when there are no problems, else one Invalid fault that names them all.
func (p Problems) Fault() error {
	if len(p) == 0 {
		return nil
	}
	return &Fault{Kind: Invalid, Key: "form.invalid", Fields: p}
}

// Fields are the problems inside err, or nil.
func Fields(err error) []Field {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f.Fields
	}
	return nil
}
