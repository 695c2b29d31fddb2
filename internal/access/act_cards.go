package access

// The acts on blanks and on cards that are printed again.
const (
	ApplicationReprint Act = "application.reprint"
	ApplicationUnbatch Act = "application.unbatch" // out of a batch before it is printed
	BlankRead          Act = "blank.read"
	BlankReceive       Act = "blank.receive"
	BlankMove          Act = "blank.move"  // to a desk, back into the store, back to the supplier
	BlankLose          Act = "blank.lose"  // lost and found, two names
	BlankClose         Act = "blank.close" // a desk's day
)

// PrinterKeep is setting up the county's printers.
const PrinterKeep Act = "printer.keep"

// The acts on old cards that were handed in.
const (
	RecallRead    Act = "recall.read"
	RecallTake    Act = "recall.take" // the card of a cancelled certificate came back, or cannot be had
	RecallDestroy Act = "recall.destroy"
	BatchReceive  Act = "batch.receive" // a township counted what it got
	CardNotify    Act = "card.notify"   // the holder was told to fetch the card
)
