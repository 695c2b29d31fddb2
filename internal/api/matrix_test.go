package api_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"hefa/internal/access"
	"hefa/internal/office"
	"hefa/internal/region"
	"hefa/internal/testbed"
)

var writeMatrix = flag.Bool("matrix", false, "write testdata/matrix.tsv anew from what the operations answer")

// shape is what the description says of a value.
type shape struct {
	Ref        string           `json:"$ref"`
	Type       json.RawMessage  `json:"type"`
	Format     string           `json:"format"`
	AnyOf      []shape          `json:"anyOf"`
	Encoding   string           `json:"contentEncoding"`
	Enum       []any            `json:"enum"`
	Items      *shape           `json:"items"`
	MinItems   int              `json:"minItems"`
	Required   []string         `json:"required"`
	Properties map[string]shape `json:"properties"`
}

// description is the part of the API's description that tells how each operation is called.
type description struct {
	Paths map[string]map[string]struct {
		RequestBody struct {
			Content map[string]struct {
				Schema shape `json:"schema"`
			} `json:"content"`
		} `json:"requestBody"`
	} `json:"paths"`
	Components struct {
		Schemas map[string]shape `json:"schemas"`
	} `json:"components"`
}

// sample is a value of the shape with all that it must have, so that the call reaches the desk.
func (d description) sample(s shape) any {
	if s.Ref != "" {
		return d.sample(d.Components.Schemas[s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]])
	}
	if len(s.AnyOf) > 0 {
		return d.sample(s.AnyOf[0])
	}
	if len(s.Enum) > 0 {
		return s.Enum[0]
	}
	switch kind := string(s.Type); {
	case strings.Contains(kind, "object"):
		out := map[string]any{}
		for _, name := range s.Required {
			out[name] = d.sample(s.Properties[name])
		}
		return out
	case strings.Contains(kind, "array"):
		out := []any{}
		for range s.MinItems {
			out = append(out, d.sample(*s.Items))
		}
		return out
	case strings.Contains(kind, "integer"), strings.Contains(kind, "number"):
		return 1
	case strings.Contains(kind, "boolean"):
		return true
	case s.Encoding == "base64":
		return "5rWL6K+V"
	case s.Format == "date-time":
		return "2020-04-01T01:00:00Z"
	case s.Format == "date":
		return "2020-04-01"
	}
	return "测试理由"
}

const matrixFile = "testdata/matrix.tsv"

// named is the record of which a path speaks, by what it begins with, and inner what is within it, by its gap.
var (
	named = map[string]string{"agreements": "agreement", "applications": "sent", "appraisals": "appraisal", "batches": "batch", "bundles": "bundle", "certificates": "held",
		"disclosures": "disclosure", "doctors": "doctor", "dossiers": "person", "hospitals": "org", "lapses": "lapse", "messages": "message", "people": "person", "piles": "pile",
		"printers": "printer", "reassessments": "reassessment", "recalls": "destruction", "referrals": "referral", "reminders": "reminder", "sessions": "session",
		"statements": "statement", "transfers": "transfer"}
	inner = map[string]string{"{appeal}": "appeal", "{item}": "no", "{letter}": "letter", "{mark}": "mark", "{named}": "person", "{no}": "no", "{paper}": "item", "{piece}": "piece"}
)

// operation is one operation of the API, as the description lists it.
type operation struct {
	method, path string
	body         string
	home         region.Code // where the record in its path lies; "" without one
	at           string      // its path with the test's records in it
}

func (op operation) address() string { return op.method + " " + op.path }

var gaps = regexp.MustCompile(`\{\w+\}`)

// operations is every operation with what it needs to reach the desk, sorted.
func operations(t *testing.T, p *program, ids map[string]string) []operation {
	t.Helper()
	var told description
	if err := json.Unmarshal([]byte(p.must(200, access.Clerk, "GET", "/api/openapi.json", "").text), &told); err != nil {
		t.Fatal(err)
	}
	var out []operation
	for path, methods := range told.Paths {
		for method, of := range methods {
			if !slices.Contains([]string{"get", "post", "put", "patch", "delete"}, method) {
				continue
			}
			op := operation{method: strings.ToUpper(method), path: path, at: path}
			for _, c := range of.RequestBody.Content {
				b, err := json.Marshal(told.sample(c.Schema))
				if err != nil {
					t.Fatal(err)
				}
				op.body = string(b)
			}
			if strings.Contains(path, "{") && path != "/api/v1/forms/{form}" {
				of := named[strings.Split(path, "/")[3]]
				n := 0
				op.at = gaps.ReplaceAllStringFunc(path, func(gap string) string {
					if n++; n > 1 {
						return strings.TrimSuffix(ids[inner[gap]], ".pdf")
					}
					return ids[of]
				})
				if op.home = testbed.Home(of); of == "" || strings.HasSuffix(op.at, "/") || strings.Contains(op.at, "//") {
					t.Errorf("%s has no record to be asked with", op.address())
				}
			}
			out = append(out, op)
		}
	}
	slices.SortFunc(out, func(a, b operation) int { return cmp.Compare(a.path+a.method, b.path+b.method) })
	return out
}

