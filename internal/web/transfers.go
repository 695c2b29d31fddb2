package web

import (
	"io"
	"net/http"
	"net/url"
	"strconv"

	"hefa/internal/access"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/region"
	"hefa/internal/registry"
	"hefa/internal/sheet"
	"hefa/internal/transfer"
)

// transfers is the certificates on their way into and out of a county.
func (s *Server) transfers(w http.ResponseWriter, r *http.Request) error {
	v := transfersView{r: r}
	f := transfersFilter(r.URL.Query())
	f.After, f.Limit = r.URL.Query().Get("after"), rows
	var err error
	if v.where, v.whole, err = s.ofCounty(r, access.TransferRead, f.Region); err == nil && !v.whole {
		v.TransferList, err = s.registry.Transfers(r.Context(), actor(r), f)
	}
	if err != nil {
		return err
	}
	return show(w, r, http.StatusOK, transfersPage(s.page(w, r, lang.T("transfer.title")), v))
}

func transfersFilter(q url.Values) registry.TransferFilter {
	return registry.TransferFilter{Region: region.Code(q.Get("region")), Way: transfer.Way(q.Get("way")), State: transfer.State(q.Get("state"))}
}

// transfersExport is the list as a file.
func (s *Server) transfersExport(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, taking{name: lang.T("transfer.title"), columns: registry.TransferColumns, write: func(to sheet.Out) error {
		return s.registry.ExportTransfers(r.Context(), actor(r), transfersFilter(r.URL.Query()), to)
	}})
}

type transfersView struct {
	registry.TransferList
	r     *http.Request
	where look.Choice
	whole bool // no county is chosen yet
}

func (v transfersView) ways() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "way", Label: lang.T("transfer.way")}, Value: v.r.URL.Query().Get("way"), Empty: lang.T("reminder.filter.all")}, transfer.Ways)
}

func (v transfersView) states() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "state", Label: lang.T("transfer.state")}, Value: v.r.URL.Query().Get("state"), Empty: lang.T("reminder.filter.all")}, transfer.States)
}

// href is an address with the conditions of the list.
func (v transfersView) href(path string) string {
	return carrying(path, v.r.URL.Query(), []string{"region", "way", "state"})
}

func (v transfersView) table() look.Table {
	t := look.Table{Caption: lang.T("transfer.title"), Quiet: true, Empty: lang.T("transfer.empty"), Columns: []look.Column{{Text: lang.T("transfer.holder")}, {Text: lang.T("transfer.way"), Tight: true},
		{Text: lang.T("transfer.from")}, {Text: lang.T("transfer.to")}, {Text: lang.T("transfer.due"), Tight: true}, {Text: lang.T("transfer.state"), Tight: true}}}
	switch {
	case v.whole:
		t.Empty = lang.T("transfer.choose")
	case v.href("") != "":
		t.Empty = lang.T("transfer.filtered")
	}
	for _, x := range v.Transfers {
		from, to := x.Region, x.Abroad
		if x.Way == transfer.In {
			from, to = to, from
		}
		due := look.Cell{Text: string(x.Due)}
		if x.Late(v.Today) {
			due.Note = lang.T("transfer.late")
		}
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: x.Parcel.Name, Href: transferHref(x.ID), Note: x.Parcel.Certificate.Masked()}, {Text: word(x.Way)},
			{Text: v.named(from)}, {Text: v.named(to)}, due, {Tag: transferTag(x.State), Note: string(x.Decided)}}})
	}
	return t
}

// named is a place as a list names it: the county, and the township and village where they are known.
func (v transfersView) named(c region.Code) string {
	out := v.Places[c.County()]
	if c.Level() > region.County {
		out += v.Places[c.Township()]
	}
	return out + villageName(c, v.Places)
}

func transferTag(s transfer.State) look.Tag {
	return look.Tag{Text: word(s), Colour: map[transfer.State]look.Colour{transfer.Sent: look.Blue, transfer.Taken: look.Green, transfer.Returned: look.Orange,
		transfer.Recalled: look.Grey}[s]}
}

func transferHref(id transfer.ID) string { return "/transfers/" + string(id) }

