package web_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/testbed"
)

// scoped is every page of routes.go that names a record, with an id for each gap and the post that reads it at home.
var scoped = map[string]struct {
	ids  []string
	role access.Role
}{
	"/applications/{id}":                          {[]string{"sent"}, access.Township},
	"/applications/{id}/edit":                     {[]string{"draft"}, access.Township},
	"/applications/{id}/next":                     {[]string{"draft"}, access.Township},
	"/applications/{id}/form.pdf":                 {[]string{"sent"}, access.Township},
	"/applications/{id}/letters/{letter}":         {[]string{"sent", "letter"}, access.Township},
	"/applications/{id}/attachments/{file}":       {[]string{"sent", "scan"}, access.Township},
	"/applications/{id}/attachments/{file}/small": {[]string{"draft", "photo"}, access.Township},
	"/applications/{id}/evaluation.pdf":           {[]string{"seated"}, access.Township},
	"/applications/{id}/assess":                   {[]string{"seated"}, access.Doctor},
	"/disclosures/{id}":                           {[]string{"disclosure"}, access.Township},
	"/transfers/{id}":                             {[]string{"transfer"}, access.Township},
	"/transfers/{id}/sheet.pdf":                   {[]string{"transfer"}, access.Township},
	"/referrals/{id}":                             {[]string{"referral"}, access.Township},
	"/referrals/{id}/sheet.pdf":                   {[]string{"referral"}, access.Township},
	"/referrals/{id}/package.zip":                 {[]string{"handed"}, access.Clerk},
	"/recalls/{id}/record.pdf":                    {[]string{"destruction"}, access.Clerk},
	"/batches/{id}":                               {[]string{"batch"}, access.Clerk},
	"/batches/{id}/chips":                         {[]string{"frozen"}, access.Clerk},
	"/batches/{id}/booklets.pdf":                  {[]string{"frozen"}, access.Clerk},
	"/printers/{id}":                              {[]string{"printer"}, access.Clerk},
	"/printers/{id}/test.pdf":                     {[]string{"printer"}, access.Clerk},
	"/batches/{id}/dispatch.pdf":                  {[]string{"batch"}, access.Clerk},
	"/batches/{id}/register.pdf":                  {[]string{"batch"}, access.Township},
	"/batches/{id}/cards.xlsx":                    {[]string{"batch"}, access.Township},
	"/batches/{id}/signed/{scan}":                 {[]string{"batch", "signed"}, access.Township},
	"/deliveries/{id}":                            {[]string{"sent"}, access.Township},
	"/notices/{id}":                               {[]string{"notice"}, access.Township},
	"/notices/{id}/list.pdf":                      {[]string{"notice"}, access.Township},
	"/sessions/{id}":                              {[]string{"session"}, access.Township},
	"/sessions/{id}/change":                       {[]string{"session"}, access.Clerk},
	"/sessions/{id}/calls.pdf":                    {[]string{"session"}, access.Township},
	"/sessions/{id}/route.pdf":                    {[]string{"session"}, access.Township},
	"/sessions/{id}/summons.pdf":                  {[]string{"session"}, access.Township},
	"/sessions/{id}/list.pdf":                     {[]string{"session"}, access.Township},
	"/rosters/{id}":                               {[]string{"list"}, access.Township},
	"/rosters/{id}/columns":                       {[]string{"list"}, access.Township},
	"/rosters/{id}/progress":                      {[]string{"list"}, access.Township},
	"/rosters/{id}/rejected.xlsx":                 {[]string{"list"}, access.Township},
	"/people/{id}":                                {[]string{"person"}, access.Township},
	"/people/{id}/edit":                           {[]string{"person"}, access.Township},
	"/applications/{id}/call":                     {[]string{"seated"}, access.Township},
	"/applications/{id}/call/{call}":              {[]string{"seated", "call"}, access.Township},
	"/applications/{id}/pathway":                  {[]string{"sent"}, access.Township},
	"/applications/{id}/remote":                   {[]string{"sent"}, access.Township},
	"/applications/{id}/appeal":                   {[]string{"sent"}, access.Township},
	"/applications/{id}/appeal/order":             {[]string{"judged"}, access.City},
	"/reassessments/{id}":                         {[]string{"reassessment"}, access.Doctor},
	"/people/{id}/household":                      {[]string{"person"}, access.Township},
	"/people/{id}/correction":                     {[]string{"person"}, access.Clerk},
	"/people/{id}/reveal":                         {[]string{"person"}, access.Township},
	"/certificates/{id}":                          {[]string{"held"}, access.Township},
	"/certificates/{id}/electronic":               {[]string{"held"}, access.Clerk},
	"/certificates/{id}/electronic.pdf":           {[]string{"held"}, access.Clerk},
	"/people/{id}/attempts":                       {[]string{"person"}, access.Township},
	"/people/{id}/reminders":                      {[]string{"person"}, access.Township},
	"/reminders/{id}":                             {[]string{"reminder"}, access.Township},
	"/reminders/{id}/letter":                      {[]string{"reminder"}, access.Township},
	"/reminders/{id}/letter.pdf":                  {[]string{"reminder"}, access.Township},
	"/bundles/{id}":                               {[]string{"bundle"}, access.Township},
	"/bundles/{id}/progress":                      {[]string{"bundle"}, access.Township},
	"/bundles/{id}/parts/{no}":                    {[]string{"bundle", "no"}, access.Township},
	"/lapses/{id}":                                {[]string{"lapse"}, access.Township},
	"/postings/{id}":                              {[]string{"posting"}, access.Township},
	"/postings/{id}/list.pdf":                     {[]string{"posting"}, access.Township},
	"/reminders/{id}/proof":                       {[]string{"reminder"}, access.Township},
	"/accounts/{id}":                              {[]string{"account"}, access.Secadmin},
	"/accounts/{id}/edit":                         {[]string{"account"}, access.Secadmin},
	"/agreements/{id}":                            {[]string{"agreement"}, access.Clerk},
	"/agreements/{id}/scans/{no}":                 {[]string{"agreement", "no"}, access.Clerk},
	"/orgs/{id}/scans/{no}":                       {[]string{"org", "no"}, access.Clerk},
	"/doctors/{id}/scans/{no}":                    {[]string{"doctor", "no"}, access.Health},
	"/doctors/{id}":                               {[]string{"doctor"}, access.Health},
	"/orgs/{id}":                                  {[]string{"org"}, access.Sysadmin},
	"/piles/{id}":                                 {[]string{"pile"}, access.Township},
	"/piles/{id}/progress":                        {[]string{"pile"}, access.Township},
	"/piles/{id}/pages/{page}":                    {[]string{"pile", "leaf"}, access.Township},
	"/piles/{id}/pieces/{piece}":                  {[]string{"pile", "piece"}, access.Township},
	"/statements/{id}":                            {[]string{"statement"}, access.Township},
	"/statements/{id}/forms.pdf":                  {[]string{"statement"}, access.Township},
	"/statements/{id}/proof":                      {[]string{"statement"}, access.Township},
	"/archive/files/{id}":                         {[]string{"person"}, access.Clerk},
	"/archive/files/{id}/papers/{item}":           {[]string{"person", "item"}, access.Clerk},
	"/archive/files/{id}/papers.pdf":              {[]string{"person"}, access.Clerk},
	"/archive/boxes/{id}":                         {[]string{"box"}, access.Clerk},
	"/archive/boxes/{id}/labels.pdf":              {[]string{"box"}, access.Clerk},
	"/archive/appraisals/{id}":                    {[]string{"appraisal"}, access.Clerk},
	"/archive/appraisals/{id}/register.pdf":       {[]string{"appraisal"}, access.Clerk},
}

