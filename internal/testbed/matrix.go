package testbed

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/region"
)

// Matrix is how a door answers: by address and post, by standing, in a letter.
type Matrix map[string]map[Standing]byte

// Letter is how a door answers: y opens, n is not for the post, . is none there, r is refused for another reason; 0 when it fails.
func Letter(status int) byte {
	switch {
	case status == http.StatusForbidden:
		return 'n'
	case status == http.StatusNotFound:
		return '.'
	case status < 400:
		return 'y'
	case status < 500:
		return 'r'
	}
	return 0
}

// Set notes how an address answers.
func (m Matrix) Set(address string, role access.Role, s Standing, letter byte) {
	key := address + " " + string(role)
	if m[key] == nil {
		m[key] = map[Standing]byte{}
	}
	m[key][s] = letter
}

// At is how an address answers, - where the post has no such area.
func (m Matrix) At(address string, role access.Role, s Standing) byte {
	if letter, ok := m[address+" "+string(role)][s]; ok {
		return letter
	}
	return '-'
}

// Table is a line an address and a column a post, in each cell a letter a standing, - where the post has no such area.
func (m Matrix) Table(addresses []string, posts []access.Role) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# y opens, n is not for the post, . is none there, r refused; the letters of a cell: %v\naddress", Standings)
	for _, role := range posts {
		b.WriteString("\t" + string(role))
	}
	b.WriteString("\n")
	for _, address := range addresses {
		b.WriteString(address)
		for _, role := range posts {
			b.WriteString("\t")
			for _, standing := range Standings {
				b.WriteByte(m.At(address, role, standing))
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// ReadMatrix is a table that was kept.
func ReadMatrix(t testing.TB, file string) Matrix {
	t.Helper()
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	m := Matrix{}
	var posts []string
	for line := range strings.Lines(string(kept)) {
		switch fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); {
		case fields[0] == "address":
			posts = fields[1:]
		case len(fields) == len(posts)+1:
			for i, role := range posts {
				for j, standing := range Standings {
					m.Set(fields[0], access.Role(role), standing, fields[i+1][j])
				}
			}
		}
	}
	return m
}

// Kept fails unless the table is the one that was kept, and keeps it first when anew.
func (m Matrix) Kept(t testing.TB, file string, anew bool, addresses []string, posts []access.Role) {
	t.Helper()
	got := m.Table(addresses, posts)
	if anew {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) == got {
		return
	}
	all := strings.Split(string(kept), "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(all) || all[i] != line {
			t.Logf("line %d: %s", i+1, line)
		}
	}
	t.Errorf("%s is not what is answered; run the test with -matrix and look at the difference", file)
}

// hangsOut is addresses of a record that those below where it lies read too, by what follows the door's own beginning: a list that hangs in the villages, a session to
// which villages are called (each sees its own people there), and the province's document about a hospital of the county.
var hangsOut = []string{"/notices/", "/sessions/", "/orgs/{id}/scans/", "/hospitals/{id}/scans"}

// Hides says whether an address of a record that lies at home must not open to an account that answers for from.
func Hides(from region.Code, address string, home region.Code) bool {
	if from.Contains(home) {
		return false
	}
	for _, begins := range hangsOut {
		if strings.HasPrefix(strings.TrimPrefix(address, "/api/v1"), begins) {
			return !home.Contains(from)
		}
	}
	return true
}
