package region

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// bind packs text as the one block of a file.
func bind(t testing.TB, prefecture, text string) string {
	t.Helper()
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("places 1\nsource made up\nblock %s 0 %d\n\n%s", prefecture, packed.Len(), packed.String())
}

func load(file string) ([]Region, error) {
	b, err := open(file)
	if err != nil {
		return nil, err
	}
	var out []Region
	b.within("", func(r Region, e error) bool {
		if err = e; e == nil {
			out = append(out, r)
		}
		return true
	})
	return out, err
}

func TestReadUndoesTheShorthand(t *testing.T) {
	t.Parallel()
	got, err := load(bind(t, "4113", "141河南省\n213南阳市\n302宛城区\n+卧龙区\n4001甲街道\n5009一村\n+二村\n+3号院\n4100乙镇\n!399鸭河工区\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Region{
		{Code: "41", Name: "河南省"}, {Code: "4113", Name: "南阳市"}, {Code: "411302", Name: "宛城区"}, {Code: "411303", Name: "卧龙区"},
		{Code: "411303001", Name: "甲街道"}, {Code: "411303001009", Name: "一村"}, {Code: "411303001010", Name: "二村"},
		{Code: "411303001011", Name: "3号院"}, {Code: "411303100", Name: "乙镇"}, {Code: "411399", Name: "鸭河工区", Local: true},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestABrokenFileIsRefused(t *testing.T) {
	t.Parallel()
	whole := bind(t, "1101", "201市辖区\n301东城区\n")
	for name, file := range map[string]string{
		"empty":                "",
		"another kind of file": "PK\x03\x04\n\n",
		"no head's end":        "places 1\nsource x\n",
		"block beyond the end": "places 1\nblock 1101 0 9\n\nabc",
		"block before the end": "places 1\nblock 1101 -1 2\n\nabc",
		"sum beyond an int":    "places 1\nblock 1101 1 9223372036854775807\n\nabc",
		"block of no place":    "places 1\nblock 110 0 1\n\nabc",
		"counts cut":           "places 1\ncounts 31 342\n\n",
		"not compressed":       "places 1\nblock 1101 0 3\n\nabc",
		"packed text cut":      whole[:len(whole)-9] + "000000000",
		"no level":             bind(t, "1101", "东城区\n"),
		"no such level":        bind(t, "1101", "601东城区\n"),
		"level skipped":        bind(t, "1101", "201市辖区\n4001东华门街道\n"),
		"code cut":             bind(t, "1101", "20\n"),
		"code not digits":      bind(t, "1101", "2x1市辖区\n"),
		"no name":              bind(t, "1101", "201\n"),
		"out of order":         bind(t, "1101", "201市辖区\n302西城区\n301东城区\n"),
		"twice":                bind(t, "1101", "201市辖区\n301东城区\n301东城区\n"),
		"no code left":         bind(t, "1101", "201市辖区\n399东城区\n+西城区\n"),
	} {
		if got, err := load(file); err == nil {
			t.Errorf("%s: taken as %v", name, got)
		}
	}
}

// The digest in the head is that of the text in the blocks: a block that was changed, lost or put elsewhere shows.
func TestTheDigestIsThatOfThePlaces(t *testing.T) {
	t.Parallel()
	b, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	for _, part := range b.blocks {
		text, err := part.text()
		if err != nil {
			t.Fatal(part.prefecture, err)
		}
		sum.Write([]byte(text))
	}
	if got := fmt.Sprintf("%x", sum.Sum(nil)); got != b.Digest {
		t.Errorf("digest %s, the head says %s", got, b.Digest)
	}
	if len(b.blocks) != b.Counts[Prefecture] {
		t.Errorf("%d blocks for %d prefectures", len(b.blocks), b.Counts[Prefecture])
	}
}

// Whatever a block's text is, what is read has valid, rising codes.
func FuzzRead(f *testing.F) {
	f.Add("141河南省\n213南阳市\n302宛城区\n+卧龙区\n4001甲街道\n5009一村\n!+二村\n")
	f.Add("+\n!\n5")
	f.Fuzz(func(t *testing.T, text string) {
		r := reader{code: []byte("41"), level: Province}
		var last Code
		for line := range strings.SplitSeq(text, "\n") {
			place, err := r.read(line)
			if err != nil {
				return
			}
			if !place.Code.Valid() || place.Code <= last || place.Name == "" {
				t.Fatalf("%v after %s", place, last)
			}
			last = place.Code
		}
	})
}
