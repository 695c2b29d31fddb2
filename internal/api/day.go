package api

import "github.com/danielgtaylor/huma/v2"

// dayText is how a day is told and checked at this door: YYYY-MM-DD, and one that the calendar has, or nothing.
type dayText string

// Schema describes it.
func (dayText) Schema(huma.Registry) *huma.Schema {
	none := 0
	return &huma.Schema{Type: huma.TypeString, AnyOf: []*huma.Schema{{Type: huma.TypeString, Format: "date"}, {Type: huma.TypeString, MaxLength: &none}}}
}
