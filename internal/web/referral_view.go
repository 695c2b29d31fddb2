package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/card"
	"hefa/internal/casework"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/person"
	"hefa/internal/referral"
	"hefa/internal/region"
)

// referralView is the page of a referral, with what was typed into the form that failed.
type referralView struct {
	casework.Referral
	by access.Actor
	q  url.Values
	townships,
	villages []look.Option
	alike []person.Person // who may be the applicant, in the village that was chosen
}

// can says whether the reader may take the step now.
func (v referralView) can(act access.Act, s referral.Step) bool {
	return v.May(s) && v.by.May(act, v.Region) == nil
}

// confirms says whether the reader may enter an answer on paper.
func (v referralView) confirms() bool {
	return v.Side == referral.Host && v.State == referral.Sent && v.by.May(access.ReferralConfirm, v.Region) == nil
}

// posts says whether the reader may send the card off: once it is made and went out of the printing desk.
func (v referralView) posts() bool {
	return v.can(access.ReferralPost, referral.Post) && v.Stands == application.Dispatched
}

// hands says whether the reader may hand the card over.
func (v referralView) hands() bool {
	return v.Side == referral.Host && v.State == referral.Arrived && v.by.May(access.ReferralHand, v.Region) == nil
}

// places fills the choice of the village of registration, for whoever may take the case.
func (v *referralView) places(s *Server, r *http.Request) error {
	if !v.can(access.ReferralTake, referral.Take) || !v.by.Region.Contains(v.Region.County()) {
		return nil
	}
	var err error
	if v.alike, err = s.casework.ReferralAlike(r.Context(), v.by, v.ID, region.Code(v.q.Get("region"))); err != nil {
		return err
	}
	all, err := s.casework.Places(r.Context(), v.by, v.Region.County())
	if err != nil {
		return err
	}
	v.townships = placeOptions(all)
	if t := v.town(); t != "" {
		all, err = s.casework.Places(r.Context(), v.by, t)
		v.villages = placeOptions(all)
	}
	return err
}

func (v referralView) town() region.Code {
	if t := region.Code(v.q.Get("township")); v.by.Region.Contains(t) && t.Level() == region.Township {
		return t
	}
	return ""
}

func (v referralView) township() look.Choice {
	return look.Choice{Field: look.Field{Name: "township", Label: lang.T("intake.township")}, Value: string(v.town()), Empty: lang.T("intake.choose"), Options: v.townships}
}

func (v referralView) village() look.Choice {
	return look.Choice{Field: look.Field{Name: "region", Label: lang.T("intake.village")}, Value: v.q.Get("region"), Empty: lang.T("intake.choose"), Options: v.villages}
}

func (v referralView) address() look.Input {
	return look.Input{Field: look.Field{Name: "address", Label: lang.T("referral.address"), Hint: lang.T("referral.address.hint"), Optional: true}, Value: v.q.Get("address"), Width: look.W30, Complete: "off"}
}

func (v referralView) reason(what string, optional bool) look.Area {
	hint := "referral." + what + ".hint"
	if what == "confirm" {
		hint = "referral.reason.confirm"
	}
	return look.Area{Field: look.Field{Name: what + "-reason", Label: lang.T("referral.reason"), Hint: lang.T(hint), Optional: optional}, Value: v.q.Get(what + "-reason"), Rows: 2, Max: referral.ReasonMost}
}

func (v referralView) outcome() look.Choice {
	c := look.Choice{Field: look.Field{Name: "confirm-outcome", Label: lang.T("referral.outcome")}, Value: v.q.Get("confirm-outcome")}
	for _, s := range referral.Outcomes {
		c.Options = append(c.Options, look.Option{Value: string(s), Text: lang.T("referral.outcome." + string(s))})
	}
	return c
}

func (v referralView) receipt() look.Input {
	return look.Input{Field: look.Field{Name: "confirm-receipt", Label: lang.T("referral.receipt"), Hint: lang.T("referral.receipt.hint")}, Value: v.q.Get("confirm-receipt"), Width: look.W20, Complete: "off"}
}

func (v referralView) to() look.Choice {
	c := look.Choice{Field: look.Field{Name: "post-to", Label: lang.T("referral.post.to")}, Value: v.q.Get("post-to"), Inline: true}
	if c.Value == "" {
		c.Value = "host"
	}
	c.Options = []look.Option{{Value: "host", Text: lang.T("referral.post.host")}, {Value: "holder", Text: lang.T("referral.post.holder")}}
	return c
}

func (v referralView) carrier() look.Input {
	return look.Input{Field: look.Field{Name: "post-carrier", Label: lang.T("referral.carrier"), Hint: lang.T("referral.carrier.hint")}, Value: v.q.Get("post-carrier"), Width: look.W20, Complete: "off"}
}

func (v referralView) tracking() look.Input {
	return look.Input{Field: look.Field{Name: "post-tracking", Label: lang.T("referral.tracking")}, Value: v.q.Get("post-tracking"), Width: look.W20, Complete: "off"}
}

// delivery is the form of the hand-over.
func (v referralView) delivery() deliveryForm {
	m := v.Parcel.Matter
	f := deliveryForm{card.Delivery{Receiver: v.Parcel.Person.Name}, m != application.New && m != application.Reissue}
	if v.q.Get("do") == "hand" {
		f.Delivery = deliveryOf(v.q.Get)
	}
	return f
}

