package web

import (
	"slices"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/attachment"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/policy"
)

// papers is the checklist, each paper with its files and whether it is seen, sent or missing; then what was sent beside the checklist, and what the program itself wrote.
func (v caseView) papers() look.Table {
	t := look.Table{Caption: lang.T("case.papers"), Quiet: true, Columns: []look.Column{{Text: lang.T("case.paper")}, {Text: lang.T("case.paper.state"), Tight: true},
		{Text: lang.T("case.paper.files")}}}
	for _, p := range policy.Papers {
		files := v.filesOf(p)
		wanted := slices.Contains(v.Checklist, p)
		if !wanted && len(files) == 0 {
			continue
		}
		state := look.Tag{Text: lang.T("paper.missing"), Colour: look.Yellow}
		switch {
		case v.Sighted[p]:
			state = look.Tag{Text: lang.T("paper.seen"), Colour: look.Green}
		case len(files) > 0:
			state = look.Tag{Text: lang.T("paper.sent"), Colour: look.Blue}
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: paperWord(p)}, {Tag: state}, {Body: attachmentCell(v, files)}}})
	}
	if made := v.filesOf(attachment.Made); len(made) > 0 {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: paperWord(attachment.Made)}, {Tag: look.Tag{Text: lang.T("archive.origin.born"), Colour: look.Grey}}, {Body: attachmentCell(v, made)}}})
	}
	if carried := v.filesOf(attachment.Carried); len(carried) > 0 {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: paperWord(attachment.Carried)}, {Tag: look.Tag{Text: word(archive.Scan), Colour: look.Grey}}, {Body: attachmentCell(v, carried)}}})
	}
	return t
}

func (v caseView) filesOf(paper string) []attachment.Attachment {
	var out []attachment.Attachment
	for _, a := range v.Attachments {
		if a.Paper == paper {
			out = append(out, a)
		}
	}
	return out
}

// photo is the newest photo, nil when there is none, the reader may not open it, or it lies in the archive, where it is opened for a reason only.
func (v caseView) photo() *attachment.Attachment {
	all := v.filesOf("photo")
	if len(all) == 0 || !v.can(access.AttachmentRead) || !v.a().State.Open() || all[len(all)-1].Destroyed != "" {
		return nil
	}
	return &all[len(all)-1]
}

func (v caseView) fileHref(a attachment.ID) string {
	return caseHref(v.a().ID) + "/attachments/" + string(a)
}

// paper is the choice of what a file is, with the first missing paper of the checklist chosen.
func (v caseView) paper() look.Choice {
	c := look.Choice{Field: look.Field{Name: "paper", Label: lang.T("case.paper.which")}, Empty: lang.T("intake.choose")}
	for _, p := range policy.Papers {
		c.Options = append(c.Options, look.Option{Value: p, Text: paperWord(p)})
	}
	if typed := v.typed["paper"]; len(typed) == 1 {
		c.Value = typed[0]
		return c
	}
	for _, p := range v.Checklist {
		if !v.Sighted[p] && len(v.filesOf(p)) == 0 {
			c.Value = p
			break
		}
	}
	return c
}
