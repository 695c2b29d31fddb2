package job

// CheckFixity reads the day's share of the kept files to their ends; the daily round asks for it.
type CheckFixity struct {
	Day string `json:"day"`
}

// Kind names the work.
func (CheckFixity) Kind() string { return "files.check" }

// Key is the day.
func (j CheckFixity) Key() string { return j.Day }
