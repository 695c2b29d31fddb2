package store

import (
	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/staff"
)

// Doctor is a doctor's account with the hospital's name and the papers.
type Doctor struct {
	staff.Practice
	Name     string
	Org      org.ID
	Hospital string
	Disabled bool
}

// DoctorFilter narrows a list of doctors; empty fields do not.
type DoctorFilter struct {
	Region region.Code
	Org    org.ID
	Doctor staff.ID
	Q      string   // part of the name
	After  staff.ID // the last doctor of the page before
	Limit  int
}

// practiceCounty is the tenant of a doctor's papers: the county of the account, or the wider area that it answers for.
func practiceCounty(where region.Code) string {
	if c := where.County(); c != "" {
		return string(c)
	}
	return string(where)
}

const doctorColumns = `a.id, a.region, a.title, a.categories, a.name, a.org, a.disabled, COALESCE(o.name, ''),
			COALESCE(p.licence, ''), COALESCE(p.training, ''), COALESCE(p.until, ''), COALESCE(p.standing, ''), COALESCE(p.version, 0)`

func (tx *Tx) scanDoctor(d *Doctor) []any {
	return []any{&d.Doctor, &d.Region, &d.Title, categories{&d.Categories}, &d.Name, &d.Org, &d.Disabled, &d.Hospital,
		sealed[string]{tx, &d.Licence}, sealed[string]{tx, &d.Training}, &d.Until, &d.Standing, &d.Version}
}

// HospitalDoctors is the papers of every doctor of a hospital who can sign in; whoever gives seats there is held to them.
func (tx *Tx) HospitalDoctors(id org.ID) ([]staff.Practice, error) {
	all, err := tx.HospitalStaff(id)
	var out []staff.Practice
	for _, d := range all {
		out = append(out, d.Practice)
	}
	return out, err
}

// HospitalStaff is every doctor of a hospital who can sign in, with name and papers.
func (tx *Tx) HospitalStaff(id org.ID) ([]Doctor, error) {
	return list(tx, tx.scanDoctor, `
		SELECT `+doctorColumns+`
		FROM account a
		LEFT JOIN org o ON o.id = a.org
		LEFT JOIN practice p ON p.county = SUBSTR(a.region, 1, 6) AND p.doctor = a.id
		WHERE a.role = 'doctor' AND a.org = $1 AND a.disabled = FALSE
		ORDER BY a.id`, string(id))
}

// Doctors is the doctors of the actor's region that fit.
func (tx *Tx) Doctors(f DoctorFilter) ([]Doctor, error) {
	if f.Region == "" || !tx.by.Region.Contains(f.Region) {
		f.Region = tx.by.Region
	}
	from, to := f.Region.Range()
	return list(tx, tx.scanDoctor, `
		SELECT `+doctorColumns+`
		FROM account a
		LEFT JOIN org o ON o.id = a.org
		LEFT JOIN practice p ON p.county = SUBSTR(a.region, 1, 6) AND p.doctor = a.id
		WHERE a.role = 'doctor' AND a.region >= $1 AND a.region < $2 AND ($3 = '' OR a.org = $3) AND ($4 = '' OR a.id = $4)
			AND ($5 = '' OR REPLACE(a.name, $5, '') <> a.name) AND a.id > $6
		ORDER BY a.id
		LIMIT $7`, from, to, string(f.Org), string(f.Doctor), f.Q, string(f.After), f.Limit)
}

// Doctor is one doctor of the actor's region.
func (tx *Tx) Doctor(id staff.ID) (Doctor, error) {
	all, err := tx.Doctors(DoctorFilter{Doctor: id, Limit: 1})
	if err == nil && (len(all) == 0 || id == "") {
		err = fault.New(fault.Missing, "record.missing")
	}
	if err != nil {
		return Doctor{}, err
	}
	return all[0], nil
}

// SavePractice enters a doctor's papers, or refuses those that changed since p was read.
func (tx *Tx) SavePractice(p staff.Practice) error {
	s := Subject{Kind: "account", ID: string(p.Doctor), Region: p.Region, Note: lang.T(p.Standing.Word()) + " " + string(p.Until)}
	if p.Version > 0 {
		return tx.write(access.DoctorEdit, s, `
			UPDATE practice
			SET licence = $1, training = $2, until = $3, standing = $4, version = version + 1
			WHERE county = $5 AND doctor = $6 AND version = $7`,
			tx.seal(p.Licence), tx.seal(p.Training), string(p.Until), string(p.Standing), practiceCounty(p.Region), string(p.Doctor), p.Version)
	}
	err := tx.write(access.DoctorEdit, s, `
		INSERT INTO practice (county, doctor, licence, training, until, standing)
		VALUES ($1, $2, $3, $4, $5, $6)`,
		practiceCounty(p.Region), string(p.Doctor), tx.seal(p.Licence), tx.seal(p.Training), string(p.Until), string(p.Standing))
	if clash(err) {
		return fault.New(fault.Stale, "record.stale")
	}
	return err
}
