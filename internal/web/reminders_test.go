package web_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"rsc.io/qr"

	"hefa/internal/access"
	"hefa/internal/paper"
	"hefa/internal/person"
	"hefa/internal/reminder"
	"hefa/internal/renewing"
	"hefa/internal/testbed"
)

// round is the daily round over the site's office.
func (s *site) round(t *testing.T) {
	t.Helper()
	if _, err := renewing.New(s.office.DB, s.office.Files).RemindAll(t.Context(), access.Program(), ""); err != nil {
		t.Fatal(err)
	}
}

// letterIDs is the letters that a page leads to.
func letterIDs(a answer) []string {
	var out []string
	for _, m := range regexp.MustCompile(`href="/reminders/([0-9a-f-]{36})"`).FindAllStringSubmatch(a.body, -1) {
		out = append(out, m[1])
	}
	return out
}

// slip is a small picture of a signed slip.
func slip(t *testing.T) sent {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	return sent{"file", "slip.png", b.Bytes()}
}

func TestLettersAreListedSentInBulkReceivedUrgedAndAnswered(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		for range 3 {
			s.office.Certificate(t, s.office.Person(t), "2020-09-01")
		}
		s.office.Certificate(t, s.office.Person(t), "2025-01-01")
		s.round(t)
		village, town := s.as(access.Village), s.as(access.Township)
		village.get(t, "/").want(t, http.StatusOK, "告知与换证提醒", "state=made")
		town.get(t, "/").want(t, http.StatusOK, "<b>3</b> <span>待送达</span>")
		list := village.get(t, "/reminders?step=6&state=made").want(t, http.StatusOK, "到期换证提醒单（到期前 6 个月）", "533199")
		ids := letterIDs(list)
		if len(ids) != 3 {
			t.Fatalf("%d letters are listed", len(ids))
		}
		village.get(t, "/reminders?step=3").want(t, http.StatusOK, "没有符合条件的告知单")
		form := url.Values{"ids": ids[:2], "channel": {""}, "sent": {"2020年4月31日"}, "state": {"made"}}
		village.post(t, "/reminders/send", form).want(t, http.StatusUnprocessableEntity, "请选择送达方式", "送达日期应在", `value="2020年4月31日"`, `value="`+ids[0]+`" checked`)
		village.post(t, "/reminders/send", url.Values{}).want(t, http.StatusUnprocessableEntity, "请至少勾选一份")
		form = url.Values{"ids": ids[:2], "channel": {"hand"}, "sent": {"2020-04-01"}, "state": {"made"}}
		village.post(t, "/reminders/send", form).follow(t).want(t, http.StatusOK, "已登记 2 份送达")
		if got := letterIDs(village.get(t, "/reminders?state=sent")); len(got) != 2 {
			t.Errorf("%d letters are awaited", len(got))
		}
		at := "/reminders/" + ids[0]
		village.get(t, at).want(t, http.StatusOK, "依据", "残疾人证管理办法", "2020年9月1日", "收到回执")
		village.upload(t, at+"/receive", url.Values{"received": {"2020-05-01"}, "signer": {"refused"}, "witness": {""}}).
			want(t, http.StatusUnprocessableEntity, "签收日期应在", "请填写见证人姓名", `value="2020-05-01"`)
		village.upload(t, at+"/receive", url.Values{"received": {"2020-04-01"}, "signer": {"self"}}, slip(t)).follow(t).want(t, http.StatusOK, "已登记回执", "查看回执", "本人签字")
		if a := village.get(t, at+"/proof").want(t, http.StatusOK); a.header.Get("Content-Type") != "image/png" {
			t.Errorf("the slip is %s", a.header.Get("Content-Type"))
		}
		village.post(t, at+"/answer", url.Values{"reason": {"other"}}).want(t, http.StatusUnprocessableEntity, "原因选“其他”的，请填写说明")
		village.post(t, at+"/answer", url.Values{"reason": {"bedridden"}}).follow(t).want(t, http.StatusOK, "请安排上门评残")
		attempts := regexp.MustCompile(`/people/[0-9a-z-]+/attempts`).FindString(village.get(t, at).want(t, http.StatusOK, "登记一次动员").body)
		visit := url.Values{"day": {"2020-04-01"}, "way": {"visit"}, "name1": {"岩旺"}, "post1": {"delegate"}, "result": {"bedridden"}}
		village.post(t, attempts, visit).follow(t).want(t, http.StatusOK, "已登记动员", "岩旺（专职委员）", "卧床或行动不便")
		village.get(t, at).want(t, http.StatusOK, "1 次，最近一次是 2020年4月1日")
		village.post(t, attempts, visit).want(t, http.StatusUnprocessableEntity, "不要重复登记", `value="岩旺"`)
		village.get(t, "/reminders?reason=bedridden").want(t, http.StatusOK, ids[0]).lacks(t, ids[1])
	})
}

