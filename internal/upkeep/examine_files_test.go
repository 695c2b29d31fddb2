package upkeep_test

import (
	"strings"
	"testing"
	"time"

	"hefa/internal/files"
	"hefa/internal/testbed"
	"hefa/internal/upkeep"
)

// TestWhatIsWrongWithTheObjectStoreIsSaidWithWhatToDo in the words of the doctor.
func TestWhatIsWrongWithTheObjectStoreIsSaidWithWhatToDo(t *testing.T) {
	t.Parallel()
	o := testbed.Open(t, "sqlite")
	e := healthy(t, o)
	e.Machine = time.Now
	s := testbed.OpenObjectStore(t)
	front := s.Behind(t)
	look := func(want string, change func(*files.BucketConfig)) {
		t.Helper()
		c := s.Config
		if change != nil {
			change(&c)
		}
		var err error
		if e.Bucket, err = files.NewBucket(c); err != nil {
			t.Fatal(err)
		}
		f := said(t, e)["files"]
		if !strings.Contains(f.Text, want) || want != "" && (f.Gravity != upkeep.Bad || !strings.Contains(f.Advice, "给访问密钥列出、读、写、删四项权限")) || want == "" && f.Text != "" {
			t.Errorf("%q is not said: %+v", want, f)
		}
	}
	look("", nil)
	look("不认访问密钥", func(c *files.BucketConfig) { c.Access = "somebody" })
	look("存储桶不存在", func(c *files.BucketConfig) { c.Bucket = "nobody" })
	front.Full.Store(true)
	look("空间已满", nil)
	front.Full.Store(false)
	front.Forgets.Store(true)
	look("读不回来", nil)
	front.Forgets.Store(false)
	s.Stop(t)
	look("没有应答", nil)
}