// seat is somebody with a token: a post, and how its area lies to the records.
type seat struct {
	by       access.Actor
	standing testbed.Standing
	token    string
}

// seats is somebody of every post that can have a token, in every standing.
func seats(t *testing.T, p *program) (out []seat) {
	t.Helper()
	for _, role := range tokened() {
		for _, standing := range testbed.Standings {
			by, ok := p.office.Standing(t, role, standing)
			if !ok {
				continue
			}
			token, err := p.desks.Office.CreateToken(t.Context(), access.Program(), office.TokenOrder{Login: by.Account, Name: "test", Days: 90})
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, seat{by, standing, token})
		}
	}
	return out
}

// tokened is the posts that can have a token.
func tokened() []access.Role {
	return slices.DeleteFunc(slices.Clone(access.Roles), access.Role.Admin)
}

// ask calls an operation for somebody and says how it answers; nothing is answered, or done, about what lies outside the asker's area.
func (p *program) ask(op operation, by seat, query string) byte {
	a := p.call("", op.method, op.at+query, op.body, "Authorization", "Bearer "+by.token)
	letter, where := testbed.Letter(a.status), by.by.Region
	hidden := op.home != "" && testbed.Hides(where, op.path, op.home)
	switch {
	case letter == 0, hidden && letter != 'n' && letter != '.':
		p.t.Errorf("%s%s as %s of %s: %d %.300s", op.address(), query, by.by.Role, where, a.status, a.text)
	case letter == 'y' && !where.Contains(testbed.Village):
		for _, mark := range []string{"测试人", "53319919"} {
			if i := strings.Index(a.text, mark); i >= 0 {
				p.t.Errorf("%s%s betrays %s to %s of %s: %s", op.address(), query, mark, by.by.Role, where, a.text[max(0, i-200):min(len(a.text), i+200)])
			}
		}
	}
	return letter
}

// TestTheScopeMatrix asks every reading operation of the API, as its description lists them, as every post from every standing. What they answer stands in
// testdata/matrix.tsv, so that a new operation or another answer is looked at by whoever writes it down; whatever stands there, none answers about what lies
// outside the asker's area. Then 32 people ask at random at the same time, and every operation that changes a record is called by everybody whose area does not
// hold it. After a change run go test ./internal/api -run ScopeMatrix -matrix and read the difference.
func TestTheScopeMatrix(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		all, people := operations(t, p, o.Records(t)), seats(t, p)
		reading := slices.DeleteFunc(slices.Clone(all), func(op operation) bool { return op.method != http.MethodGet })
		m := testbed.Matrix{}
		var addresses []string
		for _, op := range reading {
			addresses = append(addresses, op.address())
			for _, by := range people {
				letter := p.ask(op, by, "")
				m.Set(op.address(), by.by.Role, by.standing, letter)
				if letter == 'y' && op.home == "" && !by.by.Region.Contains(testbed.Township) {
					p.ask(op, by, "?region="+string(testbed.Township))
				}
			}
		}
		m.Kept(t, matrixFile, *writeMatrix, addresses, tokened())
		var asking sync.WaitGroup
		rand.New(rand.NewPCG(32, 1)).Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
		for n, by := range people[:32] {
			asking.Go(func() {
				dice := rand.New(rand.NewPCG(32, uint64(n)))
				for range 60 {
					op := reading[dice.IntN(len(reading))]
					if got, want := p.ask(op, by, ""), m.At(op.address(), by.by.Role, by.standing); got != want {
						t.Errorf("%s as %s of %s among others: %q, alone %q", op.address(), by.by.Role, by.by.Region, got, want)
					}
				}
			})
		}
		asking.Wait()
		called := 0
		for _, op := range all {
			for _, by := range people {
				if op.method != http.MethodGet && op.home != "" && testbed.Hides(by.by.Region, op.path, op.home) {
					called++
					p.ask(op, by, "")
				}
			}
		}
		if len(reading) < 30 || called < 500 {
			t.Errorf("only %d operations were asked and %d called", len(reading), called)
		}
	})
}
