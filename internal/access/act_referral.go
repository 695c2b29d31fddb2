package access

// The acts on cases that one county takes and another decides (跨省通办).
const (
	ReferralRead    Act = "referral.read"
	ReferralSend    Act = "referral.send"    // by the county that took the case, to the county of registration
	ReferralRecall  Act = "referral.recall"  // by the county that took the case
	ReferralConfirm Act = "referral.confirm" // the paper outcome of a county outside the program
	ReferralTake    Act = "referral.take"    // by the county of registration
	ReferralReturn  Act = "referral.return"  // by the county of registration
	ReferralDecline Act = "referral.decline" // by the county of registration
	ReferralPost    Act = "referral.post"    // the card, by the county of registration
	ReferralReceive Act = "referral.receive" // the card, by the county that took the case
	ReferralHand    Act = "referral.hand"    // the card, to its holder
	ReferralTell    Act = "referral.tell"    // what the county of registration decided
)

// ReferralActs is all of them, in the order of the roles page.
var ReferralActs = []Act{ReferralRead, ReferralSend, ReferralRecall, ReferralConfirm, ReferralTake, ReferralReturn, ReferralDecline, ReferralPost, ReferralReceive, ReferralHand,
	ReferralTell}
