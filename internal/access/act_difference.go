package access

// The acts on what this register and another one tell differently.
const (
	DifferenceRead   Act = "difference.read"
	DifferenceDecide Act = "difference.decide"
)
