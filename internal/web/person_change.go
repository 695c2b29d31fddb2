package web

import (
	"hefa/internal/day"
	"hefa/internal/household"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
)

// changes is what of the person became what.
func (v personView) changes() look.Table {
	t := look.Table{Caption: lang.T("change.title"), Columns: []look.Column{{Text: lang.T("change.at"), Tight: true}, {Text: lang.T("change.field"), Tight: true},
		{Text: lang.T("change.before")}, {Text: lang.T("change.after")}, {Text: lang.T("change.by")}}}
	for _, c := range v.Changes {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: day.Of(c.At, day.Beijing).Chinese(), Note: c.At.In(day.Beijing).Format("15:04")}, {Text: word(c.Change)},
			{Text: v.changed(c.Field, c.Before)}, {Text: v.changed(c.Field, c.After)}, {Text: c.Name}}})
	}
	return t
}

// changed is a value of a change in words.
func (v personView) changed(field, value string) string {
	if value == "" {
		return lang.T("change.nothing")
	}
	switch field {
	case "poor":
		return yesNo(value == "yes")
	case "marital":
		return word(household.Marital(value))
	case "education":
		return word(household.Education(value))
	case "region", "lives":
		code := region.Code(value)
		return v.Regions[code.Township()] + villageName(code, v.Regions)
	}
	return value
}