// transfer is one certificate on its way, with what the reader's county can do about it.
func (s *Server) transfer(w http.ResponseWriter, r *http.Request) error {
	return s.transferShow(w, r, r.URL.Query(), nil)
}

func (s *Server) transferShow(w http.ResponseWriter, r *http.Request, q url.Values, wrong error) error {
	one, err := s.registry.Transfer(r.Context(), actor(r), transfer.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := transferView{Transfer: one, by: actor(r), q: q}
	if err := v.places(s, r); err != nil {
		return err
	}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
	}
	p := s.page(w, r, one.Parcel.Name)
	p.Caption, p.Problems = lang.T("transfer.title"), look.Find(wrong)
	p.Crumbs = []look.Link{{Text: lang.T("transfer.title"), Href: "/transfers"}}
	return show(w, r, status, transferPage(p, v))
}

// transferDo does what one of the forms asks for; another township only shows its villages.
func (s *Server) transferDo(w http.ResponseWriter, r *http.Request) error {
	of, value := transfer.ID(r.PathValue("id")), r.PostFormValue
	ctx, by := r.Context(), actor(r)
	var err error
	switch value("do") {
	case "place":
		r.PostForm.Del("region")
		return s.transferShow(w, r, r.PostForm, nil)
	case "take":
		_, err = s.registry.TakeTransfer(ctx, by, of, transfer.Arrival{Village: region.Code(value("region")), Address: value("address"), Seen: value("seen") == "yes"})
	case "return":
		err = s.registry.ReturnTransfer(ctx, by, of, value("reason"))
	case "recall":
		err = s.registry.RecallTransfer(ctx, by, of, value("reason"))
	case "confirm":
		err = s.registry.ConfirmTransfer(ctx, by, of, look.Narrow(value("receipt")))
	default:
		err = fault.New(fault.Invalid, "form.choice.wrong")
	}
	if again(err) {
		return s.transferShow(w, r, r.PostForm, err)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, transferHref(of), "transfer."+value("do")+".done")
}

// transferSheet is 残疾人证迁移单.
func (s *Server) transferSheet(w http.ResponseWriter, r *http.Request) error {
	return sendPDF(w, func(to io.Writer) error {
		return s.registry.WriteTransfer(r.Context(), actor(r), transfer.ID(r.PathValue("id")), to)
	})
}

// transferView is the page, with what was typed into the form that failed.
type transferView struct {
	registry.Transfer
	by access.Actor
	q  url.Values
	townships,
	villages []look.Option
}

// can says whether the reader may do act now: what is decided is over.
func (v transferView) can(act access.Act, way transfer.Way) bool {
	return v.State == transfer.Sent && v.Way == way && v.by.May(act, v.Region) == nil
}

// places fills the choice of where the holder lives now, for whoever may take them over.
func (v *transferView) places(s *Server, r *http.Request) error {
	if !v.can(access.TransferTake, transfer.In) {
		return nil
	}
	all, err := s.casework.Places(r.Context(), v.by, v.Region.County())
	if err != nil {
		return err
	}
	v.townships = placeOptions(all)
	if t := v.township(); t != "" {
		all, err = s.casework.Places(r.Context(), v.by, t)
		v.villages = placeOptions(all)
	}
	return err
}

// township is the one just chosen, else that of the place that the case named.
func (v transferView) township() region.Code {
	if t := region.Code(v.q.Get("township")); v.by.Region.Contains(t) && t.Level() == region.Township {
		return t
	}
	if v.Region.Level() >= region.Township {
		return v.Region.Township()
	}
	return ""
}

func (v transferView) townshipField() look.Choice {
	return look.Choice{Field: look.Field{Name: "township", Label: lang.T("intake.township")}, Value: string(v.township()), Empty: lang.T("intake.choose"), Options: v.townships}
}

func (v transferView) village() look.Choice {
	at := v.q.Get("region")
	if at == "" && v.Region.Level() == region.Village {
		at = string(v.Region)
	}
	return look.Choice{Field: look.Field{Name: "region", Label: lang.T("intake.village")}, Value: at, Empty: lang.T("intake.choose"), Options: v.villages}
}

