package access

// The acts on certificates that go from county to county.
const (
	TransferRead    Act = "transfer.read"
	TransferTake    Act = "transfer.take"
	TransferReturn  Act = "transfer.return"  // by the county of arrival
	TransferRecall  Act = "transfer.recall"  // by the county that sent it
	TransferConfirm Act = "transfer.confirm" // the paper receipt of a county outside the program
)
