package roster

import (
	"strings"
	"testing"
)

func TestHeadersAreTakenByWhatTheyMean(t *testing.T) {
	t.Parallel()
	tests := map[Meaning]string{
		Sequence:       "序号|编号|序\n号|NO.|＃序号",
		Name:           "姓名|姓　名|残疾人姓名|申请人|*姓名|姓名（必填）|持证人姓名|1.姓名|疑似残疾人姓名|姓名(监护人代签)",
		Sex:            "性别|性 别|性别（男/女）|性别\n代码",
		Identity:       "身份证号|身份证号码|公民身份号码|公民身份证号码|身份证|身份证号（18位）|居民身份证号码|身份证件号码|残疾人身份证号",
		Certificate:    "残疾人证号|残疾证号|残疾人证号码|残疾证号码|残疾证编号|第二代残疾人证号|残疾人证号（20位）|残疾人证号（身份证号+类别+等级）|残疾证|持残疾证号",
		AnyNumber:      "证件号码|证件号|证号|身份证号/残疾人证号|身份证（残疾证）号码|残疾证号或身份证号",
		CategoryColumn: "残疾类别|类别|残疾类型|残疾种类|残疾\r\n类别|类别（肢体、视力等）|残疾类别代码|残疾人类别",
		LevelColumn:    "残疾等级|等级|级别|残疾级别|评定等级|残疾程度|残疾等级（一至四级）|现残疾等级",
		Grade:          "残疾类别及等级|类别等级|残疾类别、等级|残疾类别/残疾等级|残疾类别（等级）|残疾等级（类别）",
		Expires:        "有效期止|有效期至|有效期|到期日期|到期时间|失效日期|有效期限|有效期(止)|有效期起止|残疾证有效期|证件到期时间|过期时间|有效期截止日期|残疾人证有效期（起止）|期满日期|有效期起止日期",
		Birth:          "出生日期|出生年月|出生年月日|生日|出生时间",
		TownshipColumn: "乡镇|乡（镇）|所属乡镇|乡镇（街道）|镇街|街道办事处",
		VillageColumn:  "村（社区）|村委会|行政村|社区|所在村|村（居）委会|乡镇（街道）村（社区）|村民小组",
		Address:        "住址|家庭住址|现住址|户籍地址|家庭住址（村、组）|居住地址|户口所在地",
		Phone:          "联系电话|电话|手机号|联系方式|本人或家属联系电话|联系人电话|电话号码|手机",
		Guardian:       "监护人|监护人姓名|法定监护人姓名",
		Poor:           "建档立卡户|是否建档立卡|脱贫户|是否建档立卡贫困户|是否脱贫户|贫困户|是否脱贫（监测）户",
		Condition:      "现残疾状况|残疾情况|身体状况|残疾部位|主要症状",
		Reason:         "未评残原因|未办证原因|未评定原因|原因",
		Remark:         "备注|备 注|说明|备注说明",
		Issued:         "发证日期|办证时间|签发日期|发证日期（初次）",
		Standing:       "证件状态|残疾人证状态|状态",
		Nation:         "民族|民 族",
		None: "年龄|监护人电话|监护人身份证号|监护人联系方式|户主姓名|户主身份证号|与户主关系|有效期起|有效期（起）|起始日期|银行卡号|退回原因|到期未换证原因|是否过期|致残原因|" +
			"填表人|签字|联系人|文化程度|人员类别|护理等级|低保类别|出生地|身份证住址|身份证有效期|是否持有残疾人证|德宏州芒市风平镇过期失效持证残疾人名单|填报单位：风平镇|填表说明：姓名、身份证号码、残疾人证号码、联系电话必须填写完整，不得空缺|曾用名|姓名拼音",
	}
	for want, list := range tests {
		for header := range strings.SplitSeq(list, "|") {
			if got, _ := meaningOf(header); got != want {
				t.Errorf("%q means %d, want %d", header, got, want)
			}
		}
	}
}

func rowOf(number int, texts ...string) Row {
	r := Row{Number: number}
	for _, s := range texts {
		r.Cells = append(r.Cells, Cell{Text: strings.TrimPrefix(s, "→"), Across: strings.HasPrefix(s, "→")})
	}
	return r
}

func TestHeaderOfTwoLinesIsReadAsOne(t *testing.T) {
	t.Parallel()
	rows := []Row{
		rowOf(1, "过期残疾人名单", "→过期残疾人名单", "→过期残疾人名单"),
		rowOf(3, "序号", "残疾人", "→残疾人", "残疾人证", "→残疾人证", "→残疾人证", "监护人", "→监护人", "户主", "→户主", "备注"),
		rowOf(4, "序号", "姓名", "身份证号", "号码", "类别等级", "有效期", "姓名", "电话", "姓名", "身份证号", ""),
		rowOf(5, "1", "岩温", "533199199001011234", "53319919900101123441", "肢体一级", "2020-01-01", "玉罕", "1", "岩保", "533199199001011234", ""),
	}
	h, err := FindHeader(Expired, rows)
	if err != nil {
		t.Fatal(err)
	}
	if h.Row != 3 || h.Last != 4 {
		t.Errorf("header in rows %d to %d", h.Row, h.Last)
	}
	want := map[Meaning]int{Sequence: 0, Name: 1, Identity: 2, Certificate: 3, Grade: 4, Expires: 5, Guardian: 6, Phone: -1, Remark: 10}
	for m, i := range want {
		if h.column(m) != i {
			t.Errorf("meaning %d in column %d, want %d", m, h.column(m), i)
		}
	}
	if h.title(3) != "号码" || h.Titles()[3] != "残疾人证号码" || h.Titles()[1] != "姓名" {
		t.Errorf("titles %q, %q", h.Columns, h.Titles())
	}
}

func TestFirstLineOfDataIsNoSecondHeaderLine(t *testing.T) {
	t.Parallel()
	h, err := FindHeader(Expired, []Row{rowOf(1, "姓名", "残疾人证号", "类别", "等级", "住址"), rowOf(2, "岩温", "", "肢体", "一级", "芒里村")})
	if err != nil || h.Row != 1 || h.Last != 1 {
		t.Errorf("header in rows %d to %d, %v", h.Row, h.Last, err)
	}
}

func TestStrongerAndLeftmostColumnIsUsed(t *testing.T) {
	t.Parallel()
	h, err := FindHeader(Suspected, []Row{rowOf(1, "残疾人家庭住址", "现住址", "所在自然村", "村委会", "联系人电话号码", "电话", "手机", "姓名", "身份证号")})
	if err != nil {
		t.Fatal(err)
	}
	for m, want := range map[Meaning]int{Address: 1, VillageColumn: 3, Phone: 5} {
		if h.column(m) != want {
			t.Errorf("meaning %d in column %d, want %d", m, h.column(m), want)
		}
	}
}
