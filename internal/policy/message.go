package policy

// The keys of text messages. A wording names what is filled in between braces; only what the carriers approved may be sent.
const (
	MessageOn       Key = "message.on"       // whether messages are made at all
	MessageSigned   Key = "message.signed"   // the approved signature, without its brackets
	MessageRenew    Key = "message.renew"    // the approved wording about expiry: {name} {months} {expires}
	MessageCard     Key = "message.card"     // the approved wording about a card that waits: {name}
	MessageCampaign Key = "message.campaign" // the approved wording about assessment: {name}
	MessageFrom     Key = "message.from"     // the hour from which messages may go out
	MessageUntil    Key = "message.until"    // the hour before which they may
	MessageTries    Key = "message.tries"    // how often one is tried
)

// messageRules is the rules of these keys.
func messageRules() []Rule {
	return []Rule{
		{MessageOn, Switch, "no", "通信短信息服务管理规定第十六条；N26", nil},
		{MessageSigned, Text, "残疾人联合会", "运营商审核的签名", nil},
		{MessageRenew, Text, "{name}同志：您的残疾人证将于{expires}到期，请携带残疾人证、身份证、病历和照片到户籍所在乡镇（街道）残联办理换证。不能到场的可申请上门评定。拒收请回复TD", "运营商审核的模板；N39、N40", nil},
		{MessageCard, Text, "{name}同志：您的残疾人证已制好，请本人或监护人携带身份证到户籍所在乡镇（街道）残联领取，也可申请送证上门。拒收请回复TD", "运营商审核的模板；M64", nil},
		{MessageCampaign, Text, "残疾人证免费办理。疑似残疾人可到户籍所在乡镇（街道）残联申请评定，行动不便的可申请上门评定。拒收请回复TD", "运营商审核的模板；N26", nil},
		{MessageFrom, Hour, "8", "通信短信息服务管理规定；本地约定", nil},
		{MessageUntil, Hour, "20", "通信短信息服务管理规定；本地约定", nil},
		{MessageTries, Count, "6", "本地约定", nil},
	}
}
