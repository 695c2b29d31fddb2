package paper

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hefa/internal/reminder"
	"hefa/internal/scan"
)

const (
	henan      = "《河南省实施〈中华人民共和国残疾人证管理办法〉细则》"
	henanQuote = "残疾人证十年到期的，必须经过重新残疾评定才能换发新的残疾人证"
)

// plan is the attachments of 宛残联〔2022〕24号 as they are printed there, without the label "附件" and with 2022 where the year stands. The source sets the marks
// of 附件6 as half-width ones (:,()), those of its other attachments as full-width ones: here and on the paper all are full-width (GB/T 15834-2011).
var plan = map[string]string{
	"pledge": `未违规持有残疾人证承诺书
本人已阅读《中华人民共和国残疾人证管理办法》及《河南省实施〈中华人民共和国残疾人证管理办法〉细则》，明白违规持有残疾人证是违反工作纪律、廉洁纪律的行为，本人郑重作出以下承诺：本人及本人配偶、亲属严格遵守残疾人证核发管理相关规定，未违规持有残疾人证，绝不违规持有残疾人证。坚决不办理“人情证”、“关系证”。本人及本人配偶、直系亲属自愿接受组织和社会监督，如有违反，愿意承担相应后果，接受组织处理。
承诺人签名：
承诺人单位及职务：
年 月 日`,
	"survey": `残疾人证入户排查登记表
_____ 县（市、区） _____ 乡（镇、街道办） _____ 村（社区）
持证残疾人基本情况
姓名	性别	残疾证号	联系电话	办证时间	现残疾状况	备注
疑似残疾人基本情况
姓名	性别	身份证号	联系电话	现残疾状况	未评残原因
一年康复 期未到	曾评定过 但不符合	从未评过
单位（盖章）： _____ 调查人： _____ 填表时间： _____ 户主（监护人）签字： _____`,
	"flow": `疑似残疾人未评定评残流程告知单
_____同志：
经排查，您属于疑似残疾人未进行残疾评定，依据《河南省实施〈中华人民共和国残疾人证管理办法〉细则》的规定，初次申办残疾人证需持本人身份证、户口本、3张近期二寸免冠白底彩色照片及相关病历资料，到户籍所在地乡（镇、街道办）残联填写申请表、评定表，并到指定医院进行残疾评定。如有不明事项，请向县、乡残联工作人员咨询。
特告知。
_____残疾人联合会
2022年 月 日
疑似残疾人未评定评残流程告知单（回执）
本人已收到疑似残疾人未评定评残流程告知单，知悉残疾人证办理流程。我将于____月____日前按程序办理残疾人证，逾期未办理，所造成的后果自行承担。
本人（监护人）签字：
2022年 月 日`,
	"waiver": `自愿放弃办理残疾人证的声明
本人是_____县_____镇_____村的疑似残疾人，县残联、镇残联、专职委员、村委多次入户宣传，并通知本人办理残疾人证。本人也清楚知道办理残疾人证后，按照政府有关文件，可以享受相关的国家政策扶持。因家庭和个人情况等原因，现本人郑重声明：
自愿放弃办理残疾人证，也自愿放弃应得到的残疾人相关政策补贴。
特此声明！
声明人：
监护人（或家属）：
声明人或监护人联系电话：
镇、村委入户动员人：
镇残联：
县残联：
日期：2022年 月 日`,
	"renew": `残疾人证到期换证提醒单
_____同志：
残疾人证有效期为 10 年，您的残疾人证还有____个月到期。依据《河南省实施〈中华人民共和国残疾人证管理办法〉细则》的规定：“残疾人证十年到期的，必须经过重新残疾评定才能换发新的残疾人证”。请在残疾人证有效期到期前，持本人残疾人证原件、身份证、3 张近期二寸免冠白底彩色照片及相关病历资料，到户籍所在地乡（镇、街道办）残联填写申请表、评定表，并到指定医院进行残疾评定。如有不明事项，请向县、乡残联工作人员咨询。
_____残疾人联合会
2022 年 月 日
残疾人证到期换证提醒单（回执）
本人已收到残疾人证到期换证提醒单，同意按规定时间、地点进行换证。逾期未进行换证，所造成的后果自行承担。
本人（监护人）签字：
2022 年 月 日`,
	"review": `残疾人证复核告知单
_____同志：
您所持《残疾人证》与本人残疾状况不一致，依据《河南省实施〈中华人民共和国残疾人证管理办法〉细则》的规定，县残联将统一组织审验复核。请您在接到本通知后 15 日内，持本人身份证、残疾人证、3 张近期二寸免冠白底彩色照片及相关病历资料，到户籍所在地乡（镇、街道办）残联办理复核手续。如有不明事项，请向县、乡残联工作人员咨询。
_____残疾人联合会
2022 年 月 日
残疾人证复核告知单（回执）
本人已收到残疾人证复核通知单，同意按规定时间、地点进行审验复核，并接受审验复核结果。逾期未进行复核，所造成的后果自行承担。
复评对象（监护人）签字：
2022 年 月 日`,
}

