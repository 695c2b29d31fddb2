package web

import (
	"encoding/json"
	"net"
	"net/http"
	"strconv"

	"hefa/internal/application"
	"hefa/internal/assessing"
	"hefa/internal/call"
	"hefa/internal/casework"
	"hefa/internal/evidence"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
	"hefa/internal/relay"
)

func callHref(id application.ID) string { return caseHref(id) + "/call" }

// call is the page of live video. Without JavaScript, a camera or a relay it says so and leads to the evidence.
func (s *Server) call(w http.ResponseWriter, r *http.Request) error {
	room, err := s.assessing.CallRoom(r.Context(), actor(r), application.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	p := s.page(w, r, lang.T("call.title"))
	p.Caption = room.Person.Name
	p.Crumbs = []look.Link{{Text: room.Person.Name, Href: caseHref(room.Case.Application.ID)}, {Text: lang.T("remote.title"), Href: remoteHref(room.Case.Application.ID)}}
	v := callView{CallRoom: room, relayed: s.relay != nil, me: actor(r).Account}
	if v.joinable() {
		p.Script = "call.js"
		w.Header().Set("Permissions-Policy", "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()")
	}
	return show(w, r, http.StatusOK, callPage(p, v))
}

// callView is the page of live video.
type callView struct {
	assessing.CallRoom
	relayed bool
	me      string
}

func (v callView) joinable() bool { return v.relayed && v.Refused == nil }

// heard is a call as the page's script reads it.
type heard struct {
	Call   call.ID     `json:"call"`
	Side   call.Side   `json:"side"`
	Round  int         `json:"round"`
	Ready  bool        `json:"ready"` // somebody is on either side
	Offer  string      `json:"offer,omitempty"`
	Answer string      `json:"answer,omitempty"`
	Ended  bool        `json:"ended"`
	Weak   bool        `json:"weak"`
	Other  string      `json:"other"` // the name of who is on the other side
	Relay  *relay.Pass `json:"relay,omitempty"`
}

func hear(c call.Call, s call.Side) heard {
	other := c.FarName
	if s == call.Far {
		other = c.NearName
	}
	return heard{Call: c.ID, Side: s, Round: c.Round, Ready: c.Ready(), Offer: c.Offer, Answer: c.Answer, Ended: !c.Ended.IsZero(), Weak: c.Outcome == call.Weak, Other: other}
}

func sendJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(v)
}

// callJoin joins the call about a case and hands out a pass for the relay that holds as long as the call may run.
func (s *Server) callJoin(w http.ResponseWriter, r *http.Request) error {
	if s.relay == nil {
		return fault.New(fault.Refused, "call.norelay")
	}
	by := actor(r)
	c, err := s.assessing.JoinCall(r.Context(), by, application.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	out := hear(c, call.SideOf(by.Role))
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host // without a port
	}
	pass := s.relay.Pass(string(c.ID), string(out.Side), host, call.Life)
	out.Relay = &pass
	return sendJSON(w, out)
}

// callHear is what has changed on a call.
func (s *Server) callHear(w http.ResponseWriter, r *http.Request) error {
	by := actor(r)
	c, err := s.assessing.HearCall(r.Context(), by, application.ID(r.PathValue("id")), call.ID(r.PathValue("call")))
	if err != nil {
		return err
	}
	return sendJSON(w, hear(c, call.SideOf(by.Role)))
}

// callSay keeps what the reader's browser says of itself.
func (s *Server) callSay(w http.ResponseWriter, r *http.Request) error {
	round, _ := strconv.Atoi(r.PostFormValue("round"))
	at := assessing.CallAt{Application: application.ID(r.PathValue("id")), Call: call.ID(r.PathValue("call")), Round: round}
	err := s.assessing.SayCall(r.Context(), actor(r), at, r.PostFormValue("sdp"))
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// callEnd ends a call; with the outcome "weak" the assessment goes on with evidence alone, and the case says so.
func (s *Server) callEnd(w http.ResponseWriter, r *http.Request) error {
	id := application.ID(r.PathValue("id"))
	o := call.Outcome(r.PostFormValue("outcome"))
	if err := s.assessing.EndCall(r.Context(), actor(r), id, call.ID(r.PathValue("call")), o); err != nil {
		return err
	}
	return s.done(w, r, remoteHref(id), "call.ended."+string(o))
}

// callSnapshot keeps a picture of the call with the case, as evidence.
func (s *Server) callSnapshot(w http.ResponseWriter, r *http.Request) error {
	file, _, err := uploaded(r)
	if err != nil {
		return err
	}
	defer file.Close()
	item := evidence.Item{Kind: evidence.Photo, Call: r.PathValue("call"), Detail: evidence.Detail{Shows: r.PostFormValue("shows"), Taker: actor(r).Name}}
	_, err = s.casework.AddEvidence(r.Context(), actor(r), application.ID(r.PathValue("id")), casework.Piece{Item: item, Name: lang.T("call.snapshot.name") + ".jpg", Content: file})
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
