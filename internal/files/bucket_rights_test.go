package files_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"hefa/internal/fault"
	"hefa/internal/files"
	"hefa/internal/testbed"
)

// owner speaks to the server as its owner does.
func owner(t *testing.T, s *testbed.ObjectStore) *minio.Client {
	t.Helper()
	host, _ := strings.CutPrefix(s.Config.Endpoint, "http://")
	c, err := minio.New(host, &minio.Options{Creds: credentials.NewStaticV4(s.Config.Access, "the secret of a test", ""), Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// rights are what a bucket's policy may allow, by the ailment of an account without it.
var rights = map[files.Ailment]string{files.NoList: "s3:ListBucket", files.NoWrite: "s3:PutObject", files.NoRead: "s3:GetObject", files.NoRemove: "s3:DeleteObject"}

// TestAnAccountWithoutARightIsNamed: what the account may not do is named by the examination; it never makes a content half kept or missing.
func TestAnAccountWithoutARightIsNamed(t *testing.T) {
	t.Parallel()
	s := testbed.OpenObjectStore(t)
	s.Admin(t, "create-user", "--access", "clerk", "--secret", "the secret of a test", "--role", "user")
	own, err := files.OpenBucket(t.TempDir(), s.Bucket(t), keys(t))
	if err != nil {
		t.Fatal(err)
	}
	kept := put(t, own, "先收的一份")
	for lacking := range rights {
		allow(t, s, lacking)
		c := s.Config
		c.Access = "clerk"
		b, err := files.NewBucket(c)
		if err != nil {
			t.Fatal(err)
		}
		if all := b.Look(t.Context(), time.Now); !slices.Contains(all, lacking) {
			t.Errorf("without %s: %v", rights[lacking], all)
		}
		limited, err := files.OpenBucket(t.TempDir(), b, keys(t))
		if err != nil {
			t.Fatal(err)
		}
		_, err = limited.Put(strings.NewReader("后收的 "+string(lacking)), 1<<20)
		if kind := fault.Of(err); lacking == files.NoWrite || lacking == files.NoRead {
			if kind != fault.Away || len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Name != "file" {
				t.Errorf("kept without %s: %v", rights[lacking], err)
			}
		} else if err != nil {
			t.Errorf("not kept without %s: %v", rights[lacking], err)
		}
		if _, err := limited.Has(kept.Hash); lacking == files.NoRead && fault.Of(err) != fault.Away {
			t.Errorf("what may not be read is called missing: %v", err)
		}
		if err := limited.Each(t.Context(), func(string) error { return nil }); lacking == files.NoList && fault.Of(err) != fault.Away {
			t.Errorf("what may not be listed is called empty: %v", err)
		}
		if err := limited.Remove(kept.Hash); lacking == files.NoRemove && fault.Of(err) != fault.Away {
			t.Errorf("what may not be removed is called gone: %v", err)
		} else if lacking != files.NoRemove {
			put(t, own, "先收的一份")
		}
	}
}

// allow lets the account do everything in the bucket but one thing.
func allow(t *testing.T, s *testbed.ObjectStore, lacking files.Ailment) {
	t.Helper()
	statement := func(act, on string) string {
		return fmt.Sprintf(`{"Effect":"Allow","Principal":{"AWS":["clerk"]},"Action":[%q],"Resource":["arn:aws:s3:::hefa%s"]}`, act, on)
	}
	var all []string
	for ailment, act := range rights {
		if ailment == lacking {
			continue
		}
		on := "/*"
		if ailment == files.NoList {
			on = ""
		}
		all = append(all, statement(act, on))
	}
	if err := owner(t, s).SetBucketPolicy(t.Context(), "hefa", `{"Version":"2012-10-17","Statement":[`+strings.Join(all, ",")+`]}`); err != nil {
		t.Fatal(err)
	}
}

// TestAnAuthorityOfOnesOwnIsTrustedByConfigurationOnly: without its file nothing is said to the server but that it is not trusted.
func TestAnAuthorityOfOnesOwnIsTrustedByConfigurationOnly(t *testing.T) {
	t.Parallel()
	s := testbed.OpenObjectStore(t)
	authority := s.Encrypted(t)
	if all := s.Bucket(t).Look(t.Context(), time.Now); !slices.Equal(all, []files.Ailment{files.Untrusted}) {
		t.Errorf("an authority that nobody knows: %v", all)
	}
	c, err := files.OpenBucket(t.TempDir(), s.Bucket(t), keys(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Put(strings.NewReader("一"), 1<<20); fault.Of(err) != fault.Away {
		t.Errorf("kept there: %v", err)
	}
	s.Config.CA = authority
	if all := s.Bucket(t).Look(t.Context(), time.Now); len(all) != 0 {
		t.Errorf("it is trusted: %v", all)
	}
	if c, err = files.OpenBucket(t.TempDir(), s.Bucket(t), keys(t)); err != nil {
		t.Fatal(err)
	}
	if err := c.Check(put(t, c, "一").Hash); err != nil {
		t.Error(err)
	}
	s.Config.Endpoint = strings.Replace(s.Config.Endpoint, "127.0.0.1", "localhost", 1) // a name that the certificate does not bear
	if all := s.Bucket(t).Look(t.Context(), time.Now); !slices.Equal(all, []files.Ailment{files.Untrusted}) {
		t.Errorf("under another name: %v", all)
	}
}

// TestABucketThatKeepsVersionsIsNamed: contents are kept and removed there as elsewhere, and the examination says that what was removed is still there.
func TestABucketThatKeepsVersionsIsNamed(t *testing.T) {
	t.Parallel()
	versions := t.TempDir()
	s := testbed.OpenObjectStore(t, "--versioning-dir", versions)
	if err := owner(t, s).EnableVersioning(t.Context(), "hefa"); err != nil {
		t.Fatal(err)
	}
	if all := s.Bucket(t).Look(t.Context(), time.Now); !slices.Equal(all, []files.Ailment{files.Versioned}) {
		t.Errorf("it keeps versions: %v", all)
	}
	c, err := files.OpenBucket(t.TempDir(), s.Bucket(t), keys(t))
	if err != nil {
		t.Fatal(err)
	}
	one := put(t, c, "一")
	if two := put(t, c, "一"); two != one || c.Check(one.Hash) != nil {
		t.Error("handed in again it is not whole")
	}
	if err := c.Remove(one.Hash); err != nil {
		t.Fatal(err)
	}
	if has, err := c.Has(one.Hash); has || err != nil {
		t.Errorf("removed and there: %v, %v", has, err)
	}
	if err := c.Check(one.Hash); fault.Of(err) != fault.Missing {
		t.Errorf("removed: %v", err)
	}
	if err := c.Each(t.Context(), func(hash string) error { t.Errorf("%s is listed", hash); return nil }); err != nil {
		t.Error(err)
	}
}

// TestAStoreWithoutRoomKeepsNothingByHalves and goes on by itself.
func TestAStoreWithoutRoomKeepsNothingByHalves(t *testing.T) {
	t.Parallel()
	s, root := testbed.OpenObjectStore(t), t.TempDir()
	front := s.Behind(t)
	c, err := files.OpenBucket(root, s.Bucket(t), keys(t))
	if err != nil {
		t.Fatal(err)
	}
	one := put(t, c, "一")
	front.Full.Store(true)
	if _, err := c.Put(strings.NewReader("二"), 1<<20); fault.Of(err) != fault.Full || len(fault.Fields(err)) != 1 {
		t.Errorf("kept without room: %v", err)
	}
	if all := s.Bucket(t).Look(t.Context(), time.Now); !slices.Equal(all, []files.Ailment{files.NoRoom}) {
		t.Errorf("it is full: %v", all)
	}
	if err := c.Check(one.Hash); err != nil {
		t.Errorf("what is there is not read: %v", err)
	}
	here := site{Cabinet: c, root: root}
	if all := here.kept(t); len(all) != 1 || here.drafts(t) != 0 {
		t.Errorf("kept are %v, %d drafts", all, here.drafts(t))
	}
	front.Full.Store(false)
	front.Forgets.Store(true)
	if _, err := c.Put(strings.NewReader("二"), 1<<20); fault.Of(err) != fault.Away {
		t.Errorf("what the store forgets is kept: %v", err)
	}
	front.Forgets.Store(false)
	put(t, c, "二")
}

// TestWhatTheScannerFindsNeverReachesTheBucket.
func TestWhatTheScannerFindsNeverReachesTheBucket(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, s site) {
		s.Clamd = scanner(t, 1<<20, "")
		clean := put(t, s.Cabinet, noise(200_000, 8))
		if _, err := s.Put(strings.NewReader(eicar), 1<<20); fault.Of(err) != fault.Invalid {
			t.Errorf("a virus is kept: %v", err)
		}
		if all := s.kept(t); !slices.Equal(all, []string{clean.Hash}) || s.drafts(t) != 0 {
			t.Errorf("kept are %v, %d drafts", all, s.drafts(t))
		}
		names, err := filepath.Glob(filepath.Join(s.lies, "*", "*"))
		if err != nil || len(names) != 1 {
			t.Fatalf("%v, %v", names, err)
		}
		if lies, err := os.ReadFile(names[0]); err != nil || bytes.Contains(lies, []byte(eicar)) {
			t.Errorf("it lies there: %v", err)
		}
	})
}
