package web

import (
	"slices"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/lang"
	"hefa/internal/look"
)

func (v appraisalView) may(act access.Act, in ...archive.AppraisalState) bool {
	return actor(v.r).Can(act) && slices.Contains(in, v.State)
}

func (v appraisalView) finding() bool {
	return len(v.Files) > 0 && v.may(access.ArchiveAppraise, archive.Drawn, archive.Proposed, archive.Approved)
}

func (v appraisalView) proposing() bool { return v.may(access.ArchiveAppraise, archive.Drawn) }

func (v appraisalView) deciding() bool {
	return v.may(access.ArchiveSentence, archive.Proposed) && actor(v.r).Account != v.ProposedBy
}

func (v appraisalView) destroying() bool { return v.may(access.ArchiveDestroy, archive.Approved) }

func (v appraisalView) register() string {
	if v.Destroyed != "" {
		return lang.T("appraisal.register.take")
	}
	return lang.T("appraisal.paper.take")
}

func (v appraisalView) details() []look.Detail {
	out := []look.Detail{{Key: lang.T("archive.state"), Body: look.State(appraisalTag(v.State))}, {Key: lang.T("appraisal.day"), Value: lang.T("appraisal.by", v.Day, v.Clerk)},
		{Key: lang.T("appraisal.people"), Value: lang.T("appraisal.people.text", v.Head, strings.Join(v.Members, "、"))},
		{Key: lang.T("appraisal.counts"), Value: lang.T("appraisal.counts.text", v.Counts[archive.Destroy], v.Counts[archive.Keep], v.Counts[""])}}
	if v.Answer != "" {
		out = append(out, look.Detail{Key: lang.T("appraisal.answer"), Value: v.Answer})
	}
	if v.Decided != "" {
		out = append(out, look.Detail{Key: lang.T("appraisal.decided"), Value: lang.T("appraisal.by", v.Decided, v.Decider)})
	}
	if v.Destroyed != "" {
		out = append(out, look.Detail{Key: lang.T("appraisal.destroyed"), Value: lang.T("appraisal.destroyed.text", v.Destroyed, v.Way, v.First, v.Second, v.Destroyer)},
			look.Detail{Key: lang.T("appraisal.contents"), Value: lang.T("appraisal.contents.text", v.Contents.Gone, v.Contents.Shared, v.Contents.Waiting)})
	}
	return out
}

func (v appraisalView) unfiltered() string {
	if v.q.Get("verdict") == "" {
		return ""
	}
	return appraisalHref(v.ID)
}

func (v appraisalView) verdict() look.Choice {
	c := look.Choice{Field: look.Field{Name: "verdict", Label: lang.T("appraisal.verdict")}, Value: v.q.Get("verdict"), Empty: lang.T("blanks.list.all")}
	c.Options = []look.Option{{Value: "none", Text: word(archive.Verdict(""))}}
	return picks(c, archive.Verdicts)
}

func (v appraisalView) table() look.Table {
	t := look.Table{Caption: lang.T("appraisal.files"), Empty: lang.T("appraisal.files.empty"), Columns: []look.Column{{Text: lang.T("archive.no")}, {Text: lang.T("archive.holder")},
		{Text: lang.T("archive.column.pages"), Number: true}, {Text: lang.T("archive.closed"), Tight: true}, {Text: lang.T("appraisal.verdict")}, {Text: lang.T("appraisal.reason")}}}
	if v.finding() {
		t.Select = "ids"
	}
	for _, f := range v.Files {
		verdict := look.Cell{Text: word(f.Verdict), Note: f.Clerk}
		if f.Until != "" {
			verdict.Text = lang.T("appraisal.until", f.Until)
		}
		t.Rows = append(t.Rows, look.Row{Value: string(f.Person), Label: f.Name, Picked: slices.Contains(v.q["ids"], string(f.Person)), Cells: []look.Cell{{Text: f.No, Href: fileHref(f.Person)},
			{Text: f.Name}, {Text: strconv.Itoa(f.Pages)}, {Text: string(f.Closed)}, verdict, {Text: f.Reason}}})
	}
	return t
}

// found is the finding; a list that was proposed takes files off only.
func (v appraisalView) found() look.Choice {
	c := look.Choice{Field: look.Field{Name: "found", Label: lang.T("appraisal.verdict")}, Value: v.q.Get("found")}
	for _, k := range archive.Verdicts {
		if k == archive.Keep || v.State == archive.Drawn {
			c.Options = append(c.Options, look.Option{Value: string(k), Text: word(k)})
		}
	}
	return c
}

func (v appraisalView) years() look.Input {
	return look.Input{Field: look.Field{Name: "years", Label: lang.T("appraisal.years"), Hint: lang.T("appraisal.years.hint"), Optional: true}, Value: v.q.Get("years"), Width: look.W4, Complete: "off"}
}

func (v appraisalView) reason() look.Input {
	return look.Input{Field: look.Field{Name: "reason", Label: lang.T("appraisal.reason"), Hint: lang.T("appraisal.reason.hint"), Optional: true}, Value: v.q.Get("reason"), Width: look.Wide, Complete: "off"}
}

func (v appraisalView) answer() look.Input {
	return look.Input{Field: look.Field{Name: "answer", Label: lang.T("appraisal.answer"), Hint: lang.T("appraisal.answer.hint"), Optional: true}, Value: v.q.Get("answer"), Width: look.Wide, Complete: "off"}
}

func (v appraisalView) day() look.Date {
	return look.Date{Field: look.Field{Name: "day", Label: lang.T("appraisal.destroyed")}, Typed: v.q.Get("day")}
}

func (v appraisalView) input(name, label, hint string) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: label, Hint: hint}, Value: v.q.Get(name), Width: look.W20, Complete: "off"}
}
