package api_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/api"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/certificate"
	"hefa/internal/gate"
	"hefa/internal/org"
	"hefa/internal/person"
	"hefa/internal/roster"
	"hefa/internal/session"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// The texts that must lie clear nowhere, beside the number.
const (
	sealedPhone    = "13987654321"
	sealedAddress  = "那目村民小组七十七号"
	sealedGuardian = "测监护"
	sealedSick     = "左小腿缺失伴幻肢痛"
	sealedObjector = "13912348765"
)

// forms is a text in the encodings in which it could lie somewhere.
func forms(text string) []string {
	b := []byte(text)
	var utf16 []byte
	for _, r := range text {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	quoted := strings.Trim(fmt.Sprintf("%+q", text), `"`)
	out := []string{text, hex.EncodeToString(b), strings.ToUpper(hex.EncodeToString(b)), url.QueryEscape(text), string(utf16), quoted}
	for skip := range 3 { // base64 of something longer shows the text at one of three places
		s := base64.StdEncoding.EncodeToString(append(make([]byte, skip), b...))
		out = append(out, s[4:len(s)-4])
	}
	return out
}

// TestNothingPersonalLiesClear takes a case from the counter to the shelf and then looks for every number, phone, address, guardian and finding that
// it used in all that is kept: the database with its log, or every text of every table in PostgreSQL; the files; the log; the metrics.
func TestNothingPersonalLiesClear(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		var log bytes.Buffer
		g, err := gate.New(gate.Options{Log: slog.New(slog.NewTextHandler(&log, nil)), Page: api.ProblemPage, Now: o.Now})
		if err != nil {
			t.Fatal(err)
		}
		mux := http.NewServeMux()
		api.New(g, p.desks).Register(mux)
		p.handler = g.Wrap(mux)
		held := walked(p)
		metrics := httptest.NewRecorder()
		g.Metrics().ServeHTTP(metrics, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		kept := map[string][]byte{"the log": log.Bytes(), "the metrics": metrics.Body.Bytes(), "every table": texts(t, o.DB)}
		roots := []string{o.Folder}
		if !store.Postgres(o.Address) {
			roots = append(roots, filepath.Dir(o.Address))
		}
		for _, root := range roots {
			_ = filepath.WalkDir(root, func(name string, e os.DirEntry, err error) error {
				if err == nil && !e.IsDir() {
					kept[name], err = os.ReadFile(name)
				}
				return err
			})
		}
		if log.Len() == 0 || len(kept["the metrics"]) == 0 || len(kept) < 4 {
			t.Fatalf("too little was looked at: %d places, a log of %d bytes", len(kept), log.Len())
		}
		for _, secret := range []string{string(number), string(held), sealedPhone, sealedAddress, sealedGuardian, sealedSick, sealedObjector} {
			for _, form := range forms(secret) {
				for name, content := range kept {
					if bytes.Contains(content, []byte(form)) {
						t.Errorf("%s holds %q as %q", name, secret, form)
					}
				}
			}
		}
		// What is not sealed is found, so the search would have found the rest too.
		if !bytes.Contains(kept["every table"], []byte("测试甲")) {
			t.Error("not even the name was found")
		}
	})
}