// letter is a reminder of a kind as Henan's policy makes it.
func letter(k reminder.Kind) Reminder {
	return Reminder{Kind: k, Rule: henan, Quote: henanQuote, Years: 10, Photos: 3, Days: 15, Year: 2022}
}

// blankForms are the six papers of the plan before anybody writes on them.
func blankForms() map[string]Paper {
	return map[string]Paper{
		"pledge": Pledge{Rule: henan}, "survey": Survey{Lines: 5}, "waiver": Waiver{Year: 2022},
		"flow": letter(reminder.Flow), "renew": letter(reminder.Renew), "review": letter(reminder.Review),
	}
}

// bones is text without the spaces and the lengths of blanks, in which print and plan may differ, and without what the plan's forms do not have: the
// words at the dashed line and the page's number.
func bones(s string) string {
	s = bareText(s)
	for _, extra := range []string{"（沿此线撕下）", "第1页共1页"} {
		s = strings.ReplaceAll(s, extra, "")
	}
	return strings.ReplaceAll(s, "_", "")
}

func TestTheSixPapersSayWhatThePlanPrints(t *testing.T) {
	t.Parallel()
	for name, p := range blankForms() {
		got, want := bones(read(t, written(t, p)).text()), bones(plan[name])
		if got != want {
			t.Errorf("%s reads\n%s\nthe plan prints\n%s", name, got, want)
		}
	}
}

// filled are the letters as they go to a person.
func filled(name string) map[string]Paper {
	out := map[string]Paper{
		"pledge": Pledge{Rule: henan, Person: name, Post: "芒市人民医院 主治医师", Dated: "2022-04-18"},
		"waiver": Waiver{County: "芒市", Township: "遮放镇", Village: "遮放村", Person: name, Guardian: name, Phone: "13800000000", Mobilisers: "张三、李四", Dated: "2022-05-06",
			Number: "533103-2022-F0001"},
	}
	for _, k := range reminder.Kinds {
		for _, reading := range Readings {
			r := letter(k)
			r.Number, r.Person, r.Issuer, r.Months, r.Dated, r.Reading = "533103-2022-T0000123", name, "芒市残疾人联合会", 6, "2022-04-07", reading
			r.Expires, r.Contact = "2022-10-06", "遮放镇残疾人联合会，电话 0692-0000001"
			out[strings.TrimSuffix(string(k)+"-"+string(reading), "-")] = r
		}
	}
	return out
}

// surveys are filled forms with n holders and suspected people.
func surveys(n int) Survey {
	p := Survey{County: "芒市", Township: "遮放", Village: "遮放", Unit: "遮放镇残疾人联合会", Worker: "张三", Filled: "2022年4月7日", Lines: 4}
	for i := range n {
		p.Holders = append(p.Holders, SurveyHolder{Name: rareName, Sex: "女", Number: fullCard, Phone: maskedTel, Issued: "2012-04-07", Condition: fmt.Sprintf("右下肢缺失，情况%d", i)})
		p.Suspected = append(p.Suspected, SurveySuspected{Name: longName, Sex: "男", Identity: maskedID, Phone: maskedTel, Condition: "听不清", Why: whys[i%3]})
	}
	return p
}

