package policy

// The keys of the matters after the first certificate (rules.md §1.3, §1.4).
const (
	PapersReplace Key = "papers.replace"   // papers for a damaged certificate
	PapersUpdate  Key = "papers.update"    // papers for a change of what the certificate says of its holder
	PapersReissue Key = "papers.reissue"   // papers after a loss
	PapersRegrade Key = "papers.regrade"   // papers for a change of category or level
	PapersMove    Key = "papers.move"      // papers for a move to another county
	PapersCancel  Key = "papers.cancel"    // papers for a cancellation
	PapersCheck   Key = "papers.check"     // papers for a review
	RenewEarly    Key = "renew.early"      // months before its last day from which a certificate can be exchanged; 0 for no bound
	ReissueWait   Key = "reissue.wait"     // calendar days from the declared loss to the approval
	ReissueMonths Key = "reissue.months"   // months until the next reissue
	RegradeMonths Key = "regrade.months"   // months that a level stands before it can be changed
	UpgradeReread Key = "upgrade.reread"   // whether a more severe level needs the city's second review
	VerifyAddress Key = "verify.address"   // address of this installation as the public reaches it, for the QR code on cards
	ReapplyMonths Key = "reapply.months"   // months after a cancellation in which nobody may apply anew
	TransferDays  Key = "transfer.days"    // working days in which the county of arrival answers
	MoveFreeze    Key = "move.freeze"      // months after a move out of the county after which a certificate that was not moved along is frozen
	DiscloseDays  Key = "disclosure.days"  // days after its grant on which a list with whole numbers can be taken out
	DiscloseTimes Key = "disclosure.times" // how many times
	MoveCancel    Key = "move.cancel"      // months after such a move after which it is cancelled
)

// registerPapers is the papers that only the later matters want.
var registerPapers = []string{"loss", "changed", "moved", "request", "death", "conclusion", "residence"}

// registerRules is the rules of the later matters, after those of the main course.
func registerRules() []Rule {
	return []Rule{
		{PapersReplace, List, "identity,photo,form,old", "残疾人证管理办法第二十一条", Papers},
		{PapersUpdate, List, "identity,household,photo,form,changed,old", "本地约定", Papers},
		{PapersReissue, List, "identity,photo,form,loss", "残疾人证管理办法第二十条", Papers},
		{PapersRegrade, List, "identity,photo,form,records,guardian,old", "残疾人证管理办法第二十二条", Papers},
		{PapersMove, List, "identity,household,moved,old", "残疾人证管理办法第二十三条", Papers},
		{PapersCancel, List, "identity,request,death,conclusion,old", "残疾人证管理办法第二十四条", Papers},
		{VerifyAddress, Text, "", "本地约定", nil},
		{PapersCheck, List, "identity,photo,records,guardian,old", "宛残联〔2022〕24号附件6；N84", Papers},
		{RenewEarly, Count, "0", "部分地区：到期前一年（或六个月）起可换领", nil},
		{ReissueWait, Count, "0", "残疾人证管理办法第二十条；部分地区声明作废满 10 日或一个月", nil},
		{ReissueMonths, Count, "0", "部分地区：一年补办一次", nil},
		{RegradeMonths, Count, "0", "部分地区：持证或评定满一年", nil},
		{UpgradeReread, Switch, "yes", "本地约定：升级须复审", nil},
		{ReapplyMonths, Count, "12", "残疾人证管理办法第二十四条", nil},
		{DiscloseDays, Count, "3", "本地约定：获批后三日内提取；个人信息保护法第五十一条；N55", nil},
		{DiscloseTimes, Count, "2", "本地约定：每次批准最多提取两次；个人信息保护法第五十一条；N55", nil},
		{TransferDays, Count, "10", "本地约定：迁入地十个工作日内接收或退回", nil},
		{MoveFreeze, Count, "6", "残疾人证管理办法第二十三条", nil},
		{MoveCancel, Count, "12", "残疾人证管理办法第二十三条", nil},
	}
}
