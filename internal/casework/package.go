package casework

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/archive"
	"hefa/internal/attachment"
	"hefa/internal/day"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/ledger"
	"hefa/internal/paper"
	"hefa/internal/region"
	"hefa/internal/store"
)

// The letters that the reason for a package may have.
const (
	leastPackageReason = 4
	mostPackageReason  = application.TextMost
)

// packing is a package as it is put together.
type packing struct {
	zip   *zip.Writer
	list  archive.Package
	hash  func([]byte) []byte
	scans int // so far, for their names
}

// WritePackage writes a case as one ZIP for inspectors: what it is and its course as a PDF and as JSON, every scan as it was sent, every paper that the program wrote in it so far,
// the hash of each, and a signature over all of it that `hefa package verify` checks without the database. Who takes it out says why; that is audited before the first byte.
func (d *Desk) WritePackage(ctx context.Context, by access.Actor, id application.ID, reason string, w io.Writer) error {
	reason = strings.Join(strings.Fields(reason), " ")
	p := packing{zip: zip.NewWriter(w)}
	var f File
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.PackageTake, id)
		if err != nil {
			return err
		}
		var wrong fault.Problems
		if n := len([]rune(reason)); n < leastPackageReason {
			wrong.Add("reason", "package.reason.short", leastPackageReason)
		} else if n > mostPackageReason {
			wrong.Add("reason", "package.reason.long", mostPackageReason)
		}
		if len(wrong) > 0 {
			return wrong.Fault()
		}
		p.list = archive.Package{Format: archive.PackageFormat, Application: string(a.ID), No: a.No, County: string(a.County()), At: tx.Now(), By: by.Name, Reason: reason}
		p.hash = tx.Sum
		return tx.Note(access.PackageTake, store.Subject{Kind: "application", ID: string(a.ID), Region: a.Region, Note: reason})
	})
	if err != nil {
		return err
	}
	if err = d.KeepPapers(ctx, access.Program(), region.Code(p.list.County), id); err != nil { // a case that is not filed yet has not kept its own papers
		return err
	}
	if f, err = d.Application(ctx, by, id); err != nil {
		return err
	}
	if err := p.course(f); err != nil {
		return err
	}
	if err := d.prove(ctx, by, &p, f); err != nil {
		return err
	}
	for _, a := range f.Attachments {
		if a.Destroyed != "" {
			continue // its line in the audit says when and with which list
		}
		if err := d.pack(&p, a); err != nil {
			return err
		}
	}
	return d.seal(ctx, by, p)
}

// seal ends the package with its list and the signature over it.
func (d *Desk) seal(ctx context.Context, by access.Actor, p packing) error {
	var text, signature []byte
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		text, signature, err = tx.SignPackage(p.list)
		return err
	})
	if err != nil {
		return err
	}
	if err := p.put(archive.PackageList, text); err != nil {
		return err
	}
	if err := p.put(archive.PackageSignature, signature); err != nil {
		return err
	}
	return p.zip.Close()
}

// put writes one file.
func (p *packing) put(name string, content []byte) error {
	w, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.list.At})
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}

// add writes one file and puts it on the list.
func (p *packing) add(name string, content []byte) error {
	p.list.Files = append(p.list.Files, archive.PackageFile{Name: name, Size: int64(len(content)), Hash: p.hash(content)})
	return p.put(name, content)
}

// packed is a case as its package tells it to programs.
type packed struct {
	Application application.Application `json:"application"`
	Name        string                  `json:"name"`
	Number      string                  `json:"number"` // masked
	Place       string                  `json:"place"`
	Course      []packedLine            `json:"course"`
}

// prove adds the paths that show that each line of the course stands in the county's log, under a head that the office signed.
func (d *Desk) prove(ctx context.Context, by access.Actor, p *packing, f File) error {
	var shown ledger.Shown
	err := d.db.View(ctx, by, func(tx *store.Tx) (err error) {
		shown, err = tx.ProveLines(f.Case.Application.County(), f.Timeline)
		return err
	})
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(shown, "", "  ")
	if err != nil {
		return err
	}
	return p.add(archive.PackageProofs, text)
}

// packedLine is one line of the audit about the case; by its id it is found among the proofs.
type packedLine struct {
	ID      string `json:"id"`
	At      string `json:"at"` // RFC 3339, UTC
	Account string `json:"account"`
	Name    string `json:"name"`
	Role    string `json:"role"`
	Act     string `json:"act"`
	Addr    string `json:"addr"`
	Note    string `json:"note"`
}

// course adds what the case is and what happened to it, for people and for programs.
func (p *packing) course(f File) error {
	out := packed{Application: f.Case.Application, Name: f.Person.Name, Number: f.Person.Number.Masked(), Place: f.Place, Course: []packedLine{}}
	for _, l := range f.Timeline {
		out.Course = append(out.Course, packedLine{l.ID, l.At.UTC().Format("2006-01-02T15:04:05.000000Z"), l.Account, l.Name, string(l.Role), string(l.Act), l.Addr, l.Note})
	}
	text, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return err
	}
	if err := p.add(archive.PackageCase, text); err != nil {
		return err
	}
	r := paper.Report{Name: lang.T("package.title", f.Case.Application.No), About: lang.T("package.about", f.Person.Name, f.Person.Number.Masked(), f.Place,
		lang.T(f.Case.Application.Matter.Word()), lang.T(f.Case.Application.State.Word()), p.list.By, p.list.Reason, p.list.At.In(day.Beijing).Format("2006-01-02 15:04"))}
	r.Columns = []paper.Column{{Head: lang.T("package.at"), Width: 34}, {Head: lang.T("package.who"), Width: 34}, {Head: lang.T("package.act"), Width: 34}, {Head: lang.T("package.note"), Width: 72}}
	r.Rows = func(yield func([]string) bool) {
		for _, l := range f.Timeline {
			if !yield([]string{l.At.In(day.Beijing).Format("2006-01-02 15:04:05"), l.Name + " " + lang.T(l.Role.Word()), lang.T(l.Act.Word()), l.Note}) {
				return
			}
		}
	}
	var b bytes.Buffer
	if err := paper.Write(&b, r); err != nil {
		return err
	}
	return p.add("case.pdf", b.Bytes())
}

// endings is how the names of files end, by content type.
var endings = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}

// pack adds a scan, and of a photo that was cut to size the picture as it was sent too.
func (d *Desk) pack(p *packing, a attachment.Attachment) error {
	p.scans++
	name := fmt.Sprintf("papers/%02d-%s", p.scans, a.Paper)
	for _, c := range []struct{ hash, name string }{{a.Hash, name + endings[a.Type]}, {a.Original, name + "-original"}} {
		if c.hash == "" {
			continue
		}
		f, err := d.files.Open(c.hash)
		if err != nil {
			return err
		}
		content, err := io.ReadAll(f)
		f.Close() // it was only read
		if err != nil {
			return err
		}
		if err := p.add(c.name, content); err != nil {
			return err
		}
	}
	return nil
}
