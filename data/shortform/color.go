package shortform

import (
	"strings"

	"github.com/authtabs/tabgate/data/vega"
)

// named are the colours that Streamlit knows by name, as its theme shows them.
var named = map[string]string{
	"red": "#ff4b4b", "orange": "#ffa421", "yellow": "#faca2b", "green": "#21c354", "blue": "#1c83e1",
	"violet": "#803df5", "gray": "#a3a8b8", "grey": "#a3a8b8", "primary": "#ff4b4b",
}

// isColor reports whether text is a colour.
func isColor(text string) bool { return named[strings.ToLower(text)] != "" || isWritten(text) }

// isWritten reports whether text is a colour in figures, as Streamlit takes
// them out of data: #rgb, #rrggbb, or rgb(…).
func isWritten(text string) bool {
	if !strings.HasPrefix(text, "#") && !strings.HasPrefix(text, "rgb") {
		return false
	}
	_, ok := vega.ParseColor(text)
	return ok
}

// colorOf is a colour as a specification writes it.
func colorOf(text string) string {
	if c := named[strings.ToLower(text)]; c != "" {
		return c
	}
	return text
}
