package store

import (
	"hefa/internal/access"
	"hefa/internal/announcement"
	"hefa/internal/application"
	"hefa/internal/day"
	"hefa/internal/region"
)

const noticeColumns = `id, region, no, starts, ends, people, phone, version`

func scanNotice(n *announcement.Notice) []any {
	return []any{&n.ID, &n.Region, &n.No, &n.Starts, &n.Ends, &n.People, &n.Phone, &n.Version}
}

// Notice is the public notice with the id.
func (tx *Tx) Notice(id announcement.ID) (announcement.Notice, error) {
	county, err := tx.home("notice", string(id))
	if err != nil {
		return announcement.Notice{}, err
	}
	return one(tx, scanNotice, `SELECT `+noticeColumns+` FROM notice WHERE county = $1 AND id = $2`, county, string(id))
}

// NoticeFilter narrows a list of notices; empty fields do not.
type NoticeFilter struct {
	Region   region.Code
	EndsFrom day.Day // the last day of the period is this day or later
	EndsTo   day.Day // … or earlier
	After    announcement.ID
	Limit    int
}

// Notices is the notices of the area, the latest first; a village has those of its township too.
func (tx *Tx) Notices(f NoticeFilter) ([]announcement.Notice, error) {
	a, err := tx.area(f.Region)
	if err != nil {
		return nil, err
	}
	after := string(f.After)
	if after == "" {
		after = "~"
	}
	return list(tx, scanNotice, `
		SELECT `+noticeColumns+`
		FROM notice
		WHERE county = $1 AND ends >= $2 AND ends <= $3 AND id < $4 AND (region >= $5 AND region < $6 OR region = $7)
		ORDER BY id DESC
		LIMIT $8`, a.county, string(f.EndsFrom), stored(f.EndsTo), after, a.from, a.to, township(a.from), f.Limit)
}

// AddNotice hangs a notice up.
func (tx *Tx) AddNotice(n announcement.Notice) error {
	return tx.write(access.ApplicationAnnounce, Subject{Kind: "notice", ID: string(n.ID), Region: n.Region, Note: n.No}, `
		INSERT INTO notice (county, id, region, no, starts, ends, people, phone)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		string(n.County()), string(n.ID), string(n.Region), n.No, string(n.Starts), string(n.Ends), n.People, n.Phone)
}

// NoticeCases is everybody who stands in the notice, by village.
func (tx *Tx) NoticeCases(n announcement.Notice) ([]Case, error) {
	return tx.members("notice", n.County(), string(n.ID))
}

const objectionColumns = `id, region, no, notice, application, name, phone, text, day, decision, reason, decided, version`

func (tx *Tx) objection(o *announcement.Objection) []any {
	return []any{&o.ID, &o.Region, &o.No, &o.Notice, &o.Application, sealed[string]{tx, &o.Name}, sealed[string]{tx, &o.Phone}, sealed[string]{tx, &o.Text}, &o.Day,
		&o.Decision, sealed[string]{tx, &o.Reason}, &o.Decided, &o.Version}
}

// Objections is what was said against a case, oldest first.
func (tx *Tx) Objections(a application.Application) ([]announcement.Objection, error) {
	return list(tx, tx.objection, `
		SELECT `+objectionColumns+`
		FROM objection
		WHERE county = $1 AND application = $2
		ORDER BY id`, string(a.County()), string(a.ID))
}

// AddObjection keeps what somebody says.
func (tx *Tx) AddObjection(o announcement.Objection) error {
	return tx.write(access.ApplicationObject, Subject{Kind: "objection", ID: o.ID, Region: o.Region, Note: o.No}, `
		INSERT INTO objection (county, id, region, no, notice, application, name, phone, text, day)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		string(o.County()), o.ID, string(o.Region), o.No, string(o.Notice), o.Application, tx.seal(o.Name), tx.seal(o.Phone), tx.seal(o.Text), string(o.Day))
}

// SaveObjection keeps how an objection was decided.
func (tx *Tx) SaveObjection(o announcement.Objection) error {
	return tx.write(access.ApplicationResolve, Subject{Kind: "objection", ID: o.ID, Region: o.Region, Note: o.No}, `
		UPDATE objection
		SET decision = $1, reason = $2, decided = $3, version = version + 1
		WHERE county = $4 AND id = $5 AND version = $6`,
		o.Decision, tx.seal(o.Reason), string(o.Decided), string(o.County()), o.ID, o.Version)
}
