package records_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/fault"
	"hefa/internal/policy"
	"hefa/internal/records"
	"hefa/internal/registry"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestChipDataLeavesByTwoPeopleAndSaysNoMoreThanTheFace asks, grants and takes, and compares each line with its frozen face.
func TestChipDataLeavesByTwoPeopleAndSaysNoMoreThanTheFace(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		desk, ctx := records.New(o.DB, o.Files), t.Context()
		first := approved(t, o, o.Person(t), nil)
		books, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{first.ID})
		step(t, "prepare books", err)
		o.Policy(t, policy.CardKind, "card")
		a, b := approved(t, o, o.Person(t), nil), approved(t, o, o.Person(t), nil)
		batch, err := desk.PrepareBatch(ctx, clerk, testbed.Township, []application.ID{a.ID, b.ID})
		step(t, "prepare cards", err)

		refused := func(name string, want fault.Kind, by access.Actor, of card.BatchID, reason string) {
			t.Helper()
			if _, err := desk.AskChips(ctx, by, of, reason); fault.Of(err) != want {
				t.Errorf("%s: %v, want %s", name, err, want)
			}
		}
		refused("books", fault.Refused, clerk, books, "制卡机写入芯片")
		refused("no reason", fault.Invalid, clerk, batch, " ")
		refused("a township", fault.Forbidden, township, batch, "制卡机写入芯片")
		id, err := desk.AskChips(ctx, clerk, batch, "制卡机写入芯片")
		step(t, "ask", err)
		take := func(by access.Actor) ([]byte, error) {
			var out bytes.Buffer
			err := desk.TakeChips(ctx, by, id, &out)
			return out.Bytes(), err
		}
		if got, err := take(clerk); fault.Of(err) != fault.Refused || len(got) > 0 {
			t.Errorf("before the grant: %d bytes, %v", len(got), err)
		}
		step(t, "grant", registry.New(o.DB, o.Files).JudgeDisclosure(ctx, testbed.As(access.Approver), id, true, ""))
		if got, err := take(testbed.As(access.Approver)); fault.Of(err) != fault.Forbidden || len(got) > 0 {
			t.Errorf("the approver takes it: %d bytes, %v", len(got), err)
		}
		if err := registry.New(o.DB, o.Files).TakeDisclosure(ctx, clerk, id, "utf8", &bytes.Buffer{}); fault.Of(err) != fault.Refused {
			t.Errorf("taken as a list of holders: %v", err)
		}
		step(t, "one is printed", desk.PrintApplication(ctx, clerk, a.ID, ""))
		got, err := take(clerk)
		step(t, "take", err)
		lines := bytes.Split(bytes.TrimSpace(got), []byte("\n"))
		if len(lines) != 4 || !bytes.Contains(lines[0], []byte(`"form":"hefa-chip-1"`)) || !bytes.Contains(lines[0], []byte(`"cards":2`)) {
			t.Fatalf("%d lines: %s", len(lines), got)
		}
		for _, want := range []application.ID{a.ID, b.ID} {
			_, k, _ := now(t, o, want)
			within(t, k.Face, lines[1:3])
		}
		signed(t, o, got, lines[3])
		step(t, "take again", func() error { _, err := take(clerk); return err }())
		if _, err := take(clerk); fault.Of(err) != fault.Refused {
			t.Errorf("a third time: %v", err)
		}
		o.Update(t, access.Clerk, func(tx *store.Tx) error {
			all, err := tx.Timeline(testbed.County, "disclosure", string(id))
			if len(all) != 4 || !strings.Contains(all[3].Note, "芯片数据 2 张") {
				t.Errorf("the audit says %+v", all)
			}
			return err
		})
		step(t, "the other is printed", desk.PrintApplication(ctx, clerk, b.ID, ""))
		step(t, "dispatch", desk.DispatchBatch(ctx, clerk, batch, card.Parcel{}))
		refused("cards that left", fault.Refused, clerk, batch, "制卡机写入芯片")
	})
}

// within fails unless one of the lines is of the face and each of its values but the mark stands in the face under the same name.
func within(t *testing.T, f card.Face, lines [][]byte) {
	t.Helper()
	var face map[string]any
	text, err := json.Marshal(f)
	if err == nil {
		err = json.Unmarshal(text, &face)
	}
	step(t, "read the face", err)
	for _, l := range lines {
		var chip map[string]any
		step(t, "read a line", json.Unmarshal(l, &chip))
		if chip["number"] != face["number"] {
			continue
		}
		for name, v := range chip {
			if was, ok := face[name]; name != "mark" && (!ok || was != v) {
				t.Errorf("the chip says %s %v, the face %v", name, v, was)
			}
		}
		for _, name := range []string{"phone", "guardian_phone", "address", "guardian", "photo"} {
			if chip[name] != nil {
				t.Errorf("the chip says the %s", name)
			}
		}
		if mark, _ := chip["mark"].(string); !strings.Contains(mark, "533103-2020-M0001 "+clerk.Name) {
			t.Errorf("marked %q", mark)
		}
		return
	}
	t.Errorf("%s has no line", f.Name)
}

// signed checks the last line against the lines before it, and that a changed letter shows.
func signed(t *testing.T, o *testbed.Office, file, last []byte) {
	t.Helper()
	var foot card.ChipFoot
	step(t, "read the signature", json.Unmarshal(last, &foot))
	lines := file[:bytes.LastIndexByte(bytes.TrimSpace(file), '\n')+1]
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		keys, err := tx.SignKeys()
		for _, k := range keys {
			if k.ID != foot.Key {
				continue
			}
			fits := func(lines []byte) error { return o.Keys.Signed(k, card.ChipMessage(k.ID, lines), foot.Signature) }
			if err := fits(lines); err != nil {
				t.Errorf("the signature does not fit: %v", err)
			}
			if fits(bytes.Replace(lines, []byte(`"level":"3"`), []byte(`"level":"1"`), 1)) == nil {
				t.Error("the signature fits a changed line")
			}
			return err
		}
		t.Errorf("no key %q", foot.Key)
		return err
	})
}
