package casework

import (
	"cmp"
	"context"
	"io"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessment"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/grading"
	"hefa/internal/lang"
	"hefa/internal/org"
	"hefa/internal/paper"
	"hefa/internal/pathway"
	"hefa/internal/person"
	"hefa/internal/session"
	"hefa/internal/store"
)

// Say is a measured value as people read it.
func Say(f grading.Field, value string) string {
	switch {
	case f.Kind == grading.Check:
		return lang.T("policy.yes")
	case f.Kind == grading.Choice:
		return lang.T(f.Option(value))
	case f.Kind == grading.Acuity && lang.Has("grading.acuity."+value):
		return lang.T("grading.acuity." + value)
	case f.Kind == grading.Decibel && value == "nr":
		return lang.T("grading.silent")
	case f.Unit != "" && f.Kind != grading.Acuity:
		return value + " " + lang.T(f.Measure())
	}
	return value
}

// WriteEvaluation prints 残疾评定表 of a case, a page for each category: what the last conclusion says, or, before there is one, the form to fill in by
// hand. It leaves a line in the audit, for it holds what doctors found.
func (d *Desk) WriteEvaluation(ctx context.Context, by access.Actor, id application.ID, w io.Writer) error {
	var e paper.Evaluation
	err := d.db.Update(ctx, by, func(tx *store.Tx) error {
		a, err := load(tx, access.ApplicationRead, id)
		if err != nil {
			return err
		}
		if e, err = Evaluation(tx, a.Application); err != nil {
			return err
		}
		return tx.Note(access.ApplicationRead, store.Subject{Kind: "application", ID: string(id), Region: a.Region, Note: lang.T("paper.evaluation.title")})
	})
	if err != nil {
		return err
	}
	return paper.Write(w, e)
}

// Evaluation is what the paper of a case says.
func Evaluation(tx *store.Tx, a application.Application) (paper.Evaluation, error) {
	all, err := tx.Assessments(a)
	if err != nil {
		return paper.Evaluation{}, err
	}
	if len(all) > 0 {
		return concluded(tx, a, all[len(all)-1])
	}
	e, err := examinee(tx, a, session.ID(a.Session))
	if err != nil {
		return e, err
	}
	for _, c := range a.Wanted {
		if c != certificate.Multiple {
			e.Parts = append(e.Parts, blankPart(c))
		}
	}
	if len(e.Parts) == 0 {
		return e, fault.New(fault.Refused, "paper.evaluation.none")
	}
	return e, nil
}

// concluded is the paper of one conclusion.
func concluded(tx *store.Tx, a application.Application, c assessment.Conclusion) (paper.Evaluation, error) {
	e, err := examinee(tx, a, session.ID(c.Session))
	if err != nil {
		return e, err
	}
	for _, f := range c.Findings {
		e.Parts = append(e.Parts, partOf(f, c))
	}
	return e, how(tx, a, c, &e)
}

// how says beside the matter in what way a conclusion was come to: on the records that others brought, anew at another hospital, or in the county that took
// the case. The kind of its session stands there already.
func how(tx *store.Tx, a application.Application, c assessment.Conclusion, e *paper.Evaluation) error {
	if c.Session != "" {
		w, err := tx.Way(a)
		if w.Path == pathway.Records {
			e.Kind += " " + lang.T(w.Path.Word())
		}
		return err
	}
	if c.Hospital != "" {
		o, err := tx.Org(org.ID(c.Hospital))
		e.Hospital, e.Kind = o.Name, e.Kind+" "+lang.T("paper.evaluation.anew")
		return err
	}
	r, referred, err := tx.ReferralOf(a.County(), a.ID)
	if referred {
		e.Hospital, e.Kind = r.Parcel.Hospital, e.Kind+" "+lang.T("paper.evaluation.abroad", r.Parcel.From)
	}
	return err
}

// examinee is whose paper it is; the staff of a hospital know those whom their hospital sees only.
func examinee(tx *store.Tx, a application.Application, in session.ID) (paper.Evaluation, error) {
	p, err := tx.Person(a.Person)
	if err != nil {
		return paper.Evaluation{}, err
	}
	names, err := tx.RegionNames(p.Region)
	if err != nil {
		return paper.Evaluation{}, err
	}
	e := paper.Evaluation{Number: a.No, Person: p.Name, Sex: lang.T(p.Sex.Word()), Born: p.Birth.Chinese(), Nation: p.Nation, Identity: p.Number.Masked(), Phone: person.MaskedPhone(p.Phone),
		Guardian: strings.TrimSpace(p.Guardian.Name + " " + p.Guardian.Relation), Place: names[p.Region.County()] + names[p.Region.Township()], Kind: lang.T(a.Matter.Word())}
	if p.Region != p.Region.Township() {
		e.Place += names[p.Region]
	}
	if in == "" {
		if tx.By().Role.Clinical() {
			return e, fault.New(fault.Missing, "record.missing")
		}
		return e, nil
	}
	s, err := tx.Session(in)
	if err != nil {
		return e, err
	}
	if err := s.Show(tx.By()); err != nil {
		return e, err
	}
	o, err := tx.Org(s.Hospital)
	e.Hospital, e.Kind = o.Name, e.Kind+" "+lang.T(s.Kind.Word())
	return e, err
}

// measures is the fields of a category, each said by say; those of which it says nothing are left out.
func measures(c certificate.Category, say func(grading.Field) string) [][2]string {
	var out [][2]string
	for _, f := range grading.Fields(c) {
		if text := say(f); text != "" {
			out = append(out, [2]string{lang.T(f.Word()), text})
		}
	}
	return out
}

// partOf is what was found for one category.
func partOf(f assessment.Finding, c assessment.Conclusion) paper.EvaluationPart {
	p := paper.EvaluationPart{Category: lang.T(f.Category.Word()), Findings: f.Findings, Cause: f.Cause, Reason: f.Reason, Doctor: f.Name, Second: cmp.Or(f.Confirmed, c.Second), Date: c.On.Chinese(),
		Result: lang.T("paper.evaluation.unmet")}
	p.Fields = measures(f.Category, func(x grading.Field) string {
		if v := f.Values[x.Name]; v != "" {
			return Say(x, v)
		}
		return ""
	})
	if f.Meets {
		p.Result = lang.T("paper.evaluation.met", f.Category, f.Level)
	}
	if f.Suggested != "" && f.Suggested != f.Level {
		p.Suggested = lang.T(f.Category.Word()) + lang.T(f.Suggested.Word())
	}
	return p
}

// blankPart is the form of a category to be filled in by hand.
func blankPart(c certificate.Category) paper.EvaluationPart {
	p := paper.EvaluationPart{Category: lang.T(c.Word()), Findings: "　\n　\n　", Result: lang.T("paper.evaluation.blank", c)}
	p.Fields = measures(c, func(f grading.Field) string {
		switch f.Kind {
		case grading.Choice:
			var options []string
			for _, o := range f.Options {
				options = append(options, "□"+lang.T(f.Option(o)))
			}
			return strings.Join(options, "　")
		case grading.Check:
			return "□" + lang.T("policy.yes")
		case grading.Number:
			if f.Unit != "" {
				return "________ " + lang.T(f.Measure())
			}
		case grading.Decibel:
			return "________ " + lang.T(f.Measure())
		}
		return "________"
	})
	return p
}
