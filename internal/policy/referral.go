package policy

// The keys of cases that one county takes and another decides (跨省通办; rules.md §1.4, §5.4).
const (
	ReferMatters  Key = "refer.matters"  // matters that somebody registered elsewhere can ask for here
	ReferAnnounce Key = "refer.announce" // whether the county that takes the case publishes the result
	ReferDays     Key = "refer.days"     // working days until a case is sent to the county of registration
	ReferTake     Key = "refer.take"     // working days in which the county of registration takes it or sends it back
	PapersRefer   Key = "papers.refer"   // papers beside those of the matter
)

func referralRules() []Rule {
	return []Rule{
		{ReferMatters, List, "new,renew,reissue,regrade,move,cancel", "残疾人证“跨省通办”（2021-06-28 起，六项）", []string{"new", "renew", "replace", "update", "reissue", "regrade", "move", "cancel"}},
		{PapersRefer, List, "residence", "残疾人证“跨省通办”：另交居住地有效居住证", Papers},
		{ReferAnnounce, Switch, "yes", "残疾人证“跨省通办”：由居住地受理、安排评定并公示", nil},
		{ReferDays, Count, "3", "本地约定", nil},
		{ReferTake, Count, "5", "本地约定；行政许可法第三十二条（参照）", nil},
	}
}
