package job

// KeepPapers keeps what the program itself wrote in a case, as it says it when the case is filed.
type KeepPapers struct {
	County      string `json:"county"`
	Application string `json:"application"`
}

// Kind names the work.
func (KeepPapers) Kind() string { return "papers.keep" }

// Key is the case.
func (j KeepPapers) Key() string { return j.Application }
