// Command regions writes the file of all the country's places that package region embeds.
//
// Run it from the root of the repository: go run ./tools/data/regions. It asks npm for the package named below, checks the archive's digest,
// adds the local places and refuses to write when a place lies in nothing, a name is empty or a code occurs twice. A newer edition: raise the
// version and the digest, run it, and run the tests of package region, which hold the counts.
//
// The source has a parent for every place already. What looks like a gap is filled there by entries of the statistical office: municipalities
// have 1101 市辖区 (Chongqing also 5002 县), places under a province directly have 4190, 4290, 4690 and 6590 (省直辖县级行政区划), and the
// cities without counties have one of their own name: 441900 东莞市, 442000 中山市, 460400 儋州市, 620201 嘉峪关市. Hong Kong, Macao and Taiwan
// are not in it.
package main

import (
	"log"
	"os"

	"hefa/internal/region"
	"hefa/tools/data/npm"
)

var source = npm.Package{
	Name: "china-division", Version: "2.7.0",
	SHA256: "210ad17ed5de7355ff069eabec71671f7d43c39295effcb013214815ed3ecc85",
}

// edition is what the file says of its source: the package, its digest, and the day whose places the statistical office's edition shows.
var edition = source.Name + " " + source.Version + " sha256:" + source.SHA256 + " 2023-06-30"

const target = "internal/region/data/places.bin"

// tables are the package's files, provinces first.
var tables = []string{"dist/provinces.csv", "dist/cities.csv", "dist/areas.csv", "dist/streets.csv", "dist/villages.csv"}

// local are the units that documents address and that have no official code. Document N is addressed to the federations of two work zones of
// Nanyang; GB/T 2260 gives county-level cities the digits 81 to 99 and development zones have 71 to 79 in statistics. No prefecture has
// used more than 88 so far, so 98 and 99 stay clear of what either may give out next. The zones' townships keep their official codes in the
// counties that they belong to in statistics (411302102 官庄镇, 411321103 皇路店镇).
var local = []region.Region{
	{Code: "411398", Name: "官庄工区", Local: true},
	{Code: "411399", Name: "鸭河工区", Local: true},
}

func main() {
	log.SetFlags(0)
	files, err := source.Files(tables...)
	if err != nil {
		log.Fatal(err)
	}
	places := local
	for _, name := range tables {
		table, err := read(files[name])
		if err != nil {
			log.Fatalf("read %s: %v", name, err)
		}
		places = append(places, table...)
	}
	file, err := bind(edition, places)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(target, file, 0o644); err != nil {
		log.Fatal(err)
	}
	log.Printf("%s: %d places, %d bytes", target, len(places), len(file))
}