func TestLettersOfATownshipArePrintedAndTakenOutOnlyByWhoMay(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		for range 2 {
			s.office.Certificate(t, s.office.Person(t), "2020-09-01")
		}
		s.round(t)
		town := s.as(access.Township)
		page := town.get(t, "/reminders").want(t, http.StatusOK, "打印信件", "大字版", "已来办理、已终止的")
		id := letterIDs(page)[0]
		for _, path := range []string{"/reminders/roster.pdf", "/reminders/letters.pdf", "/reminders/letters.pdf?reading=large", "/reminders/" + id + "/letter.pdf?reading=easy",
			"/forms/survey.pdf", "/forms/survey.pdf?rows=４０"} {
			if a := town.get(t, path).want(t, http.StatusOK); a.header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(a.body, "%PDF") {
				t.Errorf("%s is %s", path, a.header.Get("Content-Type"))
			}
		}
		town.get(t, "/reminders/letters.pdf?reading=tiny").want(t, http.StatusNotFound)
		town.get(t, "/reminders/letters.zip?reading=tiny").want(t, http.StatusNotFound)
		s.as(access.Village).get(t, "/reminders/letters.zip").want(t, http.StatusForbidden)
		if names := zipped(t, town.get(t, "/reminders/letters.zip").want(t, http.StatusOK).body); len(names) != 3 || names[0] != "清单.pdf" {
			t.Errorf("the archive holds %q", names)
		}
		for _, rows := range []string{"0", "-3", "501", "many"} {
			town.get(t, "/forms/survey.pdf?rows="+rows).want(t, http.StatusUnprocessableEntity, "每栏行数应当是 1 到 500 的整数", `value="`+rows+`"`)
		}
		town.get(t, "/forms/other.pdf").want(t, http.StatusNotFound)
		book, err := excelize.OpenReader(strings.NewReader(town.get(t, "/reminders/list.xlsx?step=6").want(t, http.StatusOK).body))
		if err != nil {
			t.Fatal(err)
		}
		lines, err := book.GetRows(book.GetSheetName(0))
		if err != nil || len(lines) != 4 {
			t.Errorf("%d lines, want title, head and two: %v", len(lines), err)
		}
		s.as(access.Village).get(t, "/reminders/list.xlsx").want(t, http.StatusForbidden)
		s.as(access.Village).get(t, "/reminders").want(t, http.StatusOK).lacks(t, "打印信件")
		s.as(access.Doctor).get(t, "/reminders").want(t, http.StatusForbidden)
		town.get(t, "/reminders/"+id+"/letter?reading=easy").want(t, http.StatusOK, "2020年9月1日", "简明大字版")
	})
}

// The page of a letter says everything that its words are, which are what its paper prints (internal/paper.TestTheWordsOfAReminderAreWhatItsPaperPrints).
func TestThePageOfAReminderSaysAllItsWords(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		desk, town, by := renewing.New(s.office.DB, s.office.Files), s.as(access.Township), testbed.As(access.Township)
		renew, review, flow := s.office.Person(t), s.office.Person(t), s.office.Person(t)
		s.office.Certificate(t, renew, "2020-09-01")
		s.office.Certificate(t, review, "2025-01-01")
		s.round(t)
		for who, kind := range map[person.ID]reminder.Kind{review.ID: reminder.Review, flow.ID: reminder.Flow} {
			if _, err := desk.MakeReminder(t.Context(), by, who, kind); err != nil {
				t.Fatal(err)
			}
		}
		l, err := desk.Reminders(t.Context(), by, renewing.Filter{Limit: 9})
		if err != nil || len(l.Reminders) != len(reminder.Kinds) {
			t.Fatalf("%d letters: %v", len(l.Reminders), err)
		}
		for _, r := range l.Reminders {
			for _, reading := range paper.Readings {
				p, err := desk.Letter(t.Context(), by, r.Reminder.ID, reading)
				if err != nil {
					t.Fatal(err)
				}
				w := p.Words()
				says := append([]string{w.Title, w.To, w.Issuer, w.Date, w.Slip, w.Promise, w.Sign, w.SlipDate, p.Number}, w.Paragraphs...)
				town.get(t, "/reminders/"+string(r.Reminder.ID)+"/letter?reading="+string(reading)).want(t, http.StatusOK, says...)
			}
		}
	})
}

