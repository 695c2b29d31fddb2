package paper

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"

	"hefa/internal/application"
	"hefa/internal/certificate"
)

// The people of these papers are invented; their names hold the rare characters and lengths that real lists have.
const (
	rareName  = "㛃䶮𬭼𫖯𠮷鿏"
	longName  = "阿卜杜拉哈特·买买提依明·吾布力卡斯木·艾合买提江·阿卜杜热依木"
	maskedID  = "533199********0013"
	fullCard  = "53319919700101001342B1"
	maskedTel = "138****0000"
)

var office = Office{Name: "芒市残疾人联合会", Address: "芒市团结大街1号政务服务中心3号窗口", Phone: "0692-0000000"}

// failer is what tests and properties have in common.
type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// letters are the papers to one person.
func letters(name string) map[string]Paper {
	const number, matter = "SL-533103-2020-000123", "新办"
	return map[string]Paper{
		"acceptance": Acceptance{Number: number, Person: name, Identity: maskedID, Matter: matter, Accepted: "2020-04-01", Promised: "2020-05-20",
			Papers: []string{"居民身份证复印件", "户口簿复印件", "近期二寸免冠白底彩色照片3张", "病历资料"}, Office: office, Clerk: "张经办"},
		"correction": Correction{Number: number, Person: name, Identity: maskedID, Matter: matter, Received: "2020-04-01", Dated: "2020-04-02", Until: "2020-04-30",
			Office: office, Missing: []Missing{{"病历资料", "缺少一年以上的住院病历"}, {"监护人身份证明", ""}, {"近期二寸免冠白底彩色照片", "只有2张，背景不是白色"}}},
		"rejection": Rejection{Number: number, Person: name, Identity: maskedID, Matter: matter, Received: "2020-04-01", Dated: "2020-04-02", Office: office,
			Reasons: []string{"申请人的户籍不在本县（市），且未提供有效的居住证；", "提交的身份证与本人不符。"}, Superior: "德宏州残疾人联合会"},
		"electronic": Electronic{Booklet{Name: name, Sex: "女", Nation: "傣族", Number: fullCard, Issued: "2020-04-01", Expires: "2030-03-31", Born: "1970-01-01", Category: "肢体",
			Level: 2, Approver: office.Name, Remarks: []string{"换领：原证有效期至2020年4月1日"}, Code: "HEFA1.aGVmYQ.c2ln"}},
		"fetch": Fetch{Number: number, Person: name, Identity: maskedID, Matter: matter, Old: true, Dated: "2020-06-20", Office: office},
		"refusal": Refusal{Number: number, Person: name, Identity: maskedID, Matter: matter, Received: "2020-04-01", Dated: "2020-06-01", Office: office,
			Hospital: "德宏州人民医院", Assessed: "2020-05-07", Finding: "不符合《残疾人残疾分类和分级》（GB/T 26341—2010）规定的残疾标准",
			Reasons: []string{"优耳平均听力损失为 35 dB HL，未达到听力残疾四级的标准。"}, Days: 10, City: "德宏州残疾人联合会", Province: "云南省残疾人联合会"},
		"outcome": Outcome{Number: "533103-2020-GZ000001", Person: name, Identity: maskedID, Matter: matter, Case: "533103-2020-000124", Accepted: "2020-06-01",
			Home: "云南省德宏傣族景颇族自治州瑞丽市", Reasons: []string{"评定材料不足以证明"}, Dated: "2020-06-25", Office: office},
		"outcome-granted": Outcome{Number: "533103-2020-GZ000002", Person: name, Identity: maskedID, Matter: matter, Case: "533103-2020-000124", Accepted: "2020-06-01",
			Home: "云南省德宏傣族景颇族自治州瑞丽市", Granted: true, Document: "瑞残联〔2020〕12号", Dated: "2020-06-25", Office: office},
		"summons": Summons{Office: "遮放镇残疾人联合会", Phone: "0692-0000001", Hospital: "德宏州人民医院", Place: "门诊三楼", Day: "2020-05-07", Starts: "上午9:00", Dated: "2020-04-20",
			People: called(name)},
	}
}

