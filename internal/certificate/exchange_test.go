package certificate_test

import (
	"testing"

	"hefa/internal/certificate"
	"hefa/internal/fault"
	"hefa/internal/person"
)

// TestExchangeKeepsTheNumberWhileItSaysTheSame follows rules.md §2.1: expiry keeps the number, a changed category or level changes its end.
func TestExchangeKeepsTheNumberWhileItSaysTheSame(t *testing.T) {
	t.Parallel()
	n := person.MakeNumber("533199", "1961-05-04", 3)
	other := person.MakeNumber("533199", "1961-05-04", 5)
	first := certificate.MakeNumber(n, "4", "3")
	cases := []struct {
		old  certificate.Number
		of   person.Number
		c    certificate.Category
		l    certificate.Level
		want certificate.Number
	}{
		{"", n, "4", "3", first},
		{first, n, "4", "3", first},
		{first + "B2", n, "4", "3", first + "B2"},
		{first + "B2", n, "4", "2", certificate.MakeNumber(n, "4", "2")},
		{first + "B1", n, "1", "3", certificate.MakeNumber(n, "1", "3")},
		{first + "B1", other, "4", "3", certificate.MakeNumber(other, "4", "3")},
	}
	for _, c := range cases {
		if got := c.old.Exchange(c.of, c.c, c.l); got != c.want || got.Check() != "" {
			t.Errorf("%s → %s (%s), want %s", c.old, got, got.Check(), c.want)
		}
	}
}

func TestCertificateIsIssuedOnceAndReplacedOnce(t *testing.T) {
	t.Parallel()
	c := certificate.Certificate{State: certificate.Pending}
	if err := c.Take(certificate.Replace, "2020-04-01"); fault.Of(err) != fault.Refused {
		t.Errorf("a pending one was replaced: %v", err)
	}
	if err := c.Take(certificate.Issue, "2020-04-01"); err != nil || c.State != certificate.Valid {
		t.Errorf("not issued: %v", err)
	}
	if err := c.Take(certificate.Issue, "2020-04-01"); fault.Of(err) != fault.Refused {
		t.Errorf("issued twice: %v", err)
	}
	if err := c.Take(certificate.Replace, "2020-04-01"); err != nil || c.State != certificate.Replaced {
		t.Errorf("not replaced: %v", err)
	}
}
