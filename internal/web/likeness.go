package web

import (
	"hefa/internal/application"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
)

// alikeTable is who may be the applicant under another number.
func alikeTable(all []person.Person) look.Table {
	t := look.Table{Caption: lang.T("application.alike.title"), Quiet: true, Columns: []look.Column{{Text: lang.T("detail.name")}, {Text: lang.T("detail.number"), Tight: true},
		{Text: lang.T("person.born"), Tight: true}}}
	for _, o := range all {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: o.Name, Href: personHref(o.ID)}, {Text: o.Number.Masked()}, {Text: string(o.Birth)}}})
	}
	return t
}

// distinctArea asks how the applicant was told apart from them.
func distinctArea(typed string) look.Area {
	return look.Area{Field: look.Field{Name: "distinct", Label: lang.T("application.distinct"), Hint: lang.T("application.distinct.hint")}, Value: typed, Rows: 2,
		Max: application.TextMost}
}

// same asks who of them the applicant is, when the request is declined for it.
func (v caseView) same() look.Choice {
	c := look.Choice{Field: look.Field{Name: "decline-same", Label: lang.T("likeness.decline"), Hint: lang.T("likeness.decline.hint")}, Value: v.sent("decline", "decline-same"),
		Empty: lang.T("likeness.nobody")}
	for _, o := range v.Alike {
		c.Options = append(c.Options, look.Option{Value: string(o.ID), Text: lang.T("likeness.option", o.Name, o.Number.Masked())})
	}
	return c
}

// likenesses is with whom the person was compared and what was found.
func (v personView) likenesses() look.Table {
	t := look.Table{Caption: lang.T("likeness.title"), Columns: []look.Column{{Text: lang.T("likeness.other")}, {Text: lang.T("likeness.found")}, {Text: lang.T("likeness.how")},
		{Text: lang.T("likeness.on"), Tight: true}, {Text: lang.T("change.by")}}}
	for _, k := range v.Likenesses {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: k.Other.Name, Href: personHref(k.Other.ID), Note: k.Other.Number.Masked()}, {Text: word(k)},
			{Text: k.Reason, Href: caseHref(k.Application)}, {Text: string(k.On)}, {Text: k.Name}}})
	}
	return t
}
