package roster

import "strings"

// Meaning is what a column holds.
type Meaning int

// The meanings; None is a column that the list's checks do not use.
const (
	None Meaning = iota
	Sequence
	Name
	Sex
	Identity    // 身份证号
	Certificate // 残疾人证号
	AnyNumber   // 证件号码: either of the two
	CategoryColumn
	LevelColumn
	Grade // category and level in one cell
	Expires
	Birth
	TownshipColumn
	VillageColumn
	Address // where no village column is
	Phone
	Guardian
	Poor
	Condition
	Reason // why never assessed
	Remark
	Happened // when somebody died or moved
	Whither  // where they moved to
	Issued   // when the certificate was issued
	Standing // whether the certificate still holds
	Nation
	meanings
)

// exact is the headers that are sure as they stand, spaces, brackets and punctuation aside.
var exact = words(map[Meaning]string{
	Sequence:       "序号 编号 序 号 次序 顺序 顺序号 NO 项次 行号 户序号",
	Name:           "姓名 名字 残疾人姓名 申请人 申请人姓名 持证人 持证人姓名 残疾人 人员姓名 对象姓名 疑似残疾人 残疾人名字 被评定人 本人姓名 疑似人员姓名",
	Identity:       "身份证 公民身份证 二代身份证 身份证件 ID 居民身份证 证件号身份证",
	Certificate:    "残疾证 残疾人证 残疾人证件 残证 二代证号 残联证号",
	AnyNumber:      "证件号码 证件号 证号 号码 证件编号 证件 证书编号 证书号 证书号码 证件代码",
	CategoryColumn: "类别 类型 种类 残别 残类 残疾类别名称 残疾性质",
	LevelColumn:    "等级 级别 残级 等次 残等",
	Grade:          "残疾类别等级 类别等级 残疾等级类别 残疾类型等级 残疾类别级别 残类残级 残疾类级",
	Birth:          "生日 出生 出生年月 出生日期",
	TownshipColumn: "乡镇 镇 乡 街道 乡镇街道 所属乡镇 所在乡镇 乡镇名称 镇街 街镇 镇乡 镇办 乡办 所属镇 乡镇办 乡镇农场",
	VillageColumn:  "村 社区 村社区 行政村 村委会 村居 村名 居委会 所在村 村居委会 村委 所属村 村组 村委会社区 社区村 村寨 乡镇村 村小组 村民小组 所在村社区 村民委员会",
	Address:        "住址 地址 家庭住址 现住址 家庭地址 居住地 户籍地 户籍地址 居住地址 现居住地 详细地址 通讯地址 常住地址 户口所在地 家庭详细住址 联系地址",
	Phone:          "电话 手机 联系电话 手机号 手机号码 联系方式 电话号码 联系号码 本人电话 联系人电话 联系手机",
	Guardian:       "监护人 监护人姓名 法定监护人",
	Poor:           "建档立卡 贫困户 脱贫户 是否建档立卡",
	Condition:      "现状 症状 病情 身体状况 残疾状况 残疾情况 现残疾状况 残疾表现 疑似情况",
	Issued:         "发证日期 办证日期 签发日期 发证时间 办证时间 制证日期 核发日期 领证日期",
	Standing:       "状态 证件状态 残疾人证状态 证状态 当前状态",
	Nation:         "民族",
	Reason:         "原因",
	Remark:         "备注 说明 备考 附注 情况说明",
})

func words(table map[Meaning]string) map[string]Meaning {
	out := map[string]Meaning{}
	for m, list := range table {
		for w := range strings.FieldsSeq(list) {
			out[w] = m
		}
	}
	return out
}

// rule recognises longer headers: one of each group of needs, none of the bars; groups and words are parted by spaces and bars by "|".
type rule struct {
	meaning Meaning
	needs   string
	bars    string
}

