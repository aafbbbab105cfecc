package query

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/authtabs/tabgate/data/frame"
)

// misfit says that a text is no value of a column.
func misfit(text string, col frame.Column) error {
	hint := ""
	switch {
	case col.Type.Numeric() && strings.ContainsAny(text, ",'_"):
		hint = ": write it without groups, with a point"
	case col.Type == frame.Date || col.Type == frame.Datetime:
		hint = ": write 2012, 2012-03 or 2012-03-05"
	case col.Type == frame.Time:
		hint = ": write 12:30"
	case col.Type == frame.Boolean:
		hint = ": write true or false"
	}
	return fmt.Errorf("%s is %s, and %s is none%s", quoted(col.Name), article(col.Type), quoted(text), hint)
}

// quoted is text from outside in a message: short, in quotes, and without
// control characters.
func quoted(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most-1]) + "…"
	}
	return fmt.Sprintf("%q", text)
}

// article is a type in words, with its article.
func article(t frame.Type) string {
	switch t {
	case frame.Integer:
		return "an integer"
	case frame.JSON:
		return "JSON"
	case frame.Text:
		return "text"
	}
	return "a " + t.String()
}

// thousands writes a count with commas: 1,000,000.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