// forms are the form to apply with, filled and blank, and that for a change.
func forms(t failer, name string) map[string]Paper {
	filled := Form{Number: "533103-2020-000123", Code: FormCode("533103-2020-000123", "x"), Person: name, Sex: "女", Nation: "傣族", Born: "1970年1月1日", Identity: maskedID,
		Education: "初中", Marital: "已婚", Place: "云南省德宏傣族景颇族自治州芒市遮放镇遮放村民委员会芒丙村民小组12号", Lives: "芒市勐焕街道团结社区3幢2单元501室", Phone: maskedTel,
		Guardian: longName, Relation: "父女", GuardianNumber: maskedID, GuardianPhone: maskedTel, Matters: FormMatters(application.Renew, false),
		Categories: FormCategories([]certificate.Category{certificate.Physical}), Certificate: "533199********001342", Grade: "肢体二级，至2020年12月31日",
		Photo: photo(t, "jpeg"), Village: "遮放村民委员会", Town: "遮放镇", County: "芒市"}
	change := filled
	change.Change, change.Matters, change.Stated, change.Photo = true, FormMatters(application.Regrade, true), "左下肢于2020年3月截肢，申请由三级变更为二级。", nil
	return map[string]Paper{"form": filled, "form-change": change, "form-blank": Form{Matters: FormMatters("", false), Categories: FormCategories(nil)}}
}

// readings are the letters to a person in the readings beside the ordinary one.
func readings(name string) map[string]Paper {
	out := map[string]Paper{}
	for kind, p := range letters(name) {
		if l, ok := p.(Letter); ok {
			out[kind+"-large"], out[kind+"-easy"] = Read(l, Large), Read(l, Easy)
		}
	}
	return out
}

// lists are the papers with n rows.
func lists(n int) map[string]Paper {
	names := []string{"张三", rareName, longName, "李小四", "欧阳修远"}
	var days []DayRow
	var notice []AnnouncementRow
	var cards []DispatchRow
	var taken []DeliveryRow
	var rows [][]string
	for i := range n {
		name, village := names[i%len(names)], fmt.Sprintf("遮放镇第%d村民委员会", i%17+1)
		days = append(days, DayRow{Name: name, Sex: "女", Age: 20 + i%70, Number: maskedID, Matter: "新办", Category: "肢体、言语", Village: village, Phone: maskedTel, Aids: []string{"轮椅、有人陪同（9:00—10:00 到场）", "", ""}[i%3]})
		notice = append(notice, AnnouncementRow{Name: name, Village: village, Category: "肢体", Level: "二级"})
		cards = append(cards, DispatchRow{Serial: fmt.Sprintf("YN%08d", i), Name: name, Number: "533199********001342", Village: village})
		taken = append(taken, DeliveryRow{Name: name, Number: "533199********001342", Village: village, Old: i%3 == 0})
		rows = append(rows, []string{fmt.Sprint(i + 1), name, village, "2020-12-31", fmt.Sprint(i * 37)})
	}
	var files []BoxRow
	var leaves []DossierRow
	for i := range n {
		files = append(files, BoxRow{Order: i + 1, No: fmt.Sprintf("533103-CJ·2020-D30-%04d", i+1), Name: names[i%len(names)], Opened: "2020-06-15"})
		leaves = append(leaves, DossierRow{Author: "德宏州人民医院", Number: "", Title: "残疾评定结论", Day: "2020-05-07", Pages: 2, Origin: "系统生成"})
	}
	return map[string]Paper{
		"dossier": Dossier{Office: office.Name, No: "533103-CJ·2020-D30-0001", Name: rareName, Identity: maskedID, Term: "30年", Box: "533103-H·2020-D30-001", Place: "1 号库 3 架 2 层",
			From: "2020-04-01", To: "2020-06-15", Pages: 2 * n, Rows: leaves},
		"box": BoxPapers{Office: office.Name, No: "533103-H·2020-D30-001", Year: 2020, Term: "30年", Place: "1 号库 3 架 2 层", From: "533103-CJ·2020-D30-0001",
			To: "533103-CJ·2020-D30-0030", Rows: files},
		"daylist": DayList{Office: office.Name, Hospital: "德宏州人民医院", Township: "遮放镇", Day: "2020-05-07", Place: "遮放镇政府一楼会议室", Time: "上午9:00—下午5:00",
			Contact: "李四 0692-0000001", Rows: days},
		"announcement": Announcement{Township: "遮放镇", Rows: notice, From: "2020-05-11", To: "2020-05-15", Days: 5, Where: "遮放镇残疾人联合会", Phone: "0692-0000001",
			Office: "遮放镇残疾人联合会", Dated: "2020-05-11"},
		"cancellation": Cancellation{Township: "遮放镇", Rule: "《中华人民共和国残疾人证管理办法》", From: "2020-05-12", To: "2020-05-18", Days: 7, Where: "遮放镇残疾人联合会",
			Phone: "0692-0000001", Office: "遮放镇残疾人联合会", Dated: "2020-05-11", Rows: []CancellationRow{{"张*三", "遮放村", "逾期未换证"}, {"李*", "户弄村", "逾期未复核"}}},
		"route": Route{Township: "遮放镇", Hospital: "德宏州人民医院", Day: "2020-05-07", Starts: "9:00 在村委会集合", Team: "测试医师甲、测试医师乙，镇残联张三", Contact: "遮放镇残联 0692-0000001",
			Stops: routes(n)},
		"calllist": CallList{Township: "遮放镇", Hospital: "德宏州人民医院", Place: "门诊三楼", Day: "2020-05-07", Starts: "上午9:00", Contact: "遮放镇残联 0692-0000001", Villages: routes(n)},
		"transfer": Transfer{Number: "533103-2020-000123", Person: rareName, Identity: "53319919700101001X", Certificate: fullCard, Grade: "肢体二级", Expires: "2030-03-31",
			From: office.Name, Place: "云南省德宏傣族景颇族自治州芒市遮放镇遮放村民委员会", To: "云南省德宏傣族景颇族自治州瑞丽市勐卯街道", File: "533103-CJ·2020-D30-0001",
			Dated: "2020-06-10", Rows: leaves, Key: "MEUCIQDhefaHEFA0123456789"},
		"referral": Referral{Number: "533103-2020-000124", Person: rareName, Identity: "53319919700101001X", Phone: maskedTel, Guardian: "测试监护", Matter: "新办", From: office.Name,
			Lives: "云南省德宏傣族景颇族自治州芒市遮放镇遮放村民委员会二组 5 号", To: "云南省德宏傣族景颇族自治州瑞丽市", Registered: "瑞丽市勐卯街道测试社区 8 号", Accepted: "2020-06-01",
			Grade: "肢体二级", Hospital: "德宏州人民医院", Assessed: "2020-06-05", Signed: []string{"测试医师甲", "测试医师乙"}, Notice: "533103-2020-G0001", Sent: "2020-06-15", Due: "2020-06-22",
			Rows: []ReferralRow{{"身份证", "扫描件", 1}, {"户口簿", "扫描件", 2}, {"居住证", "已核对原件", 0}}, Key: "MEUCIQDhefaHEFA0123456789"},
		"dispatch": Dispatch{Batch: "P2020-0007", From: office.Name, To: "遮放镇残疾人联合会", Dated: "2020-06-10", Rows: cards},
		"delivery": Delivery{Office: "遮放镇残疾人联合会", Batch: "P2020-0007", Dated: "2020-06-11", Rows: taken},
		"report": Report{Name: "过期失效持证残疾人名单", About: "遮放镇，有效期止于2020-12-31以前", Rows: slices.Values(rows),
			Columns: []Column{{Head: "序号", Width: 1, Number: true}, {Head: "姓名", Width: 3}, {Head: "村（社区）", Width: 4}, {Head: "有效期止", Width: 2}, {Head: "金额", Width: 2, Number: true}}},
	}
}

