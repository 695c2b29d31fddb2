package main

import "testing"

func TestListKeepsHolidaysAndMakeUpDaysOnly(t *testing.T) {
	t.Parallel()
	got, err := list([]byte(`{
		"holidays": {"2020-05-01": "Labour Day,劳动节,1", "2020-05-05": "Labour Day,劳动节,1", "2017-10-01": "National Day,国庆节,3"},
		"workdays": {"2020-05-09": "Labour Day,劳动节,1"},
		"inLieuDays": {"2020-05-04": "Labour Day,劳动节,1"}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := "# chinese-days 1.5.7, MIT licence; written by go run ./tools/data/holidays\n2020-05-01 off 劳动节\n2020-05-05 off 劳动节\n2020-05-09 work 劳动节\n"
	if string(got) != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestListRefusesWhatContradictsItself(t *testing.T) {
	t.Parallel()
	for name, days := range map[string]string{
		"broken JSON":    `{"holidays": {`,
		"no three parts": `{"holidays": {"2020-05-01": "劳动节"}}`,
		"both":           `{"holidays": {"2020-05-01": "Labour Day,劳动节,1"}, "workdays": {"2020-05-01": "Labour Day,劳动节,1"}}`,
	} {
		if out, err := list([]byte(days)); err == nil {
			t.Errorf("%s: %q", name, out)
		}
	}
}
