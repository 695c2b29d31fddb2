package policy

// The keys of the ways to an assessment (芒政办发〔2020〕23号四).
const (
	PathsOpen      Key = "paths.open"      // which ways besides the township's day are open here
	RemoteGrounds  Key = "remote.grounds"  // on what grounds somebody is assessed without leaving the bed
	RemoteEvidence Key = "remote.evidence" // what evidence a remote assessment needs
	VideoMegabytes Key = "video.megabytes" // largest video
	EvidenceMonths Key = "evidence.months" // months after which evidence shows another condition and is not taken
)

// Grounds is every ground on which a place may open the remote way.
var Grounds = []string{"bedridden", "ward", "isolated", "far"}

// PathPapers is the key of the papers that are needed on a way.
func PathPapers(path string) Key { return Key("path.papers." + path) }

// pathPapers is what is needed on each way where no place says otherwise.
var pathPapers = []struct{ path, papers, basis string }{
	{"records", "records,guardian", "芒政办发〔2020〕23号四（二）；M34"},
	{"batch", "", "芒政办发〔2020〕23号四（二）；M35"},
	{"trip", "", "芒政办发〔2020〕23号四（二）；M36"},
	{"home", "", "芒政办发〔2020〕23号四（一）；M29"},
	{"remote", "", "芒政办发〔2020〕23号四（三）；M37"},
}

// pathRules is the rules of these keys.
func pathRules() []Rule {
	out := []Rule{
		{PathsOpen, List, "records,batch,trip,home,remote", "芒政办发〔2020〕23号四", []string{"records", "batch", "trip", "home", "remote"}},
		{RemoteGrounds, List, "bedridden", "芒政办发〔2020〕23号四（三）；M37", Grounds},
		{RemoteEvidence, List, "photo,video,document", "芒政办发〔2020〕23号四（三）；M37", []string{"photo", "video", "document"}},
		{VideoMegabytes, Count, "50", "本地约定", nil},
		{EvidenceMonths, Count, "12", "本地约定：与评定结论一年内有效相同", nil},
	}
	for _, p := range pathPapers {
		out = append(out, Rule{PathPapers(p.path), List, p.papers, p.basis, Papers})
	}
	return out
}