func (v transferView) address() look.Input {
	return look.Input{Field: look.Field{Name: "address", Label: lang.T("transfer.address"), Hint: lang.T("transfer.address.hint"), Optional: true}, Value: v.q.Get("address"), Width: look.W30, Complete: "off"}
}

func (v transferView) seen() look.Choices {
	return look.Choices{Field: look.Field{Name: "seen", Label: lang.T("transfer.seen")}, Values: v.q["seen"], Options: []look.Option{{Value: "yes", Text: lang.T("transfer.seen.text")}}}
}

// reason is the text of why it is sent back or recalled.
func (v transferView) reason(what string) look.Area {
	return look.Area{Field: look.Field{Name: "reason", Label: lang.T("transfer.reason"), Hint: lang.T("transfer." + what + ".hint")}, Value: v.q.Get("reason"), Rows: 2, Max: transfer.ReasonMost}
}

func (v transferView) receipt() look.Input {
	return look.Input{Field: look.Field{Name: "receipt", Label: lang.T("transfer.receipt"), Hint: lang.T("transfer.receipt.hint")}, Value: v.q.Get("receipt"), Width: look.W20, Complete: "off"}
}

// details is who moves with what, and where it stands.
func (v transferView) details() []look.Detail {
	p := v.Parcel
	from, to := v.Here, v.There
	if v.Way == transfer.In {
		from, to = v.There, v.Here
	}
	holder := look.Detail{Key: lang.T("transfer.holder"), Value: p.Name + " " + p.Number.Masked()}
	if v.Person != "" && v.by.Can(access.PersonRead) {
		holder.Actions = []look.Link{{Text: lang.T("transfer.holder.link"), Href: "/people/" + string(v.Person)}}
	}
	out := []look.Detail{holder, {Key: lang.T("transfer.certificate"), Value: p.Certificate.Masked()}, {Key: lang.T("transfer.grade"), Value: word(p.Category) + word(p.Level)},
		{Key: lang.T("transfer.expires"), Value: p.Expires.Chinese()}, {Key: lang.T("transfer.from"), Value: p.From + " " + from}, {Key: lang.T("transfer.to"), Value: to},
		{Key: lang.T("transfer.no"), Value: p.No}, {Key: lang.T("transfer.sent"), Value: v.Sent.Chinese()}, {Key: lang.T("transfer.due"), Value: v.Due.Chinese()},
		{Key: lang.T("transfer.state"), Body: look.State(transferTag(v.State))}}
	if v.Late(v.Today) {
		out[8].Value += " " + lang.T("transfer.late")
	}
	if v.Decided != "" {
		out = append(out, look.Detail{Key: lang.T("transfer.decided"), Value: lang.T("transfer.decided.by", v.Decided, v.Decider)})
	}
	for _, d := range []look.Detail{{Key: lang.T("transfer.receipt"), Value: v.Receipt}, {Key: lang.T("transfer.reason"), Value: v.Reason}} {
		if d.Value != "" {
			out = append(out, d)
		}
	}
	if v.Application != "" {
		out = append(out, look.Detail{Key: lang.T("transfer.case"), Value: v.Parcel.No, Actions: []look.Link{{Text: lang.T("transfer.case.link"), Href: "/applications/" + v.Application}}})
	}
	return out
}

func (v transferView) papers() look.Table {
	t := look.Table{Caption: lang.T("transfer.papers"), Empty: lang.T("transfer.papers.none"), Columns: []look.Column{{Text: lang.T("transfer.paper.kind"), Tight: true}, {Text: lang.T("transfer.paper.title")},
		{Text: lang.T("transfer.paper.day"), Tight: true}, {Text: lang.T("transfer.paper.pages"), Number: true}, {Text: lang.T("transfer.paper.origin"), Tight: true}, {Text: lang.T("transfer.paper.digest")}}}
	for _, i := range v.Parcel.Papers {
		t.Rows = append(t.Rows, look.Row{Cells: []look.Cell{{Text: word(i.Kind)}, {Text: i.Title, Note: i.Number}, {Text: string(i.Day)}, {Text: strconv.Itoa(i.Pages)}, {Text: word(i.Origin)}, {Text: i.Said()}}})
	}
	return t
}
