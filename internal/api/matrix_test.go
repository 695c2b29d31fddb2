package api_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/office"
	"hefa/internal/org"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// TestNoOperationTouchesTheNeighbour calls every operation of the API, as its description lists them, with the records of 芒市 as every post of the
// neighbour county: none may answer with success. A new operation is called without a line here.
func TestNoOperationTouchesTheNeighbour(t *testing.T) {
	t.Parallel()
	o := testbed.Open(t, "sqlite")
	p := newProgram(t, o)
	holder := o.Person(t)
	held := o.Certificate(t, holder, "2030-01-01")
	a := o.Case(t, o.Person(t), application.Review)
	ids := map[string]string{"applications": string(a.ID), "certificates": string(held.ID), "people": string(holder.ID), "doctors": testbed.As(access.Doctor).Account,
		"agreements": "agreement-hospital-533103"}
	var description struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal([]byte(p.must(200, access.Clerk, "GET", "/api/openapi.json", "").text), &description); err != nil {
		t.Fatal(err)
	}
	gaps := regexp.MustCompile(`\{\w+\}`)
	called := 0
	for _, role := range access.Roles {
		by := testbed.Stranger(role)
		err := o.DB.Update(t.Context(), access.Program(), func(tx *store.Tx) error {
			_, err := tx.Account(staff.ID(by.Account))
			if fault.Of(err) == fault.Missing {
				err = tx.AddAccount(staff.Account{ID: staff.ID(by.Account), Login: by.Account, Name: by.Name, Role: role, Region: by.Region, Org: org.ID(by.Org)})
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		token, err := p.desks.Office.CreateToken(t.Context(), access.Program(), office.TokenOrder{Login: by.Account, Name: "test", Days: 90})
		if fault.Of(err) == fault.Refused {
			continue // administrators have no tokens
		}
		if err != nil {
			t.Fatal(err)
		}
		for path, operations := range description.Paths {
			if !strings.Contains(path, "{") {
				continue
			}
			id := ids[strings.Split(path, "/")[3]]
			if id == "" {
				id = "nobody"
			}
			for method := range operations {
				if !slices.Contains([]string{"get", "post", "put", "patch", "delete"}, method) {
					continue
				}
				called++
				got := p.call("", strings.ToUpper(method), gaps.ReplaceAllString(path, id), `{}`, "Authorization", "Bearer "+token)
				if got.status < 400 || got.status >= http.StatusInternalServerError {
					t.Errorf("%s %s as %s of the neighbour county: %d %s", method, path, role, got.status, got.text)
				}
			}
		}
	}
	if called < 500 {
		t.Errorf("only %d operations were called", called)
	}
}
