package web_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/person"
	"hefa/internal/store"
	"hefa/internal/testbed"
)

// counterForm is the second step for somebody new, without a region.
func counterForm(n int) url.Values {
	number := person.MakeNumber("533199", "1970-02-03", 900+n)
	return url.Values{"do": {"submit"}, "number": {string(number)}, "matter": {"new"}, "wanted": {"4"}, "name": {"岩小罕"}, "nation": {"傣族"},
		"region": {string(testbed.Village)}, "address": {"三组 12 号"}, "phone": {"13900000009"}}
}

var caseAddress = regexp.MustCompile(`^/applications/[0-9a-f-]{36}$`)

func TestTheCounterOpensACaseInTwoSteps(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, form := s.as(access.Township), counterForm(1)
		clerk.get(t, "/applications/new").want(t, http.StatusOK, "身份证号", "下一步").lacks(t, "户籍所在乡镇")
		wrong := clerk.post(t, "/applications/new", url.Values{"do": {"look"}, "number": {"533199197002039012"}})
		wrong.want(t, http.StatusUnprocessableEntity, "身份证号校验不符", "533199197002039012", `href="#f-number"`)
		step := clerk.post(t, "/applications/new", url.Values{"do": {"look"}, "number": {"　" + strings.ToLower(form.Get("number"))}})
		step.want(t, http.StatusOK, "1970年2月3日", "50 周岁", "德昂族", `value="`+string(testbed.Village)+`"`)
		bare := clerk.post(t, "/applications/new", url.Values{"do": {"submit"}, "number": form["number"], "name": {"岩小罕"}, "phone": {"12ab"}})
		bare.want(t, http.StatusUnprocessableEntity, "请选择户籍所在的乡镇和村", "电话号码应为", `value="岩小罕"`, `value="12ab"`)
		done := clerk.post(t, "/applications/new", form)
		if to := done.header.Get("Location"); !caseAddress.MatchString(to) {
			t.Fatalf("led to %q: %.2000s", to, done.body)
		}
		done.follow(t).want(t, http.StatusOK, "已登记岩小罕的申请并提交受理", "待受理", "2020-04-09", "再登记一件", "region="+string(testbed.Village))
		clerk.post(t, "/applications/new", form).want(t, http.StatusUnprocessableEntity, "此人有正在办理的申请", done.header.Get("Location"))
	})
}

func TestTheFormOffersVillagesOfTheChosenTownship(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, form := s.as(access.Clerk), counterForm(2)
		clerk.get(t, "/applications/new").want(t, http.StatusOK, "户籍所在乡镇", "芒市镇")
		wrong := url.Values{"do": {"look"}, "number": {"533"}, "township": {"533103102"}}
		clerk.post(t, "/applications/new", wrong).want(t, http.StatusUnprocessableEntity, `value="533103102" selected`, `value="533"`)
		look := url.Values{"do": {"look"}, "number": form["number"], "township": {"533103102"}}
		clerk.post(t, "/applications/new", look).want(t, http.StatusOK, `value="533103102201"`).lacks(t, `value="533103105201"`)
		form.Set("do", "place")
		form.Set("township", "533103105")
		clerk.post(t, "/applications/new", form).want(t, http.StatusOK, `value="533103105201"`, `value="三组 12 号"`).lacks(t, `value="533103102201"`)
		worker := s.as(access.Village).post(t, "/applications/new", url.Values{"do": {"look"}, "number": form["number"]})
		worker.want(t, http.StatusOK, `value="533103105201"`).lacks(t, `value="533103105202"`)
	})
}

func TestTheFormKnowsTheRegisteredAndTheirCertificate(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		p := s.office.Person(t)
		s.office.Certificate(t, p, "2020-03-31")
		look := url.Values{"do": {"look"}, "number": {string(p.Number)}}
		page := s.as(access.Township).post(t, "/applications/new", look)
		page.want(t, http.StatusOK, `value="`+p.Name+`"`, `value="13900000000"`, "已过期", `value="renew" checked`)
		stranger := s.actor(testbed.Stranger(access.Clerk)).post(t, "/applications/new", look)
		stranger.want(t, http.StatusUnprocessableEntity, "已在其他县（市、区）登记").lacks(t, p.Name, p.Phone)
	})
}

