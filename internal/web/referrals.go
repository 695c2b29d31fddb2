package web

import (
	"bytes"
	"io"
	"net/http"
	"net/url"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/casework"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/referral"
	"hefa/internal/region"
	"hefa/internal/sheet"
)

// referrals is the cases that this county takes for others, and those that others take for it.
func (s *Server) referrals(w http.ResponseWriter, r *http.Request) error {
	v := referralsView{r: r}
	f := referralsFilter(r.URL.Query())
	f.After, f.Limit = r.URL.Query().Get("after"), rows
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.ReferralRead, f.Region); err == nil && !v.whole {
		v.ReferralList, err = s.casework.Referrals(r.Context(), actor(r), f)
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, referralsPage(s.page(w, r, lang.T("referral.title")), v))
}

func referralsFilter(q url.Values) casework.ReferralFilter {
	return casework.ReferralFilter{Region: region.Code(q.Get("region")), Side: referral.Side(q.Get("side")), State: referral.State(q.Get("state"))}
}

// referralsExport is the list as a file.
func (s *Server) referralsExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("referral.title"), columns: casework.ReferralColumns, write: func(to sheet.Out) error {
		return s.casework.ExportReferrals(r.Context(), actor(r), referralsFilter(r.URL.Query()), to)
	}})
}

type referralsView struct {
	casework.ReferralList
	r     *http.Request
	where look.Choice
	whole bool // no county is chosen yet
}

func (v referralsView) sides() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "side", Label: lang.T("referral.side")}, Value: v.r.URL.Query().Get("side"), Empty: lang.T("reminder.filter.all")}, referral.Sides)
}

func (v referralsView) states() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("referral.state")}, Value: v.r.URL.Query().Get("state"), Empty: lang.T("reminder.filter.all")}, referral.States)
}

// href is an address with the conditions of the list.
func (v referralsView) href(path string) string {
	return carrying(path, v.r.URL.Query(), []string{"region", "side", "state"})
}

func (v referralsView) table() look.Table {
	t := look.Table{Caption: lang.T("referral.title"), Quiet: true, Empty: lang.T("referral.empty"), Columns: []look.Column{{Text: lang.T("referral.person")},
		{Text: lang.T("referral.matter"), Tight: true}, {Text: lang.T("referral.side"), Tight: true}, {Text: lang.T("referral.host")}, {Text: lang.T("referral.home")},
		{Text: lang.T("referral.due"), Tight: true}, {Text: lang.T("referral.state"), Tight: true}}}
	switch {
	case v.whole:
		t.Empty = lang.T("referral.choose")
	case v.href("") != "":
		t.Empty = lang.T("referral.filtered")
	}
	for _, x := range v.Referrals {
		host, home := v.Places[x.Region.County()], v.Places[x.Abroad.County()]
		if x.Side == referral.Home {
			host, home = home, host
		}
		due := look.Cell{Text: string(x.Due)}
		if x.Late(v.Today) {
			due.Note = lang.T("referral.late")
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: x.Parcel.Person.Name, Href: referralHref(x.ID), Note: x.Parcel.Person.Number.Masked()}, {Text: word(x.Parcel.Matter)},
			{Text: word(x.Side)}, {Text: host}, {Text: home}, due, {Tag: referralTag(x.State), Note: string(x.Decided)}}})
	}
	return t
}

func referralTag(s referral.State) look.Tag {
	colour := look.Blue
	switch s {
	case referral.Done:
		colour = look.Green
	case referral.Returned, referral.Recalled:
		colour = look.Orange
	case referral.Declined, referral.Refused:
		colour = look.Red
	}
	return look.Tag{Text: word(s), Colour: colour}
}

func referralHref(id referral.ID) string { return "/referrals/" + string(id) }

// applicationSend sends a case to the county of registration.
func (s *Server) applicationSend(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "referral.send.done", func(id application.ID) error {
		_, err := s.casework.SendReferral(r.Context(), actor(r), id, r.PostFormValue("registered"))
		return err
	})
}

// referral is one referral with what the reader's county can do about it.
func (s *Server) referral(w http.ResponseWriter, r *http.Request) error {
	return s.referralShow(w, r, r.URL.Query(), nil)
}

func (s *Server) referralShow(w http.ResponseWriter, r *http.Request, q url.Values, wrong error) error {
	one, err := s.casework.Referral(r.Context(), actor(r), referral.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := referralView{Referral: one, by: actor(r), q: q}
	if err := v.places(s, r); err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, one.Parcel.Person.Name)
	p.Caption, p.Problems = lang.T("referral.title"), look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("referral.title"), Href: "/referrals"}}
	return show(w, r, status, referralPage(p, v))
}

// referralDo does what one of the forms asks for; another township only shows its villages. Each form has its own reason, because one page holds several.
func (s *Server) referralDo(w http.ResponseWriter, r *http.Request) error {
	of, do := referral.ID(r.PathValue("id")), r.PostFormValue("do")
	if do == "place" {
		r.PostForm.Del("region")
		return s.referralShow(w, r, r.PostForm, nil)
	}
	err := s.referralStep(r, of, do)
	if again(err) {
		return s.referralShow(w, r, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, referralHref(of), "referral."+do+".done")
}

func (s *Server) referralStep(r *http.Request, of referral.ID, do string) error {
	ctx, by, value := r.Context(), actor(r), r.PostFormValue
	reason := value(do + "-reason")
	switch do {
	case "take":
		_, err := s.casework.TakeReferral(ctx, by, of, casework.Registration{Village: region.Code(value("region")), Address: value("address"), Distinct: value("distinct")})
		return err
	case "return":
		return under(do, s.casework.ReturnReferral(ctx, by, of, reason))
	case "decline":
		return under(do, s.casework.DeclineReferral(ctx, by, of, reason))
	case "recall":
		return under(do, s.casework.RecallReferral(ctx, by, of, reason))
	case "confirm":
		return under(do, s.casework.ConfirmReferral(ctx, by, of, referral.Answer{Outcome: referral.State(value("confirm-outcome")), Receipt: look.Narrow(value("confirm-receipt")), Reason: reason}))
	case "post":
		return under(do, s.casework.PostReferral(ctx, by, of, referral.Way{Holder: value("post-to") == "holder", Carrier: value("post-carrier"), Tracking: look.Narrow(value("post-tracking"))}))
	case "receive":
		return s.casework.ReceiveReferral(ctx, by, of)
	case "hand":
		return s.casework.HandReferral(ctx, by, of, delivery(r))
	}
	return fault.New(fault.Invalid, "form.choice.wrong")
}

// referralSheet is 残疾人证异地代收转办单.
func (s *Server) referralSheet(w http.ResponseWriter, r *http.Request) error {
	return sendPDF(w, func(to io.Writer) error {
		return s.casework.WriteReferral(r.Context(), actor(r), referral.ID(r.PathValue("id")), to)
	})
}

// referralPackage is the signed list with the scans, for a county that does not work with this program.
func (s *Server) referralPackage(w http.ResponseWriter, r *http.Request) error {
	of := referral.ID(r.PathValue("id"))
	return file(w, "referral-"+string(of)+".zip", "application/zip", func(b *bytes.Buffer) error {
		return s.casework.ExportReferral(r.Context(), actor(r), of, b)
	})
}