// rules are tried in order; a rule with meaning None keeps a header from being taken for something else.
var rules = []rule{
	{None, "退回|驳回|审核|经办|制表|填表|填报|录入|核查结果|处理结果|不通过|签字|签名|签章|盖章|名单|名册|登记表|统计表|汇总表|一览表", ""},
	{Happened, "死亡|去世|亡故|迁出|迁移|迁往 日期|时间|年月日", ""},
	{Whither, "迁往|迁入|迁至|去往 地|址|何处|区划|乡镇|派出所", ""},
	{Phone, "本人|残疾人 电话|手机|联系方式|联系号码", ""},
	{None, "监护|监管人|抚养人|赡养 身份证|证号|证件|关系|电话|手机|联系|号码|地址|住址|性别|年龄|类型", ""},
	{Guardian, "监护人|监护", ""},
	{None, "户主|父亲|母亲|父母|配偶|家属|亲属|代办|代理|帮扶|包保|责任人|专职委员|联络员|护理|照料|开户|银行|卡号|账号|帐号|账户|社保|医保|低保|特困|补贴|村干部|医院|医生|机构", ""},
	{Phone, "电话|手机|联系方式|联系号码", ""},
	{None, "联系人", ""},
	{Certificate, "残疾证号|残疾人证号 类别|等级|20位", ""},
	{AnyNumber, "身份证|公民身份 残疾证|残疾人证|残证", ""},
	{Grade, "类别|类型|种类 等级|级别", ""},
	{Expires, "有效期|有效日期|有效时间|有效截止|到期|失效|期满|截止|过期日期|过期时间|过期年月|终止日期|届满|有效至", "原因|是否|情况|说明|起始|期起|期始|(起|(始|开始|剩余|天数|发证|签发|身份证|未换|起日|自日"},
	{Expires, "起止", "身份证"},
	{None, "有效期|日期|时间|年月", "出生|生日"},
	{Birth, "出生|生日", "地"},
	{None, "是否持|有无|是否有证|是否办|持证情况|持证状态|证件状态|证件类型|类型代码|复印|换证原因|照片", ""},
	{Certificate, "残疾证|残疾人证|残证 号|编码|编号", "原因"},
	{Identity, "身份证|公民身份|身份号|身份证件", "地址|住址|类型|类别|是否|性别|情况|状态"},
	{None, "身份证|公民身份", ""},
	{Poor, "建档立卡|脱贫|贫困|监测户|监测对象|乡村振兴对象", "原因|时间"},
	{Reason, "原因", "致残|残疾原因|致贫|过期|未换|注销|换证|死亡|变更"},
	{None, "原因", ""},
	{CategoryColumn, "残疾|残障 类别|类型|种类|残类", "人员"},
	{LevelColumn, "残疾|残障|评定|现 等级|级别|程度", "护理|低保"},
	{Condition, "残疾|身体|主要|疑似|障碍|功能 状况|情况|症状|表现|描述|部位|现状", "是否|证"},
	{Sex, "性别", ""},
	{Name, "姓名", "曾用|拼音|英文|户主|填|审"},
	{None, "年龄|周岁|民族|文化|学历|婚姻|职业|户口性质|户口类别|低保|政治面貌|是否", ""},
	{VillageColumn, "行政村|村委会|村(|社区|居委会|村民委员会|所在村|自然村|村居|村组|村名|村寨|村小组", "干部|医|驻村"},
	{TownshipColumn, "乡镇|街道|镇街|乡(镇", "地址|住址"},
	{Address, "住址|地址|居住地|户籍所在|户口所在", ""},
	{Remark, "备注", ""},
	{Sequence, "序号", ""},
}

func (r rule) fits(s string) bool {
	for group := range strings.FieldsSeq(r.needs) {
		if !anyIn(s, group) {
			return false
		}
	}
	return r.bars == "" || !anyIn(s, r.bars)
}

func anyIn(s, list string) bool {
	for w := range strings.SplitSeq(list, "|") {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// longest is how many characters a header may have; longer texts are titles and instructions.
const longest = 32

// Strengths of a match: where two columns mean the same, the stronger is used, then the one further left.
const (
	noMatch = iota
	byRule
	byWord
)

// meaningOf tells what a header text means and how sure that is.
func meaningOf(header string) (Meaning, int) {
	s := strings.ToUpper(squeeze(header))
	if s == "" || len([]rune(s)) > longest {
		return None, noMatch
	}
	bare, full := strip(outside(s)), strip(s)
	for _, t := range []string{full, bare} {
		if m, ok := exact[t]; ok {
			return m, byWord
		}
	}
	for _, r := range rules {
		if r.fits(s) {
			if r.meaning == None {
				return None, noMatch
			}
			return r.meaning, byRule
		}
	}
	return None, noMatch
}

// strip drops punctuation, and digits at either end (姓名1, 1.姓名).
func strip(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune("*:：、/\\|()[]{}<>【】〔〕《》“”\"'‘’.,，。;；-—_+&#●★▲·", r) {
			return -1
		}
		return r
	}, s)
	return strings.Trim(s, "0123456789①②③④⑤⑥⑦⑧⑨⑩")
}

// outside is s without what stands in brackets.
func outside(s string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch r {
		case '(', '[', '【', '〔', '<', '{':
			depth++
			return -1
		case ')', ']', '】', '〕', '>', '}':
			depth--
			return -1
		}
		if depth > 0 {
			return -1
		}
		return r
	}, s)
}
