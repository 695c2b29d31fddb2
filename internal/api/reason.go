package api

import (
	"context"

	"hefa/internal/region"
	"hefa/internal/reminder"
)

// ReasonLine is how many people of a place are still awaited, by why they do not come.
type ReasonLine struct {
	Region string         `json:"region"`
	Name   string         `json:"name"`
	Counts map[string]int `json:"counts" doc:"reason to the number of people; unsaid for those of whom nobody knows one"`
	Total  int            `json:"total"`
}

func (s *Server) reminderReasons(ctx context.Context, in *struct {
	Region string `query:"region" maxLength:"12" doc:"a county for its townships, a township for its villages"`
	Kind   string `query:"kind" enum:"flow,renew,review" doc:"empty for renew"`
}) (*body[list[ReasonLine]], error) {
	all, err := s.Renewing.Reasons(ctx, actor(ctx), region.Code(in.Region), reminder.Kind(in.Kind))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := &body[list[ReasonLine]]{list[ReasonLine]{Items: []ReasonLine{}}}
	for _, l := range all.Places {
		line := ReasonLine{string(l.Code), l.Name, map[string]int{}, l.Total}
		for why, n := range l.Counts {
			line.Counts[string(why)] = n
		}
		out.Body.Items = append(out.Body.Items, line)
	}
	return out, nil
}
