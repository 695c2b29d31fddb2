package fieldwork

import (
	"context"
	"io"
	"slices"
	"strings"

	"hefa/internal/access"
	"hefa/internal/attempt"
	"hefa/internal/lang"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/policy"
	"hefa/internal/region"
	"hefa/internal/statement"
	"hefa/internal/store"
)

// statementRows is how many rows of each block fill one page of a survey sheet.
const statementRows = 4

// printMost is how many papers one printing has at most.
const printMost = 200

// WriteStatements prints what of a printing is still out, each paper with its number as a code; the paper is any of the printing.
func (d *Desk) WriteStatements(ctx context.Context, by access.Actor, of statement.ID, w io.Writer) error {
	var title string
	var papers []paper.Paper
	err := d.db.View(ctx, by, func(tx *store.Tx) error {
		s, err := stated(tx, access.StatementRead, of)
		if err != nil {
			return err
		}
		title = lang.T(s.Kind.Word())
		all, err := tx.Statements(StatementFilter{Region: s.Region, Issue: s.Issue, State: statement.Out, Limit: printMost})
		if err != nil {
			return err
		}
		slices.Reverse(all)
		if s.State != statement.Out {
			all = []statement.Statement{s}
		}
		for _, s := range all {
			p, err := printed(tx, s)
			if err != nil {
				return err
			}
			papers = append(papers, p)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(papers) == 1 {
		return paper.Write(w, papers[0])
	}
	return paper.WriteAll(w, title, paper.All(papers))
}

// printed is a signed paper as it is printed.
func printed(tx *store.Tx, s statement.Statement) (paper.Paper, error) {
	office, err := tx.Office(s.Region)
	if err != nil {
		return nil, err
	}
	people, err := named(tx, s)
	if err != nil {
		return nil, err
	}
	names, err := tx.RegionNames(s.Region)
	if err != nil {
		return nil, err
	}
	at := func(l region.Level) string {
		for c := s.Region; c != ""; c = c.Parent() {
			if c.Level() == l {
				return names[c]
			}
		}
		return ""
	}
	switch s.Kind {
	case statement.Pledge:
		return paper.Pledge{Rule: office.Policy.Find(policy.LocalRule).Value, Person: s.Signer, Post: s.Post, Number: s.No}, nil
	case statement.Waiver:
		p := paper.Waiver{County: at(region.County), Township: at(region.Township), Village: at(region.Village), Person: s.Signer, Year: s.Printed.Year(), Number: s.No}
		if len(people) > 0 {
			p.Guardian, p.Phone = people[0].Guardian.Name, person.MaskedPhone(people[0].Phone)
			all, err := tx.Attempts(people[0])
			if err != nil {
				return nil, err
			}
			p.Mobilisers = mobilisers(attempt.Visits(all, s.Printed))
		}
		return p, nil
	}
	return surveyed(tx, people, paper.Survey{County: bare(at(region.County)), Township: bare(at(region.Township)), Village: bare(at(region.Village)), Lines: statementRows, Number: s.No})
}

// mobilisers is who went to a person's home and on which days, as attachment 4 names them.
func mobilisers(visits []attempt.Attempt) string {
	if len(visits) == 0 {
		return ""
	}
	var who, days []string
	for _, g := range attempt.Went(visits) {
		who = append(who, lang.T("attempt.goer", g.Name, g.Post))
	}
	for _, a := range visits {
		days = append(days, a.Day.Chinese())
	}
	return lang.T("attempt.went", strings.Join(who, "、"), strings.Join(days, "、"))
}

// bare is a place's name without the word for its kind, which stands on the sheet already.
func bare(name string) string {
	r := []rune(name)
	if len(r) > 2 && slices.Contains([]rune("县市区乡镇村"), r[len(r)-1]) {
		return string(r[:len(r)-1])
	}
	return name
}

// surveyed puts on a sheet what the register knows of the people on it: who holds a certificate, and who may be disabled. Numbers are masked.
func surveyed(tx *store.Tx, people []person.Person, out paper.Survey) (paper.Paper, error) {
	for _, p := range people {
		all, err := tx.CertificatesOf(p.County(), p.ID)
		if err != nil {
			return nil, err
		}
		held := false
		for _, c := range all {
			if c.State.Live() {
				held = true
				out.Holders = append(out.Holders, paper.SurveyHolder{Name: p.Name, Sex: lang.T(p.Sex.Word()), Number: c.Number.Masked(), Phone: person.MaskedPhone(p.Phone), Issued: string(c.Issued)})
			}
		}
		if !held {
			out.Suspected = append(out.Suspected, paper.SurveySuspected{Name: p.Name, Sex: lang.T(p.Sex.Word()), Identity: p.Number.Masked(), Phone: person.MaskedPhone(p.Phone)})
		}
	}
	return out, nil
}
