package look

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/a-h/templ"
)

// long is a name of the kind that breaks narrow layouts: 33 letters, no space.
const long = "阿卜杜热合曼·阿布都克热木江·买买提依明·吐尔逊古丽阿不都外力"

// in puts children inside a component that takes them.
func in(outer templ.Component, children ...templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return outer.Render(templ.WithChildren(ctx, templ.Join(children...)), w)
	})
}

func html(s string) templ.Component { return templ.Raw(s) }

func frame(title string) Page {
	return Page{
		Title: title, Today: "2020-04-01", Demo: true,
		User: &User{Name: "段玉兰", Role: "乡镇（街道）经办人", Place: "芒市风平镇"},
		Nav: []Link{{Text: "待办", Href: "/", Current: true, Count: 17}, {Text: "办件", Href: "/applications"}, {Text: "人员与证件", Href: "/people"},
			{Text: "名单导入", Href: "/imports"}, {Text: "评残安排", Href: "/sessions", Count: 3}, {Text: "公示", Href: "/announcements"}, {Text: "制证发证", Href: "/cards"}},
		Crumbs: []Link{{Text: "待办", Href: "/"}, {Text: "办件", Href: "/applications"}},
	}
}

// pages are the pages that the look is judged by: every component, empty, full, wrong and with long names.
func pages() map[string]templ.Component {
	out := map[string]templ.Component{
		"tray": demoTray(), "list": demoList(50), "empty": demoList(0), "one": demoList(1), "form": demoForm(nil), "case": demoCase(), "work": demoWork(),
	}
	out["errors"] = demoForm(Problems{{Name: "name", Key: "look.none"}, {Name: "number", Key: "look.none"}, {Name: "sex", Key: "look.none"},
		{Name: "birth", Key: "look.none"}, {Name: "matter", Key: "look.none"}, {Name: "papers", Key: "look.none"}, {Name: "note", Key: "look.none"},
		{Name: "scan", Key: "look.none"}, {Name: "password", Key: "look.none"}, {Key: "form.invalid"}})
	for name, large := range map[string]bool{"public": false, "large": true} {
		p := Page{Title: "残疾人证办理公示", Public: true, Large: large, Path: "/announcements?region=533103105"}
		out[name] = in(Layout(p), html(`<p class="govuk-body">下列人员经评定符合标准，现予公示。如有异议，请在公示期内向芒市残疾人联合会反映。</p>`), List(demoTable(8)))
	}
	out["htmx"] = in(Layout(Page{Title: "局部更新", HTMX: true}), html(`<button class="govuk-button" id="more" data-hx-get="/more" data-hx-target="#place">更新</button><div id="place">旧</div>`))
	p := Page{Title: "没有找到"}
	out["trouble"] = in(Layout(p), Trouble("没有找到这条记录。它可能不存在，或不在您的管辖区域内。", "K7FA-3QMX", "/people"))
	return out
}

func demoTray() templ.Component {
	p := frame("我的待办")
	p.Crumbs, p.Flash = nil, "已受理 "+long+" 的申请，受理号 533103105-2020-00017"
	return in(Layout(p), Stats([]Stat{
		{Number: 3, Text: "已超期", Href: "/applications?due=over", Alarm: true, Note: "最早 2020年3月25日到期"}, {Number: 5, Text: "今天到期", Href: "/applications?due=today"},
		{Number: 17, Text: "待受理", Href: "/applications?state=submitted"}, {Number: 2708, Text: "今年到期的证", Href: "/certificates?year=2020"}}),
		List(demoTable(6)))
}

func demoTable(n int) Table {
	t := Table{Caption: "待办办件", Empty: "没有待办的办件。可以从“名单导入”开始，或在窗口登记新的申请。",
		Columns: []Column{{Text: "姓名"}, {Text: "事项"}, {Text: "村（社区）"}, {Text: "状态", Tight: true}, {Text: "办理期限", Tight: true}, {Text: "剩余天数", Number: true}}}
	names := []string{"刀岩温", "李小妹", long, "线相团", "金玉"}
	states := []Tag{{"已提交", Yellow}, {"已受理", Blue}, {"公示中", Purple}, {"已超期", Red}, {"已批准", Green}, {"有异议", Orange}, {"已归档", Grey}}
	for i := range n {
		t.Rows = append(t.Rows, Row{Value: fmt.Sprint(i), Label: names[i%5], Cells: []Cell{
			{Text: names[i%5], Href: fmt.Sprintf("/applications/%d", i), Note: "533199********" + fmt.Sprintf("%02d", i)}, {Text: "到期换领"}, {Text: "风平镇芒赛村民委员会"}, {Tag: states[i%7]},
			{Text: "2020年4月8日"}, {Text: fmt.Sprint(i - 3)}}})
	}
	return t
}

func demoList(n int) templ.Component {
	t := demoTable(n)
	t.Select = "id"
	return in(Layout(frame("办件")),
		in(Conditions(Filter{Action: "/applications", Clear: "/applications"}),
			Text(Input{Field: Field{Name: "q", Label: "姓名、身份证号或证号"}}, nil),
			Select(Choice{Field: Field{Name: "state", Label: "状态"}, Empty: "全部", Options: []Option{{Value: "a", Text: "已提交"}, {Value: "b", Text: "已受理"}}}, nil),
			DateInput(Date{Field: Field{Name: "from", Label: "到期日从"}}, nil)),
		html(`<form method="post" action="/applications/accept">`), List(t), Buttons(Link{Text: "导出", Href: "/applications.xlsx"}, Button{Text: "受理所选办件"}), html(`</form>`),
		Pages(Pager{First: "/applications", Next: "/applications?after=x", Shown: n, Total: 2708}))
}

