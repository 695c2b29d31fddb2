package api

import (
	"context"
	"time"

	"hefa/internal/person"
)

// PersonChange is one thing of a person that became another.
type PersonChange struct {
	At     time.Time `json:"at"`
	Field  string    `json:"field" doc:"name, region, nation, address, phone, guardian, guardian_relation, guardian_phone, poor, marital, education, lives, lives_at, guardian_number, household, support_ and a kind of support, death or move"`
	Before string    `json:"before" doc:"empty when there was none; a place by its code, a number masked, of a household the names of the others"`
	After  string    `json:"after"`
	By     string    `json:"by" doc:"who did it"`
}

// PersonChanges is what of a person changed.
type PersonChanges struct {
	Items []PersonChange `json:"items" doc:"the newest first"`
}

func (s *Server) personChanges(ctx context.Context, in *applicationPath) (*body[PersonChanges], error) {
	all, err := s.Registry.PersonChanges(ctx, actor(ctx), person.ID(in.ID))
	if err != nil {
		return nil, failed(ctx, err)
	}
	out := PersonChanges{Items: []PersonChange{}}
	for _, c := range all {
		out.Items = append(out.Items, PersonChange{c.At, c.Field, c.Before, c.After, c.Name})
	}
	return &body[PersonChanges]{out}, nil
}