var gap = regexp.MustCompile(`\{\w+\}`)

func TestEveryPageOfARecordIsInTheScopeMatrix(t *testing.T) {
	t.Parallel()
	source := routesSource(t)
	for _, m := range regexp.MustCompile(`"GET (/[^"]*\{\w+\}[^"]*)"`).FindAllStringSubmatch(string(source), -1) {
		if _, ok := scoped[m[1]]; !ok && m[1] != "/policies/{key}" && m[1] != "/forms/{form}" { // rules and empty forms are no secret
			t.Errorf("%s is not tried", m[1])
		}
	}
}

// routesOf is the routes of one method in routes*.go.
func routesOf(t *testing.T, method string) []string {
	t.Helper()
	source := routesSource(t)
	var out []string
	for _, m := range regexp.MustCompile(`page\("`+method+` (/[^"]*)"|long\("`+method+` (/[^"]*)"|Handle\("`+method+` (/[^"]*)", s\.door\.(?:Long|Upload)`).FindAllStringSubmatch(string(source), -1) {
		out = append(out, m[1]+m[2]+m[3])
	}
	slices.Sort(out)
	return out
}

// at is a route with the test's records in its gaps; not ok for one that names a record of which nothing is known.
func at(route string, ids map[string]string) (string, bool) {
	c, ok := scoped[route]
	if route == "/regions/new" {
		return route + "?at=" + string(testbed.Township), true
	}
	if !strings.Contains(route, "{") || route == "/{$}" {
		return strings.TrimSuffix(route, "{$}"), true
	}
	known := map[string]string{"/policies/{key}": "/policies/accept.days", "/forms/{form}": "/forms/pledge.pdf"}
	if path := known[route]; path != "" {
		return path, true
	}
	n := 0
	return gap.ReplaceAllStringFunc(route, func(string) string { n++; return ids[c.ids[n-1]] }), ok
}

// registers is a line that opens an address of the site.
var registers = regexp.MustCompile(`(?m)^\s*(page|open|mux\.Handle|mux\.HandleFunc)\("(GET|POST) `)

// routesSource is the files that list the site, routes*.go; no other file opens an address.
func routesSource(t *testing.T) []byte {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, name := range names {
		source, err := os.ReadFile(name)
		switch {
		case err != nil:
			t.Fatal(err)
		case strings.HasPrefix(name, "routes"):
			all = append(all, source...)
		case !strings.HasSuffix(name, "_test.go") && registers.Match(source):
			t.Errorf("%s opens an address; they stand in routes*.go", name)
		}
	}
	return all
}
