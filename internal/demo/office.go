package demo

import (
	"hefa/internal/access"
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/session"
	"hefa/internal/staff"
)

// Password is every demonstration account's password; the demonstration listens on this machine only.
const Password = "Hefa-Demo-2020"

// town is one of the thirteen stops of the plan: its federation's account and its day at the hospital (clauses M47–M59).
type town struct {
	code  region.Code
	login string
	short string
	day   day.Day
}

var towns = []town{
	{"533103104", "manghai", "芒海镇", "2020-05-07"}, {"533103204", "zhongshan", "中山乡", "2020-05-08"}, {"533103103", "mengga", "勐戛镇", "2020-05-11"},
	{"533103102", "zhefang", "遮放镇", "2020-05-12"}, {"533103101", "mangshizhen", "芒市镇", "2020-05-13"}, {"533103203", "xishan", "西山乡", "2020-05-14"},
	{"533103206", "wuchalu", "五岔路乡", "2020-05-15"}, {"533103202", "jiangdong", "江东乡", "2020-05-18"}, {"533103201", "xuangang", "轩岗乡", "2020-05-19"},
	{"533103205", "santaishan", "三台山乡", "2020-05-20"}, {"533103105", "fengping", "风平镇", "2020-05-21"}, {"533103400", "nongchang", "遮放农场", "2020-05-22"},
	{"533103001", "menghuan", "勐焕街道", "2020-05-25"},
}

// hospitals is the three that the plan names (clause M46).
var hospitals = []struct{ id, login, name string }{
	{"demo-hospital-zhou", "zhou", "德宏州医院"}, {"demo-hospital-zhongyi", "zhongyi", "德宏州中医院"}, {"demo-hospital-shi", "shi", "芒市人民医院"},
}

// doctors is who assesses at each hospital, by what they may assess (clause N18).
var doctors = []struct {
	suffix, name, title string
	licensed            []certificate.Category
}{
	{"wuguan", "演示医生甲", "主治医师", []certificate.Category{certificate.Vision, certificate.Hearing, certificate.Speech}},
	{"guke", "演示医生乙", "副主任医师", []certificate.Category{certificate.Physical}},
	{"jingshen", "演示医生丙", "主治医师", []certificate.Category{certificate.Intellectual, certificate.Mental}},
	{"zhuren", "演示医生丁", "主任医师", certificate.Categories[:6]}, // who signs second
}

// posts is the accounts of the county and above.
var posts = []struct {
	login, name string
	role        access.Role
	where       region.Code
	org         org.ID
}{
	{"banzheng", "演示办证员", access.Clerk, County, "demo-533103"},
	{"chushen", "演示初审员", access.Reviewer, County, "demo-533103"},
	{"shenpi", "演示审批人", access.Approver, County, "demo-533103"},
	{"ruili", "演示办证员（瑞丽市）", access.Clerk, "533102", "demo-533102"}, // the neighbour, for certificates that move
	{"zulian", "演示组联部", access.City, "5331", "demo-5331"},
	{"shengzulian", "演示组联部（省）", access.City, "53", "demo-53"}, // hears the second stage of an appeal
	{"weijian", "演示卫健", access.Health, County, "demo-weijian"},
	{"fupin", "演示扶贫", access.Poverty, County, "demo-fupin"},
	{"ducha", "演示督查", access.Discipline, County, "demo-ducha"},
	{"xitong", "演示系统管理员", access.Sysadmin, "", "demo-53"},
	{"anquan", "演示安全管理员", access.Secadmin, "", "demo-53"},
	{"shenji", "演示审计管理员", access.Auditor, "", "demo-53"},
}

