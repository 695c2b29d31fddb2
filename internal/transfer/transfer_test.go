package transfer_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/archive"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/household"
	"hefa/internal/person"
	"hefa/internal/region"
	"hefa/internal/transfer"
)

// TestATransferIsDecidedOnce takes any steps in any order: the first that is whole ends it, and nothing after it changes anything.
func TestATransferIsDecidedOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := transfer.Transfer{Way: rapid.SampledFrom(transfer.Ways).Draw(t, "way"), State: transfer.Sent}
		ended := false
		for range 6 {
			before := x
			text := rapid.SampledFrom([]string{"", "  ", "理由", strings.Repeat("长", transfer.ReasonMost+1)}).Draw(t, "text")
			whole := text == "理由"
			var err error
			switch rapid.IntRange(0, 2).Draw(t, "step") {
			case 0:
				whole, err = true, x.Take("测试人", "2020-04-02")
			case 1:
				err = x.Back(text, "测试人", "2020-04-02")
			case 2:
				err = x.Confirm(text, "测试人", "2020-04-02")
			}
			if want := whole && !ended; want != (err == nil) {
				t.Fatalf("%q in %s: %v", text, before.State, err)
			}
			if ended = ended || err == nil; err != nil && before.State != x.State {
				t.Fatalf("a refused step led from %s to %s", before.State, x.State)
			}
		}
	})
}

func TestBackIsReturnedByOneSideAndRecalledByTheOther(t *testing.T) {
	t.Parallel()
	for way, want := range map[transfer.Way]transfer.State{transfer.In: transfer.Returned, transfer.Out: transfer.Recalled} {
		x := transfer.Transfer{Way: way, State: transfer.Sent}
		if err := x.Back(" 户口尚未迁入 ", "测试人", "2020-04-02"); err != nil || x.State != want || x.Reason != "户口尚未迁入" || x.Decided != "2020-04-02" {
			t.Errorf("%s: %+v %v", way, x, err)
		}
	}
}

func TestAnArrivalNamesAVillageOfTheCounty(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		village region.Code
		address string
		seen    bool
		fields  string
	}{
		{"533102001001", "三组", true, ""},
		{"533102001001", "", true, ""},
		{"533102001", "三组", true, "region"},
		{"533103105201", "三组", true, "region"},
		{"", strings.Repeat("长", transfer.AddressMost+1), false, "region address seen"},
	} {
		var names []string
		for _, f := range fault.Fields(transfer.Arrival{Village: c.village, Address: c.address, Seen: c.seen}.Check("533102")) {
			names = append(names, f.Name)
		}
		if got := strings.Join(names, " "); got != c.fields {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestWhatIsCarriedKeepsNumberTermAndGrade(t *testing.T) {
	t.Parallel()
	a := transfer.Arrival{Village: "533102001001", Address: " 三组 12 号 "}
	p, life := a.Settle(person.Person{ID: "old", Region: "533103105201", Name: "测试", Number: "53319919700101001X", Phone: "13900000000", Version: 7}, "new",
		household.Life{Person: "old", Region: "533103105201", Household: "home", Marital: household.Married, Lives: "533103105201", Version: 3})
	if p.ID != "new" || p.Region != "533102001001" || p.Address != "三组 12 号" || p.Version != 1 || p.Number != "53319919700101001X" || p.Phone == "" {
		t.Errorf("the holder: %+v", p)
	}
	if life.Person != "new" || life.Household != "" || life.Lives != "" || life.Version != 0 || life.Marital != household.Married {
		t.Errorf("how they live: %+v", life)
	}
	was := certificate.Certificate{ID: "a", Person: "old", Region: "533103105201", Number: "53319919700101001X43", Category: certificate.Physical, Level: certificate.Third,
		State: certificate.Moving, Issued: "2018-01-01", Expires: "2027-12-31", Issuer: "芒市残联", Remarks: "换领", Version: 4}
	c := a.Carry(was, "b", "new", "由芒市迁入", "2020-04-02")
	if c.ID != "b" || c.Person != "new" || c.State != certificate.Valid || c.Since != "2020-04-02" || c.Remarks != "换领 由芒市迁入" || c.Version != 1 {
		t.Errorf("carried: %+v", c)
	}
	if c.Number != was.Number || c.Category != was.Category || c.Level != was.Level || c.Issued != was.Issued || c.Expires != was.Expires || c.Issuer != was.Issuer {
		t.Errorf("what must stay changed: %+v", c)
	}
}

func TestTheMessageTellsEveryPaper(t *testing.T) {
	t.Parallel()
	p := transfer.Parcel{Name: "测试", No: "1"}
	if q := p; string(q.Message()) != string(p.Message()) {
		t.Error("the same list reads differently")
	}
	if x := (transfer.Parcel{Papers: []archive.Item{{ID: "i", Hash: "h"}}}); strings.Contains(string(x.Message()), "Digest") {
		t.Error("a list that was signed by an older version would not fit any more")
	}
	if x := (transfer.Parcel{Papers: []archive.Item{{ID: "i", Hash: "h", Digest: "d", Suite: "sm"}}}); !strings.Contains(string(x.Message()), `"Digest":"d"`) {
		t.Error("the hash of a paper is not signed")
	}
	q := p
	q.File = "2"
	if string(q.Message()) == string(p.Message()) {
		t.Error("another file number is not told")
	}
}
