package internal_test

import "testing"

// lone is a tree of one file that imports one path.
func lone(name, pkg, imp string) map[string]string {
	return map[string]string{name: "package " + pkg + "\n\nimport _ \"" + imp + "\"\n"}
}

func TestClimbingIsCaught(t *testing.T) {
	t.Parallel()
	caught(t, climbs, []broken{
		{"a desk uses tools and nouns", lone("internal/casework/a.go", "casework", "hefa/internal/store"), ""},
		{"a noun uses an earlier noun", lone("internal/certificate/a.go", "certificate", "hefa/internal/person"), ""},
		{"an HTTP door uses gate", lone("internal/web/a.go", "web", "hefa/internal/gate"), ""},
		{"a program uses anything", lone("cmd/hefa/main.go", "main", "hefa/internal/store"), ""},
		{"a test uses testbed", lone("internal/casework/a_test.go", "casework_test", "hefa/internal/testbed"), ""},
		{"store speaks SQL", lone("internal/store/a.go", "store", "database/sql"), ""},
		{"a generator uses what generators share", lone("tools/regions/a.go", "main", "hefa/tools/npm"), ""},
		{"the bench's yardstick speaks SQL", lone("tools/bare/a.go", "main", "database/sql"), ""},
		{"the judge of statements asks the planner", lone("tools/statements/a.go", "main", "database/sql"), ""},
		{"testbed reaches up", lone("internal/testbed/a.go", "testbed", "hefa/internal/web"), ""},
		{"the demonstration uses a desk", lone("internal/demo/a.go", "demo", "hefa/internal/registry"), ""},

		{"ground uses a noun", lone("internal/day/a.go", "day", "hefa/internal/person"), "stairs lead only down"},
		{"ground uses ground", lone("internal/lang/a.go", "lang", "hefa/internal/day"), "rooms of one floor"},
		{"a noun uses a later noun", lone("internal/person/a.go", "person", "hefa/internal/certificate"), "earlier in the list"},
		{"a noun uses a tool", lone("internal/person/a.go", "person", "hefa/internal/store"), "stairs lead only down"},
		{"a tool uses a tool", lone("internal/paper/a.go", "paper", "hefa/internal/files"), "rooms of one floor"},
		{"a tool uses a desk", lone("internal/store/a.go", "store", "hefa/internal/casework"), "stairs lead only down"},
		{"a desk uses a desk", lone("internal/casework/a.go", "casework", "hefa/internal/registry"), "rooms of one floor"},
		{"a desk uses gate", lone("internal/casework/a.go", "casework", "hefa/internal/gate"), "speaks HTTP"},
		{"the clock uses look", lone("internal/worker/a.go", "worker", "hefa/internal/look"), "speaks HTTP"},
		{"a door uses a door", lone("internal/web/a.go", "web", "hefa/internal/portal"), "rooms of one floor"},
		{"a door uses store", lone("internal/web/a.go", "web", "hefa/internal/store"), "no door imports store"},
		{"a desk speaks SQL", lone("internal/casework/a.go", "casework", "database/sql"), "only store"},
		{"the bench speaks SQL", lone("tools/bench/a.go", "main", "database/sql"), "only store"},
		{"a program uses a driver", lone("cmd/hefa/main.go", "main", "github.com/jackc/pgx/v5/stdlib"), "only store"},
		{"a test speaks SQL", lone("internal/casework/a_test.go", "casework", "modernc.org/sqlite"), "only store"},
		{"a door uses a program", lone("internal/web/a.go", "web", "hefa/cmd/hefa"), "nothing imports a program"},
		{"a room uses a generator", lone("internal/region/a.go", "region", "hefa/tools/regions"), "nothing imports a program"},
		{"a program uses testbed", lone("cmd/hefa/main.go", "main", "hefa/internal/testbed"), "only tests"},
		{"a desk uses the demonstration", lone("internal/casework/a.go", "casework", "hefa/internal/demo"), "only programs and tests"},
		{"a program uses e2e", lone("cmd/hefa/main.go", "main", "hefa/e2e"), "only tests"},
		{"a room uses a stranger", lone("internal/web/a.go", "web", "hefa/internal/cache"), "not in the list"},
	})
}

func TestStrangeRoomsAreCaught(t *testing.T) {
	t.Parallel()
	caught(t, strangers, []broken{
		{"a room of the list", lone("internal/web/a.go", "web", "fmt"), ""},
		{"a folder of words inside a room", map[string]string{"internal/lang/zh-CN/a.sh": ""}, ""},
		{"a generator beside its room", map[string]string{"internal/region/make.go": "//go:build ignore\n\npackage main\n"}, ""},

		{"a generator", lone("tools/data/regions/main.go", "main", "fmt"), ""},
		{"what generators share", lone("tools/data/npm/a.go", "npm", "fmt"), ""},
		{"a generator with another name than its folder", lone("tools/regions/a.go", "pages", "fmt"), "may not stand here"},
		{"a room outside the list", lone("internal/cache/a.go", "cache", "fmt"), "internal/cache is not in the list"},
		{"a folder without Go outside the list", map[string]string{"internal/cache/a.sh": ""}, "internal/cache is not in the list"},
		{"a package inside a room", lone("internal/web/pages/a.go", "pages", "fmt"), "may not stand here"},
		{"a package with another name than its folder", lone("internal/web/a.go", "pages", "fmt"), "may not stand here"},
		{"a package at the root", lone("a.go", "hefa", "fmt"), "may not stand here"},
		{"a name that says nothing", lone("cmd/utils/main.go", "main", "fmt"), "says nothing"},
	})
}

func TestImpureNounsAreCaught(t *testing.T) {
	t.Parallel()
	noun := func(body string) map[string]string {
		return map[string]string{"internal/person/a.go": "package person\n\n" + body}
	}
	caught(t, impurities, []broken{
		{"a rule", noun("func Adult(age int) bool { return age >= 18 }"), ""},
		{"a tool may look at the clock", map[string]string{"internal/store/a.go": "package store\n\nvar now = time.Now"}, ""},
		{"context", noun(`import _ "context"`), "nouns are pure"},
		{"HTTP", noun(`import _ "net/http"`), "nouns are pure"},
		{"random numbers", noun(`import _ "math/rand/v2"`), "nouns are pure"},
		{"the clock", noun("func Now() int { return time.Now().Year() }"), "handed in"},
		{"a fresh id", noun("func Make() string { return id.New() }"), "handed in"},
	})
}