func TestLettersAreFoundByNumberAndMadeByHandForOnePerson(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p := s.office.Person(t)
		town := s.as(access.Township)
		at := "/people/" + string(p.ID)
		town.get(t, at).want(t, http.StatusOK, "查看此人的告知单")
		town.get(t, at+"/reminders").want(t, http.StatusOK, "评残流程告知单").lacks(t, "通知复核")
		town.post(t, at+"/reminders", url.Values{}).want(t, http.StatusUnprocessableEntity, "请选择告知单种类")
		town.post(t, at+"/reminders", url.Values{"kind": {"flow"}}).follow(t).want(t, http.StatusOK, "已生成告知单", "533103-2020-T0000001")
		town.post(t, at+"/reminders", url.Values{"kind": {"flow"}}).want(t, http.StatusUnprocessableEntity, "这一档已经生成过")
		town.get(t, "/reminders/find?no=533103-2020-t0000001").follow(t).want(t, http.StatusOK, "承诺")
		town.get(t, "/reminders/find?no=533103-2020-T0000009").want(t, http.StatusUnprocessableEntity, "没有这个编号的告知单", "T0000009")
		s.actor(testbed.Stranger(access.Township)).get(t, "/reminders/find?no=533103-2020-T0000001").want(t, http.StatusUnprocessableEntity)
		s.as(access.Village).post(t, at+"/reminders", url.Values{"kind": {"flow"}}).want(t, http.StatusForbidden)
	})
}

func TestVillagesShowWhatWaitsAndTheClerkBeginsARound(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.office.Certificate(t, s.office.Person(t), "2020-04-20")
		s.office.Certificate(t, s.office.Person(t), "2021-01-10")
		clerk := s.as(access.Clerk)
		clerk.get(t, "/reminders/villages").want(t, http.StatusOK, "立即核对", "现在没有告知单")
		clerk.post(t, "/reminders/round", nil).follow(t).want(t, http.StatusOK, "新生成 1 份，终止 0 份")
		clerk.post(t, "/reminders/round", nil).follow(t).want(t, http.StatusOK, "新生成 0 份，终止 0 份")
		clerk.get(t, "/reminders/villages").want(t, http.StatusOK, "state=made").lacks(t, "state=overdue")
		s.office.Until("2020-04-21")
		clerk.get(t, "/reminders/villages").want(t, http.StatusOK, "state=overdue")
		if ids := letterIDs(clerk.get(t, "/reminders?state=overdue").want(t, http.StatusOK, "超期 1 天")); len(ids) != 1 {
			t.Errorf("%d letters are overdue", len(ids))
		}
		clerk.get(t, "/reminders/year").want(t, http.StatusOK, "2020-04", "太少，无法推算流失", "year.xlsx")
		clerk.get(t, "/reminders/year.xlsx").want(t, http.StatusOK)
		s.as(access.City).get(t, "/reminders/year").want(t, http.StatusOK, "请先在上面选择县")
		s.as(access.Village).get(t, "/reminders/villages").want(t, http.StatusOK).lacks(t, "立即核对")
		s.as(access.Village).post(t, "/reminders/round", nil).want(t, http.StatusForbidden)
		s.as(access.City).get(t, "/reminders").want(t, http.StatusOK, "请先在上面选择县")
		s.as(access.City).get(t, "/reminders?region=533103").want(t, http.StatusOK, "超期 1 天")
	})
}

// zipped is the names of the files in an archive, each of which is a PDF.
func zipped(t *testing.T, archive string) []string {
	t.Helper()
	r, err := zip.NewReader(strings.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(in) // to the end, which proves the checksum
		if err != nil || !strings.HasPrefix(string(body), "%PDF") {
			t.Errorf("%s: %v, %.20q", f.Name, err, body)
		}
		names = append(names, f.Name)
	}
	return names
}

func TestPhotosOfSlipsAreUploadedManyAtOnce(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		s.office.Certificate(t, s.office.Person(t), "2020-09-01")
		s.round(t)
		town := s.as(access.Township)
		page := town.get(t, "/reminders").want(t, http.StatusOK, "/reminders/scans")
		no := regexp.MustCompile(`533103-2020-T\d{7}`).FindString(page.body)
		code, err := qr.Encode(no, qr.M)
		if err != nil {
			t.Fatal(err)
		}
		town.get(t, "/reminders/scans").want(t, http.StatusOK, "批量登记回执", `enctype="multipart/form-data"`)
		s.as(access.Auditor).get(t, "/reminders/scans").want(t, http.StatusForbidden)
		form := url.Values{"received": {"2020-04-01"}, "signer": {"self"}}
		town.upload(t, "/reminders/scans", form).want(t, http.StatusUnprocessableEntity, "请选择回执照片", `href="#f-scans"`)
		town.upload(t, "/reminders/scans", url.Values{"received": {"后天"}}, sent{"scans", "a.png", code.PNG()}).
			want(t, http.StatusUnprocessableEntity, "不晚于今天", "请选择由谁签收", `value="后天"`)
		town.upload(t, "/reminders/scans", form, sent{"scans", "a.png", code.PNG()}, sent{"scans", "<b>.pdf", []byte("%PDF")}).
			want(t, http.StatusOK, "成功 1 份，未登记 1 份", no, "不是 JPG、PNG 或 PDF").lacks(t, "<b>.pdf")
	})
}
