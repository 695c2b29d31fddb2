package archiving

import (
	"context"
	"fmt"
	"io"
	"strings"

	"hefa/internal/access"
	"hefa/internal/archive"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/store"
)

// WriteAppraisal prints a list: before its destruction for the leader's signature, after it as the record that both witnesses sign (销毁清册), which is kept for ever.
// That somebody took it is written down.
func (d *Desk) WriteAppraisal(ctx context.Context, by access.Actor, id archive.AppraisalID, w io.Writer) error {
	var a archive.Appraisal
	var files []store.Appraised
	var name string
	err := d.db.Update(ctx, by, func(tx *store.Tx) (err error) {
		if a, err = listed(tx, access.ArchiveRead, id); err != nil {
			return err
		}
		verdict := ""
		if a.Destroyed != "" {
			verdict = string(archive.Destroy)
		}
		if files, err = tx.Appraised(a, verdict, "", drawMost); err != nil {
			return err
		}
		if name, err = office(tx, a.County()); err != nil {
			return err
		}
		return tx.Note(access.ArchiveRead, store.Subject{Kind: "appraisal", ID: string(a.ID), Region: a.Region, Note: a.No})
	})
	if err != nil {
		return err
	}
	return paper.Write(w, appraisalPaper(a, files, name))
}

func appraisalPaper(a archive.Appraisal, files []store.Appraised, office string) paper.Report {
	r := paper.Report{Name: lang.T("appraisal.paper", a.No), About: lang.T("appraisal.paper.about", office, a.Day.Chinese(), a.Head, strings.Join(a.Members, "、"), len(files)),
		Sign: []string{lang.T("appraisal.sign.head"), lang.T("appraisal.sign.leader"), lang.T("appraisal.sign.day")}}
	if a.Decided != "" && a.State != archive.Drawn && a.State != archive.Proposed {
		r.About += lang.T("appraisal.paper.decided", a.Decider, a.Decided.Chinese())
	}
	if a.Destroyed != "" {
		r.Name = lang.T("appraisal.register", a.No)
		r.About += lang.T("appraisal.paper.destroyed", a.Destroyed.Chinese(), a.Way, a.First, a.Second, a.Destroyer)
		r.Sign = []string{lang.T("recall.sign.first"), lang.T("recall.sign.second"), lang.T("recall.sign.clerk")}
	}
	r.Columns = []paper.Column{{Head: lang.T("paper.column.order"), Width: 12}, {Head: lang.T("archive.no"), Width: 52}, {Head: lang.T("archive.holder"), Width: 24},
		{Head: lang.T("archive.column.pages"), Width: 14, Number: true}, {Head: lang.T("archive.closed"), Width: 24}, {Head: lang.T("appraisal.verdict"), Width: 22},
		{Head: lang.T("appraisal.reason"), Width: 40}}
	r.Rows = func(yield func([]string) bool) {
		for i, f := range files {
			verdict := lang.T(f.Verdict.Word())
			if f.Until != "" {
				verdict = lang.T("appraisal.until", f.Until)
			}
			if !yield([]string{fmt.Sprint(i + 1), f.No, f.Name, fmt.Sprint(f.Pages), string(f.Closed), verdict, f.Reason}) {
				return
			}
		}
	}
	return r
}
