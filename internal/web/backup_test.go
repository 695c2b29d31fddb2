package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

func TestTheAdministratorSeesTheLastGoodBackupAndAsksForOne(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		sys := s.as(access.Sysadmin)
		sys.get(t, "/backups").want(t, http.StatusOK, "还没有演练成功的备份", "没有符合条件的备份记录")
		sys.post(t, "/backups", url.Values{}).want(t, http.StatusSeeOther)
		sys.get(t, "/backups").want(t, http.StatusOK, "已安排备份")
		if rows, err := s.office.DB.Claim(t.Context(), []string{"backup.take"}, 9, 1); err != nil || len(rows) != 1 {
			t.Errorf("jobs: %v, %v", rows, err)
		}
		at := testbed.Start.AddDate(0, 0, -1)
		good := store.Backup{ID: "hefa-1", At: at, Good: true, Rows: 4321, Files: 5, Bytes: 1_500_000, Rehearsed: at, Proved: true, Opened: 678}
		bad := store.Backup{ID: "hefa-2", At: at, Trouble: "磁盘已满，没有写完", Rehearsed: at, Lesson: "附件打不开<b>"}
		s.office.Update(t, access.Sysadmin, func(tx *store.Tx) error {
			for _, b := range []store.Backup{good, bad} {
				if err := tx.AddBackup(b); err != nil {
					return err
				}
				if err := tx.SaveRehearsal(b); err != nil {
					return err
				}
			}
			return nil
		})
		page := sys.get(t, "/backups").want(t, http.StatusOK, "恢复 4321 行、5 个附件，打开 678 处加密内容", "1.5 MB", "磁盘已满，没有写完", "附件打不开&lt;b&gt;", "2020年3月31日")
		if strings.Contains(page.body, "还没有演练成功的备份") {
			t.Error("there is a good one")
		}
		if body := sys.get(t, "/backups?state=good").body; strings.Contains(body, "没有写完") {
			t.Error("the failed one is among the good ones")
		}
		s.office.Wait(3)
		sys.get(t, "/backups").want(t, http.StatusOK, "已经超过两天")
	})
}

// TestTheAdministratorSeesHowTheReadingOfFilesStands: nothing was read, all was read, one is missing and one changed.
func TestTheAdministratorSeesHowTheReadingOfFilesStands(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		sys := s.as(access.Sysadmin)
		sys.get(t, "/backups").want(t, http.StatusOK, "附件巡检", "每件每 90 天读一遍；还没有读过")
		hashes := map[string]string{"good": strings.Repeat("a", 64), "missing": strings.Repeat("b", 64), "changed": strings.Repeat("c", 64)}
		note := func(states ...string) {
			s.office.Update(t, access.Sysadmin, func(tx *store.Tx) error {
				for _, state := range states {
					if err := tx.NoteFixity(hashes[state], state); err != nil {
						return err
					}
				}
				return nil
			})
		}
		note("good")
		if body := sys.get(t, "/backups").want(t, http.StatusOK, "已读 1 件").body; strings.Contains(body, "找不到（") || strings.Contains(body, "内容已改变（") {
			t.Error("a sound file is named")
		}
		note("missing", "changed")
		body := sys.get(t, "/backups").want(t, http.StatusOK, "已读 3 件", "附件 "+hashes["missing"]+" 找不到", "附件 "+hashes["changed"]+" 打不开或内容已改变").body
		if strings.Contains(body, hashes["good"]) {
			t.Error("the sound one is named")
		}
	})
}

func TestTheAdministratorHearsOfAClockThatLeaptAndSaysThatItIsRight(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		sys := s.as(access.Sysadmin)
		s.office.Update(t, access.Sysadmin, func(tx *store.Tx) error { return tx.BeginRound() })
		if body := sys.get(t, "/backups").want(t, http.StatusOK).body; strings.Contains(body, `action="/clock"`) {
			t.Error("a clock that nobody doubts is asked about")
		}
		s.office.Wait(60)
		sys = s.as(access.Sysadmin)
		sys.get(t, "/backups").want(t, http.StatusOK, "上一次日常处理是 2020-04-01，相差 60 天", `action="/clock"`)
		sys.post(t, "/clock", url.Values{"reason": {" "}}).want(t, http.StatusUnprocessableEntity, "请写明核对的办法和原因", `href="#f-reason"`)
		s.as(access.Clerk).post(t, "/clock", url.Values{"reason": {"对过时间"}}).want(t, http.StatusForbidden)
		sys.post(t, "/clock", url.Values{"reason": {"停用两个月，已对照手机时间"}}).want(t, http.StatusSeeOther)
		if body := sys.get(t, "/backups").want(t, http.StatusOK, "已确认，日常处理从今天继续").body; strings.Contains(body, `action="/clock"`) {
			t.Error("asked again")
		}
		sys.post(t, "/clock", url.Values{"reason": {"再来"}}).want(t, http.StatusUnprocessableEntity, "时钟没有疑问")
	})
}

// TestADiskThatFillsIsToldAtHome: whoever looks after the installation hears of it where they begin, before an upload fails; others do not.
func TestADiskThatFillsIsToldAtHome(t *testing.T) {
	t.Parallel()
	s := openSite(t, testbed.Open(t, "sqlite"))
	admin := s.as(access.Sysadmin)
	admin.get(t, "/").want(t, http.StatusOK).lacks(t, "磁盘快满了")
	s.free = 3 << 30
	admin.get(t, "/").want(t, http.StatusOK, "磁盘快满了", "3072 MB", `href="/backups"`)
	s.as(access.Clerk).get(t, "/").want(t, http.StatusOK).lacks(t, "磁盘快满了")
}
