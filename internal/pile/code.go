package pile

import (
	"strconv"
	"strings"
)

// The forms of a case that bear the case's own number say after it which form they are.
const (
	SheetMark = "PD" // 评定表
	StripMark = "SL" // 受理回执存根
	FormMark  = "SQ" // 申请表、变更申请表
)

// Code is what is printed as a code on a form: the number, and which form of the case it is when the number alone does not say.
func Code(no, form string) string {
	if no == "" || form == "" {
		return no
	}
	return no + "/" + form
}

// Page is what is printed as a code on one page of a paper whose pages come back one by one: the number of the paper and that of the page.
func Page(no string, page int) string { return Code(no, pageMark+strconv.Itoa(page)) }

// pageMark is before the number of a page.
const pageMark = "P"

// PageOf is which page of a paper a form is, 0 when it says none.
func PageOf(form string) int {
	text, ok := strings.CutPrefix(form, pageMark)
	n, err := strconv.Atoi(text)
	if !ok || err != nil || n < 1 {
		return 0
	}
	return n
}

// codeMost is the longest text that is taken for a code of ours; a code on some other paper may hold anything.
const codeMost = 80

// ReadCode is the number and the form that a code holds; no is "" for what cannot be one of ours. Printed codes of earlier versions have no form.
func ReadCode(text string) (no, form string) {
	text = strings.ToUpper(strings.TrimSpace(text))
	if len(text) > codeMost || strings.ContainsAny(text, "\n\r\t :?&=") {
		return "", ""
	}
	no, form, _ = strings.Cut(text, "/")
	return no, form
}

// PaperOf is which paper of a case a form is, "" for an unknown one.
func PaperOf(form string) string {
	return map[string]string{SheetMark: "assessment", StripMark: "strip", FormMark: "form"}[form]
}