// booklets is a print batch of people with and without photo, guardian and remarks.
func booklets(t failer) Booklets {
	plain := Booklet{Name: "张三", Sex: "男", Nation: "傣族", Number: "53319919700101001342", Issued: "2020-06-01", Expires: "2030-05-31", Born: "1970-01-01",
		Category: "肢体", Level: 2, Address: "云南省德宏傣族景颇族自治州芒市遮放镇遮放村民委员会芒丙村民小组12号", Phone: "13800000000", Approver: office.Name, Photo: photo(t, "jpeg")}
	long := plain
	long.Name, long.Number, long.Guardian, long.GuardianPhone, long.Photo = longName, fullCard, longName, "13900000000", photo(t, "png")
	long.Category, long.Level = "多重", 1
	long.Remarks = []string{"多重残疾：智力一级、言语二级。", "2020年6月1日到期换领，原证已收回。", rareName}
	bare := plain
	bare.Name, bare.Photo = rareName, nil
	return Booklets{Batch: "P2020-0007", Tray: bookTray, People: []Booklet{plain, long, bare}}
}

// bookTray is two spreads on A4 lying on its side, cardTray one card at a time, trayOfFour a sheet of four cards that is turned over like a page.
var (
	bookTray   = Tray{Width: 297, Height: 210, Places: []Spot{{43.5, 20}, {43.5, 115}}}
	cardTray   = Tray{Width: 85.6, Height: 54, Places: []Spot{{0, 0}}}
	trayOfFour = Tray{Width: 210, Height: 297, Places: []Spot{{10, 20}, {110, 20}, {10, 100}, {110, 100}}, Front: Spot{1.5, -2}, Back: Spot{-0.5, 3}, Mirrored: true}
)

