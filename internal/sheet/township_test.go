package sheet

import (
	"bytes"
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/roster"
)

// readFile reads a list as the desk does.
func readFile(t testing.TB, kind roster.Kind, file []byte) (roster.Result, []roster.Entry) {
	t.Helper()
	result, entries, err := read(kind, file)
	if err != nil {
		t.Fatal(err)
	}
	return result, entries
}

func read(kind roster.Kind, file []byte) (roster.Result, []roster.Entry, error) {
	book, err := Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return roster.Result{}, nil, err
	}
	list, _, err := book.List(kind, nil)
	if err != nil {
		return roster.Result{}, nil, err
	}
	var entries []roster.Entry
	result, err := roster.Read(kind, "533103105", list.Rows(), func(e roster.Entry) error {
		entries = append(entries, e)
		return nil
	})
	return result, entries, err
}

// defects is what a report found, by row.
func defects(r roster.Report) map[int]string {
	out := map[int]string{}
	for _, d := range r.Rejected {
		out[d.Row] = string(d.Reason)
	}
	for _, d := range r.Duplicates {
		out[d.Row] = "duplicate of " + strconv.Itoa(d.SameAs)
	}
	return out
}

// truth reads the file that stands beside a list.
func truth(t testing.TB, file string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = '\t'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"seq", "name", "sex", "number", "defect"}
	if len(lines[0]) == 8 {
		names = []string{"seq", "name", "sex", "number", "category", "level", "expiry", "defect"}
	}
	var out []map[string]string
	for _, line := range lines {
		row := map[string]string{}
		for i, name := range names {
			row[name] = line[i]
		}
		out = append(out, row)
	}
	return out
}

func TestBothListsOfTheTownshipComeOutAsTheirTruthSays(t *testing.T) {
	t.Parallel()
	for _, kind := range []roster.Kind{roster.Expired, roster.Suspected} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			file, err := os.ReadFile("testdata/533103105-" + string(kind) + ".xlsx")
			if err != nil {
				t.Fatal(err)
			}
			result, entries := readFile(t, kind, file)
			lines := truth(t, "testdata/533103105-"+string(kind)+".truth.tsv")
			want := map[int]string{}
			good := map[int]map[string]string{}
			for i, l := range lines {
				switch row := i + 4; l["defect"] {
				case "":
					good[row] = l
				case "duplicate":
					want[row] = "duplicate of 7"
				default:
					want[row] = l["defect"]
				}
			}
			if diff := cmp.Diff(want, defects(result.Report)); diff != "" {
				t.Errorf("defects (-planted +found):\n%s", diff)
			}
			r := result.Report
			if r.HeaderRow != 3 || r.Rows != len(lines) || r.Good != len(good) || len(entries) != len(good) {
				t.Errorf("header row %d, %d rows, %d good, %d entries; want 3, %d, %d", r.HeaderRow, r.Rows, r.Good, len(entries), len(lines), len(good))
			}
			for _, e := range entries {
				compare(t, kind, e, good[e.Row])
			}
		})
	}
}

func compare(t *testing.T, kind roster.Kind, e roster.Entry, want map[string]string) {
	t.Helper()
	sex := map[person.Sex]string{person.Male: "男", person.Female: "女"}[e.Sex]
	got := map[string]string{"seq": strconv.Itoa(e.Row - 3), "name": e.Name, "sex": sex, "number": string(e.Number), "defect": ""}
	if kind == roster.Expired {
		got["number"] = strings.Split(string(e.Certificate), "B")[0]
		want["number"] = strings.Split(want["number"], "B")[0]
		got["category"], got["level"], got["expiry"] = string(e.Category), string(e.Level), string(e.Expires)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("row %d (-truth +read):\n%s", e.Row, diff)
	}
	if e.Village == "" || !strings.HasSuffix(e.Village, "委员会") {
		t.Errorf("row %d: village %q", e.Row, e.Village)
	}
	if e.Expires != "" && e.Expires < day.Day("2020-01-01") {
		t.Errorf("row %d: expires %s", e.Row, e.Expires)
	}
}
