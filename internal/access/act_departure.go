package access

// The acts on lists of deaths and moves.
const (
	DepartureRead    Act = "departure.read"
	DepartureTake    Act = "departure.take"
	DepartureApply   Act = "departure.apply"
	DepartureDismiss Act = "departure.dismiss"
)
