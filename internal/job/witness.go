package job

// HandHeads hands the newest heads of the audit to the witness outside; the worker asks for it each hour.
type HandHeads struct {
	Hour string `json:"hour"` // UTC, 2020-04-01T08
}

// Kind names the work.
func (HandHeads) Kind() string { return "audit.hand" }

// Key is the hour.
func (j HandHeads) Key() string { return j.Hour }
