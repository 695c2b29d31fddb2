// Package testbed gives tests a furnished office on both engines: 芒市's places, its staff, a neighbour county, and a clock that the test moves.
package testbed

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hefa/internal/access"
	"hefa/internal/certificate"
	"hefa/internal/day"
	"hefa/internal/files"
	"hefa/internal/org"
	"hefa/internal/region"
	"hefa/internal/seal"
	"hefa/internal/staff"
	"hefa/internal/store"
)

// The places that tests use: 芒市, 风平镇 and one of its villages, and the neighbour county whose officers must see nothing.
const (
	County    region.Code = "533103"
	Township  region.Code = "533103105"
	Village   region.Code = "533103105201"
	Elsewhere region.Code = "533102"
)

// Office is a furnished store with its clock and files.
type Office struct {
	DB      *store.DB
	Files   *files.Cabinet
	Folder  string // where the files are
	Keys    *seal.Ring
	Address string // where the store is, for a second process

	mu  sync.Mutex
	now time.Time
	n   int
}

// Keys is a ring under the master key of all tests, for a store that is opened beside an office's own.
func Keys() *seal.Ring { return ring("the master key of all the tests.") }

// OtherKeys is a ring under another master key, which opens nothing of an office.
func OtherKeys() *seal.Ring { return ring("the master key of somebody else.") }

func ring(master string) *seal.Ring {
	r, err := seal.NewRing(seal.MasterSecret([]byte(master)), seal.National)
	if err != nil {
		panic(err) // a known suite is never refused
	}
	return r
}

// Start is the instant at which every office's clock stands first: Wednesday 2020-04-01, 9:00 in Beijing.
var Start = time.Date(2020, 4, 1, 9, 0, 0, 0, day.Beijing)

// Each runs fn on SQLite and on PostgreSQL, at once, each with a fresh office.
func Each(t *testing.T, fn func(t *testing.T, office *Office)) {
	t.Helper()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			fn(t, Open(t, engine))
		})
	}
}

// Open is a fresh office on one engine.
func Open(t testing.TB, engine string) *Office {
	t.Helper()
	o := &Office{now: Start, Keys: Keys()}
	address := filepath.Join(t.TempDir(), "hefa.db")
	var err error
	if engine == "postgres" {
		address = freshPostgres(t)
	} else {
		err = copySQLite(address)
	}
	if err == nil {
		o.DB, err = store.Open(context.Background(), address, store.Options{Now: o.Now, Keys: o.Keys})
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		t.Helper()
		for _, w := range walks(o.DB) {
			t.Error("a whole county is gone through: " + w)
		}
		_ = o.DB.Close() // the test is over
	})
	o.Address = address
	o.Folder = filepath.Join(t.TempDir(), "files")
	if o.Files, err = files.Open(o.Folder, o.Keys); err != nil {
		t.Fatal(err)
	}
	return o
}

// walks is what the test asked of a whole county without saying so; a store that the test closed itself cannot be asked.
func walks(db *store.DB) []string {
	found, err := db.Walks(context.Background())
	if err != nil {
		return nil
	}
	return found
}

// Now is the office's clock.
func (o *Office) Now() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

// Today is the office's day.
func (o *Office) Today() day.Day { return day.Of(o.Now(), day.Beijing) }

// Wait moves the clock on by whole days.
func (o *Office) Wait(days int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.AddDate(0, 0, days)
}

// Pass moves the clock on by part of a day.
func (o *Office) Pass(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.Add(d)
}

// Until moves the clock to nine o'clock of a day.
func (o *Office) Until(d day.Day) {
	o.mu.Lock()
	defer o.mu.Unlock()
	t := d.Time()
	o.now = time.Date(t.Year(), t.Month(), t.Day(), 9, 0, 0, 0, day.Beijing)
}

// As is the officer of a post in 芒市; the township clerk and the village worker are those of 风平镇.
func As(role access.Role) access.Actor {
	where := map[access.Role]region.Code{access.Township: Township, access.Village: Village, access.City: "5331"}[role]
	if where == "" {
		where = County
	}
	return actor(role, where)
}

// Stranger is the officer of the same post in the neighbour county.
func Stranger(role access.Role) access.Actor { return actor(role, Elsewhere) }

func actor(role access.Role, where region.Code) access.Actor {
	return access.Actor{Account: string(role) + "-" + string(where), Name: "测试" + string(role), Role: role, Region: where, Org: orgOf(role, where), Addr: "127.0.0.1"}
}

func orgOf(role access.Role, where region.Code) string {
	if role == access.Hospital || role == access.Doctor {
		return "hospital-" + string(where.County())
	}
	return "federation-" + string(where)
}

