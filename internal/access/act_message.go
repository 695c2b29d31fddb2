package access

// The acts on text messages.
const (
	MessageRead   Act = "message.read"
	MessageMake   Act = "message.make"
	MessageSend   Act = "message.send"
	MessageReport Act = "message.report" // what the gateway says became of one
	MessageRefuse Act = "message.refuse" // somebody wants none, or wants them again
)
