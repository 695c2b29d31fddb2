package job

// Shred takes away the contents of papers whose destruction was recorded.
type Shred struct {
	County    string `json:"county"`
	Appraisal string `json:"appraisal"`
}

// Kind names the work.
func (Shred) Kind() string { return "archive.shred" }

// Key is the list.
func (j Shred) Key() string { return j.Appraisal }
