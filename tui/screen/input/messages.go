package input

// Text is characters that came in one go and without the marks of a paste:
// pasted, most likely, or typed ahead. It presses no keys.
type Text struct {
	Text  string
	Enter bool // a line break at the end was taken off
}

// Reply is a sequence that is no key, as a terminal sends to answer a
// question. Its text is printable ASCII from outside, up to 4 KiB of it.
type Reply struct {
	Kind Kind
	Text string // without the introducer and the terminator; a CSI with its final byte
}

// Kind is what a sequence begins with.
type Kind byte

// The kinds of replies.
const (
	CSI Kind = '['
	OSC Kind = ']'
	DCS Kind = 'P'
	APC Kind = '_'
)
