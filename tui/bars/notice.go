package bars

import (
	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// Notice is one sentence in the footer: what was done, or an error. The zero
// Notice is none. It stays until the next key.
type Notice struct {
	Text string
	Bad  bool
	// QuitArmed says that it asks for a second click on quit.
	QuitArmed bool
}

// Say shows a sentence, unless it is empty.
func (n *Notice) Say(text string) {
	if text != "" {
		*n = Notice{Text: text}
	}
}

// Complain shows an error, which is made a sentence.
func (n *Notice) Complain(text string) { *n = Notice{Text: box.Sentence(text), Bad: text != ""} }

// mostLines is how many lines a notice has at most.
const mostLines = 4

func (n Notice) lines(width int) []string {
	lines := page.Wrap(n.Text, width-4)
	if len(lines) > mostLines {
		lines = lines[:mostLines]
		lines[mostLines-1] = cell.Cut(lines[mostLines-1]+"……", width-4)
	}
	return lines
}

func (n Notice) mark(t *theme.Theme) (mark string, color theme.RGB) {
	if n.Bad {
		return "!", t.Bad
	}
	return "i", t.Accent
}

// pieces is the notice as a part of the footer, where it hides nothing of the
// page. It is nil when there is none, and when it takes more than a line.
func (n Notice) pieces(t *theme.Theme, width int) []piece {
	lines := n.lines(width)
	if len(lines) != 1 {
		return nil
	}
	mark, color := n.mark(t)
	return []piece{
		{text: " " + mark + " ", fg: color, bg: t.Overlay, attr: cell.Bold, intent: Intent{Clear: true}},
		{text: lines[0] + " ", fg: color, bg: t.Overlay, intent: Intent{Clear: true}},
	}
}

// Height returns how many of the last lines of the window the notice covers:
// none if it fits into the footer.
func (n Notice) Height(width int) int {
	if lines := n.lines(width); len(lines) > 1 {
		return len(lines)
	}
	return 0
}

// Draw lays a notice of several lines over the end of the window.
func (n Notice) Draw(t *theme.Theme, window *cell.Grid) {
	lines := n.lines(window.W)
	if len(lines) < 2 {
		return
	}
	mark, color := n.mark(t)
	g := window.Sub(0, window.H-len(lines), window.W, len(lines))
	g.Fill(t.Overlay)
	g.Text(1, 0, mark, color, cell.Bold)
	for y, line := range lines {
		g.Text(3, y, line, color, 0)
	}
}
