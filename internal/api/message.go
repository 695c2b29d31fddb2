package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hefa/internal/access"
	"hefa/internal/application"
	"hefa/internal/day"
	"hefa/internal/message"
	"hefa/internal/outreach"
	"hefa/internal/person"
	"hefa/internal/region"
)

// Message is a text message; its phone is masked.
type Message struct {
	ID     string    `json:"id"`
	Region string    `json:"region"`
	Person string    `json:"person"`
	Kind   string    `json:"kind" enum:"renew,card,campaign"`
	Phone  string    `json:"phone"`
	Text   string    `json:"text"`
	Parts  int       `json:"parts" doc:"as the carriers count"`
	State  string    `json:"state" enum:"queued,sent,delivered,failed,dropped"`
	Tries  int       `json:"tries"`
	Made   time.Time `json:"made"`
	Ref    string    `json:"ref" doc:"the gateway's name for it"`
	Fault  string    `json:"fault" doc:"what the gateway said last"`
}

type messageQuery struct {
	Region string `query:"region" maxLength:"12"`
	Kind   string `query:"kind" enum:"renew,card,campaign"`
	State  string `query:"state" enum:"queued,sent,delivered,failed,dropped"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	After  string `query:"after" maxLength:"36"`
}

type messageReport struct {
	ID   string `path:"id" maxLength:"36"`
	Body struct {
		Delivered bool   `json:"delivered"`
		Why       string `json:"why,omitempty" maxLength:"400" doc:"the gateway's word when it was not"`
	}
}

type messageCampaign struct {
	Region  string  `json:"region,omitempty" maxLength:"12" doc:"of the actor's area, all of it when empty"`
	Poor    bool    `json:"poor,omitempty" doc:"poor households only"`
	Expires day.Day `json:"expires,omitempty" doc:"only holders of a certificate that ends on that day or before"`
}

type messageHolders struct {
	Body struct {
		Applications []application.ID `json:"applications" minItems:"1" maxItems:"500" doc:"ids of cases whose cards wait"`
	}
}

type messageHeld struct {
	Texted int `json:"texted" doc:"holders to whom a message goes; the others cannot or do not want to be reached, or have theirs of today"`
}

// messages puts the operations on text messages on the API.
func (s *Server) messages(a huma.API) {
	op := func(id, method, path, summary string) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1/messages" + path, Tags: []string{"messages"}, Summary: summary}
	}
	huma.Register(a, op("message-list", http.MethodGet, "", "List text messages, the newest first"), s.messageList)
	report := op("message-report", http.MethodPost, "/{id}/report", "Note what the gateway says became of a message that it took")
	report.DefaultStatus = http.StatusNoContent
	huma.Register(a, report, func(ctx context.Context, in *messageReport) (*struct{}, error) {
		return nil, failed(ctx, s.Outreach.ReportMessage(ctx, actor(ctx), message.ID(in.ID), in.Body.Delivered, in.Body.Why))
	})
	retry := op("message-retry", http.MethodPost, "/{id}/retry", "Queue a message that failed once more")
	retry.DefaultStatus = http.StatusNoContent
	huma.Register(a, retry, func(ctx context.Context, in *applicationPath) (*struct{}, error) {
		return nil, failed(ctx, s.Outreach.RetryMessages(ctx, actor(ctx), []message.ID{message.ID(in.ID)}))
	})
	huma.Register(a, op("message-holders", http.MethodPost, "/holders", "Text the holders of cards that wait to be fetched, and note on each case that they are told"),
		func(ctx context.Context, in *messageHolders) (*body[messageHeld], error) {
			n, err := s.Outreach.TextHolders(ctx, actor(ctx), in.Body.Applications)
			if err != nil {
				return nil, failed(ctx, err)
			}
			return &body[messageHeld]{messageHeld{n}}, nil
		})
	refuse := op("message-refuse", http.MethodPost, "/refused", "Note that nothing is sent to a phone any more")
	refuse.DefaultStatus = http.StatusNoContent
	huma.Register(a, refuse, func(ctx context.Context, in *struct {
		Body struct {
			Phone string `json:"phone" maxLength:"40"`
		}
	}) (*struct{}, error) {
		return nil, failed(ctx, s.Outreach.RefuseMessages(ctx, actor(ctx), in.Body.Phone))
	})
	campaign := op("message-campaign", http.MethodPost, "/campaign", "Have the approved wording about assessment sent to the holders of an area")
	campaign.DefaultStatus = http.StatusAccepted
	huma.Register(a, campaign, func(ctx context.Context, in *struct{ Body messageCampaign }) (*struct{}, error) {
		if err := grave(ctx, access.MessageMake); err != nil {
			return nil, err
		}
		return nil, failed(ctx, s.Outreach.BeginCampaign(ctx, actor(ctx), outreach.Audience{Region: region.Code(in.Body.Region), Poor: in.Body.Poor, Expires: in.Body.Expires}))
	})
}

func (s *Server) messageList(ctx context.Context, in *messageQuery) (*body[list[Message]], error) {
	l, err := s.Outreach.Messages(ctx, actor(ctx), outreach.Filter{Region: region.Code(in.Region), Kind: message.Kind(in.Kind), State: message.State(in.State),
		After: message.ID(in.After), Limit: in.Limit})
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[Message]]{list[Message]{Items: []Message{}, Next: string(l.Next)}}
	for _, m := range l.Messages {
		out.Body.Items = append(out.Body.Items, Message{string(m.ID), string(m.Region), string(m.Person), string(m.Kind), person.MaskedPhone(m.Phone), m.Text, m.Parts,
			string(m.State), m.Tries, m.Made, m.Ref, m.Fault})
	}
	return out, nil
}
