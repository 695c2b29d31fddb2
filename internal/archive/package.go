package archive

import (
	"encoding/json"
	"time"
)

// Package is what an evidence package says of itself: the case, who took it out and why, and every file in it by its hash. It lies in the package as
// PackageList, and its signature beside it as PackageSignature.
type Package struct {
	Format      string        `json:"format"` // PackageFormat
	Application string        `json:"application"`
	No          string        `json:"no"`
	County      string        `json:"county"`
	At          time.Time     `json:"at"`
	By          string        `json:"by"`
	Reason      string        `json:"reason"`
	Suite       string        `json:"suite"`  // of the hashes and of the signature
	Key         string        `json:"key"`    // id of the signing key
	Public      string        `json:"public"` // its public point, base64
	Files       []PackageFile `json:"files"`

	Proved  int `json:"-"` // lines of its course that were found in the county's log; set by whoever checked it
	Waiting int `json:"-"` // lines that were too fresh when it was taken
}

// PackageFile is one file of a package.
type PackageFile struct {
	Name string `json:"name"`
	Size int64  `json:"size"` // bytes
	Hash []byte `json:"hash"` // by the suite: SM3 or SHA-256
}

// The fixed names of a package.
const (
	PackageFormat    = "hefa package 1"
	PackageCase      = "case.json"  // the case with its course
	PackageProofs    = "audit.json" // the course's lines under a head of the county's log (ledger.Shown)
	PackageList      = "manifest.json"
	PackageSignature = "signature"
)

// Text is the list as it lies in the package.
func (p Package) Text() []byte {
	b, _ := json.MarshalIndent(p, "", "  ") // nothing in it can fail
	return b
}

// PackageMessage is what is signed of a list: its form and its text.
func PackageMessage(text []byte) []byte { return append([]byte(PackageFormat+"\n"), text...) }
