package main

import (
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hefa/internal/region"
)

// read takes code and name from a table; the further columns repeat what the code says.
func read(table []byte) ([]region.Region, error) {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || len(rows[0]) < 2 || rows[0][0] != "code" || rows[0][1] != "name" {
		return nil, fmt.Errorf("the columns are not code and name")
	}
	places := make([]region.Region, 0, len(rows))
	for _, row := range rows[1:] {
		places = append(places, region.Region{Code: region.Code(row[0]), Name: row[1]})
	}
	return places, nil
}

// bind makes the file that package region describes; equal places give equal bytes with the same version of Go.
func bind(source string, places []region.Region) ([]byte, error) {
	slices.SortFunc(places, func(a, b region.Region) int { return cmp.Compare(a.Code, b.Code) })
	if err := check(places); err != nil {
		return nil, err
	}
	var counts [region.Village + 1]int
	for _, p := range places {
		counts[p.Code.Level()]++
	}
	var index, body bytes.Buffer
	digest := sha256.New()
	for _, block := range split(places) {
		text := lines(block)
		digest.Write(text)
		from := body.Len()
		if err := pack(&body, text); err != nil {
			return nil, err
		}
		prefecture := block[len(block)-1].Code.Prefecture()
		fmt.Fprintf(&index, "block %s %d %d\n", prefecture, from, body.Len()-from)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "places 1\nsource %s\ndigest %x\ncounts %s\n", source, digest.Sum(nil), strings.Trim(fmt.Sprint(counts[region.Province:]), "[]"))
	out.Write(index.Bytes())
	out.WriteByte('\n')
	out.Write(body.Bytes())
	return out.Bytes(), nil
}

// check refuses sorted places that the format cannot hold.
func check(places []region.Region) error {
	known := map[region.Code]bool{"": true}
	for _, p := range places {
		switch {
		case !p.Code.Valid() || p.Code == "":
			return fmt.Errorf("%q (%s) is not a code", p.Code, p.Name)
		case known[p.Code]:
			return fmt.Errorf("%s occurs twice", p.Code)
		case !known[p.Code.Parent()]:
			return fmt.Errorf("%s %s lies in nothing", p.Code, p.Name)
		case strings.TrimSpace(p.Name) != p.Name || p.Name == "" || strings.Contains(p.Name, "\n"):
			return fmt.Errorf("%s has the name %q", p.Code, p.Name)
		}
		known[p.Code] = true
	}
	return nil
}

// split cuts sorted places before each prefecture, but keeps a province with its first.
func split(places []region.Region) [][]region.Region {
	var blocks [][]region.Region
	from := 0
	for i, p := range places {
		begins := p.Code.Level() == region.Province || p.Code.Level() == region.Prefecture && places[i-1].Code.Level() != region.Province
		if begins && i > from {
			blocks = append(blocks, places[from:i])
			from = i
		}
	}
	return append(blocks, places[from:])
}

func lines(places []region.Region) []byte {
	var out bytes.Buffer
	var last region.Code
	for _, p := range places {
		if p.Local {
			out.WriteByte('!')
		}
		if follows(p.Code, last) {
			out.WriteByte('+')
		} else {
			out.WriteString(strconv.Itoa(int(p.Code.Level())))
			out.WriteString(strings.TrimPrefix(string(p.Code), string(p.Code.Parent())))
		}
		out.WriteString(p.Name)
		out.WriteByte('\n')
		last = p.Code
	}
	return out.Bytes()
}

// follows says whether code is the next number after last, at its level and in the same parent.
func follows(code, last region.Code) bool {
	if code.Level() != last.Level() || code.Parent() != last.Parent() || last == "" {
		return false
	}
	a, _ := strconv.Atoi(string(last))
	b, _ := strconv.Atoi(string(code))
	return b == a+1
}

func pack(out *bytes.Buffer, text []byte) error {
	w, err := flate.NewWriter(out, flate.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(text); err != nil {
		return err
	}
	return w.Close()
}
