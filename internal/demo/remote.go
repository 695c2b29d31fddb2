package demo

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"time"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/evidence"
	"hefa/internal/files"
	"hefa/internal/id"
	"hefa/internal/pathway"
	"hefa/internal/person"
	"hefa/internal/session"
	"hefa/internal/store"
)

// drawn is the package of evidence, made by tools/data/evidence.
//
//go:embed evidence
var drawn embed.FS

// proofs is the evidence of the remote case.
var proofs = []struct {
	kind        evidence.Kind
	file, shows string
}{
	{evidence.Photo, "legs.jpg", "双下肢卧位，不能抬起"},
	{evidence.Video, "lift.webm", "抬手、抬腿：上肢能抬，下肢不能动"},
	{evidence.Document, "proof.pdf", "村民委员会情况证明"},
}

// village is that of the demonstration's village worker.
const village = "533103105201"

// actor is somebody of the demonstration's accounts.
func actor(login string) access.Actor {
	for _, a := range accounts() {
		if a.Login == login {
			return access.Actor{Account: string(a.ID), Name: a.Name, Role: a.Role, Region: a.Region, Org: string(a.Org)}
		}
	}
	panic("nobody is called " + login)
}

// Remote adds a bedridden person whose case waits for a doctor of 芒市人民医院 (shi-guke) with a consent and a package of evidence, by the acts of those who
// would do it.
func Remote(ctx context.Context, db *store.DB, folder *files.Cabinet) error {
	cases, hospital := casework.New(db, folder), assessing.New(db, folder)
	township, worker := actor("fengping"), actor("cun-fengping")
	made, err := cases.OpenApplication(ctx, township, casework.Opening{Whole: true, Person: bedridden(), Request: application.Request{Matter: application.New,
		Wanted: []certificate.Category{certificate.Physical}, Origin: application.Counter}})
	if err != nil {
		return fmt.Errorf("opening the remote case: %w", err)
	}
	on, err := workday(ctx, db)
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return cases.SubmitApplication(ctx, township, made) },
		func() error {
			return cases.AcceptApplication(ctx, township, made, casework.Acceptance{Sighted: []string{"identity", "household", "photo", "form", "records", "guardian"}})
		},
		func() error {
			return hospital.ChoosePathway(ctx, township, made, pathway.Choice{Path: pathway.Remote, Detail: pathway.Detail{Reason: "外伤致双下肢瘫痪，卧床八年，不能坐起",
				Facts: pathway.Facts{Immobile: true, Ground: "bedridden"}, Guardian: pathway.Party{Name: guardian, Relation: "子女"}}})
		},
		func() error {
			return hospital.TakeConsent(ctx, worker, made, evidence.Consent{Giver: evidence.Guardian, Name: guardian, Manner: evidence.Written, Video: true})
		},
		func() error { return prove(ctx, cases, made, db.Now()) },
		func() error {
			s, err := hospital.PlanSession(ctx, actor("banzheng"), session.Session{Region: "533103105", Hospital: "demo-hospital-shi", Kind: session.Remote, Day: on,
				Place: "门诊楼二楼远程会诊室", Capacity: 10})
			if err != nil {
				return err
			}
			_, err = hospital.ScheduleApplications(ctx, township, s, []application.ID{made})
			return err
		},
	} {
		if err := step(); err != nil {
			return fmt.Errorf("the remote case: %w", err)
		}
	}
	return nil
}

// guardian is who acts for the bedridden person.
const guardian = "段演示"

// bedridden is an invented person; nobody of the generated ones has this number.
func bedridden() person.Person {
	p := person.Person{ID: person.ID(id.New()), Region: village, Name: "段卧床", Nation: "傣族", Phone: "19900000031", Address: "3组",
		Number: person.MakeNumber("533199", "1931-03-12", 1), Guardian: person.Guardian{Name: guardian, Relation: "子女", Phone: "19900000032"}}
	p.Fill()
	return p
}

// prove sends the evidence as the village worker, taken the day before.
func prove(ctx context.Context, cases *casework.Desk, of application.ID, now time.Time) error {
	for _, x := range proofs {
		content, err := drawn.ReadFile("evidence/" + x.file)
		if err != nil {
			return err
		}
		item := evidence.Item{Kind: x.kind, Taken: now.AddDate(0, 0, -1), Detail: evidence.Detail{Shows: x.shows, Taker: "演示联络员"}}
		if _, err := cases.AddEvidence(ctx, actor("cun-fengping"), of, casework.Piece{Item: item, Name: x.file, Content: bytes.NewReader(content)}); err != nil {
			return err
		}
	}
	return nil
}

// workday is today, or the next day on which a session can be.
func workday(ctx context.Context, db *store.DB) (on day.Day, err error) {
	err = db.View(ctx, filer(), func(tx *store.Tx) error {
		calendar, err := tx.Calendar()
		for on = tx.Today(); err == nil && !calendar.Working(on); on = on.Add(1) {
		}
		return err
	})
	return on, err
}
