package main

import (
	"context"
	"os"
	"testing"
)

// TestStatementsThatTieCountiesTogetherAreFound asks for the plans of statements that keep to one county, and of some that look as if they did.
func TestStatementsThatTieCountiesTogetherAreFound(t *testing.T) {
	t.Parallel()
	server := os.Getenv("HEFA_TEST_POSTGRES")
	if server == "" {
		t.Fatal("HEFA_TEST_POSTGRES is not set; run: export HEFA_TEST_POSTGRES=$(scripts/postgres.sh start)")
	}
	j, err := open(t.Context(), server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.close(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	for name, c := range map[string]struct {
		query      string
		met, parts int
	}{
		"one table":                  {`SELECT id FROM person WHERE id = $1`, 1, 1},
		"one table of every county":  {`SELECT DISTINCT county FROM audit WHERE leaf < $1`, 1, 1},
		"joined by the county":       {`SELECT a.id FROM application a JOIN person p ON p.county = a.county AND p.id = a.person`, 2, 1},
		"joined by the person alone": {`SELECT a.id FROM application a JOIN person p ON p.id = a.person WHERE a.county = $1`, 2, 2},
		"the same value":             {`SELECT a.id FROM application a, person p WHERE a.county = $1 AND p.county = $1 AND p.id = a.person`, 2, 1},
		"two values":                 {`SELECT a.id FROM application a, person p WHERE a.county = $1 AND p.county = $2 AND p.id = a.person`, 2, 2},
		"only if":                    {`SELECT a.id FROM application a, person p WHERE (p.county = a.county OR a.no = $1) AND p.id = a.person`, 2, 2},
		"a question inside":          {`SELECT id FROM person p WHERE EXISTS (SELECT 1 FROM application a WHERE a.county = p.county AND a.person = p.id AND a.no = $1)`, 2, 1},
		"a question outside":         {`SELECT id FROM person p WHERE p.county = $1 AND p.id NOT IN (SELECT person FROM application WHERE county = $2)`, 2, 2},
		"the same everywhere":        {`SELECT p.id FROM person p JOIN identity i ON i.person = p.id JOIN region r ON r.code = p.region`, 1, 1},
		"one after the other":        {`SELECT hash FROM item WHERE hash <> $1 UNION SELECT hash FROM deed UNION ALL SELECT proof FROM reminder`, 3, 1},
		"a branch that joins":        {`SELECT hash FROM deed UNION SELECT p.id FROM person p JOIN application a ON a.person = p.id`, 3, 2},
		"counted by kind":            {`SELECT category, SUM(CASE WHEN level = $1 THEN $2 ELSE $3 END) FROM graded WHERE county = $4 GROUP BY category`, 1, 1},
		"a change":                   {`UPDATE person p SET poor = TRUE WHERE p.county = $1 AND EXISTS (SELECT 1 FROM support s WHERE s.county = p.county AND s.person = p.id)`, 2, 1},
		"a change of another's":      {`UPDATE person p SET poor = TRUE WHERE EXISTS (SELECT 1 FROM support s WHERE s.person = p.id)`, 2, 2},
		"counted first": {`WITH n AS MATERIALIZED (SELECT county, person, COUNT(*) AS n FROM application GROUP BY county, person)
			SELECT p.id, n.n FROM person p JOIN n ON n.county = p.county AND n.person = p.id`, 2, 1},
		"counted first, of anybody": {`WITH n AS MATERIALIZED (SELECT county, person, COUNT(*) AS n FROM application GROUP BY county, person)
			SELECT p.id, n.n FROM person p JOIN n ON n.person = p.id`, 2, 2},
	} {
		plan, err := j.plan(t.Context(), c.query)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if met, parts := plan.counties(j.tenants); met != c.met || parts != c.parts {
			t.Errorf("%s: %d tables in %d parts, want %d in %d: %+v", name, met, parts, c.met, c.parts, plan)
		}
	}
}
