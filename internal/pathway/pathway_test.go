package pathway

import (
	"slices"
	"testing"

	"hefa/internal/certificate"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/session"
)

// rules is the rules of a place that opens every ground.
var rules = policy.Book{{Key: policy.RemoteGrounds, Region: "53", Effective: "2020-01-01", Value: "bedridden,ward"}}.At("533103", "2020-04-01")

type cats = []certificate.Category

// TestTheWayFollowsThePlan has a row for each sentence of 芒政办发〔2020〕23号四, with the clause that it is.
func TestTheWayFollowsThePlan(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		clause, name string
		wanted       cats
		facts        Facts
		want         Path
	}{
		{"M34", "曾到有鉴定资质医疗机构住院并有相应病历当前又不能到鉴定机构鉴定的疑似精神病患者", cats{certificate.Mental}, Facts{Inpatient: true, Immobile: true}, Records},
		{"M35", "没有住院病历的疑似精神病患者", cats{certificate.Mental}, Facts{}, Batch},
		{"M35", "the same, who will not go by himself", cats{certificate.Mental}, Facts{Immobile: true}, Batch},
		{"M31", "有病历、能到场的精神病患者", cats{certificate.Mental}, Facts{Inpatient: true}, Central},
		{"M36", "智力残疾人", cats{certificate.Intellectual}, Facts{}, Trip},
		{"M36", "视力残疾人", cats{certificate.Vision}, Facts{}, Trip},
		{"M36", "听力残疾人", cats{certificate.Hearing}, Facts{}, Trip},
		{"M29", "行动不便的重度残疾人", cats{certificate.Physical}, Facts{Immobile: true}, Home},
		{"M29", "行动不便的视力残疾人", cats{certificate.Vision}, Facts{Immobile: true}, Home},
		{"M37", "长期瘫痪在床无法出门的重度残疾人", cats{certificate.Physical}, Facts{Immobile: true, Ground: "bedridden"}, Remote},
		{"M37", "the same with a mental illness and records", cats{certificate.Physical, certificate.Mental}, Facts{Inpatient: true, Immobile: true, Ground: "bedridden"}, Remote},
		{"M37", "a ground that this place has not opened", cats{certificate.Physical}, Facts{Immobile: true, Ground: "far"}, Home},
		{"M28", "集中到乡镇", cats{certificate.Physical}, Facts{}, Central},
		{"M28", "言语", cats{certificate.Speech}, Facts{Inpatient: true}, Central},
	} {
		if got := Propose(c.wanted, c.facts, rules); got.Path != c.want || got.Basis == "" {
			t.Errorf("%s %s: %s (%s), want %s", c.clause, c.name, got.Path, got.Basis, c.want)
		}
	}
}

func TestAWayThatAPlaceHasNotOpenedIsNotProposed(t *testing.T) {
	t.Parallel()
	shut := policy.Book{{Key: policy.PathsOpen, Region: "53", Effective: "2020-01-01", Value: "home"}}.At("533103", "2020-04-01")
	if got := Propose(cats{certificate.Mental}, Facts{}, shut).Path; got != Central {
		t.Errorf("proposes %s", got)
	}
	if got := Propose(cats{certificate.Physical}, Facts{Immobile: true, Ground: "bedridden"}, shut).Path; got != Home {
		t.Errorf("proposes %s", got)
	}
	c := Choice{Path: Remote, Detail: Detail{Proposed: Home, Reason: "长期瘫痪在床", Facts: Facts{Ground: "bedridden"}, Guardian: Party{Name: "甲", Relation: "子女"}}}
	if err := c.Check(cats{certificate.Physical}, shut); !says(err, "path.closed") {
		t.Error(err)
	}
}

func says(err error, key string) bool {
	return slices.ContainsFunc(fault.Fields(err), func(f fault.Field) bool { return f.Key == key })
}

