package exchange_test

import (
	"bytes"
	"strings"
	"testing"

	"hefa/internal/exchange"
	"hefa/internal/fault"
	"hefa/internal/roster"
)

func TestTheReportIsOneObjectOrSentences(t *testing.T) {
	t.Parallel()
	r := roster.Report{Kind: roster.Suspected, Region: "533103105", HeaderRow: 3, Rows: 3, Good: 1,
		Rejected:   []roster.Rejection{{Row: 5, Column: "身份证号", Value: "1", Reason: roster.Length, Message: "不是 18 位。"}},
		Duplicates: []roster.Duplicate{{Row: 6, SameAs: 4}}}
	for asJSON, want := range map[bool]string{
		true: `{"kind":"suspected","region":"533103105","header_row":3,"rows":3,"good":1,"rejected":[{"row":5,"column":"身份证号","value":"1","reason":"length",` +
			`"message":"不是 18 位。"}],"duplicates":[{"row":6,"same_as":4}]}` + "\n",
		false: "疑似残疾人名单（533103105）：表头在第 3 行，共 3 人，可以入库 1 人。\n第 5 行：不是 18 位。\n第 6 行：与第 4 行是同一个人。\n",
	} {
		var b bytes.Buffer
		if err := exchange.Write(&b, r, asJSON); err != nil || b.String() != want {
			t.Errorf("as JSON %t: %v\n%s\nwant\n%s", asJSON, err, b.String(), want)
		}
	}
}

func TestWordsOfAFaultAreThoseOfItsFields(t *testing.T) {
	t.Parallel()
	var p fault.Problems
	p.Add("file", "roster.file.missing")
	if got := exchange.Plain(p.Fault()).Error(); !strings.Contains(got, "请选择要上传的名单文件") {
		t.Error(got)
	}
	if exchange.Plain(nil) != nil {
		t.Error("nothing became an error")
	}
}
