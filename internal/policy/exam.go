package policy

// The keys of assessment.
const (
	SecondAccount Key = "second.account" // whether a second doctor without an account may not sign on paper
	SeniorTitles  Key = "second.titles"  // the titles one of which a signer of each finding has; "" for none
	ExamPause     Key = "exam.pause"     // minutes after which a form that lies open is a new sitting, and the most that one counts
	ExamQuick     Key = "exam.quick"     // minutes below which the time of an assessment is counted as short
	ExamAlike     Key = "exam.alike"     // from how many people on whom a doctor gives the same level of a category on a day they are counted as a cluster
	RehabMonths   Key = "rehab.months"   // months of rehabilitation after the last treatment before somebody is assessed
	RehabLoss     Key = "rehab.loss"     // whether obvious loss of a limb need not wait
	RehabStroke   Key = "rehab.stroke"   // full years of age from which limb dysfunction after a stroke need not wait; 0 is never
)

// examCategories is the categories whose examinations are policy.
var examCategories = []string{"1", "2", "3", "4", "5", "6"}

// ExamsOf is the key of the examinations that are required for a category, "1" to "6".
func ExamsOf(category string) Key { return Key("exams." + category) }

// Exams is the examinations that may be required, by category.
var Exams = map[string][]string{
	"1": {"acuity", "perimetry", "fundus"},
	"2": {"audiometry", "immittance", "objective"},
	"3": {"clarity", "expressive", "course"},
	"4": {"adl", "strength", "imaging", "course"},
	"5": {"quotient", "instrument", "adaptive", "whodas"},
	"6": {"diagnosis", "course", "adaptive", "whodas", "records"},
}

// examDefaults is what is required where no place says otherwise.
var examDefaults = map[string]string{
	"1": "acuity,fundus,1.perimetry,2.perimetry",
	"2": "audiometry,immittance,1.objective,2.objective",
	"3": "clarity,expressive,course",
	"4": "adl,course",
	"5": "quotient,instrument,adaptive,whodas",
	"6": "diagnosis,course,adaptive,whodas",
}

// examWords is an examination for every conclusion, or for one level only.
func examWords(category string) []string {
	out := append([]string{}, Exams[category]...)
	for _, level := range []string{"1", "2", "3", "4"} {
		for _, e := range Exams[category] {
			out = append(out, level+"."+e)
		}
	}
	return out
}

// assessmentRules is the rules of assessment, after the others.
func assessmentRules() []Rule {
	out := []Rule{
		{SecondAccount, Switch, "no", "残疾评定表由两名评定医师签名；本地约定", nil},
		{SeniorTitles, Text, "主治医师、副主任医师、主任医师、科主任", "残疾评定表两名医师签名，其中一名为主治医师或科室负责人", nil},
		{ExamPause, Count, "60", "本地约定", nil},
		{ExamQuick, Count, "5", "本地约定", nil},
		{ExamAlike, Count, "10", "本地约定", nil},
		{RehabMonths, Count, "12", "残疾评定实践（治疗、康复满一年）；M32、M33", nil},
		{RehabLoss, Switch, "no", "芒政办发〔2020〕23号四（二）；M32", nil},
		{RehabStroke, Count, "0", "芒政办发〔2020〕23号四（二）；M33", nil},
	}
	for _, c := range examCategories {
		out = append(out, Rule{ExamsOf(c), List, examDefaults[c], "GB/T 26341-2010；N46、M23", examWords(c)})
	}
	return out
}
