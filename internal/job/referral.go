package job

// TellReferral tells the county that took a case what became of it where it is decided.
type TellReferral struct {
	County      string `json:"county"`
	Application string `json:"application"`
}

// Kind names the work.
func (TellReferral) Kind() string { return "referral.tell" }

// Key is the case.
func (j TellReferral) Key() string { return j.Application }
