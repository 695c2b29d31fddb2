package paper

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hefa/internal/reminder"
	"hefa/internal/scan"
)

const (
	henan      = "《河南省实施〈中华人民共和国残疾人证管理办法〉细则》"
	henanQuote = "残疾人证十年到期的，必须经过重新残疾评定才能换发新的残疾人证"
)

// plan is the attachments of 宛残联〔2022〕24号 as they are printed there, without the label "附件" and with 2022 where the year stands.
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

func TestOneLetterIsOnePageAndItsBatchSaysTheSame(t *testing.T) {
	t.Parallel()
	for name, p := range filled(rareName) {
		one := read(t, written(t, p))
		if r, ok := p.(Reminder); ok && r.Reading == Ordinary && len(one.pages()) != 1 {
			t.Errorf("%s has %d pages", name, len(one.pages()))
		}
		if !strings.Contains(bareText(one.text()), rareName) {
			t.Errorf("%s has lost the name", name)
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

// The form to apply with is one page, also with the longest names.
func TestTheFormIsOnePage(t *testing.T) {
	t.Parallel()
	for name, p := range forms(t, rareName) {
		if n := len(read(t, written(t, p)).pages()); n != 1 {
			t.Errorf("%s has %d pages", name, n)
		}
	}
}

// onlyOnPaper is what a page does not have: a line to tear along, and numbers of pages.
var onlyOnPaper = regexp.MustCompile(`（沿此线撕下）|第\d页共\d页|—\d—`)

// What a page says of a letter is what its paper says, in every reading and in the same order: words that are on one only would be lost on the other.
func TestThePageOfALetterSaysWhatItsPaperSays(t *testing.T) {
	t.Parallel()
	for name, p := range letters(rareName) {
		l, ok := p.(Letter)
		if !ok {
			continue
		}
		for _, r := range Readings {
			parts, err := Outline(Read(l, r))
			if err != nil {
				t.Fatal(err)
			}
			said := ""
			for _, part := range parts {
				said += bareText(part.Text + strings.Join(part.Cells, ""))
			}
			printed := onlyOnPaper.ReplaceAllString(bareText(read(t, written(t, Read(l, r))).text()), "")
			if diff := cmp.Diff(said, printed); diff != "" {
				t.Errorf("%s %q (-page +paper):\n%s", name, r, diff)
			}
			for _, want := range []string{rareName, p.Title()} {
				if !strings.Contains(said, want) {
					t.Errorf("%s %q does not say %q", name, r, want)
				}
			}
		}
	}
}

// The page of an attachment 3, 5 or 6 is made of its words: they are what the paper prints, letter and slip, in every reading and in the same order; only the
// number stands on the paper twice more.
func TestTheWordsOfAReminderAreWhatItsPaperPrints(t *testing.T) {
	t.Parallel()
	n := 0
	for name, p := range filled(rareName) {
		r, ok := p.(Reminder)
		if !ok {
			continue
		}
		n++
		w := r.Words()
		said := bareText(w.Title + w.To + strings.Join(w.Paragraphs, "") + w.Issuer + w.Date + w.Slip + w.Promise + w.Sign + w.SlipDate)
		printed := onlyOnPaper.ReplaceAllString(bareText(read(t, written(t, p)).text()), "")
		for _, number := range []string{"编号：" + r.Number, r.Number} {
			if strings.Count(printed, number) == 0 {
				t.Errorf("%s does not bear %s", name, number)
			}
			printed = strings.Replace(printed, number, "", 1)
		}
		if diff := cmp.Diff(said, printed); diff != "" {
			t.Errorf("%s (-words +paper):\n%s", name, diff)
		}
	}
	if n != len(reminder.Kinds)*len(Readings) {
		t.Errorf("%d letters were compared", n)
	}
}

// A slip that is torn off is on one page from its title to its signature, also in large print, where one fills most of a page.
func TestASummonsIsNotPartedByAPage(t *testing.T) {
	t.Parallel()
	for reading, want := range map[Reading]int{Ordinary: 2, Large: 3} {
		pages := strings.Split(read(t, written(t, Read(letters(rareName)["summons"].(Letter), reading))).text(), "\n\n")
		if len(pages) != want {
			t.Errorf("%q: %d pages, want %d", reading, len(pages), want)
		}
		for i, p := range pages {
			if n := strings.Count(p, "残疾评定通知单\n"); n == 0 || n != strings.Count(p, "收到通知人") || !strings.HasPrefix(p, "残疾评定通知单\n") {
				t.Errorf("%q: page %d says\n%s", reading, i+1, p)
			}
		}
	}
}

// What is printed large is on the same paper, with letters half as large again.
func TestLargePrintIsLargeOnTheSamePaper(t *testing.T) {
	t.Parallel()
	p := read(t, written(t, Read(letters("张三")["refusal"].(Letter), Large)))
	for _, page := range p.pages() {
		if got := p.objects[page]; !strings.Contains(got, "/MediaBox[0 0 595.2") || !strings.Contains(p.content(page), "1.45 0 0 1.45 0 0 cm") {
			t.Errorf("the page is %s", got)
		}
	}
}
