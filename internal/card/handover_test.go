package card

import (
	"strings"
	"testing"

	"hefa/internal/fault"
)

func TestACardComesIntoTheRightHand(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		d        Delivery
		exchange bool
		wrong    string
	}{
		"the holder":            {Delivery{Receiver: " 张三 "}, false, ""},
		"at home":               {Delivery{Means: Home, Receiver: "张三"}, false, ""},
		"by post":               {Delivery{Means: Post, Receiver: "张三", Tracking: "EA123456789CN"}, false, ""},
		"by post, no number":    {Delivery{Means: Post, Receiver: "张三", Tracking: " "}, false, "tracking"},
		"a collector":           {Delivery{Receiver: "张大", Relation: "父女", Papers: "委托书、户口簿"}, false, ""},
		"a collector, nothing":  {Delivery{Receiver: "张大"}, false, "relation papers"},
		"nobody":                {Delivery{}, false, "receiver"},
		"by pigeon":             {Delivery{Means: "pigeon", Receiver: "张三"}, false, "means"},
		"an exchange":           {Delivery{Receiver: "张三"}, true, "note"},
		"an exchange, old here": {Delivery{Receiver: "张三", Recalled: true}, true, ""},
		"an exchange, lost":     {Delivery{Receiver: "张三", Note: "遗失"}, true, ""},
		"too much":              {Delivery{Receiver: "张三", Papers: strings.Repeat("长", 61), Tracking: strings.Repeat("1", 41)}, false, "papers tracking"},
	} {
		c := Card{State: Dispatched, Face: Face{Name: "张三"}}
		err := c.Deliver(x.d, x.exchange, "", "2020-04-01")
		var names []string
		for _, f := range fault.Fields(err) {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); got != x.wrong || (err == nil) != (c.State == Delivered) {
			t.Errorf("%s: %q %v, %s", name, got, err, c.State)
		}
		if err == nil && (c.Delivered != "2020-04-01" || c.Means == "" || c.Receiver != strings.TrimSpace(x.d.Receiver)) {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestAHolderIsToldOnceADay(t *testing.T) {
	t.Parallel()
	c := Card{State: Dispatched}
	if err := c.Notify("2020-04-01"); err != nil || c.Notices != 1 {
		t.Fatal(err)
	}
	if err := c.Notify("2020-04-01"); fault.Of(err) != fault.Refused || c.Notices != 1 {
		t.Errorf("twice on a day: %v", err)
	}
	if err := c.Notify("2020-04-02"); err != nil || c.Notices != 2 || c.Notified != "2020-04-02" {
		t.Errorf("the next day: %v %+v", err, c)
	}
	c.State = Delivered
	if err := c.Notify("2020-04-03"); fault.Of(err) != fault.Refused {
		t.Errorf("after it was fetched: %v", err)
	}
}