func demoForm(wrong Problems) templ.Component {
	p := frame("登记申请")
	p.Problems, p.Caption = wrong, "残疾人证新办"
	need := func(name, label, hint string) Field { return Field{Name: name, Label: label, Hint: hint} }
	return in(Layout(p), html(`<form method="post" action="/applications" enctype="multipart/form-data" novalidate>`), Hidden("version", "3"),
		Text(Input{Field: need("number", "公民身份号码", "18 位，最后一位可以是 X。填好后性别、出生日期自动带出。"), Width: W20, Numeric: true, Complete: "off", Fill: IdentityFill("sex", "birth", "age"), Value: "53319919491231002X"}, wrong),
		Text(Input{Field: need("name", "姓名", ""), Width: W20, Value: long, Complete: "off"}, wrong),
		Radios(Choice{Field: need("sex", "性别", ""), Inline: true, Value: "female", Options: []Option{{Value: "male", Text: "男"}, {Value: "female", Text: "女"}}}, wrong),
		DateInput(Date{Field: need("birth", "出生日期", ""), Typed: "一九五〇年"}, wrong),
		Text(Input{Field: Field{Name: "age", Label: "年龄", Optional: true}, Width: W4, Suffix: "岁"}, wrong),
		Select(Choice{Field: need("matter", "办理事项", ""), Empty: "请选择", Options: []Option{{Value: "new", Text: "新办"}, {Value: "renew", Text: "到期换领"}}}, wrong),
		Checkboxes(Choices{Field: need("papers", "已交的材料", "把手里已有的都勾上。"), Values: []string{"id"}, Options: []Option{{Value: "id", Text: "居民身份证"}, {Value: "book", Text: "户口簿", Hint: "首页和本人页"}, {Value: "photo", Text: "二寸白底彩色照片 3 张"}}}, wrong),
		Textarea(Area{Field: Field{Name: "note", Label: "备注", Optional: true}, Max: 200}, wrong),
		FileInput(File{Field: need("scan", "材料扫描件", "JPEG、PNG 或 PDF，每个不超过 10 MB。"), Accept: "image/jpeg,image/png,application/pdf", Many: true, Max: 10 << 20}, wrong),
		Password(need("password", "登录密码", "办理前再确认一次身份。"), "current-password", wrong),
		Warn("提交后由县残联办理，不能自行撤销。"),
		Buttons(Link{Text: "不保存，返回", Href: "/applications"}, Button{Text: "提交申请"}, Button{Text: "存为草稿", Kind: Secondary, Name: "draft", Value: "1"}, Button{Text: "撤回", Kind: Warning, Name: "act", Value: "withdraw"}),
		html(`</form>`))
}

func demoCase() templ.Component {
	p := frame(long)
	p.Caption = "533103105-2020-00017 · 到期换领"
	at := time.Date(2020, 3, 30, 9, 5, 0, 0, time.FixedZone("", 8*3600))
	return in(Layout(p), SubNav("办件内容", []Link{{Text: "基本情况", Href: "?", Current: true}, {Text: "材料", Href: "?papers", Count: 2}, {Text: "经过", Href: "?course"}}),
		Notify("请留意", "此人在风平镇另有一份未办结的申请。"),
		Details([]Detail{{Key: "姓名", Value: long, Actions: []Link{{Text: "修改", Href: "edit", Hidden: "姓名"}}}, {Key: "身份证号", Value: "533199**********2X", Actions: []Link{{Text: "查看完整号码", Href: "reveal"}}},
			{Key: "联系电话", Value: ""}, {Key: "状态", Body: State(Tag{"已受理", Blue})}, {Key: "住址", Value: "云南省德宏傣族景颇族自治州芒市风平镇芒赛村民委员会芒赛村民小组 128 号"}}),
		Tasks([]Task{{Text: "核对申请人身份", Href: "a", State: Tag{"已完成", Green}}, {Text: "收齐材料", Href: "b", Hint: "还缺照片", State: Tag{"办理中", Blue}}, {Text: "安排评残", State: Tag{"还不能开始", Grey}}}),
		Timeline([]Event{{Title: "受理", By: "段玉兰", At: at, Text: "受理号 00017。", Link: &Link{Text: "受理单", Href: "slip.pdf"}}, {Title: "提交申请", By: long, At: at.Add(-time.Hour)}}),
		in(Fold("为什么是 5 个工作日？"), html("公示期从贴出的次日算起。")), in(Inset(), html("依据：《办法》第九条。")),
		Push(Button{Text: "安排评残", Href: "/sessions"}))
}

func demoWork() templ.Component {
	p := frame("正在导入名单")
	return in(Layout(p), Bar(Progress{ID: "import", Label: "过期失效持证残疾人名单.xlsx", Done: 34000, Total: 100000, Note: "发现 12 行有误", Poll: "/imports/1/progress"}),
		Bar(Progress{ID: "prints", Label: "批量打印", Note: "正在准备"}))
}
