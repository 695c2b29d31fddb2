package paper

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pool is what names, addresses and sentences are made of in the properties: ideographs, marks, letters, rare characters, spaces.
const pool = "的一是在不了有和人这中大为上个国残疾证办理镇村社区县市州省张王李赵㛃䶮𬭼𫖯𠮷鿏，。、；：？！（）《》「」『』“”‘’—…·abcXYZ0123456789-./%  　\n"

func anyText() *rapid.Generator[string] {
	return rapid.StringOfN(rapid.SampledFrom([]rune(pool)), 0, 300, -1)
}

func testSetter(t failer) *setter {
	faces, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return newSetter(faces)
}

func runes(g []glyph) string {
	var b strings.Builder
	for _, x := range g {
		b.WriteRune(x.r)
	}
	return b.String()
}

func TestLinesLoseNothingAndKeepTheirWidth(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, width := anyText().Draw(t, "text"), rapid.Float64Range(20, 400).Draw(t, "width")
		st := style{look: rapid.SampledFrom([]look{song, hei, rare}).Draw(t, "look"), size: 10, lead: 15}
		g, err := testSetter(t).shape(st.look, text)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, l := range st.lines(g, width) {
			got += runes(l.glyphs)
			n := len([]rune(strings.TrimRight(runes(l.glyphs), " \u3000\n")))
			if over := l.x + l.width + l.gap*float64(max(n, 1)-1) - width; over > 0.01 && n > 1 {
				t.Fatalf("line %q is %.2f points too wide", runes(l.glyphs), over)
			}
		}
		if got != text {
			t.Fatalf("%q became %q", text, got)
		}
	})
}

func TestLinesBeginAndEndByChineseRules(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		// Without letters and with few marks in a row there is always a rightful place to part, so the rules must hold without exception.
		parts := rapid.SliceOfN(rapid.SampledFrom([]string{"的", "残疾", "张三", "办理，", "（见", "《办法》", "？", "：", "”"}), 1, 60).Draw(t, "parts")
		text := strings.NewReplacer("？？", "？", "：：", "：", "””", "”", "？：", "？", "：？", "：", "”？", "”", "”：", "”", "？”", "”", "：”", "”").Replace("起" + strings.Join(parts, ""))
		g, err := testSetter(t).shape(song, text)
		if err != nil {
			t.Fatal(err)
		}
		st := style{look: song, size: 10, lead: 15}
		lines := st.lines(g, 160)
		for i, l := range lines {
			first, last := l.glyphs[0].r, l.glyphs[len(l.glyphs)-1].r
			if i > 0 && strings.ContainsRune("。，、；：？！）》」』”", first) {
				t.Fatalf("line %q begins with %c in %q", runes(l.glyphs), first, text)
			}
			if i < len(lines)-1 && strings.ContainsRune("（《「『“", last) {
				t.Fatalf("line %q ends with %c in %q", runes(l.glyphs), last, text)
			}
		}
	})
}

func TestLinesPartWhereAReaderWould(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		ems  float64
		want []string
	}{
		{"您的残疾人证，", 6, []string{"您的残疾人", "证，"}},                           // no comma at a line's start
		{"残疾人（监护人）", 4, []string{"残疾人", "（监护", "人）"}},                     // no bracket at a line's end
		{"见第123456号", 4, []string{"见第", "123456", "号"}},                   // numbers stay whole
		{"533199197001010013", 4, []string{"5331991", "9700101", "0013"}}, // unless they cannot
		{"买买提·阿布都", 3, []string{"买买", "提·阿", "布都"}},                       // the dot stays with what goes before
		{"等等……好", 3, []string{"等", "等……", "好"}},                           // an ellipsis stays whole, behind its word
		{"甲\n乙", 9, []string{"甲\n", "乙"}},                                 // a line end that the text asks for
		{"", 9, nil},
	} {
		g, err := testSetter(t).shape(song, c.text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range (style{size: 1, align: left}).lines(g, c.ems) {
			got = append(got, runes(l.glyphs))
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q in %v ems: %q, want %q", c.text, c.ems, got, c.want)
		}
	}
}

func TestMarksInARowGiveUpTheirEmptyHalf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{"》。": 1.5, "（《": 1.5, "》（": 1.5, "好。": 2, "。好": 2, "《办": 2, "？（": 1.5} {
		g, err := testSetter(t).shape(song, text)
		if err != nil {
			t.Fatal(err)
		}
		got := g[0].width + g[1].width
		if text == "？（" { // a question mark fills its square
			want = 2
		}
		if got != want {
			t.Errorf("%s is %v ems wide, want %v", text, got, want)
		}
	}
}

func TestEveryCharacterComesOut(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := anyText().Draw(t, "text")
		p := Report{Name: "字", About: text, Columns: []Column{{Head: "字", Width: 1}, {Head: "多", Width: 3}}, Rows: func(yield func([]string) bool) {
			yield([]string{text, text})
		}}
		got, want := bareText(read(t, written(t, p)).text()), bareText(text)
		if n := strings.Count(got, want); want != "" && n < 3 {
			t.Fatalf("%q came out %d times in %q", want, n, got)
		}
	})
}
