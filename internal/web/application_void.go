package web

import (
	"net/http"

	"hefa/internal/application"
	"hefa/internal/fault"
	"hefa/internal/lang"
	"hefa/internal/look"
)

// applicationVoid ends a case between its approval and the hand-over.
func (s *Server) applicationVoid(w http.ResponseWriter, r *http.Request) error {
	return s.applicationAct(w, r, "void.done", func(id application.ID) error {
		lost, err := false, error(nil)
		if r.PostFormValue("void-printed") != "" {
			if lost, err = whetherLost(r, "void-lost"); err != nil {
				return err
			}
		}
		v := application.Void{Cause: application.VoidCause(r.PostFormValue("void-cause")), Reason: r.PostFormValue("void-reason"),
			Lost: lost, Witness: r.PostFormValue("void-witness"), Found: r.PostFormValue("void-found") != ""}
		return under("void", s.records.VoidApplication(r.Context(), actor(r), id, v))
	})
}

func (v caseView) voidCause() look.Choice {
	return picks(look.Choice{Field: look.Field{Name: "void-cause", Label: lang.T("void.cause")}, Value: v.sent("void", "void-cause")}, application.VoidCauses)
}

// tick is one box of the form of an act, which says what became of a card.
func (v caseView) tick(act, name, label, text string) look.Choices {
	c := look.Choices{Field: look.Field{Name: name, Label: lang.T(label)}, Options: []look.Option{{Value: "yes", Text: lang.T(text)}}}
	if v.sent(act, name) != "" {
		c.Values = []string{"yes"}
	}
	return c
}

// whereabouts asks where a printed card is: nobody is to say by leaving a box empty that they hold it.
func (v caseView) whereabouts(act, name string) look.Choice {
	return look.Choice{Field: look.Field{Name: name, Label: lang.T("void.lost")}, Value: v.sent(act, name),
		Options: []look.Option{{Value: "no", Text: lang.T("void.lost.no")}, {Value: "yes", Text: lang.T("void.lost.yes")}}}
}

// whetherLost is what was said in the field about where a printed card is.
func whetherLost(r *http.Request, name string) (bool, error) {
	switch r.PostFormValue(name) {
	case "yes":
		return true, nil
	case "no":
		return false, nil
	}
	return false, fault.At(name, fault.New(fault.Invalid, "void.lost.missing"))
}

// second is who stands for a card that nobody finds, too.
func (v caseView) second(act, name string) look.Input {
	return look.Input{Field: look.Field{Name: name, Label: lang.T("void.witness"), Hint: lang.T("void.witness.hint"), Optional: true}, Value: v.sent(act, name),
		Width: look.W10, Complete: "off"}
}
