package api_test

import (
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

func TestAgreementsThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		text := `{"hospital":"hospital-533103","parties":"甲、乙","from":"2020-01-01","to":"2020-05-01","categories":["4"],"doctors":"甲 主治医师"`
		if a := p.call(access.Clerk, "POST", "/api/v1/agreements", strings.Replace(text, "2020-05-01", "2019-05-01", 1)+"}"); a.status != 422 || !strings.Contains(a.text, `to`) {
			t.Errorf("ends before it begins: %d %s", a.status, a.text)
		}
		if a := p.call(access.Health, "POST", "/api/v1/agreements", text+"}"); a.status != 403 {
			t.Errorf("entered by the health commission: %d", a.status)
		}
		l := p.must(200, access.Clerk, "POST", "/api/v1/agreements", text+"}")
		if l.field("items.1.county") != "533103" || l.field("items.1.name") == "" {
			t.Errorf("the list %s", l.text)
		}
		at := "/api/v1/agreements/agreement-hospital-533103"
		p.must(200, access.Clerk, "POST", at, text+`,"version":1}`)
		if a := p.call(access.Clerk, "POST", at, text+`,"version":1}`); a.status != 409 {
			t.Errorf("changed on an old version: %d", a.status)
		}
		l = p.must(200, access.Hospital, "GET", "/api/v1/agreements?limit=1", "")
		if l.field("items.0.valid") != "true" || l.field("items.0.ends") != "true" || l.field("next") == "" {
			t.Errorf("the list %s", l.text)
		}
	})
}

func TestScansOfWhatWasSignedThroughTheAPI(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		p := newProgram(t, o)
		at := "/api/v1/agreements/agreement-hospital-533103/scans"
		if a := p.call(access.Clerk, "POST", at, "GIF89a", "Content-Type", "application/octet-stream"); a.status != 422 {
			t.Errorf("a GIF: %d %s", a.status, a.text)
		}
		if l := p.must(200, access.Clerk, "GET", "/api/v1/agreements?bare=true", ""); l.field("items.0.scan") != "0" {
			t.Errorf("without a scan: %s", l.text)
		}
		const pdf = "%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
		if a := p.call(access.Clerk, "POST", at+"?last=0", pdf, "Content-Type", "application/octet-stream"); a.status != 200 || a.field("items.0.no") != "1" || a.field("items.0.type") != "application/pdf" {
			t.Errorf("a PDF: %d %s", a.status, a.text)
		}
		if a := p.call(access.Clerk, "POST", at+"?last=0", pdf, "Content-Type", "application/octet-stream"); a.status != 409 {
			t.Errorf("the first one twice: %d", a.status)
		}
		if l := p.must(200, access.Clerk, "GET", "/api/v1/agreements?bare=true", ""); l.field("items.0.id") != "" {
			t.Errorf("still listed: %s", l.text)
		}
		if a := p.must(200, access.Hospital, "GET", at+"/1", ""); a.text != pdf || a.header.Get("Content-Type") != "application/pdf" {
			t.Errorf("the hospital reads %q", a.text)
		}
		p.must(404, access.Hospital, "GET", at+"/2", "")
		named := "/api/v1/hospitals/hospital-533103/scans"
		if a := p.call(access.Health, "POST", named, pdf, "Content-Type", "application/octet-stream"); a.status != 403 {
			t.Errorf("a designation sent by the health commission: %d", a.status)
		}
		if a := p.call(access.Clerk, "POST", named, pdf, "Content-Type", "application/octet-stream"); a.status != 200 {
			t.Errorf("a designation: %d %s", a.status, a.text)
		}
		p.must(200, access.Health, "GET", named+"/1", "")
		signs := "/api/v1/doctors/" + testbed.As(access.Doctor).Account + "/scans"
		if a := p.call(access.Reviewer, "POST", signs, pdf, "Content-Type", "application/octet-stream"); a.status != 403 {
			t.Errorf("a specimen sent by a reviewer: %d", a.status)
		}
		if a := p.call(access.Health, "POST", signs, pdf, "Content-Type", "application/octet-stream"); a.status != 200 || a.field("items.0.no") != "1" {
			t.Errorf("a specimen: %d %s", a.status, a.text)
		}
		if a := p.must(200, access.Reviewer, "GET", signs+"/1", ""); a.text != pdf {
			t.Errorf("a reviewer reads %q", a.text)
		}
		p.must(403, access.Township, "GET", named, "")
	})
}
