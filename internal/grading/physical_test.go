package grading_test

import (
	"strings"
	"testing"

	"hefa/internal/certificate"
	"hefa/internal/grading"
)

// 5.5 (S6): every item of every level, with the head clause of its level.
func TestEveryItemOfThePhysicalLists(t *testing.T) {
	t.Parallel()
	both := func(limb, what string) string { return "right" + limb + "-" + what + " left" + limb + "-" + what }
	lists := []struct {
		item, found string
	}{
		{"1.a", "paralysis=tetra"}, {"1.b", "paralysis=para-complete"}, {"1.c", "paralysis=hemi-complete"},
		{"1.d", "leftarm-lost=whole " + both("leg", "lost=lowerleg")}, {"1.e", "leftleg-lost=whole " + both("arm", "lost=forearm")},
		{"1.f", both("arm", "lost=upperarm") + " rightleg-lost=lowerleg"}, {"1.g", both("arm", "lost=whole")}, {"1.g", both("leg", "lost=whole")},
		{"1.h", both("arm", "lost=hand") + " " + both("leg", "lost=foot")}, {"1.i", both("arm", "function=extreme")},
		{"1.i", both("arm", "function=severe") + " leftleg-function=severe"},
		{"2.a", "paralysis=hemi-partial"}, {"2.a", "paralysis=para-partial"}, {"2.b", both("arm", "lost=forearm")}, {"2.b", both("arm", "lost=upperarm")},
		{"2.c", both("leg", "lost=thigh")}, {"2.d", "rightarm-lost=whole leftleg-lost=thigh"}, {"2.e", "rightleg-lost=whole leftarm-lost=upperarm"},
		{"2.f", both("arm", "lost=hand") + " rightleg-lost=foot"}, {"2.g", "rightarm-function=severe leftleg-function=severe"},
		{"2.g", both("arm", "function=moderate") + " leftleg-function=moderate"},
		{"3.a", both("leg", "lost=lowerleg")}, {"3.b", "rightarm-lost=forearm"}, {"3.c", "leftleg-lost=thigh"}, {"3.d", both("arm", "lost=thumb")},
		{"3.d", both("arm", "lost=fingers")}, {"3.e", "rightarm-lost=hand leftleg-lost=foot"}, {"3.f", "rightarm-function=severe"},
		{"3.f", both("leg", "function=moderate")},
		{"4.a", "rightleg-lost=lowerleg"}, {"4.b", "difference=50"}, {"4.c", "stiff=yes"}, {"4.d", "kyphosis=71"}, {"4.d", "scoliosis=46"},
		{"4.e", "leftarm-lost=fingers"}, {"4.f", "leftarm-lost=thumb"}, {"4.g", "rightleg-lost=foot"}, {"4.h", both("leg", "lost=toes")}, {"4.h", "toes=yes"},
		{"4.i", "height=1300"}, {"4.j", "rightleg-function=moderate"}, {"4.j", both("arm", "function=mild")}, {"4.k", "similar=yes"},
	}
	for _, l := range lists {
		level, _, _ := strings.Cut(l.item, ".")
		try(t, certificate.Physical, "origin=congenital evidence=3 adl="+level, []row{{"5.5 " + l.item, l.found, 40, level, "grading.physical." + l.item}})
	}
}

// What lies just short of an item, and the head clause about daily life.
func TestPhysicalBoundaries(t *testing.T) {
	t.Parallel()
	try(t, certificate.Physical, "origin=congenital evidence=3 adl=4", []row{
		{"49 mm", "difference=49", 40, "unmet", ""},
		{"70 degrees of kyphosis", "kyphosis=70", 40, "unmet", ""},
		{"45 degrees of scoliosis", "scoliosis=45", 40, "unmet", ""},
		{"1301 mm", "height=1301", 40, "unmet", ""},
		{"1300 mm at seventeen", "height=1300", 17, "unmet", ""},
		{"one thumb and the other hand's fingers are not both thumbs", "rightarm-lost=thumb leftarm-lost=fingers", 40, "4", "grading.physical.4.e"},
		{"the toes of one foot", "rightleg-lost=toes", 40, "unmet", ""},
		{"one limb mildly", "rightleg-function=mild", 40, "unmet", ""},
		{"daily life is milder than the item", "paralysis=tetra", 40, "4", "grading.clause.adl"},
		{"nothing", "", 40, "unmet", ""},
	})
	try(t, certificate.Physical, "origin=congenital evidence=3", []row{
		{"daily life is more severe than the item", "stiff=yes adl=1", 40, "4", "grading.physical.4.c"},
		{"daily life is managed alone", "stiff=yes adl=5", 40, "unmet", ""},
		{"daily life is not known", "stiff=yes", 40, "open", ""},
	})
}

// The year of rehabilitation, its exemptions (S24), and the two of 芒政办发〔2020〕23号 (M32, M33) as policy.
func TestRehabilitationAndItsExemptions(t *testing.T) {
	t.Parallel()
	eased := grading.Relief{Months: 12, Loss: true, Stroke: 60}
	for _, c := range []struct {
		name, found string
		age         int
		relief      grading.Relief
		want        grading.Outcome
	}{
		{"11 months after an illness", "stiff=yes adl=4 origin=illness months=11", 40, plainRelief, grading.Waiting},
		{"12 months after an illness", "stiff=yes adl=4 origin=illness months=12", 40, plainRelief, grading.Met},
		{"amputation", "rightarm-lost=forearm adl=3 origin=amputation months=1", 40, plainRelief, grading.Met},
		{"an amputation of which nothing is seen", "stiff=yes adl=4 origin=amputation months=1", 40, plainRelief, grading.Waiting},
		{"complete paraplegia", "paralysis=para-complete adl=1 origin=accident months=1", 40, plainRelief, grading.Met},
		{"partial paraplegia", "paralysis=para-partial adl=2 origin=accident months=1", 40, plainRelief, grading.Waiting},
		{"loss by an accident", "rightarm-lost=forearm adl=3 origin=accident months=1", 40, plainRelief, grading.Waiting},
		{"loss by an accident where policy eases it (M32)", "rightarm-lost=forearm adl=3 origin=accident months=1", 40, eased, grading.Met},
		{"a stroke at 60 where policy eases it (M33)", "rightarm-function=severe adl=3 evidence=2 origin=stroke months=1 records=yes", 60, eased, grading.Met},
		{"a stroke at 59", "rightarm-function=severe adl=3 evidence=2 origin=stroke months=1 records=yes", 59, eased, grading.Waiting},
		{"a stroke without records", "rightarm-function=severe adl=3 evidence=2 origin=stroke months=1", 60, eased, grading.Waiting},
		{"a stroke where policy does not", "rightarm-function=severe adl=3 evidence=2 origin=stroke months=1 records=yes", 60, plainRelief, grading.Waiting},
		{"an illness at 60", "rightarm-function=severe adl=3 evidence=2 origin=illness months=1 records=yes", 60, eased, grading.Waiting},
	} {
		s := grading.Suggest(grading.Case{Category: certificate.Physical, Values: values(c.found), Age: c.age, Relief: c.relief})
		if s.Outcome != c.want || s.Level == "" {
			t.Errorf("%s: %s %s", c.name, s.Outcome, s.Level)
		}
		said(t, c.name, s)
	}
}
