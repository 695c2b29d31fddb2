package web

import (
	"slices"

	"hefa/internal/assessment"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/reassessment"
)

// runView is an examination as the page of appeals lays it out.
type runView struct{ casework.Run }

// runsOf is the examinations of one appeal.
func (v appealView) runsOf(appeal string) []runView {
	var out []runView
	for _, r := range v.Runs {
		if r.Appeal == appeal {
			out = append(out, runView{r})
		}
	}
	return out
}

// examined says whether an examination of the appeal is under way, so that no result is entered by hand.
func (v appealView) examined(appeal string) bool {
	return slices.ContainsFunc(v.runsOf(appeal), func(r runView) bool { return r.State.Open() })
}

func (r runView) about() []look.Detail {
	out := []look.Detail{{Key: lang.T("appeal.state"), Body: look.State(reassessmentTag(r.State))}, {Key: lang.T("reassessment.doctors"), Value: doctorNames(r.Doctors)},
		{Key: lang.T("reassessment.day"), Value: r.Day.Chinese()}}
	if r.Reason != "" {
		out = append(out, look.Detail{Key: lang.T("reassessment.reason"), Value: r.Reason})
	}
	return out
}

// compared says whether both results can be seen side by side; before the second is whole nobody who decides sees it.
func (r runView) compared() bool {
	return r.State == reassessment.Done || r.State == reassessment.Decided
}

func (r runView) decides() bool { return r.State == reassessment.Done }

// table is both results, category by category.
func (r runView) table() look.Table {
	t := look.Table{Caption: lang.T("reassessment.compare"), Columns: []look.Column{{Text: lang.T("appeal.category"), Tight: true}, {Text: lang.T("reassessment.compare.what"), Tight: true},
		{Text: lang.T("reassessment.compare.first")}, {Text: lang.T("reassessment.compare.second")}}}
	var first assessment.Conclusion
	if r.First != nil {
		first = *r.First
	}
	for _, c := range certificate.Categories[:6] {
		a, b := findingOf(first, c), findingOf(r.Conclusion, c)
		if a == nil && b == nil {
			continue
		}
		for _, line := range []struct {
			word string
			of   func(assessment.Finding) string
		}{{"appeal.result", verdictText}, {"assessment.values", valuesText}, {"grading.suggestion", func(f assessment.Finding) string { return levelSuggested(f.Suggested) }},
			{"assessment.reason", func(f assessment.Finding) string { return f.Reason }}} {
			t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: word(c)}, {Text: lang.T(line.word)}, {Text: saidOf(a, line.of)}, {Text: saidOf(b, line.of)}}})
		}
	}
	t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{}, {Text: lang.T("reassessment.signed.by")}, {Text: signedText(first)}, {Text: signedText(r.Conclusion)}}})
	return t
}

func findingOf(c assessment.Conclusion, k certificate.Category) *assessment.Finding {
	for i, f := range c.Findings {
		if f.Category == k {
			return &c.Findings[i]
		}
	}
	return nil
}

func saidOf(f *assessment.Finding, of func(assessment.Finding) string) string {
	if f == nil {
		return "—"
	}
	return of(*f)
}

func signedText(c assessment.Conclusion) string {
	if c.First == "" {
		return "—"
	}
	return c.First + "、" + c.Second + " " + string(c.On)
}

func (v appealView) adopt() look.Choice {
	return look.Choice{Field: look.Field{Name: "adopt", Label: lang.T("reassessment.decision")}, Value: v.q.Get("adopt"), Options: []look.Option{
		{Value: "yes", Text: lang.T("reassessment.adopt")}, {Value: "no", Text: lang.T("reassessment.uphold")}}}
}

func (v appealView) dropReason() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("reassessment.reason")}, Value: v.q.Get("reason"), Rows: 2, Max: reassessment.TextMost}
}