func TestEveryGapIsShownAtOnceAndADraftMayHaveThem(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk, form := s.as(access.Township), counterForm(3)
		form.Set("wanted", "5")
		form.Set("phone", "12ab")
		page := clerk.post(t, "/applications/new", form)
		page.want(t, http.StatusUnprocessableEntity, "须填写法定监护人姓名", "电话号码应为", `href="#f-guardian"`, `value="5" checked`)
		form.Set("phone", "")
		form.Set("do", "draft")
		done := clerk.post(t, "/applications/new", form)
		href := done.header.Get("Location")
		done.follow(t).want(t, http.StatusOK, "申请草稿", "修改申请内容")
		clerk.post(t, href+"/submit", nil).want(t, http.StatusUnprocessableEntity, "须填写法定监护人姓名", "只保存", `href="#f-guardian"`)
		for name, value := range hidden(clerk.get(t, href+"/edit").body) {
			form.Set(name, value)
		}
		form.Set("do", "submit")
		form.Set("guardian", "岩大罕")
		form.Set("guardian_phone", "13900000010")
		clerk.post(t, href+"/edit", form).follow(t).want(t, http.StatusOK, "已提交受理", "岩大罕")
		clerk.get(t, href+"/edit").want(t, http.StatusConflict, "不能办理")
	})
}

// hidden is the hidden values of a page's last form.
func hidden(body string) map[string]string {
	out := map[string]string{}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		out[m[1]] = m[2]
	}
	return out
}

func TestAStaleFormShowsBothValues(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Township)
		a := s.office.Case(t, s.office.Person(t), application.Draft)
		href := "/applications/" + string(a.ID)
		form := counterForm(4)
		for name, value := range hidden(clerk.get(t, href+"/edit").want(t, http.StatusOK, "修改申请内容").body) {
			form.Set(name, value)
		}
		s.office.Update(t, access.Township, func(tx *store.Tx) error {
			p, err := tx.Person(a.Person)
			if err != nil {
				return err
			}
			p.Address = "新村八组"
			return tx.SavePerson(access.PersonEdit, p, p)
		})
		form.Set("do", "save")
		page := clerk.post(t, href+"/edit", form).want(t, http.StatusConflict, "新村八组", "三组 12 号", "别人刚刚修改过")
		for name, value := range hidden(page.body) {
			form.Set(name, value)
		}
		clerk.post(t, href+"/edit", form).follow(t).want(t, http.StatusOK, "修改已保存", "三组 12 号")
	})
}

// portrait is a two-inch photo with a grey ground.
func portrait(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 413, 579))
	for i := range m.Pix {
		m.Pix[i] = 120
	}
	for y := 200; y < 579; y++ {
		for x := 80; x < 330; x++ {
			m.Set(x, y, color.RGBA{190, 120, 90, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var fileAddress = regexp.MustCompile(`/applications/[0-9a-f-]{36}/attachments/[0-9a-f-]{36}`)

func TestAPhotoIsSentJudgedOpenedAndTakenOff(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Township)
		href := "/applications/" + string(s.office.Case(t, s.office.Person(t), application.Submitted).ID)
		clerk.upload(t, href+"/attachments", url.Values{"paper": {"photo"}}).want(t, http.StatusUnprocessableEntity, "请选择文件")
		sent := sent{"file", "照片 <b>.jpg", portrait(t)}
		page := clerk.upload(t, href+"/attachments", url.Values{"paper": {"photo"}}, sent).follow(t)
		page.want(t, http.StatusOK, "文件已上传", "照片背景看起来不是白色", "照片 &lt;b&gt;.jpg").lacks(t, "照片看起来是黑白的")
		file := fileAddress.FindString(page.body)
		got := clerk.get(t, file).want(t, http.StatusOK)
		for name, want := range map[string]string{"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"} {
			if v := got.header.Get(name); v != want {
				t.Errorf("%s: %q, want %q", name, v, want)
			}
		}
		if v := got.header.Get("Content-Security-Policy"); !strings.Contains(v, "sandbox") || !strings.Contains(v, "default-src 'none'") {
			t.Errorf("the file may do %q", v)
		}
		s.actor(testbed.Stranger(access.Township)).get(t, file).want(t, http.StatusNotFound)
		s.as(access.City).get(t, file).want(t, http.StatusForbidden)
		clerk.post(t, file+"/remove", nil).follow(t).want(t, http.StatusOK, "文件已删除").lacks(t, file)
	})
}

func TestAnUploadThatBreaksLeavesNothing(t *testing.T) {
	t.Parallel()
	eachSite(t, func(t *testing.T, s *site) {
		clerk := s.as(access.Township)
		href := "/applications/" + string(s.office.Case(t, s.office.Person(t), application.Draft).ID)
		whole := "--x\r\nContent-Disposition: form-data; name=\"paper\"\r\n\r\nidentity\r\n" +
			"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n" + string(portrait(t))
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, href+"/attachments", strings.NewReader(whole))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		r.ContentLength = int64(len(whole)) + 1000
		if got := clerk.send(t, r); got.status < 400 {
			t.Errorf("half an upload is answered with %d", got.status)
		}
		if file := fileAddress.FindString(clerk.get(t, href).want(t, http.StatusOK).body); file != "" {
			t.Errorf("half an upload left %s", file)
		}
	})
}
