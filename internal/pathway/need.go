package pathway

import (
	"hefa/internal/evidence"
	"hefa/internal/policy"
)

// Have is what a case holds of what its way needs.
type Have struct {
	Papers   map[string]bool       // sent or seen, by word of policy.Papers
	Filed    map[string]bool       // of which a copy is filed
	Evidence map[evidence.Kind]int // how many
	Consent  *evidence.Consent     // nil when nobody consented
	Asked    bool                  // the hospital asked for more and nobody has answered
}

// Need is one thing that a way needs before somebody is seated.
type Need struct {
	Key  string // its sentence in the catalogue
	What string // the key of the paper or evidence that fills the sentence, "" for none
	Done bool
}

// Needs is everything that the way needs, done or not, in the order in which it is done: what the clerk is shown to do next.
func (c Choice) Needs(have Have, rules policy.Set) []Need {
	var out []Need
	add := func(done bool, key, what string) { out = append(out, Need{key, what, done}) }
	for _, paper := range rules.List(policy.PathPapers(string(c.Path))) {
		done := have.Papers[paper]
		if c.Path == Records && paper == "records" {
			done = have.Filed[paper] // the copy stays with the case
		}
		add(done, "path.need.paper", "paper."+paper)
	}
	if c.Path == Records {
		add(c.Original, "path.need.original", "")
	}
	if c.Path != Remote {
		return out
	}
	add(have.Consent.Holds(), "path.need.consent", "")
	for _, k := range evidence.Kinds {
		if rules.Has(policy.RemoteEvidence, string(k)) {
			add(have.Evidence[k] > 0, "path.need.evidence", k.Word())
		}
	}
	if have.Asked {
		add(false, "path.need.answer", "")
	}
	return out
}

// Lacking is the needs that are not done.
func Lacking(all []Need) []Need {
	var out []Need
	for _, n := range all {
		if !n.Done {
			out = append(out, n)
		}
	}
	return out
}
