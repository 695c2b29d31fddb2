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
	"hefa/internal/card"
	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/office"
	"hefa/internal/org"
	"hefa/internal/staff"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// shape is what the description says of a value.
type shape struct {
	Ref        string           `json:"$ref"`
	Type       json.RawMessage  `json:"type"`
	Format     string           `json:"format"`
	Encoding   string           `json:"contentEncoding"`
	Enum       []any            `json:"enum"`
	Items      *shape           `json:"items"`
	MinItems   int              `json:"minItems"`
	Required   []string         `json:"required"`
	Properties map[string]shape `json:"properties"`
}

// description is the part of the API's description that tells how each operation is called.
type description struct {
	Paths map[string]map[string]struct {
		RequestBody struct {
			Content map[string]struct {
				Schema shape `json:"schema"`
			} `json:"content"`
		} `json:"requestBody"`
	} `json:"paths"`
	Components struct {
		Schemas map[string]shape `json:"schemas"`
	} `json:"components"`
}

// sample is a value of the shape with all that it must have, so that the call reaches the desk.
func (d description) sample(s shape) any {
	if s.Ref != "" {
		return d.sample(d.Components.Schemas[s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]])
	}
	if len(s.Enum) > 0 {
		return s.Enum[0]
	}
	switch kind := string(s.Type); {
	case strings.Contains(kind, "object"):
		out := map[string]any{}
		for _, name := range s.Required {
			out[name] = d.sample(s.Properties[name])
		}
		return out
	case strings.Contains(kind, "array"):
		out := []any{}
		for range s.MinItems {
			out = append(out, d.sample(*s.Items))
		}
		return out
	case strings.Contains(kind, "integer"), strings.Contains(kind, "number"):
		return 1
	case strings.Contains(kind, "boolean"):
		return true
	case s.Encoding == "base64":
		return "5rWL6K+V"
	case s.Format == "date-time":
		return "2020-04-01T01:00:00Z"
	case s.Format == "date":
		return "2020-04-01"
	}
	return "测试理由"
}

// TestNoOperationTouchesTheNeighbour calls every operation of the API, as its description lists them, with the records of 芒市 as every post of the
// neighbour county, with bodies made after the description: each is forbidden, or the record is none. A new operation is called without a line here.
func TestNoOperationTouchesTheNeighbour(t *testing.T) {
	t.Parallel()
	o := testbed.Open(t, "sqlite")
	p := newProgram(t, o)
	holder := o.Person(t)
	held := o.Certificate(t, holder, "2030-01-01")
	a := o.Case(t, o.Person(t), application.Review)
	ids := map[string]string{"applications": string(a.ID), "certificates": string(held.ID), "people": string(holder.ID), "doctors": testbed.As(access.Doctor).Account,
		"agreements": "agreement-hospital-533103"}
	o.Update(t, access.Clerk, func(tx *store.Tx) error {
		x := card.Standard(certificate.Card)
		x.ID, x.Region, x.Name = "printer", testbed.County, "卡机"
		return tx.AddPrinter(x)
	})
	ids["printers"] = "printer"
	var told description
	if err := json.Unmarshal([]byte(p.must(200, access.Clerk, "GET", "/api/openapi.json", "").text), &told); err != nil {
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
		for path, operations := range told.Paths {
			if !strings.Contains(path, "{") {
				continue
			}
			id := ids[strings.Split(path, "/")[3]]
			if id == "" {
				id = "nobody"
			}
			for method, op := range operations {
				if !slices.Contains([]string{"get", "post", "put", "patch", "delete"}, method) {
					continue
				}
				called++
				body := ""
				for _, c := range op.RequestBody.Content {
					b, err := json.Marshal(told.sample(c.Schema))
					if err != nil {
						t.Fatal(err)
					}
					body = string(b)
				}
				got := p.call("", strings.ToUpper(method), gaps.ReplaceAllString(strings.Replace(path, "{no}", "1", 1), id), body, "Authorization", "Bearer "+token)
				if got.status != http.StatusForbidden && got.status != http.StatusNotFound {
					t.Errorf("%s %s as %s of the neighbour county: %d %s", method, path, role, got.status, got.text)
				}
			}
		}
	}
	if called < 500 {
		t.Errorf("only %d operations were called", called)
	}
}
