package internal_test

import "testing"

// spoken is a tree of a catalogue and one Go file.
func spoken(words, body string) map[string]string {
	return map[string]string{"internal/lang/zh-CN/web.txt": words, "internal/web/a.go": "package web\n\n" + body}
}

func TestMisspeltWordsAreCaught(t *testing.T) {
	t.Parallel()
	caught(t, misspelt, []broken{
		{"a tidy file", spoken("# 词\n\na.b = 甲\na.c = 从{0}到{1}，{0}", ""), ""},
		{"no sentence", spoken("a.b = ", ""), "neither a comment"},
		{"no spaces", spoken("a.b=甲", ""), "neither a comment"},
		{"no dot", spoken("word = 甲", ""), "neither a comment"},
		{"a space at the end", spoken("a.b = 甲 ", ""), "neither a comment"},
		{"twice in a file", spoken("a.b = 甲\na.b = 乙", ""), "a.b stands also at internal/lang/zh-CN/web.txt:1"},
		{"twice in two files", map[string]string{"internal/lang/zh-CN/a.txt": "a.b = 甲", "internal/lang/zh-CN/b.txt": "a.b = 甲"}, "stands also at"},
		{"gaps from one", spoken("a.b = 第{1}", ""), "not numbered"},
		{"a gap left out", spoken("a.b = {0}和{2}", ""), "not numbered"},
	})
}

func TestUnknownWordsAreCaught(t *testing.T) {
	t.Parallel()
	const words = "a.b = 甲\na.full = 有{0}\nstate.open = 开"
	caught(t, unknown, []broken{
		{"a known word", spoken(words, `var x = lang.T("a.b")`), ""},
		{"a filled gap", spoken(words, `var x = lang.T("a.full", 1)`), ""},
		{"values that cannot be counted", spoken(words, `var x = lang.T("a.full", many...)`), ""},
		{"a known beginning", spoken(words, `var x = lang.T("state." + string(s))`), ""},
		{"a header", spoken(words, `func a() { h.Add("Vary", "Accept-Encoding") }`), ""},
		{"a test", map[string]string{"internal/web/a_test.go": "package web\n\nvar x = lang.T(\"a.c\")"}, ""},

		{"a gap that a script fills", map[string]string{
			"internal/lang/zh-CN/web.txt": words, "internal/web/a_templ.go": "package web\n\nvar x = lang.T(\"a.full\")", "internal/web/a.templ": `<p data-left={ lang.T("a.full") }>`}, ""},

		{"a page", spoken(words, `var x = lang.T("a.c")`), "internal/web/a.go:3: there is no word a.c"},
		{"a template", map[string]string{"internal/web/a_templ.go": "package web\n\nvar x = lang.T(\"a.c\")"}, "no word a.c"},
		{"two literals", spoken(words, `var x = lang.T("a" + ".c")`), "no word a.c"},
		{"a fault", spoken(words, `var x = fault.New(fault.Refused, "a.c")`), "no word a.c"},
		{"a problem", spoken(words, `func a() { p.Add("name", "a.c") }`), "no word a.c"},
		{"a part", spoken(words, `var x = look.Input("name", "a.c")`), "no word a.c"},
		{"a field", spoken(words, `var x = []look.Field{{Name: "name", Label: "a.c"}}`), "no word a.c"},
		{"a beginning", spoken(words, `var x = lang.T("colour." + string(s))`), "no word begins with colour."},
		{"an end", spoken(words, `var x = lang.T("state." + string(s) + ".long")`), "no word begins with state."},
		{"an empty gap", spoken(words, `var x = lang.T("a.full")`), "has 1 gaps and is given 0"},
		{"a value without a gap", spoken(words, `func a() { p.Add("name", "a.b", 3) }`), "has 0 gaps and is given 1"},
	})
}

func TestUnusedWordsAreCaught(t *testing.T) {
	t.Parallel()
	const words = "state.open = 开"
	caught(t, unused, []broken{
		{"said by itself", spoken(words, `var x = lang.T("state.open")`), ""},
		{"said through its beginning", spoken(words, `var x = "state." + string(s)`), ""},
		{"said in the browser", map[string]string{"internal/lang/zh-CN/web.txt": words, "front/a.ts": `say('state.open')`}, ""},

		{"said by nobody", spoken(words, ""), "nothing says state.open"},
		{"said by a test only", map[string]string{"internal/lang/zh-CN/web.txt": words, "internal/web/a_test.go": "package web\n\nvar x = \"state.open\""}, "nothing says state.open"},
		{"another end", spoken(words, `var x = "state." + string(s) + ".long"`), "nothing says state.open"},
		{"a beginning that nothing follows", spoken(words, `var x = "state."`), "nothing says state.open"},
	})
}

func TestStrayWordsAreCaught(t *testing.T) {
	t.Parallel()
	const words = "card.lost.title = 挂失\nact.card.lost = 挂失"
	caught(t, strays, []broken{
		{"a known word", spoken(words, `var x = tell("card.lost.title")`), ""},
		{"another matter", spoken(words, `var x = tell("colour.red")`), ""},
		{"an act with a word of its own", spoken(words+"\ncard.given = 已发", `var x, y = "act." + string(a), Act("card.lost")`), ""},
		{"a constant", spoken(words, `const x Kind = "card.lost.tell"`), ""},
		{"a word after a constant", spoken(words, "const x = 1\n\nfunc a() { tell(\"card.lost.tittle\") }"), "card.lost.tittle"},
		{"a file", spoken(words+"\ncard.given = 已发", `var x = open("card.css")`), ""},
		{"a column", map[string]string{"internal/lang/zh-CN/web.txt": "card.given = 已发", "internal/store/a.go": "package store\n\nvar x = \"card.id\""}, ""},
		{"a word misspelt on its way", spoken(words, `var x = tell("card.lost.tittle")`), "card.lost.tittle stands among known words"},
	})
}