func townLists() map[string]Paper {
	rows := []TownRow{{Name: rareName, Sex: "女", Number: maskedID, Category: "肢体", Level: "二级", Expires: "2020-12-31", Village: "遮放村", Phone: maskedTel, Guardian: "张三", Poor: true, Home: true}}
	return map[string]Paper{
		"townlist-expired":   TownList{Of: ListExpired, Place: "德宏州芒市遮放镇", Dated: "2020-04-15", Rows: rows},
		"townlist-suspected": TownList{Of: ListSuspected, Place: "德宏州芒市遮放镇", Dated: "2020-04-15", Rows: rows},
		"townlist-due":       TownList{Of: ListDue, Months: "6", Place: "德宏州芒市遮放镇", Dated: "2020-04-15", Rows: rows},
		"townlist-renew":     TownList{Of: ListRenew, Place: "德宏州芒市遮放镇", Dated: "2020-04-15", Rows: rows},
		"townlist-review":    TownList{Of: ListReview, Only: "已收回执", Place: "德宏州芒市遮放镇", Dated: "2020-04-15", Rows: rows},
		"townlist-told":      TownList{Of: ListTold, Only: "已来办理、卧床", Place: "德宏州芒市遮放镇", Dated: "2020-04-15", Rows: rows},
	}
}

// The numbers and codes by which signed papers file themselves add a line and take nothing from what the plan prints.
func TestANumberedPaperSaysWhatThePlanPrints(t *testing.T) {
	t.Parallel()
	const number = "533103-2022-F000001"
	for name, p := range map[string]Paper{"pledge": Pledge{Rule: henan, Number: number}, "survey": Survey{Lines: 4, Number: number}, "waiver": Waiver{Year: 2022, Number: number}} {
		r := read(t, written(t, p))
		got := bones(r.text())
		if strings.Count(got, "编号："+number) != 1 {
			t.Errorf("%s does not bear its number once: %s", name, got)
		}
		if got, want := strings.Replace(got, "编号："+number, "", 1), bones(plan[name]); got != want {
			t.Errorf("%s reads\n%s\nthe plan prints\n%s", name, got, want)
		}
		if n := len(r.pages()); n != 1 {
			t.Errorf("%s has %d pages", name, n)
		}
		if mark := scanned(t, written(t, p)); mark != number {
			t.Errorf("the code on %s says %q", name, mark)
		}
	}
}