func TestEachWayWantsItsPeople(t *testing.T) {
	t.Parallel()
	someone := Party{Name: "测试监护", Relation: "父亲"}
	for _, c := range []struct {
		name   string
		wanted cats
		choice Detail
		path   Path
		keys   []string
	}{
		{"nothing", cats{certificate.Physical}, Detail{}, "", []string{"path.missing"}},
		{"records without anybody", cats{certificate.Mental}, Detail{Proposed: Records}, Records, []string{"path.inpatient.no", "path.guardian.missing", "path.relation.missing", "path.secretary.missing"}},
		{"records", cats{certificate.Mental}, Detail{Proposed: Records, Facts: Facts{Inpatient: true}, Guardian: someone, Secretary: "测试书记"}, Records, nil},
		{"records for a limb", cats{certificate.Physical}, Detail{Proposed: Records, Facts: Facts{Inpatient: true}, Guardian: someone, Secretary: "测试书记"}, Records, []string{"path.mental"}},
		{"a batch that nobody brings", cats{certificate.Mental}, Detail{Proposed: Batch}, Batch, []string{"path.organiser.missing"}},
		{"a trip for a limb", cats{certificate.Physical}, Detail{Proposed: Trip, Organiser: "风平镇"}, Trip, []string{"path.trip.category"}},
		{"a trip", cats{certificate.Vision}, Detail{Proposed: Trip, Organiser: "风平镇"}, Trip, nil},
		{"remote without a word", cats{certificate.Physical}, Detail{Proposed: Remote}, Remote, []string{"path.ground.missing", "path.reason.remote", "path.guardian.missing", "path.relation.missing"}},
		{"remote on a ground that is shut", cats{certificate.Physical}, Detail{Proposed: Remote, Facts: Facts{Ground: "far"}, Reason: "住在山上", Guardian: someone}, Remote, []string{"path.ground.closed"}},
		{"remote", cats{certificate.Physical}, Detail{Proposed: Remote, Facts: Facts{Ground: "bedridden"}, Reason: "瘫痪八年", Guardian: someone}, Remote, nil},
		{"another than proposed", cats{certificate.Physical}, Detail{Proposed: Central}, Home, []string{"path.reason.other"}},
		{"another, with a reason", cats{certificate.Physical}, Detail{Proposed: Central, Reason: "家人要求上门"}, Home, nil},
	} {
		err := Choice{Path: c.path, Detail: c.choice}.Check(c.wanted, rules)
		var got []string
		for _, f := range fault.Fields(err) {
			got = append(got, f.Key)
		}
		if !slices.Equal(got, c.keys) {
			t.Errorf("%s: %v, want %v", c.name, got, c.keys)
		}
	}
}

func TestAWayNeedsItsPapersBeforeASeat(t *testing.T) {
	t.Parallel()
	lacking := func(c Choice, h Have) int { return len(Lacking(c.Needs(h, rules))) }
	records := Choice{Path: Records}
	if n := lacking(records, Have{Papers: map[string]bool{"records": true}}); n != 3 { // the copy, the guardian's papers, the original
		t.Errorf("records that were only seen: %d", n)
	}
	records.Original = true
	if n := lacking(records, Have{Papers: map[string]bool{"guardian": true}, Filed: map[string]bool{"records": true}}); n != 0 {
		t.Errorf("whole records: %d", n)
	}
	remote := Choice{Path: Remote}
	if n := lacking(remote, Have{Asked: true}); n != 5 {
		t.Errorf("an empty remote case: %d", n)
	}
	all := Have{Consent: &evidence.Consent{}, Evidence: map[evidence.Kind]int{evidence.Photo: 1, evidence.Video: 1, evidence.Document: 2}}
	if n := lacking(remote, all); n != 0 {
		t.Errorf("a whole remote case: %d", n)
	}
	all.Consent.Withdrawn = "2020-04-02"
	if n := lacking(remote, all); n != 1 {
		t.Errorf("after the consent is withdrawn: %d", n)
	}
	if n := lacking(Choice{Path: Central}, Have{}); n != 0 {
		t.Errorf("the township's day: %d", n)
	}
}

func TestARemoteSessionTakesRemoteCasesOnly(t *testing.T) {
	t.Parallel()
	for _, p := range append([]Path{""}, Paths...) {
		if p.Fits(session.Remote) != (p == Remote) {
			t.Errorf("%q in a remote session: %t", p, p.Fits(session.Remote))
		}
		if p.Fits(session.Central) == (p == Remote || p == Home) {
			t.Errorf("%q in a central session: %t", p, p.Fits(session.Central))
		}
	}
}
