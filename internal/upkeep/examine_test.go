package upkeep_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/day"
	"hefa/internal/job"
	"hefa/internal/paper"
	"hefa/internal/seal"
	"hefa/internal/store"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
	"hefa/internal/vault"
)

// healthy is an examination of an office in which nothing is wrong.
func healthy(t *testing.T, o *testbed.Office) upkeep.Examination {
	t.Helper()
	backups, at := t.TempDir(), o.Now()
	good := store.Backup{ID: "hefa-1", At: at, Good: true, Rehearsed: at, Proved: true}
	o.Update(t, access.Sysadmin, func(tx *store.Tx) error {
		if err := tx.AddBackup(good); err != nil {
			return err
		}
		return tx.SaveRehearsal(good)
	})
	e := upkeep.Examination{Data: t.TempDir(), Database: o.Address, Backups: backups, Passwords: []string{"everybody knows it"}, Keys: testbed.Keys(),
		Now: o.Now, Zone: day.Beijing, Space: func(string) (upkeep.Space, error) { return upkeep.Space{Free: 90 << 30, Total: 100 << 30}, nil },
		Fangsong: func() (bool, error) { return true, nil }}
	if err := os.Chmod(e.Data, 0o700); err != nil {
		t.Fatal(err)
	}
	if !store.Postgres(o.Address) {
		e.Data, e.Database = filepath.Dir(o.Address), ""
		if err := os.Chmod(e.Data, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	key := filepath.Join(e.Data, "master.key")
	if err := os.WriteFile(key, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	e.Secrets = []string{key}
	return e
}

// said is the findings of an examination that are not fine.
func said(t *testing.T, e upkeep.Examination) map[string]upkeep.Finding {
	t.Helper()
	out := map[string]upkeep.Finding{}
	for _, f := range e.Examine(t.Context()) {
		if strings.Contains(f.Text+f.Advice, "⟦") || f.Gravity != upkeep.Fine && f.Advice == "" {
			t.Errorf("it is not said: %+v", f)
		}
		if f.Gravity != upkeep.Fine {
			out[f.Check] = f
		}
	}
	return out
}

func TestNothingIsFoundWhereNothingIsWrong(t *testing.T) {
	t.Parallel()
	testbed.Each(t, func(t *testing.T, o *testbed.Office) {
		e := healthy(t, o)
		found := said(t, e)
		if off := found["archive"]; store.Postgres(o.Address) && off.Gravity == upkeep.Warning { // the tests' server keeps none
			delete(found, "archive")
		}
		if len(found) != 0 {
			t.Errorf("found: %+v", found)
		}
		if n := len(e.Examine(t.Context())); n != 22 {
			t.Errorf("%d things were looked at", n)
		}
	})
}

// plant is one thing that goes wrong, and what the doctor says of it.
type plant struct {
	do    func(t *testing.T, o *testbed.Office, e *upkeep.Examination)
	check string
	grave upkeep.Gravity
	says  string
}

func sql(statement string) func(*testing.T, *testbed.Office, *upkeep.Examination) {
	return func(t *testing.T, o *testbed.Office, _ *upkeep.Examination) { spoil(t, o, statement) }
}

func free(mb uint64) func(*testing.T, *testbed.Office, *upkeep.Examination) {
	return func(_ *testing.T, _ *testbed.Office, e *upkeep.Examination) {
		e.Space = func(string) (upkeep.Space, error) { return upkeep.Space{Free: mb << 20, Total: 20 << 30}, nil }
	}
}

func clockMoves(days int) func(*testing.T, *testbed.Office, *upkeep.Examination) {
	return func(_ *testing.T, o *testbed.Office, _ *upkeep.Examination) { o.Wait(days) }
}

// until moves the clock where the holidays end with 2020.
func until(d day.Day) func(*testing.T, *testbed.Office, *upkeep.Examination) {
	return func(t *testing.T, o *testbed.Office, _ *upkeep.Examination) {
		spoil(t, o, `DELETE FROM holiday WHERE day > '2020-12-31'`)
		o.Until(d)
	}
}

func password(t *testing.T, o *testbed.Office, login, clear string) {
	spoil(t, o, `UPDATE account SET hash = '`+seal.Password(clear)+`' WHERE login = '`+login+`'`)
}

var plants = map[string]plant{
	"a key that others read": {func(t *testing.T, _ *testbed.Office, e *upkeep.Examination) {
		if err := os.Chmod(e.Secrets[0], 0o640); err != nil {
			t.Fatal(err)
		}
	}, "secrets", upkeep.Bad, "master.key"},
	"data that others read": {func(t *testing.T, _ *testbed.Office, e *upkeep.Examination) {
		if err := os.Chmod(e.Data, 0o755); err != nil {
			t.Fatal(err)
		}
	}, "secrets", upkeep.Bad, "rwxr-xr-x"},
	"no 仿宋": {func(_ *testing.T, _ *testbed.Office, e *upkeep.Examination) {
		e.Fangsong = func() (bool, error) { return false, nil }
	}, "fonts", upkeep.Warning, "仿宋"},
	"no typefaces": {func(_ *testing.T, _ *testbed.Office, e *upkeep.Examination) {
		e.Fangsong = func() (bool, error) { return false, paper.ErrFonts }
	}, "fonts", upkeep.Bad, "字体"},
	"a disk nearly full":    {free(500), "disk", upkeep.Bad, "500 MB"},
	"a disk that fills":     {free(2000), "disk", upkeep.Warning, "2000 MB"},
	"a clock put back":      {clockMoves(-1), "clock", upkeep.Bad, "2020-04-01"},
	"a clock put forward":   {clockMoves(365), "clock", upkeep.Warning, "2021"},
	"another zone":          {func(_ *testing.T, _ *testbed.Office, e *upkeep.Examination) { e.Zone = time.UTC }, "zone", upkeep.Warning, "UTC"},
	"holidays that end":     {until("2020-11-15"), "holidays", upkeep.Warning, "2020"},
	"a year without any":    {until("2021-01-04"), "holidays", upkeep.Bad, "2021"},
	"an unknown policy":     {sql(`UPDATE policy SET key = 'no.such' WHERE key = (SELECT MIN(key) FROM policy)`), "policies", upkeep.Bad, "no.such"},
	"a policy that is none": {sql(`INSERT INTO policy (key, region, effective, value, basis, at) VALUES ('review.days', '53', '2018-01-01', 'many', 'x', 1)`), "policies", upkeep.Bad, "many"},
	"no policies":           {sql(`DELETE FROM policy`), "policies", upkeep.Bad, "没有任何"},
	"a dead job": {sql(`INSERT INTO job (id, kind, key, args, state, due, created) VALUES ('j', 'roster.check', 'k', '', 'dead', 1, 1)`),
		"jobs", upkeep.Bad, "roster.check"},
	"a job that nobody does": {func(t *testing.T, o *testbed.Office, _ *upkeep.Examination) {
		o.Update(t, access.Clerk, func(tx *store.Tx) error { return tx.Enqueue(job.RemindAll{Day: "x"}) })
		o.Pass(2 * time.Hour)
	}, "jobs", upkeep.Bad, "reminder.round"},
	"a job without an end": {sql(`INSERT INTO job (id, kind, key, args, state, due, lease, created) VALUES ('j', 'notice.close', 'k', '', 'running', 1, 1, 1)`),
		"jobs", upkeep.Bad, "没有结果"},
	"backups that stopped":    {clockMoves(3), "backups", upkeep.Bad, "超过两天"},
	"a backup to come":        {sql(`INSERT INTO backup (id, at, place, state) VALUES ('hefa-20990101T000000.000000Z', 4070908800000000, 'x', 'good')`), "backups", upkeep.Bad, "晚于现在"},
	"no backup ever":          {sql(`DELETE FROM backup`), "backups", upkeep.Bad, "没有演练成功"},
	"a backup that failed":    {sql(`INSERT INTO backup (id, at, place, state, trouble) VALUES ('hefa-3', 1, 'x', 'failed', '磁盘已满')`), "backups", upkeep.Bad, "磁盘已满"},
	"a rehearsal that failed": {sql(`UPDATE backup SET outcome = 'failed', lesson = '附件打不开'`), "backups", upkeep.Bad, "附件打不开"},
	"a certificate that a disk changed": {func(t *testing.T, o *testbed.Office, _ *upkeep.Examination) {
		c := o.Certificate(t, o.Person(t), "2029-12-31")
		spoil(t, o, `UPDATE certificate SET level = '1' WHERE id = '`+string(c.ID)+`'`)
	}, "rows", upkeep.Bad, "保存时不一样"},
	"a person whom a disk changed": {func(t *testing.T, o *testbed.Office, _ *upkeep.Examination) {
		spoil(t, o, `UPDATE person SET name = '别人' WHERE id = '`+string(o.Person(t).ID)+`'`)
	}, "rows", upkeep.Bad, "人员记录"},
	"an audit line that was changed": {func(t *testing.T, o *testbed.Office, _ *upkeep.Examination) {
		o.Person(t)
		if err := o.DB.SealAll(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		spoil(t, o, `UPDATE audit SET name = '别人' WHERE kind = 'person'`)
	}, "audit", upkeep.Bad, "被改动过"},
	"a sealer that does not come": {func(t *testing.T, o *testbed.Office, _ *upkeep.Examination) {
		o.Person(t)
		o.Pass(11 * time.Minute)
	}, "audit", upkeep.Bad, "没有封存"},
	"the demonstration's word": {func(t *testing.T, o *testbed.Office, _ *upkeep.Examination) {
		password(t, o, "clerk-533103", "everybody knows it")
	}, "passwords", upkeep.Bad, "clerk-533103"},
	"the login as a password": {func(t *testing.T, o *testbed.Office, _ *upkeep.Examination) {
		password(t, o, "sysadmin-533103", "sysadmin-533103")
	}, "passwords", upkeep.Bad, "sysadmin-533103"},
	"a schema that is behind": {sql(`DELETE FROM goose_db_version WHERE version_id = (SELECT MAX(version_id) FROM goose_db_version)`), "schema", upkeep.Bad, "需要"},
	"a schema of a newer one": {sql(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)`), "schema", upkeep.Bad, "99999"},
	"another master key": {func(_ *testing.T, _ *testbed.Office, e *upkeep.Examination) { e.Keys = testbed.OtherKeys() },
		"database", upkeep.Bad, "主密钥与这个数据库不符"},
	"a depot that is away": {func(_ *testing.T, _ *testbed.Office, e *upkeep.Examination) {
		e.Depot, e.DepotName = vault.Shelf(filepath.Join(e.Data, "away")), "the other disk"
	}, "ship", upkeep.Bad, "the other disk"},
	"a depot that nothing came to": {func(_ *testing.T, _ *testbed.Office, e *upkeep.Examination) {
		e.Depot, e.DepotName = vault.Shelf(e.Data), "the other disk"
	}, "ship", upkeep.Bad, "还没有"},
	"a restore that broke off": {func(t *testing.T, _ *testbed.Office, e *upkeep.Examination) {
		if err := os.Mkdir(filepath.Join(e.Data, ".restoring"), 0o700); err != nil {
			t.Fatal(err)
		}
	}, "restore", upkeep.Bad, "没有完成"},
}

func TestEveryFaultThatIsPlantedIsNamed(t *testing.T) {
	t.Parallel()
	for name, p := range plants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testbed.Each(t, func(t *testing.T, o *testbed.Office) {
				e := healthy(t, o)
				p.do(t, o, &e)
				found := said(t, e)
				f, ok := found[p.check]
				if !ok || f.Gravity != p.grave || !strings.Contains(f.Text, p.says) {
					t.Errorf("found: %+v", found)
				}
			})
		})
	}
}

func TestADoctorMakesNothing(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	e := upkeep.Examination{Data: data, Keys: testbed.Keys(), Now: time.Now, Zone: day.Beijing, Space: upkeep.DiskSpace, Fangsong: paper.HasFangsong}
	if f := said(t, e)["database"]; f.Gravity != upkeep.Bad || !strings.Contains(f.Text, "没有数据库") {
		t.Errorf("an empty place: %+v", f)
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("it was made: %v", err)
	}
}
