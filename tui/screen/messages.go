package screen

// To the screen, as the result of a command.
type (
	// CopyMsg copies a text: to the clipboard that IO has, or by way of the
	// terminal (OSC 52). Copied or CopyRefused answers it; What names the text
	// there.
	CopyMsg struct{ Text, What string }
	// RepaintMsg writes every cell again, for a picture that something else
	// has torn.
	RepaintMsg struct{}
)

// From the screen.
type (
	// BackgroundMsg says whether the terminal's background is dark. It comes
	// after the first frame, once, and only from a terminal that tells.
	BackgroundMsg struct{ Dark bool }
	// VersionMsg is what the terminal says of itself (XTVERSION), such as
	// `kitty(0.40.1)`: printable ASCII. It comes as BackgroundMsg does.
	VersionMsg struct{ Text string }
	// Copied says where a text went.
	Copied struct {
		What string
		To   Place
	}
	// CopyRefused says that a text was too long for the clipboard, or, with
	// Never, that the terminal has none.
	CopyRefused struct {
		Bytes int
		Never bool
	}
)

// MaxCopy is how many bytes go by way of the terminal: what the strictest of the common
// terminals accept in one sequence (100,000 bytes after encoding).
const MaxCopy = 74_000

// The screen's own messages, which no model sees.
type (
	paintMsg    struct{} // the painter is ready, and something changed
	motionMsg   struct{} // a mouse motion that was held back is due
	resizeMsg   struct{} // the window's size may have changed
	sendCopyMsg CopyMsg  // no clipboard took the text
	wakeMsg     struct{} // the process was stopped and goes on
)