// chipcards is the same people with cards.
func chipcards(t failer, on Tray) Chipcards {
	out := Chipcards{Batch: "P2020-0007", Tray: on}
	for _, p := range booklets(t).People {
		p.Code = "HEFA1." + strings.Repeat("aGVmYQ", 50) + ".c2ln"
		out.People = append(out.People, Chipcard{p})
	}
	return out
}

// photo is a small picture with a grey shape on white.
func photo(t failer, form string) []byte {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, 140, 196))
	for y := range 196 {
		for x := range 140 {
			p.Set(x, y, color.White)
			if dx, dy := x-70, y-80; dx*dx+dy*dy < 1600 || y > 140 {
				p.Set(x, y, color.Gray{uint8(90 + y/4)})
			}
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, p)
	if form == "jpeg" {
		b.Reset()
		err = jpeg.Encode(&b, p, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// every paper there is, by name.
func every(t failer) map[string]Paper {
	all := letters(rareName)
	for name, p := range lists(200) {
		all[name] = p
	}
	all["booklets"] = booklets(t)
	all["cards"], all["cards-sheet"] = chipcards(t, cardTray), chipcards(t, trayOfFour)
	all["test-book"], all["test-cards"] = TestPrint{Printer: "1 号台", Tray: bookTray}, TestPrint{Printer: "卡机", Tray: trayOfFour, Card: true}
	all["evaluation"] = evaluation(rareName)
	for name, p := range forms(t, rareName) {
		all[name] = p
	}
	for name, p := range readings(rareName) {
		all[name] = p
	}
	for name, p := range filled(rareName) {
		all[name] = p
	}
	for name, p := range townLists() {
		all[name] = p
	}
	all["survey"] = surveys(60)
	for name, p := range blankForms() {
		all[name+"-blank"] = p
	}
	all["survey-numbered"], all["pledge-numbered"] = Survey{Lines: 4, Number: "533103-2022-F000001"}, Pledge{Rule: henan, Number: "533103-2022-F000002"}
	all["survey-120-rows"] = Survey{Lines: 120}
	return all
}

// written is p as a PDF.
func written(t failer, p Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// evaluation is a filled page and a blank one.
func evaluation(name string) Evaluation {
	return Evaluation{Number: "533103-2020-000001", Person: name, Sex: "女", Born: "1961年5月4日", Nation: "傣族", Identity: maskedID, Guardian: longName + " 父女", Place: "芒市风平镇那目村",
		Phone: maskedTel, Hospital: "德宏州人民医院", Kind: "新办 上门", Parts: []EvaluationPart{
			{Category: "肢体", Fields: [][2]string{{"右下肢缺失", "小腿"}, {"右下肢功能障碍", "重度"}, {"日常生活活动", "能部分独立实现"}},
				Findings: "右小腿中段以下缺失，残端无压痛。", Cause: "外伤", Result: "符合残疾标准：肢体残疾，三级", Suggested: "肢体四级", Reason: "残端条件差，不能穿戴假肢", Doctor: "测试医师甲", Second: "测试医师乙", Date: "2020年5月7日"},
			{Category: "视力", Fields: [][2]string{{"右眼最佳矫正视力", "________"}, {"右眼视野半径", "________ 度"}}, Findings: "　\n　\n　",
				Result: "□不符合　□符合：视力残疾　□一级　□二级　□三级　□四级"},
		}}
}

// routes is n people of three villages who are visited.
func routes(n int) []RouteStop {
	stops := []RouteStop{{Village: "弄坎村"}, {Village: "遮放镇第十七村民委员会"}, {Village: "芒棒村"}}
	for i := range n {
		s := &stops[i*len(stops)/max(n, 1)]
		s.People = append(s.People, RoutePerson{Name: []string{"张三", rareName, longName}[i%3], Sex: "女", Age: "70", Category: "肢体、言语", Address: "四组 12 号，村小学往东二百米", Phone: maskedTel,
			Guardian: "李小四 " + maskedTel, Note: "行动不便，不能到场"})
	}
	return stops
}

// called is three people who get a slip, one of them of the name.
func called(name string) []SummonsPerson {
	var out []SummonsPerson
	for i, of := range []string{"张三", name, longName} {
		out = append(out, SummonsPerson{Name: of, Village: "弄坎村", Category: "肢体、言语", Papers: "居民身份证复印件、户口簿复印件、近期二寸免冠白底彩色照片3张", Aids: []string{"轮椅", ""}[i%2]})
	}
	return out
}
