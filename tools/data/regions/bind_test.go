package main

import (
	"fmt"
	"strings"
	"testing"

	"hefa/internal/region"
)

func TestLinesShortenWhatFollows(t *testing.T) {
	t.Parallel()
	got := string(lines([]region.Region{
		{Code: "41", Name: "河南省"}, {Code: "4113", Name: "南阳市"}, {Code: "411302", Name: "宛城区"}, {Code: "411303", Name: "卧龙区"},
		{Code: "411303001", Name: "甲街道"}, {Code: "411303001009", Name: "一村"}, {Code: "411303001010", Name: "二村"},
		{Code: "411303002", Name: "乙街道"}, {Code: "411303002011", Name: "三村"}, {Code: "411399", Name: "鸭河工区", Local: true},
	}))
	if want := "141河南省\n213南阳市\n302宛城区\n+卧龙区\n4001甲街道\n5009一村\n+二村\n4002乙街道\n5011三村\n!399鸭河工区\n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestReadRefusesOtherTables(t *testing.T) {
	t.Parallel()
	got, err := read([]byte("code,name,provinceCode\n1101,\"市辖区\",11\n"))
	if err != nil || len(got) != 1 || got[0] != (region.Region{Code: "1101", Name: "市辖区"}) {
		t.Errorf("%v, %v", got, err)
	}
	for _, table := range []string{"", "name,code\n市辖区,1101\n", "code,name\n1101\n"} {
		if got, err := read([]byte(table)); err == nil {
			t.Errorf("%q was taken as %v", table, got)
		}
	}
}

func TestBindRefusesWhatTheFileCannotHold(t *testing.T) {
	t.Parallel()
	beijing := region.Region{Code: "11", Name: "北京市"}
	for name, places := range map[string][]region.Region{
		"lies in nothing": {beijing, {Code: "110101", Name: "东城区"}},
		"twice":           {beijing, beijing},
		"no name":         {{Code: "11"}},
		"blanks":          {{Code: "11", Name: "北京市 "}},
		"two lines":       {{Code: "11", Name: "北京\n市"}},
		"not a code":      {beijing, {Code: "1x01", Name: "市辖区"}},
		"no code":         {{Name: "中国"}},
	} {
		if _, err := bind("made up", places); err == nil {
			t.Errorf("%s: bound", name)
		}
	}
}

// What is committed comes from the source and the local units named here, and was written by this code: the places, bound again, have the
// same head but for the lengths of the blocks, which may change with the version of Go.
func TestTheBoundFileIsFresh(t *testing.T) {
	t.Parallel()
	want, err := region.Bound()
	if err != nil {
		t.Fatal(err)
	}
	if want.Source != edition {
		t.Errorf("the bound file comes from %q, the generator takes %q: run go run ./tools/data/regions", want.Source, edition)
	}
	var places, added []region.Region
	for p, err := range region.All() {
		if err != nil {
			t.Fatal(err)
		}
		if p.Local {
			added = append(added, p)
		}
		places = append(places, p)
	}
	if fmt.Sprint(added) != fmt.Sprint(local) {
		t.Errorf("local units %v, want %v", added, local)
	}
	file, err := bind(edition, places)
	if err != nil {
		t.Fatal(err)
	}
	head := fmt.Sprintf("places 1\nsource %s\ndigest %s\ncounts 31 342 2980 41352 620573\nblock 1101 0 ", want.Source, want.Digest)
	if !strings.HasPrefix(string(file), head) {
		t.Errorf("bound again, the head is\n%.300q\nwant\n%q", file, head)
	}
}
