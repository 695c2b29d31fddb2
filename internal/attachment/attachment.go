// Package attachment is a file that belongs to a case: a scan or the photo.
package attachment

import (
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/region"
)

// ID names an attachment.
type ID string

// Attachment is one file of one case; Paper is a word of policy.Papers.
type Attachment struct {
	ID          ID
	Region      region.Code
	Application string
	Paper       string
	Name        string // as the sender called it
	Type        string // the real content type
	Size        int64  // bytes
	Hash        string // SHA-256 of the content, its name in the store of files
	Original    string // the hash of the photo as it was sent, when this one was cut from it
	Small       string // the hash of the small picture of a photo, for pages; "" until there is one
	Flaws       []Flaw // what is doubtful about a photo
	Pages       int    // 0 when nobody counted
	Source      string // which paper of its case, where the program itself wrote it (archive.Sources)
	Destroyed   string // number of the appraisal with which its content was destroyed
	Version     int
}

// County is the tenant that answers for the attachment.
func (a Attachment) County() region.Code { return a.Region.County() }

// Types is what may be sent: by content type, whether it can be a photo.
var Types = map[string]bool{"image/jpeg": true, "image/png": true, "application/pdf": false}

// Evidence is the word for what a remote assessment rests on; it is no paper of a checklist, and only it may be a video.
const Evidence = "evidence"

// Made is the word for what the program itself wrote and kept; it is no paper of a checklist.
const Made = "made"

// Carried is the word for a scan of a person's file that came with their certificate from another county; it is no paper of a checklist.
const Carried = "carried"

// Fixed says whether nobody takes the file off its case: the program answers for what it wrote, and another county for what came from there.
func (a Attachment) Fixed() bool { return a.Paper == Made || a.Paper == Carried }

// SmallSide is the longer side of the small picture of a photo, in pixels: twice what pages show, for sharp screens.
const SmallSide = 490

// Moving says whether a content of the type is a video.
func Moving(kind string) bool { return kind == MP4 || kind == WebM }

// Check refuses a file of the wrong kind or size.
func (a Attachment) Check(rules policy.Set) error {
	var p fault.Problems
	photo, known := Types[a.Type]
	known = known || a.Paper == Evidence && Moving(a.Type)
	limit := a.Limit(rules)
	switch {
	case a.Size == 0:
		p.Add("file", "attachment.empty")
	case !known && a.Paper == Evidence:
		p.Add("file", "evidence.type")
	case !known:
		p.Add("file", "attachment.type")
	case a.Paper == "photo" && !photo:
		p.Add("file", "attachment.photo.type")
	case a.Size > limit:
		p.Add("file", "attachment.size", limit>>10)
	}
	return p.Fault()
}

// Limit is the most bytes that a file for the paper may have.
func (a Attachment) Limit(rules policy.Set) int64 {
	switch {
	case a.Paper == "photo":
		return int64(rules.Count(policy.PhotoKilobytes)) << 10
	case a.Paper == Evidence && Moving(a.Type):
		return int64(rules.Count(policy.VideoMegabytes)) << 20
	}
	return int64(rules.Count(policy.ScanMegabytes)) << 20
}
