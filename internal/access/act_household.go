package access

// The acts on what is known of a person's household.
const (
	HouseholdRead Act = "household.read"
	HouseholdEdit Act = "household.edit"
)
