package card_test

import (
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/person"
	"hefa/internal/policy"
)

// TestACardGoesOneWay tries random steps: a card is never printed twice as good, never handed out before it was sent, and a refused step changes nothing.
func TestACardGoesOneWay(t *testing.T) {
	t.Parallel()
	order := map[card.State]int{card.Frozen: 0, card.Good: 1, card.Dispatched: 2, card.Delivered: 3}
	rapid.Check(t, func(t *rapid.T) {
		k := card.Card{State: card.Frozen, Face: card.Face{Name: "测试人"}}
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			was := k
			step := rapid.SampledFrom([]string{"good", "spoil", "dispatch", "deliver"}).Draw(t, "step")
			err := map[string]func() error{
				"good":     func() error { return k.Good(rapid.StringN(0, 50, -1).Draw(t, "serial"), "2020-06-01") },
				"spoil":    func() error { return k.Spoil(rapid.SampledFrom([]string{"", "卡纸"}).Draw(t, "reason")) },
				"dispatch": func() error { return k.Dispatch("2020-06-05") },
				"deliver": func() error {
					return k.Deliver(card.Delivery{Receiver: rapid.SampledFrom([]string{"", "测试人", "别人"}).Draw(t, "receiver")}, false, "", "2020-06-09")
				},
			}[step]()
			moved := order[k.State] - order[was.State]
			switch {
			case err != nil && (moved != 0 || k.Spoiled != was.Spoiled || k.Serial != was.Serial):
				t.Fatalf("%s was refused (%v) and changed %+v to %+v", step, err, was, k)
			case err == nil && step == "spoil" && (moved != 0 || k.Spoiled != was.Spoiled+1 || was.State != card.Frozen):
				t.Fatalf("spoiling led from %+v to %+v", was, k)
			case err == nil && step != "spoil" && moved != 1:
				t.Fatalf("%s led from %s to %s", step, was.State, k.State)
			case (k.State == card.Frozen) != (k.Printed == ""), (k.State == card.Delivered) != (k.Delivered != ""), (order[k.State] >= order[card.Dispatched]) != (k.Left != ""):
				t.Fatalf("days do not fit the state: %+v", k)
			}
		}
	})
}

func TestTheWayToTheHandIsCountedFromTheGoodPrint(t *testing.T) {
	t.Parallel()
	working, rules := day.NewCalendar(nil), policy.Book{}.At("533103105", "2020-06-30")
	cases := []struct {
		printed, delivered, today day.Day
		days                      int
		late                      bool
	}{
		{"", "", "2020-06-30", 0, false},
		{"2020-06-01", "", "2020-06-01", 0, false},
		{"2020-06-01", "", "2020-06-22", 21, false}, // 15 working days = 5 for dispatch + 10 for delivery
		{"2020-06-01", "", "2020-06-23", 22, true},
		{"2020-06-01", "2020-06-05", "2020-06-30", 4, false},
		{"2020-06-01", "2020-06-29", "2020-07-30", 28, true},
	}
	for _, c := range cases {
		days, late := card.Card{Printed: c.printed, Delivered: c.delivered}.Way(c.today, working, rules)
		if days != c.days || late != c.late {
			t.Errorf("printed %s, delivered %q, on %s: %d days, late %v; want %d, %v", c.printed, c.delivered, c.today, days, late, c.days, c.late)
		}
	}
}

// TestFaceSaysWhatTheBookletWants follows rules.md §2.3 and 办法 articles 4, 13 and 19.
func TestFaceSaysWhatTheBookletWants(t *testing.T) {
	t.Parallel()
	n := person.MakeNumber("533199", "1961-05-04", 3)
	p := person.Person{Name: "测试人", Number: n, Address: "3 组 8 号", Phone: "13900000000", Guardian: person.Guardian{Name: "测试监护", Phone: "13900000001"}}
	p.Fill()
	old := certificate.Certificate{Number: certificate.MakeNumber(n, certificate.Physical, certificate.Third), Expires: "2020-05-07"}
	cases := map[string]struct {
		grades   []certificate.Grade
		category certificate.Category
		previous *certificate.Certificate
		remarks  string
		red      bool
	}{
		"physical":            {[]certificate.Grade{{Category: "4", Level: "3"}}, "4", nil, "", false},
		"vision":              {[]certificate.Grade{{Category: "1", Level: "3"}}, "1", nil, "", true},
		"multiple":            {[]certificate.Grade{{Category: "2", Level: "3"}, {Category: "4", Level: "2"}}, "7", nil, "多重残疾：听力三级、肢体二级", false},
		"multiple, vision":    {[]certificate.Grade{{Category: "1", Level: "3"}, {Category: "4", Level: "2"}}, "7", nil, "多重残疾：视力三级、肢体二级", true},
		"exchange":            {[]certificate.Grade{{Category: "4", Level: "3"}}, "4", &old, "到期换领，原证有效期至2020年5月7日", false},
		"exchange, new grade": {[]certificate.Grade{{Category: "4", Level: "2"}}, "4", &old, "换领，原证号 " + string(old.Number) + "，有效期至2020年5月7日", false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			level := c.grades[0].Level
			cert := certificate.Certificate{Category: c.category, Level: level, Grades: c.grades, Number: certificate.MakeNumber(n, c.category, level), Issuer: "测试残联"}
			f := card.Sitting{Person: p, Certificate: cert, Previous: c.previous, Place: "云南省德宏州芒市风平镇", Photo: "hash", RedSeveral: true}.Face()
			if f.Remarks != c.remarks || f.Red != c.red {
				t.Errorf("remarks %q red %v, want %q %v", f.Remarks, f.Red, c.remarks, c.red)
			}
			if f.Address != "云南省德宏州芒市风平镇3 组 8 号" || f.Sex != "男" || f.Birth != "1961-05-04" || f.Issuer != "测试残联" || f.GuardianPhone != "13900000001" || f.Photo != "hash" {
				t.Errorf("face %+v", f)
			}
		})
	}
}