// details is whose case it is, where it stands and what was done.
func (v referralView) details() []look.Detail {
	p, host, home := v.Parcel, v.Here, v.There
	if v.Side == referral.Home {
		host, home = v.There, v.Here
	}
	due := v.Due.Chinese()
	if v.Late(v.Today) {
		due += " " + lang.T("referral.late")
	}
	out := []look.Detail{{Key: lang.T("referral.state"), Body: look.State(referralTag(v.State))}}
	out = append(out, v.stood()...)
	out = append(out, look.Detail{Key: lang.T("referral.person"), Value: p.Person.Name + " " + p.Person.Number.Masked()},
		look.Detail{Key: lang.T("referral.matter"), Value: strings.TrimSpace(word(p.Matter) + " " + p.Stated)}, look.Detail{Key: lang.T("referral.host"), Value: p.From + " " + host},
		look.Detail{Key: lang.T("referral.home"), Value: home}, look.Detail{Key: lang.T("referral.lives"), Value: p.Lives}, look.Detail{Key: lang.T("referral.registered"), Value: p.Registered},
		look.Detail{Key: lang.T("referral.no"), Value: p.No}, look.Detail{Key: lang.T("referral.accepted"), Value: p.Accepted.Chinese()})
	if p.Assessed != "" {
		out = append(out, look.Detail{Key: lang.T("referral.grade"), Value: word(p.Category) + word(p.Level)}, look.Detail{Key: lang.T("referral.assessed"), Value: lang.T("referral.assessed.by", p.Assessed.Chinese(), p.Hospital, v.signed())},
			look.Detail{Key: lang.T("referral.notice"), Value: v.published()})
	}
	out = append(out, look.Detail{Key: lang.T("referral.sent"), Value: v.Sent.Chinese()}, look.Detail{Key: lang.T("referral.due"), Value: due})
	for _, d := range []look.Detail{{Key: lang.T("referral.receipt"), Value: v.Receipt}, {Key: lang.T("referral.reason"), Value: v.Reason}} {
		if d.Value != "" {
			out = append(out, d)
		}
	}
	return append(out, v.sent()...)
}

// stood is how far the case is at home and here, and who was at it last.
func (v referralView) stood() []look.Detail {
	var out []look.Detail
	if v.Stands != "" {
		text := word(v.Stands)
		if v.Last != "" {
			text = lang.T("referral.stands.due", text, v.Last)
		}
		out = append(out, look.Detail{Key: lang.T("referral.stands"), Value: text})
	}
	if v.Application != "" {
		out = append(out, look.Detail{Key: lang.T("referral.case"), Value: word(v.Own), Actions: []look.Link{{Text: lang.T("referral.case.link"), Href: caseHref(application.ID(v.Application))}}})
	}
	if v.Decided != "" {
		out = append(out, look.Detail{Key: lang.T("referral.decided"), Value: lang.T("referral.decided.by", v.Decided.Chinese(), v.Decider)})
	}
	return out
}

// signed is the doctors whose names stand under the conclusions.
func (v referralView) signed() string {
	var out []string
	for _, c := range v.Parcel.Conclusions {
		out = append(out, c.First, c.Second)
	}
	return strings.Join(out, "、")
}

func (v referralView) published() string {
	if v.Parcel.Notice == "" {
		return lang.T("referral.notice.there")
	}
	return v.Parcel.Notice
}

// sent is how the card goes.
func (v referralView) sent() []look.Detail {
	var out []look.Detail
	if w := v.Way; w.Posted != "" {
		to := "referral.way.host"
		if w.Holder {
			to = "referral.way.holder"
		}
		out = append(out, look.Detail{Key: lang.T("referral.way"), Value: lang.T(to, w.Posted.Chinese(), w.Carrier, w.Tracking)})
	}
	if v.Way.Received != "" {
		out = append(out, look.Detail{Key: lang.T("referral.received"), Value: v.Way.Received.Chinese()})
	}
	if v.Way.Delivered != "" {
		out = append(out, look.Detail{Key: lang.T("referral.delivered"), Value: receiverText(card.Card{Delivery: v.Way.Delivery, Delivered: v.Way.Delivered})})
	}
	return out
}

func (v referralView) papers() look.Table {
	t := look.Table{Caption: lang.T("referral.papers"), Empty: lang.T("referral.papers.none"), Columns: []look.Column{{Text: lang.T("referral.paper.title")},
		{Text: lang.T("referral.paper.pages"), Number: true}, {Text: lang.T("referral.paper.origin"), Tight: true}}}
	for _, s := range v.Parcel.Papers {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: paperWord(s.Paper), Note: s.Name}, {Text: strconv.Itoa(max(s.Pages, 1))}, {Text: lang.T("archive.origin.scan")}}})
	}
	for _, s := range v.Parcel.Sighted {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: paperWord(s)}, {}, {Text: lang.T("referral.sighted")}}})
	}
	return t
}

// corrected says that the parcel bears a number that was corrected, and what follows.
func (v referralView) corrected() string {
	p := v.Renumbered
	switch {
	case p == nil:
		return lang.T("referral.corrected.elsewhere", v.Since.Chinese(), v.Away)
	case v.Known:
		return lang.T("referral.corrected.same", p.Name, v.Since.Chinese(), p.Number.Masked())
	}
	return lang.T("referral.corrected.name", p.Name, v.Since.Chinese(), p.Number.Masked(), v.Parcel.Person.Name)
}
