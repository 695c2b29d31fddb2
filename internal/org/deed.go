package org

import (
	"time"

	"hefa/internal/region"
)

// DeedKind is which signed paper of an institution or a doctor was scanned.
type DeedKind string

// The papers that are scanned.
const (
	AgreementDeed   DeedKind = "agreement"   // 评残协议书
	DesignationDeed DeedKind = "designation" // the province's document that names the hospital
	SpecimenDeed    DeedKind = "specimen"    // how a doctor signs, to compare signatures on paper with
)

// Word is the key of k's name in the catalogue.
func (k DeedKind) Word() string { return "deed.kind." + string(k) }

// Paper says whose paper is meant: the id of an agreement, of a hospital, or of a doctor.
type Paper struct {
	Kind  DeedKind
	Owner string
}

// Deed is one scan of a paper; of several the one with the highest number counts.
type Deed struct {
	Paper
	Region region.Code // of the agreement or the hospital
	No     int         // from 1
	Type   string      // the real content type
	Size   int64       // bytes
	Pages  int         // 0 when nobody counted
	Hash   string
	Author string
	At     time.Time
}
