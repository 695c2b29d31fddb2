package statement_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hefa/internal/archive"
	"hefa/internal/fault"
	"hefa/internal/statement"
)

// TestAPaperComesBackOnce takes any steps in any order: what is out comes back or is spoiled once, and only a waiver that lies there is revoked.
func TestAPaperComesBackOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := statement.Statement{Kind: rapid.SampledFrom(statement.Kinds).Draw(t, "kind"), State: statement.Out, No: "1"}
		for range 5 {
			before := s
			reason := rapid.SampledFrom([]string{"", " ", "本人决定申请", strings.Repeat("长", 201)}).Draw(t, "reason")
			told, want := reason == "本人决定申请", false
			var err error
			switch rapid.IntRange(0, 2).Draw(t, "step") {
			case 0:
				want = before.State == statement.Out
				err = s.Receive(statement.Scan{On: "2022-05-06", Hash: "h", Pages: 2})
			case 1:
				want = before.State == statement.Out && told
				err = s.Spoil(reason)
			case 2:
				want = before.State == statement.Back && before.Kind == statement.Waiver && told
				err = s.Revoke(reason)
			}
			if want != (err == nil) || err != nil && s != before {
				t.Fatalf("%+v became %+v, %v", before, s, err)
			}
			if s.Lies() != (s.Proof != "" && s.State != statement.Void) {
				t.Fatalf("%+v lies: %v", s, s.Lies())
			}
		}
	})
}

func TestAnOrderSaysWhatAndWhere(t *testing.T) {
	t.Parallel()
	for fields, o := range map[string]statement.Order{
		"":       {Kind: statement.Survey, Region: "533103105", Count: 30},
		"kind":   {Region: "533103105", Count: 1},
		"region": {Kind: statement.Survey, Region: "533103", Count: 1},
		"count":  {Kind: statement.Survey, Region: "533103105", Count: 201},
		"signer": {Kind: statement.Waiver, Region: "533103105", Count: 1, Signer: "张三"},
	} {
		var got []string
		for _, f := range fault.Fields(o.Check()) {
			got = append(got, f.Name)
		}
		if strings.Join(got, " ") != fields {
			t.Errorf("%+v: %v", o, got)
		}
	}
	one := statement.Order{Kind: statement.Pledge, Region: "533103", Person: "p", Count: 9}
	if err := one.Check(); err != nil || one.Count != 1 {
		t.Errorf("for one person: %+v %v", one, err)
	}
}

func TestAPaperStandsInAFile(t *testing.T) {
	t.Parallel()
	s := statement.Statement{No: "533103-2022-F000001", Kind: statement.Waiver, Signer: "张三", Received: "2022-05-06", Proof: "h"}
	if i := s.Item("i"); i.Check("2022-05-06") != nil || i.Hash != "h" || i.Origin != archive.Scan || i.Number != s.No || i.Pages != 1 {
		t.Errorf("%+v", i)
	}
}
