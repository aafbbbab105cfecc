package bars

import (
	"time"

	"github.com/authtabs/tabgate/tui/box"
	"github.com/authtabs/tabgate/tui/cell"
	"github.com/authtabs/tabgate/tui/page"
	"github.com/authtabs/tabgate/tui/theme"
)

// Notice is a sentence beside the keys of the footer, or above them: what was
// done, or an error. The zero Notice is none. It stays until the next key, or
// until it has been read.
type Notice struct {
	Text string
	Bad  bool
	// QuitArmed says that it asks for a second click on quit.
	QuitArmed bool
	// Timed says that somebody counts how long it is shown.
	Timed bool
}

// Say shows a sentence, unless it is empty.
func (n *Notice) Say(text string) {
	if text != "" {
		*n = Notice{Text: text}
	}
}

// Complain shows an error, which is made a sentence.
func (n *Notice) Complain(text string) { *n = Notice{Text: box.Sentence(text), Bad: text != ""} }

// How long a notice is shown: as long as a glance takes, and longer where there
// is more to read.
const (
	glance      = 4 * time.Second
	glanceCells = 60
	perCell     = time.Second / 15
)

// Lasts returns how long the notice is shown: about four seconds, longer when
// it is long. Errors stay twice as long.
func (n Notice) Lasts() time.Duration {
	d := glance + time.Duration(max(cell.Width(n.Text)-glanceCells, 0))*perCell
	if n.Bad {
		d *= 2
	}
	return d
}

// mostLines is how many lines a notice has at most.
const mostLines = 4

func (n Notice) lines(width int) []string {
	if n.Text == "" {
		return nil
	}
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

// pieces is the notice as a part of the footer, nil where it needs more than
// room cells.
func (n Notice) pieces(t *theme.Theme, room int) []piece {
	lines := n.lines(room)
	if room < 5 || len(lines) != 1 {
		return nil
	}
	mark, color := n.mark(t)
	return []piece{
		{text: " " + mark + " ", fg: color, bg: t.Overlay, attr: cell.Bold, intent: Intent{Clear: true}},
		{text: lines[0] + " ", fg: color, bg: t.Overlay, intent: Intent{Clear: true}},
	}
}

// draw lays the notice over the lines of the window that are above the last.
func (n Notice) draw(t *theme.Theme, window *cell.Grid) {
	lines := n.lines(window.W)
	mark, color := n.mark(t)
	g := window.Sub(0, window.H-1-len(lines), window.W, len(lines))
	g.Fill(t.Overlay)
	g.Text(1, 0, mark, color, cell.Bold)
	for y, line := range lines {
		g.Text(3, y, line, color, 0)
	}
}
