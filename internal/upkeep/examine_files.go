package upkeep

import (
	"context"
	"path/filepath"

	"hefa/internal/files"
	"hefa/internal/lang"
)

// filed finds an object store that does not do what the program needs of it, and a configuration that leads elsewhere than where the files are.
func (e Examination) filed(ctx context.Context, f *findings) {
	is, err := files.Where(filepath.Join(e.Data, "files"))
	switch {
	case err != nil:
		f.add("files", Bad, lang.T("doctor.files.unread"))
	case e.Bucket == nil && is != "", e.Bucket != nil && is != "" && is != e.Bucket.Name():
		f.add("files", Bad, lang.T("files.elsewhere", is))
	case e.Bucket == nil:
		f.add("files", Fine, lang.T("doctor.files.folder"))
	default:
		e.bucket(ctx, f)
	}
}

// mild are the ailments with which files are kept all the same.
var mild = map[files.Ailment]bool{files.Plain: true, files.Versioned: true, files.Skewed: true}

func (e Examination) bucket(ctx context.Context, f *findings) {
	now := e.Now
	if e.Machine != nil {
		now = e.Machine
	}
	all := e.Bucket.Look(ctx, now)
	for _, a := range all {
		g := Bad
		if mild[a] {
			g = Warning
		}
		f.add("files", g, lang.T("doctor.files."+string(a)))
	}
	if len(all) == 0 {
		f.add("files", Fine, lang.T("doctor.files.ok", e.Bucket.Name()))
	}
}
