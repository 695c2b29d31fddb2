package web

import (
	"net/http"
	"strconv"

	"hefa/internal/day"
	"hefa/internal/job"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/upkeep"
)

// backups shows what was noted of backups and their rehearsals, and how long the last proved one lies back.
func (s *Server) backups(w http.ResponseWriter, r *http.Request) error {
	return s.backupsShow(w, r, http.StatusOK, nil)
}

// backupAsk has a backup taken now.
func (s *Server) backupAsk(w http.ResponseWriter, r *http.Request) error {
	err := s.upkeep.AskBackup(r.Context(), actor(r))
	if again(err) {
		return s.backupsShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/backups", "backups.asked")
}

// clockTrust has the daily rounds go on from today.
func (s *Server) clockTrust(w http.ResponseWriter, r *http.Request) error {
	err := s.upkeep.TrustClock(r.Context(), actor(r), r.PostFormValue("reason"))
	if again(err) {
		return s.backupsShow(w, r, http.StatusUnprocessableEntity, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "/backups", "clock.trusted")
}

func (s *Server) backupsShow(w http.ResponseWriter, r *http.Request, status int, wrong error) error {
	q := r.URL.Query()
	l, err := s.upkeep.Backups(r.Context(), actor(r), q.Get("state"), q.Get("after"), rows)
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("backups.title"))
	p.Problems = look.Find(wrong)
	return show(w, r, status, backupsPage(p, backupsView{l, q.Get("state"), r}))
}

type backupsView struct {
	upkeep.List
	state string
	r     *http.Request
}

// alarm is what an administrator must hear first, "" when all is well.
func (v backupsView) alarm() string {
	switch {
	case v.Folder == "":
		return lang.T("backups.folder.none")
	case v.Proved.ID == "":
		return lang.T("backups.none")
	case v.Late:
		return lang.T("backups.late", look.Moment(v.Proved.At.In(day.Beijing)))
	}
	return ""
}

// clock is what an administrator must hear of the clock, "" when it is in no doubt.
func (v backupsView) clock() string {
	switch c := v.Clock; c.Leap {
	case job.Ahead:
		return lang.T("clock.leap", string(c.Today), string(c.Last), c.Today.Sub(c.Last))
	case job.Back:
		return lang.T("clock.back", string(c.Today), string(c.Last))
	}
	return ""
}

// trusting is the reason for which the clock is right all the same.
func (v backupsView) trusting() look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("clock.reason"), Hint: lang.T("clock.reason.hint")}, Value: v.r.PostFormValue("reason"), Max: upkeep.ReasonMost}
}

// tight is what an administrator must hear of disks.
func (v backupsView) tight() []string { return tightText(v.Tight) }

func tightText(disks []upkeep.Disk) []string {
	var out []string
	for _, d := range disks {
		out = append(out, lang.T("backups.tight", d.Folder, d.Free>>20, d.Total>>20))
	}
	return out
}

// unsound is what an administrator must hear of kept files.
func (v backupsView) unsound() []string {
	var out []string
	for _, f := range v.Fixity.Bad {
		out = append(out, lang.T("backups.fixity."+f.State, f.Hash, look.Moment(f.At.In(day.Beijing))))
	}
	return out
}

// read is how the regular reading of kept files stands.
func (v backupsView) read() look.Detail {
	d := look.Detail{Key: lang.T("backups.fixity"), Value: lang.T("backups.fixity.none", v.Fixity.Days)}
	if v.Fixity.Seen > 0 {
		d.Value = lang.T("backups.fixity.text", v.Fixity.Days, v.Fixity.Seen, look.Moment(v.Fixity.First.In(day.Beijing)), look.Moment(v.Fixity.Last.In(day.Beijing)))
	}
	return d
}

func (v backupsView) standing() []look.Detail {
	folder, proved := v.Folder, lang.T("backups.never")
	if folder == "" {
		folder = lang.T("backups.nowhere")
	}
	out := []look.Detail{{Key: lang.T("backups.folder"), Value: folder}}
	if v.Proved.ID != "" {
		proved = look.Moment(v.Proved.At.In(day.Beijing))
	}
	out = append(out, look.Detail{Key: lang.T("backups.proved"), Value: proved})
	if v.Proved.ID != "" {
		out = append(out, look.Detail{Key: lang.T("backups.rehearsed"), Value: look.Moment(v.Proved.Rehearsed.In(day.Beijing))},
			look.Detail{Key: lang.T("backups.result"), Value: lang.T("backups.result.text", v.Proved.Rows, v.Proved.Files, v.Proved.Opened)})
	}
	return append(out, v.read(), v.shipped())
}

func (v backupsView) states() look.Choice {
	return look.Choice{Field: look.Field{Name: "state", Label: lang.T("backups.state")}, Value: v.state, Empty: lang.T("edit.all"),
		Options: []look.Option{{Value: "good", Text: lang.T("backups.state.proved")}, {Value: "failed", Text: lang.T("backups.state.failed")}}}
}

// taken says how the backup itself went.
func taken(b upkeep.Backup) look.Cell {
	if b.Good {
		return look.Cell{Tag: look.Tag{Text: lang.T("backups.good"), Colour: look.Green}}
	}
	return look.Cell{Tag: look.Tag{Text: lang.T("backups.failed"), Colour: look.Red}, Note: b.Trouble}
}

// rehearsed says how restoring it on trial went.
func rehearsed(b upkeep.Backup) look.Cell {
	switch {
	case b.Proved:
		return look.Cell{Tag: look.Tag{Text: lang.T("backups.state.proved"), Colour: look.Green}, Note: lang.T("backups.seconds", seconds(b.Lasted.Seconds()))}
	case !b.Rehearsed.IsZero():
		return look.Cell{Tag: look.Tag{Text: lang.T("backups.failed"), Colour: look.Red}, Note: b.Lesson}
	}
	return look.Cell{Text: lang.T("backups.unrehearsed")}
}

func seconds(s float64) string { return strconv.FormatFloat(s, 'f', 1, 64) }

// megabytes is a size in MB with one decimal.
func megabytes(n int64) string { return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB" }

func (v backupsView) table() look.Table {
	t := look.Table{Caption: lang.T("backups.table"), Empty: lang.T("backups.empty"), Columns: []look.Column{{Text: lang.T("backups.at"), Tight: true},
		{Text: lang.T("backups.took")}, {Text: lang.T("backups.rehearsal")}, {Text: lang.T("backups.rows"), Number: true}, {Text: lang.T("backups.files"), Number: true},
		{Text: lang.T("backups.size"), Number: true}}}
	for _, b := range v.Backups {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: look.Moment(b.At.In(day.Beijing))}, taken(b), rehearsed(b), {Text: strconv.FormatInt(b.Rows, 10)},
			{Text: strconv.FormatInt(b.Files, 10), Note: lang.T("backups.fresh", b.Fresh)}, {Text: megabytes(b.Bytes), Note: lang.T("backups.wrote", megabytes(b.Wrote), seconds(b.Took.Seconds()))}}})
	}
	return t
}

func (v backupsView) pager() look.Pager {
	next := ""
	if v.More {
		next = v.Backups[len(v.Backups)-1].ID
	}
	return turner(v.r, len(v.Backups), next)
}