// walked takes a case through its course with everything personal in it, and answers the certificate's number.
func walked(p *program) certificate.Number {
	t, ctx, clerk := p.t, p.t.Context(), testbed.As(access.Township)
	open := fmt.Sprintf(`{"matter":"new","wanted":["4"],"person":{"name":"测试甲","number":"%s","region":"%s","phone":"%s","address":"%s","guardian":"%s","guardian_relation":"父母","guardian_phone":"%s"}}`,
		number, testbed.Village, sealedPhone, sealedAddress, sealedGuardian, sealedPhone)
	id := p.must(201, access.Township, "POST", "/api/v1/applications", open).field("id")
	if _, err := p.desks.Casework.AddAttachment(ctx, clerk, application.ID(id), casework.Upload{Paper: "identity", Name: string(number) + ".pdf",
		Content: strings.NewReader("%PDF-1.4 " + string(number) + " " + sealedAddress + "\n%%EOF")}); err != nil {
		t.Fatal(err)
	}
	act := func(role access.Role, name, body string) {
		t.Helper()
		p.must(200, role, "POST", "/api/v1/applications/"+id+"/"+name, body)
	}
	act(access.Township, "submit", "{}")
	act(access.Township, "return", `{"missing":["photo"],"note":"`+sealedPhone+` 打不通，住在`+sealedAddress+`"}`)
	act(access.Township, "submit", "{}")
	act(access.Township, "accept", everything)
	s, err := p.desks.Assessing.PlanSession(ctx, testbed.As(access.Clerk), session.Session{Region: testbed.Township,
		Hospital: org.ID("hospital-" + testbed.County), Kind: session.Home, Day: "2020-04-02", Place: sealedAddress, Capacity: 10})
	if err != nil {
		t.Fatal(err)
	}
	act(access.Township, "schedule", `{"session":"`+string(s)+`"}`)
	p.office.Until("2020-04-02")
	p.sheet(id)
	act(access.Doctor, "assess", `{"findings":[{"category":"4","level":"3","meets":true,"findings":"`+sealedSick+`","cause":"外伤","values":{"adl":"3","origin":"amputation","leftleg-lost":"thigh"}}],"second":"测试医生乙"}`)
	act(access.Township, "announce", "{}")
	act(access.Township, "object", `{"name":"王某","phone":"`+sealedObjector+`","text":"`+sealedSick+`不属实"}`)
	act(access.Reviewer, "resolve", `{"decision":"dismissed","reason":"`+sealedSick+`属实"}`)
	p.office.Until("2020-04-14")
	for _, step := range []struct {
		role       access.Role
		name, body string
	}{
		{access.Township, "close", "{}"}, {access.Reviewer, "review", `{"note":"材料齐全"}`}, {access.Approver, "approve", "{}"}, {access.Clerk, "print", `{"serial":"K000001"}`},
		{access.Clerk, "dispatch", "{}"}, {access.Township, "deliver", `{"receiver":"测试甲"}`}, {access.Clerk, "file", `{"reason":"测试"}`},
	} {
		act(step.role, step.name, step.body)
	}
	p.call(access.Township, "GET", "/api/v1/people?q="+string(number)+"&region="+string(testbed.Township), "")
	return listed(p)
}

// listed has a list with a row that goes back, whose cells are kept, and answers the number of the certificate that the course ended with.
func listed(p *program) certificate.Number {
	t := p.t
	var held certificate.Number
	p.office.Update(t, access.Township, func(tx *store.Tx) error {
		_, who, err := tx.Identity(number)
		if err != nil {
			return err
		}
		all, err := tx.CertificatesOf(testbed.County, who)
		if err != nil {
			return err
		}
		held = all[0].Number
		u := roster.Upload{ID: "list", Region: testbed.Township, Kind: roster.Suspected, Name: "名单", State: roster.Checking, At: tx.Now()}
		if err := tx.AddRoster(u); err != nil {
			return err
		}
		return tx.AddRejected(u, []store.Rejected{{Rejection: roster.Rejection{Row: 4, Column: "number", Value: string(number), Message: sealedPhone},
			Cells: []string{"测试甲", string(number), sealedAddress, sealedPhone}}})
	})
	if len(held) < 20 || held.Person() != person.Number(number) {
		t.Fatalf("the certificate's number is %q", held)
	}
	return held
}

// texts is every value of every table, as it lies there.
func texts(t *testing.T, db *store.DB) []byte {
	t.Helper()
	var out bytes.Buffer
	err := db.Snapshot(context.Background(), func(int64, []store.Table) error { return nil }, func(_ int, values []any) error {
		fmt.Fprintln(&out, values...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