// furnish enters places, organisations and staff.
func furnish(ctx context.Context, db *store.DB) error {
	if err := db.Furnish(ctx, places()); err != nil {
		return err
	}
	return db.Update(ctx, access.Program(), func(tx *store.Tx) error {
		for _, where := range []region.Code{"53", "5331", County, Township, Village, Elsewhere} {
			o := org.Org{ID: org.ID("federation-" + string(where)), Region: where, Kind: org.Federation, Name: "测试" + string(where) + "残疾人联合会", Phone: "0692-2100000"}
			if err := tx.AddOrg(o); err != nil {
				return err
			}
		}
		for _, where := range []region.Code{County, Elsewhere} {
			o := org.Org{ID: org.ID("hospital-" + string(where)), Region: where, Kind: org.Hospital, Name: "测试" + string(where) + "医院", Categories: certificate.Categories[:6]}
			if err := tx.AddOrg(o); err != nil {
				return err
			}
			if err := tx.AddAgreement(Agreement(where, o.ID)); err != nil {
				return err
			}
			if err := staffOf(tx, where); err != nil {
				return err
			}
		}
		return nil
	})
}

// Agreement is a county's agreement with a hospital for as long as any test lasts.
func Agreement(county region.Code, hospital org.ID) org.Agreement {
	return org.Agreement{ID: "agreement-" + string(hospital), Region: county, Hospital: hospital, Parties: "测试残联、测试医院", From: "2000-01-01", To: "2099-12-31",
		Categories: certificate.Categories[:6], Doctors: "测试医生 主治医师"}
}

// Practice is the papers of a doctor who may assess for as long as any test lasts.
func Practice(a staff.Account) staff.Practice {
	return staff.Practice{Doctor: a.ID, Region: a.Region, Title: a.Title, Categories: a.Categories, Licence: "测试资格0001", Training: "测试培训0001",
		Until: "2099-12-31", Standing: staff.Employed}
}

func staffOf(tx *store.Tx, county region.Code) error {
	for _, role := range access.Roles {
		by := Stranger(role)
		if county == County {
			by = As(role)
		} else if role == access.City {
			continue
		}
		a := staff.Account{ID: staff.ID(by.Account), Login: by.Account, Name: by.Name, Role: role, Region: by.Region, Org: org.ID(by.Org)}
		if role == access.Doctor {
			a.Title = "主治医师"
			a.Categories = []certificate.Category{certificate.Vision, certificate.Physical, certificate.Intellectual}
		}
		if err := tx.AddAccount(a); err != nil {
			return err
		}
		if role != access.Doctor {
			continue
		}
		if err := tx.SavePractice(Practice(a)); err != nil {
			return err
		}
	}
	return nil
}

// places is what tests need of the country: the prefecture of 德宏 with the province above it.
func places() iter.Seq2[region.Region, error] {
	return func(yield func(region.Region, error) bool) {
		if !yield(region.Region{Code: "53", Name: "云南省"}, nil) {
			return
		}
		for r, err := range region.Within("5331") {
			if !yield(r, err) {
				return
			}
		}
	}
}

var sqliteTemplate = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "hefa-testbed")
	if err != nil {
		return "", err
	}
	name := filepath.Join(dir, "template.db")
	db, err := store.Open(context.Background(), name, store.Options{Now: func() time.Time { return Start }, Keys: Keys()})
	if err != nil {
		return "", err
	}
	if err := furnish(context.Background(), db); err != nil {
		return "", err
	}
	if err := db.Close(); err != nil {
		return "", err
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	return string(text), os.RemoveAll(dir)
})

func copySQLite(to string) error {
	text, err := sqliteTemplate()
	if err != nil {
		return err
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, strings.NewReader(text)); err != nil {
		return err
	}
	return f.Close()
}

var databases atomic.Int64

// server is the address of the test server and the template database that this process made there.
var server = sync.OnceValues(func() (string, error) {
	base := os.Getenv("HEFA_TEST_POSTGRES")
	if base == "" {
		return "", fmt.Errorf("HEFA_TEST_POSTGRES is not set; run: export HEFA_TEST_POSTGRES=$(scripts/postgres.sh start)")
	}
	address, err := store.CreateDatabase(context.Background(), base, template(), "")
	if err != nil {
		return "", err
	}
	db, err := store.Open(context.Background(), address, store.Options{Now: func() time.Time { return Start }, Keys: Keys()})
	if err != nil {
		return "", err
	}
	if err := furnish(context.Background(), db); err != nil {
		return "", err
	}
	return base, db.Close()
})

func freshPostgres(t testing.TB) string {
	t.Helper()
	base, err := server()
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("hefa_test_%d_%d", os.Getpid(), databases.Add(1))
	copying.Lock() // a template in use cannot be copied
	address, err := store.CreateDatabase(context.Background(), base, name, template())
	copying.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.DropDatabase(context.Background(), base, name); err != nil {
			t.Error(err)
		}
	})
	return address
}

var copying sync.Mutex

// template is the furnished database that this process makes once and copies.
func template() string { return fmt.Sprintf("hefa_template_%d", os.Getpid()) }