// orgs is every organisation of the demonstration.
func orgs() []org.Org {
	out := []org.Org{
		{ID: "demo-53", Region: "53", Kind: org.Federation, Name: "云南省残疾人联合会"},
		{ID: "demo-5331", Region: "5331", Kind: org.Federation, Name: "德宏州残疾人联合会", Phone: "0692-0000000"},
		{ID: "demo-533103", Region: County, Kind: org.Federation, Name: "芒市残疾人联合会", Phone: "0692-0000001", Address: "芒市（演示地址）"},
		{ID: "demo-533102", Region: "533102", Kind: org.Federation, Name: "瑞丽市残疾人联合会", Phone: "0692-0000002"},
		{ID: "demo-weijian", Region: County, Kind: org.Department, Name: "芒市卫生健康局"},
		{ID: "demo-fupin", Region: County, Kind: org.Department, Name: "芒市扶贫办"},
		{ID: "demo-ducha", Region: County, Kind: org.Department, Name: "芒市人民政府督查室"},
	}
	for _, t := range towns {
		out = append(out, org.Org{ID: org.ID("demo-" + t.code), Region: t.code, Kind: org.Federation, Name: t.short + "残疾人联合会", Phone: "0692-0000" + string(t.code[6:])})
	}
	for _, h := range hospitals {
		out = append(out, org.Org{ID: org.ID(h.id), Region: County, Kind: org.Hospital, Name: h.name, Categories: certificate.Categories[:6]})
	}
	return out
}

// accounts is every account of the demonstration, without its password.
func accounts() []staff.Account {
	var out []staff.Account
	add := func(login, name string, role access.Role, where region.Code, at org.ID) {
		out = append(out, staff.Account{ID: staff.ID("demo-" + login), Login: login, Name: name, Role: role, Region: where, Org: at})
	}
	for _, p := range posts {
		add(p.login, p.name, p.role, p.where, p.org)
	}
	for _, t := range towns {
		add(t.login, "演示经办（"+t.short+"）", access.Township, t.code, org.ID("demo-"+t.code))
	}
	add("cun-fengping", "演示专职委员（风平村）", access.Village, "533103105201", "demo-533103105")
	for _, h := range hospitals {
		add(h.login+"-jingban", "演示医院经办", access.Hospital, County, org.ID(h.id))
		for _, d := range doctors {
			add(h.login+"-"+d.suffix, d.name, access.Doctor, County, org.ID(h.id))
			last := &out[len(out)-1]
			last.Title, last.Categories = d.title, d.licensed
		}
	}
	return out
}

// printers is one that prints books, off by a little, and one that prints cards.
func printers() []card.Printer {
	books, cards := card.Standard(certificate.Book), card.Standard(certificate.Card)
	books.ID, books.Region, books.Name, books.Front = "demo-printer-book", County, "1 号台喷墨机", card.Spot{X: 5, Y: -3}
	cards.ID, cards.Region, cards.Name = "demo-printer-card", County, "2 号台证卡机"
	return []card.Printer{books, cards}
}

// agreements is the county's agreement with each hospital (clauses N16, N17).
func agreements(today day.Day) []org.Agreement {
	var out []org.Agreement
	for _, h := range hospitals {
		a := org.Agreement{ID: "demo-agreement-" + h.login, Region: County, Hospital: org.ID(h.id), Parties: "芒市残疾人联合会、" + h.name, From: today.AddYears(-1),
			To: today.AddYears(2), Categories: certificate.Categories[:6], Duties: "按国家标准评定，杜绝跨类别评定；离退休人员不参加评残"}
		for _, d := range doctors {
			a.Doctors += d.name + " " + d.title + "\n"
		}
		out = append(out, a.Clean())
	}
	return out
}

// practice is the papers of a doctor, valid on every day of the demonstration.
func practice(a staff.Account, today day.Day) staff.Practice {
	return staff.Practice{Doctor: a.ID, Region: a.Region, Licence: "演示资格-" + a.Login, Training: "演示培训-" + a.Login, Until: today.AddYears(3), Standing: staff.Employed}
}

// sessions is the thirteen days, moved to the county's today and on to the next working day that no other session has.
func sessions(s shift, calendar day.Calendar) []session.Session {
	var out []session.Session
	last := day.Day("")
	for i, t := range towns {
		on := s.of(t.day)
		if last != "" && on <= last {
			on = last.Add(1)
		}
		for !calendar.Working(on) {
			on = on.Add(1)
		}
		last = on
		h := hospitals[i%len(hospitals)]
		out = append(out, session.Session{ID: session.ID("demo-session-" + t.code), Region: t.code, Hospital: org.ID(h.id), Kind: session.Central, Day: on,
			Place: h.name + "评残中心", Capacity: 300})
	}
	return out
}
