package web

import (
	"hefa/internal/day"
	"hefa/internal/look"
	"hefa/internal/office"
)

// linesOf is audit lines as a course of events.
func linesOf(lines []office.Line) []look.Event {
	var out []look.Event
	for _, l := range lines {
		out = append(out, look.Event{Title: word(l.Act), By: l.Name, At: l.At.In(day.Beijing), Text: office.Told(l)})
	}
	return out
}
