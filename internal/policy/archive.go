package policy

// The keys of the archive (N48–N52; DA/T 22-2015, DA/T 13-2022).
const (
	FileFonds    Key = "file.fonds"        // 全宗号; empty for the code of the county
	FileNumber   Key = "file.number"       // how a file's number is made; its gaps are {全宗}, {年度}, {期限} and {件号}
	FileTerm     Key = "file.term"         // how long a file is kept: Y, D30 or D10
	FileBox      Key = "file.box"          // files that a box holds
	FixityDays   Key = "files.fixity.days" // days within which each kept file is read to its end
	FileLoanDays Key = "file.loan.days"    // working days for which a file is lent
)

// fileMust begins the keys that say which kinds of papers must be in the file of a case, by matter.
const fileMust = "file.must."

// FileMust is the key that lists what must be in the file of a case of the matter; also of what ended outside of a case (archive.EndKind), and, by the state of a case that
// ended without a card, which of its matter's papers and decisions must be.
func FileMust(matter string) Key { return Key(fileMust + matter) }

// FileTermOf is the key that says how long papers of a kind are kept; empty is as long as their file.
func FileTermOf(kind string) Key { return FileTerm + "." + Key(kind) }

// FileKinds is every kind of paper that a file may have to hold.
var FileKinds = []string{"form", "assessment", "transfer", "change", "supplement", "decision", "notice", "receipt"}

func archiveRules() []Rule {
	out := []Rule{
		{FileFonds, Text, "", "DA/T 13-2022", nil},
		{FileNumber, Text, "{全宗}-CJ·{年度}-{期限}-{件号}", "DA/T 13-2022", nil},
		{FileTerm, List, "D30", "残疾人证管理办法第九条（长期保存）；保管期限表须经同级档案主管部门审定", []string{"Y", "D30", "D10"}},
		{FileBox, Count, "30", "本地约定", nil},
		{FixityDays, Count, "90", "GB/T 22239-2019 8.1.4.7（数据完整性）；周期为本地约定", nil},
		{FileLoanDays, Count, "10", "本地约定", nil},
	}
	for _, k := range FileKinds {
		out = append(out, Rule{FileTermOf(k), List, "", "档案法实施条例第十九条；保管期限表须经同级档案主管部门审定", []string{"Y", "D30", "D10"}})
	}
	for _, m := range []struct{ matter, kinds string }{
		{"new", "form,assessment,supplement,decision,notice,receipt"},
		{"renew", "form,assessment,supplement,decision,notice,receipt"},
		{"replace", "form,supplement,decision,receipt"},
		{"update", "change,supplement,decision,receipt"},
		{"reissue", "form,supplement,decision,receipt"},
		{"regrade", "change,assessment,supplement,decision,notice,receipt"},
		{"move", "transfer,supplement,decision"},
		{"cancel", "supplement,decision"},
		{"check", "assessment,supplement,decision"},
		{"declined", "form,transfer,change,decision"},
		{"refused", "form,assessment,transfer,change,decision"},
		{"withdrawn", "form,transfer,change"},
		{"lapse", "notice,decision"},
		{"departure", "supplement,decision"},
		{"letter", "supplement"},
	} {
		out = append(out, Rule{FileMust(m.matter), List, m.kinds, "N52；残疾人证管理办法第九条", FileKinds})
	}
	return out
}
