package application_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/certificate"
	"hefa/internal/lang"
	"hefa/internal/policy"
)

var rewrite = flag.Bool("rewrite", false, "write docs/course.md anew from the course")

// preface is what stands above the generated part of the page.
const preface = `# The course of a case

Drawn from ` + "`application.Course`" + ` by a test, which compares; after a change run ` + "`go test ./internal/application -run Drawn -rewrite`" + `.
A step that is not drawn here is refused. Limits are working days from the day after the case came into the state; each is policy with a place, a date and
a legal basis, and the number below is the value before any place sets its own.

`

// drawn is the page: the state machine as a diagram, then each state with its turn, limit and steps.
func drawn() string {
	var b strings.Builder
	b.WriteString(preface + "```mermaid\nstateDiagram-v2\n")
	for _, g := range application.Course {
		fmt.Fprintf(&b, "    %s: %s\n", g.State, lang.T(g.State.Word()))
	}
	fmt.Fprintf(&b, "    [*] --> %s\n", application.Course[0].State)
	for _, g := range application.Course {
		for _, s := range g.Steps {
			for _, to := range s.To {
				fmt.Fprintf(&b, "    %s --> %s: %s\n", g.State, to, lang.T(s.Act.Word()))
			}
		}
		if !g.State.Open() {
			fmt.Fprintf(&b, "    %s --> [*]\n", g.State)
		}
	}
	b.WriteString("```\n\n| State | 状态 | Whose turn | Limit | Steps |\n|---|---|---|---|---|\n")
	for _, g := range application.Course {
		var turn, steps []string
		for _, r := range g.Turn {
			turn = append(turn, lang.T(r.Word()))
		}
		for _, s := range g.Steps {
			steps = append(steps, fmt.Sprintf("`%s`", s.Act))
		}
		limit := ""
		if g.Limit != "" {
			r, _ := policy.Of(g.Limit)
			limit = fmt.Sprintf("`%s` = %s", g.Limit, r.Default)
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", g.State, lang.T(g.State.Word()), strings.Join(turn, "、"), limit, strings.Join(steps, " "))
	}
	b.WriteString("\n## Matters\n\nWhat each matter does to the certificate in hand. A move and a cancellation take effect at the approval, a review comes to what its assessment says, everything else to a new card.\n\n")
	b.WriteString("| Matter | 事项 | Aim | Assessment | Papers | The certificate stands | At acceptance | When it comes to nothing | A reason |\n|---|---|---|---|---|---|---|---|---|\n")
	for _, r := range application.Rules() {
		var from []string
		for _, s := range r.From {
			from = append(from, lang.T(s.Word()))
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | `%s` | %s | %s | %s | %v |\n", r.Matter, lang.T(r.Matter.Word()), r.Aim, r.Exam, r.Papers, strings.Join(from, "、"), r.Hold, r.Free, r.Stated)
	}
	b.WriteString("\n## The certificate\n\n```mermaid\nstateDiagram-v2\n    [*] --> pending\n")
	for _, s := range certificate.States {
		fmt.Fprintf(&b, "    %s: %s\n", s, lang.T(s.Word()))
	}
	for _, m := range certificate.Life {
		for _, from := range m.From {
			fmt.Fprintf(&b, "    %s --> %s: %s\n", from, m.To, m.Step)
		}
	}
	b.WriteString("```\n")
	return b.String()
}

func TestTheCourseIsDrawnAsItIs(t *testing.T) {
	t.Parallel()
	name := filepath.Join("..", "..", "docs", "course.md")
	if *rewrite {
		if err := os.WriteFile(name, []byte(drawn()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	page, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != drawn() {
		t.Errorf("docs/course.md does not draw the course; run: go test ./internal/application -run Drawn -rewrite")
	}
}

// ends is the states in which a case is over.
var ends = []application.State{application.Closed, application.Declined, application.Refused, application.Withdrawn}

func TestEveryOpenStateHasATurnAndEndedOnesHaveNone(t *testing.T) {
	t.Parallel()
	for _, g := range application.Course {
		if over := slices.Contains(ends, g.State); over == g.State.Open() || over == (len(g.Turn) > 0) || over && g.Limit != "" {
			t.Errorf("%s: over %v, open %v, turn %v, limit %q", g.State, over, g.State.Open(), g.Turn, g.Limit)
		}
		if r, ok := policy.Of(g.Limit); g.Limit != "" && (!ok || r.Kind != policy.Count) {
			t.Errorf("%s: the limit %s is no count of policy", g.State, g.Limit)
		}
	}
}

func TestWhoeverHasTheTurnMayTakeAStep(t *testing.T) {
	t.Parallel()
	for _, g := range application.Course {
		for _, role := range g.Turn {
			if !slices.ContainsFunc(g.Steps, func(s application.Step) bool { return access.Actor{Role: role}.Can(s.Act) }) && role != access.Hospital {
				t.Errorf("%s: it is the turn of %s, who may do none of its steps", g.State, role)
			}
		}
		for _, s := range g.Steps {
			if len(access.Allowed(s.Act)) == 0 && !access.Program().Can(s.Act) {
				t.Errorf("%s: nobody may %s", g.State, s.Act)
			}
		}
	}
}

// reach is every state that can follow from a state, itself included.
func reach(from application.State) map[application.State]bool {
	seen := map[application.State]bool{}
	for todo := []application.State{from}; len(todo) > 0; todo = todo[1:] {
		if seen[todo[0]] {
			continue
		}
		seen[todo[0]] = true
		for _, s := range todo[0].Stage().Steps {
			todo = append(todo, s.To...)
		}
	}
	return seen
}

func TestEveryStateIsReachedAndLeadsToAnEnd(t *testing.T) {
	t.Parallel()
	all := reach(application.Draft)
	for _, g := range application.Course {
		if !all[g.State] {
			t.Errorf("nothing leads to %s", g.State)
		}
		if !slices.ContainsFunc(ends, func(s application.State) bool { return reach(g.State)[s] }) {
			t.Errorf("nothing leads from %s to an end", g.State)
		}
		for _, s := range g.Steps {
			for _, to := range s.To {
				if !to.Valid() {
					t.Errorf("%s leads from %s to %s, which is no state", s.Act, g.State, to)
				}
			}
		}
	}
}
