// Command holidays writes the statutory holidays and make-up days that package day embeds.
//
// Run it from the root of the repository: go run ./tools/data/holidays. A new year's days come with a newer version of the package: raise
// the version, its digest and last here, run it, and run the tests of package day.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"slices"
	"strings"

	"hefa/tools/data/npm"
)

var source = npm.Package{
	Name: "chinese-days", Version: "1.5.7",
	SHA256: "87fac6624b9f58084c0c05dac7cac86711beef2c05a86284bff880e4fe92f6c0",
}

// first and last are the years taken over: the certificate rules of 2017 are in force since 2018.
const (
	first = "2018"
	last  = "2026"
)

const target = "internal/day/data/holidays.txt"

func main() {
	log.SetFlags(0)
	files, err := source.Files("dist/chinese-days.json")
	if err != nil {
		log.Fatal(err)
	}
	text, err := list(files["dist/chinese-days.json"])
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(target, text, 0o644); err != nil {
		log.Fatal(err)
	}
}

// list turns the package's JSON (day → "English name,Chinese name,days of the feast") into one sorted line a day. Its third table, the days
// in lieu, is left out: each of them is among the holidays already.
func list(days []byte) ([]byte, error) {
	var tables struct{ Holidays, Workdays map[string]string }
	if err := json.Unmarshal(days, &tables); err != nil {
		return nil, fmt.Errorf("read the days: %w", err)
	}
	lines := map[string]string{}
	for word, table := range map[string]map[string]string{"off": tables.Holidays, "work": tables.Workdays} {
		for d, text := range table {
			if d[:4] < first || d[:4] > last {
				continue
			}
			parts := strings.Split(text, ",")
			if len(parts) != 3 {
				return nil, fmt.Errorf("day %s: %q has not three parts", d, text)
			}
			if lines[d] != "" {
				return nil, fmt.Errorf("day %s is both a holiday and made up for", d)
			}
			lines[d] = word + " " + parts[1]
		}
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "# %s %s, MIT licence; written by go run ./tools/data/holidays\n", source.Name, source.Version)
	for _, d := range slices.Sorted(maps.Keys(lines)) {
		fmt.Fprintf(&out, "%s %s\n", d, lines[d])
	}
	return out.Bytes(), nil
}