// scanned is what the code on the first page of a paper says when it is scanned at 110 dots an inch.
func scanned(t *testing.T, pdf []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := scan.Code(ran(t, tool(t, "pdftoppm", "poppler-utils"), "-r", "110", "-png", "-f", "1", "-l", "1", file))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The two lists of 芒政办发〔2020〕23号 bear its titles, and no other list bears them.
func TestTheTwoListsBearThePlansTitles(t *testing.T) {
	t.Parallel()
	want := map[string]string{"townlist-expired": "过期失效持证残疾人名单", "townlist-suspected": "疑似残疾人名单", "townlist-due": "残疾人证到期前6个月名单", "townlist-renew": "残疾人证到期换证名单",
		"townlist-review": "残疾人证复核名单（已收回执）", "townlist-told": "残疾人证告知名单（已来办理、卧床）"}
	for name, p := range townLists() {
		if got := bareText(read(t, written(t, p)).text()); want[name] == "" || !strings.HasPrefix(got, "德宏州芒市遮放镇"+want[name]+"制表日期：") {
			t.Errorf("%s begins %.120s", name, got)
		}
	}
}

func TestYearOfTheFormsIsNotFixed(t *testing.T) {
	t.Parallel()
	r := letter(reminder.Renew)
	r.Year = 2027
	got := bones(read(t, written(t, r)).text())
	if strings.Contains(got, "2022") || strings.Count(got, "2027年月日") != 2 {
		t.Errorf("printed in 2027: %s", got)
	}
}

// A letter that is filled in says what the plan prints once its fields are blanked again: nothing else came along and nothing was lost, also when it is
// printed once more with what stood on its slip.
func TestAFilledLetterSaysWhatThePlanPrintsAroundItsFields(t *testing.T) {
	t.Parallel()
	for _, k := range reminder.Kinds {
		r := filled(rareName)[string(k)].(Reminder)
		r.Receipt = "2022-04-18"
		fields := [][2]string{{"编号：" + r.Number, ""}, {r.Number, ""}, {rareName + "同志", "同志"}, {r.Issuer, "残疾人联合会"}, {"2022年4月7日", "2022年月日"}, {"2022年4月18日", "2022年月日"}}
		switch k {
		case reminder.Flow:
			r.Promised = "2022-05-06"
			fields = append(fields, [2]string{"5月6日前", "月日前"})
		case reminder.Renew:
			fields = append(fields, [2]string{"还有6个月", "还有个月"})
		}
		got, want := bones(read(t, written(t, r)).text()), bones(plan[string(k)])
		for _, f := range fields {
			if !strings.Contains(got, f[0]) {
				t.Errorf("%s does not say %s", k, f[0])
			}
			got = strings.Replace(got, f[0], f[1], 1)
		}
		if got != want {
			t.Errorf("%s without its fields reads\n%s\nthe plan prints\n%s", k, got, want)
		}
	}
}

func TestOneLetterIsOnePageAndItsBatchSaysTheSame(t *testing.T) {
	t.Parallel()
	all := filled(rareName)
	var papers []Paper
	for _, name := range sortedNames(all) {
		one := read(t, written(t, all[name]))
		if !strings.Contains(bareText(one.text()), rareName) {
			t.Errorf("%s has lost the name", name)
		}
		if r, ok := all[name].(Reminder); ok && r.Reading == Ordinary {
			papers = append(papers, r)
			if len(one.pages()) != 1 {
				t.Errorf("%s has %d pages", name, len(one.pages()))
			}
		}
	}
	if len(papers) != len(reminder.Kinds) {
		t.Fatalf("%d letters", len(papers))
	}
	var batch bytes.Buffer
	if err := WriteAll(&batch, "告知单", All(append(papers, papers...))); err != nil { // twice, so that the second shares what is fixed with the first
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "all.pdf")
	if err := os.WriteFile(file, batch.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	words := tool(t, "pdftotext", "poppler-utils")
	for i := range 2 * len(papers) {
		page := fmt.Sprint(i + 1)
		got, want := bareText(string(ran(t, words, "-raw", "-f", page, "-l", page, file, "-"))), bareText(read(t, written(t, papers[i%len(papers)])).text())
		if got != want {
			t.Errorf("page %s of the batch reads\n%s\nalone\n%s", page, got, want)
		}
	}
}

func TestSurveyHoldsAnyNumberOfRowsUnderItsHeads(t *testing.T) {
	t.Parallel()
	r := read(t, written(t, surveys(90)))
	pages := strings.Split(r.text(), "\n\n")
	for i, p := range pages {
		flat := bareText(p)
		if !strings.Contains(flat, "持证残疾人基本情况姓名") && !strings.Contains(flat, "疑似残疾人基本情况姓名") {
			t.Errorf("page %d has no head", i+1)
		}
	}
	if n := strings.Count(bareText(r.text()), "右下肢缺失，情况"); n != 90 || len(pages) < 8 {
		t.Errorf("%d of 90 holders on %d pages", n, len(pages))
	}
}

func TestSharedPiecesAreDrawnOnEveryPage(t *testing.T) {
	t.Parallel()
	draw, words := tool(t, "pdftoppm", "poppler-utils"), tool(t, "pdftotext", "poppler-utils")
	check := tool(t, "qpdf", "qpdf")
	var papers []Paper
	for i := range 5 {
		r := filled(fmt.Sprintf("张三%c", '一'+rune(i)))["renew"].(Reminder)
		r.Number = fmt.Sprintf("533103-2022-T%07d", i)
		papers = append(papers, r)
	}
	var batch bytes.Buffer
	if err := WriteAll(&batch, "提醒单", All(papers)); err != nil {
		t.Fatal(err)
	}
	file, one := filepath.Join(t.TempDir(), "all.pdf"), filepath.Join(t.TempDir(), "one.pdf")
	if err := os.WriteFile(file, batch.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(one, written(t, papers[4]), 0o600); err != nil {
		t.Fatal(err)
	}
	ran(t, check, "--check", file)
	got, want := bareText(string(ran(t, words, "-f", "5", "-l", "5", file, "-"))), bareText(string(ran(t, words, one, "-")))
	if got != want {
		t.Errorf("page 5 of the batch reads\n%s\nalone\n%s", got, want)
	}
	a, b := grey(t, ran(t, draw, "-r", "50", "-gray", "-f", "5", "-l", "5", file)), grey(t, ran(t, draw, "-r", "50", "-gray", one))
	if !bytes.Equal(a.Pix, b.Pix) {
		t.Error("page 5 of the batch looks different from the single paper")
	}
}
