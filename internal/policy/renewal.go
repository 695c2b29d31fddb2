package policy

// The keys of renewal, of letters to people, and of certificates that nobody renews.
const (
	RemindMonths  Key = "remind.months"  // months before expiry at which a reminder is due
	LocalRule     Key = "local.rule"     // the provincial rule that papers name, with its brackets
	RenewQuote    Key = "renew.quote"    // what that rule says about expiry, quoted in the reminder; "" quotes nothing
	LetterIssuer  Key = "letter.issuer"  // the federation that letters to people come from; "" is that of the county
	ReviewWithin  Key = "review.within"  // calendar days from the receipt within which the person is to appear for review
	LapseGrace    Key = "lapse.grace"    // calendar days after the last day before a certificate may be put up for cancellation
	LapseDays     Key = "lapse.days"     // calendar days that the public notice of a cancellation runs
	AgreementWarn Key = "agreement.warn" // calendar days before the end of an agreement with a hospital from which on lists warn
	WaiverVisits  Key = "waiver.visits"  // visits at home, on different days, before a statement of giving up is printed; 0 for none
	BundleDays    Key = "bundle.days"    // calendar days that letters printed in the background are kept
)

var months = []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}

// renewalRules is the rules of these keys.
func renewalRules() []Rule {
	return []Rule{
		{RemindMonths, List, "6,3,1", "宛残联〔2022〕24号；N39", months},
		{LocalRule, Text, "《中华人民共和国残疾人证管理办法》", "宛残联〔2022〕24号附件1、3、5、6", nil},
		{RenewQuote, Text, "", "宛残联〔2022〕24号附件5；N82", nil},
		{LetterIssuer, Text, "", "本地约定", nil},
		{ReviewWithin, Count, "15", "宛残联〔2022〕24号附件6；N84", nil},
		{LapseGrace, Count, "0", "本地约定", nil},
		{LapseDays, Count, "7", "宛残联〔2022〕24号；N42", nil},
		{AgreementWarn, Count, "60", "宛残联〔2022〕24号；N16", nil},
		{WaiverVisits, Count, "2", "宛残联〔2022〕24号二（三）“再次动员”、附件4“多次入户宣传”；N37；次数为本地约定", nil},
		{BundleDays, Count, "7", "本地约定", nil},
	}
}
